"""Every check against its cases, and the guards that no check lands without them."""

import pytest

from jiheng.checks import all_checks

from . import cases_actuals, cases_goals, cases_money, cases_projects, cases_tables
from .case import damaged, examined, places
from .right_year import right_year

MODULES = (cases_money, cases_goals, cases_actuals, cases_projects, cases_tables)
CASES = [case for module in MODULES for case in module.CASES]
IDS = [one.id for one in all_checks()]


def of_kind(*kinds):
    return pytest.mark.parametrize("case", [case for case in CASES if case.kind in kinds], ids=str)


@pytest.fixture(scope="module")
def right():
    return examined(right_year())


@pytest.mark.parametrize("check", IDS)
def test_right_year_passes(check, right):
    assert [one.message for one in right.findings if one.check == check] == []
    assert check in right.passed


@of_kind("fails", "outside")
def test_exactly_these_findings(case):
    report = damaged(case.damage)
    assert places(report) == sorted(case.finds)
    assert report.broken == ()
    if case.says:
        assert next(one.message for one in report.findings if one.check == case.check) == case.says


@of_kind("silent", "inside")
def test_nothing_is_found(case):
    report = damaged(case.damage)
    assert places(report) == []
    assert case.check in report.passed
    assert report.broken == ()


@of_kind("lacks")
def test_missing_input_is_named_and_never_a_pass(case):
    report = damaged(case.damage)
    assert [one.missing for one in report.not_run if one.check == case.check] == list(case.lacks)
    assert [one.message for one in report.findings if one.check == case.check] == []
    assert case.check not in report.passed
    assert report.broken == ()


# --- guards -----------------------------------------------------------------------------------------------------------

EXACT = {
    *("rates.implied_budget", "adjustments.document", "adjustments.date"),
    *("goals.weights", "goals.weight_missing", "goals.required_dimensions", "goals.category_place"),
    *("goals.three_parts", "goals.duties_linked"),
    *("targets.missing", "targets.unmeasurable", "targets.whole_scale", "targets.no_unit", "targets.unit_unlike_name"),
    *("targets.direction_contrary", "targets.one_percent"),
    *("actuals.missing_against_score", "actuals.missing", "actuals.not_on_scale", "actuals.other_unit"),
    *("scores.full_with_unfinished", "scores.project_sum", "scores.range", "scores.grade", "scores.project_count"),
    *("satisfaction.no_survey", "satisfaction.stated_no_survey", "satisfaction.none", "satisfaction.counts"),
    *("projects.unfinished_reason", "projects.which_count", "projects.unknown", "projects.unlisted"),
    *("periods.sub_item", "periods.reversed", "periods.actual", "periods.survey", "periods.policy"),
    *("duplicates.rows", "duplicates.codes", "references.unknown", "references.office", "management.staffing"),
    *("management.project_goals", "slips.unit"),
    *("passages.unknown_name", "passages.unit_twice"),
}
"""Checks that compare no figure which may be rounded. Every other one has its case just inside rounding."""


def covered(*kinds):
    return {case.check for case in CASES if case.kind in kinds}


def without_cases(checks, cases):
    """What is wanting for each check: a failing case with its sentence, a missing input, the edge of rounding."""
    wanted = {
        "failing": {case.check for case in cases if case.kind == "fails" and case.says},
        "input missing": {case.check for case in cases if case.kind == "lacks"},
        "just inside rounding": EXACT | {case.check for case in cases if case.kind == "inside"},
    }
    return [f"{check}: no case “{kind}”" for check in checks for kind, known in wanted.items() if check not in known]


def test_every_check_has_its_cases():
    assert without_cases(IDS, CASES) == []


def test_guard_sees_a_check_without_cases():
    assert without_cases(["new.check"], CASES) == [
        "new.check: no case “failing”",
        "new.check: no case “input missing”",
        "new.check: no case “just inside rounding”",
    ]


def test_cases_name_checks_that_exist():
    assert {case.check for case in CASES} - set(IDS) == set()
    assert EXACT - set(IDS) == set()
    assert EXACT & covered("inside") == set()
