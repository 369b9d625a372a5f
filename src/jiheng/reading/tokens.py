"""A number found in a text, before it is known where the text stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiheng.model.document import Kind
from jiheng.values import Bound, Dimension, Figure, Unit

NO_UNIT = Unit("", Dimension.OTHER)


@dataclass(frozen=True, slots=True)
class Token:
    """A number with its place in a text."""

    kind: Kind
    start: int
    end: int
    figure: Figure | None = None
    high: Figure | None = None
    near: str = ""
    doubt: str = ""

    @property
    def has_unit(self) -> bool:
        """Whether the unit stands beside the number."""
        return self.figure is not None and self.figure.unit != NO_UNIT


def figure_of(
    digits: str, unit: Unit | None, *, scale: Decimal = Decimal(1), bound: Bound = Bound.EXACT, text: str = ""
) -> Figure:
    """A figure from plain digits: money and shares are given to their last digit, counts and measures exactly.

    >>> from jiheng.values import unit_named
    >>> figure_of("1,234.50", None).value, figure_of("99.6", unit_named("%")).quantum
    (Decimal('1234.50'), Decimal('0.1'))
    """
    plain = digits.replace(",", "")
    value = Decimal(plain)
    decimals = len(plain.partition(".")[2])
    unit = unit or NO_UNIT
    rounded = unit.dimension in (Dimension.MONEY, Dimension.SHARE) or unit == NO_UNIT or scale != 1
    quantum = Decimal(1).scaleb(-decimals) if rounded and value else Decimal(0)
    return Figure(value * scale, unit, quantum * scale, text, bound)


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a span shares a letter with any of the others."""
    return any(start < until and end > since for since, until in spans)
