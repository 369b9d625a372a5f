"""Checks start without the catalogue of schemes; what both say of grades must be the same."""

from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.check_rules import check_rules
from jiheng.values import FiscalYear, RegionCode


def test_checks_and_schemes_have_the_same_grades():
    scheme = [(one.name, one.floor.value) for one in catalogue().edition("mof-grades-2020").grades]
    checks = check_rules(RegionCode("000000"), FiscalYear(2024)).grades.value
    assert scheme == [(one.name, one.lowest) for one in checks]
