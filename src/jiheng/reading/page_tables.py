"""Ruled tables of pages: which follow on from the page before, and what they are as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jiheng.formats.flow import Page, PrintedCell, PrintedLine, PrintedTable
from jiheng.model.document import Noise, Passage, Spot, Table, TableCell
from jiheng.reading.noise import cleaned
from jiheng.reading.passages import assembled

_SAME_EDGE = 4.0
_FULL_CELL = 1.6
_MOST_HEADER_ROWS = 6
_CONTINUED = re.compile(r"[（(]?续(?:表|上表|前表)?\d*[)）]?")
_NUMERIC = re.compile(r"[-−]?[\d,.%\s]+")


class PageTable(NamedTuple):
    """A ruled table and the page it is on."""

    page: Page
    table: PrintedTable


class Merged(NamedTuple):
    """Rows of several pages as one table; `spots` gives each cell its page."""

    rows: int
    cells: list[tuple[PrintedCell, PageTable]]
    doubts: list[str]


def follows_on(before: Sequence[PageTable], after: PageTable, between: Sequence[PrintedLine]) -> bool:
    """Whether a table at the top of a page goes on with the one at the foot of the page before."""
    last = before[-1]
    if after.page.number != last.page.number + 1 or after.table.columns != last.table.columns:
        return False
    if any(abs(a - b) > _SAME_EDGE for a, b in zip(last.table.edges, after.table.edges, strict=True)):
        return False
    if not between:
        return last.table.box[3] > last.page.height * 0.5 or bool(_repeated(before[0].table, after.table))
    title = _plain("".join(line.text for line in between))
    above = [line for line in before[0].page.lines if line.box[3] <= before[0].table.box[1] + 2]
    same = title and title in _plain("".join(line.text for line in above))
    is_marked = len(between) <= 2 and _CONTINUED.search("".join(line.text for line in between)) is not None
    return bool(same or is_marked) and bool(_repeated(before[0].table, after.table) or is_marked)


def _plain(text: str) -> str:
    return _CONTINUED.sub("", re.sub(r"\s", "", text))


def _row_texts(table: PrintedTable, row: int) -> list[tuple[int, int, str]]:
    cells = [cell for cell in table.cells if cell.row == row]
    return [(cell.column, cell.row_span, re.sub(r"\s", "", _text(cell))) for cell in cells]


def _text(cell: PrintedCell) -> str:
    return "".join(line.text for line in cell.lines)


def _repeated(first: PrintedTable, after: PrintedTable) -> int:
    """How many header rows of the first page stand again at the head of a later one."""
    count = 0
    while count < min(_MOST_HEADER_ROWS, first.rows - 1, after.rows):
        ours, theirs = _row_texts(first, count), _row_texts(after, count)
        if ours != theirs or not ours:
            break
        if any(_NUMERIC.fullmatch(text) for _, _, text in ours if text):
            break
        count += 1
    # A span must not reach over the end of what is repeated.
    while count and any(cell.row < count < cell.row + cell.row_span for cell in after.cells):
        count -= 1
    return count


def merged_tables(tables: Sequence[PageTable]) -> tuple[Merged, list[Noise]]:
    """The tables of successive pages as one; repeated headers are noise."""
    cells: list[tuple[PrintedCell, PageTable]] = []
    noise: list[Noise] = []
    doubts: list[str] = []
    rows = 0
    for index, part in enumerate(tables):
        skip = _repeated(tables[0].table, part.table) if index else 0
        for cell in part.table.cells:
            if cell.row < skip:
                if cell.lines:
                    spot = Spot(page=part.page.number, box=cell.lines[0].box)
                    noise.append(Noise("重复的表头", _text(cell), spot))
                continue
            cells.append((cell._replace(row=cell.row - skip + rows), part))
        if index and _looks_cut(part.table, skip):
            doubts.append(f"第{part.page.number}页顶上的一行只有部分格有字，可能是上一页末行的续行")
        rows += part.table.rows - skip
    return Merged(rows, cells, doubts), noise


def _looks_cut(table: PrintedTable, row: int) -> bool:
    cells = [cell for cell in table.cells if cell.row == row]
    filled = [cell for cell in cells if cell.lines]
    return bool(filled) and len(filled) == 1 and len(cells) > 2 and not _NUMERIC.fullmatch(_text(filled[0]))


def table_block(merged: Merged, tables: Sequence[PageTable]) -> Table:
    """The table as the document has it."""
    cells: list[TableCell] = []
    for cell, part in merged.cells:
        edges = part.table.edges
        width = edges[min(cell.column + cell.column_span, len(edges) - 1)] - edges[cell.column]
        cells.append(
            TableCell(
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                passage=_passage(cell.lines, part.page.number, width),
            )
        )
    parts = tuple(Spot(page=part.page.number, box=part.table.box) for part in tables)
    return Table(
        rows=merged.rows,
        columns=tables[0].table.columns,
        cells=tuple(cells),
        parts=parts,
        doubts=tuple(merged.doubts),
    )


def _passage(lines: Sequence[PrintedLine], page: int, width: float) -> Passage:
    """The lines of a cell: one that fills its cell goes on in the next, any other ends."""
    parts: list[tuple[str, Spot]] = []
    for index, line in enumerate(lines):
        spot = Spot(page=page, box=line.box)
        if index:
            before = lines[index - 1]
            room = width - (before.box[2] - before.box[0])
            if room > _FULL_CELL * before.size + 4:
                parts.append(("\n", parts[-1][1]))
            elif before.text[-1:].isascii() and before.text[-1:].isalpha() and line.text[:1].isascii():
                parts.append((" ", parts[-1][1]))
        parts.append((line.text.strip(), spot))
    return cleaned(assembled(parts))[0]
