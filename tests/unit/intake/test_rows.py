"""Rows of a table: merged and carried cells, blanks, totals, remarks, headings once more."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from jiheng.formats import Merge
from jiheng.intake.reader import Intake
from jiheng.model import Comparator

HEAD = ["活动", "任务", "一级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重"]


def table(intake: Intake) -> list[tuple[object, ...]]:
    return [
        (one.activity, one.task, one.dimension, one.name, str(one.target), str(one.weight))
        for one in intake.year.indicators
    ]


def test_words_of_merged_cells_hold_for_every_row_amounts_for_the_first(
    read: Callable[..., Intake], make_sheet: Callable[..., object]
) -> None:
    rows = [
        HEAD,
        ["01-绿化", "养护", "产出指标", "养护面积", "≥", Decimal(100), "平方米", Decimal(10)],
        [None, None, None, "养护次数", "≥", Decimal(20), "次", None],
        [None, None, "效益指标", "环境", "定性", "优良中差", None, Decimal(5)],
        ["02-保洁", None, "产出指标", "清运", "≥", Decimal(3), "吨", Decimal(5)],
    ]
    merges = (Merge(2, 1, 4, 1), Merge(2, 2, 4, 2), Merge(2, 3, 3, 3), Merge(2, 8, 3, 8))
    intake = read(make_sheet("绩效指标", rows, merges))
    assert table(intake) == [
        ("01-绿化", "养护", "产出指标", "养护面积", "100平方米", "10"),
        ("01-绿化", "养护", "产出指标", "养护次数", "20次", "None"),
        ("01-绿化", "养护", "效益指标", "环境", "None", "5"),
        ("02-保洁", "", "产出指标", "清运", "3吨", "5"),
    ]
    places = [
        [one.origin.cell(name) for name in ("activity", "task", "dimension", "name", "weight")]
        for one in intake.year.indicators
        if one.origin
    ]
    assert places == [
        ["A2", "B2", "C2", "D2", "H2"],
        ["A2", "B2", "C2", "D3", "H3"],
        ["A2", "B2", "C4", "D4", "H4"],
        ["A5", "B5", "C5", "D5", "H5"],
    ]
    assert (intake.faults, intake.unrecognised) == ((), ())


def test_what_lies_unseen_under_a_merged_cell_is_not_read(
    read: Callable[..., Intake], make_sheet: Callable[..., object], left: Callable[..., object]
) -> None:
    rows = [["所属项目", "子项名称", "预算金额"], ["P1", "甲", Decimal(100)], ["P2", "乙", Decimal(100)]]
    intake = read(make_sheet("子项任务", rows, (Merge(2, 1, 3, 1), Merge(2, 3, 3, 3))))
    assert [(one.project, one.name, str(one.budget)) for one in intake.year.sub_items] == [
        ("P1", "甲", "100元"),
        ("P1", "乙", "None"),
    ]
    assert left(intake) == [("子项任务!A3", "P2"), ("子项任务!C3", "100")]


def test_a_million_overlapping_merged_blocks_cost_no_more_than_the_cells(
    read: Callable[..., Intake], make_sheet: Callable[..., object]
) -> None:
    merges = tuple(Merge(3, 1, 1_048_576, 16_384) for _ in range(20_000))
    rows = [["所属项目", "子项名称", "预算金额"], ["P1", "甲", Decimal(100)]]
    assert len(read(make_sheet("子项任务", rows, merges)).year.sub_items) == 1


@pytest.mark.parametrize("word", ["合计", "合  计：", "总计", "小计", "合计（106个）", "项目合计", "累计", "合计数"])
@pytest.mark.parametrize("column", [0, 1])
def test_totals_are_no_records_and_end_nothing(
    read: Callable[..., Intake], left: Callable[..., list[tuple[str, str]]], word: str, column: int
) -> None:
    total: list[object] = [None, None, Decimal(300)]
    total[column] = word
    rows = [["所属项目", "子项名称", "预算金额"], ["P1", "甲", Decimal(100)], total, [None, "乙", Decimal(200)]]
    intake = read(子项任务=rows)
    assert [(one.project, one.name) for one in intake.year.sub_items] == [("P1", "甲"), ("P1", "乙")]
    assert [text for _, text in left(intake)] == [word, "300"]


def test_where_totals_are_records_they_are_read(read: Callable[..., Intake]) -> None:
    intake = read(预算执行=[["支出类别", "执行数"], ["合计", Decimal(100)], ["基本支出", Decimal(100)]])
    assert [(one.part.value, str(one.executed)) for one in intake.year.budget_lines] == [
        ("合计", "100万元"),
        ("基本支出", "100万元"),
    ]


@pytest.mark.parametrize(
    "remark",
    [
        ["注：以上为年初数"], ["备注1：略"], ["说明：略", None, "续"], ["制表人：张三", None, "审核人：李四"],
        ["填报单位（盖章）：某街道"], ["单位负责人：", None, "日期：2024-01-01"],
    ],
)  # fmt: skip
def test_remarks_below_are_no_records(
    read: Callable[..., Intake], left: Callable[..., object], remark: list[object]
) -> None:
    intake = read(内设机构=[["机构名称", "类别", "负责人"], ["办公室", "内设机构", "甲"], [], remark])
    assert [one.name for one in intake.year.offices] == ["办公室"]
    assert [text for _, text in left(intake)] == [value for value in remark if value]
    assert intake.faults == ()


def test_names_that_begin_like_a_remark_are_records(read: Callable[..., Intake]) -> None:
    rows = [["项目编号", "项目名称"], [None, "注册企业服务"], [None, "说明书编制"], [None, "累计折旧清查"]]
    assert [one.name for one in read(项目=rows).year.projects] == ["注册企业服务", "说明书编制", "累计折旧清查"]


def test_headings_once_more_are_no_record(read: Callable[..., Intake]) -> None:
    head = ["机构名称", "类别", "负责人"]
    intake = read(内设机构=[head, ["办公室", "内设机构", "甲"], ["机构名称", "类别", "负责人"], ["城管科", None, "乙"]])
    assert [one.name for one in intake.year.offices] == ["办公室", "城管科"]
    assert (intake.faults, intake.unrecognised) == ((), ())


def test_lines_of_the_form_that_nobody_filled_in_are_no_records_and_no_remarks(read: Callable[..., Intake]) -> None:
    intake = read(人员情况=[["人员类别", "编制数"], ["行政编制", Decimal(5)], ["事业编制"]])
    assert [one.kind for one in intake.year.staffing] == ["行政编制"]
    assert (intake.faults, intake.unrecognised) == ((), ())


def test_a_row_without_a_required_cell_is_said_to_be_left_out(
    read: Callable[..., Intake], said: Callable[..., object], left: Callable[..., object]
) -> None:
    intake = read(项目=[["项目编号", "项目名称", "执行数"], ["P1", None, Decimal(5)]])
    assert intake.year.projects == ()
    assert said(intake) == [("error", "项目!B2", "“项目”表第 2 行没有填“项目名称”，这一行没有用于核查。")]
    assert left(intake) == []


def test_all_faults_at_once_each_with_place_found_expected_and_mend(read: Callable[..., Intake]) -> None:
    intake = read(
        项目=[["项目编号", "项目名称", "执行数（万元）", "完成情况", "开始日期"],
              ["P1", "甲", "待定", "已完成", "年初"], ["P2", "乙", ("f", "=SUM(A1:A2)"), None, None]],
        绩效指标=[HEAD, ["甲", "乙", "产出指标", "丙", "≥", "若干", "次", "满"]],
    )  # fmt: skip
    assert [(str(one.where), one.message, one.mend) for one in intake.faults] == [
        ("绩效指标!H2", "“绩效指标”表 H2“权重”填的是“满”，应填数字。", "只填数字，例如 4 或 92.5。"),
        ("绩效指标!F2", "“绩效指标”表 F2“绩效指标值”填的是“若干”，应填数字（性质是“≥”）。",
         "只填数字；确实无法量化的，把性质改为“定性”。"),
        ("项目!C2", "“项目”表 C2“执行数”填的是“待定”，应填金额（万元）。",
         "只填数字；单位不同时把单位写在数字后面，例如 2647200元。"),
        ("项目!D2", "“项目”表 D2“完成情况”填的是“已完成”，应填“完成”“部分完成”“未完成”“未开始”之一。", "从下拉列表中选择。"),
        ("项目!E2", "“项目”表 E2“开始日期”填的是“年初”，应填日期。",
         "日期写成 2023-10-31 的样子；如果显示为一串数字，请把单元格格式改为日期。"),
        ("项目!C3", "“项目”表 C3“执行数”填的是“=SUM(A1:A2)”，应填公式的计算结果。",
         "公式还没有计算：用 Excel 或 WPS 打开文件，重新计算后保存，或直接填数字。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "target", "expected"),
    [
        ("≥", "20次", (Comparator.AT_LEAST, "20次", 0)),
        ("≥", "≥20", (Comparator.AT_LEAST, "20次", 0)),
        (None, "≧20次", (Comparator.AT_LEAST, "20次", 0)),
        (None, ">20", (Comparator.MORE_THAN, "20次", 0)),
        (None, "小于20", (Comparator.LESS_THAN, "20次", 0)),
        (None, "小于等于20", (Comparator.AT_MOST, "20次", 0)),
        (None, "20次以内", (Comparator.AT_MOST, "20次", 0)),
        (None, "20", (None, "20次", 0)),
        ("≤", "≥20", (Comparator.AT_MOST, "20次", 1)),
        ("=", "≤20", (Comparator.EQUAL, "20次", 1)),
        ("=", "≥20", (Comparator.EQUAL, "20次", 1)),
        ("定性", "20", (Comparator.QUALITATIVE, "None", 1)),
    ],
)
def test_comparator_and_target_together(
    read: Callable[..., Intake], comparator: str | None, target: str, expected: tuple[object, str, int]
) -> None:
    intake = read(绩效指标=[HEAD, ["甲", "乙", "产出指标", "丙", comparator, target, "次", Decimal(1)]])
    (one,) = intake.year.indicators
    assert (one.comparator, str(one.target), len(intake.faults)) == expected


@pytest.mark.parametrize(
    ("comparator", "target", "actual", "expected"),
    [
        ("≥", Decimal("0.95"), Decimal(1), ("95%", "100%")),
        ("=", "1.00", "1", ("100%", "100%")),
        ("≤", Decimal("0.5"), Decimal(1), ("0.5%", "1%")),
        (None, "≤0.5", Decimal(1), ("0.5%", "1%")),
        ("≥", "95%", Decimal("0.953"), ("95%", "95.3%")),
        ("≥", Decimal(95), Decimal("95.5"), ("95%", "95.5%")),
    ],
)
def test_a_bare_one_in_a_row_of_percentages(
    read: Callable[..., Intake], comparator: str | None, target: object, actual: object, expected: tuple[str, str]
) -> None:
    head = [*HEAD[:7], "实际完成值"]
    intake = read(绩效指标=[head, ["甲", "乙", "产出指标", "丙", comparator, target, "%", actual]])
    (one,) = intake.year.indicators
    assert one.actual is not None
    assert (str(one.target), str(one.actual.value)) == expected
    assert {fault.level.value for fault in intake.faults} <= {"hint"}


def test_words_that_are_no_value_are_kept_as_words(read: Callable[..., Intake]) -> None:
    head = [*HEAD[:7], "实际完成值", "历史值"]
    rows = [
        head,
        ["甲", "乙", "时效指标", "丙", "≤", Decimal(12), "月", "12月底前完成", None],
        ["甲", "乙", "质量指标", "丁", "定性", "优良中差", None, "优", "良"],
        ["甲", "乙", "质量指标", "戊", "定性", "优良中差", None, "按时完成", None],
    ]
    intake = read(绩效指标=rows)
    assert [(a.value, a.level, a.text) for one in intake.year.indicators if (a := one.actual)] == [
        (None, "", "12月底前完成"),
        (None, "优", "优"),
        (None, "", "按时完成"),
    ]
    assert [(str(one.where), one.level.value) for one in intake.faults] == [("绩效指标!I3", "hint")]


def test_hidden_rows_count(read: Callable[..., Intake], make_sheet: Callable[..., object]) -> None:
    from dataclasses import replace

    rows = [["项目编号", "项目名称"], ["P1", "甲"], ["P2", "乙"]]
    hidden = replace(make_sheet("项目", rows), hidden_rows=frozenset({3}))  # type: ignore[type-var]
    assert [one.name for one in read(hidden).year.projects] == ["甲", "乙"]


def test_formulas_count_with_the_value_they_had(read: Callable[..., Intake], said: Callable[..., object]) -> None:
    rows = [
        ["项目编号", "项目名称", "年初预算数", "执行数"],
        ["P1", "甲", ("n", "12.5", "", "=A1*2"), ("f", "=A1*2")],
        ["P2", ("s", "乙", "", "=B1"), ("e", "#DIV/0!", "", "=1/0"), Decimal(1)],
    ]
    intake = read(项目=rows)
    assert [(one.name, str(one.initial_budget), str(one.executed)) for one in intake.year.projects] == [
        ("甲", "12.5万元", "None"),
        ("乙", "None", "1万元"),
    ]
    assert [place for _, place, _ in said(intake)] == ["项目!D2", "项目!C3"]


def test_too_many_faults_end_the_reading_in_one_sentence(read: Callable[..., Intake]) -> None:
    from jiheng.errors import BadInput

    rows: list[list[object]] = [["项目编号", "项目名称", "执行数"], *([f"P{n}", "甲", "待定"] for n in range(20_001))]
    with pytest.raises(BadInput, match="读不出来的地方超过 20000 处，第一处：“项目”表 C2"):
        read(项目=rows)
