"""Growth and decline: amounts, rates, directions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import share
from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, in_unit, places_of, widened
from jiheng.checks.document.comparisons import way_between
from jiheng.model import Level
from jiheng.model.statement import Change, Claims, Said, Way
from jiheng.values import Interval, Ratio

_BASIS = "增减率 =（本期数 － 上期数）÷ 上期数 × 100%"
_MEND = "请核对本期数、上期数和增减，改正写错的一处。"


def _base(one: Change) -> Interval | None:
    """What the figure was before: as said, or reckoned from now and the difference."""
    if one.before is not None:
        return one.before.figure.interval
    if one.now is None or one.delta is None:
        return None
    now, delta = one.now.figure.interval, one.delta.figure.interval
    return now - delta if one.way is Way.UP else now + delta


@document_check(
    "document.change_impossible",
    "增减后的数不会是负数的结果",
    level=Level.ERROR,
    basis="本期数 = 上期数 ± 增减数",
    message="{name}{now}，又说{way} {delta}，那么原来的数是负数，不可能。{cause}",
    reckoning="{now} 减 {delta} 小于 0。",
    mend=_MEND,
)
def impossible(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Nothing that is 0 now has grown by an amount."""
    previous: Change | None = None
    for one in claims.of(Change):
        base = _base(one) if one.before is None else None
        if one.way is Way.UP and one.delta is not None and one.now is not None and base is not None and base.high < 0:
            copied = previous is not None and previous.delta is not None and previous.delta.figure == one.delta.figure
            cause = "照抄了前一项的增减数" if copied else ""
            yield claim(
                one.words,
                likely_cause=cause,
                name=named(one),
                now=one.now,
                way=one.way.value,
                delta=one.delta.figure,
                cause=f"像是{cause}。" if cause else "",
            )
        previous = one


