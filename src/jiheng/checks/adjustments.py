"""预算调整: the bridge 年初 → 追加 → 调减 → 全年, each step with its document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit, only_missing
from jiheng.checks.periods import in_words
from jiheng.model import AdjustmentKind, BudgetPart, DepartmentYear, Level
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import Interval, Money

_BASIS = "《预算法》第六十七条至第七十二条：预算调整、调剂须按程序报批"


@check(
    "adjustments.bridge",
    "年初预算加减各笔调整等于全年预算",
    level=Level.WARNING,
    needs=("budget_lines",),
    basis=_BASIS,
    message="{part}从年初预算数 {initial} 到全年预算数 {annual}，变动 {change}；“预算调整”表{listed}。",
    reckoning="{initial} 加 {adjusted} 等于 {reached}；{annual} 减 {reached} 等于 {rest}。",
    mend="请在“预算调整”表补上没有列出的追加、调减（写明文号），或核对年初、全年预算数和各笔金额。",
)
def bridge(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """For the total; for a part only when every adjustment says which part it concerns."""
    parts = [BudgetPart.TOTAL]
    if year.adjustments and all(one.part for one in year.adjustments):
        parts += [BudgetPart.BASIC, BudgetPart.PROJECT, BudgetPart.OTHER]
    for part in parts:
        line = year.budget(part)
        if line is None or line.initial_budget is None or line.annual_budget is None:
            if part is BudgetPart.TOTAL:
                yield only_missing(
                    合计的年初预算数=line and line.initial_budget, 合计的全年预算数=line and line.annual_budget
                )
            continue
        steps = [one for one in year.adjustments if part in (BudgetPart.TOTAL, one.part)]
        amounts = [(one.amount, one.kind.sign) for one in steps if one.amount is not None]
        if len(amounts) < len(steps):
            yield Missing(f"“预算调整”表里{part}的每笔金额")
            continue
        moved = Interval.total(amount.interval.times(Decimal(sign)) for amount, sign in amounts)
        if (line.initial_budget.interval + moved).meets(line.annual_budget.interval):
            continue
        adjusted = Money.total(amount.money if sign > 0 else -amount.money for amount, sign in amounts)
        reached = line.initial_budget.money + adjusted
        rest = line.annual_budget.money - reached
        gap = f"{'少' if rest.fen > 0 else '多'} {Money(abs(rest.yuan))}"
        yield hit(
            line,
            "annual_budget",
            quote=line.annual_budget.text,
            part=part,
            initial=line.initial_budget,
            annual=line.annual_budget,
            change=line.annual_budget.money - line.initial_budget.money,
            count=len(amounts),
            listed=f" {len(amounts)} 笔相加是 {adjusted}，比变动{gap}" if amounts else "没有填",
            adjusted=adjusted,
            reached=reached,
            rest=rest,
        )


@check(
    "adjustments.document",
    "每笔调整都有文号",
    level=Level.WARNING,
    needs=("adjustments",),
    basis=_BASIS,
    message="“预算调整”表第 {row} 行{kind} {amount}，没有填文号。",
    reckoning="文号栏为空。",
    mend="请填写批准这笔调整的文件号；没有文件的，说明由谁在什么会上决定。",
)
def document(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """An adjustment without a document cannot be proven."""
    for one in year.adjustments:
        if not one.document_number:
            row = one.origin.row if one.origin else 0
            amount = one.amount if one.amount is not None else "金额未填"
            yield hit(one, "document_number", row=row, kind=one.kind, amount=amount)


@check(
    "adjustments.transfers",
    "调剂有增有减，相抵为零",
    level=Level.WARNING,
    needs=("adjustments",),
    basis=_BASIS,
    message="“预算调整”表调剂增加合计 {inward}，调剂减少合计 {outward}，两者应当相等。",
    reckoning="{inward} 减 {outward} 等于 {difference}。",
    mend="调剂只在项目或科目之间移动，总额不变：请补上缺的一笔；总额确实变了的，改为“追加”或“调减”。",
)
def transfers(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A transfer moves money within the total."""
    inward = [one for one in year.adjustments if one.kind is AdjustmentKind.TRANSFER_IN]
    outward = [one for one in year.adjustments if one.kind is AdjustmentKind.TRANSFER_OUT]
    if any(one.amount is None for one in (*inward, *outward)):
        yield Missing("每笔调剂的金额")
        return
    into = Interval.total(one.amount.interval for one in inward if one.amount)
    out = Interval.total(one.amount.interval for one in outward if one.amount)
    if not into.meets(out):
        gained = Money.total(one.amount.money for one in inward if one.amount)
        lost = Money.total(one.amount.money for one in outward if one.amount)
        first = (inward or outward)[0]
        yield hit(first, "amount", inward=gained, outward=lost, difference=gained - lost)


@check(
    "adjustments.date",
    "调整的批准日期在本年度内",
    level=Level.WARNING,
    needs=("adjustments",),
    basis="《预算法》第十八条：预算年度自公历 1 月 1 日起，至 12 月 31 日止",
    message="“预算调整”表第 {row} 行的批准日期是 {day}，不在 {year} 年。",
    reckoning="{year} 年是 1 月 1 日至 12 月 31 日。",
    mend="请核对日期；不是本年的调整请移出。",
)
def date_in_year(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """An adjustment of another year does not belong into this bridge."""
    fiscal_year = year.profile.fiscal_year
    if not any(one.approved_on for one in year.adjustments):
        yield Missing("调整的批准日期")
    for one in year.adjustments:
        if one.approved_on and not fiscal_year.holds(one.approved_on):
            row = one.origin.row if one.origin else 0
            yield hit(one, "approved_on", row=row, day=in_words(one.approved_on), year=str(fiscal_year))
