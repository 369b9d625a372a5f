"""A total whose paragraph ends with 其中, and its parts below it, a paragraph each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jiheng.model.statement import Rate, Sum
from jiheng.reading.statements.families import is_whole_family
from jiheng.reading.statements.flat import SHARE, Flat
from jiheng.reading.statements.lists import same_kind
from jiheng.reading.statements.terms import Term, alike, said, without_number
from jiheng.values import Interval

_INTRO = re.compile(r"(?:其中|具体情况如下|几个方面|以下方面)[：，:]?$")
_SHARE = re.compile(rf"，占(?:[^，。；]{{0,20}}的)?(?P<rate>{SHARE})")
_MOST_PARTS = 12


def sums_below(flats: Sequence[Flat], terms: Mapping[int, Sequence[Term]]) -> Iterator[Sum | Rate]:
    """Only where the first paragraphs below name the members of one family: 人员经费 and 公用经费, the three of “三公”.

    The share right behind a part is of that total, where the parts of one family, or else all parts, make it.
    """
    for place, flat in enumerate(flats):
        total = _total(flat, terms[flat.block]) if _INTRO.search(flat.text) else None
        if total is None:
            continue
        parts: list[tuple[Flat, Term]] = []
        for below in flats[place + 1 : place + 1 + _MOST_PARTS * 2]:
            first = next(iter(terms[below.block]), None)
            if first is None or first.start or not first.is_level or not alike(first.figure, total.figure):
                if parts and below.block != parts[-1][0].block + 1:
                    break
                continue
            if not same_kind(first, total):
                break
            parts.append((below, first))
            if Interval.total(term.figure.interval for _, term in parts).meets(total.figure.interval):
                yield from _shares(flat, total, parts, terms)
            if is_whole_family([without_number(term.name) for _, term in parts]):
                yield Sum(
                    words=flat.words(total.start, total.at + 1),
                    total=said(flat, total),
                    parts=tuple(said(one, term) for one, term in parts),
                )
                break


def _shares(
    flat: Flat, total: Term, parts: Sequence[tuple[Flat, Term]], terms: Mapping[int, Sequence[Term]]
) -> Iterator[Rate]:
    for one, part in parts:
        told = _SHARE.match(one.text, part.at + 1)
        rate = next((term for term in terms[one.block] if told and term.at == told.start("rate")), None)
        if rate is not None and told is not None and part.figure.value:
            words = one.words(part.start, told.end())
            yield Rate(words=words, part=said(one, part), whole=said(flat, total), rate=said(one, rate, "占比"))


def _total(flat: Flat, terms: Sequence[Term]) -> Term | None:
    """What the list is of: the first level of its last sentence, where it is no comparison."""
    last = flat.text.rstrip("。").count("。")
    own = [term for term in terms if term.is_level and not term.depth and term.sentence == last]
    return own[0] if own and not re.search("比|较", own[0].lead) else None
