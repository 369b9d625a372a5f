"""Out to the offices and back: nothing that anybody entered is lost or altered unsaid."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from jiheng.errors import BadInput
from jiheng.intake.merging import Conflict, Taken
from jiheng.intake.reader import read_workbook
from jiheng.workflow import merge_workbooks, pack_workbook

Edit = Callable[..., None]
Rows = Callable[[Path, str], list[dict[str, str]]]
Lines = Callable[[Path, str], list[tuple[object, ...]]]
CITY, CIVIL = "某街道-2023-城管科.xlsx", "某街道-2023-民政科.xlsx"


@pytest.fixture
def packs(base: Path, tmp_path: Path) -> Path:
    """The folder with both offices' packs."""
    assert [path.name for path in pack_workbook(base, tmp_path / "分发")] == [CITY, CIVIL]
    return tmp_path / "分发"


def test_a_pack_holds_its_office_only(packs: Path, rows: Rows) -> None:
    assert [row["code"] for row in rows(packs / CITY, "indicators")] == ["Z1"]
    assert [row["code"] for row in rows(packs / CITY, "projects")] == ["P1"]
    assert rows(packs / CITY, "sub_items") == [{"project": "P1", "name": "清运", "budget": "1000"}]
    assert rows(packs / CIVIL, "sub_items") == []
    book = openpyxl.load_workbook(packs / CITY)
    assert book["分发原值"].sheet_state == "veryHidden"
    assert "预算执行" not in book.sheetnames


def test_packs_that_came_back_untouched_change_nothing(base: Path, packs: Path, tmp_path: Path, rows: Rows) -> None:
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert (merged.changed, merged.added, merged.conflicts, merged.missing) == (0, 0, [], [])
    for record in ("profile", "offices", "indicators", "projects", "sub_items", "management_facts"):
        assert rows(tmp_path / "合.xlsx", record) == rows(base, record)
    assert openpyxl.load_workbook(tmp_path / "合.xlsx").sheetnames == openpyxl.load_workbook(base).sheetnames


def test_what_offices_filled_in_comes_home(base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows) -> None:
    edit(packs / CITY, {
        ("绩效指标", "实际完成值", 1): "22次", ("项目", "完成情况", 1): "完成", ("项目", "执行数", 1): 101.5,
        ("子项任务", "所属项目", 2): "P1", ("子项任务", "子项名称", 2): ("文字", "=新增"), ("子项任务", "预算金额", 2): "@12",
        ("佐证材料", "材料编号", 1): "007", ("佐证材料", "材料名称", 1): "-照片",
    })  # fmt: skip
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert (merged.changed, merged.added, merged.conflicts, merged.missing) == (3, 2, [], [])
    found = tmp_path / "合.xlsx"
    assert rows(found, "indicators")[0]["actual"] == "22次"
    assert {name: rows(found, "projects")[0][name] for name in ("status", "executed")} == {
        "status": "完成", "executed": "101.5",
    }  # fmt: skip
    assert rows(found, "sub_items")[1] == {"project": "P1", "name": "=新增", "budget": "@12"}
    assert rows(found, "evidence") == [{"code": "007", "name": "-照片"}]


def test_what_was_taken_over_is_listed_cell_by_cell(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, lines: Lines
) -> None:
    edit(packs / CITY, {("项目", "执行数", 1): 101.5, ("绩效指标", "实际完成值", 1): "22次"})
    edit(packs / CITY, {("佐证材料", "材料编号", 1): "C1", ("佐证材料", "材料名称", 1): "照片"})
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    taken = [
        Taken("绩效指标", "J4", "指标“Z1 清运”", "实际完成值", "", "22次", CITY),
        Taken("项目", "H4", "项目“P1 环境整治”", "执行数", "100", "101.5", CITY),
        Taken("佐证材料", "", "材料“C1 照片”", "", "", "", CITY),
    ]
    assert merged.taken == taken
    assert lines(tmp_path / "合.xlsx", "合并记录") == [
        ("绩效指标", "J4", "指标“Z1 清运”", "实际完成值", "", "22次", CITY),
        ("项目", "H4", "项目“P1 环境整治”", "执行数", "100", "101.5", CITY),
        ("佐证材料", "", "材料“C1 照片”", "（新增一行）", "", "", CITY),
    ]


