"""Shares and rates against the figures they are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import share
from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, in_unit, places_of
from jiheng.model import Level
from jiheng.model.statement import Claims, Completion, Rate, Said, Shares, Way
from jiheng.values import Interval, Ratio

_HUNDRED = Decimal(100)


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


@document_check(
    "document.shares",
    "一组占比与各项金额一致",
    level=Level.ERROR,
    basis="占比 = 各项 ÷ 合计 × 100%",
    message="{parts}，相加 {total}；{name}占比应为 {reckoned}，文中写 {rate}。{doubt}",
    reckoning="{part} ÷ {total} = {reckoned}。",
    mend="请核对这一组的金额和占比，改正写错的一处。",
)
def shares(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A list whose shares come to 100%, or whose shares all fit but one, is the whole: each part over their sum."""
    for one in claims.of(Shares):
        total = Interval.total(part.figure.interval for part in one.parts)
        wrong = [
            (part, rate)
            for part, rate in zip(one.parts, one.rates, strict=True)
            if (quotient := part.figure.interval.over(total)) is not None
            and not _is_near(Interval(quotient.low * 100, quotient.high * 100), rate, _step(rate))
        ]
        slack = sum((_step(rate) for rate in one.rates), Decimal(0))
        whole = Interval.total(rate.figure.interval for rate in one.rates)
        is_whole = Interval(whole.low - slack, whole.high + slack).holds(_HUNDRED)
        # Shares that miss the hundred although all but one fit the sum of the parts: that one is wrong.
        if not wrong or not (is_whole or len(wrong) == 1):
            continue
        part, rate = wrong[0]
        amount = sum((said.figure.in_base for said in one.parts), Decimal(0))
        reckoned = share(Ratio(part.figure.in_base, amount).percent())
        yield claim(
            part.words,
            level=Level.WARNING if is_whole else None,
            expected="" if is_whole else reckoned,
            parts="、".join(str(said) for said in one.parts),
            total=in_unit(amount, part.figure.unit, places_of(*(said.figure for said in one.parts))),
            name=part.name,
            part=part,
            rate=rate.figure,
            reckoned=reckoned,
            doubt="各项占比合计是 100%，像是其中一项金额写错。" if is_whole else "",
        )


@document_check(
    "document.completion_words",
    "预算完成率与决算数、预算数的大小一致",
    level=Level.ERROR,
    basis="文字叙述应与数字一致",
    message="文中写完成预算的 {rate}，又说决算数{called}预算数，两处矛盾。",
    reckoning="完成率 {rate}，决算数{truth}预算数。",
    mend="请核对完成率和“{called}”的说法，改正写错的一处。",
)
def completions(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Above, below or exactly 100%; a rate that rounds to 100% agrees with any of the three."""
    words = {Way.UP: "大于", Way.DOWN: "小于", Way.SAME: "等于"}
    for one in claims.of(Completion):
        rate = one.rate.figure
        if _is_near(Interval.exactly(_HUNDRED), one.rate, _step(one.rate)):
            truth = Way.SAME if rate.value == _HUNDRED else one.way
        else:
            truth = Way.UP if rate.value > _HUNDRED else Way.DOWN
        rounded = rate.value == _HUNDRED and one.way is not Way.SAME
        if truth is not one.way:
            yield claim(
                one.words,
                level=Level.HINT if rounded else None,
                rate=rate,
                called=words[one.way],
                truth=words[truth],
            )
