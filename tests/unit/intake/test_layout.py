"""Sheets and columns as people leave them: moved, missing, renamed, in another unit."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from jiheng.errors import BadInput
from jiheng.formats import Book, Merge
from jiheng.intake.reader import Intake, bind_book

HEAD = ["项目编号", "项目名称", "年初预算数（万元）", "执行数（万元）"]
ROW = ["P1", "绿化养护", Decimal("100.5"), Decimal("90")]


def projects(intake: Intake) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.name, str(one.initial_budget), str(one.executed)) for one in intake.year.projects]


RIGHT = [("P1", "绿化养护", "100.5万元", "90万元")]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ROW],
        [HEAD[::-1], ROW[::-1]],
        [["项目"], [], ["说明文字很长"], HEAD, ROW],
        [[None, None, *HEAD], [None, None, *ROW]],
        [["序号", *HEAD, "备注列"], [1, *ROW, None]],
        [["*项目编号", " 项目 名称：", "年初预算\n（单位：万元）", "执行数(万元)"], ROW],
        [["项目编码", "项目名称", "年初预算 万元", "全年执行数/万元"], ROW],
        [["一、项目编号", "项目名称（必填）", "年初预算数", "支出金额"], ROW],
        [["项目支出明细表", None, "单位：万元"], ["项目编号", "项目名称", "年初预算数", "执行数"], ROW],
    ],
)
def test_headings_are_found_wherever_they_stand(read: Callable[..., Intake], rows: list[list[object]]) -> None:
    intake = read(项目=rows)
    assert projects(intake) == RIGHT
    assert intake.faults == ()


@pytest.mark.parametrize(
    ("heading", "amount", "expected"),
    [
        ("预算金额（万元）", Decimal("264.72"), "264.72万元"),
        ("预算金额（元）", Decimal("2647200"), "2647200元"),
        ("预算金额", Decimal("2647200"), "2647200元"),
        ("预算金额万元", Decimal("264.72"), "264.72万元"),
        ("预算金额（单位：人民币万元）", Decimal("264.72"), "264.72万元"),
        ("预算金额（万）", Decimal("264.72"), "264.72万元"),
        ("预算金额（元）", "264.72万元", "264.72万元"),
        ("预算金额（美元）", Decimal("100"), "None"),
        ("预算金额（元/万元）", Decimal("100"), "None"),
        ("预算金额（十万元）", Decimal("100"), "None"),
    ],
)
def test_the_unit_of_a_heading(read: Callable[..., Intake], heading: str, amount: object, expected: str) -> None:
    intake = read(子项任务=[["所属项目", "子项名称", heading], ["P1", "清运", amount]])
    assert [str(one.budget) for one in intake.year.sub_items] == [expected]
    assert bool(intake.faults) == (expected == "None")


@pytest.mark.parametrize(
    "line", ["单位：万元", "金额单位: 万元", "（单位：人民币万元）", "子项明细表   单位：万元", "子项明细表（万元）"]
)
def test_a_unit_above_the_table_holds_for_headings_without_one(read: Callable[..., Intake], line: str) -> None:
    intake = read(子项任务=[[line], ["所属项目", "子项名称", "预算金额"], ["P1", "清运", Decimal("264.72")]])
    assert [str(one.budget) for one in intake.year.sub_items] == ["264.72万元"]
    assert intake.faults == ()


def test_a_unit_above_the_table_against_that_of_a_heading_is_a_fault(
    read: Callable[..., Intake], said: Callable[..., object]
) -> None:
    intake = read(
        子项任务=[["单位：万元"], ["所属项目", "子项名称", "预算金额（元）"], ["P1", "清运", Decimal("264.72")]]
    )
    assert said(intake) == [
        ("error", "子项任务!C2",
         "“子项任务”表上写着单位“万元”，C2 的标题却是“预算金额（元）”，不知道以哪个为准，先按“元”读。"),
    ]  # fmt: skip


def test_a_unit_above_a_form_holds_for_its_lines(read: Callable[..., Intake], said: Callable[..., object]) -> None:
    intake = read(总体资金=[["单位：万元"], ["总体资金合计", Decimal("100")], ["基本支出合计（元）", Decimal("50")]])
    assert (str(intake.year.fund_block.total), str(intake.year.fund_block.basic)) == ("100万元", "50元")
    assert [place for _, place, _ in said(intake)] == ["总体资金!A3"]


def test_a_unit_line_elsewhere_is_told_as_not_recognised(
    read: Callable[..., Intake], left: Callable[..., object]
) -> None:
    intake = read(项目=[HEAD, ROW, ["单位：元"]])
    assert left(intake) == [("项目!A3", "单位：元")]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("年末预算数", ("hint", "“项目”表 C1 的标题“年末预算数”与“年初预算数”相近，意思可能不同，没有读取。")),
        ("上年执行数", ("hint", "“项目”表 C1 的标题“上年执行数”与“执行数”相近，意思可能不同，没有读取。")),
        ("执行数（上年）", ("hint", "“项目”表 C1 的标题“执行数（上年）”与“执行数”相近，意思可能不同，没有读取。")),
        ("年初预算数差额", ("hint", "“项目”表 C1 的标题“年初预算数差额”与“年初预算数”相近，意思可能不同，没有读取。")),
        ("年初预算总数", ("hint", "“项目”表 C1 的标题“年初预算总数”按“年初预算数”读取。")),
    ],
)
def test_a_heading_that_is_nearly_one_is_read_only_when_it_means_the_same(
    read: Callable[..., Intake],
    said: Callable[..., list[tuple[str, str, str]]],
    heading: str,
    expected: tuple[str, str],
) -> None:
    intake = read(项目=[["项目编号", "项目名称", heading], ["P1", "绿化养护", Decimal("100")]])
    assert [(level, message) for level, _, message in said(intake)] == [expected]
    assert (intake.year.projects[0].initial_budget is None) == ("没有读取" in expected[1])
    assert intake.year.projects[0].executed is None


def test_form_labels_that_differ_in_meaning_are_not_read(
    read: Callable[..., Intake], left: Callable[..., object]
) -> None:
    intake = read(
        总体资金=[["项目支出：专户资金", Decimal("100")], ["总体资金合计", Decimal("5")]],
        自报结果=[["已完成项目数", Decimal("105")]],
    )
    assert intake.year.fund_block.basic_special_account is None
    assert intake.year.stated.unfinished_projects is None
    assert left(intake) == [
        ("总体资金!A1", "项目支出：专户资金"), ("总体资金!B1", "100"),
        ("自报结果!A1", "已完成项目数"), ("自报结果!B1", "105"),
    ]  # fmt: skip
    assert [one.check for one in intake.faults] == ["workbook.doubt"] * 2


def test_a_missing_required_column_is_said_and_the_table_left_alone(
    read: Callable[..., Intake], said: Callable[..., object], left: Callable[..., object]
) -> None:
    intake = read(项目=[["项目编号", "执行数"], ["P1", Decimal("1")]])
    assert said(intake) == [("error", "项目!1:1", "“项目”表缺少“项目名称”列，整张表没有读取。")]
    assert left(intake) == [("项目!A1", "项目编号"), ("项目!B1", "执行数"), ("项目!A2", "P1"), ("项目!B2", "1")]
    assert intake.year.projects == ()


def test_a_table_without_headings(read: Callable[..., Intake], said: Callable[..., object]) -> None:
    assert said(read(项目=[["P1", "绿化养护"]])) == [("error", "项目", "“项目”表没有找到标题行。")]
    assert said(read(项目=[])) == []


@pytest.mark.parametrize("name", ["项目", "项目清单", "项目支出", " 项目 ", "项目（2）", "项目 (2)", "项目 - 副本"])
def test_a_sheet_is_known_by_its_name(
    read: Callable[..., Intake], make_sheet: Callable[..., object], name: str
) -> None:
    assert projects(read(make_sheet(name, [HEAD, ROW]))) == RIGHT


def test_a_sheet_with_another_name_is_known_by_its_headings_and_that_is_said(
    read: Callable[..., Intake], make_sheet: Callable[..., object], said: Callable[..., object]
) -> None:
    intake = read(make_sheet("Sheet1", [HEAD, ROW]))
    assert projects(intake) == RIGHT
    assert said(intake) == [("hint", "Sheet1", "“Sheet1”表的标题像“项目”表，按“项目”读取。")]


def test_the_profile_too_is_known_by_its_labels(read: Callable[..., Intake], make_sheet: Callable[..., object]) -> None:
    rows = [["部门名称", "某街道", "行政区划代码", "110105"], [None, "预算年度：", Decimal(2023)]]
    profile = read(make_sheet("封面", rows), profile=False).year.profile
    assert (profile.department, profile.region.digits, profile.fiscal_year.year) == ("某街道", "110105", 2023)
    assert profile.origin is not None
    assert [profile.origin.cell(name) for name in ("department", "region", "fiscal_year")] == ["B1", "D1", "C2"]


@pytest.mark.parametrize("copy_first", [True, False])
def test_of_a_copied_sheet_the_one_with_the_right_name_counts(
    read: Callable[..., Intake], make_sheet: Callable[..., object], said: Callable[..., object], left: Callable[..., object],
    copy_first: bool,
) -> None:  # fmt: skip
    copy = make_sheet("项目 (2)", [HEAD, ["P9", "旧的", Decimal(1), Decimal(1)]])
    real = make_sheet("项目", [HEAD, ROW])
    intake = read(*((copy, real) if copy_first else (real, copy)))
    assert projects(intake) == RIGHT
    assert said(intake) == [("error", "项目 (2)", "“项目 (2)”表与“项目”表重复，没有读取。")]
    assert ("项目 (2)!B2", "旧的") in left(intake)


def test_sheets_about_something_else_are_left_alone(
    read: Callable[..., Intake],
    make_sheet: Callable[..., object],
    said: Callable[..., object],
    left: Callable[..., object],
) -> None:
    intake = read(
        make_sheet("项目", [HEAD, ROW]), make_sheet("项目说明", [["口径"]]), make_sheet("上年项目", [HEAD, ROW])
    )
    assert projects(intake) == RIGHT
    assert said(intake) == []
    assert ("项目说明!A1", "口径") in left(intake)
    assert ("上年项目!B2", "绿化养护") in left(intake)


def test_hidden_sheets_and_missing_sheets_are_no_trouble(
    read: Callable[..., Intake], make_sheet: Callable[..., object]
) -> None:
    assert projects(read(make_sheet("项目", [HEAD, ROW], hidden=True))) == RIGHT
    assert read().year.projects == ()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["部门名称", "甲"], ["行政区划代码", "110105"], ["预算年度", ""]], "“基本信息”表没有填“预算年度”：四位数字，例如 2023"),
        ([["部门名称", "甲"], ["预算年度", "2023"]], "“基本信息”表没有填“行政区划代码”：六位数字，例如北京市朝阳区为 110105"),
        ([["行政区划代码", "110105"], ["预算年度", "2023"]], "“基本信息”表没有填“部门名称”：部门全称，与公章一致"),
        ([["部门名称", "甲", "乙"], ["行政区划代码", "110105"], ["预算年度", "2023"]],
         "“基本信息”表的“部门名称”有“乙”和“甲”两个：一个文件只填一个部门的一年，请分开填；备注请写到别的行"),
        ([["部门名称", "甲"], ["部门名称", "乙"], ["行政区划代码", "110105"], ["预算年度", "2023"]],
         "“基本信息”表的“部门名称”有“乙”和“甲”两个：一个文件只填一个部门的一年，请分开填；备注请写到别的行"),
        ([["部门名称", "甲"], ["行政区划代码", "990105"], ["预算年度", "2023"]],
         "“基本信息”表 B2“行政区划代码”填的是“990105”，应填六位行政区划代码：没有以 99 开头的省级行政区划：990105；"
         "例如北京市朝阳区填 110105"),
        ([["部门名称", "甲"], ["行政区划代码", "110105"], ["预算年度", "1999"]],
         "“基本信息”表 B3“预算年度”填的是“1999”，应填四位数字的预算年度：填四位数字，例如 2023"),
    ],
)  # fmt: skip
def test_who_and_when_must_be_certain(
    make_sheet: Callable[..., object], rows: list[list[object]], sentence: str
) -> None:
    rows = [[value or None for value in row] for row in rows]
    with pytest.raises(BadInput) as caught:
        bind_book(Book("甲.xlsx", "", (make_sheet("基本信息", rows),)))  # type: ignore[arg-type]
    assert caught.value.sentence == sentence


def test_two_departments_in_one_file(read: Callable[..., Intake], make_sheet: Callable[..., object]) -> None:
    other = make_sheet("基本信息 (2)", [["部门名称", "乙"], ["行政区划代码", "110105"], ["预算年度", "2023"]])
    with pytest.raises(BadInput, match="有两张“基本信息”表"):
        read(other)


def test_a_form_without_its_header_row_does_not_take_an_explanation_for_a_value(read: Callable[..., Intake]) -> None:
    intake = read(自报结果=[["等级", None, "优、良、中、差。"], ["预算执行率", "99%", "执行数 ÷ 全年预算数。"]])
    assert (intake.year.stated.grade, str(intake.year.stated.execution_rate)) == ("", "99%")
    assert intake.unrecognised == ()


def test_a_form_line_given_twice_is_a_fault(read: Callable[..., Intake], said: Callable[..., object]) -> None:
    intake = read(自报结果=[["等级", "优"], ["等级", "良"]])
    assert intake.year.stated.grade == "优"
    assert said(intake) == [("error", "自报结果!B2", "“自报结果”表“等级”填了两次，只读了第一次。")]


def test_merged_headings_do_not_confuse(read: Callable[..., Intake], make_sheet: Callable[..., object]) -> None:
    tall = make_sheet("项目", [HEAD, [], ROW], (Merge(1, 1, 2, 1), Merge(1, 2, 2, 2)))
    assert projects(read(tall)) == RIGHT
