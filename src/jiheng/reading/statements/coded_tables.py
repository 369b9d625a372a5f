"""Tables by 科目编码: 类 = its 款, 款 = its 项, 合计 = all 类.

**Basis** 《政府收支分类科目》: a 类 has three digits, a 款 five, a 项 seven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiheng.model.statement import Said, Sum
from jiheng.reading.statements.grids import Grid

_LEVELS = (3, 5, 7)
_TOTAL = re.compile(r"^(?:合计|总计)$")
_PERSONNEL, _RUNNING = "人员经费合计", "公用经费合计"
_PERSONNEL_CODES = ("301", "303")


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A row with its code and its name."""

    row: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CodedBlock:
    """A side of a table: its coded rows, where their names stand, and its columns of amounts."""

    rows: tuple[CodedRow, ...]
    name_column: int
    values: tuple[int, ...]


def coded_blocks(grid: Grid) -> list[CodedBlock]:
    """The sides of a table that are ordered by codes."""
    groups: list[list[int]] = []
    for column in grid.code_columns:
        if groups and column == groups[-1][-1] + 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    found = []
    for place, group in enumerate(groups):
        end = groups[place + 1][0] if place + 1 < len(groups) else grid.table.columns
        if group[-1] + 1 >= end:
            continue
        name_column = group[-1] + 1
        rows = tuple(_rows(grid, group, name_column))
        values = tuple(
            column
            for column in range(name_column + 1, end)
            if any(grid.figure(row, column) is not None for row in grid.data_rows)
        )
        if rows and values and len({row.code for row in rows}) == len(rows):
            found.append(CodedBlock(rows, name_column, values))
    return found


def _rows(grid: Grid, group: list[int], name_column: int) -> Iterator[CodedRow]:
    for row in grid.data_rows:
        texts = [grid.text(row, column) for column in group]
        code = "".join(text for text in texts if text.isdecimal())
        if len(code) in _LEVELS and all(not text or text.isdecimal() for text in texts):
            yield CodedRow(row, code, grid.text(row, name_column))


def coded_sums(grid: Grid) -> Iterator[Sum]:
    """Every sum that the codes of a table imply."""
    blocks = coded_blocks(grid)
    for block in blocks:
        for column in block.values:
            yield from _column(grid, block, column)
    yield from _economic_totals(grid, blocks)


def _column(grid: Grid, block: CodedBlock, column: int) -> Iterator[Sum]:
    for parent in block.rows:
        children = [
            one for one in block.rows if len(one.code) == len(parent.code) + 2 and one.code.startswith(parent.code)
        ]
        total = grid.said(parent.row, column, f"{parent.code}{parent.name}")
        if children and total is not None:
            yield from _sum(grid, total, children, column)
    tops = [one for one in block.rows if len(one.code) == _LEVELS[0]]
    totals = [row for row in grid.data_rows if _is_total(grid, row, block)]
    if len(totals) == 1 and tops:
        total = grid.said(totals[0], column, "合计")
        if total is not None:
            yield from _sum(grid, total, tops, column)


def _is_total(grid: Grid, row: int, block: CodedBlock) -> bool:
    return any(_TOTAL.match(grid.text(row, column)) for column in range(block.name_column + 1))


def _sum(grid: Grid, total: Said, rows: list[CodedRow], column: int) -> Iterator[Sum]:
    parts = [grid.said(one.row, column, f"{one.code}{one.name}") for one in rows]
    given = tuple(part for part in parts if part is not None)
    names = grid.names(rows[0].row, column)
    if given and all(part.figure.unit == total.figure.unit for part in given):
        yield Sum(
            words=total.words, total=total, parts=given, table="·".join((grid.table.title, *names[-1:])).strip("·")
        )


def _economic_totals(grid: Grid, blocks: list[CodedBlock]) -> Iterator[Sum]:
    """人员经费合计 = 301 + 303, 公用经费合计 = the other classes, where a table has two sides."""
    tops = [
        (block, one)
        for block in blocks
        for one in block.rows
        if len(one.code) == _LEVELS[0] and one.code.startswith("3")
    ]
    for row in grid.data_rows:
        for column in range(grid.table.columns - 1):
            label = grid.text(row, column)
            if label not in (_PERSONNEL, _RUNNING) or grid.index(row, column) is None:
                continue
            index = grid.index(row, column)
            after = grid.table.cells[index].column + grid.table.cells[index].column_span if index is not None else 0
            total = grid.said(row, after, label) if after < grid.table.columns else None
            chosen = [(block, one) for block, one in tops if (one.code in _PERSONNEL_CODES) == (label == _PERSONNEL)]
            parts = [grid.said(one.row, block.values[0], f"{one.code}{one.name}") for block, one in chosen]
            given = tuple(part for part in parts if part is not None)
            if total is not None and given and all(len(block.values) == 1 for block, _ in chosen):
                yield Sum(words=total.words, total=total, parts=given, table=grid.table.title)
