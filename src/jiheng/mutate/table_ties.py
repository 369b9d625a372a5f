"""What determines a figure in a table: totals of its column, and laws between columns that its rows obey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from jiheng.model.document import Document, Mention, Table
from jiheng.mutate.tie import RATE_DIGITS, TELLING_DIGITS, Law, Tie, Value, digits
from jiheng.values import Dimension

_FEWEST_ROWS = 3
_MOST_COLUMNS = 12
_OBEY = (4, 5)
"""So many rows of so many must obey a law between columns before it is one."""

Column = dict[int, int]
"""The mention that stands in each row."""


def table_ties(
    table: Table, own: Sequence[int], figures: Mapping[int, Mention], values: Mapping[int, Value]
) -> Iterator[Tie]:
    """Every tie within one table."""
    columns = _columns(table, own, figures)
    yield from _column_sums(columns, figures, values)
    yield from _row_laws(columns, figures, values)


def column_totals(document: Document, figures: Mapping[int, Mention], values: Mapping[int, Value]) -> Iterator[Tie]:
    """Whole columns whose sum stands outside of their table: in the prose, in another table."""
    for index, table in document.tables:
        own = [number for number, one in figures.items() if one.block == index]
        for column in _columns(table, own, figures).values():
            if len(column) < _FEWEST_ROWS:
                continue
            parts = tuple(column[row] for row in sorted(column))
            for total, one in figures.items():
                if one.block != index and digits(one) >= TELLING_DIGITS and _alike(figures, (total, *parts)):
                    tie = Tie(Law.SUM, (total, *parts))
                    if tie.holds(values):
                        yield tie


def _alike(figures: Mapping[int, Mention], members: Sequence[int]) -> bool:
    first, *rest = (figures[one].figure for one in members)
    return first is not None and all(one is not None and first.is_like(one) for one in rest)


def _columns(table: Table, own: Sequence[int], figures: Mapping[int, Mention]) -> dict[int, Column]:
    """The figures that fill their cells, by column and row."""
    columns: dict[int, Column] = defaultdict(dict)
    for index in own:
        mention = figures[index]
        if mention.cell is None:
            continue
        cell = table.cells[mention.cell]
        if len(cell.text.strip()) <= len(mention.text.strip()) + 2:
            columns[cell.column][cell.row] = index
    return columns


def _column_sums(
    columns: Mapping[int, Column], figures: Mapping[int, Mention], values: Mapping[int, Value]
) -> Iterator[Tie]:
    found: dict[tuple[int, tuple[int, ...]], list[Tie]] = defaultdict(list)
    for column in columns.values():
        rows = sorted(column)
        for at, row in enumerate(rows):
            for run in _runs(rows, at):
                members = tuple(column[one] for one in run)
                if sum(1 for one in members if values[one].number != 0) < 2 or values[column[row]].number == 0:
                    continue
                tie = Tie(Law.SUM, (column[row], *members))
                if tie.holds(values):
                    found[row, tuple(run)].append(tie)
                    break
    for (row, run), ties in found.items():
        is_end = any(row in (min(c), max(c)) and len(run) == len(c) - 1 for c in columns.values() if row in c)
        if len(ties) > 1 or is_end:
            yield from ties
        else:
            yield from (tie for tie in ties if digits(figures[tie.members[0]]) >= TELLING_DIGITS)


def _runs(rows: Sequence[int], at: int) -> Iterator[Sequence[int]]:
    """Runs of rows right below and right above one; the longest first, as a total is of all it stands over."""
    yield from (rows[at + 1 : end] for end in range(len(rows), at + 2, -1))
    yield from (rows[start:at] for start in range(at - 1))


def _row_laws(
    columns: Mapping[int, Column], figures: Mapping[int, Mention], values: Mapping[int, Value]
) -> Iterator[Tie]:
    wide = [column for column in columns.values() if len(column) >= _FEWEST_ROWS][:_MOST_COLUMNS]
    for first, second, third in permutations(wide, 3):
        for law in (Law.SUM, Law.RATE, Law.GROWTH):
            ties = [
                Tie(law, (first[row], second[row], third[row]))
                for row in first
                if row in second
                and row in third
                and _tells(law, (first[row], second[row], third[row]), figures, values)
            ]
            good = [tie for tie in ties if tie.holds(values)]
            # Two columns that are equal make every rate 100, whatever the third column is of: rows of 100 speak for no law.
            spoken = [tie for tie in good if law is not Law.RATE or values[tie.members[0]].number != 100]
            if len(spoken) >= _FEWEST_ROWS and len(good) * _OBEY[1] >= len(ties) * _OBEY[0]:
                yield from good


def _tells(
    law: Law, members: tuple[int, int, int], figures: Mapping[int, Mention], values: Mapping[int, Value]
) -> bool:
    """Whether the figures of a row can speak for a law: no zeros, comparable, and a rate of more than two digits."""
    if any(values[one].number == 0 for one in members):
        return False
    first, second, third = (figures[one].figure for one in members)
    if first is None or second is None or third is None or not second.is_like(third):
        return False
    if law is Law.SUM:
        return first.is_like(second)
    is_share = first.unit.dimension is Dimension.SHARE
    return is_share and (digits(figures[members[0]]) >= RATE_DIGITS or values[members[0]].number == 100)
