"""Grades of a total, and the cap that a chosen rule puts on it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jiheng.model import ScoreSheet, Trace
from jiheng.rulebook.editions import Caps, Grades
from jiheng.rulebook.parameters import Parameter
from jiheng.scoring.lookup import Reckoned
from jiheng.scoring.work import METHOD_NAMES, Work
from jiheng.values import show_number


def grade_for(total: Decimal, grades: Grades) -> tuple[str, Parameter] | None:
    """The grade of a total and the floor it rests on; None below every floor. **Unit** 分."""
    return next(((one.name, one.floor) for one in grades.grades if total >= one.floor.value), None)


def grade_of(work: Work, sheet: ScoreSheet) -> ScoreSheet:
    """The sheet with its grade; without one while points are open, or where no grades apply."""
    grades, total = work.rules.grades, sheet.total
    if grades is None or total is None or sheet.points == 0:
        return sheet
    found = grade_for(total, grades)
    if found is None:
        return sheet
    name, floor = found
    # A grade ends where the next better one begins: both floors decide it.
    better = [one.floor for one in grades.grades if one.floor.value > total]
    parts = work.used([floor, *better[-1:]])
    trace = Trace(method="评价等级", parameters=parts, steps=(f"总分 {show_number(total)} ≥ {floor}",), result=name)
    return replace(sheet, grade=name, grade_trace=trace)


def cap_for(percent: Fraction, caps: Caps) -> tuple[Decimal | None, tuple[Parameter, ...]]:
    """The most the total may be at an execution rate (**Unit** %), and the numbers it rests on; None: no cap."""
    if percent >= Fraction(caps.uncapped.value):
        return None, (caps.uncapped,)
    band = next((band for band in caps.bands if percent >= Fraction(band.floor.value)), None)
    return (band.award.value, (caps.uncapped, band.floor, band.award)) if band else (None, (caps.uncapped,))


def cap_of(work: Work) -> tuple[Decimal | None, Trace | None]:
    """The cap of a chosen adjustment, with its trace; None where none was chosen or the rate is not known."""
    adjustment = work.rules.adjustment
    rate = next((rate for rate in work.scheme.rates if rate.id == "execution_rate"), None)
    if adjustment is None or adjustment.caps is None or rate is None:
        return None, None
    found = work.lookup.rate(rate)
    if not isinstance(found, Reckoned):
        return None, Trace(method=METHOD_NAMES["score_caps"], steps=(found.reason,), result="不知道执行率，没有封顶")
    cap, parts = cap_for(Fraction(*found.share) * 100, adjustment.caps)
    said = f"总分最高 {show_number(cap)} 分" if cap is not None else "不封顶"
    trace = Trace(
        method=METHOD_NAMES["score_caps"],
        inputs=found.inputs,
        parameters=work.used([adjustment.caps, *parts]),
        steps=(found.step,),
        result=said,
    )
    return cap, trace
