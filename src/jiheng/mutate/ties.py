"""What in a document determines a figure: the same figure elsewhere, sums, rates. Arithmetic only; words play no part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jiheng.model.document import Document, Kind, Mention, Paragraph
from jiheng.values import Bound, Dimension

TELLING_DIGITS = 4
"""A total of so many digits is not the sum of its neighbours by chance."""
RATE_DIGITS = 3
_NEAR, _NEARER = 6, 3
"""A rate stands no further than so many figures from what it is a rate of; one of few digits, nearer."""
_LONGEST_PARAGRAPH = 80


class Law(StrEnum):
    """How the first member of a tie follows from the others."""

    SAME = "文中另一处是同一个数"
    SUM = "等于另几个数的和"
    RATE = "等于另两个数的比"
    GROWTH = "等于另两个数的增减率"


@dataclass(frozen=True, slots=True)
class Value:
    """A number in its base unit and how far from it the true one may be."""

    number: Decimal
    slack: Decimal


@dataclass(frozen=True, slots=True)
class Tie:
    """Figures that belong together. **Shape** `members` are indexes of mentions; the first follows from the rest."""

    law: Law
    members: tuple[int, ...]

    def holds(self, values: Mapping[int, Value]) -> bool:
        """Whether it is so with these values."""
        first, rest = values[self.members[0]], [values[one] for one in self.members[1:]]
        if self.law in (Law.SAME, Law.SUM):
            # Rounding of the parts is not allowed for: with a hundred of them anything would be a sum.
            total = sum((one.number for one in rest), Decimal(0))
            slack = max(first.slack, rest[0].slack) if self.law is Law.SAME else first.slack
            return abs(first.number - total) <= (slack if first.slack != rest[0].slack else 0)
        part, whole = rest
        if whole.number == 0:
            return False
        quotient = part.number / whole.number * 100
        if self.law is Law.GROWTH:
            quotient = abs(quotient - 100)
        blur = (part.slack + abs(quotient) / 100 * whole.slack) / abs(whole.number) * 100
        return abs(abs(first.number) - quotient) <= first.slack + blur


def value_of(mention: Mention) -> Value:
    """A mention of a figure as a value."""
    assert mention.figure is not None
    figure = mention.figure
    return Value(figure.in_base, figure.quantum * figure.unit.factor / 2)


def is_plain_figure(mention: Mention) -> bool:
    """Whether a mention is an exact figure, no 约, no limit, no range."""
    figure = mention.figure
    return (
        mention.kind is Kind.FIGURE
        and figure is not None
        and figure.bound is Bound.EXACT
        and mention.high is None
        and not mention.near
        and not mention.doubt
    )


def digits(mention: Mention) -> int:
    """How many digits of a figure tell something: zeros at its ends do not."""
    return len("".join(letter for letter in mention.text if letter.isdecimal()).strip("0"))


def ties_of(document: Document) -> tuple[Tie, ...]:
    """Every tie that holds in a document."""
    from jiheng.mutate.same import same_elsewhere
    from jiheng.mutate.table_ties import column_totals, table_ties

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
