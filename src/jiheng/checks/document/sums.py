"""Totals and their parts, in prose and in tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, in_unit, places_of
from jiheng.checks.document.slips import slip
from jiheng.model import Level
from jiheng.model.statement import Claims, PartOf, Said, Sum
from jiheng.values import Dimension, Interval

_MOST_FOR_SUBSETS = 12
_BASIS = "合计等于各部分之和"
_MEND = "请对照账表核对合计和各部分，改正其中写错的一处。"


@document_check(
    "document.sum",
    "各部分之和等于合计",
    level=Level.ERROR,
    basis=_BASIS,
    message="{where}{total}，而{addends}，相加是 {reckoned}，{gap}。{diagnosis}",
    reckoning="{addends}，相加 {reckoned}；{total}。",
    mend=_MEND,
)
def sums(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """By interval; parts that need not be all of it are only wrong where they come to more than the total.

    A figure that stands in several sums, all of which it would mend, is the one that is wrong: told once.
    """
    failed = [one for one in claims.of(Sum) if not _holds(one)]
    culprits = _culprits(failed)
    told: set[Cell] = set()
    for one in failed:
        short = _short(one)
        places = places_of(one.total.figure, *(part.figure for part in one.parts))
        shared = next((said for said in (one.total, *one.parts) if _cell(said) in culprits), None)
        if shared is not None:
            if _cell(shared) in told:
                continue
            told.add(_cell(shared))
        wrong, expected = (shared, culprits[_cell(shared)]) if shared is not None else diagnosis(one, short)
        others = sum(_cell(shared) in _cells(other) for other in failed) - 1 if shared is not None else 0
        unit = one.total.figure.unit
        yield claim(
            one.words if shared is None else shared.words,
            level=Level.WARNING if one.wanting or not one.is_whole else None,
            expected=in_unit(expected, wrong.figure.unit, places) if wrong and expected is not None else "",
            likely_cause=_cause(one, wrong),
            where=f"《{one.table}》" if one.table else "",
            total=one.total,
            addends=_addends(one.parts),
            reckoned=in_unit(one.total.figure.in_base - short, unit, places),
            gap=f"比合计{'少' if short > 0 else '多'} {in_unit(abs(short), unit, places)}",
            diagnosis=_in_words(wrong, expected, places)
            + (f"差的正是文中的“{one.wanting}”，像是漏了一行。" if one.wanting else "")
            + (f"同一个数还使另外 {others} 处合计不符。" if others else ""),
        )


@document_check(
    "document.part_of",
    "部分不大于整体",
    level=Level.WARNING,
    basis="基本支出是全部支出的一部分",
    message="{part}，{whole}，部分比整体多 {gap}，两张表不能都对。",
    reckoning="{part} － {whole} = {gap}。",
    mend="请核对两张表的口径和数字，改正写错的一处；口径不同的请加注说明。",
)
def parts(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """By interval; which of the two tables is wrong, the document does not say."""
    for one in claims.of(PartOf):
        part, whole = one.part.figure, one.whole.figure
        if part.interval.low > whole.interval.high:
            gap = in_unit(part.in_base - whole.in_base, whole.unit, places_of(part, whole))
            yield claim(one.words, part=one.part, whole=one.whole, gap=gap)


Cell = tuple[int, int | None]


def _cell(said: Said) -> Cell:
    return said.words.block, said.words.cell


def _cells(one: Sum) -> set[Cell]:
    return {_cell(said) for said in (one.total, *one.parts)}


def _short(one: Sum) -> Decimal:
    """How much the parts lack of the total."""
    return one.total.figure.in_base - sum((part.figure.in_base for part in one.parts), Decimal(0))


def _culprits(failed: Sequence[Sum]) -> dict[Cell, Decimal]:
    """The cells of tables that alone would mend every failed sum they stand in, at least two; with the right value."""
    values: dict[Cell, list[Decimal]] = {}
    for one in failed:
        if one.total.words.cell is None:
            continue
        short = _short(one)
        values.setdefault(_cell(one.total), []).append(one.total.figure.in_base - short)
        for part in one.parts:
            values.setdefault(_cell(part), []).append(part.figure.in_base + short)
    return {cell: found[0] for cell, found in values.items() if len(found) > 1 and len(set(found)) == 1}


def _holds(one: Sum) -> bool:
    reach = Interval.total(part.figure.interval for part in one.parts)
    total = one.total.figure.interval
    if reach.meets(total):
        return True
    quantum = max(part.figure.quantum * part.figure.unit.factor for part in (one.total, *one.parts))
    gap = max(total.low - reach.high, reach.low - total.high)
    if gap <= quantum and len(one.parts) > 1:
        return True  # parts cut off instead of rounded
    if not one.is_whole and reach.low < total.high:
        return True
    return not one.is_flat and _has_subset(one.parts, total)


def _has_subset(parts: Sequence[Said], total: Interval) -> bool:
    """Whether some of the parts make the total: then the rest are parts of parts."""
    if not 2 < len(parts) <= _MOST_FOR_SUBSETS:
        return False
    reaches = {0: Interval.exactly(Decimal(0))}
    for index, part in enumerate(parts):
        reaches |= {mask | 1 << index: reach + part.figure.interval for mask, reach in list(reaches.items())}
    filled = sum(1 << i for i, part in enumerate(parts) if part.figure.value)
    return any(
        reach.meets(total) and mask & filled != filled and (mask & filled).bit_count() > 1
        for mask, reach in reaches.items()
    )


def diagnosis(one: Sum, short: Decimal) -> tuple[Said | None, Decimal | None]:
    """The figure that the others show to be wrong, and what it should be; where two could be, none is named.

    A part that repeats the total although others are not zero holds the total by mistake.
    """
    if one.wanting is not None:
        return None, None
    repeated = [part for part in one.parts if part.figure.in_base == one.total.figure.in_base]
    others = any(part.figure.value for part in one.parts if part not in repeated)
    if len(repeated) == 1 and others and one.is_whole:
        return repeated[0], repeated[0].figure.in_base + short
    if one.is_whole:
        slack = sum((part.figure.quantum * part.figure.unit.factor for part in one.parts), Decimal(0)) / 2
        slipped = []
        for part in one.parts:
            right = part.figure.in_base + short
            if right >= 0 and part.figure.value and slip(part.figure, Interval(right - slack, right + slack)):
                slipped.append((part, right))
        reckoned = one.total.figure.in_base - short
        if slip(one.total.figure, Interval(reckoned - slack, reckoned + slack)):
            slipped.append((one.total, reckoned))
        if len(slipped) == 1:
            return slipped[0]
    return None, None


def _cause(one: Sum, wrong: Said | None) -> str:
    if one.wanting is not None:
        return "漏了一行"
    if wrong is None:
        return ""
    if wrong is not one.total and wrong.figure.in_base == one.total.figure.in_base:
        return "合计误填为其中一项"
    return "多打、少打了一位数字，或相邻两位颠倒" if one.total.words.cell is None else ""


def _in_words(wrong: Said | None, expected: Decimal | None, places: int) -> str:
    if wrong is None or expected is None:
        return ""
    return f"按其余各数，{wrong.name}应是 {in_unit(expected, wrong.figure.unit, places)}{'' if wrong.words.cell is not None else ' 左右'}。"


def _addends(parts: Sequence[Said]) -> str:
    shown = [str(part) for part in parts]
    if len(shown) > _MOST_FOR_SUBSETS:
        shown = [*shown[:6], f"……共 {len(shown)} 项"]
    return "、".join(shown)


def is_money(said: Said) -> bool:
    """Whether the figure is an amount."""
    return said.figure.unit.dimension is Dimension.MONEY
