"""What a document is, and what it tells of a department's year; unknown when unsure."""

import pytest

from jiheng.reading.partial_year import partial_year
from jiheng.reading.places import spot_of

HEADS = [
    ("某市某区财政局2024年度部门决算\n一、概况\n", ("部门决算", "某市某区财政局", 2024)),
    ("某市某区财政局2024年度单位决算\n", ("单位决算", "某市某区财政局", 2024)),
    ("2025年度某县水利局部门预算\n", ("部门预算", "某县水利局", 2025)),
    ("某镇2023年部门整体支出绩效自评报告\n", ("部门整体绩效评价报告", "某镇", 2023)),
    ("2022年度道路养护项目支出绩效评价报告\n主管部门：某区城市管理委员会\n", ("项目支出绩效评价报告", "某区城市管理委员会", 2022)),
    ("项目支出绩效自评表\n（2023年度）\n主管部门：某区民政局\n", ("项目支出绩效自评表", "某区民政局", 2023)),
    ("上海市XX局\n2024年度部门决算\n", ("部门决算", "", 2024)),
    ("2021—2023年部门整体绩效评价报告\n", ("部门整体绩效评价报告", "", None)),
    ("关于召开会议的通知\n各科室：请准时参加。\n", ("unknown", "", None)),
    ("今年工作总结\n2022年做了一件，2023年做了两件，2024年做了三件。\n", ("unknown", "", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS, ids=lambda value: str(value)[:12])
def test_heads(read_text, text, expected):
    head = read_text(text + "正文一句。\n").head
    assert (head.kind.value, head.department.value, head.year) == expected


def test_regions_come_with_evidence(read_text):
    head = read_text("北京市朝阳区某街道办事处2023年度部门整体绩效评价报告\n正文。\n").head
    assert (head.region.value, head.region.quote) == ("110105", "北京市朝阳区")
    assert read_text("某街道办事处2023年度部门整体绩效评价报告\n正文。\n").head.region.value == ""


FORM = """<html><body><table><tr><td colspan=6>项目支出绩效自评表（2023年度）</td></tr>
<tr><td>主管部门</td><td colspan=2>某区民政局</td><td>实施单位</td><td colspan=2>某中心</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td></tr>
<tr><td rowspan=2>产出指标</td><td>数量指标</td><td>服务老人数</td><td>≥1000人</td><td>1200人</td><td>20</td></tr>
<tr><td>质量指标</td><td>服务质量</td><td>优良中低差</td><td>优</td><td>10</td></tr>
<tr><td>满意度指标</td><td>满意度</td><td>老人满意度</td><td>≥90%</td><td></td><td>10</td></tr></table></body></html>"""


def test_a_form_with_actual_values(read_text):
    document = read_text(FORM, ".html")
    assert (document.head.kind.value, document.head.department.value, document.head.year) == (
        "项目支出绩效自评表",
        "某区民政局",
        2023,
    )
    year = partial_year(document).year
    assert [(one.dimension, one.name, one.comparator.value, str(one.target or one.scale), one.weight) for one in year.indicators] == [
        ("产出指标", "服务老人数", "≥", "1000人", 20),
        ("产出指标", "服务质量", "定性", "优良中低差", 10),
        ("满意度指标", "老人满意度", "≥", "90%", 10),
    ]  # fmt: skip
    assert [(str(one.actual.value), one.actual.level) if one.actual else None for one in year.indicators] == [
        ("1200人", ""),
        ("None", "优"),
        None,
    ]
    where = year.indicators[0].origin.cells["name"]
    assert spot_of(document, where).line == 4


REPORT = """某街道2024年度部门整体绩效评价报告
一、部门概况
（一）机构设置
内设机构包括：党政办公室、城市管理办公室、综合执法队。行政编制在职人员30人，事业编制在职人员12人。
二、当年预算执行情况
2024年全年预算数1,000.50万元，其中：基本支出预算数400.50万元，项目支出预算数600.00万元。资金总体支出900.45万元，其中，基本支出400.50万元，项目支出499.95万元。预算执行率为90.00%。
三、整体绩效目标实现情况
（一）服务项目
开展服务项目30个，其中：便民类20个，文体类10个。满意度目标≥90%，经调查居民满意度为93.5%。
四、预算管理情况分析
（一）结转结余率
结转结余率=10.00
五、总体评价结论
（一）评价得分情况
部门整体自评得分92.5分，开展自评项目共12个。
"""


def test_a_report(read_text):
    partial = partial_year(read_text(REPORT))
    year = partial.year
    assert [office.name for office in year.offices] == ["党政办公室", "城市管理办公室", "综合执法队"]
    assert [(one.kind, one.employed) for one in year.staffing] == [("行政", 30), ("事业", 12)]
    assert [(one.part.value, str(one.annual_budget), str(one.executed)) for one in year.budget_lines] == [
        ("合计", "1000.5万元", "900.45万元"), ("基本支出", "400.5万元", "400.5万元"), ("项目支出", "600万元", "499.95万元"),
    ]  # fmt: skip
    assert [(one.kind, str(one.count)) for one in year.quantities] == [
        ("合计", "30个"),
        ("便民类", "20个"),
        ("文体类", "10个"),
    ]
    assert [str(one.satisfaction) for one in year.surveys] == ["93.5%"]
    stated = year.stated
    assert (str(stated.execution_rate), str(stated.carryover_rate), stated.score, stated.evaluated_projects) == (
        "90%",
        "10%",
        92.5,
        12,
    )
    assert len(partial.doubts) == 1
    assert [one.text for one in partial.unmatched] == ["90%"]


def test_nothing_is_invented(read_text):
    partial = partial_year(read_text("某局2024年部门整体绩效评价报告\n一、概况\n情况良好。\n"))
    year = partial.year
    assert (year.indicators, year.budget_lines, year.surveys, year.stated.score, year.fund_block.total) == (
        (),
        (),
        (),
        None,
        None,
    )
    assert partial_year(read_text("通知\n请参加。\n")).year is None


@pytest.mark.parametrize("nothing", ["", "未填", "未填写", "—", "-", "/"])
def test_a_cell_that_says_nothing_was_filled_in_is_no_actual(read_text, nothing):
    form = FORM.replace("<td>≥90%</td><td></td>", f"<td>≥90%</td><td>{nothing}</td>")
    assert [one.actual is None for one in partial_year(read_text(form, ".html")).year.indicators] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "有 1 个项目没有完成或自评为 0 分：“雨水管网改造”未完成、自评0分（自评项目共 10 个）。",
        "雨水管网改造自评0分，原因是场地没有移交。",
        "本年“雨水管网改造”项目自评得分0分。",
    ],
)
def test_a_project_with_a_score_goes_by_its_name_alone(read_text, sentence):
    text = f"某街道2024年度部门整体绩效评价报告\n五、总体评价结论\n（二）存在的问题及原因分析\n{sentence}\n"
    assert [one.project for one in partial_year(read_text(text)).year.self_evaluations] == ["雨水管网改造"]
