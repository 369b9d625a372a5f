"""The workbook as it is written: what a clerk sees in it, and that nothing in it can be anything but a value."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from jiheng.errors import BadInput
from jiheng.formats import Cell, open_book
from jiheng.intake.packs import explicit_rows
from jiheng.intake.reader import Intake, bind_book, read_workbook
from jiheng.intake.workbook import Content, ExtraSheet, empty_content, text_cell, write_workbook
from jiheng.model import DepartmentYear
from jiheng.rulebook.forms import CellType, workbook_form
from jiheng.values import RegionCode

FORM = workbook_form()


def without_places(year: DepartmentYear) -> DepartmentYear:
    """The year without origins and source, which a copy does not share."""
    parts = {}
    for one in fields(year):
        value = getattr(year, one.name)
        if isinstance(value, tuple):
            parts[one.name] = tuple(replace(record, origin=None) for record in value)
        elif hasattr(value, "origin"):
            parts[one.name] = replace(value, origin=None)
    return DepartmentYear(**parts)  # type: ignore[arg-type]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty workbook for a department called like a formula."""
    path = tmp_path / "空.xlsx"
    write_workbook(path, empty_content(FORM, "=某街道", RegionCode("110105"), 2024))
    return path


def test_an_empty_workbook_is_read_back_as_empty(empty: Path) -> None:
    intake = read_workbook(empty)
    assert (intake.year.profile.department, str(intake.year.profile.region)) == ("=某街道", "110105")
    assert without_places(intake.year) == DepartmentYear(profile=replace(intake.year.profile, origin=None))
    assert (intake.faults, intake.unrecognised) == ((), ())


