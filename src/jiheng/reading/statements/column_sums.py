"""Columns that add up across: 合计 = 基本支出 + 项目支出. What adds up is learned from the rows, or from names that make a whole.

A relation that most rows obey is the table's own rule; the rows that break it are claims that fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.model.statement import Sum
from jiheng.reading.statements.families import is_whole_family
from jiheng.reading.statements.grids import Grid
from jiheng.values import Interval

_TOTAL = re.compile(r"(?:合计|小计|总计)$")
_INNER = re.compile(r"小计$")
_FEWEST_ROWS = 4
_MOST_BROKEN = Decimal("0.2")


def column_sums(grid: Grid) -> Iterator[Sum]:
    """Every row's total and parts, for each total column whose rule is known."""
    columns = sorted({column for _, values in grid.blocks for column in values} | _bare_columns(grid))
    if len(columns) < 3 or not grid.data_rows:
        return
    names = {column: _name(grid, column) for column in columns}
    for column in columns:
        if not _TOTAL.search(names[column]):
            continue
        parts = _parts(grid, columns, column, names)
        if len(parts) > 1 and _is_rule(grid, column, parts, [_whole_name(grid, one, names) for one in parts]):
            yield from _rows(grid, column, parts, names)


def _bare_columns(grid: Grid) -> set[int]:
    """Columns of amounts in a table without labels, as the forms of 三公经费 are."""
    if grid.blocks:
        return set()
    return {
        column
        for column in range(grid.table.columns)
        if any(grid.figure(row, column) is not None for row in grid.data_rows)
    }


def _name(grid: Grid, column: int) -> str:
    names = grid.names(grid.data_rows[-1], column)
    return names[-1] if names else ""


def _whole_name(grid: Grid, column: int, names: dict[int, str]) -> str:
    """小计 below 公务用车购置及运行费 is called by what it is the 小计 of."""
    return "".join((*_group(grid, column)[-1:], names[column])) if _TOTAL.search(names[column]) else names[column]


def _group(grid: Grid, column: int) -> tuple[str, ...]:
    return tuple(grid.names(grid.data_rows[-1], column)[:-1])


def _parts(grid: Grid, columns: Sequence[int], total: int, names: dict[int, str]) -> list[int]:
    """The columns behind a total in its group; of a group inside the group only its own 小计."""
    group = _group(grid, total)
    parts: list[int] = []
    skipping: tuple[str, ...] = ()
    for column in columns:
        own = _group(grid, column)
        if column <= total:
            continue
        if own[: len(group)] != group and group:
            break
        if skipping and own == skipping:
            continue
        if own[: len(group)] != group:
            break
        if _TOTAL.search(names[column]):
            if own == group:
                break
            skipping = own
        parts.append(column)
    return parts


def _is_rule(grid: Grid, total: int, parts: Sequence[int], names: Sequence[str]) -> bool:
    held = broken = 0
    for row in grid.data_rows:
        whole = grid.figure(row, total)
        given = [one for one in (grid.figure(row, column) for column in parts) if one is not None]
        if whole is None or not given or not whole.value:
            continue
        if Interval.total(one.interval for one in given).meets(whole.interval):
            held += 1
        else:
            broken += 1
    if held + broken >= _FEWEST_ROWS:
        return broken <= _MOST_BROKEN * (held + broken)
    return held + broken > 0 and is_whole_family(names)


def _rows(grid: Grid, total: int, parts: Sequence[int], names: dict[int, str]) -> Iterator[Sum]:
    for row in grid.data_rows:
        whole = grid.said(row, total, names[total])
        given = tuple(one for one in (grid.said(row, column, names[column]) for column in parts) if one is not None)
        if whole is None or not given or any(one.figure.unit != whole.figure.unit for one in given):
            continue
        yield Sum(
            words=whole.words, total=whole, parts=given, table=f"{grid.table.title}·{grid.row_name(row)}".strip("·")
        )
