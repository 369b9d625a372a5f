"""Intervals hold every value that may be meant, also where arithmetic must cut digits off."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiheng.values import Interval
from jiheng.values.interval import INFINITY

NUMBERS = st.decimals(-(10**12), 10**12, places=6)


@st.composite
def interval_and_point(draw):
    """An interval and a value inside it, often an end."""
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    share = draw(st.fractions(0, 1))
    return Interval(low, high), Fraction(low) + share * (Fraction(high) - Fraction(low))


def holds(interval, value):
    """Whether a fraction lies inside, compared exactly."""
    return Fraction(interval.low) <= value <= Fraction(interval.high)


@given(interval_and_point(), interval_and_point())
def test_sums_and_differences_hold_every_result(one, other):
    (a, x), (b, y) = one, other
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert Interval.total((a, b)) == a + b


@given(interval_and_point(), NUMBERS)
def test_multiples_hold_every_result(one, factor):
    interval, value = one
    assert holds(interval.times(factor), value * Fraction(factor))


@given(interval_and_point(), interval_and_point())
def test_quotients_hold_every_result(one, other):
    (a, x), (b, y) = one, other
    quotient = a.over(b)
    assert (quotient is None) == (b.low <= 0 <= b.high)
    assume(quotient is not None)
    assert holds(quotient, x / y)


def test_a_third_is_cut_outward():
    third = Interval.exactly(Decimal(1)).over(Interval.exactly(Decimal(3)))
    assert third.low < third.high
    assert holds(third, Fraction(1, 3))


@given(interval_and_point(), interval_and_point())
def test_meeting_is_mutual_and_means_a_common_value(one, other):
    (a, x), (b, _) = one, other
    assert a.meets(b) == b.meets(a)
    assert not holds(b, x) or a.meets(b)
    assert a.meets(b) == (max(a.low, b.low) <= min(a.high, b.high))


def test_limits_reach_to_infinity():
    at_least = Interval(Decimal(90), INFINITY)
    assert at_least.meets(Interval.exactly(Decimal(100)))
    assert not at_least.meets(Interval.exactly(Decimal("89.9")))
    assert at_least.times(Decimal(0)) == Interval.exactly(Decimal(0))
    assert at_least.times(Decimal(-1)) == Interval(-INFINITY, Decimal(-90))
    assert at_least.over(at_least) == Interval(Decimal(0), INFINITY)


def test_total_of_nothing_is_zero():
    assert Interval.total(()) == Interval.exactly(Decimal(0))


def test_ends_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="区间下限 2 大于上限 1"):
        Interval(Decimal(2), Decimal(1))
