"""Workbooks made by hand: sheets of plain Python values, without a file."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from jiheng.formats import Book, Cell, Merge, Sheet
from jiheng.intake.reader import Intake, bind_book

PROFILE = [["项目", "填写内容"], ["部门名称", "某街道"], ["行政区划代码", "110105"], ["预算年度", "2023"]]


def cell(row: int, column: int, value: object) -> Cell:
    """A cell: text, a number, a (kind, raw), a (kind, raw, number format) or a (kind, raw, number format, formula)."""
    if isinstance(value, tuple):
        kind, raw, number_format, formula = (*value, "", "")[:4]
        return Cell(row, column, kind, raw, number_format, formula)
    kind = "n" if isinstance(value, int | Decimal) else "s"
    return Cell(row, column, kind, str(value), "", "")


def sheet(name: str, rows: list[list[object]], merges: tuple[Merge, ...] = (), hidden: bool = False) -> Sheet:
    """A sheet from its rows; None is an empty cell."""
    cells = [
        cell(number, column, value)
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if value is not None
    ]
    return Sheet(name, hidden, cells, merges, frozenset())


@pytest.fixture
def read() -> Callable[..., Intake]:
    """Reads sheets given as name=rows (or as Sheet), beside a right 基本信息."""

    def reading(*sheets: Sheet, profile: bool = True, **tables: list[list[object]]) -> Intake:
        made = [sheet(name, rows) for name, rows in tables.items()]
        first = [sheet("基本信息", PROFILE)] if profile else []
        return bind_book(Book("某街道.xlsx", "0" * 64, (*first, *sheets, *made)))

    return reading


@pytest.fixture
def make_sheet() -> Callable[..., Sheet]:
    """Makes a sheet with merged blocks or hidden."""
    return sheet


@pytest.fixture
def said() -> Callable[[Intake], list[tuple[str, str, str]]]:
    """What a reading has to say: level, place, message."""
    return lambda intake: [(one.level.value, str(one.where), one.message) for one in intake.faults]


@pytest.fixture
def left() -> Callable[[Intake], list[tuple[str, str]]]:
    """What no field took: place and text."""
    return lambda intake: [(str(one.where), one.text) for one in intake.unrecognised]


@pytest.fixture
def samples() -> list[Path]:
    """The workbooks that come with the program."""
    return sorted((Path(__file__).parents[3] / "samples").glob("*.xlsx"))
