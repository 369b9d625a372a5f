"""Every check of claims against its texts, and the guard that none lands without them."""

import pytest

from jiheng.checks.document import document_checks

from . import cases_figures, cases_places, cases_provinces, cases_right
from .case import reviewed

CASES = [*cases_figures.CASES, *cases_places.CASES, *cases_provinces.CASES, *cases_right.CASES]
LONGER = ("document.missing_section",)
"""What short texts cannot have: tested on whole documents."""


def told(case):
    """The findings of document checks; short texts lack the sections that a report must have."""
    report = reviewed(case.text, case.title).report
    assert report.broken == ()
    return [one for one in report.findings if one.check.startswith("document.") and one.check not in LONGER]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_exactly_these_findings(case):
    findings = told(case)
    assert sorted(f"{one.check} {one.level}" for one in findings) == sorted(case.finds)
    if case.says:
        assert case.says in [one.message for one in findings]
    if case.expected:
        assert case.expected in [one.expected for one in findings]
    if case.cause:
        assert case.cause in [one.likely_cause for one in findings]


@pytest.mark.parametrize("case", [case for case in CASES if case.finds], ids=str)
def test_quotes_stand_in_the_document(case):
    whole = "".join((case.title + case.text).split())
    for one in told(case):
        assert 0 < len(one.quote) <= 200
        assert "".join(one.quote.split()) in whole
        assert one.where.line


def test_every_check_has_a_failing_text():
    found = {find.split()[0] for case in CASES for find in case.finds}
    known = {one.id for one in document_checks()}
    assert known - found - {"document.missing_section", "document.forms_total"} == set()
    assert found - known == set()
