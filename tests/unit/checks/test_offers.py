"""What findings offer beside their sentences: the way out that fits the figures."""

from .case import damaged
from .cases_goals import SATISFIED, indicator
from .cases_money import typed


def mends(damage, check):
    return [one.mend for one in damaged(damage).findings if one.check == check]


def test_weights_offer_to_empty_the_project_where_that_makes_the_department_right():
    assert mends(indicator(SATISFIED, project="X01"), "goals.weights") == [
        "“X01”的指标如果是部门整体指标，请清空“所属项目”，部门整体的权重就合计 100；不是的话，请调整权重，使合计等于 100。",
        "这些指标如果是部门整体指标，请清空“所属项目”，部门整体的权重就合计 100；不是的话，"
        "请调整权重，使合计等于 100（留 10 分给预算执行率的为 90）。",
    ]
    assert mends(indicator(SATISFIED, weight=14), "goals.weights") == ["请调整权重，使合计等于 100。"]


def test_a_slip_of_the_unit_says_the_right_value_and_its_cause():
    (one,) = damaged(typed("projects", "元", "executed", rows=[0])).findings
    assert (one.expected, one.likely_cause) == ("198万元", "单位填错：元填进了万元列")
    assert one.mend == "请把 1980000 改为 198，或在数字后面写上单位（1980000元）。"
    (sheet,) = damaged(typed("fund_block", "万元")).findings
    assert (sheet.expected, sheet.likely_cause) == ("10000000元", "单位填错：万元填进了元列")
    assert sheet.mend == "请把标题里的单位改为“万元”，或把这些数都换算成元。"


def test_other_checks_wait_for_a_slipped_cell_and_do_not_pass():
    damage = typed("projects", "元", "executed", rows=[0])
    report = damaged(lambda year: damage(indicator(SATISFIED)(year)))
    assert [one.check for one in report.findings] == ["slips.unit"]
