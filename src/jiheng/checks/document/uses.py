"""What money was used for: the rest that is not named, and costs of another year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import share
from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, in_unit
from jiheng.model import Level
from jiheng.model.statement import Claims, CostPeriod, Uses
from jiheng.values import Interval, Ratio


@document_check(
    "document.uses",
    "列明的用途大体等于总额",
    level=Level.HINT,
    basis="项目资金的去向应当说清",
    message="{total}，文中列明的 {count} 项用途相加是 {listed}，只占 {share}，其余 {rest} 没有写用在哪里。",
    reckoning="列明各项相加 {listed}，除以 {total} 等于 {share}。",
    mend="请补写其余的主要用途，或写明“其余为零星支出”。",
)
def uses(claims: Claims, rules: DocumentRules) -> Iterator[DocumentHit]:
    """A list that leaves out more than the rules allow."""
    for one in claims.of(Uses):
        listed = sum((part.figure.in_base for part in one.parts), Decimal(0))
        total = one.total.figure.in_base
        if not total or listed >= total * rules.remainder_named / 100:
            continue
        yield claim(
            one.words,
            total=one.total,
            count=len(one.parts),
            listed=f"{listed:f}元（{in_unit(listed, one.total.figure.unit, 2)}）",
            share=share(Ratio(listed, total).percent()),
            rest=in_unit(total - listed, one.total.figure.unit, 2),
        )


@document_check(
    "document.uses_over",
    "列明的用途不超过总额",
    level=Level.WARNING,
    basis="项目资金的去向应当说清",
    message="{total}，文中列明的 {count} 项用途相加是 {listed}，超过了总额。",
    reckoning="列明各项相加 {listed}，大于 {total}。",
    mend="请核对总额和各项金额；有其他资金来源的，请写明。",
)
def uses_over(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """More listed than there was."""
    for one in claims.of(Uses):
        reach = Interval.total(part.figure.interval for part in one.parts)
        if reach.low > one.total.figure.interval.high:
            listed = sum((part.figure.in_base for part in one.parts), Decimal(0))
            yield claim(one.words, total=one.total, count=len(one.parts), listed=in_unit(listed, one.total.figure.unit))


@document_check(
    "document.cost_period",
    "费用属于本年度",
    level=Level.HINT,
    basis="《预算法》第十八条：预算年度自公历一月一日起，至十二月三十一日止",
    message="{cost}是 {period} 的费用，跨了年度：{first} 年的部分不属于 {own} 年度。",
    reckoning="期间从 {first} 年开始，本年度是 {own} 年。",
    mend="请说明合同期和付款时间；属于以前年度的部分请写明金额和来源。",
)
def cost_period(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A cost that begins before the year the document is of."""
    own = claims.head.year
    for one in claims.of(CostPeriod) if own is not None else ():
        if own is not None and one.first_year < own <= one.last_year:
            yield claim(one.words, cost=one.cost, period=one.period, first=one.first_year, own=own)
