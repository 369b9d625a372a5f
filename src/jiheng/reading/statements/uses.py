"""What a project's money was used for: the uses listed below an amount, and the periods that costs are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.model.statement import CostPeriod, Uses
from jiheng.reading.statements.flat import DAY, MONEY, YEAR, Flat
from jiheng.reading.statements.items import Item
from jiheng.reading.statements.terms import Term, said

_INTRO = re.compile(r"(?:用于|完成|开展|包括|安排|支出|使用)[^。；，]{0,16}(?:如下|以下[^。；，]{0,6}|包括|有)?：$")
_SPENT = re.compile(r"预算|资金|经费|支付|支出|投入|安排|拨付")
_PERIOD = re.compile(
    rf"(?P<first>[{DAY}{YEAR}])(?:至|到|-|—|~|－)(?P<last>[{DAY}{YEAR}])(?P<name>[^，。；：]{{0,24}}?)(?P<cost>{MONEY})"
)
_FEWEST = 3


def uses_in(flats: Sequence[Flat], terms: dict[int, list[Term]], items: dict[int, Item]) -> Iterator[Uses]:
    """An amount, an introduction that ends in a colon, and below it items numbered from 1 with their costs."""
    for place, flat in enumerate(flats):
        if not _INTRO.search(flat.text):
            continue
        total = next(
            (
                t
                for t in terms[flat.block]
                if t.is_level and t.letter == MONEY and _SPENT.search(t.lead) and not t.depth
            ),
            None,
        )
        run: list[Flat] = []
        for below in flats[place + 1 :]:
            item = items.get(below.block)
            if item is None or item.number != len(run) + 1:
                break
            run.append(below)
        listed = [
            (one, term)
            for one in run
            for term in terms[one.block]
            if term.is_level and term.letter == MONEY and not term.depth
        ]
        if total is None or len(run) < 2 or len(listed) < _FEWEST:
            continue
        yield Uses(
            words=flat.words(total.start, len(flat.text)),
            total=said(flat, total),
            parts=tuple(said(one, term) for one, term in listed),
        )


def cost_periods(flat: Flat, terms: Sequence[Term]) -> Iterator[CostPeriod]:
    """2022年10月至2023年10月的费用X元."""
    by_place = {term.at: term for term in terms}
    for found in _PERIOD.finditer(flat.text):
        first, last = flat.numbers[found.start("first")], flat.numbers[found.start("last")]
        cost = by_place.get(found.start("cost"))
        if first.year is None or last.year is None or cost is None or not cost.is_level or first.year >= last.year:
            continue
        yield CostPeriod(
            words=flat.words(found.start(), found.end()),
            cost=said(flat, cost, flat.raw(found.start("name"), found.end("name"))),
            period=flat.raw(found.start(), found.start("name")),
            first_year=first.year,
            last_year=last.year,
        )
