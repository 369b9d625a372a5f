"""Tables from ruling lines: sides are snapped and joined, crossings found, the smallest boxes between them are cells."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from jiheng.formats.pdf_document import Ruling

NEAR = 3.0
"""**Unit** points: sides nearer than this are one line; lines that end nearer than this to another one meet it."""
_SHORTEST_SIDE, _SHORTEST_LINE = 1.0, 3.0
_MOST_CROSSINGS = 4_000_000

Corner = tuple[float, float]
CellBox = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class RuledTable(NamedTuple):
    """The borders of a table's rows and columns, and its cells as (row, column, row span, column span, box)."""

    rows: list[float]
    columns: list[float]
    cells: list[tuple[int, int, int, int, CellBox]]

    @property
    def box(self) -> CellBox:
        """The table's outer borders."""
        return (self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


def ruled_tables(rulings: Iterable[Ruling]) -> list[RuledTable] | None:
    """All tables of more than one cell, top to bottom; None when there are too many lines to tell.

    >>> sides = [Ruling(True, y, 0, 100) for y in (0, 20, 40)] + [Ruling(False, x, 0, 40) for x in (0, 50, 100)]
    >>> [table.box for table in ruled_tables(sides)], [cell[:4] for cell in ruled_tables(sides)[0].cells][:2]
    ([(0.0, 0.0, 100.0, 40.0)], [(0, 0, 1, 1), (0, 1, 1, 1)])
    """
    sides = [side for side in rulings if side.end - side.start >= _SHORTEST_SIDE]
    level = _joined(_snapped([side for side in sides if side.level]))
    upright = _joined(_snapped([side for side in sides if not side.level]))
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return None
    tables = [_table(cells) for cells in _groups(_cells(level, upright)) if len(cells) > 1]
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


def _snapped(sides: list[Ruling]) -> list[Ruling]:
    """The sides with neighbours moved to their mean."""
    if not sides:
        return []
    at = sorted({side.at for side in sides})
    groups = [[at[0]]]
    for place in at[1:]:
        if place - groups[-1][-1] <= NEAR:
            groups[-1].append(place)
        else:
            groups.append([place])
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    members: dict[int, list[Ruling]] = defaultdict(list)
    for side in sides:
        members[group_of[side.at]].append(side)
    return [side._replace(at=sum(one.at for one in group) / len(group)) for group in members.values() for side in group]


def _joined(sides: list[Ruling]) -> list[Ruling]:
    """The sides with what overlaps or nearly touches made one; short ones left out."""
    lines: list[Ruling] = []
    for side in sorted(sides, key=attrgetter("at", "start")):
        if lines and lines[-1].at == side.at and side.start <= lines[-1].end + NEAR:
            if side.end > lines[-1].end:
                lines[-1] = lines[-1]._replace(end=side.end)
        else:
            lines.append(side)
    return [line for line in lines if line.end - line.start >= _SHORTEST_LINE]


def _cells(level: list[Ruling], upright: list[Ruling]) -> list[CellBox]:
    """The smallest box to the right of and below each crossing."""
    across: dict[float, dict[float, int]] = defaultdict(dict)
    down: dict[float, dict[float, int]] = defaultdict(dict)
    for number, post in enumerate(upright):
        for row, beam in enumerate(level):
            if (
                post.start <= beam.at + NEAR
                and post.end >= beam.at - NEAR
                and beam.start - NEAR <= post.at <= beam.end + NEAR
            ):
                across[beam.at][post.at] = row
                down[post.at][beam.at] = number
    places_across = {y: sorted(row) for y, row in across.items()}
    places_down = {x: sorted(column) for x, column in down.items()}
    cells = []
    for y, xs in places_across.items():
        for index, x in enumerate(xs):
            cell = _smallest(x, y, xs[index + 1 :], places_down[x], across, down)
            if cell:
                cells.append(cell)
    return cells


def _smallest(
    x: float,
    y: float,
    rights: list[float],
    column: list[float],
    across: dict[float, dict[float, int]],
    down: dict[float, dict[float, int]],
) -> CellBox | None:
    beam, post = across[y][x], down[x][y]
    for bottom in column:
        if bottom <= y or down[x][bottom] != post:
            continue
        for right in rights:
            if across[y][right] != beam:
                continue
            low = across[bottom]
            if right in low and low[right] == low[x] and down[right][y] == down[right][bottom]:
                return (x, y, right, bottom)
    return None


def _groups(cells: list[CellBox]) -> list[list[CellBox]]:
    """Cells that share a corner, directly or through others."""
    at_corner: dict[Corner, list[int]] = defaultdict(list)
    for index, (left, top, right, bottom) in enumerate(cells):
        for corner in ((left, top), (right, top), (left, bottom), (right, bottom)):
            at_corner[corner].append(index)
    seen: set[int] = set()
    groups = []
    for first in range(len(cells)):
        if first in seen:
            continue
        seen.add(first)
        group, waiting = [], [first]
        while waiting:
            index = waiting.pop()
            group.append(cells[index])
            left, top, right, bottom = cells[index]
            for corner in ((left, top), (right, top), (left, bottom), (right, bottom)):
                for other in at_corner[corner]:
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        groups.append(group)
    return groups


def _table(cells: list[CellBox]) -> RuledTable:
    rows = sorted({place for _, top, _, bottom in cells for place in (top, bottom)})
    columns = sorted({place for left, _, right, _ in cells for place in (left, right)})
    row_at = {place: index for index, place in enumerate(rows)}
    column_at = {place: index for index, place in enumerate(columns)}
    placed = []
    for left, top, right, bottom in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        row, column = row_at[top], column_at[left]
        placed.append((row, column, row_at[bottom] - row, column_at[right] - column, (left, top, right, bottom)))
    return RuledTable(rows, columns, placed)
