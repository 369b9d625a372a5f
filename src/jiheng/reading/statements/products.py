"""Price × quantity: 购置2辆，车均购置费10万元, against the cost that the paragraph names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.model.statement import Product
from jiheng.reading.statements.flat import COUNT, MONEY, Flat
from jiheng.reading.statements.terms import Term, said

_EACH = re.compile(
    rf"(?P<count>{COUNT})，(?:车均|人均|台均|户均|平均每[^，。；]{{1,3}})(?P<what>[^，。；{MONEY}{COUNT}]{{2,14}}?)(?:为|是)?(?P<price>{MONEY})"
)


def products_in(flat: Flat, terms: Sequence[Term]) -> Iterator[Product]:
    """An average with its count, and before them in the paragraph the cost of the same name."""
    by_place = {term.at: term for term in terms}
    for found in _EACH.finditer(flat.text):
        count, price = by_place.get(found.start("count")), by_place.get(found.start("price"))
        what = found["what"]
        total = next(
            (
                term
                for term in reversed(terms)
                if term.at < found.start()
                and term.is_level
                and term.letter == MONEY
                and "比" not in term.lead
                and "预算" not in term.lead
                and (what in term.name or (what in _subject(flat, term) and not term.name))
            ),
            None,
        )
        if count is None or price is None or total is None or not count.figure.value:
            continue
        yield Product(
            words=flat.words(total.start, found.end()),
            price=said(flat, price),
            quantity=said(flat, count),
            total=said(flat, total),
        )


def _subject(flat: Flat, term: Term) -> str:
    """What the clauses right before a figure speak of."""
    start = max(flat.text.rfind("。", 0, term.at), flat.text.rfind(MONEY, 0, term.at)) + 1
    return flat.text[start : term.at]
