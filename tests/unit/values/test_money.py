"""Money is exact: what goes in as 分, 元 or 万元 comes out so."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiheng.values import Money
from jiheng.values.exact import LARGEST

FEN = st.integers(-int(LARGEST) * 100, int(LARGEST) * 100)


@given(FEN)
def test_fen_round_trip(fen):
    assert Money.from_fen(fen).fen == fen


@given(FEN)
def test_wan_round_trip(fen):
    money = Money.from_fen(fen)
    assert Money.from_wan(money.wan) == money
    assert Fraction(money.wan) == Fraction(fen, 1_000_000)


@given(st.lists(FEN, max_size=50), st.randoms(use_true_random=False))
def test_sum_is_exact_in_any_order(amounts, random):
    parts = [Money.from_fen(fen) for fen in amounts]
    shuffled = random.sample(parts, len(parts))
    assert Money.total(parts) == Money.total(shuffled)
    assert Money.total(parts).fen == sum(amounts)


@given(FEN, FEN)
def test_arithmetic_is_that_of_integers(one, other):
    a, b = Money.from_fen(one), Money.from_fen(other)
    assert ((a + b).fen, (a - b).fen, (-a).fen) == (one + other, one - other, -one)
    assert (a < b, a == b) == (one < other, one == other)


@pytest.mark.parametrize("amount", ["0.001", "1.005", "NaN", "Infinity"])
def test_fraction_of_a_fen_is_refused(amount):
    with pytest.raises(ValueError, match="不是整数分"):
        Money(Decimal(amount))


def test_float_is_refused():
    with pytest.raises(ValueError, match="不接受浮点数"):
        Money(0.1)


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [("5360030.22", "536.003022万元"), ("0.01", "0.000001万元"), ("-100000", "-10万元"), ("0.00", "0万元")],
)
def test_shown_in_wan(yuan, shown):
    assert str(Money(Decimal(yuan))) == shown
