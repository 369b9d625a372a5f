"""Decimals from spreadsheets, the one rounding, the one way to show a number."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiheng.values import Ratio, exact_from_spreadsheet, round_half_up, show_number

DECIMALS = st.decimals(-(10**15), 10**15, places=8)
TYPED = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 12)
)


def half_up(value, places):
    """Halves away from zero, in fractions."""
    scaled = abs(Fraction(value)) * 10**places
    rounded = Fraction(floor(scaled + Fraction(1, 2)), 10**places)
    return -rounded if value < 0 else rounded


@given(DECIMALS, st.integers(0, 7))
def test_round_half_up_is_that_of_fractions(value, places):
    assert Fraction(round_half_up(value, places)) == half_up(value, places)


@given(st.integers(-(10**12), 10**12), st.integers(1, 6))
def test_an_exact_half_goes_away_from_zero(whole, places):
    half = Decimal(2 * whole + 1).scaleb(-places - 1) * 5
    assert Fraction(round_half_up(half, places)) == half_up(half, places)


@given(TYPED)
def test_number_typed_comes_back_from_the_shortest_text(typed):
    assert exact_from_spreadsheet(repr(float(typed))) == typed


@given(TYPED)
def test_number_typed_comes_back_from_the_seventeen_digits_that_files_hold(typed):
    assert exact_from_spreadsheet(f"{float(typed):.17g}") == typed


@pytest.mark.parametrize("raw", ["", "十", "1,200", "NaN", "Infinity", "1E300", "9" * 60])
def test_what_is_no_number_a_cell_can_hold_is_refused(raw):
    with pytest.raises(ValueError, match="不是数字"):
        exact_from_spreadsheet(raw)


@given(TYPED)
def test_shown_number_reads_back_and_has_no_ornament(value):
    text = show_number(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert text != "-0"
    assert "." not in text or not text.endswith(("0", "."))


@given(DECIMALS, DECIMALS.filter(bool), st.sampled_from([1, 10, 100]), st.integers(0, 6))
def test_ratio_is_rounded_once(part, whole, factor, places):
    exact = factor * Fraction(part) / Fraction(whole)
    assert Fraction(Ratio(part, whole).scaled(factor, places)) == half_up(exact, places)


def test_ratio_of_nothing_is_refused():
    with pytest.raises(ZeroDivisionError, match="分母为零"):
        Ratio(Decimal(1), Decimal(0))


@pytest.mark.parametrize("arguments", [(0.5, Decimal(1)), (Decimal(1), 0.5)])
def test_ratio_refuses_floats(arguments):
    with pytest.raises(ValueError, match="不接受浮点数"):
        Ratio(*arguments)
