"""The old .xls through calamine, WPS's .et through LibreOffice."""

import datetime
import hashlib
import shutil
import subprocess

import openpyxl
import pytest

from jiheng.errors import BadInput
from jiheng.formats import Cell, Limits, Merge, libreoffice, open_book


@pytest.fixture
def by_libreoffice(tmp_path, soffice):
    """A .xls that LibreOffice wrote."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "收支"
    sheet["D7"] = "街道"
    sheet["E7"] = 0.953
    sheet["E7"].number_format = "0.00%"
    sheet["F7"] = datetime.date(2023, 10, 1)
    sheet["F8"] = datetime.datetime(2023, 10, 1, 12, 30)
    sheet["D9"] = True
    sheet["E9"] = 12345678901
    sheet["F9"] = "=E9*2"
    sheet["G9"] = "=1/0"
    sheet["D10"] = datetime.time(12)
    sheet["D11"] = "合并"
    sheet.merge_cells("D11:E12")
    sheet.row_dimensions[8].hidden = True
    workbook.create_sheet("藏").sheet_state = "hidden"
    workbook["藏"]["A1"] = " \n"
    workbook.save(tmp_path / "表.xlsx")
    profile = (tmp_path / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xls", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "表.xlsx"], check=True, capture_output=True, timeout=120)
    return tmp_path / "表.xls"


def test_a_small_xls(tmp_path, xls_bytes):
    path = tmp_path / "旧表.XLS"
    path.write_bytes(xls_bytes)
    book = open_book(path)
    assert (book.name, book.sha256) == ("旧表.XLS", hashlib.sha256(xls_bytes).hexdigest())
    [sheet] = book.sheets
    assert (sheet.name, sheet.hidden, sheet.merges) == ("表一", False, ())
    assert sheet.cells == [
        Cell(2, 2, "s", "街道", "", ""),
        Cell(2, 3, "n", "12.5", "", ""),
        Cell(4, 3, "n", "7", "", ""),
    ]


def test_values_of_every_kind_in_xls(by_libreoffice):
    first, second = open_book(by_libreoffice).sheets
    assert [tuple(cell[:4]) for cell in first.cells] == [
        (7, 4, "s", "街道"),
        (7, 5, "n", "0.953"),
        (7, 6, "d", "2023-10-01"),
        (8, 6, "d", "2023-10-01T12:30:00"),
        (9, 4, "b", "TRUE"),
        (9, 5, "n", "12345678901"),
        (9, 6, "n", "24691357802"),
        (10, 4, "n", "0.5"),
        (11, 4, "s", "合并"),
    ]
    assert first.merges == (Merge(11, 4, 12, 5),)
    assert (second.name, second.hidden, second.cells) == ("藏", True, [])


def test_et_is_converted_and_keeps_formats_formulas_and_its_own_hash(by_libreoffice):
    path = by_libreoffice.with_suffix(".et")
    shutil.copy(by_libreoffice, path)
    book = open_book(path)
    assert (book.name, book.sha256) == ("表.et", hashlib.sha256(path.read_bytes()).hexdigest())
    cells = {(cell.row, cell.column): cell for cell in book.sheets[0].cells}
    assert cells[7, 5] == Cell(7, 5, "n", "0.953", "0.00%", "")
    assert cells[9, 6] == Cell(9, 6, "n", "24691357802", "", "=E9*2")
    assert (cells[9, 7].kind, cells[9, 7].raw) == ("e", "#DIV/0!")
    assert book.sheets[0].hidden_rows == {8}


def refusal(path, **limits):
    with pytest.raises(BadInput) as caught:
        open_book(path, Limits(**limits))
    return caught.value.sentence


@pytest.mark.parametrize("keep", [0.3, 0.6])
def test_a_damaged_xls(tmp_path, xls_bytes, keep):
    path = tmp_path / "坏.xls"
    path.write_bytes(xls_bytes[: int(len(xls_bytes) * keep)])
    assert "请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试" in refusal(path)


@pytest.mark.parametrize("limit", [{"rows": 3}, {"cells": 2}])
def test_limits_hold_for_xls(tmp_path, xls_bytes, limit):
    path = tmp_path / "多.xls"
    path.write_bytes(xls_bytes)
    assert "请" in refusal(path, **limit)
    assert "超过" in refusal(path, **limit)


def test_et_without_libreoffice_says_how_to_save(tmp_path, xls_bytes, monkeypatch):
    path = tmp_path / "表.et"
    path.write_bytes(xls_bytes)
    monkeypatch.setattr(libreoffice, "libreoffice", lambda: None)
    assert refusal(path) == (
        "表.et：这是 WPS 的 .et 工作簿，本机没有可以转换它的 LibreOffice；请用 WPS 打开，另存为 .xlsx 后再试"
    )


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("sleep 60", "LibreOffice 在 1 秒内没有转换完，已停止；"),
        ("exit 3", "LibreOffice 没能转换这个 .et 工作簿（可能设有密码，或者已损坏）；"),
        ('mkdir -p "$8"; head -c 2000000 /dev/zero > "$8/file.xlsx"', ".et 工作簿转换后过大；"),
    ],
)
def test_a_libreoffice_that_fails(tmp_path, xls_bytes, monkeypatch, script, sentence):
    path, program = tmp_path / "表.et", tmp_path / "soffice"
    path.write_bytes(xls_bytes)
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "libreoffice", lambda: str(program))
    assert sentence in refusal(path, seconds=1, file_bytes=1_000_000)
