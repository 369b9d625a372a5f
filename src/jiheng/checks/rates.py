"""执行率、结转结余率、预决算差异率: reckoned with their base named, and compared with what the department states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit, only_missing, share, wan
from jiheng.model import BudgetLine, BudgetPart, DepartmentYear, Level
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import Figure, Interval, Money, Ratio

HUNDRED = 100


def _rate(part: Interval, whole: Interval) -> Interval | None:
    quotient = part.over(whole)
    return Interval(quotient.low * HUNDRED, quotient.high * HUNDRED) if quotient else None


def _percent(part: Money, whole: Money) -> str:
    return share(Ratio(part.yuan, whole.yuan).percent())


def final_figure(line: BudgetLine) -> tuple[Figure | None, str]:
    """决算数 of a line, or 执行数 where none is given; and which of them it is."""
    return (line.final_accounts, "决算数") if line.final_accounts else (line.executed, "执行数")


@check(
    "rates.execution",
    "预算执行率与账表一致",
    level=Level.ERROR,
    basis="预算执行率 = 全年执行数 ÷ 全年预算数（调整后）",
    message="自报预算执行率 {stated}，按账表计算是 {reckoned}（以全年预算数 {whole} 为分母）。{other_base}",
    reckoning="{part} ÷ {whole} = {reckoned}。",
    mend="请改正自报的预算执行率，或核对执行数和全年预算数。",
)
def execution_rate(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A rate that fits the initial budget as base is a matter of the base, not of arithmetic."""
    line, stated = year.budget(BudgetPart.TOTAL), year.stated.execution_rate
    if line is None or line.executed is None or line.annual_budget is None or stated is None:
        yield only_missing(执行数=line and line.executed, 全年预算数=line and line.annual_budget, 自报预算执行率=stated)
        return
    reach = _rate(line.executed.interval, line.annual_budget.interval)
    if reach is None:
        yield Missing("不为 0 的全年预算数")
        return
    if reach.meets(stated.interval):
        return
    initial = line.initial_budget
    by_initial = _rate(line.executed.interval, initial.interval) if initial else None
    wrong_base = by_initial is not None and by_initial.meets(stated.interval)
    reckoned = _percent(line.executed.money, line.annual_budget.money)
    yield hit(
        year.stated,
        "execution_rate",
        quote=stated.text,
        level=Level.WARNING if wrong_base else None,
        expected=reckoned,
        likely_cause="分母用了年初预算数" if wrong_base else "",
        stated=stated,
        part=line.executed,
        whole=line.annual_budget,
        reckoned=reckoned,
        other_base=f"自报的数是以年初预算数 {initial} 为分母算出来的。" if wrong_base else "",
    )


