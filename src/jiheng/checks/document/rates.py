"""Shares and rates against the figures they are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import share
from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check
from jiheng.model import Level
from jiheng.model.statement import Claims, Rate, Said
from jiheng.values import Interval, Ratio


@document_check(
    "document.rate",
    "比率与所依据的数一致",
    level=Level.ERROR,
    basis="比率 = 部分 ÷ 整体 × 100%",
    message="{whose}{part}，{whole}，{name}应为 {reckoned}，文中写 {rate}。{cause}",
    reckoning="{working} = {reckoned}。",
    mend="请核对三个数，改正写错的一处。",
)
def rates(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """By interval; a rate cut off or rounded up is no further than one step of its last digit from the true one."""
    for one in claims.of(Rate):
        reach = one.reach
        if reach is None:
            continue
        is_right = _is_near(reach, one.rate, _step(one.rate))
        if is_right and (one.printed_to is None or _is_near(reach, one.rate, one.printed_to)):
            continue
        exact = Ratio(one.part.figure.in_base, one.whole.figure.in_base).percent()
        if one.is_change:
            exact -= 100
        cause = _cause(reach, one)
        yield claim(
            one.words,
            # Too few decimals beside the others of its column, but right as far as it goes.
            level=Level.WARNING if is_right else None,
            expected=share(exact),
            likely_cause=cause,
            whose=f"{one.name}：" if one.name else "",
            part=one.part,
            whole=one.whole,
            name=one.rate.name or "比率",
            rate=one.rate.figure,
            reckoned=share(exact),
            working=f"（{one.part} － {one.whole}）÷ {one.whole}" if one.is_change else f"{one.part} ÷ {one.whole}",
            cause=f"像是{cause}。" if cause else "",
        )


def _step(rate: Said) -> Decimal:
    """The last place a rate is printed to."""
    exponent = rate.figure.value.as_tuple().exponent
    return rate.figure.quantum or Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _is_near(reach: Interval, rate: Said, step: Decimal) -> bool:
    return Interval(rate.figure.value - step, rate.figure.value + step).meets(reach)


def _cause(reach: Interval, one: Rate) -> str:
    if one.is_change:
        return ""
    stated = one.rate.figure
    hundred = Interval(stated.interval.low * 100, stated.interval.high * 100)
    if reach.meets(hundred):
        return "漏乘了 100"
    upside = one.whole.figure.interval.over(one.part.figure.interval)
    if upside is not None and Interval(upside.low * 100, upside.high * 100).meets(stated.interval):
        return "分子和分母颠倒了"
    return ""