def test_open_conflicts_are_told_until_their_sheet_is_gone(base: Path, packs: Path, tmp_path: Path, edit: Edit) -> None:
    edit(packs / CITY, {("项目", "执行数", 1): 120, ("子项任务", "子项名称", 9): "注：待核"})
    edit(base, {("项目", "执行数", 1): 110})
    found = tmp_path / "合.xlsx"
    merge_workbooks(base, packs, found)
    intake = read_workbook(found)
    told = [(one.level.value, one.message) for one in intake.faults if one.check == "workbook.conflicts"]
    assert told == [("warning", "还有 1 处合并冲突没有定夺，见“合并冲突”表。")]
    assert intake.unrecognised == ()
    book = openpyxl.load_workbook(found)
    del book["合并冲突"]
    book.save(found)
    assert "workbook.conflicts" not in [one.check for one in read_workbook(found).faults]


def test_both_sides_changed_a_cell(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows, lines: Lines
) -> None:
    edit(packs / CITY, {("项目", "执行数", 1): 120})
    edit(base, {("项目", "执行数", 1): 110, ("项目", "执行数", 2): 55})
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert merged.conflicts == [Conflict("项目", "H4", "项目“P1 环境整治”", "执行数", "110", "120", CITY)]
    assert [row["executed"] for row in rows(tmp_path / "合.xlsx", "projects")] == ["110", "55"]
    assert lines(tmp_path / "合.xlsx", "合并冲突") == [
        ("项目", "H4", "项目“P1 环境整治”", "执行数", "110", "120", CITY)
    ]


@pytest.mark.parametrize("same", ["110.00", "１１０", "110万元", "1,100,000元"])
def test_both_sides_wrote_the_same_in_other_words(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, same: str
) -> None:
    edit(packs / CITY, {("项目", "执行数", 1): same})
    edit(base, {("项目", "执行数", 1): 110})
    assert merge_workbooks(base, packs, tmp_path / "合.xlsx").conflicts == []


