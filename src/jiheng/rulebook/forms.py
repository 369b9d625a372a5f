"""The year's workbook as data: its sheets, their columns, what each cell is for."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from jiheng.rulebook.source import bind, packs, read

_STRICT = ConfigDict(extra="forbid")


class CellType(StrEnum):
    """What may stand in a cell; `intake.cells` has one parser for each."""

    TEXT = "text"
    LONG = "long"
    MONEY = "money"
    PERCENT = "percent"
    FIGURE = "figure"
    POINTS = "points"
    COUNT = "count"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    YES_NO = "yes_no"
    CODES = "codes"
    COMPARATOR = "comparator"
    UNIT = "unit"
    REGION = "region"
    YEAR = "year"
    ANSWER = "answer"


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Column:
    """One column of a table, or one line of a form.

    **Shape** `unit` is the unit of money where neither heading nor cell names one; `carry_down` means that an empty
    cell repeats the one above, as the official forms do with merged cells; `usually_whole` marks rates of which a
    bare 1 means 100%; `month_means` says which day a date given only to the month stands for. `disclosure` is the 公开属性
    of what is filled in: 不公开 are the names and telephone numbers of people.
    """

    field: str
    title: str
    type: CellType
    help: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    choices: tuple[str, ...] = ()
    width: int = 14
    required: bool = False
    carry_down: bool = False
    usually_whole: bool = False
    month_means: Literal["", "first", "last"] = ""
    disclosure: Literal["公开", "依申请公开", "不公开"] = "公开"


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class SheetForm:
    """One sheet: a table (a record a row) or a form (one record, a line a field).

    **Shape** `record` is the field of `DepartmentYear`; `key` names the fields that identify a row when offices' packs
    are merged; `office` is the field that says which office answers for a row, `through` the field that names the
    project whose office does; `totals` means that a row called 合计 is a record like any other.
    """

    name: str
    record: str
    kind: Literal["table", "form"]
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    office: str = ""
    through: str = ""
    aliases: tuple[str, ...] = ()
    totals: bool = False
    prefill: tuple[tuple[str, ...], ...] = ()

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.field == field)


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class WorkbookForm:
    """The whole workbook."""

    title: str
    secrecy: str
    instructions: tuple[str, ...]
    sheets: tuple[SheetForm, ...]

    def sheet(self, record: str) -> SheetForm:
        """The sheet of a record type."""
        return next(sheet for sheet in self.sheets if sheet.record == record)


@cache
def workbook_form() -> WorkbookForm:
    """The form of the year's workbook, from `forms/workbook.yaml` of our pack."""
    return bind(read(packs()[0] / "forms" / "workbook.yaml"), TypeAdapter(WorkbookForm))
