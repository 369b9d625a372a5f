"""A cell as a person types and reads it, and as the database keeps it.

A figure typed in a browser becomes the very cell that it would be in the workbook; what was not changed stays as it was given.
"""

from __future__ import annotations

import re

from jiheng.formats import Cell
from jiheng.intake.cells import shown
from jiheng.intake.packs import explicit_rows
from jiheng.intake.reader import Intake
from jiheng.rulebook.forms import CellType, Column, SheetForm, workbook_form
from jiheng.values import exact_from_spreadsheet
from jiheng_web.years.models import Cells, Row

_NUMBERS = (CellType.MONEY, CellType.FIGURE, CellType.POINTS, CellType.COUNT, CellType.MONTH, CellType.YEAR)
_SPACED = (CellType.MONEY, CellType.FIGURE, CellType.COUNT)
_SEPARATED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Characters that nobody types; PostgreSQL and Excel files cannot hold them."""
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")


def cell(value: str | list[str], row: int = 0, column: int = 0) -> Cell:
    """A stored cell as the engine's."""
    kind, raw, look = ("s", value, "") if isinstance(value, str) else value
    return Cell(row, column, kind, raw, look, "")


def cells_of_workbook(intake: Intake) -> dict[str, list[Cells]]:
    """A read workbook's rows as they will be stored, units written out where its headings named others; sheets it has."""
    return {
        form.record: [{name: stored(one) for name, one in row.items()} for row in found]
        for form, found in explicit_rows(workbook_form(), intake)
        if form.record in intake.rows
    }


def stored(one: Cell) -> str | list[str]:
    """A cell for the database."""
    return one.raw if one.kind == "s" else [one.kind, one.raw, one.number_format]


def spaced(column: Column, text: str) -> str:
    """A plain number of a column of amounts or figures with separators, for reading.

    >>> column = workbook_form().sheet("projects").column("annual_budget")
    >>> spaced(column, "31385.997668"), spaced(column, "12万元"), typed(column, "31,385.997668", ["n", "31385.997668", ""])
    ('31,385.997668', '12万元', ['n', '31385.997668', ''])
    """
    if column.type not in _SPACED or not _PLAIN_NUMBER.fullmatch(text):
        return text
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if len(whole) > 3 and not whole.startswith("0") else text


def typed(column: Column, text: str, before: str | list[str] | None) -> str | list[str] | None:
    """What a person typed, as a cell; what was not changed stays as it was given. None empties the cell.

    >>> column = workbook_form().sheet("projects").column("annual_budget")
    >>> typed(column, "12.50", None), typed(column, "12万元", None), typed(column, " ", None)
    (['n', '12.5', ''], '12万元', None)
    """
    text = _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()
    if not text:
        return None
    if column.type in _SPACED and _SEPARATED.fullmatch(text):
        text = text.replace(",", "")
    if before is not None and text == shown(cell(before)):
        return before
    if column.type in _NUMBERS and _PLAIN_NUMBER.fullmatch(text):
        number = exact_from_spreadsheet(text)
        return ["n", format(number.normalize() if number else number, "f"), ""]
    return text


def shown_cells(row: Row) -> dict[str, str]:
    """The row as its reader sees it."""
    return {name: shown(cell(value)) for name, value in row.cells.items()}


def said(cells: Cells, field: str) -> str:
    """The text of one field."""
    return shown(cell(cells[field])) if field in cells else ""


def index(form: SheetForm, row: Row) -> None:
    """The searchable copies beside the cells."""
    cells = row.cells
    row.code = said(cells, "code")[:100]
    names = ("name", *form.key, form.columns[0].field)
    row.name = next((said(cells, name)[:200] for name in names if name in cells and name != "code"), "")
    row.office = said(cells, form.office)[:100] if form.office else ""
    row.project = said(cells, "project")[:200]
