"""Finding the form's sheets and columns in what people made of the workbook: moved, renamed a little, or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter

from jiheng.formats import Book, Cell, Sheet
from jiheng.intake.headings import (
    Guess,
    guess,
    is_near,
    label,
    means_the_same,
    names_of,
    sheet_units,
    takes_unit,
    unit_in,
)
from jiheng.intake.quantity import plain
from jiheng.rulebook.forms import CellType, Column, SheetForm, WorkbookForm

HEADER_SEARCH_ROWS, HEADER_SEARCH_COLUMNS = 40, 100
FORM_SEARCH_ROWS = 500
FORM_LABEL, FORM_VALUE, FORM_HELP = "项目", "填写内容", "填写说明"
_COPY = re.compile(r"\s*(\(\d+\)|（\d+）|[-_ ]*副本\s*\d*|\d+)$")


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where a table's columns stand in a sheet.

    **Shape** `columns` maps a sheet column to the form's column, `units` a field to the unit its heading names (or,
    for money, the line above the table); `contradicted` are headings whose unit is not the one above the table.
    """

    form: SheetForm
    sheet: Sheet
    header_row: int
    columns: Mapping[int, Column]
    units: Mapping[str, str] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()
    contradicted: tuple[tuple[Cell, str], ...] = ()

    def missing(self) -> tuple[Column, ...]:
        """Required columns that the sheet lacks."""
        present = {column.field for column in self.columns.values()}
        return tuple(column for column in self.form.columns if column.required and column.field not in present)


@dataclass(frozen=True, slots=True)
class SheetsFound:
    """Sheets by the record they hold; those that hold the same once more; those known only by their headings."""

    taken: Mapping[str, Sheet]
    doubles: tuple[tuple[Sheet, SheetForm], ...]
    guessed: tuple[tuple[Sheet, SheetForm], ...]


def match(form: WorkbookForm, book: Book) -> SheetsFound:
    """Which sheet is which: by its name; else by a name that is nearly the form's; else by its headings."""
    taken: dict[str, Sheet] = {}
    doubles: list[tuple[Sheet, SheetForm]] = []
    guessed: list[tuple[Sheet, SheetForm]] = []
    left: list[Sheet] = []
    for sheet in book.sheets:
        known = next((one for one in form.sheets if plain(sheet.name) in (one.name, *one.aliases)), None)
        if known is None:
            left.append(sheet)
        elif known.record in taken:
            doubles.append((sheet, known))
        else:
            taken[known.record] = sheet
    unnamed: list[Sheet] = []
    for sheet in left:
        known = _form_nearly_named(form, sheet.name)
        if known is None:
            unnamed.append(sheet)
        elif known.record not in taken:
            taken[known.record] = sheet
        elif _headings_found(known, sheet) >= 2:
            doubles.append((sheet, known))
    for sheet in unnamed:
        candidates = [
            (found, one)
            for one in form.sheets
            if one.record not in taken and (found := _headings_found(one, sheet)) >= 3
        ]
        if candidates:
            _, best = max(candidates, key=lambda pair: pair[0])
            taken[best.record] = sheet
            guessed.append((sheet, best))
    return SheetsFound(taken, tuple(doubles), tuple(guessed))


def _form_nearly_named(form: WorkbookForm, name: str) -> SheetForm | None:
    bare = label(_COPY.sub("", name))
    for sheet in form.sheets:
        if bare in (sheet.name, *sheet.aliases):
            return sheet
    near = [sheet for sheet in form.sheets if is_near(bare, sheet.name) and means_the_same(bare, sheet.name)]
    return near[0] if len(near) == 1 else None


def _headings_found(form: SheetForm, sheet: Sheet) -> int:
    rows = _first_rows(sheet, HEADER_SEARCH_ROWS)
    if form.kind == "form":
        fields = {column.field for cells in rows.values() for cell in cells if (column := _field_named(form, cell))}
        return len(fields)
    return max((len(_exact_columns(form, row)) for row in rows.values()), default=0)


def _first_rows(sheet: Sheet, count: int) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for row, cells in groupby(sheet.cells, attrgetter("row")):
        if len(rows) == count:
            break
        rows[row] = list(islice(cells, HEADER_SEARCH_COLUMNS))
    return rows


