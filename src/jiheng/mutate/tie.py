"""A tie: figures that belong together, one of which follows from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jiheng.model.document import Kind, Mention
from jiheng.values import Bound

TELLING_DIGITS = 4
"""A total of so many digits is not the sum of its neighbours by chance."""
RATE_DIGITS = 3


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
