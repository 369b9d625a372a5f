"""预算执行: the lines add up, and stand in a possible relation to one another and to the goal table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit, only_missing, share
from jiheng.checks.sums import SumFault, sum_fault
from jiheng.model import BudgetLine, BudgetPart, DepartmentYear, Level, Project
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import Figure, Interval, Money, Ratio
from jiheng.values.units import WAN_YUAN

AMOUNTS = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "executed": "执行数",
    "final_accounts": "决算数",
    "carried_over": "年末结转",
    "surplus": "年末结余",
}
_PARTS = (BudgetPart.BASIC, BudgetPart.PROJECT, BudgetPart.OTHER)
_APPROVED = {"initial_budget": "批复的年初部门预算", "annual_budget": "部门预算和调整的批复"}


def part_sum(year: DepartmentYear, amount: str) -> SumFault | None:
    """The fault of 合计 = 基本 + 项目 + 其他 for one column; 其他支出 is often left out and then adds nothing."""
    lines = {part: year.budget(part) for part in BudgetPart}
    total = _amount(lines[BudgetPart.TOTAL], amount)
    parts = {str(part): _amount(lines[part], amount) for part in _PARTS}
    return sum_fault(total, parts)


def _amount(line: BudgetLine | None, name: str) -> Figure | None:
    return getattr(line, name) if line else None


@check(
    "execution.sum",
    "合计等于基本支出、项目支出、其他支出之和",
    level=Level.ERROR,
    needs=("budget_lines",),
    basis="部门整体绩效评价：全年预算数、资金总体支出均为基本支出、项目支出、其他支出之和",
    message="“预算执行”表{column}合计 {total}，但{addends}相加是 {reckoned}，比合计{gap}。{diagnosis}",
    reckoning="{addends}，相加 {reckoned}；合计 {total}。",
    mend="请对照{source}改正“预算执行”表的{column}。{correction}",
)
def line_sum(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Column by column; where one part repeats the total, the right value follows from the others."""
    if year.budget(BudgetPart.TOTAL) is None:
        yield Missing("预算执行：合计行")
        return
    if not any(_amount(year.budget(part), amount) for part in BudgetPart for amount in AMOUNTS):
        yield Missing("预算执行：合计和各类支出的金额")
    for amount, column in AMOUNTS.items():
        given = [part for part in BudgetPart if _amount(year.budget(part), amount) is not None]
        if given and (BudgetPart.TOTAL not in given or len(given) == 1):
            lacking = "合计" if BudgetPart.TOTAL not in given else "基本支出、项目支出"
            yield Missing(f"预算执行：{lacking}的{column}")
        fault = part_sum(year, amount)
        if fault is None:
            continue
        diagnosis = correction = expected = ""
        if fault.expected is not None:
            right = str(fault.shown(fault.expected))
            line = year.budget(BudgetPart(fault.wrong))
            if line is not None and _is_borne_out(line, amount, fault.expected):
                expected = right
                diagnosis = f"“{fault.wrong}”应为 {right}，像是把合计填在了“{fault.wrong}”里。"
                correction = f"“{fault.wrong}”改为 {right}。"
                budget = line.annual_budget
                if amount != "annual_budget" and budget and budget.interval.holds(fault.expected.yuan):
                    diagnosis += f"{fault.wrong}的全年预算数正是 {budget}。"
            else:
                diagnosis = f"“{fault.wrong}”与合计相同：要么是把合计填在了这里（应为 {right}），要么是其他各类填多了。"
        elif fault.is_possible:
            diagnosis = f"“{'”“'.join(fault.absent)}”没有填，差额也许在那里。"
        at = year.budget(BudgetPart(fault.wrong) if expected else BudgetPart.TOTAL)
        yield hit(
            at,
            amount,
            column=column,
            source=_APPROVED.get(amount, "部门决算报表"),
            total=fault.total,
            addends=fault.addends,
            reckoned=fault.shown(fault.reckoned),
            gap=fault.gap,
            diagnosis=diagnosis,
            correction=correction,
            quote=(getattr(at, amount) if at else fault.total).text,
            level=Level.WARNING if fault.is_possible else None,
            expected=expected,
            likely_cause="合计误填为其中一项" if expected else "",
        )


