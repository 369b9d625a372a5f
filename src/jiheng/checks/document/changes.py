"""Growth and decline: amounts, rates, directions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import share
from jiheng.checks.document.change_causes import base_of, cause_of, growth_of, stray_digit
from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, in_unit, places_of, widened
from jiheng.checks.document.comparisons import way_between
from jiheng.model import Level
from jiheng.model.statement import Change, Claims, Way
from jiheng.values import Ratio

_BASIS = "增减率 =（本期数 － 上期数）÷ 上期数 × 100%"
_MEND = "请核对本期数、上期数和增减，改正写错的一处。"


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
        base = base_of(one) if one.before is None else None
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
            level=_level(one),
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
            level=_level(one),
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
        base = base_of(one)
        if one.now is None or one.rate is None or base is None or one.way is Way.SAME:
            continue
        reach = growth_of(one, base)
        stated = one.rate.figure
        if reach is None or widened(reach, stated).meets(stated.interval):
            continue
        middle = (base.low + base.high) / 2
        grown = one.now.figure.in_base - middle if one.way is Way.UP else middle - one.now.figure.in_base
        if grown < 0:
            continue
        exact = share(Ratio(grown, middle).percent())
        cause, expected = cause_of(one, base, last)
        yield claim(
            one.words,
            level=_level(one),
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


def _level(one: Change) -> Level | None:
    """A change that does not say whose it is may be of another figure than the one before it."""
    return None if one.is_named else Level.WARNING


def named(one: Change) -> str:
    """Whose change it is, before a sentence that tells its figures."""
    return f"{one.name}：" if one.name and one.now is not None and one.name != one.now.name else ""


def _working(one: Change) -> str:
    if one.now is None:
        return ""
    if one.before is not None:
        return f"（{one.now.figure} － {one.before.figure}）÷ {one.before.figure}"
    sign = "－" if one.way is Way.UP else "＋"
    delta = one.delta.figure if one.delta else ""
    return f"{delta} ÷（{one.now.figure} {sign} {delta}）"


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