def test_an_emptied_cell_is_a_question_not_an_order(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    edit(packs / CIVIL, {("绩效指标", "实际完成值", 1): None})
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert merged.conflicts == [Conflict("绩效指标", "J5", "指标“Z2 慰问”", "实际完成值", "31", "（已清空）", CIVIL)]
    assert rows(tmp_path / "合.xlsx", "indicators")[1]["actual"] == "31"


def test_a_column_that_an_office_took_out_empties_nothing(base: Path, packs: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(packs / CIVIL)
    sheet = book["绩效指标"]
    sheet.delete_cols(next(cell.column for cell in sheet[3] if cell.value == "实际完成值"))
    book.save(packs / CIVIL)
    assert merge_workbooks(base, packs, tmp_path / "合.xlsx").conflicts == []


def test_a_row_that_an_office_deleted_stays_and_is_named(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    edit(packs / CITY, {}, delete=[("子项任务", 1)])
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert merged.missing == [f"“子项任务”表第 4 行 子项“P1 清运”（{CITY}）"]
    assert len(rows(tmp_path / "合.xlsx", "sub_items")) == 1


def test_a_row_that_the_base_no_longer_has_comes_back(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    edit(base, {}, delete=[("子项任务", 1)])
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert (merged.added, len(rows(tmp_path / "合.xlsx", "sub_items"))) == (1, 1)


def test_a_pack_without_its_memory_fills_gaps_and_asks_where_it_differs(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    edit(packs / CITY, {("绩效指标", "实际完成值", 1): 22, ("项目", "执行数", 1): 120, ("项目", "完成情况", 1): "完成"})
    book = openpyxl.load_workbook(packs / CITY)
    del book["分发原值"]
    book.save(packs / CITY)
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert merged.conflicts == [
        Conflict("项目", "H4", "项目“P1 环境整治”", "执行数", "100", "120", CITY),
        Conflict("项目", "I4", "项目“P1 环境整治”", "完成情况", "", "完成", CITY),
    ]
    assert rows(tmp_path / "合.xlsx", "indicators")[0]["actual"] == "22"
    assert "status" not in rows(tmp_path / "合.xlsx", "projects")[0]


def test_two_offices_with_the_same_row_do_not_get_each_others_cells(
    year: Callable[..., Path], tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    same = {"dimension": "产出指标", "name": "满意度", "activity": "甲"}
    base = year(indicators=[{**same, "office": "城管科", "weight": 1}, {**same, "office": "民政科", "weight": 2}])
    pack_workbook(base, tmp_path / "分发")
    edit(tmp_path / "分发" / CIVIL, {("绩效指标", "实际完成值", 1): "90%"})
    merged = merge_workbooks(base, tmp_path / "分发", tmp_path / "合.xlsx")
    assert merged.conflicts == []
    assert [row.get("actual") for row in rows(tmp_path / "合.xlsx", "indicators")] == [None, "90%"]


def test_two_offices_that_use_the_same_number_are_both_heard(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    for name, material, place in ((CITY, "照片", None), (CIVIL, "合同", "柜3")):
        edit(packs / name, {("佐证材料", "材料编号", 1): "C1", ("佐证材料", "材料名称", 1): material,
                            ("佐证材料", "存放位置", 1): place})  # fmt: skip
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert rows(tmp_path / "合.xlsx", "evidence") == [{"code": "C1", "name": "照片"}]
    assert merged.conflicts == [
        Conflict("佐证材料", "", "材料“C1 照片”", "材料名称", "照片", "合同", CIVIL),
        Conflict("佐证材料", "", "材料“C1 照片”", "存放位置", "", "柜3", CIVIL),
    ]


def test_rows_an_office_added_twice_are_two_rows_and_stay_two(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    new = {("子项任务", "所属项目"): "P1", ("子项任务", "子项名称"): "购置", ("子项任务", "预算金额"): 5}
    edit(packs / CITY, {(*place, row): value for place, value in new.items() for row in (2, 3)})
    edit(packs / CITY, {("子项任务", "预算金额", 3): 6})
    first = merge_workbooks(base, packs, tmp_path / "合1.xlsx")
    second = merge_workbooks(tmp_path / "合1.xlsx", packs, tmp_path / "合2.xlsx")
    assert (first.added, second.added, second.changed, second.conflicts) == (2, 0, 0, [])
    assert [row["budget"] for row in rows(tmp_path / "合2.xlsx", "sub_items")] == ["1000", "5", "6"]


def test_merging_twice_changes_nothing_the_second_time(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, lines: Lines
) -> None:
    edit(
        packs / CITY,
        {("项目", "执行数", 1): 120, ("绩效指标", "实际完成值", 1): 22, ("子项任务", "子项名称", 9): "注：待核"},
    )
    edit(base, {("项目", "执行数", 1): 110})
    book = openpyxl.load_workbook(base)
    book["预算执行"]["P9"] = "请王科长看一下"
    book.create_sheet("测算")["B2"] = "=1+1"
    book["测算"]["B3"] = "口径"
    book.save(base)
    first = merge_workbooks(base, packs, tmp_path / "合1.xlsx")
    second = merge_workbooks(tmp_path / "合1.xlsx", packs, tmp_path / "合2.xlsx")
    assert (first.changed, len(first.conflicts)) == (1, 1)
    assert (second.changed, second.added, second.conflicts) == (0, 0, first.conflicts)
    for name in ("合1.xlsx", "合2.xlsx"):
        assert lines(tmp_path / name, "未识别内容") == [
            ("总表.xlsx", "预算执行!P9", "请王科长看一下"),
            ("总表.xlsx", "测算!B2", "=1+1"),
            ("总表.xlsx", "测算!B3", "口径"),
            (CITY, "子项任务!B12", "注：待核"),
        ]
    one, two = (openpyxl.load_workbook(tmp_path / name) for name in ("合1.xlsx", "合2.xlsx"))
    assert [[list(row) for row in sheet.values] for sheet in one] == [
        [list(row) for row in sheet.values] for sheet in two
    ]


def test_a_row_that_lacks_something_is_not_lost(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    edit(packs / CITY, {("绩效指标", "三级指标", 2): "巡查", ("绩效指标", "实际完成值", 2): 7})
    edit(packs / CITY, {("项目", "责任科室", 2): "城管科", ("项目", "执行数", 2): "待定"})
    merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert {"name": "巡查", "actual": "7"}.items() <= rows(tmp_path / "合.xlsx", "indicators")[2].items()
    assert rows(tmp_path / "合.xlsx", "projects")[2] == {"office": "城管科", "executed": "待定"}


def test_lines_nobody_filled_in_are_still_there_afterwards(base: Path, packs: Path, tmp_path: Path, rows: Rows) -> None:
    merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert rows(tmp_path / "合.xlsx", "management_facts") == [
        {"item": "专款专用"},
        {"item": "项目总数", "answer": "2"},
    ]


def test_who_filled_in_a_pack_is_kept_with_the_remarks(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows, lines: Lines
) -> None:
    edit(packs / CITY, {("基本信息", "填报人", 0): "小李"})
    merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert "filer" not in rows(tmp_path / "合.xlsx", "profile")[0]
    assert lines(tmp_path / "合.xlsx", "未识别内容") == [(CITY, "基本信息“填报人”", "小李")]


def test_a_heading_in_another_unit_means_the_same_money(
    base: Path, packs: Path, tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    book = openpyxl.load_workbook(packs / CITY)
    heading = next(cell for cell in book["项目"][3] if cell.value == "执行数（万元）")
    heading.value = "执行数（元）"
    book.save(packs / CITY)
    edit(packs / CITY, {("项目", "执行数", 1): 1_050_000})
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert merged.conflicts == []
    assert [row["executed"] for row in rows(tmp_path / "合.xlsx", "projects")] == ["1050000元", "50"]


def test_small_differences_in_text_are_changes_too(
    year: Callable[..., Path], tmp_path: Path, edit: Edit, rows: Rows
) -> None:
    base = year(problems=[{"code": "W1", "text": "10m² 不达标", "cause": "人手 少", "office": "城管科"}])
    pack_workbook(base, tmp_path / "分发")
    edit(tmp_path / "分发" / CITY, {("问题与整改", "问题", 1): "10m2 不达标", ("问题与整改", "原因", 1): "人手少"})
    book = openpyxl.load_workbook(tmp_path / "分发" / CITY)
    assert book["问题与整改"]["A4"].value == "10m2 不达标"  # 问题编号 begins like 问题
    merged = merge_workbooks(base, tmp_path / "分发", tmp_path / "合.xlsx")
    assert rows(tmp_path / "合.xlsx", "problems")[0]["cause"] == "人手 少"
    assert merged.missing == [f"“问题与整改”表第 4 行 问题“W1 10m² 不达标”（{CITY}）"]


@pytest.mark.parametrize("field", ["部门名称", "预算年度", "行政区划代码"])
def test_a_pack_of_somebody_else_is_refused(base: Path, packs: Path, tmp_path: Path, edit: Edit, field: str) -> None:
    edit(
        packs / CITY,
        {("基本信息", field, 0): {"部门名称": "别的街道", "预算年度": "2022", "行政区划代码": "110106"}[field]},
    )
    with pytest.raises(BadInput, match=f"“{CITY}”是“.*的工作簿不能合并"):
        merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert not (tmp_path / "合.xlsx").exists()


def test_what_could_not_be_passed_on_whole_stops_the_merge(base: Path, packs: Path, tmp_path: Path, edit: Edit) -> None:
    edit(packs / CITY, {("项目", "执行数", 1): "=A1+1"})
    with pytest.raises(BadInput, match=f"“{CITY}”“项目”表 H4 的公式还没有计算"):
        merge_workbooks(base, packs, tmp_path / "合.xlsx")
    edit(packs / CITY, {("项目", "执行数", 1): 1, ("项目", "项目名称", 0): "名字"})
    with pytest.raises(BadInput, match="“项目”表缺少“项目名称”列，整张表没有读取，这样会漏掉内容"):
        merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert not (tmp_path / "合.xlsx").exists()


def test_files_that_are_no_workbooks_are_named(base: Path, packs: Path, tmp_path: Path) -> None:
    (packs / "说明.docx").write_text("x")
    (packs / "~$锁.xlsx").write_text("x")
    (packs / CITY).rename(packs / "交回.XLSX")
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert merged.skipped == ("说明.docx",)


def test_offices_with_odd_names_each_get_a_file(year: Callable[..., Path], tmp_path: Path) -> None:
    names = ["a/b", "a_b", "A:B", "..", ".", "=科", "CON", "长" * 200, "长" * 199, "科\n室"]
    base = year(offices=[{"name": name} for name in names])
    written = pack_workbook(base, tmp_path / "分发")
    assert len(written) == len(names) == len({path.name.casefold() for path in written})
    assert all(path.parent == tmp_path / "分发" and len(path.name.encode()) < 255 for path in written)
    assert merge_workbooks(base, tmp_path / "分发", tmp_path / "合.xlsx").changed == 0


def test_nothing_is_overwritten(base: Path, packs: Path, tmp_path: Path) -> None:
    before = (packs / CITY).read_bytes()
    (packs / CIVIL).unlink()
    with pytest.raises(BadInput, match="已经存在，没有覆盖"):
        pack_workbook(base, packs)
    assert [path.name for path in packs.iterdir()] == [CITY]
    assert (packs / CITY).read_bytes() == before
    with pytest.raises(BadInput, match="已经存在，没有覆盖"):
        merge_workbooks(base, packs, base)


@pytest.mark.parametrize("error", [BadInput("x"), KeyboardInterrupt()])
def test_packs_appear_all_or_none(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    from jiheng import workflow

    write = workflow.write_workbook

    def fail_at_second(path: Path, *rest: object) -> None:
        if path.name == CIVIL:
            raise error
        write(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(workflow, "write_workbook", fail_at_second)
    with pytest.raises(type(error)):
        pack_workbook(base, tmp_path / "分发")
    assert list((tmp_path / "分发").iterdir()) == []


def test_a_workbook_without_offices_cannot_be_split(year: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="不知道分给谁"):
        pack_workbook(year(projects=[{"name": "甲"}]), tmp_path / "分发")
    assert not (tmp_path / "分发").exists()


@pytest.mark.parametrize("folder", ["没有", "总表.xlsx", "空", "长" * 300])
def test_a_folder_without_packs(base: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(BadInput):
        merge_workbooks(base, tmp_path / folder, tmp_path / "合.xlsx")


def test_what_was_a_formula_is_its_value_and_that_is_counted(base: Path, packs: Path, tmp_path: Path) -> None:
    import re
    import zipfile

    path = packs / CITY
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb"<v>100</v>", b"<f>99+1</f><v>100</v>", data)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    merged = merge_workbooks(base, packs, tmp_path / "合.xlsx")
    assert (merged.formulas, merged.changed) == (1, 0)
