"""A workbook becomes a department's year: every cell is bound, at fault, or listed as not recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.formats import Book, Cell, Limits, Sheet, address, column_letters, open_book
from jiheng.intake.cells import Doubt, Fault, parse, shown
from jiheng.intake.layout import (
    FORM_HELP,
    FORM_LABEL,
    FORM_VALUE,
    TableLayout,
    form_lines,
    is_sheet_unit,
    label,
    match,
    table_layout,
    unit_in,
)
from jiheng.intake.quantity import plain
from jiheng.intake.records import build
from jiheng.model import DepartmentYear, Finding, Level, Origin, Place, SourceFile, Unrecognised
from jiheng.rulebook.forms import CellType, Column, SheetForm, WorkbookForm, workbook_form

SNAPSHOT = "分发原值"
TOTAL_WORDS = ("合计", "总计", "小计", "总分")
_WORDS = frozenset((CellType.TEXT, CellType.LONG, CellType.CHOICE, CellType.CODES, CellType.UNIT))


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file: the cell of each field, before anything is made of it."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(slots=True)
class Intake:
    """What reading a workbook yields.

    **Shape** `rows` keeps the raw cells by record, so that they can be written out unchanged; `units` the units that
    headings name, by record and field; `snapshot` the sheet on which a pack remembers what was
    sent out.
    """

    year: DepartmentYear
    faults: tuple[Finding, ...]
    unrecognised: tuple[Unrecognised, ...]
    rows: Mapping[str, tuple[Row, ...]]
    units: Mapping[str, Mapping[str, str]]
    snapshot: Sheet | None = None


@dataclass(slots=True)
class _Reading:
    """The state of one reading: what has been bound, what is wrong so far."""

    form: WorkbookForm
    book: Book
    faults: list[Finding] = field(default_factory=list)
    bound: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    units: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def fault(self, sheet: str, cell: str, message: str, mend: str, *, quote: str = "", hint: bool = False) -> None:
        self.faults.append(
            Finding(
                check="workbook.doubt" if hint else "workbook.cell",
                level=Level.HINT if hint else Level.ERROR,
                message=message,
                mend=mend,
                quote=quote[:200],
                where=Place(self.book.name, sheet, cell),
            )
        )

    def value(self, sheet: str, column: Column, cell: Cell, unit: str) -> object:
        """The cell's value; None, with the fault noted, when it cannot be read."""
        try:
            return parse(column, cell, unit)
        except Fault as fault:
            self.wrong(sheet, column, cell, fault)
        except Doubt as doubt:
            message = f"{_found(sheet, column, cell)}，{doubt.reading}。"
            at = address(cell.row, cell.column)
            self.fault(sheet, at, message, f"{doubt.mend}。", quote=shown(cell), hint=True)
            return doubt.value
        return None

    def wrong(self, sheet: str, column: Column, cell: Cell, fault: Fault) -> None:
        """Note a cell that cannot be read."""
        message = f"{_found(sheet, column, cell)}，应填{fault.expected}。"
        self.fault(sheet, address(cell.row, cell.column), message, f"{fault.mend}。", quote=shown(cell))


def _found(sheet: str, column: Column, cell: Cell) -> str:
    return f"“{sheet}”表 {address(cell.row, cell.column)}“{column.title}”填的是“{shown(cell)[:60]}”"


def read_workbook(path: Path, limits: Limits | None = None) -> Intake:
    """Read a year's workbook.

    **Raises** BadInput when the file cannot be opened or does not say which department, region and year it is.
    """
    return bind_book(open_book(path, limits or Limits()))


def bind_book(book: Book, form: WorkbookForm | None = None) -> Intake:
    """Bind the cells of an opened workbook to the records of the form."""
    form = form or workbook_form()
    snapshot = next((sheet for sheet in book.sheets if sheet.name == SNAPSHOT), None)
    book = replace(book, sheets=tuple(sheet for sheet in book.sheets if sheet is not snapshot))
    reading = _Reading(form, book)
    sheets, doubles = match(form, book)
    if "profile" not in sheets:
        raise BadInput(f"“{book.name}”里没有“基本信息”表，不知道是哪个部门、哪一年：请用 jiheng new 生成工作簿再填写")
    for double, known in doubles:
        _refuse_second(reading, double, known)
    parts: dict[str, object] = {}
    for sheet_form in form.sheets:
        sheet = sheets.get(sheet_form.record)
        if sheet is None:
            continue
        if sheet_form.kind == "form":
            parts[sheet_form.record] = _read_form(reading, sheet_form, sheet)
        else:
            parts[sheet_form.record] = _read_table(reading, sheet_form, sheet)
    year = DepartmentYear(source=SourceFile(book.name, book.sha256), **parts)  # type: ignore[arg-type]
    return Intake(year, tuple(reading.faults), tuple(_unrecognised(reading)), reading.rows, reading.units, snapshot)


