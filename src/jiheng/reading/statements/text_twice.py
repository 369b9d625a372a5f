"""The same amount named in several paragraphs: all but one agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.model.document import Document
from jiheng.model.statement import Rate, Repeated, Said
from jiheng.reading.statements.flat import MONEY, SHARE, Flat
from jiheng.reading.statements.items import Item
from jiheng.reading.statements.terms import Term, core, said
from jiheng.reading.statements.years import REPORTS
from jiheng.values import Bound

_SHORTEST_NAME = 4
_LONG_NAME = 8
_FEWEST = 3
_TELLING = 6
"""So many digits do not come up in two amounts by chance."""
_RATE = re.compile(rf"执行率(?:为|达到|达)?(?P<rate>{SHARE})")
_WHOLE = ("initial", "annual", "final")
_ELSEWHERE = re.compile(r"其中|比|较|上年|去年|累计|该|此项|每")

Key = tuple[str, str, int | None]


def texts_twice(
    document: Document, flats: Sequence[Flat], terms: dict[int, list[Term]], items: dict[int, Item]
) -> Iterator[Repeated]:
    """An amount that three places name and one of them differs; or two, where the name is too long to mean two things."""
    year = document.head.year
    is_report = document.head.kind.value in REPORTS
    known: dict[Key, list[Said]] = {}
    for flat in flats:
        if flat.block in items:
            continue
        for term in terms[flat.block]:
            key = _key(term, year, is_report)
            if key is not None:
                known.setdefault(key, []).append(said(flat, term))
    for key, one in _spent_of_whole(flats, terms, known, items, year if is_report else None):
        known.setdefault(key, []).append(one)
    for (name, _, _), places in known.items():
        odd = _odd(places)
        if odd is None:
            continue
        if len(places) >= _FEWEST or len(name) >= _LONG_NAME:
            others = [one for one in places if one is not odd]
            yield Repeated(words=odd.words, kind="text", name=name or odd.name, one=odd, others=tuple(others[:1]))


def _spent_of_whole(
    flats: Sequence[Flat],
    terms: dict[int, list[Term]],
    known: dict[Key, list[Said]],
    items: dict[int, Item],
    year: int | None,
) -> Iterator[tuple[Key, Said]]:
    """全年预算A，执行B: what the whole department spent, where A is a budget of the whole that other places tell, too."""
    if year is None:
        return
    for flat in flats:
        budget: Term | None = None
        for term in terms[flat.block] if flat.block not in items else ():
            if not term.is_level or term.letter != MONEY or term.depth or _ELSEWHERE.search(term.lead):
                continue
            if term.attribute in ("initial", "annual") and not core(term.name):
                budget = term
            elif term.attribute == "executed" and not core(term.name) and budget is not None:
                wholes = known.get(("", budget.attribute, budget.year or year), [])
                is_whole = sum(one.figure.in_base == budget.figure.in_base for one in wholes) > 1
                if is_whole and term.sentence == budget.sentence:
                    yield ("", "final", term.year or year), said(flat, term)


def long_amounts(flats: Sequence[Flat], terms: dict[int, list[Term]]) -> dict[Decimal, Said]:
    """The amounts of the prose that no other sum equals by chance, by their value in 元."""
    return {
        term.figure.in_base: said(flat, term)
        for flat in flats
        for term in terms[flat.block]
        if term.is_level and term.letter == MONEY and _is_long(term)
    }


def _is_long(term: Term) -> bool:
    return len(f"{term.figure.value:f}".replace(".", "").strip("0")) >= _TELLING


def amounts_in_other_unit(flats: Sequence[Flat], terms: dict[int, list[Term]]) -> Iterator[Repeated]:
    """The digits of a long amount in 万元, and the same digits in 元: one of the units is wrong."""
    known: dict[Decimal, list[Said]] = {}
    for flat in flats:
        for term in terms[flat.block]:
            if term.letter == MONEY and _is_long(term):
                known.setdefault(term.figure.value.normalize(), []).append(said(flat, term))
    for places in known.values():
        units = [one.figure.unit for one in places]
        if len(set(units)) == 2:
            odd = min(reversed(places), key=lambda one: units.count(one.figure.unit))
            others = tuple(one for one in places if one.figure.unit != odd.figure.unit)
            yield Repeated(words=odd.words, kind="unit", name=odd.name, one=odd, others=others[:1])


def _key(term: Term, year: int | None, is_report: bool) -> Key | None:
    if not term.is_level or term.letter != MONEY or term.depth or _ELSEWHERE.search(term.lead):
        return None
    name = core(term.name)
    if not name and is_report and term.attribute in _WHOLE:
        return ("", term.attribute, term.year or year)
    if len(name) < _SHORTEST_NAME:
        return None
    return (name, term.attribute, term.year or year)


def _odd(places: Sequence[Said]) -> Said | None:
    """The only one that differs, when all the others agree."""
    for one in reversed(places):
        others = [other for other in places if other is not one]
        if not others or any(one.figure.interval.meets(other.figure.interval) for other in others):
            continue
        if all(a.figure.interval.meets(others[0].figure.interval) for a in others):
            return one
    return None


def rates_twice(flats: Sequence[Flat], rates: Sequence[Rate]) -> Iterator[Repeated]:
    """The rate of a table's row, told again in a paragraph that names the row and no other; right behind the name it is
    that row's for certain."""
    told: dict[str, list[Said]] = {}
    for one in rates:
        if len(one.name) >= _SHORTEST_NAME:
            told.setdefault(one.name, []).append(one.rate)
    known = {name: same[0] for name, same in told.items() if all(rate.agrees(same[0]) for rate in same)}
    for flat in flats:
        found = list(_RATE.finditer(flat.text))
        if len(found) != 1:
            continue
        text = flat.raw(0, len(flat.text))
        named = [name for name in known if name in text]
        named = [name for name in named if not any(name != other and name in other for other in named)]
        figure = flat.numbers[found[0].start("rate")].figure
        if len(named) == 1 and figure is not None and figure.bound is Bound.EXACT:
            words = flat.words(found[0].start(), found[0].end())
            rate = Said(name="执行率", figure=figure, words=words)
            is_next = re.search(
                rf"{re.escape(named[0])}(?:（[^（）]*）)?[，、：]?(?:预算)?$", flat.raw(0, found[0].start())
            )
            kind = "named" if is_next else "text"
            yield Repeated(words=words, kind=kind, name=f"{named[0]}执行率", one=rate, others=(known[named[0]],))
