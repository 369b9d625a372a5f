"""Two documents of one year: what both name and give different amounts for."""

from __future__ import annotations

from collections.abc import Sequence

from jiheng.model import Finding, Level, Place
from jiheng.model.document import Document
from jiheng.model.statement import Said
from jiheng.reading.statements.flat import MONEY, flats
from jiheng.reading.statements.grids import grids_of
from jiheng.reading.statements.items import item_of
from jiheng.reading.statements.table_values import TableValues
from jiheng.reading.statements.terms import core, said, terms_of
from jiheng.reading.statements.years import ACCOUNTS, BUDGETS
from jiheng.values import round_half_up, show_number

CHECK = "document.other_document"
_SHORTEST_NAME = 4
Key = tuple[str, ...]


def differences(document: Document, other: Document) -> list[Finding]:
    """Every amount that one document names and the other gives otherwise, in whatever place."""
    mine, theirs = _named(document), _named(other)
    found = []
    for key, places in mine.items():
        others = theirs.get(key)
        if not others or any(a.figure.interval.meets(b.figure.interval) for a in places for b in others):
            continue
        found.append(_finding(document, other, key, places, others))
    return found


def _named(document: Document) -> dict[Key, list[Said]]:
    """The amounts of a document by name, what kind of amount, and year; its tables by row."""
    named: dict[Key, list[Said]] = {}
    kind, year = document.head.kind.value, document.head.year
    for flat in flats(document):
        terms = terms_of(flat)
        if item_of(flat, terms) is not None:
            continue
        for term in terms:
            name = core(term.name)
            if not term.is_level or term.letter != MONEY or len(name) < _SHORTEST_NAME or "比" in term.lead:
                continue
            attribute = term.attribute or ("final" if kind in ACCOUNTS else "budget" if kind in BUDGETS else "")
            named.setdefault(("text", name, attribute, str(term.year or year)), []).append(said(flat, term))
    family = "accounts" if kind in ACCOUNTS else "budgets" if kind in BUDGETS else ""
    if family:
        values = TableValues()
        for grid in grids_of(document):
            values.add(grid)
        for code, places in values.codes.items():
            named.setdefault(("table", family, str(year), code), []).extend(places)
    return named


def _finding(document: Document, other: Document, key: Key, places: Sequence[Said], others: Sequence[Said]) -> Finding:
    one, two = places[0], others[0]
    gap = show_number(round_half_up(abs(one.figure.in_base - two.figure.in_base) / one.figure.unit.factor, 6))
    name = key[1] if key[0] == "text" else f"科目 {key[3]}"
    return Finding(
        check=CHECK,
        level=Level.WARNING,
        message=f"“{name}”本件写 {one.figure}，《{other.name}》写 {two.figure}。",
        reckoning=f"{one.figure} 与 {two.figure} 相差 {gap}{one.figure.unit}。",
        mend="请核对两份材料的口径；口径相同的改成一致，不同的请说明。",
        basis="同一年度、同一事项的数字在各份材料中应一致",
        quote=one.words.text,
        where=Place.at(document.name, one.words.spot),
        facts={"name": name, "one": str(one.figure), "other": str(two.figure), "other_place": str(two.words.spot)},
        words=one.words,
    )
