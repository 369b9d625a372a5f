"""Rule sets that hold exactly one edition (and the grades), for running worked cases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from jiheng.rulebook.catalogue import Edition, catalogue, kind_of
from jiheng.rulebook.editions import Kind, Scheme
from jiheng.rulebook.resolve import RuleSet, resolve
from jiheng.values import FiscalYear, RegionCode

RulesWith = Callable[[Edition | None], RuleSet]


@pytest.fixture(scope="session")
def rules_with() -> RulesWith:
    """The nation's rules of 2024 with one edition in place of its kind; score sheets stand alone."""
    rules = resolve(RegionCode("000000"), FiscalYear(2024), date(2026, 12, 31))

    def build(edition: Edition | None) -> RuleSet:
        if edition is None:
            return rules
        kind = kind_of(edition)
        kept = [one for one in rules.editions if kind_of(one) is not kind]
        if isinstance(edition, Scheme) or kind is Kind.ADJUSTMENT:
            kept = [one for one in kept if not isinstance(one, Scheme)]
        if kind is Kind.ADJUSTMENT:
            kept.append(catalogue().edition("mof-project-self-2020"))
        return replace(rules, editions=(edition, *kept))

    return build
