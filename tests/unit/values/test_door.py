"""The one door of the engine: a department's year to JSON and back, equal; a float nowhere."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from jiheng.model import DepartmentYear
from jiheng.values import Bound, Figure, FiscalYear, Period, RegionCode, unit_named

from ..checks.right_year import right_year

YEAR = TypeAdapter(DepartmentYear)


def test_year_comes_back_equal():
    year = right_year()
    written = YEAR.dump_json(year)
    assert YEAR.validate_json(written) == year
    assert YEAR.dump_json(YEAR.validate_json(written)) == written


@given(
    st.decimals(-(10**12), 10**12, places=6),
    st.decimals(0, 1, places=6),
    st.sampled_from(["元", "万元", "%", "次", "网格", ""]),
    st.sampled_from(Bound),
    st.text(max_size=8),
)
def test_figure_comes_back_equal(value, quantum, unit, bound, text):
    figure = Figure(value, unit_named(unit), quantum, text, bound)
    door = TypeAdapter(Figure)
    assert door.validate_json(door.dump_json(figure)) == figure


def numbers(node, path=()):
    """The path of every number that JSON holds as text, from the fields that are numbers."""
    if isinstance(node, dict):
        for key, value in node.items() if "origin" not in path[-1:] else ():
            yield from numbers(value, (*path, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from numbers(value, (*path, at))
    elif path and path[-1] in EXACT_FIELDS:
        yield path


EXACT_FIELDS = {
    *("value", "quantum", "factor", "weight", "score", "total", "authorised", "employed", "issued", "valid"),
    *("satisfied", "execution_score", "output_score", "benefit_score", "satisfaction_score", "evaluated_projects"),
    "unfinished_projects",
}


def test_a_float_is_refused_in_every_number():
    written = json.loads(YEAR.dump_json(right_year()))
    places = {path[0:1] + path[-2:]: path for path in numbers(written) if _at(written, path) is not None}
    assert len(places) > 60
    for path in places.values():
        spoilt = json.loads(json.dumps(written))
        _at(spoilt, path[:-1])[path[-1]] = 0.5
        with pytest.raises(ValidationError, match="不接受浮点数"):
            YEAR.validate_json(json.dumps(spoilt))


def _at(node, path):
    for key in path:
        node = node[key]
    return node


def test_integers_and_text_are_taken():
    door = TypeAdapter(Figure)
    unit = {"symbol": "元", "dimension": "金额"}
    assert door.validate_json(json.dumps({"value": 5, "unit": unit})).value == 5
    assert door.validate_json(json.dumps({"value": "0.1", "unit": unit})).value == Decimal("0.1")
    for wrong in (True, "NaN", "十"):
        with pytest.raises(ValidationError):
            door.validate_json(json.dumps({"value": wrong, "unit": unit}))


def test_records_are_frozen_and_slotted():
    year = right_year()
    for one in (year, year.profile, year.indicators[0], year.indicators[0].target, year.fund_block.total.unit):
        assert not hasattr(one, "__dict__")
        with pytest.raises(AttributeError):
            setattr(one, fields(one)[0].name, None)


# --- years, periods, regions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1999, 2100, 0])
def test_years_that_do_not_exist_are_refused(year):
    with pytest.raises(ValueError, match=f"没有 {year} 这个预算年度"):
        FiscalYear(year)


def test_a_budget_year_is_a_calendar_year():
    period = FiscalYear(2024).period
    assert (period.start, period.end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert Period(date(2024, 2, 1), date(2024, 12, 31)).within(period)
    assert not Period(date(2023, 12, 31), date(2024, 1, 1)).within(period)
    with pytest.raises(ValueError, match="期间的开始 2024-12-31 晚于结束 2024-01-01"):
        replace(period, start=period.end, end=period.start)


@pytest.mark.parametrize(
    ("digits", "lineage"),
    [
        ("110105", ["110105", "110100", "110000", "000000"]),
        ("410100", ["410100", "410000", "000000"]),
        ("000000", ["000000"]),
    ],
)
def test_lineage_leads_to_the_nation(digits, lineage):
    assert [str(code) for code in RegionCode(digits).lineage] == lineage


@pytest.mark.parametrize(
    ("digits", "message"),
    [
        ("11010", "须为 6 位数字"),
        ("１１０１０５", "须为 6 位数字"),
        ("990105", "没有以 99 开头"),
        ("000001", "没有以 00 开头"),
    ],
)
def test_regions_that_do_not_exist_are_refused(digits, message):
    with pytest.raises(ValueError, match=message):
        RegionCode(digits)
