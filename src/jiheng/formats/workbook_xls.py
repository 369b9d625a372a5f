"""The old .xls format, read by calamine. It gives values without number formats, formulas and hidden rows."""

import io
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from jiheng.errors import BadInput
from jiheng.formats.answer import Answer, CellValues
from jiheng.formats.limits import Limits
from jiheng.formats.sentences import DAMAGED, SAVE_AGAIN, shown

_DAY = timedelta(days=1)


def read_xls(data: bytes, limits: Limits, answer: Answer) -> None:
    """Pass the whole workbook to the answer.

    Raises: BadInput.
    """
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (calamine.CalamineError, OSError):
        raise BadInput(DAMAGED) from None
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.sheets:
        raise BadInput(f"工作簿有 {len(sheets)} 张工作表，超过 {limits.sheets} 张的上限；请拆成几个文件再试")
    answer.formats([""])
    for metadata in sheets:
        answer.begin_sheet(metadata.name, metadata.visible != calamine.SheetVisibleEnum.Visible)
        try:
            sheet = workbook.get_sheet_by_name(metadata.name)
        except calamine.CalamineError:
            raise BadInput(f"工作表“{shown(metadata.name)}”已损坏，读不出来；{SAVE_AGAIN}") from None
        # calamine begins at the first row of the sheet, but at the first column that holds something.
        first = sheet.start[1] + 1 if sheet.start else 1
        for row, values in enumerate(sheet.iter_rows(), 1):
            cells = [cell for column, value in enumerate(values, first) if (cell := _cell(column, value))]
            if cells:
                answer.add(row, cells)
        merges = [
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        answer.end_sheet(merges, [])


def _cell(column: int, value: int | float | str | bool | date | datetime | time | timedelta) -> CellValues | None:
    kind, raw = _kind_and_raw(value)
    return None if not raw or raw.isspace() else (column, kind, raw, 0, "")


def _kind_and_raw(value: int | float | str | bool | date | datetime | time | timedelta) -> tuple[str, str]:
    if isinstance(value, str):
        return "s", value
    if isinstance(value, bool):
        return "b", "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        day = value.replace(microsecond=0)
        return "d", day.date().isoformat() if day.time() == time() else day.isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        value = value / _DAY
    return "n", str(int(value)) if value == int(value) else repr(value)
