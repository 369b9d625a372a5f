"""The same thing said twice: within an item, in prose and table, on two sides of a table, in forms and in the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, coarser, document_check, in_unit, widened
from jiheng.checks.document.slips import is_alike, slip
from jiheng.model import Level
from jiheng.model.statement import Change, Claims, FormsTotal, Repeated, Said, Way
from jiheng.values import Interval

_BASIS = "同一事项的数字前后应一致"
_AS_PRINTED = ("text", "named", "indicator")
"""Kinds in which one number is copied from place to place, not reckoned again."""


def _of(claims: Claims, kind: str) -> Iterator[Repeated]:
    for one in claims.of(Repeated):
        printed = one.one.figure
        if one.kind != kind:
            continue
        if kind in _AS_PRINTED:
            if not any(one.one.agrees(other) for other in one.others):
                yield one
        elif not any(
            widened(printed.interval, coarser(printed, other.figure)).meets(other.figure.interval)
            for other in one.others
        ):
            yield one


@document_check(
    "document.text_table",
    "文字和表格的数一致",
    level=Level.WARNING,
    basis=_BASIS,
    message="文字里“{name}”写 {one}，表格里没有这个数：{others}。{cause}",
    reckoning="文字 {one}，表格 {first}，相差 {gap}。",
    mend="请核对账表，改正文字或表格中写错的一处。",
)
def text_table(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Only where no table and no column of the row has the value."""
    twice = {_at(one) for one in _of(claims, "item")}
    for one in _of(claims, "table"):
        if not one.others or _at(one) in twice:
            continue
        first = one.others[0].figure
        same = len({other.figure.in_base for other in one.others}) == 1
        cause = slip(one.one.figure, first.interval) if same else ""
        yield claim(
            one.words,
            expected=in_unit(first.in_base, one.one.figure.unit) if same else "",
            likely_cause=cause,
            name=one.name,
            one=one.one.figure,
            others="、".join(map(str, one.others)),
            first=first,
            gap=in_unit(abs(first.in_base - one.one.figure.in_base), one.one.figure.unit),
            cause=f"像是{cause}。" if cause else "",
        )


