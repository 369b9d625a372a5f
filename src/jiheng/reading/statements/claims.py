"""All claims of a document: each kind from its module, in the order of the text."""

from __future__ import annotations

from jiheng.model.document import Document
from jiheng.model.statement import Claims, Statement
from jiheng.reading.statements.changes import changes_in
from jiheng.reading.statements.comparisons import comparisons_in, completion_rates, pairs_in
from jiheng.reading.statements.flat import flats
from jiheng.reading.statements.lists import enumerations, shares_in, sums_in
from jiheng.reading.statements.terms import terms_of


def claims_of(document: Document) -> Claims:
    """What a document claims."""
    found: list[Statement] = []
    year = document.head.year
    for flat in flats(document):
        terms = terms_of(flat)
        if not terms:
            continue
        lists = enumerations(flat, terms)
        pairs = pairs_in(flat, terms)
        found += sums_in(flat, lists)
        found += shares_in(flat, terms, lists)
        found += changes_in(flat, terms, year)
        found += comparisons_in(flat, pairs)
        found += completion_rates(flat, terms, pairs)
    return Claims(head=document.head, statements=tuple(found))
