"""Writing the year's workbook: empty, in part for an office, or whole again after merging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiheng.errors import BadInput
from jiheng.formats import Cell
from jiheng.intake.layout import FORM_HELP, FORM_LABEL, FORM_VALUE
from jiheng.output import whole_file
from jiheng.rulebook.forms import CellType, Column, SheetForm, WorkbookForm, workbook_form
from jiheng.values import RegionCode, exact_from_spreadsheet

RawRow = Mapping[str, Cell]
INPUT_ROWS = 2000
_HEADER_ROW = 2
_MONEY_FORMAT = "#,##0.00####"
_AS_TEXT = frozenset((CellType.TEXT, CellType.CODES, CellType.COMPARATOR, CellType.UNIT, CellType.REGION))
"""Columns whose cells are text whatever is typed: codes keep their zeros, 1-2 does not become a date."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_TEXT = 32_767
_LAST_UNLOCKED_COLUMN = 199


@dataclass(frozen=True, slots=True)
class ExtraSheet:
    """A plain sheet beside the form's own: conflicts, cells not recognised, what was sent out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a workbook: raw rows by record, as read or as typed."""

    rows: Mapping[str, Sequence[RawRow]]
    extra: tuple[ExtraSheet, ...] = field(default=())


def text_cell(text: str) -> Cell:
    """A cell that holds a text, for content that did not come from a file."""
    return Cell(0, 0, "s", text, "", "")


def empty_content(form: WorkbookForm, department: str, region: RegionCode, year: int) -> Content:
    """The content of a new workbook: who and when, and the lines that the form gives."""
    rows: dict[str, list[RawRow]] = {
        sheet.record: [
            {column.field: text_cell(text) for column, text in zip(sheet.columns, line, strict=False)}
            for line in sheet.prefill
        ]
        for sheet in form.sheets
    }
    identity = {"department": department, "region": region.digits, "fiscal_year": str(year)}
    rows["profile"] = [{name: text_cell(text) for name, text in identity.items()}]
    return Content(rows)


