"""Whole sheets: what is open, what is provisional, what persons confirmed, what is shown beside."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jiheng.errors import BadInput
from jiheng.model import BudgetLine, BudgetPart, JudgedScore, ManagementFact, Origin, Project, ProjectStatus, ScoreState
from jiheng.reporting.score_text import explain, find_lines, sheet_data, summary
from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.editions import Kind
from jiheng.scoring import project_named, score_department, score_project, score_projects
from jiheng.scoring.cases import figure

STEP = "bj-department-2022/blocks.management.items.carryover.rule.each"


def line_of(sheet, name):
    return find_lines(sheet, name)[0]


def money(part=BudgetPart.TOTAL, **columns):
    return BudgetLine(part=part, **{name: figure(text) for name, text in columns.items()})


def test_a_department_without_indicators_gets_no_score_for_them(year, chaoyang):
    sheet = score_department(year(budget_lines=(money(annual_budget="100万元", executed="97万元"),)), chaoyang)
    assert [(block.name, block.score, block.open_points) for block in sheet.blocks] == [
        ("当年预算执行情况", Decimal("19.40"), Decimal(0)),
        ("整体绩效目标实现情况", Decimal(0), Decimal(60)),
        ("预算管理情况", Decimal(0), Decimal(20)),
    ]
    assert (sheet.total, sheet.grade, sheet.state) == (None, "", "未评完")
    assert list(summary(sheet))[:2] == [
        "总分 未评完：已评 19.4 分；满分 100 分",
        "未评 9 项 80 分：其中待判定 12 分、缺数据 68 分",
    ]


def test_an_empty_year_is_open_not_zero(year, chaoyang):
    sheet = score_department(year(), chaoyang)
    assert sheet.open_points == 100
    assert sheet.lines[0].reason == "预算执行率算不出来：预算执行表是空的"


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"executed": "97万元"}, "预算执行率算不出来：没有填写“全年预算数（合计）”"),
        ({"annual_budget": "0万元", "executed": "97万元"}, "预算执行率算不出来：分母为零"),
        (
            {"annual_budget": "100万元", "executed": "-5万元"},
            "预算执行率算不出来：“全年执行数（合计）”是负数（-5万元），请核对",
        ),
        (
            {"annual_budget": "100%", "executed": "5万元"},
            "预算执行率算不出来：“全年预算数（合计）”的单位是“%”，应是金额",
        ),
    ],
)
def test_an_execution_that_cannot_be_reckoned_is_told(year, chaoyang, columns, reason):
    assert score_department(year(budget_lines=(money(**columns),)), chaoyang).lines[0].reason == reason


def test_without_a_total_line_the_parts_are_summed(year, chaoyang):
    lines = (
        money(BudgetPart.BASIC, annual_budget="40万元", executed="40万元"),
        money(BudgetPart.PROJECT, annual_budget="60万元", executed="50万元"),
    )
    line = score_department(year(budget_lines=lines), chaoyang).lines[0]
    assert (line.score, line.trace.steps[0]) == (
        Decimal("18.00"),
        "预算执行率 = (40万元 + 50万元) ÷ (40万元 + 60万元) × 100% = 90%",
    )


def test_more_spent_than_budgeted_earns_no_more_than_all(year, chaoyang):
    line = score_department(year(budget_lines=(money(annual_budget="100万元", executed="120万元"),)), chaoyang).lines[0]
    assert (line.score, line.actual) == (Decimal(20), "120%")


CARRY = money(
    initial_budget="100万元",
    annual_budget="100万元",
    executed="97万元",
    final_accounts="97万元",
    carried_over="3万元",
    surplus="0万元",
)


def test_against_the_average_a_score_is_provisional_until_the_average_is_known(year, chaoyang):
    before = line_of(score_department(year(budget_lines=(CARRY,)), chaoyang), "carryover")
    assert (before.score, before.state) == (Decimal("2.50"), ScoreState.PROVISIONAL)
    waiting = "等“全区平均结转结余率”公布后定分，现在暂按平均水平为零计算"
    assert (before.reason, before.where) == (f"{waiting}；公布后填在管理情况表，事项“全区平均结转结余率”", "")
    asked = ManagementFact(item="全区平均结转结余率", origin=Origin("管理情况", 12, {"answer": "B"}))
    sheet = score_department(year(budget_lines=(CARRY,), management_facts=(asked,)), chaoyang)
    between = line_of(sheet, "carryover")
    assert (between.reason, between.where) == (waiting, "管理情况!B12")
    assert list(summary(sheet))[2] == "暂定 6.5 分（等全区平均数），已计入已评的分"
    known = ManagementFact(item="全区平均结转结余率", figure=figure("2.5%"))
    after = line_of(score_department(year(budget_lines=(CARRY,), management_facts=(known,)), chaoyang), "carryover")
    assert (after.score, after.state) == (Decimal("4"), ScoreState.SETTLED)


def confirming(**more):
    fields = {"subject": STEP, "score": Decimal("0.5"), "person": "赵六", "reason": "区财政局当年通知"}
    return JudgedScore(**(fields | more))


def test_a_parameter_is_replaced_by_a_named_person_and_the_mark_goes(year, chaoyang):
    plain = line_of(score_department(year(budget_lines=(CARRY,)), chaoyang), "carryover")
    sheet = score_department(year(budget_lines=(CARRY,), judged_scores=(confirming(),)), chaoyang)
    line = line_of(sheet, "carryover")
    assert STEP in {one.path for one in plain.marks}
    assert STEP not in {one.path for one in line.marks}
    assert line.score == Decimal("1.00")
    shown = next(one for one in line.trace.parameters if one.path == STEP)
    assert (shown.value, shown.status, shown.person, shown.sure) == (
        "0.5个百分点",
        "已确认",
        "赵六",
        "区财政局当年通知",
    )
    assert sheet.rules_hash != chaoyang.sha256


def test_a_parameter_is_confirmed_as_it_is(year, chaoyang):
    sheet = score_department(year(budget_lines=(CARRY,), judged_scores=(confirming(score=None),)), chaoyang)
    assert line_of(sheet, "carryover").score == Decimal("2.50")


@pytest.mark.parametrize("name", ["结转结余率的每步幅度", "部门整体绩效评价·结转结余率的每步幅度"])
def test_a_parameter_goes_by_its_chinese_name_too(year, chaoyang, name):
    sheet = score_department(year(budget_lines=(CARRY,), judged_scores=(confirming(subject=name),)), chaoyang)
    line = line_of(sheet, "carryover")
    shown = next(one for one in line.trace.parameters if one.path == STEP)
    assert (line.score, shown.name, shown.value, shown.status) == (
        Decimal("1.00"),
        "结转结余率的每步幅度",
        "0.5个百分点",
        "已确认",
    )


def test_an_indicator_of_the_same_name_is_meant_first(indicator, year, chaoyang):
    judged = confirming(subject="满分", score=None)
    assert score_department(year(indicator("1次", "1次", name="满分"), judged_scores=(judged,)), chaoyang).marks


ALL = {"subject": "全部未核实的规则", "score": None}


def test_one_record_confirms_every_rule_and_each_says_who(year, chaoyang):
    before = score_department(year(budget_lines=(CARRY,)), chaoyang)
    sheet = score_department(year(budget_lines=(CARRY,), judged_scores=(confirming(**ALL),)), chaoyang)
    assert sheet.marks == ()
    assert sheet.scored == before.scored
    used = {one.path: one for line in sheet.lines for one in line.trace.parameters} | {sheet.dates.path: sheet.dates}
    assert {(used[one.path].status, used[one.path].person, used[one.path].sure) for one in before.marks} == {
        ("已确认", "赵六", "区财政局当年通知")
    }


def test_a_record_of_its_own_counts_before_the_one_for_all(year, chaoyang):
    for judged in ((confirming(), confirming(**ALL)), (confirming(**ALL), confirming())):
        sheet = score_department(year(budget_lines=(CARRY,), judged_scores=judged), chaoyang)
        assert (line_of(sheet, "carryover").score, sheet.marks) == (Decimal("1.00"), ())


@pytest.mark.parametrize(
    ("judged", "sentence"),
    [
        (confirming(**ALL, person=" "), "“全部未核实的规则”的确认要写明判定人和理由"),
        (confirming(**ALL, reason=""), "“全部未核实的规则”的确认要写明判定人和理由"),
        (
            confirming(subject="全部未核实的规则"),
            "“全部未核实的规则”只能确认，不能替换：请把判定得分空着；要替换的数逐个写",
        ),
        (
            confirming(subject="定性指标计分方法", score=None),
            "评分判定里的“定性指标计分方法”可以指 2 个规则参数，请写全名，如“部门整体绩效评价·定性指标计分方法”",
        ),
        (confirming(person=""), f"规则参数“{STEP}”的确认要写明判定人和理由"),
        (
            confirming(subject="bj-department-2022/blocks.x"),
            "评分判定里的“bj-department-2022/blocks.x”不是现用规则的参数；用 jiheng rules show 查看参数编号",
        ),
    ],
)
def test_a_confirmation_that_names_nobody_or_nothing_is_refused(year, chaoyang, judged, sentence):
    with pytest.raises(BadInput) as error:
        score_department(year(judged_scores=(judged,)), chaoyang)
    assert error.value.sentence == sentence


def every_mark_confirmed(sheet):
    return tuple(JudgedScore(subject=one.path, person="赵六", reason="当年通知") for one in sheet.marks)


ITEMS = (
    ("财务管理制度健全性", 1),
    ("资金使用合规性和安全性", 2),
    ("会计基础信息完善性", 1),
    ("资产管理规范性", 4),
    ("绩效管理", 4),
)
JUDGED = tuple(
    JudgedScore(subject=name, score=Decimal(points), person="孙七", reason="检查记录") for name, points in ITEMS
)
AVERAGES = tuple(
    ManagementFact(item=item, figure=figure("5%")) for item in ("全区平均结转结余率", "全区平均预决算差异率")
)


def test_a_sheet_is_final_when_nothing_is_open_provisional_or_unverified(indicator, year, chaoyang):
    rows = (indicator("10次", "10次"), indicator("90%", "95%", dimension="满意度指标", code="b", name="乙"))
    whole = {"budget_lines": (CARRY,), "management_facts": AVERAGES}
    first = score_department(year(*rows, **whole, judged_scores=JUDGED), chaoyang)
    assert (first.total, first.grade, first.state) == (Decimal("99.40"), "优", "暂定")
    confirmed = score_department(year(*rows, **whole, judged_scores=(*JUDGED, *every_mark_confirmed(first))), chaoyang)
    assert (confirmed.total, confirmed.grade, confirmed.state, confirmed.marks) == (Decimal("99.40"), "优", "定分", ())


def test_a_management_item_is_held_inside_its_points(year, chaoyang):
    judged = JudgedScore(subject="绩效管理", score=Decimal("4.5"), person="孙七", reason="检查")
    line = line_of(score_department(year(judged_scores=(judged,)), chaoyang), "绩效管理")
    assert (line.score, line.reason) == (None, "判定得分 4.5 不在范围之内：请在“评分判定”表填 0—4 之间的得分（分值 4）")


def test_a_management_item_is_held_inside_the_band_of_its_level(year, chaoyang):
    judged = JudgedScore(subject="绩效管理", level="良", score=Decimal("3.6"), person="孙七", reason="检查")
    line = line_of(score_department(year(judged_scores=(judged,)), chaoyang), "绩效管理")
    wanted = "请在“评分判定”表填 3.2—3.6 之间的得分（分值 4，不含 3.6）"
    assert line.reason == f"判定得分 3.6 不在“良”的范围之内：{wanted}"


def test_facts_of_the_workbook_only_suggest(year, chaoyang):
    facts = (
        ManagementFact(item="预算资金管理办法已建立", answer=True),
        ManagementFact(item="财务管理制度健全", answer=True),
        ManagementFact(item="会计核算制度完整", answer=False),
    )
    line = line_of(score_department(year(management_facts=facts), chaoyang), "财务管理制度健全性")
    assert (line.score, line.trace.steps[-1]) == (None, "管理情况 3 项中 2 项符合，供判定参考：0.67 分")


def test_the_score_by_the_goal_table_stands_beside(indicator, year, chaoyang):
    rows = [
        indicator("10次", "8次", weight="53"),
        indicator("10元", "10元", "≤", weight="15", dimension="成本指标", code="b", name="乙"),
        indicator("10人", "", weight="16", dimension="效益", code="c", name="丙"),
        indicator("90%", "45%", weight="16", dimension="满意度", code="d", name="丁"),
    ]
    sheet = score_department(year(*rows), chaoyang)
    assert [(line.id, str(line.points), line.score and str(line.score)) for line in sheet.blocks[1].lines] == [
        ("a", "23.38", "18.70"),
        ("b", "6.62", "6.62"),
        ("c", "15.00", None),
        ("d", "15.00", "7.50"),
    ]
    assert [(line.id, line.score and str(line.score)) for line in sheet.beside.lines] == [
        ("a", "42.40"),
        ("b", "15"),
        ("c", None),
        ("d", "8.00"),
    ]
    assert (sheet.beside.points, sheet.beside.score, sheet.beside.open_points) == (100, Decimal("65.40"), 16)


def test_an_indicator_outside_the_frame_is_told(indicator, year, chaoyang):
    sheet = score_department(year(indicator("1次", "1次", dimension="决策")), chaoyang)
    assert sheet.blocks[1].notes == ("指标“甲”的一级指标“决策”不在评分表内，没有计分（绩效指标!8:8）",)


def test_indicators_of_projects_are_not_the_department_s(indicator, year, chaoyang):
    project = Project(code="P1", name="道路修缮", annual_budget=figure("100万元"), executed=figure("60万元"))
    one = year(indicator("10次", "8次", project="道路修缮"), projects=(project,))
    assert score_department(one, chaoyang).blocks[1].open_points == 60
    sheet = score_project(one, project, chaoyang)
    assert (sheet.subject, line_of(sheet, "a").score, line_of(sheet, "execution_rate").score) == (
        "道路修缮",
        Decimal("40.00"),
        Decimal("6.00"),
    )
    assert [one.subject for one in score_projects(one, chaoyang)] == ["道路修缮"]
    assert project_named(one, "P1") is project
    with pytest.raises(BadInput, match="没有编号或名称为“P9”的项目"):
        project_named(one, "P9")


@pytest.mark.parametrize(
    ("status", "executed", "reason"),
    [
        (None, "100万元", "没有填写项目完成情况，执行率不能计分"),
        (ProjectStatus.NOT_DONE, "100万元", "执行率 100% 而项目没有完成，规则没有写这种情形怎样计分，请由人判定"),
        (ProjectStatus.DONE, "101万元", "执行数超过全年预算数，规则没有写这种情形怎样计分，请由人判定"),
    ],
)
def test_what_101_does_not_say_is_left_to_a_person(year, chaoyang, status, executed, reason):
    rules = replace(chaoyang, editions=(catalogue().edition("mof-project-self-2021"),))
    project = Project(name="某项目", annual_budget=figure("100万元"), executed=figure(executed), status=status)
    sheet = score_project(year(projects=(project,)), project, rules)
    assert (sheet.lines[0].score, sheet.lines[0].reason) == (None, reason)


def test_points_may_be_given_to_a_frame_that_has_none(year, chaoyang):
    rules = replace(chaoyang, editions=(catalogue().edition("mof-department-2013"),))
    path = "mof-department-2013/blocks.process.items.carryover.points"
    given = JudgedScore(subject=path, score=Decimal(5), person="赵六", reason="本区自定")
    judged = JudgedScore(subject="结转结余率", score=Decimal(4), person="孙七", reason="低于上年")
    before = line_of(score_department(year(budget_lines=(CARRY,)), rules), "carryover")
    assert before.reason == f"本框架不定权重，这一项还没有分值；在“评分判定”里给出分值（判定对象写 {path}）"
    assert before.trace.steps == ("结转结余率 = (3万元 + 0万元) ÷ 100万元 × 100% = 3%",)
    after = line_of(score_department(year(budget_lines=(CARRY,), judged_scores=(given, judged)), rules), "carryover")
    assert (after.points, after.score) == (Decimal(5), Decimal(4))


def test_explaining_names_method_cells_clauses_and_arithmetic(indicator, year, chaoyang):
    line = line_of(score_department(year(indicator("100次", "80次")), chaoyang), "甲")
    assert list(explain(line)) == [
        "甲（产出指标）：分值 30，得分 24，已定，规则未核实",
        "  方法：正比计分",
        "  公式：得分 = B÷A × 分值，不超过分值",
        "  取数：指标值：≥100次（绩效指标!G8）",
        "  取数：实际完成值：80次（绩效指标!J8）",
        "  取数：权重：10（绩效指标!I8）",
        "  计算：分值：权重 10 ÷ 本块权重合计 10 × 30分 = 30 分（取两位小数，尾差按最大余额法）",
        "  计算：A（指标值）= 100，B（完成值）= 80（正向）",
        "  计算：没有达到指标值，完成比例 80÷100",
        "  计算：得分 = (80÷100) × 30 = 24（四舍五入到 0.01）",
        "  规则：产出（含成本）的分值：30分，《2022年部门整体绩效评价指标体系评分表》 二，已核实［bj-department-2022/blocks.goals.frames.two_halves.parts.output.points］",
        "  规则：整体绩效目标实现情况的权重换算：权重换算，《本程序的默认值》 权重换算，未核实：没有文件规定100分权重的目标表怎样换算成60分；按各块内权重的比例换算［bj-department-2022/blocks.goals.convert］",
        "  规则：部门整体绩效评价·正向指标计分方法：正比计分，《2022年部门整体绩效评价指标体系评分表》 评分标准，已核实［bj-department-2022/indicators.forward］",
        "  结果：24 分（满分 30 分）",
    ]


def test_what_is_not_on_the_sheet_is_told(year, chaoyang):
    with pytest.raises(BadInput, match="评分表里没有“不存在”"):
        find_lines(score_department(year(), chaoyang), "不存在")


def test_json_keeps_numbers_as_text(indicator, year, chaoyang):
    data = sheet_data(score_department(year(indicator("3个", "2个")), chaoyang))
    line = data["blocks"][1]["lines"][0]
    assert (data["total"], data["open_points"], line["score"], line["state"]) == (None, "70", "20", "已定")
    assert line["trace"]["inputs"][1] == {"name": "实际完成值", "given": "2个", "where": "绩效指标!J8"}


def test_a_row_of_no_weight_does_not_keep_the_total_open(indicator, year, chaoyang):
    rows = (
        indicator("10次", "10次"),
        indicator("10次", "", weight="0", code="z", name="零"),
        indicator("90%", "95%", dimension="满意度指标", code="b", name="乙"),
    )
    sheet = score_department(
        year(*rows, budget_lines=(CARRY,), management_facts=AVERAGES, judged_scores=JUDGED), chaoyang
    )
    assert (line_of(sheet, "z").state, sheet.open_points, sheet.total) == (ScoreState.OPEN, 0, Decimal("99.40"))


def test_a_project_s_judged_items_go_by_its_code(year, chaoyang):
    pair = (Project(code="P1", name="甲项目"), Project(code="P2", name="乙项目"))
    rules = replace(chaoyang, editions=(catalogue().edition("mof-project-evaluation-2020"),))
    judged = (
        JudgedScore(subject="P1/满意度", score=Decimal(9), person="孙七", reason="调查"),
        JudgedScore(subject="乙项目/满意度", score=Decimal(7), person="孙七", reason="调查"),
        JudgedScore(subject="实施效益", score=Decimal(15), person="孙七", reason="没有写是哪个项目"),
    )
    one = year(projects=pair, judged_scores=judged)
    sheets = [score_project(one, project, rules, Kind.PROJECT) for project in pair]
    assert [(line_of(sheet, "满意度").score, line_of(sheet, "实施效益").score) for sheet in sheets] == [
        (9, None),
        (7, None),
    ]