def _exact_columns(form: SheetForm, cells: Iterable[Cell]) -> dict[int, Column]:
    by_name: dict[str, Column] = {}
    for column in form.columns:
        for name in names_of(column):
            by_name.setdefault(name, column)
    matched: dict[int, Column] = {}
    used: set[str] = set()
    for cell in cells:
        known = by_name.get(label(cell.raw)) if cell.kind == "s" else None
        if known and known.field not in used:
            matched[cell.column] = known
            used.add(known.field)
    return matched


def table_layout(form: SheetForm, sheet: Sheet) -> TableLayout | None:
    """The header row and columns of a table; None when no row looks like its header."""
    rows = _first_rows(sheet, HEADER_SEARCH_ROWS)
    if not rows:
        return None
    best = max(rows, key=lambda row: (len(_exact_columns(form, rows[row])), -row))
    columns = _exact_columns(form, rows[best])
    if len(columns) < min(2, len(form.columns)):
        return None
    guesses = tuple(_guesses(form, rows[best], columns))
    columns |= {guess.cell.column: guess.column for guess in guesses if guess.is_taken}
    above = sheet_units(cell for row in rows if row < best for cell in rows[row])
    units: dict[str, str] = {}
    contradicted: list[tuple[Cell, str]] = []
    for cell in rows[best]:
        column = columns.get(cell.column)
        if column is None or not takes_unit(column):
            continue
        unit = unit_in(cell.raw)
        if column.type is CellType.MONEY and above and above != {unit}:
            if unit or len(above) > 1:
                contradicted.append((cell, "、".join(sorted(above))))
            else:
                (unit,) = above
        if unit:
            units[column.field] = unit
    return TableLayout(form, sheet, best, dict(sorted(columns.items())), units, guesses, tuple(contradicted))


def _guesses(form: SheetForm, cells: Iterable[Cell], columns: Mapping[int, Column]) -> Iterator[Guess]:
    free = [column for column in form.columns if column not in columns.values()]
    for cell in cells:
        if cell.column in columns or cell.kind != "s":
            continue
        near = guess(cell, free)
        if near:
            yield near
            if near.is_taken:
                free.remove(near.column)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form: its column, its label cell, and the cells of its values (usually one).

    **Shape** `guess` is set where the label is only nearly the form's; `unit` is what the label, or for money the
    sheet, says, and `contradicted` the sheet's unit where the label names another.
    """

    column: Column
    label: Cell
    values: tuple[Cell, ...]
    unit: str = ""
    guess: Guess | None = None
    contradicted: str = ""


def form_lines(form: SheetForm, sheet: Sheet) -> list[FormLine]:
    """The lines of a form sheet, in its order; a label may stand in any column, its value to the right of it.

    Several labels may stand in one row, as in the official forms. The column 填写说明 holds no values, nor do cells that
    repeat the form's own explanation.
    """
    rows = _first_rows(sheet, FORM_SEARCH_ROWS)
    helps = {
        cell.column for cells in rows.values() for cell in cells if cell.kind == "s" and plain(cell.raw) == FORM_HELP
    }
    labelled = [number for number, cells in rows.items() if any(_field_named(form, cell) for cell in cells)]
    above = sheet_units(cell for number in rows.keys() - set(labelled) for cell in rows[number])
    (unit,) = above if len(above) == 1 else ("",)
    known = {column.field for cells in rows.values() for cell in cells if (column := _field_named(form, cell))}
    free = [column for column in form.columns if column.field not in known]
    lines: list[FormLine] = []
    for cells in rows.values():
        labels = [(index, column) for index, cell in enumerate(cells) if (column := _field_named(form, cell))]
        near = None
        if not labels:
            near = next((found for cell in cells[:-1] if len(cell.raw) >= 4 and (found := guess(cell, free))), None)
            labels = [(cells.index(near.cell), near.column)] if near else []
        for (index, column), (end, _) in zip(labels, [*labels[1:], (len(cells), None)], strict=False):
            own_help = plain(column.help)
            values = tuple(
                cell for cell in cells[index + 1 : end] if cell.column not in helps and plain(cell.raw) != own_help
            )
            own = unit_in(cells[index].raw) if takes_unit(column) else ""
            if column.type is not CellType.MONEY:
                lines.append(FormLine(column, cells[index], values, own, near))
            else:
                other = unit if own and unit != own else ""
                lines.append(FormLine(column, cells[index], values, own or unit, near, other))
    return lines


def _field_named(form: SheetForm, cell: Cell) -> Column | None:
    if cell.kind != "s":
        return None
    name = label(cell.raw)
    return next((column for column in form.columns if name in names_of(column)), None)
