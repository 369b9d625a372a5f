"""The use-cases at the edge of the disk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jiheng.errors import BadInput
from jiheng.workflow import check_workbook, new_workbook, write_findings


@pytest.mark.parametrize(
    ("department", "region", "year", "sentence"),
    [
        ("  ", "110105", 2024, "没有写部门名称，或名称里有看不见的字符：请用 --department 写部门全称"),
        ("某\x1b街道", "110105", 2024, "没有写部门名称，或名称里有看不见的字符：请用 --department 写部门全称"),
        ("某\udcff街道", "110105", 2024, "没有写部门名称，或名称里有看不见的字符：请用 --department 写部门全称"),
        ("某街道", "1101", 2024, "行政区划代码须为 6 位数字：1101：行政区划代码如 110105，预算年度如 2024"),
        ("某街道", "990105", 2024, "没有以 99 开头的省级行政区划：990105：行政区划代码如 110105，预算年度如 2024"),
        (
            "某街道",
            "１１０１０５",
            2024,
            "行政区划代码须为 6 位数字：１１０１０５：行政区划代码如 110105，预算年度如 2024",
        ),
        ("某街道", "110105", 1024, "没有 1024 这个预算年度：行政区划代码如 110105，预算年度如 2024"),
    ],
)
def test_a_workbook_for_nobody_is_not_written(
    tmp_path: Path, department: str, region: str, year: int, sentence: str
) -> None:
    with pytest.raises(BadInput) as caught:
        new_workbook(tmp_path / "新.xlsx", department, region, year)
    assert caught.value.sentence == sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "新.xlsx"
    if kind == "file":
        path.write_text("旧")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "没有.xlsx")
    with pytest.raises(BadInput, match="已经存在，没有覆盖"):
        new_workbook(path, "某街道", "110105", 2024)
    assert [one.name for one in tmp_path.iterdir()] == ["新.xlsx"]


@pytest.mark.parametrize("name", ["长" * 300 + ".xlsx", "a\0b.xlsx"])
def test_a_path_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="不能使用"):
        new_workbook(tmp_path / name, "某街道", "110105", 2024)


def test_results_are_not_written_into_a_file(base: Path, tmp_path: Path) -> None:
    checked = check_workbook(base)
    (tmp_path / "结果").write_text("我的文件")
    for folder in ("结果", "结果/里面"):
        with pytest.raises(BadInput, match="不能建立文件夹"):
            write_findings(checked, tmp_path / folder, date(2024, 3, 1))
    assert (tmp_path / "结果").read_text() == "我的文件"


def test_a_result_that_cannot_be_replaced_is_said(base: Path, tmp_path: Path) -> None:
    (tmp_path / "结果" / "findings.json").mkdir(parents=True)
    with pytest.raises(BadInput, match="写不进去"):
        write_findings(check_workbook(base), tmp_path / "结果", date(2024, 3, 1))
    assert [one.name for one in (tmp_path / "结果").iterdir()] == ["findings.json"]


def test_what_a_checked_file_says_is_bound_to_its_name(base: Path, edit: Callable[..., None]) -> None:
    edit(base, {("项目", "执行数", 1): "待定"})
    odd = base.with_name(base.name.replace("总表", "总\udcff表"))
    base.rename(odd)
    checked = check_workbook(odd)
    assert [str(one.where) for one in checked.faults] == ["项目!H4"]
    assert checked.faults[0].where.file == "总?表.xlsx"
    write_findings(checked, odd.parent / "结果", date(2024, 3, 1))
