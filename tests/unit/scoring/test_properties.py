"""What must hold for any indicator table: bounds, monotony, exactness, order, sums."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.model import (
    Actual,
    BudgetLine,
    BudgetPart,
    Comparator,
    DepartmentYear,
    Direction,
    Indicator,
    JudgedScore,
    Profile,
    ScoreSheet,
)
from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.editions import Kind, Scheme
from jiheng.rulebook.resolve import resolve
from jiheng.scoring import score_department
from jiheng.scoring.arithmetic import over, points_of, share_out
from jiheng.scoring.quantitative import Refused, Way, earned_share
from jiheng.values import Figure, FiscalYear, RegionCode, unit_named

RULES = resolve(RegionCode("110105"), FiscalYear(2024), date(2026, 1, 1))
SCHEMES = [one for one in catalogue().editions.values() if isinstance(one, Scheme) and one.indicators]
PROFILE = Profile(department="某部门", region=RegionCode("110105"), fiscal_year=FiscalYear(2024))

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
positive = st.decimals(min_value="0.01", max_value=10**9, places=2)
weights = st.decimals(min_value=0, max_value=100, places=2)
schemes = st.sampled_from(SCHEMES)
ways = st.sampled_from(
    [(sign, direction) for sign in Comparator if sign is not Comparator.QUALITATIVE for direction in (None, *Direction)]
)


@st.composite
def tables(draw: st.DrawFn) -> list[Indicator]:
    rows = []
    for at in range(draw(st.integers(0, 6))):
        sign, direction = draw(ways)
        rows.append(
            Indicator(
                code=f"i{at}",
                name=f"指标{at}",
                dimension=draw(st.sampled_from(["产出指标", "成本指标", "效益指标", "满意度指标", "其他"])),
                comparator=sign,
                direction=direction,
                target=Figure(draw(amounts), unit_named("万元")),
                weight=draw(weights),
                actual=Actual(value=Figure(draw(amounts), unit_named("万元"))) if draw(st.booleans()) else None,
                demand_driven=draw(st.booleans()),
            )
        )
    return rows


def sheet(rows: list[Indicator], judged: tuple[JudgedScore, ...] = ()) -> ScoreSheet:
    money = unit_named("万元")
    total = BudgetLine(
        part=BudgetPart.TOTAL,
        initial_budget=Figure(Decimal(90), money),
        annual_budget=Figure(Decimal(100), money),
        executed=Figure(Decimal(97), money),
        final_accounts=Figure(Decimal(97), money),
        carried_over=Figure(Decimal(2), money),
        surplus=Figure(Decimal(1), money),
    )
    return score_department(
        DepartmentYear(profile=PROFILE, indicators=tuple(rows), budget_lines=(total,), judged_scores=judged), RULES
    )


@given(tables(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_scores_lie_between_zero_and_their_points_and_sum_up(rows, found_low):
    judged = tuple(JudgedScore(subject=one.code, target_too_low=found_low, person="甲", reason="乙") for one in rows)
    result = sheet(rows, judged)
    for line in result.lines:
        assert line.score is None or 0 <= line.score <= line.points
    assert result.points == 100
    assert [block.points for block in result.blocks] == [20, 60, 20]
    assert result.settled + result.provisional == sum(block.score for block in result.blocks)
    assert result.scored + result.open_points <= 100
    scored = sum(line.points for line in result.lines if line.score is not None)
    assert scored + result.open_points == 100


@given(tables(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_rows_does_not_matter(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)

    def by_id(result: ScoreSheet) -> list[tuple[str, Decimal, Decimal | None, str]]:
        return sorted(
            (line.id, line.points, line.score, line.reason) for line in result.lines if line.id.startswith("i")
        )

    assert [line[:2] for line in by_id(sheet(rows))] == [line[:2] for line in by_id(sheet(mixed))]
    assert sheet(rows).scored == sheet(mixed).scored


@given(schemes, st.sampled_from([Way.FORWARD, Way.REVERSE, Way.NEAREST]), amounts, amounts, amounts)
def test_better_never_earns_less(scheme, way, target, one, other):
    low, high = sorted((one, other))
    if way is Way.NEAREST and low < target:
        high = min(high, target)  # below the target, nearer is higher
    worse, better = (low, high) if way is Way.FORWARD or (way is Way.NEAREST and low < target) else (high, low)
    shares = [earned_share(way, target, actual, scheme.indicators) for actual in (worse, better)]
    assert not any(isinstance(share, Refused) for share in shares)
    assert Fraction(*shares[0]) <= Fraction(*shares[1]) <= 1
    assert Fraction(*shares[0]) >= 0


@given(schemes, st.sampled_from([Way.FORWARD, Way.REVERSE]), positive, positive, positive)
def test_the_unit_does_not_matter(scheme, way, target, actual, points):
    small = earned_share(way, target, actual, scheme.indicators)
    large = earned_share(way, target * 10000, actual * 10000, scheme.indicators)
    assert Fraction(*small) == Fraction(*large)
    assert points_of(small, points) == points_of(large, points)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_yuan_and_wan_give_the_same_sheet(rows):
    def in_yuan(figure: Figure | None) -> Figure | None:
        return figure and Figure(figure.value * 10000, unit_named("元"))

    other = [
        replace(one, target=in_yuan(one.target), actual=one.actual and Actual(value=in_yuan(one.actual.value)))
        for one in rows
    ]
    assert [line.score for line in sheet(rows).lines] == [line.score for line in sheet(other).lines]


@given(st.decimals(min_value=0, max_value=100, places=2), st.lists(weights, min_size=1, max_size=40))
def test_points_are_shared_out_to_the_last_hundredth(points, given_weights):
    if sum(given_weights) == 0:
        return
    keys = [(str(at),) for at in range(len(given_weights))]
    shared = share_out(points, given_weights, keys)
    assert sum(shared) == points
    total = sum(given_weights)
    for weight, part in zip(given_weights, shared, strict=True):
        assert abs(Fraction(part) - Fraction(weight) * Fraction(points) / Fraction(total)) < Fraction(1, 100)
        assert weight or not part


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.decimals(min_value=0, max_value=100, places=3))
def test_one_rounding_half_up(numerator, denominator, points):
    exact = Fraction(numerator, denominator) * Fraction(points)
    hundredths = exact * 100
    rounded = Fraction((2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator), 100)
    expected = Fraction(points) if numerator >= denominator else min(rounded, Fraction(points))
    assert Fraction(points_of((numerator, denominator), points)) == expected


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_execution_is_a_plain_ratio(executed, budget):
    if budget:
        assert Fraction(*over(Decimal(executed), Decimal(budget))) == Fraction(executed, budget)


def test_the_kinds_of_sheet_are_all_tried():
    assert {scheme.kind for scheme in SCHEMES} == {Kind.DEPARTMENT.value, Kind.PROJECT_SELF.value}