def _refuse_second(reading: _Reading, sheet: Sheet, known: SheetForm) -> None:
    if known.record == "profile":
        raise BadInput(
            f"“{reading.book.name}”里有两张“{known.name}”表，不知道是哪个部门：请只留一张，一个文件只填一个部门"
        )
    message = f"“{sheet.name}”表与“{known.name}”表重复，没有读取。"
    reading.fault(sheet.name, "", message, f"把内容并到“{known.name}”表，或改个表名。")


# --- forms ------------------------------------------------------------------------------------------------------------


def _read_form(reading: _Reading, form: SheetForm, sheet: Sheet) -> object:
    values: dict[str, object] = {}
    cells: dict[str, str] = {}
    raw: dict[str, Cell] = {}
    units: dict[str, str] = {}
    bound = reading.bound.setdefault(sheet.name, set())
    for line in form_lines(form, sheet):
        column = line.column
        bound.add((line.label.row, line.label.column))
        if not line.values:
            continue
        given = {shown(cell) for cell in line.values} | ({shown(raw[column.field])} if column.field in raw else set())
        if len(given) > 1 and column.field in ("department", "region", "fiscal_year"):
            both = "”和“".join(sorted(given))
            raise BadInput(f"“{sheet.name}”表的“{column.title}”有“{both}”两个：一个文件只填一个部门的一年，请分开填")
        cell = line.values[0]
        if column.field in raw:
            message = f"“{sheet.name}”表“{column.title}”填了两次，只读了第一次。"
            reading.fault(sheet.name, address(cell.row, cell.column), message, "只留一行。", quote=shown(cell))
            continue
        bound.add((cell.row, cell.column))
        raw[column.field] = cell
        cells[column.field] = address(cell.row, cell.column)
        units[column.field] = unit_in(line.label.raw)
        value = reading.value(sheet.name, column, cell, units[column.field])
        if value is not None:
            values[column.field] = value
    reading.rows[form.record] = (Row(0, raw),)
    reading.units[form.record] = units
    if form.record == "profile":
        _require_identity(reading, form, sheet, values)
    return build(form.record, values, Origin(sheet.name, 1, cells))


def _require_identity(reading: _Reading, form: SheetForm, sheet: Sheet, values: Mapping[str, object]) -> None:
    for column in form.columns:
        if column.required and column.field not in values:
            wrong = next((f for f in reading.faults if f"“{column.title}”" in f.message), None)
            if wrong:
                raise BadInput(f"{wrong.message.rstrip('。')}：{wrong.mend.rstrip('。')}")
            raise BadInput(f"“{sheet.name}”表没有填“{column.title}”：{column.help.rstrip('。')}")


# --- tables -----------------------------------------------------------------------------------------------------------


def _read_table(reading: _Reading, form: SheetForm, sheet: Sheet) -> tuple[object, ...]:
    layout = table_layout(form, sheet)
    if layout is None:
        if sheet.cells:
            titles = "、".join(column.title for column in form.columns if column.required)
            message = f"“{sheet.name}”表没有找到标题行。"
            reading.fault(sheet.name, "", message, f"标题行里要有“{titles}”等列名，请照空白工作簿补上。")
        return ()
    for column in layout.missing():
        message = f"“{sheet.name}”表缺少“{column.title}”列，整张表没有读取。"
        reading.fault(sheet.name, f"{layout.header_row}:{layout.header_row}", message, "请照空白工作簿补上这一列。")
    if layout.missing():
        return ()
    bound = reading.bound.setdefault(sheet.name, set())
    bound.update((layout.header_row, column) for column in layout.columns)
    letters = {column.field: column_letters(number) for number, column in layout.columns.items()}
    records: list[object] = []
    rows: list[Row] = []
    for row in _rows(layout):
        own = {name: cell for name, cell in row.cells.items() if cell.row == row.number}
        if not _is_record(reading, layout, row, own):
            continue
        bound.update((cell.row, cell.column) for cell in own.values())
        record = _record(reading, layout, row, letters)
        if record is not None:
            records.append(record)
            rows.append(row)
    reading.rows[form.record] = tuple(rows)
    reading.units[form.record] = layout.units
    return tuple(records)


def _rows(layout: TableLayout) -> Iterator[Row]:
    """The rows below the header, with merged cells spread and the form's empty cells filled from above."""
    spread = _spread(layout)
    carried: dict[str, Cell] = {}
    carrying = [column for column in layout.columns.values() if column.carry_down]
    for number, own in _own_cells(layout, spread):
        cells = dict(own)
        for column in carrying:
            if column.field in cells:
                if carried.get(column.field) is not cells[column.field]:
                    later = carrying[carrying.index(column) + 1 :]
                    for below in later:
                        carried.pop(below.field, None)
                carried[column.field] = cells[column.field]
            elif column.field in carried and own:
                cells[column.field] = carried[column.field]
        yield Row(number, cells)


