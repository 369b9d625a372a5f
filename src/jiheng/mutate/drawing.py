"""Which error a copy gets: the kinds in turn, the place drawn uniformly from every figure to which the kind applies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from jiheng.model.document import Document, Mention, Table
from jiheng.mutate.mutation import Kind, Mutation
from jiheng.mutate.same import unique_label
from jiheng.mutate.slips import slipped, value_after
from jiheng.mutate.tie import Law, Tie, Value
from jiheng.mutate.ties import Known
from jiheng.mutate.words import flips, stale_years

_CONTEXT = 30
_SELF_EVIDENT = "占位符本身就说明没有填"


def draw(document: Document, seed: int, count: int) -> Iterator[Mutation]:
    """So many errors, one for each copy; the same seed gives the same."""
    known = Known.of(document)
    for number in range(count):
        kind = tuple(Kind)[number % len(Kind)]
        chance = Random(f"{seed}/{number}")
        drawn = _drawn(kind, known, chance)
        if drawn is not None:
            yield drawn


def _drawn(kind: Kind, known: Known, chance: Random) -> Mutation | None:
    if kind is Kind.WORD_FLIPPED:
        return _one_of(list(flips(known)), chance)
    if kind is Kind.YEAR_STALE:
        return _one_of(list(stale_years(known.document)), chance)
    for index in chance.sample(sorted(known.figures), len(known.figures)):
        mention = known.figures[index]
        if kind in (Kind.LINE_COPIED, Kind.ROW_DROPPED):
            made = _row(kind, index, known)
        elif kind is Kind.TOTAL_FOR_PART:
            made = _total_for_part(index, known, chance)
        else:
            after = slipped(kind, mention, chance)
            made = _figure(kind, index, after, known, value_after(kind, mention, after)) if after is not None else None
        if made is not None:
            return made
    return None


def _one_of(made: Sequence[Mutation], chance: Random) -> Mutation | None:
    return chance.choice(made) if made else None


def _figure(kind: Kind, index: int, after: str, known: Known, now: Value | None) -> Mutation | None:
    """A changed figure; one that still says the same (31.50 for 31.5) is no error."""
    mention = known.figures[index]
    if now == known.values[index]:
        return None
    changed = {**known.values, index: now} if now is not None else None
    broken = [tie for tie in known.ties.get(index, ()) if changed is None or not tie.holds(changed)]
    is_told = kind is Kind.PLACEHOLDER or bool(broken)
    why = _SELF_EVIDENT if kind is Kind.PLACEHOLDER else _why(broken, index, known)
    return _mutation(kind, known.document, mention, after, is_told, why, _blocks(broken, known))


def _total_for_part(index: int, known: Known, chance: Random) -> Mutation | None:
    totals = [tie for tie in known.ties.get(index, ()) if tie.law is Law.SUM and tie.members[0] != index]
    totals = [tie for tie in totals if known.values[tie.members[0]].number != known.values[index].number]
    if not totals:
        return None
    tie = chance.choice(totals)
    mention, total = known.figures[index], known.figures[tie.members[0]]
    if total.text == mention.text:
        return None
    blocks = _blocks([tie], known)
    return _mutation(Kind.TOTAL_FOR_PART, known.document, mention, total.text, True, _why([tie], index, known), blocks)


def _row(kind: Kind, index: int, known: Known) -> Mutation | None:
    """The row of a figure dropped, or overwritten with the row above."""
    mention = known.figures[index]
    table = known.document.blocks[mention.block]
    if not isinstance(table, Table) or mention.cell is None or table.inside is not None:
        return None
    row = table.cells[mention.cell].row
    texts = _texts(table, row)
    above = _texts(table, row - 1)
    if row <= table.header_rows or not texts or not _is_simple(table, row):
        return None
    if kind is Kind.LINE_COPIED and (
        not _is_simple(table, row - 1) or row - 1 < max(table.header_rows, 1) or texts == above
    ):
        return None
    broken = [
        tie
        for other, one in known.figures.items()
        if one.block == mention.block and one.cell is not None and table.cells[one.cell].row == row
        for tie in known.ties.get(other, ())
        if tie.law is Law.SUM
        and known.values[other].number != 0
        and tie.members.count(other) == 1
        and any(_row_of(known, table, mention.block, member) not in (row, None) for member in tie.members)
    ]
    seen = ""
    if kind is Kind.LINE_COPIED and (label := unique_label(table, row - 1)):
        seen = f"“{label[:20]}”出现两次"
    elif kind is Kind.ROW_DROPPED and _is_counted(table, row):
        seen = "序号不连续"
    why = _why(broken, index, known) if broken else seen
    return Mutation(
        kind=kind,
        block=mention.block,
        row=row,
        before=" | ".join(texts),
        after=" | ".join(above) if kind is Kind.LINE_COPIED else "",
        place=str(mention.spot),
        context=f"{table.title or '表'}第 {row + 1} 行",
        is_determined=bool(why),
        determined_by=why,
        related=tuple(sorted({mention.block, *_blocks(broken, known)})),
    )


def _row_of(known: Known, table: Table, block: int, index: int) -> int | None:
    one = known.figures[index]
    return table.cells[one.cell].row if one.block == block and one.cell is not None else None


def _texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in sorted(table.cells, key=lambda cell: cell.column) if cell.row == row and cell.text]


def _is_counted(table: Table, row: int) -> bool:
    """Whether the rows around one are numbered in sequence, so that a gap shows."""
    first = {cell.row: cell.text.strip() for cell in table.cells if cell.column == 0}
    around = [first.get(one, "") for one in (row - 1, row, row + 1)]
    return all(one.isdecimal() for one in around) and int(around[1]) - int(around[0]) == 1 == int(around[2]) - int(
        around[1]
    )


def _is_simple(table: Table, row: int) -> bool:
    """Whether a row can be taken out alone: no cell reaches into it or out of it."""
    return row >= 0 and all(cell.row_span == 1 for cell in table.cells if cell.row <= row < cell.row + cell.row_span)


def _mutation(
    kind: Kind, document: Document, mention: Mention, after: str, is_told: bool, why: str, related: tuple[int, ...]
) -> Mutation:
    text = document.passage(mention.block, mention.cell).text
    return Mutation(
        kind=kind,
        block=mention.block,
        cell=mention.cell,
        start=mention.start,
        end=mention.end,
        before=text[mention.start : mention.end],
        after=after,
        place=str(mention.spot),
        context=text[max(mention.start - _CONTEXT, 0) : mention.end + _CONTEXT],
        is_determined=is_told,
        determined_by=why,
        related=related or (mention.block,),
    )


def _blocks(ties: Sequence[Tie], known: Known) -> tuple[int, ...]:
    return tuple(sorted({known.figures[member].block for tie in ties for member in tie.members}))


def _why(ties: Sequence[Tie], index: int, known: Known) -> str:
    if not ties:
        return ""
    tie = ties[0]
    others = "、".join(known.figures[one].text for one in tie.members if one != index)
    return f"{tie.law.value}（{others[:60]}）"
