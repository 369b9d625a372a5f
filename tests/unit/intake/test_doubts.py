"""Cells that can be read in one sensible way, and what is missing: told as a hint, the rest is still used."""

import pytest

HEADS = ["一级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "实际完成值", "历史值"]


@pytest.mark.parametrize("unit", [None, "%", "-"])
@pytest.mark.parametrize(("typed", "meant"), [(1, "100%"), ("0.95", "95%")])
def test_a_bare_fraction_beside_a_share_is_a_doubt(read, said, unit, typed, meant):
    row = ["产出指标", "及时率", "≥", "95%", unit, typed, typed]
    intake = read(绩效指标=[HEADS, row])
    (one,) = intake.year.indicators
    assert (str(one.actual.value), str(one.history)) == (meant, meant)
    assert [(level, place) for level, place, _ in said(intake)] == [("hint", "绩效指标!F2"), ("hint", "绩效指标!G2")]
    assert said(intake)[0][2] == f"“绩效指标”表 F2“实际完成值”填的是“{typed}”，没有写百分号，按 {meant} 理解。"


def test_an_actual_without_a_unit_takes_the_targets(read, said):
    intake = read(绩效指标=[HEADS, ["产出指标", "次数", "≥", "20次", None, 22, "21项"]])
    (one,) = intake.year.indicators
    assert (str(one.actual.value), str(one.history)) == ("22次", "21项")
    assert said(intake) == []


def test_an_amount_among_the_facts_needs_its_unit(read, said):
    rows = [
        ["事项", "情况"],
        ["政府采购预算金额", 300],
        ["项目总数", 3],
        ["三公经费预算数", "5万元"],
        ["公用经费实际支出", 0],
    ]
    assert said(read(管理情况=rows)) == [
        ("hint", "管理情况!B2", "“管理情况”表 B2“情况”填的是“300”，没有写单位，不知道是元还是万元，没有用于比较金额。"),
    ]


def test_a_column_of_money_that_was_taken_out_is_told(read, said):
    heads = ["支出类别", "资金来源", "活动领域", "年初预算数", "全年预算数", "决算数", "年末结转", "说明"]
    assert said(read(预算执行=[heads, ["合计", None, None, 1, 1, 1, 0, None]])) == [
        ("hint", "预算执行!1:1", "“预算执行”表没有“执行数”“年末结余”列，用到它的核查做不了。"),
    ]
    assert said(read(预算执行=[["支出类别", "全年预算数"], ["合计", 1]])) == []


def test_a_passage_without_its_section_is_still_a_passage(read, said):
    intake = read(报告文字=[["所属章节", "段落"], [None, "执行率{执行率}。"], ["别的章节", "执行数{执行数}。"]])
    assert [(one.section, one.text) for one in intake.year.passages] == [
        ("", "执行率{执行率}。"),
        ("", "执行数{执行数}。"),
    ]
    assert said(intake)[0] == ("error", "报告文字!A2", "“报告文字”表第 2 行没有填“所属章节”，这一段不会写进报告。")
