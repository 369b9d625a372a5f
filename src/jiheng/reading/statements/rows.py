"""What the rows of a list show by themselves: numbers in order, no row twice, shares all with their sign, sums told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.model.document import Document
from jiheng.model.statement import BareShare, FinerThanFen, RowNumbers, RowTwice, Said, Sum, Words
from jiheng.reading.statements.flat import BARE, MONEY, Flat
from jiheng.reading.statements.grids import Grid
from jiheng.reading.statements.terms import Term, core, said
from jiheng.values import Dimension, Figure, Interval

_NUMBERED = re.compile(r"^序号$")
_BARE_RATE = re.compile(
    rf"(?P<name>(?!(?:频|功|汇|心|容积)率)[\u4e00-\u9fff]{{1,6}}(?<![频功汇心积])率|满意度|占比|比重|增[长幅]|下降|降幅)(?:为|达到|达|了|约)?(?P<value>{BARE})(?=[。；，、（）]|$)"
)
_FEWEST = 4
_NEAR = 20
"""A sum that misses a total by more than a twentieth is a sum of something else."""


def row_numbers(grid: Grid) -> Iterator[RowNumbers]:
    """A column 序号 that leaves numbers out or has one twice."""
    column = _number_column(grid)
    if column is None:
        return
    found: list[tuple[int, int]] = []
    for row in range(grid.table.rows):
        text, cell = grid.text(row, column), grid.index(row, column)
        if text.isdecimal() and cell is not None and len(text) < 5:
            found.append((int(text), cell))
    numbers = [number for number, _ in found]
    if len(numbers) < _FEWEST or numbers[0] != 1 or numbers != sorted(numbers):
        return
    for before, (number, cell) in zip(numbers, found[1:], strict=False):
        if number != before + 1:
            yield RowNumbers(words=grid.words(cell), table=grid.table.title, before=before, number=number)


def _number_column(grid: Grid) -> int | None:
    """The column 序号 of a list."""
    top = range(min(grid.table.rows, 3))
    return next((c for c in range(grid.table.columns) if any(_NUMBERED.match(grid.text(r, c)) for r in top)), None)


def rows_twice(grid: Grid) -> Iterator[RowTwice]:
    """Two rows that are the same in every cell but their number."""
    seen: dict[tuple[str, ...], int] = {}
    is_list = _number_column(grid) is not None
    for row in grid.data_rows:
        texts = [grid.text(row, column) for column in range(grid.table.columns)]
        first = 0 if grid.code_columns else 1
        told = tuple(text for at, text in enumerate(texts) if text and not (text.isdecimal() and at < first))
        digits = sum(any(letter.isdigit() for letter in text) for text in told)
        if len(told) < _FEWEST - 1 or digits < 2:
            continue
        if told in seen and (is_list or seen[told] == row - 1):
            cell = next(
                (c for c in (grid.index(row, column) for column in range(grid.table.columns)) if c is not None), None
            )
            if cell is not None:
                yield RowTwice(words=grid.words(cell), table=grid.table.title, name=grid.row_name(row))
        seen[told] = row


def bare_shares(grid: Grid) -> Iterator[BareShare]:
    """A number without % in a column whose other numbers all have it."""
    for column in range(grid.table.columns):
        cells = [(row, cell) for row in grid.data_rows if (cell := grid.index(row, column)) is not None]
        numbers = [(row, cell, grid.text(row, column)) for row, cell in cells if grid.number(row, column) is not None]
        bare = [
            (row, cell, text)
            for row, cell, text in numbers
            if re.fullmatch(r"-?\d+(?:\.\d+)?", text) and text not in ("0", "0.00")
        ]
        signed = sum(text.endswith(("%", "％")) for *_, text in numbers)
        if len(bare) == 1 and signed >= _FEWEST and signed + 1 == len(numbers):
            row, cell, text = bare[0]
            yield BareShare(words=grid.words(cell), table=grid.table.title, name=grid.row_name(row), value=text)


def bare_rates(flat: Flat) -> Iterator[BareShare]:
    """执行率63.18。 In prose: a rate that ends without its sign."""
    for found in _BARE_RATE.finditer(flat.text):
        figure = flat.numbers[found.start("value")].figure
        if figure is not None and figure.value:
            yield BareShare(
                words=flat.words(found.start(), found.end("value")),
                table="",
                name=found["name"],
                value=f"{figure.value:f}",
            )


def finer_than_fen(document: Document) -> Iterator[FinerThanFen]:
    """Amounts in 万元 or 亿元 with a digit below one 分, the first with their number. A price in 元 may be finer; a cell of a
    spreadsheet may hold more than it shows."""
    found = [
        (one, one.figure)
        for one in document.mentions
        if one.figure is not None and not one.near and not one.doubt and not one.spot.sheet and _is_finer(one.figure)
    ]
    for one, figure in found[:1]:
        words = Words(one.text, one.spot, one.block, one.start, one.end, one.cell)
        yield FinerThanFen(words=words, figure=figure, count=len(found))


def _is_finer(figure: Figure) -> bool:
    fen = figure.in_base * 100
    return figure.unit.dimension is Dimension.MONEY and figure.unit.factor > 1 and fen != fen.to_integral_value()


def list_totals(grids: Sequence[Grid], flats: Sequence[Flat], terms: dict[int, list[Term]]) -> Iterator[Sum]:
    """The columns of a list of projects against 项目支出, where one column shows that the list is the whole of it."""
    known = _project_totals(grids, flats, terms)
    for grid in grids:
        columns = [column for _, values in grid.blocks for column in values]
        rows = grid.data_rows
        if len(rows) < _FEWEST or grid.code_columns or not known:
            continue
        sums = {column: parts for column in columns if len(parts := _money(grid, column)) >= _FEWEST}
        held = {column: total for column, parts in sums.items() if (total := _told(parts, known)) is not None}
        for column, parts in sums.items() if held else ():
            open_totals = [
                one for one in known if column not in held and one not in held.values() and _is_near(parts, one)
            ]
            if len(open_totals) == 1:
                yield Sum(words=open_totals[0].words, total=open_totals[0], parts=tuple(parts), table=grid.table.title)


def _money(grid: Grid, column: int) -> list[Said]:
    found = [grid.said(row, column, grid.row_name(row)) for row in grid.data_rows]
    return [one for one in found if one is not None and one.figure.unit.dimension is Dimension.MONEY]


def _project_totals(grids: Sequence[Grid], flats: Sequence[Flat], terms: dict[int, list[Term]]) -> list[Said]:
    """What the document says 项目支出 was, each amount once."""
    found = [
        said(flat, term)
        for flat in flats
        for term in terms[flat.block]
        if term.is_level and term.letter == MONEY and core(term.name) == "项目支出"
    ]
    return list({one.figure.in_base: one for one in found}.values())


def _told(parts: Sequence[Said], known: Sequence[Said]) -> Said | None:
    reach = Interval.total(part.figure.interval for part in parts)
    return next((one for one in known if reach.meets(one.figure.interval) and one.figure.value), None)


def _is_near(parts: Sequence[Said], total: Said) -> bool:
    reached = sum(part.figure.in_base for part in parts)
    return abs(reached - total.figure.in_base) * _NEAR < total.figure.in_base
