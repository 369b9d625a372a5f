"""What in a document determines a figure: the same figure elsewhere, sums, rates. Arithmetic only; words play no part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiheng.model.document import Document, Mention, Paragraph
from jiheng.mutate.same import same_elsewhere
from jiheng.mutate.table_ties import column_totals, table_ties
from jiheng.mutate.tie import RATE_DIGITS, TELLING_DIGITS, Law, Tie, Value, digits, is_plain_figure, value_of
from jiheng.values import Dimension

_NEAR, _NEARER = 6, 3
"""A rate stands no further than so many figures from what it is a rate of; one of few digits, nearer."""
_LONGEST_PARAGRAPH = 80


@dataclass(frozen=True, slots=True)
class Known:
    """A document with what determines its figures."""

    document: Document
    figures: Mapping[int, Mention]
    values: Mapping[int, Value]
    ties: Mapping[int, Sequence[Tie]]

    @classmethod
    def of(cls, document: Document) -> Known:
        """Look for every tie once."""
        figures = {index: one for index, one in enumerate(document.mentions) if is_plain_figure(one)}
        ties: dict[int, list[Tie]] = defaultdict(list)
        for tie in ties_of(document):
            for member in tie.members:
                ties[member].append(tie)
        return cls(document, figures, {index: value_of(one) for index, one in figures.items()}, ties)


def ties_of(document: Document) -> tuple[Tie, ...]:
    """Every tie that holds in a document."""
    figures = {index: one for index, one in enumerate(document.mentions) if is_plain_figure(one)}
    values = {index: value_of(one) for index, one in figures.items()}
    found = list(same_elsewhere(document, figures, values))
    before: list[int] = []
    for index, block in enumerate(document.blocks):
        own = [number for number, one in figures.items() if one.block == index]
        if isinstance(block, Paragraph):
            own = own[:_LONGEST_PARAGRAPH]
            found += _in_paragraph(own, before[-_NEAR:], figures, values)
            before = own
        else:
            found += table_ties(block, own, figures, values)
    found += column_totals(document, figures, values)
    return tuple(dict.fromkeys(found))


def _in_paragraph(
    own: Sequence[int], before: Sequence[int], figures: Mapping[int, Mention], values: Mapping[int, Value]
) -> Iterator[Tie]:
    for dimension in Dimension:
        alike = [one for one in own if (figure := figures[one].figure) and figure.unit.dimension is dimension]
        if dimension is Dimension.SHARE:
            rates = [one for one in alike if digits(figures[one]) >= RATE_DIGITS]
            yield from _rates(rates, [*before, *own], figures, values)
        yield from _sums(alike, figures, values)


def _sums(alike: Sequence[int], figures: Mapping[int, Mention], values: Mapping[int, Value]) -> Iterator[Tie]:
    """A total right before its parts, or right behind them."""
    for at, total in enumerate(alike):
        if values[total].number <= 0:
            continue
        windows = [alike[at + 1 : end] for end in range(at + 3, len(alike) + 1)]
        windows += [alike[start:at] for start in range(at - 2, -1, -1)]
        for parts in windows:
            counted = [one for one in parts if values[one].number != 0]
            if len(counted) < 2 or (len(counted) == 2 and digits(figures[total]) < RATE_DIGITS):
                continue
            tie = Tie(Law.SUM, (total, *parts))
            if tie.holds(values):
                yield tie
                break


def _rates(
    rates: Sequence[int], own: Sequence[int], figures: Mapping[int, Mention], values: Mapping[int, Value]
) -> Iterator[Tie]:
    telling = [one for one in own if digits(figures[one]) >= RATE_DIGITS and one not in rates]
    for rate in rates:
        at = own.index(rate)
        reach = _NEAR if digits(figures[rate]) >= TELLING_DIGITS else _NEARER
        bases = [one for one in telling if abs(own.index(one) - at) <= reach]
        for part in bases:
            for whole in bases:
                one, other = figures[part].figure, figures[whole].figure
                if part == whole or one is None or other is None or not one.is_like(other):
                    continue
                for law in (Law.RATE, Law.GROWTH):
                    tie = Tie(law, (rate, part, whole))
                    if tie.holds(values):
                        yield tie
