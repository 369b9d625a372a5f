"""Finding the form's sheets and columns in what people made of the workbook: moved, renamed a little, or missing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jiheng.formats import Book, Cell, Sheet
from jiheng.intake.quantity import plain
from jiheng.rulebook.forms import Column, SheetForm, WorkbookForm
from jiheng.values import Dimension, unit_named

HEADER_SEARCH_ROWS = 40
_ALIKE = 0.75
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_SHEET_UNIT = re.compile(r"(?:金额)?单位[:：]?(元|千元|万元|百万元|亿元)")
FORM_LABEL, FORM_VALUE, FORM_HELP = "项目", "填写内容", "填写说明"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where a table's columns stand in a sheet.

    **Shape** `columns` maps a sheet column to the form's column, `units` a field to the unit its heading names;
    `fields` is the same by field.
    """

    form: SheetForm
    sheet: Sheet
    header_row: int
    columns: Mapping[int, Column]
    units: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Column] = field(init=False)
    required: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", {column.field: column for column in self.columns.values()})
        object.__setattr__(self, "required", tuple(column for column in self.form.columns if column.required))

    def missing(self) -> tuple[Column, ...]:
        """Required columns that the sheet lacks."""
        return tuple(column for column in self.required if column.field not in self.fields)


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """A heading without spaces, stars, colons, numbers in front and bracketed remarks.

    >>> label(" *年初预算数（万元）："), label("二、 年初\\n预算数")
    ('年初预算数', '年初预算数')
    """
    bare = plain(_BRACKETS.sub("", text)).strip("*:：") or plain(text)
    return re.sub(r"^[一二三四五六七八九十\d]+[、.]", "", bare)


def unit_in(heading: str) -> str:
    """The unit that a heading names in brackets; empty when it names none.

    >>> unit_in("年初预算数（万元）"), unit_in("部门（单位）名称"), unit_in("执行率(%)")
    ('万元', '', '%')
    """
    for remark in _BRACKETS.findall(heading):
        unit = unit_named(remark.replace("单位", "").strip("：: "))
        if unit.dimension is not Dimension.OTHER:
            return unit.symbol
    return ""


def match(form: WorkbookForm, book: Book) -> tuple[dict[str, Sheet], list[tuple[Sheet, SheetForm]]]:
    """Sheets by the record they hold, and the sheets that look like one already taken.

    A sheet is known by its name, or when it was renamed by its headings.
    """
    taken: dict[str, Sheet] = {}
    doubles: list[tuple[Sheet, SheetForm]] = []
    left: list[Sheet] = []
    for sheet in book.sheets:
        known = _form_named(form, sheet.name)
        if known is None:
            left.append(sheet)
        elif known.record in taken:
            doubles.append((sheet, known))
        else:
            taken[known.record] = sheet
    for sheet in left:
        candidates = [
            (found, one)
            for one in form.sheets
            if one.record not in taken and one.kind == "table" and (found := _columns_matched(one, sheet)) >= 3
        ]
        if candidates:
            _, best = max(candidates, key=lambda pair: pair[0])
            taken[best.record] = sheet
    return taken, doubles


def _form_named(form: WorkbookForm, name: str) -> SheetForm | None:
    bare = label(re.sub(r"\s*\(\d+\)$", "", name))
    for sheet in form.sheets:
        if bare in (sheet.name, *sheet.aliases):
            return sheet
    close = difflib.get_close_matches(bare, [sheet.name for sheet in form.sheets], 1, _ALIKE)
    return next((sheet for sheet in form.sheets if close and sheet.name == close[0]), None)


def _columns_matched(form: SheetForm, sheet: Sheet) -> int:
    return max((len(_exact_columns(form, row)) for row in _first_rows(sheet).values()), default=0)


def _first_rows(sheet: Sheet) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in sheet.cells:
        if cell.row not in rows:
            if len(rows) == HEADER_SEARCH_ROWS:
                break
            rows[cell.row] = []
        rows[cell.row].append(cell)
    return rows


def names_of(column: Column) -> tuple[str, ...]:
    """Every heading a column goes by."""
    return tuple(label(name) for name in (column.title, *column.aliases))


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
    rows = _first_rows(sheet)
    if not rows:
        return None
    best = max(rows, key=lambda row: (len(_exact_columns(form, rows[row])), -row))
    columns = _exact_columns(form, rows[best])
    if len(columns) < min(2, len(form.columns)):
        return None
    free = [column for column in form.columns if column not in columns.values()]
    for cell in rows[best]:
        if cell.column not in columns and cell.kind == "s" and (near := _nearest(label(cell.raw), free)):
            columns[cell.column] = near
            free.remove(near)
    above = (_SHEET_UNIT.fullmatch(plain(cell.raw)) for row in rows if row < best for cell in rows[row])
    sheet_unit = next((found[1] for found in above if found), "")
    units = {}
    for cell in rows[best]:
        if cell.column in columns:
            column = columns[cell.column]
            units[column.field] = unit_in(cell.raw) or (sheet_unit if column.type == "money" else "")
    return TableLayout(form, sheet, best, dict(sorted(columns.items())), {k: v for k, v in units.items() if v})


def _nearest(name: str, columns: list[Column]) -> Column | None:
    scored = sorted(
        ((max(difflib.SequenceMatcher(None, name, known).ratio() for known in names_of(one)), one) for one in columns),
        key=lambda pair: -pair[0],
    )
    if not scored or scored[0][0] < _ALIKE or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][1]


def is_sheet_unit(text: str) -> bool:
    """Whether a cell is the "单位：万元" line of a sheet."""
    return _SHEET_UNIT.fullmatch(plain(text)) is not None


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form: its column, its label cell, and the cells of its values (usually one)."""

    column: Column
    label: Cell
    values: tuple[Cell, ...]


def form_lines(form: SheetForm, sheet: Sheet) -> list[FormLine]:
    """The lines of a form sheet, in its order; a label may stand in any column, its value to the right of it.

    Where the header row 项目 | 填写内容 | 填写说明 is kept, values stand in its middle column (more than one value is for
    the reader to judge); without it, everything to the right counts.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, []).append(cell)
    helps = {
        cell.column for cells in rows.values() for cell in cells if cell.kind == "s" and label(cell.raw) == FORM_HELP
    }
    lines: list[FormLine] = []
    for cells in rows.values():
        for index, cell in enumerate(cells):
            column = _field_named(form, cell)
            if column:
                lines.append(FormLine(column, cell, tuple(c for c in cells[index + 1 :] if c.column not in helps)))
                break
    return lines


def _field_named(form: SheetForm, cell: Cell) -> Column | None:
    if cell.kind != "s":
        return None
    name = label(cell.raw) if "：" not in cell.raw else plain(cell.raw)
    for column in form.columns:
        if name in (plain(column.title), *names_of(column)):
            return column
    return _nearest(name, list(form.columns)) if len(name) >= 4 else None
