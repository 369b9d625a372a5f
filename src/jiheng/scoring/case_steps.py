"""Worked cases of the editions that rule steps of the year: grades, caps, reviews, lights, use of results, recheck."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from jiheng.model import Comparator
from jiheng.rulebook.editions import Adjustment, Grades, Kind
from jiheng.rulebook.procedures import Consequence, GoalReview, Monitoring, Recheck, ResultsUse
from jiheng.rulebook.resolve import RuleSet
from jiheng.scoring import monitoring, recheck, review
from jiheng.scoring.grading import cap_for, grade_for
from jiheng.values import FiscalYear, show_number

Results = Mapping[str, str]


def _grade(given: dict[str, Any], rules: RuleSet) -> Results:
    grades = cast(Grades, rules.edition(Kind.GRADES))
    found = {text: grade_for(Decimal(text), grades) for text in given["totals"]}
    return {text: pair[0] if pair else "（无等级）" for text, pair in found.items()}


def _cap(given: dict[str, Any], rules: RuleSet) -> Results:
    caps = cast(Adjustment, rules.edition(Kind.ADJUSTMENT)).caps
    assert caps is not None
    results = {}
    for text in given["rates"]:
        cap, _ = cap_for(Fraction(text), caps)
        results[text] = show_number(cap) if cap is not None else "不封顶"
    return results


def _levels(given: dict[str, Any], rules: RuleSet) -> Results:
    result = review.review_by_levels(cast(GoalReview, rules.edition(Kind.GOAL_REVIEW)), given["levels"])
    return {"grade": result.grade, **_followed(result.consequence)}


def _points(given: dict[str, Any], rules: RuleSet) -> Results:
    pairs = {name: (pair["level"], Decimal(pair["score"])) for name, pair in given["items"].items()}
    edition = cast(GoalReview, rules.edition(Kind.GOAL_REVIEW))
    result = review.review_by_points(edition, pairs)
    full = sum((item.points.value for item in review.review_items(edition)), Decimal(0))
    total = show_number(result.total or Decimal(0))
    return {"grade": result.grade, "total": total, "full": show_number(full), **_followed(result.consequence)}


def _followed(one: Consequence) -> Results:
    return {"enters": one.enters, "days": show_number(one.days.value) if one.days else "", "text": one.text}


def _use(given: dict[str, Any], rules: RuleSet) -> Results:
    edition = cast(ResultsUse, rules.edition(Kind.RESULTS_USE))
    results = {}
    for grade in given["grades"]:
        results[grade] = review.consequence_of(edition, grade).text
        cut = review.cut_range(edition, grade, Decimal(given["budget"]))
        results[f"{grade}.cut"] = "—".join(show_number(part) for part in cut) if cut else "没有比例"
    return results


def _lights(given: dict[str, Any], rules: RuleSet) -> Results:
    edition = cast(Monitoring, rules.edition(Kind.MONITORING))
    results = {}
    for name, row in given.items():
        if "executed" in row:
            light = monitoring.execution_light(
                edition, Decimal(row["executed"]), Decimal(row["budget"]), int(row["month"])
            )
        elif "level" in row:
            light = monitoring.level_light(edition, row["level"])
        else:
            light = monitoring.indicator_light(
                edition,
                category=row["category"],
                comparator=Comparator(row["comparator"]),
                direction=None,
                target=Decimal(row["target"]),
                reached=Decimal(row["reached"]),
                month=int(row["month"]),
            )
        results[name] = light.light if light else "没有灯"
    return results


def _warnings(given: dict[str, Any], rules: RuleSet) -> Results:
    edition = cast(Monitoring, rules.edition(Kind.MONITORING))
    results = {}
    for name, row in given.items():
        goal = Decimal(row["goal"]) if "goal" in row else None
        found = monitoring.warnings(edition, int(row["month"]), Decimal(row["executed"]), goal)
        results[name] = "、".join(one.rule.rsplit(".", 1)[-1].rsplit("/", 1)[-1] for one in found) or "没有预警"
    if edition.response:
        results["days"] = show_number(edition.response.days.value)
        results["choices"] = "、".join(edition.response.choices)
    return results


def _rounds(given: dict[str, Any], rules: RuleSet) -> Results:
    edition = cast(Monitoring, rules.edition(Kind.MONITORING))
    results = {}
    for one in edition.rounds:
        cutoff, due = monitoring.round_dates(one, FiscalYear(int(given["year"])))
        results[one.id] = str(cutoff)
        results[f"{one.id}.due"] = str(due) if due else f"{show_number(one.report_month.value)}月"
    return results


def _recheck(given: dict[str, Any], rules: RuleSet) -> Results:
    edition = cast(Recheck, rules.edition(Kind.RECHECK))
    results = {}
    for name, row in given.items():
        criterion = recheck.criterion_of(edition, row["criterion"])
        if "target" in row:
            over = recheck.counts_as_over(criterion, Decimal(row["target"]), Decimal(row["actual"]))
            results[name] = "超额" if over else "不算超额"
        else:
            taken = Decimal(row["taken"]) if "taken" in row else None
            results[name] = show_number(recheck.rechecked_score(criterion, Decimal(row["score"]), taken))
    return results


def _band(given: dict[str, Any], rules: RuleSet) -> Results:
    results = {}
    for name, row in given.items():
        scale = rules.scale_named(row["scale"])
        assert scale is not None
        low, high = scale.band(row["level"])
        results[f"{name}.least"] = show_number(Decimal(row["points"]) * low / 100)
        results[f"{name}.most"] = show_number(Decimal(row["points"]) * high / 100)
    return results


STEPS: dict[str, Callable[[dict[str, Any], RuleSet], Results]] = {
    "grade": _grade,
    "cap": _cap,
    "review_levels": _levels,
    "review_points": _points,
    "results_use": _use,
    "lights": _lights,
    "warnings": _warnings,
    "rounds": _rounds,
    "recheck": _recheck,
    "band": _band,
}
