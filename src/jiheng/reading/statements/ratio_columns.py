"""Columns of rates: 执行率 = 执行数 ÷ 全年预算数, 满意率 = 满意份数 ÷ 有效份数, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jiheng.model.statement import Rate, Said
from jiheng.reading.statements.grids import Grid
from jiheng.values import Dimension, Figure
from jiheng.values.units import PERCENT

_RATES = (
    (
        re.compile(r"执行率|支出进度"),
        (re.compile(r"(?:全年|调整后?)预算"), re.compile(r"^(?:预算|预算数|预算金额)(?:[（(].*)?$")),
        re.compile(r"执行数|执行金额|支出数|决算数|实际支出"),
    ),
    (re.compile(r"满意[率度]"), (re.compile(r"有效"),), re.compile(r"^满意(?![率度])")),
)
_COUNTED = re.compile(r"有效|^满意|[（(](?:份|人|户|人次|次|个|件|项)[)）]")
"""Heads of columns whose whole numbers are counts, exact to the last one."""
_FEWEST_ROWS = 3
_FEWEST_PRINTED = 5


def column_rates(grid: Grid) -> Iterator[Rate]:
    """The rates of a table whose columns say what they are of; where most rows do not hold, the columns mean another thing."""
    groups: dict[int, list[int]] = {}
    for row in range(grid.table.rows):
        groups.setdefault(grid.view.headers[row], []).append(row)
    for header, rows in groups.items():
        columns = range(grid.table.columns)
        if header >= 0:
            yield from _of_heads(grid, rows, [(grid.names(rows[-1], column)[-1:] or [""])[0] for column in columns])
        elif not any(grid.number(0, column) for column in columns):
            # A first row that holds no number names the columns, whatever its words are.
            yield from _of_heads(grid, rows[1:], [grid.text(0, column) for column in columns])


def _of_heads(grid: Grid, rows: list[int], heads: list[str]) -> Iterator[Rate]:
    for rate_name, whole_names, part_name in _RATES:
        rates = [column for column, name in enumerate(heads) if rate_name.search(name)]
        parts = [column for column, name in enumerate(heads) if part_name.search(name) and not rate_name.search(name)]
        wholes = next(
            (found for pattern in whole_names if (found := [c for c, n in enumerate(heads) if pattern.search(n)])), []
        )
        if len(rates) == 1 and len(parts) == 1 and len(wholes) == 1:
            yield from _rows(grid, rows, parts[0], wholes[0], rates[0], heads)


def _rows(grid: Grid, rows: list[int], part: int, whole: int, rate: int, heads: list[str]) -> Iterator[Rate]:
    found = [one for row in rows if (one := _row(grid, row, part, whole, rate, heads)) is not None]
    held = sum(_holds(one) for one in found)
    if held * 2 > len(found) or (len(found) < _FEWEST_ROWS and held):
        step = _printed_to(found)
        yield from (replace(one, printed_to=step) for one in found)


def _printed_to(found: list[Rate]) -> Decimal | None:
    """The last place that a column is printed to, as most rates show that have the most decimals; zeros at the end
    may be left out. None where the column is too short or too mixed to tell."""
    steps = [one.rate.figure.quantum for one in found if one.rate.figure.quantum]
    finest = min(steps, default=Decimal(0))
    common = max(set(steps), key=steps.count, default=None)
    return common if common == finest and steps.count(finest) >= max(_FEWEST_PRINTED, len(steps) * 2 // 3) else None


def _row(grid: Grid, row: int, part: int, whole: int, rate: int, heads: list[str]) -> Rate | None:
    numbers = [grid.number(row, column) for column in (part, whole, rate)]
    if any(one is None for one in numbers) or numbers[1] is None or not numbers[1].value:
        return None
    cells = [grid.index(row, column) for column in (part, whole, rate)]
    said = [
        Said(
            name=re.sub(r"[（(].*$", "", heads[column]), figure=_counted(figure, heads[column]), words=grid.words(cell)
        )
        for column, figure, cell in zip((part, whole, rate), numbers, cells, strict=True)
        if figure is not None and cell is not None
    ]
    if len(said) != len(numbers):
        return None
    if said[2].figure.unit.dimension is not Dimension.SHARE:
        said[2] = replace(said[2], figure=_as_share(said[2].figure))
    name = grid.row_name(row)
    return Rate(words=said[2].words, part=said[0], whole=said[1], rate=said[2], name=name)


def _counted(figure: Figure, head: str) -> Figure:
    """The figure, exact where it counts forms or people."""
    is_whole = figure.unit.dimension is Dimension.OTHER and figure.value == figure.value.to_integral_value()
    return replace(figure, quantum=Decimal(0)) if is_whole and _COUNTED.search(head) else figure


def _as_share(figure: Figure) -> Figure:
    """A number in a column of rates that has no sign of its own."""
    exponent = figure.value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Figure(figure.value, PERCENT, Decimal(1).scaleb(-places), figure.text)


def _holds(one: Rate) -> bool:
    return one.reach is not None and one.reach.meets(one.rate.figure.interval)
