"""How wide the columns of a table must be, and how large its type can be, so that no figure is torn at a cell's edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from jiheng.model.report import Printed, Table, TableCell
from jiheng.reporting.visible import shown_text
from jiheng.reporting.word.styles import CELL_SIZES

PADDING = 57
"""Between a cell's edge and its text (1 mm). **Unit** 1/20 pt."""

_MANY_COLUMNS = 6
_DIGIT = 0.65
"""A digit's width in squares: 0.5 in Times and 仿宋, more in what a machine without them puts instead."""

_SHORT_HEAD = 4
_SHORT_TEXT = 18
_BETWEEN_KINDS = 0.25
"""Room that is left between a digit and a Chinese character."""

_EMPTY = TableCell(())


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its column; `cell` is None where a cell above reaches down; `goes_on` where it reaches the next row."""

    column: int
    across: int
    cell: TableCell | None
    goes_on: bool = False


@dataclass(slots=True)
class _Reaching:
    """A cell that reaches down: how many rows are left, and how many it has covered since it was said."""

    cell: TableCell
    across: int
    left: int
    covered: int


def laid_out(table: Table, longest: int = 10**9) -> Iterator[tuple[Placed, ...]]:
    """Rows with every column accounted for: cells, what reaches down from above, and empty ones where cells are missing.

    A label that reaches further down than `longest` rows is said again, and with it the labels to its right: on every
    page one must see whose rows these are. A figure is not said again, for it would look like another.
    **Raises** ValueError when a row has more cells than the table has columns.
    """
    count = len(table.widths)
    reaching: dict[int, _Reaching] = {}
    for row in table.rows:
        placed: list[Placed] = []
        column, given, again = 0, iter(row), False
        while column < count:
            above = reaching.get(column)
            if above is None:
                cell = next(given, _EMPTY)
                above = _Reaching(cell, max(1, min(cell.across, count - column)), max(1, cell.down), 0)
                said = True
            else:
                is_label = not any(letter.isdigit() for letter in shown_text(above.cell.text))
                said = is_label and (again or above.covered >= longest)
                again = again or said
            above.covered = 1 if said else above.covered + 1
            above.left -= 1
            # What is said again in the next row ends here.
            goes_on = above.left > 0 and above.covered < longest
            placed.append(Placed(column, above.across, above.cell if said else None, goes_on))
            if above.left:
                reaching[column] = above
            else:
                reaching.pop(column, None)
            column += above.across
        if next(given, None) is not None:
            raise ValueError(f"表“{table.caption}”有一行多于 {count} 列")
        yield tuple(placed)


def measured(table: Table, width: int) -> tuple[int, tuple[int, ...]]:
    """The largest type that fits, and the columns' widths with it. **Unit** half points, 1/20 pt."""
    wished = column_widths(table.widths, width)
    needs, wide = _needs(table)
    sizes = [size for size in CELL_SIZES if size < CELL_SIZES[0] or len(wished) <= _MANY_COLUMNS]
    for size in sizes:
        widths = _widened(wished, [em * size * 10 + 2 * PADDING if em else 0.0 for em in needs])
        if widths and all(em * size * 10 + 2 * PADDING <= sum(widths[at : at + across]) for at, across, em in wide):
            return size, widths
    return CELL_SIZES[-1], wished


def column_widths(shares: Sequence[int], whole: int) -> tuple[int, ...]:
    """Shares of a width, adding up to it.

    >>> column_widths((1, 1, 1), 100)
    (33, 33, 34)
    """
    edges = [whole * sum(shares[:at]) // sum(shares) for at in range(len(shares) + 1)]
    return tuple(after - before for before, after in pairwise(edges))


def _needs(table: Table) -> tuple[list[float], set[tuple[int, int, float]]]:
    """The widest figure (or short heading) of each column, and of cells that span several. **Unit** squares of type."""
    needs = [0.0] * len(table.widths)
    wide: set[tuple[int, int, float]] = set()
    for number, row in enumerate(laid_out(table)):
        for place in row:
            for em in _unbreakable(place.cell, number < table.header_rows):
                if place.across == 1:
                    needs[place.column] = max(needs[place.column], em)
                else:
                    wide.add((place.column, place.across, em))
    return needs, wide


def _unbreakable(cell: TableCell | None, is_header: bool) -> Iterator[float]:
    if cell is None:
        return
    text = shown_text(cell.text)
    figures = [part.text for part in cell.text if isinstance(part, Printed)]
    if (figures and len(text) <= _SHORT_TEXT) or (is_header and len(text) <= _SHORT_HEAD):
        yield _em(text)  # “≤31801.4324万元” belongs together
    else:
        yield from map(_em, figures)


def _widened(wished: Sequence[int], needs: Sequence[float]) -> tuple[int, ...] | None:
    """The wished widths, narrow columns widened at the cost of those with room (at most a quarter of each); None if that fails."""
    missing = [max(0.0, need - width) for width, need in zip(wished, needs, strict=True)]
    room = [max(0.0, width - max(need, width * 3 / 4)) for width, need in zip(wished, needs, strict=True)]
    if sum(missing) > sum(room):
        return None
    share = sum(missing) / sum(room) if sum(room) else 0.0
    widths = [int(width + more - less * share) for width, more, less in zip(wished, missing, room, strict=True)]
    widths[widths.index(max(widths))] += sum(wished) - sum(widths)
    return tuple(widths)


def _em(text: str) -> float:
    """How wide a text is. **Unit** squares of type."""
    is_wide = [east_asian_width(letter) in "WF" for letter in text]
    return sum(1.0 if wide else _DIGIT for wide in is_wide) + _BETWEEN_KINDS * sum(a != b for a, b in pairwise(is_wide))
