"""Reading a table: which rows are records, what merged and carried cells mean for them, and the records themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum, auto

from jiheng.formats import Cell, Sheet, address, column_letters
from jiheng.intake.cells import NO_UNIT, Doubt, Fault, comparator_in, unit_beside
from jiheng.intake.headings import is_unit_line, label, names_of
from jiheng.intake.layout import TableLayout, table_layout
from jiheng.intake.merged_cells import MergedCells
from jiheng.intake.quantity import plain
from jiheng.intake.reading import CELL_DOUBT, SHEET_FAULT, Reading, Row
from jiheng.intake.records import build
from jiheng.model import Comparator, Origin
from jiheng.rulebook.forms import CellType, Column, SheetForm

_TOTAL = re.compile(r"(本页|本表|以上|全部|项目|资金|支出)?(合计|总计|小计|累计|共计|总分)(数|金额)?(\(.*\))?")
_FOOTNOTE = re.compile(
    r"(附?注|备注|说明|填表(说明|人|日期)?|填报(单位|人|日期)?|制表人?|审核人?|复核人?|经办人|(单位|财务|部门)?负责人"
    r"|联系电话|签字|签章|盖章|日期)\d*(\([^)]*\))?:.*",
    re.DOTALL,
)
_KEPT_WITHOUT = frozenset({("passages", "section")})
"""Required fields without which a row still says something that can be checked."""
_WORDS = frozenset((CellType.TEXT, CellType.LONG, CellType.CHOICE, CellType.CODES, CellType.UNIT))
_DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)


def read_table(reading: Reading, form: SheetForm, sheet: Sheet) -> tuple[object, ...]:
    """The records of a table; faults and bound cells are noted in the reading."""
    layout = table_layout(form, sheet)
    _bind_title(reading, form, sheet, layout.header_row if layout else 0)
    if layout is None:
        if sheet.cells:
            titles = "、".join(column.title for column in form.columns if column.required)
            message = f"“{sheet.name}”表没有找到标题行。"
            mend = f"标题行里要有“{titles}”等列名，请照空白工作簿补上。"
            reading.fault(sheet.name, "", message, mend, check=SHEET_FAULT)
        return ()
    for guess in layout.guesses:
        reading.tell_guess(sheet.name, guess)
    at = f"{layout.header_row}:{layout.header_row}"
    for column in layout.missing():
        message = f"“{sheet.name}”表缺少“{column.title}”列，整张表没有读取。"
        reading.fault(sheet.name, at, message, "请照空白工作簿补上这一列。", check=SHEET_FAULT)
    if layout.missing():
        return ()
    for heading, line in layout.contradicted:
        unit = layout.units.get(layout.columns[heading.column].field, "") or layout.columns[heading.column].unit
        reading.contradiction(sheet.name, heading, line, unit)
    bound = reading.bound.setdefault(sheet.name, set())
    bound.update((layout.header_row, column) for column in layout.columns)
    letters = {column.field: column_letters(number) for number, column in layout.columns.items()}
    whole = {
        column.field: replace(column, usually_whole=True)
        for column in layout.columns.values()
        if column.type is CellType.FIGURE
    }
    carry = _CarryDown(layout)
    records: list[object] = []
    rows: list[Row] = []
    for row in _rows(layout):
        own = {name: cell for name, cell in row.cells.items() if cell.row == row.number}
        kind = _kind_of(layout, own)
        if kind is not RowKind.REMARK:
            bound.update((cell.row, cell.column) for cell in own.values())
        if kind is RowKind.UNTOUCHED:
            rows.append(row)
        if kind is not RowKind.RECORD:
            continue
        row = carry.fill(row)
        rows.append(row)
        record = _record(reading, layout, row, letters, whole)
        if record is not None:
            records.append(record)
    if records:
        _tell_missing_amounts(reading, layout)
    reading.rows[form.record] = tuple(rows)
    reading.units[form.record] = layout.units
    reading.columns[form.record] = letters
    return tuple(records)


def _tell_missing_amounts(reading: Reading, layout: TableLayout) -> None:
    """A column of money that somebody took out of the form is missed by the checks.

    One with a name nearly right is told already; a short table of the office's own was never meant to be the form.
    """
    if len(layout.columns) * 2 < len(layout.form.columns):
        return
    present = {column.field for column in (*layout.columns.values(), *(guess.column for guess in layout.guesses))}
    absent = [one.title for one in layout.form.columns if one.type is CellType.MONEY and one.field not in present]
    if absent:
        titles = "”“".join(absent)
        message = f"“{layout.sheet.name}”表没有“{titles}”列，用到它的核查做不了。"
        mend = "有数的话请照空白工作簿补上；没有这项数的可以不管。"
        at = f"{layout.header_row}:{layout.header_row}"
        reading.fault(layout.sheet.name, at, message, mend, check=CELL_DOUBT)


def _bind_title(reading: Reading, form: SheetForm, sheet: Sheet, header_row: int) -> None:
    words = {plain(word) for word in (form.name, sheet.name, form.help)}
    for cell in sheet.cells:
        if cell.row >= (header_row or 4):
            break
        if plain(cell.raw) in words or is_unit_line(cell.raw):
            reading.bind(sheet.name, cell)


class _CarryDown:
    """Fills a record's empty cells from the record above, in the columns where the form means that.

    A new value in one of these columns ends what stood to the right of it.
    """

    def __init__(self, layout: TableLayout) -> None:
        self._columns = [column.field for column in layout.columns.values() if column.carry_down]
        self._above: dict[str, Cell] = {}

    def fill(self, row: Row) -> Row:
        cells = row.cells
        for place, name in enumerate(self._columns):
            if name in cells:
                if self._above.get(name) is not cells[name]:
                    for below in self._columns[place + 1 :]:
                        self._above.pop(below, None)
                self._above[name] = cells[name]
            elif name in self._above:
                cells = {**cells, name: self._above[name]}
        return row if cells is row.cells else Row(row.number, cells)


def _rows(layout: TableLayout) -> Iterator[Row]:
    """The rows below the header. Words in a vertically merged cell hold for each of its rows, amounts for the first;
    what lies under a merged cell, unseen, is left alone.
    """
    merged = MergedCells(layout.sheet, layout.columns)
    spread = [n for n in merged.columns if layout.columns[n].type in _WORDS]
    corners: dict[tuple[int, int], Cell] = {}
    number = 0
    cells: dict[str, Cell] = {}
    for cell in layout.sheet.cells:
        if cell.row <= layout.header_row:
            continue
        if cell.row != number:
            if cells:
                yield Row(number, cells)
            number, cells = cell.row, {}
            for column in spread:
                corner = merged.corner(number, column)
                if corner and corner[1] == column and corner in corners:
                    cells[layout.columns[column].field] = corners[corner]
        field_here = layout.columns.get(cell.column)
        if field_here is None:
            continue
        corner = merged.corner(cell.row, cell.column)
        if corner is None or corner == (cell.row, cell.column):
            cells[field_here.field] = cell
            if corner:
                corners[corner] = cell
    if cells:
        yield Row(number, cells)


class RowKind(Enum):
    """What a row is: a record, a line of the form that nobody filled in, the headings once more, a total or a remark."""

    RECORD = auto()
    UNTOUCHED = auto()
    HEADINGS = auto()
    REMARK = auto()


def _kind_of(layout: TableLayout, own: Mapping[str, Cell]) -> RowKind:
    if not own:
        return RowKind.REMARK
    form = layout.form
    first = next(iter(own.values())) if len(own) == 1 else min(own.values(), key=lambda cell: cell.column)
    if len(own) > 1 and all(
        cell.kind == "s" and label(cell.raw) in names_of(form.column(name)) for name, cell in own.items()
    ):
        return RowKind.HEADINGS
    if not form.totals and any(
        _TOTAL.fullmatch(label(cell.raw))
        for name, cell in own.items()
        if ("计" in cell.raw or "总" in cell.raw) and (cell is first or name in form.key)
    ):
        return RowKind.REMARK
    if (":" in first.raw or "：" in first.raw) and _FOOTNOTE.fullmatch(plain(first.raw)):
        return RowKind.REMARK
    if len(own) == 1 and len(layout.columns) > 1:
        if any(line and plain(first.raw) == plain(line[0]) for line in form.prefill):
            return RowKind.UNTOUCHED
        if not form.column(next(iter(own))).required:
            return RowKind.REMARK
    return RowKind.RECORD


def _record(
    reading: Reading, layout: TableLayout, row: Row, letters: Mapping[str, str], whole: Mapping[str, Column]
) -> object | None:
    form, sheet = layout.form, layout.sheet.name
    places: Mapping[str, str] = letters
    elsewhere = {name: address(c.row, c.column) for name, c in row.cells.items() if c.row != row.number}
    if elsewhere:
        places = {**letters, **elsewhere}
    values: dict[str, object] = {}
    row_unit = row.cells.get("unit")
    for column in layout.columns.values():
        cell = row.cells.get(column.field)
        if cell is None:
            continue
        kind = column.type
        if (kind is CellType.TEXT or kind is CellType.LONG) and cell.kind == "s":
            values[column.field] = cell.raw.strip()
            continue
        unit = layout.units.get(column.field, "")
        if kind is CellType.FIGURE:
            if row_unit is not None and row_unit.kind == "s":
                unit = row_unit.raw.strip()
            if plain(unit) in NO_UNIT:
                unit = _unit_of_target(row, column)
            if not _is_downward(row):
                column = whole[column.field]
        value = reading.value(sheet, column, cell, unit)
        if value is not None:
            values[column.field] = value
    lacking = [column for column in form.columns if column.required and column.field not in row.cells]
    for column in lacking:
        unused = "这一段不会写进报告" if (form.record, column.field) in _KEPT_WITHOUT else "这一行没有用于核查"
        message = f"“{sheet}”表第 {row.number} 行没有填“{column.title}”，{unused}。"
        reading.fault(sheet, f"{letters[column.field]}{row.number}", message, f"请补填：{column.help}")
    for column in form.columns:
        if column.required and column.field not in values:
            if (form.record, column.field) not in _KEPT_WITHOUT:
                return None
            values[column.field] = ""

    def wrong(name: str, problem: Fault | Doubt) -> None:
        reading.tell(sheet, form.column(name), row.cells[name], problem)

    return build(form.record, values, Origin(sheet, row.number, places), wrong)


def _unit_of_target(row: Row, column: Column) -> str:
    """The unit written beside the target, for an actual or history without any."""
    target, cell = row.cells.get("target"), row.cells[column.field]
    if column.field not in ("actual", "history") or target is None or unit_beside(cell):
        return ""
    return unit_beside(target)


def _is_downward(row: Row) -> bool:
    """Whether the row's target is an upper limit: there a bare 1 in a column of percentages means 1%, not 100%."""
    comparator, target = row.cells.get("comparator"), row.cells.get("target")
    if comparator is not None:
        return comparator_in(comparator.raw) in _DOWNWARD
    return target is not None and plain(target.raw).startswith(("≤", "<"))