def _own_cells(layout: TableLayout, spread: Mapping[tuple[int, int], Cell]) -> Iterator[tuple[int, dict[str, Cell]]]:
    current = 0
    cells: dict[str, Cell] = {}
    for cell in layout.sheet.cells:
        if cell.row <= layout.header_row:
            continue
        if cell.row != current:
            if cells:
                yield current, cells
            current, cells = cell.row, {}
            if spread:
                cells = {
                    column.field: spread[current, number]
                    for number, column in layout.columns.items()
                    if (current, number) in spread
                }
        column = layout.columns.get(cell.column)
        if column:
            cells[column.field] = cell
    if cells:
        yield current, cells


def _spread(layout: TableLayout) -> dict[tuple[int, int], Cell]:
    """For each place inside a vertically merged word cell, the cell that holds its value. Amounts are never spread."""
    wanted = [
        merge
        for merge in layout.sheet.merges
        if merge.bottom > merge.top
        and merge.left in layout.columns
        and layout.columns[merge.left].type in _WORDS
        and merge.top > layout.header_row
    ]
    anchors = {(merge.top, merge.left) for merge in wanted}
    values = {(c.row, c.column): c for c in layout.sheet.cells if (c.row, c.column) in anchors} if anchors else {}
    return {
        (row, merge.left): values[merge.top, merge.left]
        for merge in wanted
        if (merge.top, merge.left) in values
        for row in range(merge.top + 1, merge.bottom + 1)
    }


def _is_record(reading: _Reading, layout: TableLayout, row: Row, own: Mapping[str, Cell]) -> bool:
    """Whether a row holds a record: not a note, not a total of the rows above, not an untouched line of the form."""
    if not own:
        return False
    first = min(own.values(), key=lambda cell: cell.column)
    if plain(first.raw) in TOTAL_WORDS and not layout.form.totals:
        return False
    if len(own) == 1 and len(layout.columns) > 1:
        (name, cell) = next(iter(own.items()))
        if any(line and plain(cell.raw) == plain(line[0]) for line in layout.form.prefill):
            reading.bound.setdefault(layout.sheet.name, set()).add((cell.row, cell.column))
            return False
        if not layout.form.column(name).required or plain(cell.raw).startswith(("注", "备注", "说明", "填表", "制表")):
            return False
    return True


def _record(reading: _Reading, layout: TableLayout, row: Row, letters: Mapping[str, str]) -> object | None:
    form, sheet = layout.form, layout.sheet.name
    places: Mapping[str, str] = letters
    elsewhere = {name: address(c.row, c.column) for name, c in row.cells.items() if c.row != row.number}
    if elsewhere:
        places = {**letters, **elsewhere}
    values: dict[str, object] = {}
    row_unit = row.cells.get("unit")
    for name, cell in row.cells.items():
        column = layout.fields[name]
        if cell.kind == "s" and (column.type is CellType.TEXT or column.type is CellType.LONG):
            values[name] = cell.raw.strip()
            continue
        unit = layout.units.get(name, "")
        if column.type is CellType.FIGURE and row_unit is not None and row_unit.kind == "s":
            unit = row_unit.raw.strip()
        value = reading.value(sheet, column, cell, unit)
        if value is not None:
            values[name] = value
    for column in layout.required:
        if column.field not in row.cells:
            message = f"“{sheet}”表第 {row.number} 行没有填“{column.title}”。"
            reading.fault(sheet, f"{letters[column.field]}{row.number}", message, f"请补填：{column.help}")
    if any(column.field not in values for column in layout.required):
        return None

    def wrong(name: str, fault: Fault) -> None:
        reading.wrong(sheet, layout.fields[name], row.cells[name], fault)

    return build(form.record, values, Origin(sheet, row.number, places), wrong)


# --- what is left -----------------------------------------------------------------------------------------------------


def _unrecognised(reading: _Reading) -> Iterator[Unrecognised]:
    known = _own_words(reading.form)
    for sheet in reading.book.sheets:
        bound = reading.bound.get(sheet.name, set())
        for cell in sheet.cells:
            if (cell.row, cell.column) in bound or plain(cell.raw) in known or is_sheet_unit(cell.raw):
                continue
            yield Unrecognised(Place(reading.book.name, sheet.name, address(cell.row, cell.column)), shown(cell))


def _own_words(form: WorkbookForm) -> frozenset[str]:
    """What the empty workbook itself says: titles, headings, explanations. They are nobody's entries."""
    words = {form.title, form.secrecy, *form.instructions, FORM_LABEL, FORM_VALUE, FORM_HELP}
    for sheet in form.sheets:
        words |= {sheet.name, sheet.help, *(column.help for column in sheet.columns)}
        words |= {column.title for column in sheet.columns} if sheet.kind == "form" else set()
    return frozenset(plain(word) for word in words) | frozenset(label(word) for word in words)
