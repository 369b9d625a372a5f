"""The right year is right: every check runs on it, and none has anything to say."""

from dataclasses import fields

from jiheng.checks import all_checks, run_checks
from jiheng.rulebook.check_rules import check_rules

from .right_year import right_year


def test_every_table_is_filled():
    year = right_year()
    assert [one.name for one in fields(year) if not getattr(year, one.name)] == []


def test_all_checks_run_and_find_nothing():
    year = right_year()
    report = run_checks(year, check_rules(year.profile.region, year.profile.fiscal_year), all_checks())
    assert [(one.check, str(one.where), one.message) for one in report.findings] == []
    assert (report.not_run, report.broken) == ((), ())
    assert report.passed == tuple(one.id for one in all_checks())