def test_each_sheet_explains_itself_and_prints_well(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    assert book.sheetnames == ["填表说明", *(one.name for one in FORM.sheets)]
    for form in FORM.sheets:
        sheet = book[form.name]
        assert (sheet["A1"].value, sheet["A2"].value) == (form.name, form.help)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        wide = form.kind == "table" and sum(column.width for column in form.columns) > 90
        assert sheet.page_setup.orientation == ("landscape" if wide else "portrait")
        if form.kind == "table":
            titles = [cell.value for cell in sheet[3]]
            assert titles == [c.title + (f"（{c.unit}）" if c.unit else "") for c in form.columns]
            widths = [sheet.column_dimensions[letter(sheet, n)].width for n in range(1, len(form.columns) + 1)]
            assert all(abs(width - column.width) < 1 for width, column in zip(widths, form.columns, strict=True))


def letter(sheet: Worksheet, number: int) -> str:
    """The letters of a column; openpyxl keeps equal neighbours under the first of them."""
    for letters, dimension in sheet.column_dimensions.items():
        if dimension.min <= number <= dimension.max:
            return letters
    raise AssertionError(number)


def test_every_input_cell_says_what_to_fill_in_and_offers_its_choices(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    for form in FORM.sheets:
        rules = sorted(book[form.name].data_validations.dataValidation, key=lambda rule: str(rule.sqref))
        told = {(rule.promptTitle, rule.prompt, rule.formula1) for rule in rules}
        expected = set()
        for column in form.columns:
            choices = column.choices
            if column.type is CellType.COMPARATOR:
                choices = ("≥", ">", "=", "<", "≤", "定性")
            elif column.type is CellType.YES_NO:
                choices = ("是", "否")
            listed = f'"{",".join(choices)}"' if choices else None
            expected.add((column.title, column.help, listed))
        assert told == expected


def test_nothing_is_locked_but_titles_headings_and_labels(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    for form in FORM.sheets:
        sheet = book[form.name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not any(
            getattr(sheet.protection, name)
            for name in ("formatCells", "formatColumns", "formatRows", "insertRows", "insertColumns", "deleteRows",
                         "deleteColumns", "sort", "autoFilter")
        )  # fmt: skip
        written = [cell for (row, _), cell in sheet._cells.items() if row > 3]
        for cell in written:
            is_label = form.kind == "form" and cell.column in (1, 3)
            assert is_label or not cell.protection.locked
        whole_sheet = [(one.min, one.max) for one in sheet.column_dimensions.values()]
        assert max(end for _, end in whole_sheet) == 200
        assert not any(one.protection.locked for one in sheet.column_dimensions.values())


def test_text_columns_keep_what_is_typed(empty: Path) -> None:
    sheet = openpyxl.load_workbook(empty)["绩效指标"]
    formats = {
        column.field: sheet.column_dimensions[letter(sheet, number)].number_format
        for number, column in enumerate(FORM.sheet("indicators").columns, 1)
    }
    assert (formats["code"], formats["comparator"], formats["target"]) == ("@", "@", "General")


RISKY = ["=cmd|'/c calc'!A1", "+1+1", "-5", "@SUM(A1)", "\t=1", "=1+1\n=2", "http://example.com", "'引号", "007", "1-2",
         "  空格  ", "多\n行", "_x0041_", "emoji😀", "&<>\"", "\x1b[2J", "a\x07b", "\ufffe", "某\r\n行"]  # fmt: skip


def test_text_stays_text_whatever_it_begins_with(tmp_path: Path) -> None:
    path = tmp_path / "风险.xlsx"
    rows = {"offices": [{"name": text_cell(text)} for text in RISKY]}
    content = empty_content(FORM, "某街道", RegionCode("110105"), 2024)
    extra = (ExtraSheet("合并冲突", ("表", "行"), tuple((text, text) for text in RISKY)),)
    write_workbook(path, Content({**content.rows, **rows}, extra))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, data in parts.items() if b"<f>" in data or b"<f " in data or b"hyperlink" in data]
    cells = {cell.raw for sheet in open_book(path).sheets if sheet.name == "合并冲突" for cell in sheet.cells}
    assert set(RISKY) <= cells
    names = [one.name for one in read_workbook(path).year.offices]
    assert names == [text.strip() for text in RISKY]
    guarded = openpyxl.load_workbook(path)["合并冲突"]["A2"]
    assert (guarded.data_type, guarded.quotePrefix) == ("s", True)


def test_a_text_that_no_cell_can_hold_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    content = empty_content(FORM, "某街道", RegionCode("110105"), 2024)
    long = Content({**content.rows, "offices": [{"name": text_cell("长" * 32_768)}]})
    with pytest.raises(BadInput, match="超过 32767 个字符"):
        write_workbook(tmp_path / "长.xlsx", long)
    assert list(tmp_path.iterdir()) == []


numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(numbers, st.sampled_from(["", "0.00%", "#,##0", '0"元"', "000"])), min_size=20, max_size=60))
def test_numbers_are_written_as_they_were(tmp_path_factory: pytest.TempPathFactory, given: list) -> None:
    path = tmp_path_factory.mktemp("numbers") / "数.xlsx"
    cells = [Cell(0, 0, "n", str(number), number_format, "") for number, number_format in given]
    content = empty_content(FORM, "某街道", RegionCode("110105"), 2024)
    rows = [{"name": text_cell(f"数{place}"), "value": one} for place, one in enumerate(cells)]
    write_workbook(path, Content({**content.rows, "achievements": rows}))
    back = [row.cells["value"] for row in read_workbook(path).rows["achievements"]]
    assert [(float(one.raw), one.number_format) for one in back] == [(float(a.raw), a.number_format) for a in cells]
    assert [len(one.raw.lstrip("-").replace(".", "")) <= 17 for one in back] == [True] * len(back)


def copy_of(intake: Intake) -> Content:
    return Content({sheet.record: rows for sheet, rows in explicit_rows(FORM, intake)})


def test_what_was_read_and_written_again_is_equal(samples: list[Path], tmp_path: Path) -> None:
    for path in samples:
        intake = read_workbook(path)
        copy = tmp_path / path.name
        write_workbook(copy, copy_of(intake))
        again = read_workbook(copy)
        assert without_places(again.year) == without_places(intake.year)
        assert [one.message.split("表 ")[1][3:] for one in again.faults if "表 " in one.message] == [
            one.message.split("表 ")[1][3:] for one in intake.faults if "表 " in one.message
        ]


def test_every_kind_of_cell_survives_writing(read: Callable[..., Intake], tmp_path: Path) -> None:
    intake = read(
        项目=[["项目编号", "项目名称", "执行数（元）", "开始日期", "结束日期", "完成情况"],
              [("n", "1", "000"), "甲", ("n", "2647200", '0"元"'), ("d", "2023-10-01", 'yyyy"年"m"月"'),
               ("d", "2023-10-01", 'yyyy"年"m"月"'), "完成"],
              ["002", "乙", ("n", "0.1", ""), "2023年2月", "2023年2月", None],
              ["003", "丙", "1,234.5", None, None, None]],
        绩效指标=[["一级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "实际完成值", "需求驱动"],
                  ["产出指标", "甲", "≥", ("n", "0.95", "0%"), "%", ("n", "0.953", "0.0%"), ("b", "TRUE")],
                  ["产出指标", "乙", "≥", ("n", "20", '0"次"'), "次", "90以上", ("b", "FALSE")]],
        主要成效=[["数据名称", "数值（亿元）", "比上年增长（‰）"], ["收入", ("n", "8.8"), ("n", "5")], ["支出", "9以上", "0.5%"]],
        自报结果=[["预算执行率", ("n", "0.9963", "0.00%")], ["结转结余率", ("n", "0.37")], ["决算数（元）", ("n", "100")]],
    )  # fmt: skip
    path = tmp_path / "再读.xlsx"
    write_workbook(path, copy_of(intake))
    again = read_workbook(path).year
    expected = without_places(intake.year)
    for one in fields(DepartmentYear):
        if one.name != "source":
            assert plain(getattr(without_places(again), one.name)) == plain(getattr(expected, one.name)), one.name


def plain(value: object) -> str:
    """Records as text without the words of figures: a unit from the heading now stands in the cell."""
    import re

    return re.sub(r"text='[^']*'", "", str([repr(one) for one in value] if isinstance(value, tuple) else repr(value)))


def test_a_file_saved_by_libreoffice_says_the_same(samples: list[Path], tmp_path: Path, empty: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI 应装有 LibreOffice（soffice）")
        pytest.skip("本机没有 LibreOffice（soffice）")
    written = tmp_path / "写出.xlsx"
    write_workbook(written, copy_of(read_workbook(samples[-1])))
    out = tmp_path / "另存"
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(out), str(written), str(empty)], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert without_places(read_workbook(out / written.name).year) == without_places(read_workbook(samples[-1]).year)
    assert read_workbook(out / empty.name).unrecognised == ()
    assert bind_book(open_book(out / empty.name)).faults == ()


# --- the disk ---------------------------------------------------------------------------------------------------------


def test_only_xlsx_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"后缀不是 \.xlsx"):
        write_workbook(tmp_path / "年.xls", Content({}))


@pytest.mark.parametrize("folder", ["不存在", "文件"])
def test_a_folder_that_is_none(tmp_path: Path, folder: str) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BadInput, match=r"不能在“.*”里写文件"):
        write_workbook(tmp_path / folder / "年.xlsx", Content({}))
    assert [one.name for one in tmp_path.iterdir()] == ["文件"]


@pytest.mark.parametrize(
    ("error", "raised"),
    [(OSError(28, "x"), BadInput), (OSError(30, "x"), BadInput), (KeyboardInterrupt(), KeyboardInterrupt),
     (ValueError("x"), ValueError)],
)  # fmt: skip
def test_an_interrupted_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, raised: type[BaseException]
) -> None:
    import xlsxwriter

    def fail(_self: object) -> None:
        raise error

    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", fail)
    with pytest.raises(raised):
        write_workbook(tmp_path / "年.xlsx", empty_content(FORM, "甲", RegionCode("110105"), 2024))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_at_the_very_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    def fail(_self: object) -> None:
        raise FileCreateError(OSError(28, "No space left on device"))

    monkeypatch.setattr(xlsxwriter.Workbook, "close", fail)
    with pytest.raises(BadInput, match="磁盘已满"):
        write_workbook(tmp_path / "年.xlsx", Content({}))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_moved_into_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "年.xlsx"
    target.write_text("旧")

    def fail(*_arguments: object) -> None:
        raise PermissionError(13, "x")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(BadInput, match="文件可能正被打开"):
        write_workbook(target, Content({}))
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("年.xlsx", "旧")]
