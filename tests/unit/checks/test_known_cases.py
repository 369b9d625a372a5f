"""Cases that have happened: the figures of two reports that were handed in, and what must be said of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jiheng.model import (
    Actual,
    BudgetLine,
    BudgetPart,
    Comparator,
    DepartmentYear,
    Direction,
    FundBlock,
    Indicator,
    Level,
    Quantity,
    StatedResults,
)
from jiheng.values import Bound

from .case import actual, damaged, examined, places, put
from .cases_goals import GREEN, ROADS, SATISFIED, indicator
from .right_year import figure, percent, right_year, wan, yuan


def year_of(**tables):
    """A year that holds nothing but these tables."""
    return DepartmentYear(profile=right_year().profile, **tables)


def lines(**by_part):
    """Budget lines, annual budget and execution in 万元."""
    return tuple(
        BudgetLine(part=BudgetPart[part], annual_budget=wan(annual), executed=wan(executed))
        for part, (annual, executed) in by_part.items()
    )


def found(report, check):
    return [one for one in report.findings if one.check == check]


STREET = lines(
    TOTAL=("31385.997668", "31385.997668"),
    BASIC=("4961.098592", "4961.098592"),
    PROJECT=("26424.899076", "31385.997668"),
    OTHER=("0", "0"),
)
TOWN = lines(
    TOTAL=("23187.018390", "23101.313452"),
    BASIC=("5275.741749", "5275.741749"),
    PROJECT=("17911.276641", "17825.571703"),
)
GOALS = FundBlock(
    total=yuan("182637354.64"),
    basic=yuan("52206546.96"),
    basic_fiscal=yuan("52206546.96"),
    project=yuan("130430807.68"),
    project_fiscal=yuan("130430807.68"),
)


def test_total_stands_in_a_part():
    (finding,) = found(examined(year_of(budget_lines=STREET)), "execution.sum")
    assert (finding.level, finding.expected, finding.likely_cause) == (
        Level.ERROR,
        "26424.899076万元",
        "合计误填为其中一项",
    )
    assert finding.message == (
        "“预算执行”表执行数合计 31385.997668万元，但基本支出 4961.098592万元、项目支出 31385.997668万元、其他支出 0万元"
        "相加是 36347.09626万元，比合计多 4961.098592万元。“项目支出”应为 26424.899076万元，像是把合计填在了“项目支出”里。"
        "项目支出的全年预算数正是 26424.899076万元。"
    )


def test_variance_names_its_base():
    year = year_of(budget_lines=STREET, fund_block=GOALS, stated=StatedResults(budget_final_variance=percent("0")))
    (finding,) = found(examined(year), "rates.variance")
    assert (finding.level, finding.expected, finding.likely_cause) == (
        Level.WARNING,
        "71.85%",
        "基数用了调整后的全年预算数",
    )
    assert finding.message == (
        "自报预决算差异率 0%，以绩效目标表总体资金合计 18263.735464万元 为基数计算是 71.85%（年初预算数没有填，用它代替）。"
        "自报的数只有以调整后的全年预算数 31385.997668万元 为基数才成立。"
    )


def test_goal_table_stands_in_for_the_initial_budget():
    (finding,) = found(examined(year_of(budget_lines=STREET, fund_block=GOALS)), "execution.goal_table")
    assert finding.message == (
        "绩效目标表总体资金合计 182637354.64元（折合 18263.735464万元），全年预算数合计 31385.997668万元，"
        "相差 13122.262204万元（71.85%），“预算调整”表没有说明差额的记录。"
    )


def test_half_the_indicators_without_an_actual_beside_a_full_score():
    weights = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4, 4, 3]
    empty = {0, 1, 2, 3, 7, 8, 9, 11, 16, 17, 21, 22, 23}
    table = tuple(
        Indicator(
            name=f"指标{at}",
            weight=Decimal(weight),
            target=figure("1", "项"),
            comparator=Comparator.AT_LEAST,
            actual=None if at in empty else Actual(value=figure("1", "项")),
        )
        for at, weight in enumerate(weights)
    )
    year = year_of(indicators=table, stated=StatedResults(score=Decimal(100)))
    (finding,) = found(examined(year), "actuals.missing_against_score")
    assert finding.level is Level.WARNING
    assert finding.message.startswith(
        "26 个指标中有 13 个没有实际完成值，涉及权重 51（总权重 100），而自评分为 100 分：指标0、指标1、"
    )


def test_initial_budget_follows_from_the_stated_variance():
    year = year_of(budget_lines=TOWN, stated=StatedResults(budget_final_variance=percent("107.49")))
    report = examined(year)
    (finding,) = found(report, "rates.implied_budget")
    assert (finding.facts["implied"], finding.facts["reach"]) == ("11133.70万元", "11133.43万元至11133.97万元")
    assert "rates.variance" not in report.passed


def test_six_decimals_tie_out():
    report = examined(year_of(budget_lines=TOWN, fund_block=GOALS))
    assert found(report, "execution.sum") == found(report, "fund.sum") == []


def test_one_fen_is_a_difference():
    off = replace(GOALS, total=yuan("182637354.65"))
    assert [one.facts["gap"] for one in found(examined(year_of(fund_block=off)), "fund.sum")] == ["少 0.01元"]
    last = replace(TOWN[2], executed=wan("17825.571704"))
    (finding,) = found(examined(year_of(budget_lines=(*TOWN[:2], last))), "execution.sum")
    assert finding.facts["gap"] == "多 0.000001万元"


def test_stated_rates_of_the_town_hold():
    stated = StatedResults(execution_rate=percent("99.63"), carryover_rate=percent("0.37"))
    report = examined(year_of(budget_lines=TOWN, stated=stated))
    assert {"rates.execution", "rates.carryover"} <= set(report.passed)


def test_a_lower_bound_counts_as_an_actual():
    over = replace(percent("90"), text="90%以上", bound=Bound.AT_LEAST)
    report = damaged(actual(SATISFIED, value=over, text="90%以上"))
    assert places(report) == []


def test_kinds_that_add_up_and_a_cost_below_its_limit_are_silent():
    kinds = {"便民": 43, "公益": 7, "群众活动": 22, "关爱": 2, "支撑": 7, "其他": 28, "合计": 109}
    rows = tuple(Quantity(subject="服务项目", kind=kind, count=figure(str(n), "项")) for kind, n in kinds.items())
    cost = Indicator(
        name="装修成本",
        comparator=Comparator.AT_MOST,
        target=figure("114", "万元"),
        actual=Actual(value=figure("107", "万元")),
    )
    report = examined(year_of(quantities=rows, indicators=(cost,)))
    passed = {"projects.quantities", "actuals.unmet_without_reason", "targets.equal_actual", "targets.unit_unlike_name"}
    assert passed <= set(report.passed)


@pytest.mark.parametrize(
    ("direction", "findings"),
    [
        (None, ["targets.direction hint 绩效指标!N10"]),
        (Direction.LOWER, ["actuals.unmet_without_reason warning 绩效指标!J10"]),
        (Direction.NEAREST, ["actuals.unmet_without_reason warning 绩效指标!J10"]),
        (Direction.HIGHER, []),
    ],
)
def test_level_three_against_level_four(direction, findings):
    """Better or worse does not follow from “=”: without a direction nobody is blamed, but asked."""

    def damage(year):
        year = indicator(GREEN, direction=direction)(year)
        return actual(GREEN, value=figure("4", "级"), text="4")(year)

    assert places(damaged(damage)) == findings


def test_weights_of_a_hundred_are_silent_whatever_their_decimals():
    split = [put("indicators", row, weight=Decimal(w)) for row, w in ((ROADS, "20.50"), (ROADS + 1, "14.5"))]
    assert places(damaged(lambda year: split[1](split[0](year)))) == []
