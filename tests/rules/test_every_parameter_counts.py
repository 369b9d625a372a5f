"""Changing any parameter of any pack turns at least one worked case red."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jiheng.errors import BadRules
from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.editions import Adjustment, Scheme
from jiheng.rulebook.methods import (
    Banded,
    CompletionBanded,
    Counting,
    OverTarget,
    RateShape,
    ReverseDifference,
    ReverseRatio,
    StepDeduction,
)
from jiheng.rulebook.parameters import Cited, Parameter, cited_parts, rebuild
from jiheng.rulebook.resolve import resolve
from jiheng.rulebook.sense import check_awards as refuse_awards
from jiheng.rulebook.source import packs
from jiheng.scoring.cases import cases_of, failures
from jiheng.values import FiscalYear, RegionCode

CASES = cases_of(packs()[0])
WHOLE_UNITS = ("月", "日", "项", "个工作日")
EDITIONS = sorted(catalogue().editions)


def numbers(record) -> list[Parameter]:
    return [part for part in cited_parts(record) if isinstance(part, Parameter)]


def steps(number: Parameter) -> list[Decimal]:
    """One step up and, unless it is zero, one step down: 1 for large numbers and whole units, else 0.1."""
    size = Decimal(1) if number.unit in WHOLE_UNITS or number.value >= 10 else Decimal("0.1")
    return [size] if number.value == 0 else [size, -size]


def changed(record, path: str, step: Decimal):
    def change(part: Cited, _: str) -> Cited:
        return replace(part, value=part.value + step) if isinstance(part, Parameter) and part.path == path else part

    return rebuild(record, "", change)


def turns_red(edition, name: str, rules_with) -> bool:
    """Whether some case of the edition no longer comes out; an award above its full points or a 32nd day is refused before that."""
    try:
        if isinstance(edition, Scheme):
            check_awards(edition)
        return any(failures(case, rules_with(edition)) for case in CASES if name in case.editions)
    except (ArithmeticError, BadRules, ValueError):
        return True


def check_awards(edition: Scheme) -> None:
    for block in edition.blocks:
        for item in block.items:
            if isinstance(item.rule, (Banded, CompletionBanded)):
                refuse_awards(item.rule, item.name, "")
    if edition.indicators and edition.indicators.satisfaction:
        refuse_awards(edition.indicators.satisfaction, "满意度", "")


@pytest.mark.parametrize("name", EDITIONS)
def test_changing_a_number_turns_a_case_red(name: str, rules_with):
    edition = catalogue().edition(name)
    assert not turns_red(edition, name, rules_with)
    unseen = [
        f"{number.path} {step:+}"
        for number in numbers(edition)
        for step in steps(number)
        if not turns_red(changed(edition, number.path, step), name, rules_with)
    ]
    assert unseen == []


def test_changing_a_band_of_a_scale_turns_a_case_red():
    rules = resolve(RegionCode("000000"), FiscalYear(2024), date(2026, 1, 1))
    mine = [case for case in CASES if "scales" in case.editions]
    unseen = []
    for scale in rules.scales:
        for number in numbers(scale):
            for step in steps(number):
                scales = tuple(changed(one, number.path, step) if one is scale else one for one in rules.scales)
                if not any(failures(case, replace(rules, scales=scales)) for case in mine):
                    unseen.append(f"{number.path} {step:+}")
    assert unseen == []


def other_choices(part: Cited) -> list[Cited]:
    """The same part with each choice of method the other way."""
    plain = {"cite": part.cite, "status": part.status, "path": part.path}
    match part:
        case ReverseRatio():
            return [ReverseDifference(method="reverse_difference", **plain)]
        case ReverseDifference():
            return [ReverseRatio(method="reverse_ratio", **plain)]
        case OverTarget(bands=bands) if bands:
            return [replace(part, needs_person="否" if part.needs_person == "是" else "是")]
        case StepDeduction():
            other = Counting.PROPORTIONAL if part.counting is Counting.WHOLE else Counting.WHOLE
            return [replace(part, counting=other)]
    if hasattr(part, "shape"):
        shapes = [replace(part, shape=shape) for shape in RateShape if shape is not part.shape]
        return [*shapes, replace(part, part=part.whole, whole=part.part)]
    return []


@pytest.mark.parametrize(
    "name", [name for name in EDITIONS if isinstance(catalogue().edition(name), (Scheme, Adjustment))]
)
def test_changing_a_method_turns_a_case_red(name: str, rules_with):
    edition = catalogue().edition(name)
    unseen = []
    for part in cited_parts(edition):
        for other in other_choices(part):

            def swap(one: Cited, _: str, part: Cited = part, other: Cited = other) -> Cited:
                return other if one.path == part.path else one

            if not turns_red(rebuild(edition, "", swap), name, rules_with):
                unseen.append(f"{part.path} → {other}")
    assert unseen == []
