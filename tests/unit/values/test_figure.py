"""Figures: the same amount in another unit is the same, and how exactly it was given counts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiheng.checks.sums import sum_fault
from jiheng.values import Bound, Figure, Interval, Money, unit_named
from jiheng.values.figure import exact_money

YUAN, WAN, PERCENT = unit_named("元"), unit_named("万元"), unit_named("%")
FEN = st.integers(-(10**15), 10**15)
UNITS = st.sampled_from([YUAN, WAN, unit_named("千元"), unit_named("亿元")])


def figure(text, unit, bound=Bound.EXACT):
    """A figure given to the last digit of its text."""
    value = Decimal(text)
    return Figure(value, unit, Decimal(1).scaleb(value.as_tuple().exponent), text, bound)


@given(FEN, UNITS, UNITS)
def test_unit_does_not_change_the_amount(fen, one, other):
    money = Money.from_fen(fen)
    a, b = exact_money(money, one), exact_money(money, other)
    assert (a.in_base, a.money, a.interval) == (b.in_base, money, b.interval)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_precision_is_the_same_in_yuan_and_wan(digits, decimals):
    quantum = Decimal(1).scaleb(-decimals)
    in_wan = Figure(digits * quantum, WAN, quantum)
    in_yuan = Figure(digits * quantum * 10000, YUAN, quantum * 10000)
    assert in_wan.interval == in_yuan.interval


@given(st.lists(FEN, min_size=1, max_size=6), st.integers(-3, 3), st.data())
def test_sum_check_does_not_depend_on_units_or_order(parts, off, data):
    """A sum to the 分 holds exactly when the 分 add up, in whatever unit and order they are given."""
    total = exact_money(Money.from_fen(sum(parts) + off), data.draw(UNITS))
    figures = {f"第{at}项": exact_money(Money.from_fen(fen), data.draw(UNITS)) for at, fen in enumerate(parts)}
    shuffled = dict(data.draw(st.permutations(list(figures.items()))))
    fault = sum_fault(total, shuffled)
    assert (fault is not None) == (off != 0)
    if fault:
        assert (fault.difference.fen, fault.reckoned.fen) == (off, sum(parts))


@given(st.lists(st.integers(0, 10**8), min_size=2, max_size=5))
def test_rounding_never_makes_a_finding(fen):
    """Parts and total each rounded to 0.01万元 on their own always agree."""
    rounded = [round(Decimal(amount) / 1_000_000, 2) for amount in (*fen, sum(fen))]
    *parts, total = (Figure(wan, WAN, Decimal("0.01")) for wan in rounded)
    assert sum_fault(total, {str(at): part for at, part in enumerate(parts)}) is None


@pytest.mark.parametrize(
    ("given_as", "interval"),
    [
        (figure("100.00", WAN), ("999950", "1000050")),
        (figure("31385.997668", WAN), ("313859976.68", "313859976.68")),
        (figure("5360030.22", YUAN), ("5360030.22", "5360030.22")),
        (figure("5360030.2", YUAN), ("5360030.15", "5360030.25")),
        (figure("99.63", PERCENT), ("99.625", "99.635")),
        (figure("90", PERCENT, Bound.AT_LEAST), ("89.5", "Infinity")),
        (figure("90", PERCENT, Bound.AT_MOST), ("-Infinity", "90.5")),
        (Figure(Decimal("100"), WAN), ("1000000", "1000000")),
    ],
)
def test_what_a_figure_may_stand_for(given_as, interval):
    """Money given to the 分 is exact: there is nothing finer that it could have been rounded from."""
    assert given_as.interval == Interval(*map(Decimal, interval))


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("元", "亿元", True),
        ("次", "场", True),
        ("次", "个", False),
        ("网格", "网格", True),
        ("网格", "亩", False),
        ("网格", "个", False),
        ("", "", True),
        ("", "%", False),
    ],
)
def test_figures_compare_within_one_dimension(one, other, like):
    a, b = Figure(Decimal(1), unit_named(one)), Figure(Decimal(1), unit_named(other))
    assert (a.is_like(b), b.is_like(a)) == (like, like)


@pytest.mark.parametrize(
    ("given_as", "words"),
    [
        (figure("20.00", unit_named("次")), "20次"),
        (Figure(Decimal("90"), PERCENT, Decimal(1), "90%以上", Bound.AT_LEAST), "90%以上"),
        (Figure(Decimal("1E+3"), WAN), "1000万元"),
    ],
)
def test_as_a_reader_prints_it(given_as, words):
    assert str(given_as) == words


def test_only_money_is_money():
    with pytest.raises(ValueError, match="20次 不是金额"):
        _ = figure("20", unit_named("次")).money


@pytest.mark.parametrize("values", [{"value": 0.1}, {"value": Decimal(1), "quantum": 0.01}])
def test_floats_are_refused(values):
    with pytest.raises(ValueError, match="不接受浮点数"):
        Figure(unit=WAN, **values)