@document_check(
    "document.item_twice",
    "同一条里前后的数一致",
    level=Level.WARNING,
    basis=_BASIS,
    message="“{name}”一条，{other}，后面的{one}，两处不一致。{decides}",
    reckoning="{other}；{one}。",
    mend="请核对预算，两处改成同一个数，并重算增减率。",
)
def item_twice(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """What an item opens with is what it arranges."""
    tables = {_at(one): one.others for one in claims.of(Repeated) if one.kind == "table"}
    changes = {_place(one.now): one for one in claims.of(Change) if one.now is not None}
    for one in _of(claims, "item"):
        other = one.others[0]
        decides, right = "", ""
        change = changes.get(_place(one.one))
        if change is not None and _fits(change, other):
            right = str(other.figure)
            decides = f"按 {other.figure} 计算，{change.way.value}率与文中的 {change.rate.figure if change.rate else ''} 相符。"
        elif (known := tables.get(_at(one))) and any(coarse_meets(other, table) for table in known):
            right = str(other.figure)
            decides = f"表格里的数与本条开头的 {other.figure} 相符。"
        yield claim(one.words, expected=right, name=one.name, one=one.one, other=other, decides=decides)


def _at(one: Repeated) -> tuple[int, int]:
    return one.words.block, one.words.start


def _place(said: Said) -> tuple[int, int]:
    return said.words.block, said.words.end


def _fits(change: Change, other: Said) -> bool:
    """Whether the change would be right if the other figure stood in it."""
    if change.rate is None or change.before is None:
        return False
    quotient = other.figure.interval.over(change.before.figure.interval)
    if quotient is None:
        return False
    grown = Interval(quotient.low * 100 - 100, quotient.high * 100 - 100)
    grown = grown if change.way is Way.UP else grown.times(Decimal(-1))
    return grown.meets(change.rate.figure.interval)


def coarse_meets(one: Said, other: Said) -> bool:
    """Whether two figures agree at the coarser of their two printed precisions."""
    return widened(one.figure.interval, coarser(one.figure, other.figure)).meets(other.figure.interval)


@document_check(
    "document.text_twice",
    "同一个数在各处一致",
    level=Level.WARNING,
    basis=_BASIS,
    message="“{name}”这里写 {one}，别处写 {other}。",
    reckoning="{one}，{other}，相差 {gap}。",
    mend="请核对后改成同一个数；说的不是同一件事的，请把名称写清楚。",
)
def text_twice(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Where all the other places agree and a slip explains the odd one: else the words may mean another thing.

    The change of a thing that is named in full is meant alike everywhere, so there no slip is asked for.
    """
    for one in (*_of(claims, "text"), *_of(claims, "named")):
        other = one.others[0].figure
        is_sure = one.kind == "named"
        if not is_sure and not (is_alike(one.one.figure, other) or slip(one.one.figure, other.interval)):
            continue
        yield claim(
            one.words,
            name=one.name,
            one=one.one.figure,
            other=other,
            gap=in_unit(abs(other.in_base - one.one.figure.in_base), one.one.figure.unit),
        )


@document_check(
    "document.unit_twice",
    "同一个数的单位在各处一致",
    level=Level.WARNING,
    basis=_BASIS,
    message="“{name}”这里写 {one}，“{elsewhere}”写 {other}，数字一样，单位不同。",
    reckoning="{one}，{other}，相差 {times} 倍。",
    mend="请核对后改正写错的单位。",
)
def unit_twice(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A long number that stands once with 万元 and once with 元."""
    for one in claims.of(Repeated):
        if one.kind != "unit":
            continue
        other = one.others[0]
        factors = sorted((one.one.figure.unit.factor, other.figure.unit.factor))
        yield claim(
            one.words,
            name=one.name or "金额",
            one=one.one.figure,
            elsewhere=other.name or "别处",
            other=other.figure,
            times=f"{factors[1] / factors[0]:f}",
        )


@document_check(
    "document.indicator_twice",
    "同一指标的完成值在各处一致",
    level=Level.WARNING,
    basis=_BASIS,
    message="指标“{name}”的实际完成值，{one}，{other}，两处不一致。",
    reckoning="{one}；{other}。",
    mend="请核对实际完成值，改成同一个数。",
)
def indicator_twice(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Goal table, score sheet and prose."""
    for one in _of(claims, "indicator"):
        yield claim(one.words, name=one.name, one=one.one, other=one.others[0])


@document_check(
    "document.balance",
    "收入总计等于支出总计",
    level=Level.ERROR,
    basis="收支总表收入总计等于支出总计",
    message="《{name}》{other}，{one}，不相等，相差 {gap}。",
    reckoning="{other}；{one}。",
    mend="请核对两边各项。",
)
def balance(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Two sides of one table."""
    for one in _of(claims, "balance"):
        other = one.others[0]
        gap = abs(one.one.figure.in_base - other.figure.in_base)
        yield claim(one.words, name=one.name, one=one.one, other=other, gap=in_unit(gap, one.one.figure.unit))


@document_check(
    "document.forms_total",
    "各项目绩效目标表相加等于文字所说的总额",
    level=Level.WARNING,
    basis=_BASIS,
    message="文字说编报绩效目标的项目 {count}，资金 {amount}；文中 {number} 张绩效目标表相加是 {reckoned}，相差 {gap}。",
    reckoning="{addends}，相加 {reckoned}。",
    mend="请核对各表的资金总额和文字里的总额。",
)
def forms_total(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Only where all forms are there."""
    for one in claims.of(FormsTotal):
        reach = Interval.total(form.amount.figure.interval for form in one.forms)
        if reach.meets(one.amount.figure.interval):
            continue
        reckoned = sum((form.amount.figure.in_base for form in one.forms), Decimal(0))
        unit = one.amount.figure.unit
        yield claim(
            one.words,
            count=one.count.figure,
            amount=one.amount.figure,
            number=len(one.forms),
            reckoned=in_unit(reckoned, unit, 2),
            gap=in_unit(abs(reckoned - one.amount.figure.in_base), unit, 2),
            addends="、".join(f"{form.project} {form.amount.figure}" for form in one.forms[:12]),
        )
