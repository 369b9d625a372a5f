"""指标亮灯: the department's own indicators by light, by the region's monitoring rule or a published practice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from jiheng.errors import BadInput
from jiheng.model import Indicator
from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.editions import Kind, Scope
from jiheng.rulebook.procedures import Monitoring
from jiheng.rulebook.resolve import resolve
from jiheng.scoring.monitoring import indicator_light, level_light
from jiheng_web.years.models import Year
from jiheng_web.years.queries import evaluated, today

CLASSES = {"红": "red", "黄": "yellow", "绿": "green", "蓝": "blue", "": "none"}


@dataclass(frozen=True, slots=True)
class Lights:
    """How many own indicators have which light. `title` names the rule; `is_reference`: a practice, not the region's rule."""

    counts: tuple[tuple[str, str, int], ...]
    """Light, its class, number; the last is without a light."""
    title: str
    is_reference: bool


def lights_of(year: Year) -> Lights | None:
    """The lights of a year's own indicators by their actual values; None where no rule gives lights."""
    rules, is_reference = _rules(year)
    own = [one for one in evaluated(year).year.indicators if not one.project]
    if rules is None or not own:
        return None
    now = today()
    month = 12 if now.year > year.fiscal_year else now.month if now.year == year.fiscal_year else 1
    found = Counter(_light(rules, one, month) for one in own)
    return Lights(
        tuple((light, CLASSES[light], found[light]) for light in CLASSES if found[light]), rules.title, is_reference
    )


def _rules(year: Year) -> tuple[Monitoring | None, bool]:
    profile = evaluated(year).year.profile
    try:
        own = resolve(profile.region, profile.fiscal_year, today()).find(Kind.MONITORING)
    except BadInput:
        return None, False
    if isinstance(own, Monitoring) and own.lights:
        return own, False
    practice = (one for one in catalogue().editions.values()
                if isinstance(one, Monitoring) and one.scope is Scope.CHOSEN and one.lights)  # fmt: skip
    return next(practice, None), True


def _light(rules: Monitoring, one: Indicator, month: int) -> str:
    """Empty where there is no actual value yet, or the rule has none for such an indicator."""
    if one.actual is None:
        return ""
    if one.actual.level:
        found = level_light(rules, one.actual.level)
    elif one.comparator is None or one.target is None or one.actual.value is None:
        return ""
    else:
        pair = _alike(one)
        if pair is None:
            return ""
        found = indicator_light(rules, category=one.category, comparator=one.comparator, direction=one.direction,
                                target=pair[0], reached=pair[1], month=month)  # fmt: skip
    return found.light if found else ""


def _alike(one: Indicator) -> tuple[Decimal, Decimal] | None:
    """Target and actual in one unit; None where they cannot be compared."""
    assert one.target is not None
    assert one.actual is not None
    assert one.actual.value is not None
    target, reached = one.target, one.actual.value
    if not reached.unit.symbol or reached.unit.symbol == target.unit.symbol:
        return target.value, reached.value
    return (target.in_base, reached.in_base) if reached.unit.dimension is target.unit.dimension else None
