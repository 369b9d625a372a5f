"""Tables by labels: 合计 below its items, 总计 below 合计 and what is carried, 总额 above its 其中."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from jiheng.model.statement import Repeated, Said, Sum
from jiheng.reading.statements.grids import TOTAL, Grid
from jiheng.values import Interval

_TOP = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]")
_LOWER = re.compile(r"^(?:\d{1,2}[、.．]|[（(]|其中|[①-⑳])")
_GRAND = re.compile(r"^(?:收入|支出)?总计$")
_FORM_TOTAL = re.compile(r"(?:总额|合计|总计)$")
_FEW_ROWS = 8
_OF_WHICH = re.compile(r"^其中[:：]?")


def labelled_sums(grid: Grid) -> Iterator[Sum]:
    """Every sum that the labels of a table imply; not of tables ordered by codes."""
    if grid.code_columns:
        return
    for label, values in grid.blocks:
        rows = [(row, grid.row_label(row, label)) for row in grid.data_rows if grid.index(row, label) is not None]
        numbered: list[Sum] = []
        plain: list[Sum] = []
        for column in values:
            numbered += _of_column(grid, rows, column, plain)
        yield from numbered
        yield from _learned(plain)


def rows_wanting(grid: Grid, told: Mapping[Decimal, Said]) -> Iterator[Sum]:
    """合计 below plain rows that fall short of it in every column, by an amount that the prose tells by name: a row is
    wanting. **Shape** `told` are the long amounts of the prose in 元."""
    if grid.code_columns:
        return
    for label, values in grid.blocks:
        rows = [(row, grid.row_label(row, label)) for row in grid.data_rows if grid.index(row, label) is not None]
        plain: list[Sum] = []
        for column in values:
            list(_of_column(grid, rows, column, plain))
        gaps = [_gap(one) for one in plain]
        named = [(one, told[gap]) for one, gap in zip(plain, gaps, strict=True) if gap in told]
        if named and all(gap > 0 for gap in gaps):
            one, wanting = named[-1]
            yield replace(one, wanting=wanting)


def _gap(one: Sum) -> Decimal:
    return one.total.figure.in_base - sum((part.figure.in_base for part in one.parts), Decimal(0))


def _learned(plain: list[Sum]) -> list[Sum]:
    """Sums over rows that nothing numbers: claims only where the other columns of the table obey them, too."""
    held = sum(
        Interval.total(part.figure.interval for part in one.parts).meets(one.total.figure.interval) for one in plain
    )
    if held and held * 2 > len(plain):
        # Where two columns need every row, no row of a third is a part of another row.
        return [replace(one, is_flat=True) for one in plain] if held > 1 else plain
    return [replace(one, is_whole=False) for one in plain if len(one.parts) <= _FEW_ROWS] if len(plain) == 1 else []


def _of_column(grid: Grid, rows: list[tuple[int, str]], column: int, loose: list[Sum]) -> Iterator[Sum]:
    tops: list[tuple[int, str]] = []
    carried: list[tuple[int, str]] = []
    plain: list[tuple[int, str]] = []
    last: tuple[int, str] | None = None
    for row, label in rows:
        if not label:
            continue
        if TOTAL.match(label):
            if _GRAND.match(label) and last is not None:
                yield from _sum(grid, (row, label), [last, *carried], column)
            elif tops and _is_counted(tops):
                yield from _sum(grid, (row, label), tops, column)
            elif plain and not tops and label in ("合计", "总计"):
                loose += _sum(grid, (row, label), plain, column)
            last, tops, carried, plain = (row, label), [], [], []
        elif _TOP.match(label) and last is None:
            tops.append((row, label))
        elif last is not None and not _TOP.match(label) and not _LOWER.match(label):
            carried.append((row, label))
        elif last is None and not tops and not _LOWER.match(label):
            plain.append((row, label))


def _is_counted(tops: list[tuple[int, str]]) -> bool:
    """Whether the items are numbered 一、二、三 without a gap."""
    numerals = "一二三四五六七八九十"
    order = [*numerals, *(f"十{one}" for one in numerals[:9]), "二十", *(f"二十{one}" for one in numerals[:9]), "三十"]
    found = [re.match("[一二三四五六七八九十]+", label) for _, label in tops]
    return [one[0] for one in found if one] == order[: len(tops)]


def _sum(grid: Grid, total: tuple[int, str], items: list[tuple[int, str]], column: int) -> Iterator[Sum]:
    whole = grid.said(total[0], column, total[1])
    parts = [grid.said(row, column, label) for row, label in items]
    given = tuple(part for part in parts if part is not None)
    if whole is None or not given or any(part.figure.unit != whole.figure.unit for part in given):
        return
    names = grid.names(total[0], column)
    yield Sum(words=whole.words, total=whole, parts=given, table="·".join((grid.table.title, *names[-1:])).strip("·"))


def balances(grid: Grid) -> Iterator[Repeated]:
    """收入总计 and 支出总计 of one row."""
    for row in grid.data_rows:
        sides: list[Said] = []
        for label, values in grid.blocks:
            name = grid.row_label(row, label)
            one = grid.said(row, values[0], name) if _GRAND.match(name) and grid.index(row, label) is not None else None
            if one is not None:
                sides.append(one)
        if len(sides) == 2 and sides[0].figure.unit == sides[1].figure.unit:
            yield Repeated(
                words=sides[1].words,
                kind="balance",
                name=grid.table.title or "收支总表",
                one=sides[1],
                others=(sides[0],),
            )


def form_sums(grid: Grid) -> Iterator[Sum]:
    """总额 and below it 其中：甲, 乙, 丙: labels with their amount to the right or below column names."""
    for row in range(grid.table.rows - 1):
        for column in range(grid.table.columns):
            index = grid.index(row, column)
            label = grid.text(row, column)
            if index is None or not _FORM_TOTAL.search(label) or not _OF_WHICH.match(grid.text(row + 1, column)):
                continue
            after = column + grid.table.cells[index].column_span
            rows = list(_below(grid, row, column, after))
            for value in range(after, grid.table.columns):
                total = grid.said(row, value, label)
                if total is None:
                    if value == after:
                        break
                    continue
                if value > after and not _is_amount_column(grid, row, value):
                    break
                parts = [grid.said(at, value, _OF_WHICH.sub("", name)) for at, name in rows]
                total, *given = in_one_unit([total, *(part for part in parts if part is not None)])
                if given and len(given) == len(parts) and all(part.figure.unit == total.figure.unit for part in given):
                    yield Sum(
                        words=total.words,
                        total=total,
                        parts=tuple(given),
                        table=_project(grid, row) or grid.table.title,
                    )


def in_one_unit(figures: list[Said]) -> list[Said]:
    """The figures of one form, those without a unit in the unit of the others."""
    units = {one.figure.unit for one in figures if one.figure.unit.symbol}
    if len(units) != 1:
        return figures
    unit = units.pop()
    return [one if one.figure.unit.symbol else replace(one, figure=replace(one.figure, unit=unit)) for one in figures]


def _is_amount_column(grid: Grid, row: int, column: int) -> bool:
    names = grid.names(row, column)[-1:]
    return (
        bool(names) and bool(re.search("预算|执行|金额|资金|支出|数$", names[0])) and not re.search("率|分", names[0])
    )


def _below(grid: Grid, row: int, column: int, after: int) -> Iterator[tuple[int, str]]:
    at = row + 1
    while at < grid.table.rows:
        index = grid.index(at, column)
        if index is None:
            at += 1
            if grid.view.grid[at - 1][column] is None:
                return
            continue
        cell = grid.table.cells[index]
        label = grid.text(at, column)
        if not label or cell.column + cell.column_span != after or _FORM_TOTAL.search(label):
            return
        if after >= grid.table.columns or grid.figure(at, after) is None:
            return
        yield at, label
        at += 1


def _project(grid: Grid, row: int) -> str:
    """The project that a form is for: what stands beside the last 项目名称 above."""
    for above in range(row, -1, -1):
        for column in range(grid.table.columns - 1):
            index = grid.index(above, column)
            if index is not None and grid.text(above, column) == "项目名称":
                beside = column + grid.table.cells[index].column_span
                return grid.text(above, beside) if beside < grid.table.columns else ""
    return ""
