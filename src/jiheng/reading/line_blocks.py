"""Blocks of plain text: paragraphs a line, and tables that a conversion left with one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiheng.formats import flow
from jiheng.model.document import Block, Noise, Paragraph, Passage, Role, Spot, Table, TableCell
from jiheng.reading.noise import cleaned
from jiheng.reading.passages import assembled

_CELL = re.compile(r"^[  　\xa0]*\t(.*)$", re.DOTALL)
_SPLIT_ROW = re.compile(r"^[^\t|]+(?:\t[^\t]*)+$|^\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_FEWEST_CELLS = 4

Line = tuple[int, str]
"""Number, counted from 1, and text."""


def blocks_of_lines(items: Sequence[flow.Item]) -> tuple[list[Block], list[Noise]]:
    """Paragraphs and tables in order, and what is no author's text."""
    lines = [line for item in items if isinstance(item, flow.Lines) for line in item.lines]
    blocks: list[Block] = []
    noise: list[Noise] = []
    at = 0
    while at < len(lines):
        end = _end_of_cells(lines, at) or _end_of_rows(lines, at)
        if end:
            rows = _rows_of_cells(lines, at, end) if _CELL.match(lines[at]) else _rows_split(lines, at, end)
            blocks.append(_table(rows, at + 1, noise))
            at = end
            continue
        passage, found, is_contents = cleaned(Passage(lines[at], ((0, Spot(line=at + 1, column=1)),)))
        noise += found
        if passage.text:
            blocks.append(Paragraph(passage=passage, role=Role.CONTENTS if is_contents else Role.BODY))
        at += 1
    return blocks, noise


def _end_of_cells(lines: Sequence[str], start: int) -> int:
    """Where the table that begins here with one cell a line ends; 0 when none begins here.

    A blank line parts two rows when a cell follows; a line without a tab goes on in the cell before.
    """
    if not _CELL.match(lines[start]):
        return 0
    at, cells, blanks = start, 0, 0
    last_cell = start
    while at < len(lines):
        line = lines[at]
        if _CELL.match(line):
            cells += 1
            blanks = 0
            last_cell = at
        elif not line.strip():
            blanks += 1
            if blanks > 1:
                break
        elif blanks:
            break
        else:
            last_cell = at
        at += 1
    return last_cell + 1 if cells >= _FEWEST_CELLS else 0


def _rows_of_cells(lines: Sequence[str], start: int, end: int) -> list[list[list[Line]]]:
    rows: list[list[list[Line]]] = [[]]
    for at in range(start, end):
        line = lines[at]
        if found := _CELL.match(line):
            rows[-1].append([(at + 1, found[1])])
        elif line.strip():
            rows[-1][-1].append((at + 1, line))
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _end_of_rows(lines: Sequence[str], start: int) -> int:
    """Where a table ends that has one row a line, parted by tabs or bars; 0 when none begins here."""
    at = start
    while at < len(lines) and (_SPLIT_ROW.match(lines[at]) or (at > start and _RULE_ROW.match(lines[at]))):
        at += 1
    if at - start < 2:
        return 0
    counts = {len(_parted(line)) for line in lines[start:at] if not _RULE_ROW.match(line)}
    return at if len(counts) == 1 and counts.pop() > 1 else 0


def _parted(line: str) -> list[str]:
    if line.lstrip().startswith("|"):
        return line.strip().strip("|").split("|")
    return line.split("\t")


def _rows_split(lines: Sequence[str], start: int, end: int) -> list[list[list[Line]]]:
    return [
        [[(at + 1, part)] for part in _parted(lines[at])] for at in range(start, end) if not _RULE_ROW.match(lines[at])
    ]


def _table(rows: list[list[list[Line]]], first_line: int, noise: list[Noise]) -> Table:
    width = max(len(row) for row in rows)
    cells: list[TableCell] = []
    for number, row in enumerate(rows):
        for column, lines in enumerate(row):
            parts: list[tuple[str, Spot]] = []
            for place, (line, text) in enumerate(lines):
                lead = len(text) - len(text.lstrip())
                spot = Spot(line=line, column=lead + 1)
                parts.append(("\n" if place else "", spot))
                parts.append((text.strip(), spot))
            passage, found, _ = cleaned(assembled(parts))
            noise += found
            cells.append(TableCell(row=number, column=column, passage=passage))
    cells = _merged_down(cells, len(rows))
    return Table(rows=len(rows), columns=width, cells=tuple(cells), parts=(Spot(line=first_line, column=1),))


def _merged_down(cells: list[TableCell], rows: int) -> list[TableCell]:
    """Cells of the leading columns grow over the empty ones below, as the table they come from had them merged.

    Leading are the columns before the first one that every longer row fills.
    """
    by_place = {(cell.row, cell.column): cell for cell in cells}
    width = max((cell.column for cell in cells), default=0) + 1
    full = [row for row in range(rows) if (row, width - 1) in by_place]
    leading = 0
    while leading < width and any(not by_place[row, leading].text for row in full):
        leading += 1
    if leading in (0, width) or len(full) < 3:
        return cells
    swallowed: set[tuple[int, int]] = set()
    grown: dict[tuple[int, int], int] = {}
    head: dict[int, tuple[int, int]] = {}
    previous = -2
    for row in full:
        if row != previous + 1:
            head = {}
        for column in range(leading):
            if by_place[row, column].text:
                head = {place: origin for place, origin in head.items() if place < column}
                head[column] = (row, column)
            elif column in head:
                swallowed.add((row, column))
                origin = head[column]
                grown[origin] = row - origin[0] + 1
        previous = row
    return [
        TableCell(
            row=cell.row, column=cell.column, row_span=grown.get((cell.row, cell.column), 1), passage=cell.passage
        )
        for cell in cells
        if (cell.row, cell.column) not in swallowed
    ]