def _is_borne_out(line: BudgetLine, amount: str, expected: Money) -> bool:
    """Whether the part's other amounts speak for the expected value: execution within its budget, and not as printed."""
    printed = getattr(line, amount)
    if amount in ("executed", "final_accounts"):
        budget = line.annual_budget
        return budget is not None and expected.yuan <= budget.interval.high < printed.interval.low
    return line.executed is not None and line.executed.interval.low <= expected.yuan


@check(
    "execution.details",
    "细分行之和等于该类支出",
    level=Level.ERROR,
    needs=("budget_lines",),
    basis="按资金来源或活动领域细分的数之和等于该类支出",
    message="“预算执行”表{part}的{column}是 {total}，按{by}细分的各行相加是 {reckoned}，{gap}。",
    reckoning="{addends}，相加 {reckoned}；{part} {total}。",
    mend="请核对细分行有没有漏列、重列，或改正{part}的{column}。",
)
def detail_sum(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """By source, by activity. More than the part cannot be; less may be a list that is not complete."""
    if not any(line.is_detail for line in year.budget_lines):
        yield Missing("预算执行：按资金来源或活动领域细分的行")
        return
    for part in BudgetPart:
        line = year.budget(part)
        if line is None:
            continue
        for by, title in (("source", "资金来源"), ("activity", "活动领域")):
            other = "activity" if by == "source" else "source"
            details = [d for d in year.budget_lines if d.part is part and getattr(d, by) and not getattr(d, other)]
            for amount, column in AMOUNTS.items():
                parts = {_named(getattr(d, by), d): getattr(d, amount) for d in details}
                fault = sum_fault(getattr(line, amount), parts) if None not in parts.values() else None
                if fault:
                    yield hit(
                        line,
                        amount,
                        part=part,
                        column=column,
                        by=title,
                        total=fault.total,
                        reckoned=fault.shown(fault.reckoned),
                        gap=fault.gap,
                        addends=fault.addends,
                        quote=fault.total.text,
                        level=Level.WARNING if fault.difference.fen > 0 else None,
                    )


def _named(name: str, line: BudgetLine) -> str:
    """A detail with its row, so that two rows of one name are two addends."""
    return f"第 {line.origin.row} 行“{name}”" if line.origin else name


@check(
    "execution.over_budget",
    "执行数不大于全年预算数",
    level=Level.WARNING,
    needs=("budget_lines",),
    basis="《预算法》第十三条：各部门、各单位的支出必须以经批准的预算为依据",
    message="“预算执行”表{part}执行数 {executed}，大于全年预算数 {budget}，多 {excess}。",
    reckoning="{executed} 减 {budget} 等于 {excess}。",
    mend="请核对两个数；确有追加的，把追加后的数填进全年预算数，并在“预算调整”表写明文号。",
)
def over_budget(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Not asked where the columns do not even add up: that is told once."""
    if part_sum(year, "executed") or part_sum(year, "annual_budget"):
        yield Missing("各类相加等于合计的执行数和全年预算数")
        return
    both = [(one, one.executed, one.annual_budget) for one in year.budget_lines if one.executed and one.annual_budget]
    if not both:
        yield only_missing(
            "预算执行：同一行的执行数和全年预算数",
            预算执行表的执行数=any(one.executed for one in year.budget_lines),
            预算执行表的全年预算数=any(one.annual_budget for one in year.budget_lines),
        )
    for line, executed, budget in both:
        if executed.interval.low > budget.interval.high:
            part = f"{line.part}（{line.source or line.activity}）" if line.is_detail else line.part
            excess = executed.money - budget.money
            yield hit(line, "executed", quote=executed.text, part=part, executed=executed, budget=budget, excess=excess)


@check(
    "execution.goal_table",
    "绩效目标表的总体资金与预算一致",
    level=Level.WARNING,
    basis="绩效目标随部门预算批复，预算追加、调减的，绩效目标同步调整",
    message="绩效目标表总体资金合计 {block}{converted}，{budget_name}合计 {budget}，相差 {gap}（{gap_rate}）{unexplained}。",
    reckoning="{budget} 减 {block_wan} 等于 {difference}，是目标表总额的 {rate}。",
    mend="数填错的请改正。没有填错的，请在“预算调整”表逐笔填写追加、调减的金额和文号，并说明绩效目标有没有同步调整。",
)
def goal_table(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Against 年初预算数 where it is given, otherwise against 全年预算数 less the adjustments on record.

    A goal table that follows the adjustments agrees with 全年预算数; that is as good.
    """
    block, line = year.fund_block.total, year.budget(BudgetPart.TOTAL)
    budget = (line.initial_budget or line.annual_budget) if line else None
    if block is None or block.money.fen == 0 or line is None or budget is None:
        yield only_missing(
            不为0的总体资金合计=bool(block and block.money.fen), 预算执行表合计的年初预算数或全年预算数=budget
        )
        return
    if any(one and one.interval.meets(block.interval) for one in (line.initial_budget, line.annual_budget)):
        return
    unexplained = ""
    if line.initial_budget is None:
        steps = [one.amount.interval.times(Decimal(one.kind.sign)) for one in year.adjustments if one.amount]
        if Interval.total((block.interval, *steps)).meets(budget.interval):
            return
        unexplained = "，“预算调整”表没有把差额说明完" if steps else "，“预算调整”表没有说明差额的记录"
    field = "initial_budget" if line.initial_budget else "annual_budget"
    difference = budget.money - block.money
    rate = Ratio(difference.yuan, block.money.yuan).percent()
    yield hit(
        line,
        field,
        quote=budget.text,
        block=block,
        block_wan=block.money,
        converted=f"（折合 {block.money}）" if block.unit != WAN_YUAN else "",
        budget_name=AMOUNTS[field],
        budget=budget,
        difference=difference,
        gap=Money(abs(difference.yuan)),
        rate=share(rate),
        gap_rate=share(abs(rate)),
        unexplained=unexplained,
    )


@check(
    "execution.projects",
    "项目预算之和不大于项目支出",
    level=Level.WARNING,
    basis="项目支出等于各项目支出之和",
    message="“项目”表各项目{column}相加是 {reckoned}，大于“预算执行”表项目支出的 {total}，多 {excess}。",
    reckoning="{count} 个项目的{column}相加 {reckoned}，减 {total} 等于 {excess}。",
    mend="请核对有没有项目重复填写，或项目支出少填。",
)
def project_lines(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """The list of projects may be incomplete; it may not exceed the line."""
    line = year.budget(BudgetPart.PROJECT)
    columns = [
        (amount, _amount(line, amount), _column(year.projects, amount)) for amount in ("annual_budget", "executed")
    ]
    if not any(total and figures for _, total, figures in columns):
        yield only_missing(
            "同一列的项目支出和各项目金额",
            预算执行表的项目支出=any(total for _, total, _ in columns),
            项目表的金额=any(figures for *_, figures in columns),
        )
    for amount, total, figures in columns:
        if total is None or Interval.total(figure.interval for figure in figures).low <= total.interval.high:
            continue
        reckoned = Money.total(figure.money for figure in figures)
        yield hit(
            line,
            amount,
            quote=total.text,
            column=AMOUNTS[amount],
            reckoned=reckoned,
            total=total,
            excess=reckoned - total.money,
            count=len(figures),
        )


def _column(projects: tuple[Project, ...], amount: str) -> list[Figure]:
    return [figure for project in projects if (figure := getattr(project, amount)) is not None]
