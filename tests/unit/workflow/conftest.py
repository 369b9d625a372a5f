"""A small year on disk, its packs, and an office's hand at work in them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from jiheng.formats import Cell
from jiheng.intake.reader import read_workbook
from jiheng.intake.workbook import Content, RawRow, text_cell, write_workbook

Row = dict[str, object]


def raw(row: Row) -> RawRow:
    """A row of plain values as raw cells."""
    return {
        name: text_cell(value) if isinstance(value, str) else Cell(0, 0, "n", str(value), "", "")
        for name, value in row.items()
    }


@pytest.fixture
def year(tmp_path: Path) -> Callable[..., Path]:
    """Writes a year's workbook from plain rows by record."""

    def writing(name: str = "总表.xlsx", **rows: Sequence[Row]) -> Path:
        profile = {"department": "某街道", "region": "110105", "fiscal_year": "2023"}
        path = tmp_path / name
        content = {"profile": [raw(profile)], **{record: [raw(row) for row in found] for record, found in rows.items()}}
        write_workbook(path, Content(content))
        return path

    return writing


@pytest.fixture
def base(year: Callable[..., Path]) -> Path:
    """Two offices with two projects and their indicators."""
    return year(
        offices=[{"name": "城管科"}, {"name": "民政科"}],
        indicators=[
            {"code": "Z1", "dimension": "产出指标", "name": "清运", "comparator": "≥", "target": 20, "unit": "次",
             "weight": 10, "office": "城管科"},
            {"code": "Z2", "dimension": "产出指标", "name": "慰问", "comparator": "≥", "target": 30, "unit": "户",
             "weight": 10, "office": "民政科", "actual": 31},
        ],
        projects=[
            {"code": "P1", "name": "环境整治", "office": "城管科", "executed": 100},
            {"code": "P2", "name": "困难慰问", "office": "民政科", "executed": 50},
        ],
        sub_items=[{"project": "P1", "name": "清运", "budget": 1000}],
        management_facts=[{"item": "专款专用"}, {"item": "项目总数", "answer": 2}],
    )  # fmt: skip


@pytest.fixture
def edit() -> Callable[..., None]:
    """Changes cells of a file as an office would: edit(path, {("项目", "完成情况", 1): "完成"}) names sheet, heading, row."""

    def editing(
        path: Path, changes: dict[tuple[str, str, int], object], *, delete: Sequence[tuple[str, int]] = ()
    ) -> None:
        book = openpyxl.load_workbook(path)
        for (sheet_name, heading, row), value in changes.items():
            sheet = book[sheet_name]
            columns = [cell.column for cell in sheet[3] if str(cell.value).startswith(heading)]
            column = columns[0] if columns else 2
            line = 3 + row if columns else next(c.row for c in sheet["A"] if str(c.value).startswith(heading))
            cell = sheet.cell(line, column)
            if isinstance(value, tuple):  # text that openpyxl would take for a formula
                cell.value, cell.data_type = value[1], "s"
            else:
                cell.value = value
        for sheet_name, row in delete:
            book[sheet_name].delete_rows(3 + row)
        book.save(path)

    return editing


@pytest.fixture
def rows() -> Callable[[Path, str], list[dict[str, str]]]:
    """The rows of a record in a file, as texts."""

    def reading(path: Path, record: str) -> list[dict[str, str]]:
        return [{name: cell.raw for name, cell in row.cells.items()} for row in read_workbook(path).rows[record]]

    return reading


@pytest.fixture
def lines() -> Callable[[Path, str], list[tuple[object, ...]]]:
    """The lines below the headings of a plain sheet; none when there is no such sheet."""

    def reading(path: Path, name: str) -> list[tuple[object, ...]]:
        book = openpyxl.load_workbook(path)
        return list(book[name].iter_rows(min_row=2, values_only=True)) if name in book.sheetnames else []

    return reading
