"""Workbooks as XlsxWriter, openpyxl and LibreOffice write them are read back equal; calamine bears witness."""

import datetime
import hashlib
import math
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.formats import Limits, Merge, open_book

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\t")).map(
    lambda t: f"文{t}字"
)
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e15, 1e15).map(lambda value: float(f"{value:.15g}"))
DATES = st.datetimes(datetime.datetime(1900, 3, 1), datetime.datetime(9999, 12, 30)).map(
    lambda d: d.replace(microsecond=0)
)
PLACES = st.tuples(st.integers(1, 40), st.integers(1, 30))
SHEETS = st.dictionaries(PLACES, TEXTS | NUMBERS | st.booleans() | DATES, max_size=40)


def shown(value):
    """A Python value as `Cell` gives its kind and raw text; numbers as what they are worth."""
    if isinstance(value, bool):
        return "b", "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return "d", value.date().isoformat() if midnight else value.isoformat()
    return ("s", value) if isinstance(value, str) else ("n", float(value))


def read_back(path):
    [sheet] = open_book(path).sheets
    return {
        (cell.row, cell.column): (cell.kind, float(cell.raw) if cell.kind == "n" else cell.raw) for cell in sheet.cells
    }


def by_openpyxl(path, values):
    workbook = openpyxl.Workbook()
    for (row, column), value in values.items():
        cell = workbook.active.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # "=…" is meant as text here
    workbook.save(path)


def by_xlsxwriter(path, values):
    with xlsxwriter.Workbook(path) as workbook:
        sheet, date = workbook.add_worksheet(), workbook.add_format({"num_format": 'yyyy"年"m"月"d"日" h:mm'})
        for (row, column), value in values.items():
            if isinstance(value, datetime.datetime):
                sheet.write_datetime(row - 1, column - 1, value, date)
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value)
            else:
                sheet.write(row - 1, column - 1, value)


@pytest.mark.parametrize("writer", [by_openpyxl, by_xlsxwriter])
@settings(max_examples=25, deadline=None)
@given(values=SHEETS)
def test_random_sheets_come_back_equal(writer, values):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "随机.xlsx"
        writer(path, values)
        ours, wanted = read_back(path), {place: shown(value) for place, value in values.items()}
        assert ours.keys() == wanted.keys()
        for place, (kind, value) in wanted.items():
            assert ours[place][0] == kind
            assert ours[place][1] == value or math.isclose(ours[place][1], value, rel_tol=1e-14)
        assert list(ours) == sorted(ours)


@settings(max_examples=15, deadline=None)
@given(values=SHEETS)
def test_calamine_sees_the_same_cells(values):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "随机.xlsx"
        by_xlsxwriter(path, values)
        rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        seen = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}
        ours = read_back(path)
        assert ours.keys() == seen.keys()
        assert all(ours[place][1] == value for place, value in seen.items() if isinstance(value, str))


def test_the_book_knows_its_name_and_its_bytes(tmp_path):
    path = tmp_path / "样例街道.xlsx"
    by_xlsxwriter(path, {(1, 1): "街道"})
    book = open_book(path)
    assert (book.name, book.sha256) == ("样例街道.xlsx", hashlib.sha256(path.read_bytes()).hexdigest())


def test_xlsxwriter_formulas_rich_text_and_inline_strings(tmp_path):
    for memory in (True, False):
        path = tmp_path / f"公式{memory}.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": memory}) as workbook:
            sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True})
            percent = workbook.add_format({"num_format": "0.00%"})
            sheet.write_rich_string(0, 0, "重点", bold, "项目 ", "支出")
            sheet.write_formula(0, 1, "=1/4", percent, 0.25)
            sheet.write_formula(0, 2, "=A9")
            sheet.write_blank(0, 3, None, percent)
            sheet.merge_range(2, 0, 3, 2, "合并")
            sheet.set_row(5, None, None, {"hidden": True})
            sheet.write(5, 0, True)
        [read] = open_book(path).sheets
        assert [tuple(cell[2:]) for cell in read.cells] == [
            ("s", "重点项目 支出", "", ""),
            ("n", "0.25", "0.00%", "=1/4"),
            ("n", "0", "", "=A9"),
            ("s", "合并", "", ""),
            ("b", "TRUE", "", ""),
        ]
        assert (read.merges, read.hidden_rows) == ((Merge(3, 1, 4, 3),), frozenset({6}))


def test_openpyxl_formulas_have_no_value(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active["B2"] = "=SUM(C1:C9)"
    workbook.create_chartsheet("图")
    workbook.save(tmp_path / "公式.xlsx")
    [sheet] = open_book(tmp_path / "公式.xlsx").sheets
    assert [(cell.kind, cell.raw, cell.formula) for cell in sheet.cells] == [("f", "=SUM(C1:C9)", "=SUM(C1:C9)")]


def test_libreoffice_writes_what_we_read(tmp_path, soffice):
    day = datetime.datetime(2023, 10, 1, 12, 30)
    values = {(2, 2): "街道\n办事处", (2, 3): 31385.997668, (5, 1): day, (6, 7): True}
    (tmp_path / "out").mkdir()
    by_openpyxl(tmp_path / "表.xlsx", values)
    profile = (tmp_path / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, tmp_path / "out", tmp_path / "表.xlsx"], check=True, capture_output=True, timeout=120)
    assert read_back(tmp_path / "out" / "表.xlsx") == {place: shown(value) for place, value in values.items()}


def test_a_year_of_ten_thousand_rows_comes_whole_and_in_time(tmp_path):
    path = tmp_path / "大表.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(10_000):
            sheet.write_row(row, 0, [f"项目{row}", *range(row, row + 19)])
    [read] = open_book(path, Limits(seconds=5)).sheets
    assert len(read.cells) == 200_000
    assert [cell.raw for cell in read.cells[-20:]] == ["项目9999", *map(str, range(9999, 9999 + 19))]


def test_two_hundred_thousand_styled_empty_rows_yield_nothing_quickly(parts, write):
    rows = "".join(f'<row r="{r}" s="1" customFormat="1"><c r="A{r}" s="1"/></row>' for r in range(2, 200_002))
    path = write(parts(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}'))
    [sheet] = open_book(path, Limits(seconds=5)).sheets
    assert [cell.raw for cell in sheet.cells] == ["1"]