def write_workbook(path: Path, content: Content, sheets: Iterable[SheetForm] | None = None) -> None:
    """Write a workbook with the form's sheets (all, or those given); the file appears whole or not at all.

    **Raises** BadInput when the folder cannot be written to.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # loaded only by commands that write
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    form = workbook_form()
    if path.suffix.lower() != ".xlsx":
        raise BadInput(f"“{path.name}”的后缀不是 .xlsx：工作簿请存为 .xlsx")
    with whole_file(path) as partial:
        book = xlsxwriter.Workbook(str(partial), {"strings_to_formulas": False, "strings_to_urls": False})
        writer = _Writer(book)
        writer.instructions(form)
        for sheet in form.sheets if sheets is None else sheets:
            rows = content.rows.get(sheet.record, ())
            if sheet.kind == "form":
                writer.form(sheet, rows[0] if rows else {})
            else:
                writer.table(sheet, rows)
        for extra in content.extra:
            writer.extra(extra)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError() from None


class _Writer:
    """Sheets, formats and drop-downs; formats are made once a kind."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", **properties}
            )
        return self.made[key]

    def instructions(self, form: WorkbookForm) -> None:
        sheet = self.book.add_worksheet("填表说明")
        sheet.set_column(0, 0, 100, self.style())
        sheet.write_string(0, 0, form.title, self.style(bold=True, font_size=16))
        sheet.write_string(1, 0, form.secrecy, self.style(bold=True, font_color="#C00000"))
        for number, line in enumerate(form.instructions):
            sheet.write_string(2 + number, 0, line, self.style(text_wrap=True))
        self._print(sheet, landscape=False, header_row=None)

    def form(self, form: SheetForm, row: RawRow) -> None:
        sheet = self._sheet(form)
        for number, heading in enumerate((FORM_LABEL, FORM_VALUE, FORM_HELP)):
            sheet.write_string(_HEADER_ROW, number, heading, self._heading())
        for width, number in ((26, 0), (44, 1), (64, 2)):
            sheet.set_column(number, number, width, self.style(locked=False))
        for number, column in enumerate(form.columns, _HEADER_ROW + 1):
            sheet.write_blank(number, 1, None, self.style(locked=False, num_format=_entry_format(column)))
            sheet.write_string(number, 0, _title(column), self.style(bold=True, bg_color="#F2F2F2", border=1))
            self._value(sheet, number, 1, column, row.get(column.field))
            sheet.write_string(number, 2, column.help, self.style(font_color="#595959", text_wrap=True))
            self._guide(sheet, (number, 1, number, 1), column)
        self._print(sheet, landscape=False, header_row=_HEADER_ROW)
        sheet.freeze_panes(_HEADER_ROW + 1, 0)

    def table(self, form: SheetForm, rows: Sequence[RawRow]) -> None:
        sheet = self._sheet(form)
        last = _HEADER_ROW + max(len(rows), INPUT_ROWS)
        for number, column in enumerate(form.columns):
            wrap = column.type is CellType.LONG
            style = self.style(locked=False, text_wrap=wrap, num_format=_entry_format(column))
            sheet.set_column(number, number, column.width, style)
            required = "#FFF2CC" if column.required else "#DDEBF7"
            sheet.write_string(_HEADER_ROW, number, _title(column), self._heading(required))
            self._guide(sheet, (_HEADER_ROW + 1, number, last, number), column)
            for line, row in enumerate(rows, _HEADER_ROW + 1):
                self._value(sheet, line, number, column, row.get(column.field))
        sheet.set_row(_HEADER_ROW, 30)
        self._print(sheet, landscape=sum(c.width for c in form.columns) > 90, header_row=_HEADER_ROW)
        names = [column.field for column in form.columns]
        sheet.freeze_panes(_HEADER_ROW + 1, names.index("name") + 1 if "name" in names[:6] else 1)

    def extra(self, extra: ExtraSheet) -> None:
        sheet = self.book.add_worksheet(extra.name)
        for number, heading in enumerate(extra.headings):
            sheet.set_column(number, number, 24, self.style(text_wrap=True))
            sheet.write_string(0, number, heading, self._heading())
        for line, row in enumerate(extra.rows, 1):
            for number, text in enumerate(row):
                self._write_text(sheet, line, number, text, locked=False)
        sheet.freeze_panes(1, 0)
        if extra.hidden:
            sheet.very_hidden()

    def _sheet(self, form: SheetForm) -> Any:
        sheet = self.book.add_worksheet(form.name)
        sheet.set_column(0, _LAST_UNLOCKED_COLUMN, None, self.style(locked=False))
        sheet.write_string(0, 0, form.name, self.style(bold=True, font_size=14))
        sheet.write_string(1, 0, form.help, self.style(font_color="#595959"))
        allowed = ("format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows", "delete_columns",
                   "delete_rows", "sort", "autofilter", "insert_hyperlinks", "objects")  # fmt: skip
        sheet.protect("", dict.fromkeys(allowed, True))
        return sheet

    def _heading(self, colour: str = "#DDEBF7") -> Any:
        return self.style(bold=True, border=1, align="center", text_wrap=True, bg_color=colour, locked=True)

    def _write_text(self, sheet: Any, line: int, number: int, text: str, **properties: Any) -> None:
        """A text as text: never a formula, a link or a number, and never cut off."""
        if len(text.encode("utf-16-le", "replace")) // 2 > _LONGEST_TEXT:
            raise BadInput(f"有一格文字超过 {_LONGEST_TEXT} 个字符，表格存不下：“{text[:30]}……”，请先分成几格")
        if text.startswith(_RISKY):
            properties["quote_prefix"] = True
        sheet.write_string(line, number, text.encode("utf-8", "replace").decode(), self.style(**properties))

    def _value(self, sheet: Any, line: int, number: int, column: Column, cell: Cell | None) -> None:
        """The cell as it was: numbers as numbers, dates as dates, everything else as text, never as a formula."""
        look: dict[str, Any] = {"locked": False, "border": 1, "border_color": "#BFBFBF"}
        if column.type is CellType.LONG:
            look["text_wrap"] = True
        if column.type in _AS_TEXT:
            look["num_format"] = "@"
        if cell is None:
            return
        if cell.kind == "n" and (value := _as_number(cell.raw)) is not None:
            look["num_format"] = cell.number_format or (_MONEY_FORMAT if column.type is CellType.MONEY else "General")
            sheet.write_number(line, number, value, self.style(**look))
        elif cell.kind == "d":
            look["num_format"] = cell.number_format or "yyyy-mm-dd"
            sheet.write_datetime(line, number, datetime.fromisoformat(cell.raw), self.style(**look))
        elif cell.kind == "b":
            sheet.write_boolean(line, number, cell.raw == "TRUE", self.style(**look))
        else:
            self._write_text(sheet, line, number, cell.raw, **look)

    def _guide(self, sheet: Any, area: tuple[int, int, int, int], column: Column) -> None:
        """What to fill in, shown when the cell is entered; a drop-down where there is a choice."""
        choices = column.choices
        if column.type is CellType.COMPARATOR:
            choices = ("≥", ">", "=", "<", "≤", "定性")
        elif column.type is CellType.YES_NO:
            choices = ("是", "否")
        rule: dict[str, Any] = {"validate": "list", "source": list(choices)} if choices else {"validate": "any"}
        sheet.data_validation(*area, {**rule, "input_title": column.title[:32], "input_message": column.help[:255],
                                      "error_title": "请从列表中选择", "error_message": column.help[:255],
                                      "ignore_blank": True})  # fmt: skip

    def _print(self, sheet: Any, *, landscape: bool, header_row: int | None) -> None:
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        if landscape:
            sheet.set_landscape()
        if header_row is not None:
            sheet.repeat_rows(header_row)


def _entry_format(column: Column) -> str:
    return "@" if column.type in _AS_TEXT else "General"


def _as_number(raw: str) -> Decimal | None:
    try:
        return exact_from_spreadsheet(raw)
    except ValueError:
        return None


def _title(column: Column) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else column.title
