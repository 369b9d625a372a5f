"""Worked cases: the engine's results, and the written arithmetic reckoned a second way with fractions."""

import ast
from collections import Counter
from fractions import Fraction

import pytest

from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.source import packs
from jiheng.scoring.cases import Case, cases_of, failures

CASES = cases_of(packs()[0])
RUNS = [pytest.param(case, name, id=f"{case.id}-{name}") for case in CASES for name in case.editions]
ARITHMETIC = [
    pytest.param(one.reckoned, one.value, id=f"{case.id}-{one.key}")
    for case in CASES
    for one in case.expect
    if one.reckoned
]


def reckon(text: str) -> Fraction:
    """The value of written arithmetic: + − × ÷, brackets, min and max; decimals are exact."""

    def value(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(ast.get_source_segment(text, node) or "")
            case ast.BinOp(left, ast.Add(), right):
                return value(left) + value(right)
            case ast.BinOp(left, ast.Sub(), right):
                return value(left) - value(right)
            case ast.BinOp(left, ast.Mult(), right):
                return value(left) * value(right)
            case ast.BinOp(left, ast.Div(), right):
                return value(left) / value(right)
            case ast.Call(ast.Name("min" | "max" as name), arguments):
                return {"min": min, "max": max}[name](value(one) for one in arguments)
        raise ValueError(f"看不懂的算式：{text}")

    return value(ast.parse(text, mode="eval").body)


def half_up(value: Fraction) -> Fraction:
    hundredths = abs(value) * 100
    rounded = (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    return Fraction(rounded if value >= 0 else -rounded, 100)


@pytest.mark.parametrize(("case", "name"), RUNS)
def test_engine_gives_what_was_reckoned_by_hand(case: Case, name: str, rules_with):
    edition = None if name == "scales" else catalogue().edition(name)
    assert failures(case, rules_with(edition)) == ()


@pytest.mark.parametrize(("reckoned", "value"), ARITHMETIC)
def test_written_arithmetic_gives_the_value(reckoned: str, value: str):
    assert half_up(reckon(reckoned)) == Fraction(value.removesuffix("%"))


def test_every_edition_has_two_cases():
    counted = Counter(name for case in CASES for name in case.editions)
    assert {name: counted[name] for name in catalogue().editions if counted[name] < 2} == {}


def test_case_ids_are_unique():
    assert [name for name, times in Counter(case.id for case in CASES).items() if times > 1] == []


def test_a_wrong_expectation_is_told(rules_with):
    case = next(case for case in CASES if case.id == "grades-mof")
    edition = catalogue().edition("practice-grades-80-70-60")
    assert failures(case, rules_with(edition)) == (
        "grades-mof：89.99 应为 良，算得 优",
        "grades-mof：80 应为 良，算得 优",
        "grades-mof：79.99 应为 中，算得 良",
    )