@check(
    "rates.carryover",
    "结转结余率与账表一致",
    level=Level.WARNING,
    basis="结转结余率 = 结转结余总额 ÷ 支出预算数（财预〔2013〕53号）；实务以调整后的预算数为分母",
    message="自报结转结余率 {stated}，按账表计算是 {reckoned}（{source}；以全年预算数 {whole} 为分母）。",
    reckoning="{part} ÷ {whole} = {reckoned}。",
    mend="请核对年末结转、结余金额和自报的比率；有指标收回、注销的，在“预算执行”表说明栏写明。",
)
def carryover_rate(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Where no carry-over is on record, budget less execution stands in; the two need not be equal (收回、注销)."""
    line, stated = year.budget(BudgetPart.TOTAL), year.stated.carryover_rate
    if line is None or line.annual_budget is None or stated is None:
        yield only_missing(全年预算数=line and line.annual_budget, 自报结转结余率=stated)
        return
    left, source = _carried(line)
    reach = _rate(left, line.annual_budget.interval) if left else None
    if left is None or reach is None:
        yield Missing("不为 0 的全年预算数") if left else Missing("年末结转、结余（或执行数）")
        return
    if reach.meets(stated.interval):
        return
    lacking = _not_given(line)
    if lacking and reach.high < stated.interval.low:
        yield Missing(lacking)
        return
    part = Money((left.low + left.high) / 2)
    reckoned = _percent(part, line.annual_budget.money)
    yield hit(
        year.stated,
        "carryover_rate",
        quote=stated.text,
        expected=reckoned,
        stated=stated,
        part=part,
        whole=line.annual_budget,
        reckoned=reckoned,
        source=source,
    )


def _carried(line: BudgetLine) -> tuple[Interval | None, str]:
    if line.carried_over or line.surplus:
        parts = [figure.interval for figure in (line.carried_over, line.surplus) if figure]
        return Interval.total(parts), _carried_in_words(line)
    if line.annual_budget and line.executed:
        left = line.annual_budget.interval - line.executed.interval
        if left.high >= 0:
            return left, "没有填年末结转、结余，以全年预算数减执行数代替"
    return None, ""


def _carried_in_words(line: BudgetLine) -> str:
    if line.carried_over and line.surplus:
        return "年末结转加结余"
    return "年末结转，没有填年末结余" if line.carried_over else "年末结余，没有填年末结转"


def _not_given(line: BudgetLine) -> str:
    """Which of 结转 and 结余 stands empty beside the other: it may hold what is missing."""
    if bool(line.carried_over) is bool(line.surplus):
        return ""
    return "年末结余" if line.carried_over else "年末结转"


@check(
    "rates.carryover_amount",
    "年末结转结余与账表一致",
    level=Level.WARNING,
    basis="结转结余总额 = 结转资金 + 结余资金",
    message="自报年末结转结余 {stated}，“预算执行”表合计行是 {reckoned}（{source}）。",
    reckoning="{source} {reckoned}；自报 {stated}。",
    mend="请核对部门决算报表，改正其中一处。",
)
def carryover_amount(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Only where both are on record."""
    line, stated = year.budget(BudgetPart.TOTAL), year.stated.carryover_amount
    parts = [figure for figure in (line.carried_over, line.surplus) if figure] if line else []
    if line is None or stated is None or not parts:
        yield only_missing(年末结转或年末结余=bool(parts), 自报年末结转结余金额=stated)
        return
    reach = Interval.total(figure.interval for figure in parts)
    if reach.meets(stated.interval):
        return
    lacking = _not_given(line)
    if lacking and reach.high < stated.interval.low:
        yield Missing(lacking)
        return
    reckoned = Money.total(figure.money for figure in parts)
    yield hit(
        year.stated,
        "carryover_amount",
        quote=stated.text,
        expected=str(reckoned),
        stated=stated,
        reckoned=reckoned,
        source=_carried_in_words(line),
    )


@check(
    "rates.final_accounts",
    "自报决算数与账表一致",
    level=Level.ERROR,
    basis="报告中的决算数应与部门决算一致",
    message="自报决算数 {stated}，“预算执行”表{name}合计是 {final}。",
    reckoning="自报 {stated}，账表 {final}。",
    mend="请对照部门决算报表改正其中一处。",
)
def final_accounts(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """决算数 where the ledger has it, otherwise 执行数, which may differ for a reason."""
    line, stated = year.budget(BudgetPart.TOTAL), year.stated.final_accounts
    final, name = final_figure(line) if line else (None, "")
    if stated is None or final is None:
        yield only_missing(决算数或执行数=final, 自报决算数=stated)
        return
    if not final.interval.meets(stated.interval):
        yield hit(
            year.stated,
            "final_accounts",
            quote=stated.text,
            level=Level.WARNING if line and line.final_accounts is None else None,
            stated=stated,
            final=final,
            name=name,
        )


@check(
    "rates.variance",
    "部门预决算差异率以年初预算为基数",
    level=Level.ERROR,
    basis="部门预决算差异率 =（决算数－年初预算数）÷ 年初预算数 × 100%",
    message="自报预决算差异率 {stated}，以{base_name} {base} 为基数计算是 {reckoned}{instead}。{remark}",
    reckoning="（{final} － {base}）÷ {base} = {reckoned}；{final_name}取自“预算执行”表。",
    mend="预决算差异率应以年初预算数为基数：请核对批复的年初预算数（没有填的请补填）和决算数，并改正自报的差异率。",
)
def variance(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """The goal table's total stands in, by name, where 年初预算数 is not given; a fit to another base is said."""
    line, stated = year.budget(BudgetPart.TOTAL), year.stated.budget_final_variance
    final, final_name = final_figure(line) if line else (None, "")
    if line is None or final is None or stated is None:
        yield only_missing(决算数或执行数=final, 自报预决算差异率=stated)
        return
    base, base_name = line.initial_budget, "年初预算数"
    if base is None:
        base, base_name = year.fund_block.total, "绩效目标表总体资金合计"
    if base is None or base.money.fen == 0:
        yield Missing("不为 0 的年初预算数")
        return
    reach = _change(final.interval, base.interval)
    if reach is None or reach.meets(stated.interval):
        return
    annual = line.annual_budget
    by_annual = _change(final.interval, annual.interval) if annual else None
    wrong_base = by_annual is not None and by_annual.meets(stated.interval)
    reckoned = _percent(final.money - base.money, base.money)
    other_sign = reach.times(Decimal(-1)).meets(stated.interval)
    unsure = wrong_base or other_sign or line.initial_budget is None or line.final_accounts is None
    yield hit(
        year.stated,
        "budget_final_variance",
        quote=stated.text,
        level=Level.WARNING if unsure else None,
        expected=reckoned,
        likely_cause="基数用了调整后的全年预算数" if wrong_base else "正负号相反" if other_sign else "",
        stated=stated,
        base=base.money,
        base_name=base_name,
        final=final,
        final_name=final_name,
        reckoned=reckoned,
        instead="（年初预算数没有填，用它代替）" if line.initial_budget is None else "",
        remark=_remark(annual, wrong_base, other_sign),
    )


def _remark(annual: Figure | None, wrong_base: bool, other_sign: bool) -> str:
    if wrong_base:
        return f"自报的数只有以调整后的全年预算数 {annual} 为基数才成立。"
    return "两数大小相同，正负号相反。" if other_sign else ""


def _change(now: Interval, before: Interval) -> Interval | None:
    """(now − before) ÷ before in %, as now ÷ before − 1."""
    reach = _rate(now, before)
    return Interval(reach.low - HUNDRED, reach.high - HUNDRED) if reach else None


@check(
    "rates.implied_budget",
    "差异率推得出年初预算数",
    level=Level.WARNING,
    basis="部门预决算差异率 =（决算数－年初预算数）÷ 年初预算数 × 100%",
    message="自报预决算差异率 {stated}，由此倒推年初预算数约为 {implied}（在 {reach} 之间），工作簿里没有填年初预算数，无法核对。",
    reckoning="{final_name} {final} ÷（1 ＋ {stated}）= {implied}。",
    mend="请填写批复的年初预算数，并说明决算与年初预算的差额从何而来（追加、调减的金额和文号）。",
)
def implied_budget(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Where nothing can serve as base, the stated rate itself says what the base must have been."""
    line, stated = year.budget(BudgetPart.TOTAL), year.stated.budget_final_variance
    final, final_name = final_figure(line) if line else (None, "")
    if line is None or final is None or stated is None:
        yield only_missing(决算数或执行数=final, 自报预决算差异率=stated)
        return
    if line.initial_budget is not None or year.fund_block.total is not None:
        return
    growth = Interval(1 + stated.interval.low / HUNDRED, 1 + stated.interval.high / HUNDRED)
    reach = final.interval.over(growth) if growth.low > 0 else None
    if reach is None:
        yield Missing("大于 -100% 的自报预决算差异率")
        return
    implied = final.in_base / (1 + stated.value / HUNDRED)
    yield hit(
        line,
        "initial_budget",
        quote=stated.text,
        stated=stated,
        final=final,
        final_name=final_name,
        implied=wan(Interval.exactly(implied)),
        reach=wan(reach),
    )
