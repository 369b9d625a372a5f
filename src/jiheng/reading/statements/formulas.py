"""Printed reckonings: （A－B）/B*100%=107.49, and 120+30=150."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.model.statement import Formula
from jiheng.reading.statements.flat import BARE, COUNT, FIGURES, MONEY, SHARE, Flat
from jiheng.reading.statements.terms import Term, said
from jiheng.values import Dimension, Figure, Interval

_SHARE_OF = re.compile(
    rf"(?P<name>[^，。；：]*[/÷][^，。；]*?)[*×xX✕·]?(?:{SHARE}|100%)[=＝](?P<result>[{BARE}{SHARE}])"
)
_FIG = f"[{FIGURES}]"
_RECKONING = re.compile(rf"(?P<left>（*{_FIG}(?:）*[+＋\-－−*×xX✕/÷]（*{_FIG})+）*)[=＝](?P<result>{_FIG})")
_OPERATORS = {"＋": "+", "－": "-", "−": "-", "×": "*", "x": "*", "X": "*", "✕": "*", "÷": "/"}


def formulas_in(flat: Flat, terms: Sequence[Term]) -> Iterator[Formula]:
    """The formulas of a paragraph whose result is printed."""
    by_place = {term.at: term for term in terms}
    for found in _SHARE_OF.finditer(flat.text):
        result = by_place.get(found.start("result"))
        hundred = by_place.get(found.start("result") - 2)
        if result is not None and (hundred is None or hundred.figure.value == 100):
            yield Formula(
                words=flat.words(found.start(), found.end()),
                name=flat.raw(found.start(), found.end("name")),
                result=said(flat, result),
                is_share=True,
            )
    for found in _RECKONING.finditer(flat.text):
        result = by_place.get(found.start("result"))
        operands = [
            by_place.get(at) for at in range(found.start("left"), found.end("left")) if flat.text[at] in FIGURES
        ]
        if result is None or any(one is None for one in operands):
            continue
        figures = [one.figure for one in operands if one is not None]
        reach = _evaluate(found["left"], figures, result.figure)
        if reach is not None:
            yield Formula(
                words=flat.words(found.start(), found.end()),
                name=flat.raw(found.start(), found.end("left")),
                result=said(flat, result),
                is_share=result.letter == SHARE,
                reckoned=reach,
            )


def _evaluate(expression: str, figures: Sequence[Figure], result: Figure) -> Interval | None:
    """The value of a reckoning in the unit of its result; None where its units do not fit together."""
    kinds = {figure.unit.dimension for figure in figures if figure.unit.dimension is not Dimension.SHARE}
    if MONEY in expression and BARE in expression and not re.search("[*×xX✕]", expression):
        return None
    if len(kinds - {Dimension.OTHER}) > 1 and COUNT not in expression:
        return None
    ranges = iter([_range(figure) for figure in figures])
    tokens = [_OPERATORS.get(letter, letter) for letter in expression]
    values: list[Interval | str] = [next(ranges) if token in FIGURES else token for token in tokens]
    reach, rest = _sum(values)
    if reach is None or rest:
        return None
    factor = Decimal(100) if result.unit.dimension is Dimension.SHARE else Decimal(1)
    return reach.times(factor)


def _range(figure: Figure) -> Interval:
    if figure.unit.dimension is Dimension.SHARE:
        return figure.interval.times(Decimal("0.01"))
    return figure.interval


Tokens = list["Interval | str"]


def _sum(tokens: Tokens) -> tuple[Interval | None, Tokens]:
    total, rest = _product(tokens)
    while total is not None and rest and rest[0] in ("+", "-"):
        sign = rest[0]
        one, rest = _product(rest[1:])
        if one is None:
            return None, rest
        total = total + one if sign == "+" else total - one
    return total, rest


def _product(tokens: Tokens) -> tuple[Interval | None, Tokens]:
    total, rest = _atom(tokens)
    while total is not None and rest and rest[0] in ("*", "/"):
        sign = rest[0]
        one, rest = _atom(rest[1:])
        if one is None:
            return None, rest
        total = times(total, one) if sign == "*" else total.over(one)
    return total, rest


def _atom(tokens: Tokens) -> tuple[Interval | None, Tokens]:
    if not tokens:
        return None, tokens
    if tokens[0] == "（":
        inner, rest = _sum(tokens[1:])
        return (inner, rest[1:]) if rest and rest[0] == "）" else (None, rest)
    return (tokens[0], tokens[1:]) if isinstance(tokens[0], Interval) else (None, tokens)


def times(one: Interval, other: Interval) -> Interval:
    """Every product of two ranges."""
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    return Interval(min(corners), max(corners))
