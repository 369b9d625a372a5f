"""A workbook becomes a department's year: every cell is bound, at fault, or listed as not recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.formats import Book, Cell, Limits, Sheet, address, open_book
from jiheng.intake.cells import shown
from jiheng.intake.headings import is_unit_line
from jiheng.intake.layout import FORM_HELP, FORM_LABEL, FORM_VALUE, FormLine, form_lines, match
from jiheng.intake.quantity import plain
from jiheng.intake.reading import CELL_DOUBT, OPEN_CONFLICTS, SHEET_FAULT, Reading, Row
from jiheng.intake.records import build
from jiheng.intake.tables import read_table
from jiheng.model import DepartmentYear, Finding, Origin, Place, Profile, SourceFile, Unrecognised
from jiheng.rulebook.forms import CellType, SheetForm, WorkbookForm, workbook_form

SNAPSHOT, CONFLICTS, TAKEN_OVER, LEFT_OVER = "分发原值", "合并冲突", "合并记录", "未识别内容"
_CELL = ("表", "单元格（总表）", "行", "列")
ADDED = {
    CONFLICTS: (*_CELL, "总表中的值（保留）", "分表中的值", "来自文件"),
    TAKEN_OVER: (*_CELL, "原来", "现在", "来自文件"),
    LEFT_OVER: ("文件", "位置", "内容"),
}
"""The sheets that merging adds, with their headings: by these, and not by the name alone, they are known again."""
SNAPSHOT_HEADINGS = ("表", "行", "总表的行", "列", "分发时的值")


@dataclass(slots=True)
class Intake:
    """What reading a workbook yields.

    **Shape** `rows` keeps the raw cells by record, so that they can be written out unchanged; `units` the units that
    headings name, by record and field; `columns` where each field of a sheet stands (the letter of its column, in a form
    its address); `snapshot` is the sheet on which a pack remembers what was sent out, `kept` are
    the sheets that an earlier merge added.
    """

    year: DepartmentYear
    faults: tuple[Finding, ...]
    unrecognised: tuple[Unrecognised, ...]
    rows: Mapping[str, tuple[Row, ...]]
    units: Mapping[str, Mapping[str, str]]
    columns: Mapping[str, Mapping[str, str]]
    snapshot: Sheet | None = None
    kept: tuple[Sheet, ...] = ()

    @property
    def unread(self) -> tuple[Finding, ...]:
        """The faults for which a whole sheet could not be read."""
        return tuple(one for one in self.faults if one.check == SHEET_FAULT)


def read_workbook(path: Path, limits: Limits | None = None, profile: Profile | None = None) -> Intake:
    """Read a year's workbook; with a `profile`, also tables from elsewhere that do not say whose they are.

    **Raises** BadInput when the file cannot be opened or does not say which department, region and year it is.
    """
    return bind_book(open_book(path, limits or Limits()), profile=profile)


def bind_book(book: Book, form: WorkbookForm | None = None, profile: Profile | None = None) -> Intake:
    """Bind the cells of an opened workbook to the records of the form.

    Tables from elsewhere (a finance system's) take the `profile`; their amounts must name their unit.
    """
    form = form or workbook_form()
    snapshot = next((sheet for sheet in book.sheets if _is_snapshot(sheet)), None)
    name = book.name.encode("utf-8", "replace").decode()
    book = replace(book, name=name, sheets=tuple(sheet for sheet in book.sheets if sheet is not snapshot))
    reading = Reading(form, book)
    found = match(form, book)
    if "profile" not in found.taken and profile is None:
        raise BadInput(f"“{book.name}”里没有“基本信息”表，不知道是哪个部门、哪一年：请用 jiheng new 生成工作簿再填写")
    if not found.taken:
        raise BadInput(f"“{book.name}”里没有认出任何一张表：标题行里要有“项目名称”“全年预算数”“执行数”等列名")
    for double, known in found.doubles:
        _refuse_second(reading, double, known)
    for guessed, known in found.guessed:
        message = f"“{guessed.name}”表的标题像“{known.name}”表，按“{known.name}”读取。"
        mend = f"是的话请把表名改为“{known.name}”；不是的话请改掉标题。"
        reading.fault(guessed.name, "", message, mend, check=CELL_DOUBT)
    parts: dict[str, object] = {} if profile is None else {"profile": profile}
    for sheet_form in form.sheets:
        sheet = found.taken.get(sheet_form.record)
        if sheet is None:
            continue
        if sheet_form.kind == "form":
            parts[sheet_form.record] = _read_form(reading, sheet_form, sheet)
        else:
            parts[sheet_form.record] = read_table(reading, sheet_form, sheet)
    if "profile" not in found.taken:
        _require_units(reading, form, found.taken)
    year = DepartmentYear(source=SourceFile(book.name, book.sha256), **parts)  # type: ignore[arg-type]
    kept = tuple(sheet for sheet in book.sheets if _is_added(sheet))
    _tell_open_conflicts(reading, kept)
    left = tuple(_unrecognised(reading, kept))
    return Intake(year, tuple(reading.faults), left, reading.rows, reading.units, reading.columns, snapshot, kept)


def _is_snapshot(sheet: Sheet) -> bool:
    headings = tuple(cell.raw for cell in sheet.cells[: len(SNAPSHOT_HEADINGS)])
    return sheet.name == SNAPSHOT and sheet.hidden and headings == SNAPSHOT_HEADINGS


def _is_added(sheet: Sheet) -> bool:
    headings = ADDED.get(sheet.name, ())
    first = [(cell.row, cell.column, cell.raw) for cell in sheet.cells[: len(headings)]]
    return bool(headings) and first == [(1, column, title) for column, title in enumerate(headings, 1)]


def _refuse_second(reading: Reading, sheet: Sheet, known: SheetForm) -> None:
    if known.record == "profile":
        raise BadInput(
            f"“{reading.book.name}”里有两张“{known.name}”表，不知道是哪个部门：请只留一张，一个文件只填一个部门"
        )
    message = f"“{sheet.name}”表与“{known.name}”表重复，没有读取。"
    mend = f"把内容并到“{known.name}”表，或改个表名。"
    reading.fault(sheet.name, "", message, mend, check=SHEET_FAULT)


# --- forms ------------------------------------------------------------------------------------------------------------


def _read_form(reading: Reading, form: SheetForm, sheet: Sheet) -> object:
    values: dict[str, object] = {}
    cells: dict[str, str] = {}
    raw: dict[str, Cell] = {}
    units: dict[str, str] = {}
    lines = form_lines(form, sheet)
    _bind_own_words(reading, form, sheet, frozenset(line.label.row for line in lines))
    for line in lines:
        column = line.column
        if line.guess and line.values:
            reading.tell_guess(sheet.name, line.guess)
        if line.guess and not line.guess.is_taken:
            continue
        reading.bind(sheet.name, line.label)
        if not line.values:
            continue
        _refuse_two_departments(sheet, line, raw.get(column.field))
        cell = line.values[0]
        if column.field in raw:
            message = f"“{sheet.name}”表“{column.title}”填了两次，只读了第一次。"
            reading.fault(sheet.name, address(cell.row, cell.column), message, "只留一行。", quote=shown(cell))
            continue
        if line.contradicted:
            reading.contradiction(sheet.name, line.label, line.contradicted, line.unit)
        reading.bind(sheet.name, cell)
        raw[column.field] = cell
        cells[column.field] = address(cell.row, cell.column)
        units[column.field] = line.unit
        value = reading.value(sheet.name, column, cell, line.unit)
        if value is not None:
            values[column.field] = value
    reading.rows[form.record] = (Row(0, raw),)
    reading.units[form.record] = units
    reading.columns[form.record] = {line.column.field: cells.get(line.column.field, "") for line in lines}
    if form.record == "profile":
        _require_identity(reading, form, sheet, values)
    return build(form.record, values, Origin(sheet.name, 1, cells))


def _bind_own_words(reading: Reading, form: SheetForm, sheet: Sheet, line_rows: frozenset[int]) -> None:
    """The form's own title, headings and explanations are nobody's entries."""
    words = {plain(word) for word in (form.name, sheet.name, form.help, FORM_LABEL, FORM_VALUE, FORM_HELP)}
    helps = {plain(column.help) for column in form.columns}
    for cell in sheet.cells:
        known = helps if cell.row in line_rows else words
        if plain(cell.raw) in known or is_unit_line(cell.raw):
            reading.bind(sheet.name, cell)


def _refuse_two_departments(sheet: Sheet, line: FormLine, before: Cell | None) -> None:
    given = {shown(cell) for cell in line.values} | ({shown(before)} if before else set())
    if len(given) > 1 and line.column.field in ("department", "region", "fiscal_year"):
        both = "”和“".join(sorted(given))
        raise BadInput(
            f"“{sheet.name}”表的“{line.column.title}”有“{both}”两个：一个文件只填一个部门的一年，请分开填；备注请写到别的行"
        )


def _require_identity(reading: Reading, form: SheetForm, sheet: Sheet, values: Mapping[str, object]) -> None:
    for column in form.columns:
        if column.required and column.field not in values:
            wrong = next((f for f in reading.faults if f"“{column.title}”" in f.message), None)
            if wrong:
                raise BadInput(f"{wrong.message.rstrip('。')}：{wrong.mend.rstrip('。')}")
            raise BadInput(f"“{sheet.name}”表没有填“{column.title}”：{column.help.rstrip('。')}")


def _require_units(reading: Reading, form: WorkbookForm, taken: Mapping[str, Sheet]) -> None:
    """A table of our own has its unit from the form; one from elsewhere has to say it."""
    for record, sheet in taken.items():
        units = reading.units.get(record, {})
        for column in form.sheet(record).columns:
            if (
                column.type is CellType.MONEY
                and reading.columns[record].get(column.field)
                and column.field not in units
            ):
                raise BadInput(
                    f"“{sheet.name}”表的“{column.title}”没有写单位：请在标题里写上，例如“{column.title}（元）”，再上传"
                )


# --- what is left -----------------------------------------------------------------------------------------------------


def _tell_open_conflicts(reading: Reading, kept: tuple[Sheet, ...]) -> None:
    """What an earlier merge left to a person; the sheet is deleted once that is settled."""
    sheet = next((sheet for sheet in kept if sheet.name == CONFLICTS), None)
    count = len({cell.row for cell in sheet.cells}) - 1 if sheet else 0
    if count > 0:
        message = f"还有 {count} 处合并冲突没有定夺，见“{CONFLICTS}”表。"
        mend = "请逐条在相应的表里改成定下来的值；全部定夺以后，删去这张表。"
        reading.fault(CONFLICTS, "", message, mend, check=OPEN_CONFLICTS)


def _unrecognised(reading: Reading, ours: tuple[Sheet, ...]) -> Iterator[Unrecognised]:
    """What stands in the file and was not read; sheets that the program itself added are nobody's entries."""
    form = reading.form
    own_words = {plain(word) for word in (form.title, form.secrecy, *form.instructions)}
    for sheet in reading.book.sheets:
        if sheet in ours:
            continue
        bound = reading.bound.get(sheet.name)
        for cell in sheet.cells:
            if (cell.row, cell.column) in bound if bound is not None else plain(cell.raw) in own_words:
                continue
            yield Unrecognised(Place(reading.book.name, sheet.name, address(cell.row, cell.column)), shown(cell))
