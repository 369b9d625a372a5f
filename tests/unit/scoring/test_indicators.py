"""One indicator at a time: what scores, what stays open, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jiheng.model import Actual, JudgedScore, ScoreState
from jiheng.scoring import score_department
from jiheng.values import Figure, show_number
from jiheng.values.units import unit_named


def row(year, chaoyang, *indicators, **more):
    return next(line for line in score_department(year(*indicators, **more), chaoyang).blocks[1].lines)


@pytest.mark.parametrize(
    ("comparator", "target", "actual", "direction", "score"),
    [
        ("≥", "100次", "80次", "越高越好", "24"),
        ("≥", "100次", "80次", None, "24"),
        ("≥", "100次", "0次", None, "0"),
        ("≥", "0次", "0次", None, "30"),
        (">", "100次", "100次", None, "30"),
        ("≤", "100元", "100元", None, "30"),
        ("≤", "100元", "150元", "越低越好", "20"),
        ("≤", "100元", "200元", None, "15"),
        ("≤", "100元", "400元", None, "7.5"),
        ("<", "100元", "300元", None, "10"),
        ("≤", "0起", "0起", None, "30"),
        ("≤", "0起", "1起", None, "0"),
        ("=", "3级", "3级", None, "30"),
        ("=", "3级", "4级", "越低越好", "22.5"),
        ("=", "3级", "4级", "越接近越好", "22.5"),
        ("=", "3级", "2级", "越低越好", "30"),
        ("=", "3级", "2级", "越接近越好", "20"),
        ("=", "3级", "4级", "越高越好", "30"),
        ("=", "0起", "0起", "越低越好", "30"),
        ("=", "0起", "2起", "越接近越好", "0"),
        ("≥", "90%", "90%以上", None, "30"),
        ("≥", "95%", "90%以上", None, "28.42"),
        ("≥", "100万元", "500000元", None, "15"),
        ("≥", "3个", "2个", None, "20"),
        ("≥", "-5%", "-3%", None, "30"),
    ],
)
def test_scores_by_comparator_and_direction(indicator, year, chaoyang, comparator, target, actual, direction, score):
    more = {"direction": direction} if direction else {}
    line = row(year, chaoyang, indicator(target, actual, comparator, **more))
    assert (line.score, line.state) == (Decimal(score), ScoreState.SETTLED)


@pytest.mark.parametrize(
    ("comparator", "target", "actual", "more", "reason", "where"),
    [
        ("≥", "100次", "", {}, "缺完成值（空着不等于零）", "绩效指标!J8"),
        ("≥", "100次", "按时完成", {}, "缺完成值，现在填的“按时完成”不是可以比较的数", "绩效指标!J8"),
        ("≥", "优良", "80次", {}, "指标值“优良”不是数字，定量指标要填数字和单位", "绩效指标!G8"),
        ("≥", "", "80次", {}, "没有填写指标值，定量指标要填数字和单位", "绩效指标!G8"),
        ("≥", "1000000000000000000000000000000次", "1次", {}, "“1000000000000000000000000000000次”大得不可能，请核对", "绩效指标!G8"),
        ("≤", "100元", "-5元", {}, "金额“-5元”是负数，请核对", "绩效指标!J8"),
        ("≥", "90%", "120%", {"dimension": "满意度指标"}, "满意度“120%”超过 100%，请核对", "绩效指标!J8"),
        ("≥", "100次", "80元", {}, "指标值的单位“次”与完成值的单位“元”不能换算", "绩效指标!J8"),
        ("≥", "10网格", "8幅", {}, "指标值的单位“网格”与完成值的单位“幅”不能换算", "绩效指标!J8"),
        ("≥", "100次", "80次", {"direction": "越低越好"}, "指标性质“≥”与指标方向“越低越好”矛盾，请改正其中一个", "绩效指标!F8"),
        ("≤", "100次", "80次", {"direction": "越接近越好"}, "指标性质“≤”与指标方向“越接近越好”矛盾，请改正其中一个", "绩效指标!F8"),
        ("=", "3级", "4级", {}, "性质为“=”而完成值不相等，要先填写指标方向（越高、越低或越接近越好）才能计分", "绩效指标!J8"),
        ("≤", "5%", "3%以上", {}, "完成值“3%以上”只给出一边的界限，不能说明是否达到指标值，请填确切的数", "绩效指标!J8"),
        ("≥", "-5%", "-8%", {}, "指标值是负数，没有完成时不能按比例计分，请由人判定", "绩效指标!J8"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_stays_open(indicator, year, chaoyang, comparator, target, actual, more, reason, where):
    lines = score_department(year(indicator(target, actual, comparator, **more)), chaoyang).blocks[1].lines
    line = next(line for line in lines if line.id == "a")
    assert (line.score, line.state, line.reason, line.where) == (None, ScoreState.OPEN, reason, where)


@pytest.mark.parametrize(
    ("weight", "reason"),
    [
        (None, "指标“甲”没有权重，“产出（含成本）”的 30分 不能分配"),
        ("-1", "指标“甲”的权重是负数（-1），“产出（含成本）”的 30分 不能分配"),
        ("0", "“产出（含成本）”各指标的权重合计为零，30分 不能分配"),
    ],
)
def test_points_that_cannot_be_shared_out_stay_open(indicator, year, chaoyang, weight, reason):
    line = row(year, chaoyang, indicator("1次", "1次", weight=weight))
    assert (line.points, line.score, line.reason, line.where) == (Decimal(30), None, reason, "绩效指标!I8")


def test_a_weight_of_zero_earns_nothing_and_costs_nothing(indicator, year, chaoyang):
    lines = (
        score_department(
            year(indicator("1次", "1次", weight="0"), indicator("1次", "1次", code="b", name="乙")), chaoyang
        )
        .blocks[1]
        .lines
    )
    assert [(line.points, line.score) for line in lines[:2]] == [
        (Decimal("0.00"), Decimal("0.00")),
        (Decimal("30.00"), Decimal("30.00")),
    ]


def said(**more) -> JudgedScore:
    fields = {"subject": "a", "level": "良", "score": Decimal("8.5"), "person": "王五", "reason": "验收报告"}
    return JudgedScore(**(fields | more))


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        (said(), "25.5"),
        (said(score=Decimal("8")), "24"),
        (
            said(score=Decimal("9")),
            "判定得分 9 不在“良”的区间之内：请在“评分判定”表填 8—9 之间的得分（权重 10，不含 9）",
        ),
        (
            said(score=Decimal("7.99")),
            "判定得分 7.99 不在“良”的区间之内：请在“评分判定”表填 8—9 之间的得分（权重 10，不含 9）",
        ),
        (said(level="优"), "完成值和判定的等级不一致：优、良"),
        (said(level="特优"), "等级“特优”不在“优良中低差”之内"),
        (said(person=""), "待判定：判定没有写明判定人或理由"),
        (said(reason=" "), "待判定：判定没有写明判定人或理由"),
        (said(score=None), "待判定：请在“评分判定”表填 8—9 之间的得分（权重 10，不含 9）"),
        (said(subject="b"), "待判定：请在“评分判定”表填 8—9 之间的得分（权重 10，不含 9）"),
    ],
)
def test_a_qualitative_score_is_a_named_person_s_inside_its_band(indicator, year, chaoyang, judged, told):
    line = row(year, chaoyang, indicator("优良中低差", "良", "定性"), judged_scores=(judged,))
    assert (show_number(line.score) if line.score is not None else line.reason) == told


def test_two_judgements_are_one_too_many(indicator, year, chaoyang):
    line = row(year, chaoyang, indicator("优良中低差", "良", "定性"), judged_scores=(said(), said(subject="甲")))
    assert line.reason == "待判定：有 2 条判定得分，请只留一条"


def test_a_name_that_two_indicators_bear_does_not_name_one(indicator, year, chaoyang):
    pair = (indicator("优良中低差", "良", "定性"), indicator("优良中低差", "良", "定性", code="b"))
    lines = score_department(year(*pair, judged_scores=(said(subject="甲"),)), chaoyang).blocks[1].lines
    assert [line.state for line in lines[:2]] == [ScoreState.OPEN, ScoreState.OPEN]


@pytest.mark.parametrize(
    ("target_level", "actual", "score", "told"),
    [
        ("良", "优", "9.5", "28.5"),
        ("良", "良", "9.5", "28.5"),
        ("良", "中", "7", "21"),
        ("", "良", "8.5", "25.5"),
    ],
)
def test_reaching_the_target_level_opens_the_best_band(indicator, year, chaoyang, target_level, actual, score, told):
    one = indicator("优良中低差", actual, "定性", target_level=target_level)
    line = row(year, chaoyang, one, judged_scores=(said(level="", score=Decimal(score)),))
    assert line.score == Decimal(told)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        (
            "好坏参半",
            "好",
            "定性指标的等级制“好坏参半”不认识，请用优良中低差、优良中差、高中低或达成、部分达成、未达成",
        ),
        ("高中低", "", "缺完成值：定性指标填等级（高、中、低）"),
        ("高中低", "优", "等级“优”不在“高中低”之内"),
    ],
)
def test_a_level_nobody_knows_stays_open(indicator, year, chaoyang, target, actual, reason):
    assert row(year, chaoyang, indicator(target, actual, "定性")).reason == reason


def test_a_target_found_too_low_needs_a_name_and_a_reason(indicator, year, chaoyang):
    judged = JudgedScore(subject="a", target_too_low=True, person="", reason="")
    line = row(year, chaoyang, indicator("10次", "100次"), judged_scores=(judged,))
    assert line.reason == "认定目标值偏低要写明判定人和理由，写全之前不计分"


def test_every_point_can_say_why(indicator, year, chaoyang):
    trace = row(year, chaoyang, indicator("100万元", "1500000元", "≤")).trace
    assert [(one.name, one.given, one.where) for one in trace.inputs] == [
        ("指标值", "≤100万元", "绩效指标!G8"),
        ("实际完成值", "1500000元", "绩效指标!J8"),
        ("权重", "10", "绩效指标!I8"),
    ]
    assert trace.steps == (
        "分值：权重 10 ÷ 本块权重合计 10 × 30分 = 30 分（取两位小数，尾差按最大余额法）",
        "A（指标值）= 1000000，B（完成值）= 1500000（反向）",
        "没有达到指标值，完成比例 1000000÷1500000",
        "得分 = (1000000÷1500000) × 30 = 20（四舍五入到 0.01）",
    )
    assert [(one.path, one.status) for one in trace.parameters] == [
        ("bj-department-2022/blocks.goals.frames.two_halves.parts.output.points", "已核实"),
        ("bj-department-2022/blocks.goals.convert", "未核实"),
        ("bj-department-2022/indicators.reverse", "已核实"),
    ]
    assert trace.result == "20 分（满分 30 分）"


@pytest.mark.parametrize(("target", "actual"), [("95%", "95"), ("20万元", "20"), ("3网格", "3")])
def test_an_actual_without_a_unit_is_in_the_target_s(indicator, year, chaoyang, target, actual):
    bare = Actual(value=Figure(Decimal(actual), unit_named("")))
    row = replace(indicator(target), actual=bare)
    line = score_department(year(row), chaoyang).blocks[1].lines[0]
    assert (line.score, line.actual) == (line.points, actual)


def test_an_excess_is_told_in_plain_words(indicator, year, chaoyang):
    line = score_department(year(indicator("100次", "103次")), chaoyang).blocks[1].lines[0]
    assert line.trace.steps[-2] == (
        "完成值超出指标值 3%；只有“评分判定”里认定年初指标值定低了才扣分，现在没有这样的认定，不扣分"
    )


def test_what_awaits_a_judgement_says_on_which_scale(indicator, year, chaoyang):
    row = indicator("优良中差", "良", "定性", weight="10")
    line = score_department(year(row), chaoyang).blocks[1].lines[0]
    assert (line.standing, line.reason, line.where) == (
        "待判定",
        "待判定：请在“评分判定”表填 8—9 之间的得分（权重 10，不含 9）",
        "",
    )
    assert line.trace.steps[-1] == "判定得分按绩效目标表的权重 10 打，再折算成本表的 30 分"
