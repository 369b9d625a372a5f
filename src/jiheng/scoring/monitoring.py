"""绩效运行监控: lights and warnings, exactly as the resolved rule has them; none where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jiheng.model import Comparator, Direction
from jiheng.rulebook.procedures import LightRule, Measure, Monitoring, MonitoringRound
from jiheng.rulebook.words import category_named
from jiheng.scoring.quantitative import Refused, Way, way_of
from jiheng.values import FiscalYear, show_number

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Light:
    """A light and why."""

    light: str
    why: str
    rule: LightRule


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: which rule, and the sentence."""

    rule: str
    sentence: str


def round_dates(rules: MonitoringRound, year: FiscalYear) -> tuple[date, date | None]:
    """The last day a round covers, and the day it is to be reported by (None: the rule names a month only)."""
    cutoff = _last_day(year.year, int(rules.until_month.value))
    if rules.report_day is None:
        return cutoff, None
    return cutoff, date(year.year, int(rules.report_month.value), int(rules.report_day.value))


def _last_day(year: int, month: int) -> date:
    following = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def execution_light(rules: Monitoring, executed: Decimal, budget: Decimal, month: int) -> Light | None:
    """The light of execution against time (执行率 ÷ 序时进度). None where the rule has no light or the budget is zero."""
    rule = _rule(rules, Measure.EXECUTION)
    if rule is None or budget == 0:
        return None
    progress = Fraction(executed) / Fraction(budget) * MONTHS / month * 100
    return _banded(rules, rule, progress, f"执行率 ÷ 序时进度 {month}/{MONTHS}")


def indicator_light(
    rules: Monitoring,
    *,
    category: str,
    comparator: Comparator,
    direction: Direction | None,
    target: Decimal,
    reached: Decimal,
    month: int,
) -> Light | None:
    """The light of a quantitative indicator in mid-year; None where the rule has none for it."""
    way = way_of(comparator, direction)
    if isinstance(way, Refused):
        return None
    forward = _rule(rules, Measure.FORWARD)
    if forward and way is Way.FORWARD and category_named(category) in forward.categories:
        if target <= 0:
            return None
        progress = Fraction(reached) / (Fraction(target) * month / MONTHS) * 100
        return _banded(rules, forward, progress, f"完成值 ÷（指标值 × {month}/{MONTHS}）")
    inside = _rule(rules, Measure.RANGE)
    if inside is None:
        return None
    good = {Way.FORWARD: reached >= target, Way.REVERSE: reached <= target}.get(way, reached == target)
    said = f"完成值 {show_number(reached)}，指标值 {comparator}{show_number(target)}"
    return Light(inside.inside if good else inside.outside, said, inside)


def level_light(rules: Monitoring, level: str) -> Light | None:
    """The light of a 定性 indicator's level; None where the rule does not know it."""
    rule = _rule(rules, Measure.LEVEL)
    found = next((one for one in rule.levels if one.level == level), None) if rule else None
    return Light(found.light, f"“{level}”", rule) if found and rule else None


def overall_light(lights: Iterable[str]) -> str:
    """项目总体: any 红 is 红, else any 黄 is 黄, all 蓝 is 蓝, else 绿; empty without lights."""
    seen = set(lights)
    if not seen:
        return ""
    for light in ("红", "黄"):
        if light in seen:
            return light
    return "蓝" if seen == {"蓝"} else "绿"


def warnings(
    rules: Monitoring, month: int, executed_percent: Decimal, goal_percent: Decimal | None
) -> tuple[Warned, ...]:
    """Warnings at the end of a month. **Unit** %."""
    found = [
        Warned(point.path, f"{month} 月末执行率 {show_number(executed_percent)}%，低于 {point.least}")
        for point in rules.checkpoints
        if point.month.value == month and executed_percent < point.least.value
    ]
    if rules.apart is not None and goal_percent is not None:
        apart = abs(goal_percent - executed_percent)
        if apart > rules.apart.most.value:
            found.append(
                Warned(
                    rules.apart.path, f"目标进度与执行进度相差 {show_number(apart)} 个百分点，超过 {rules.apart.most}"
                )
            )
    return tuple(found)


def _rule(rules: Monitoring, measure: Measure) -> LightRule | None:
    return next((rule for rule in rules.lights if rule.measure is measure), None)


def _banded(rules: Monitoring, rule: LightRule, progress: Fraction, words: str) -> Light:
    band = next((band for band in rule.bands if progress >= Fraction(band.floor.value)), None)
    if band is None:
        return Light(rules.worst, f"{words} 低于 {rule.bands[-1].floor}", rule)
    return Light(band.light, f"{words} 达到 {band.floor}", rule)