@document_check(
    "document.change_direction",
    "增加、减少的说法与数字一致",
    level=Level.ERROR,
    basis="文字叙述应与数字一致",
    message="{name}文中说{now}比{before}{said}，实际上{truth}。{cause}",
    reckoning="{now}，{before}。",
    mend="请核对两个数和“{said}”的说法。",
)
def direction(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Where both figures stand beside the word."""
    words = {Way.UP: "增加", Way.DOWN: "减少", Way.SAME: "持平"}
    for one in claims.of(Change):
        if one.now is None or one.before is None:
            continue
        true = way_between(one.now.figure.interval, one.before.figure.interval)
        if true is None or true is one.way:
            continue
        gap = abs(one.now.figure.in_base - one.before.figure.in_base)
        if one.roughly and gap * 10 <= abs(one.before.figure.in_base):
            continue
        right = stray_digit(one.before, one) if one.rate is not None else ""
        cause = (
            f"上期数多打了一位：改为 {right}，就与文中的{one.way.value} {one.rate.figure}相符"
            if right and one.rate
            else ""
        )
        yield claim(
            one.words,
            expected=right,
            likely_cause=cause,
            cause=f"像是{cause}。" if cause else "",
            name=named(one),
            now=one.now,
            before=one.before,
            said=words[one.way],
            truth={Way.UP: "是增加", Way.DOWN: "是减少", Way.SAME: "两数相等"}[true],
        )


@document_check(
    "document.change_words",
    "增减的两个说法方向相同",
    level=Level.ERROR,
    basis="文字叙述应前后一致",
    message="{name}先说{one_way}，后说{other_way}，互相矛盾。",
    reckoning="增减额说“{one_way}”，增减率说“{other_way}”。",
    mend="请按实际增减改成同一个方向。",
)
def words_agree(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """增加X，下降Y%."""
    for one in claims.of(Change):
        if one.rate_way is not None and one.rate_way is not one.way and one.rate is not None and one.rate.figure.value:
            yield claim(one.words, name=one.name, one_way=one.way.value, other_way=one.rate_way.value)


@document_check(
    "document.change_amount",
    "增减额与前后两数一致",
    level=Level.ERROR,
    basis="增减额 = 本期数 － 上期数",
    message="{now}，{before}，相差 {reckoned}，文中写{way} {delta}。",
    reckoning="{now} 与 {before} 相差 {reckoned}。",
    mend=_MEND,
)
def amount(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Where all three are said."""
    for one in claims.of(Change):
        if one.now is None or one.before is None or one.delta is None:
            continue
        now, before, delta = one.now.figure, one.before.figure, one.delta.figure
        gap = now.interval - before.interval
        if one.way is Way.DOWN:
            gap = gap.times(Decimal(-1))
        if widened(gap, delta).meets(delta.interval) or way_between(now.interval, before.interval) not in (
            one.way,
            None,
        ):
            continue
        reckoned = in_unit(abs(now.in_base - before.in_base), delta.unit, places_of(now, before, delta))
        yield claim(
            one.words,
            expected=reckoned,
            now=one.now,
            before=one.before,
            reckoned=reckoned,
            way=one.way.value,
            delta=delta,
        )


@document_check(
    "document.change_rate",
    "增减率与前后两数一致",
    level=Level.ERROR,
    basis=_BASIS,
    message="{name}{now}，{base}，{way}率应为 {reckoned}，文中写 {rate}。{cause}",
    reckoning="{working} = {reckoned}。",
    mend=_MEND,
)
def rate(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """The rate that the figures give; with the slip that explains the rate printed, where one does."""
    previous: Change | None = None
    for one in claims.of(Change):
        last, previous = previous, one
        base = _base(one)
        if one.now is None or one.rate is None or base is None or one.way is Way.SAME:
            continue
        reach = _growth(one, base)
        stated = one.rate.figure
        if reach is None or widened(reach, stated).meets(stated.interval):
            continue
        middle = (base.low + base.high) / 2
        grown = one.now.figure.in_base - middle if one.way is Way.UP else middle - one.now.figure.in_base
        if grown < 0:
            continue
        exact = share(Ratio(grown, middle).percent())
        cause, expected = _cause(one, base, last)
        yield claim(
            one.words,
            expected=expected or exact,
            likely_cause=cause,
            name=named(one),
            now=one.now,
            base=one.before or f"{one.way.value} {one.delta.figure if one.delta else ''}",
            way=one.way.value,
            rate=stated,
            reckoned=exact,
            working=_working(one),
            cause=f"{cause}。" if cause else "",
        )


def named(one: Change) -> str:
    """Whose change it is, before a sentence that tells its figures."""
    return f"{one.name}：" if one.name and one.now is not None and one.name != one.now.name else ""


def _growth(one: Change, base: Interval) -> Interval | None:
    """The rate as a positive range in %, or None when the base may be zero."""
    if one.now is None or base.low <= 0:
        return None
    if one.before is None and one.delta is not None:
        quotient = one.delta.figure.interval.over(base)
        return Interval(quotient.low * 100, quotient.high * 100) if quotient else None
    quotient = one.now.figure.interval.over(base)
    if quotient is None:
        return None
    grown = Interval(quotient.low * 100 - 100, quotient.high * 100 - 100)
    return grown if one.way is Way.UP else grown.times(Decimal(-1))


def _working(one: Change) -> str:
    if one.now is None:
        return ""
    if one.before is not None:
        return f"（{one.now.figure} － {one.before.figure}）÷ {one.before.figure}"
    sign = "－" if one.way is Way.UP else "＋"
    delta = one.delta.figure if one.delta else ""
    return f"{delta} ÷（{one.now.figure} {sign} {delta}）"


def _cause(one: Change, base: Interval, last: Change | None) -> tuple[str, str]:
    """The slip that explains the printed rate, and the value that the other figures then give."""
    if one.now is None or one.rate is None:
        return "", ""
    stated = one.rate.figure
    if not one.now.figure.value and one.before is None and one.delta is not None:
        implied = _implied(one)
        return (
            f"本期数是 0，像是漏填；按增减额和增减率倒推约为 {implied}" if implied else "本期数是 0，像是漏填"
        ), implied
    if one.before is not None and (right := stray_digit(one.before, one)):
        return f"上期数多打了一位：改为 {right} 就与文中的增减率相符", right
    if last is not None and last.rate is not None and last.rate.figure == stated and last.now is not None:
        if last.now.figure == one.now.figure:
            return "本期数和增减率都与前一项相同，像是照抄了前一项", ""
        return "与前一项的增减率相同，像是照抄了前一项", ""
    by_now = (one.now.figure.interval - base).over(one.now.figure.interval)
    if (
        by_now is not None
        and one.way is Way.UP
        and Interval(by_now.low * 100, by_now.high * 100).meets(stated.interval)
    ):
        return "像是以本期数为基数算的", ""
    return "", ""


def _implied(one: Change) -> str:
    """What the figure of now must be by difference and rate."""
    if one.delta is None or one.rate is None or one.rate.figure.interval.low <= 0:
        return ""
    rate = one.rate.figure.interval
    base = one.delta.figure.interval.over(Interval(rate.low / 100, rate.high / 100))
    if base is None:
        return ""
    now = base + one.delta.figure.interval if one.way is Way.UP else base - one.delta.figure.interval
    return f"{in_unit(now.low, one.delta.figure.unit, 2)}至{in_unit(now.high, one.delta.figure.unit, 2)}"


def stray_digit(before: Said, one: Change) -> str:
    """The base without one of its digits, if that gives the rate printed."""
    if one.now is None or one.rate is None:
        return ""
    figure = before.figure
    digits = f"{figure.value:f}"
    for place, letter in enumerate(digits):
        shorter = digits[:place] + digits[place + 1 :]
        if letter == "." or not shorter.strip("0.") or shorter.startswith(("0", ".")):
            continue
        base = Decimal(shorter) * figure.unit.factor
        half = figure.quantum * figure.unit.factor / 2
        growth = _growth(one, Interval(base - half, base + half)) if base > half else None
        if growth is not None and growth.meets(one.rate.figure.interval):
            return f"{shorter}{figure.unit}"
    return ""


@document_check(
    "document.change_from_zero",
    "从 0 增加时不写增长率",
    level=Level.HINT,
    basis="上期数为 0 时增长率没有意义",
    message="{before}，{now}，上期数是 0，写“{way} {rate}”没有意义。",
    reckoning="分母为 0，增长率算不出来。",
    mend="建议只写增加的金额，或写“上年无此项支出”。",
)
def from_zero(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A habit more than a fault."""
    for one in claims.of(Change):
        if one.before is None or one.now is None or one.rate is None:
            continue
        if one.before.figure.value == 0 and one.now.figure.value != 0:
            yield claim(one.words, before=one.before, now=one.now, way=one.way.value, rate=one.rate.figure)
