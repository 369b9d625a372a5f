"""An indicator's actual in several places: goal table, score sheet, prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.model.statement import BareShare, Repeated, Said
from jiheng.reading.statements.flat import FIGURES, Flat
from jiheng.reading.statements.grids import Grid
from jiheng.values import Bound, Dimension

_TARGET = re.compile(r"^(?:年度|全年)?(?:指标值|目标值?|目标)$")
_RATE_NAME = re.compile(r"(?:(?:[^频功汇心积]|成功)率|满意度|占比|比[例重])$")
_BARE = re.compile(r"[≥≤=＝><＞＜≧≦]?\d+(?:\.\d+)?")
_FEWEST_SIGNED = 3
_NAME = re.compile(r"^(?:三级指标|指标|指标名称|绩效指标)$")
_ACTUAL = re.compile(r"^(?:全年|年度)?(?:实际)?完成(?:值|情况)?$|^实际值$|^全年实际值$")
_IN_PROSE = re.compile(
    rf"“(?P<name>[^“”]{{3,40}})”[^“”。；]{{0,4}}目标[^，。；]{{0,4}}?[{FIGURES}]?，实际(?:完成|值)?(?:为|是)?(?P<actual>[{FIGURES}])"
)


def indicators_twice(flats: Sequence[Flat], grids: Sequence[Grid]) -> Iterator[Repeated | BareShare]:
    """Every indicator that has one actual in each of several places."""
    known: dict[str, list[Said]] = {}
    for grid in grids:
        of_table = actuals_of(grid)
        names = [name for name, _ in of_table]
        yield from _bare_cells(grid)
        for name, one in of_table:
            if names.count(name) == 1:
                known.setdefault(name, []).append(one)
    for flat in flats:
        for found in _IN_PROSE.finditer(flat.text):
            figure = flat.numbers[found.start("actual")].figure
            if figure is not None and figure.bound is Bound.EXACT:
                words = flat.words(found.start(), found.end())
                known.setdefault(found["name"], []).append(Said(name="文字", figure=figure, words=words))
    for name, places in known.items():
        yield from _without_sign(name, places)
        if len(places) > 1 and all(one.figure.is_like(places[0].figure) for one in places):
            odd = odd_one(places)
            others = tuple(one for one in places if one is not odd)
            yield Repeated(words=odd.words, kind="indicator", name=name, one=odd, others=others[:1])


def _without_sign(name: str, places: Sequence[Said]) -> Iterator[BareShare]:
    """The same number in two places, once with % and once without."""
    shares = [one.figure.value for one in places if one.figure.unit.dimension is Dimension.SHARE]
    for one in places:
        if not one.figure.unit.symbol and one.figure.value in shares:
            yield BareShare(words=one.words, table=one.name.strip("《》"), name=name, value=f"{one.figure.value:f}")


def odd_one(places: Sequence[Said]) -> Said:
    """The place that differs from the others; of two, the later."""
    for one in reversed(places):
        others = [other for other in places if other is not one]
        if not any(one.agrees(other) for other in others):
            return one
    return places[-1]


def _bare_cells(grid: Grid) -> Iterator[BareShare]:
    """The one rate of a column of targets or actuals that has no sign, while the others have theirs."""
    heads = _heads(grid)
    names = [column for column, head in enumerate(heads) if _NAME.match(head)]
    columns = [column for column, head in enumerate(heads) if _ACTUAL.match(head) or _TARGET.match(head)]
    if len(names) != 1 or "单位" in "".join(heads):
        return
    for column in columns:
        rates = [row for row in grid.data_rows if _RATE_NAME.search(grid.text(row, names[0]))]
        signed = sum(grid.text(row, column).endswith(("%", "％")) for row in rates)
        bare = [row for row in rates if _BARE.fullmatch(grid.text(row, column))]
        cell = grid.index(bare[0], column) if len(bare) == 1 and signed >= _FEWEST_SIGNED else None
        if cell is not None:
            value = grid.text(bare[0], column).lstrip("≥≤=＝><＞＜≧≦")
            name = grid.text(bare[0], names[0])
            yield BareShare(words=grid.words(cell), table=grid.table.title, name=name, value=value)


def _heads(grid: Grid) -> list[str]:
    row = grid.data_rows[-1] if grid.data_rows else 0
    return [(grid.names(row, column)[-1:] or [""])[0] for column in range(grid.table.columns)]


def actuals_of(grid: Grid) -> list[tuple[str, Said]]:
    """The indicators of a table with their actuals."""
    if not grid.data_rows:
        return []
    heads = _heads(grid)
    names = [column for column, head in enumerate(heads) if _NAME.match(head)]
    actuals = [column for column, head in enumerate(heads) if _ACTUAL.match(head)]
    if len(names) != 1 or len(actuals) != 1:
        return []
    found = []
    for row in grid.data_rows:
        figure, cell, name = grid.number(row, actuals[0]), grid.index(row, actuals[0]), grid.text(row, names[0])
        if figure is not None and cell is not None and name:
            found.append((name, Said(name=f"《{grid.table.title}》", figure=figure, words=grid.words(cell))))
    return found


def targets_of(grid: Grid, name: str) -> set[Decimal]:
    """The numbers in the target cells of an indicator."""
    heads = _heads(grid)
    columns = [column for column, head in enumerate(heads) if _TARGET.match(head)]
    rows = [row for row in grid.data_rows if name in (grid.text(row, column) for column in range(grid.table.columns))]
    texts = [grid.text(row, column) for row in rows for column in columns]
    return {Decimal(number) for text in texts for number in re.findall(r"\d+(?:\.\d+)?", text)}
