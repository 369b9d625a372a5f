"""Small years to score, and the rules of Chaoyang in 2024."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jiheng.model import Actual, Comparator, DepartmentYear, Direction, Indicator, Origin, Profile
from jiheng.rulebook.resolve import RuleSet, resolve
from jiheng.scoring.cases import figure
from jiheng.values import FiscalYear, RegionCode

CELLS = {"target": "G", "actual": "J", "weight": "I", "comparator": "F", "direction": "R"}
Make = Callable[..., Any]


@pytest.fixture(scope="session")
def chaoyang() -> RuleSet:
    return resolve(RegionCode("110105"), FiscalYear(2024), date(2026, 1, 1))


@pytest.fixture(scope="session")
def indicator() -> Make:
    """An indicator in row 8 of 绩效指标; figures as text."""

    def make(
        target: str = "", actual: str = "", comparator: str = "≥", weight: str | None = "10", **more: Any
    ) -> Indicator:
        fields: dict[str, Any] = {"name": "甲", "dimension": "产出指标", "code": "a", "target_text": target}
        sign = Comparator(comparator)
        if sign is Comparator.QUALITATIVE:
            fields |= {"scale": target, "actual": Actual(level=actual, text=actual)}
        else:
            number = target[:1].isdigit() or target[:1] == "-"
            fields["target"] = figure(target) if number else None
            fields["actual"] = (
                Actual(value=figure(actual)) if actual[:1].isdigit() or actual[:1] == "-" else Actual(text=actual)
            )
        if "direction" in more:
            more["direction"] = Direction(more["direction"])
        fields["weight"] = None if weight is None else Decimal(weight)
        return Indicator(comparator=sign, origin=Origin("绩效指标", 8, CELLS), **(fields | more))

    return make


@pytest.fixture(scope="session")
def year() -> Make:
    def make(*indicators: Indicator, **more: Any) -> DepartmentYear:
        profile = Profile(department="某街道", region=RegionCode("110105"), fiscal_year=FiscalYear(2024))
        return DepartmentYear(profile=profile, indicators=indicators, **more)

    return make
