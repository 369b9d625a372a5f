"""Shares and rates against the figures they are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.check import share
from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, widened
from jiheng.model import Level
from jiheng.model.statement import Claims, Rate
from jiheng.values import Interval, Ratio


@document_check(
    "document.rate",
    "比率与所依据的数一致",
    level=Level.ERROR,
    basis="比率 = 部分 ÷ 整体 × 100%",
    message="{whose}{part}，{whole}，{name}应为 {reckoned}，文中写 {rate}。{cause}",
    reckoning="{part} ÷ {whole} = {reckoned}。",
    mend="请核对三个数，改正写错的一处。",
)
def rates(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """By interval, and one step of the last digit for those who cut off instead of rounding."""
    for one in claims.of(Rate):
        quotient = one.part.figure.interval.over(one.whole.figure.interval)
        if quotient is None:
            continue
        reach = Interval(quotient.low * 100, quotient.high * 100)
        stated = one.rate.figure
        if widened(reach, stated).meets(stated.interval):
            continue
        exact = Ratio(one.part.figure.in_base, one.whole.figure.in_base).percent()
        cause = _cause(reach, one)
        yield claim(
            one.words,
            expected=share(exact),
            likely_cause=cause,
            whose=f"{one.name}：" if one.name else "",
            part=one.part,
            whole=one.whole,
            name=one.rate.name or "比率",
            rate=stated,
            reckoned=share(exact),
            cause=f"像是{cause}。" if cause else "",
        )


def _cause(reach: Interval, one: Rate) -> str:
    stated = one.rate.figure
    hundred = Interval(stated.interval.low * 100, stated.interval.high * 100)
    if reach.meets(hundred):
        return "漏乘了 100"
    upside = one.whole.figure.interval.over(one.part.figure.interval)
    if upside is not None and Interval(upside.low * 100, upside.high * 100).meets(stated.interval):
        return "分子和分母颠倒了"
    return ""
