"""Closed intervals: what a figure printed at some precision may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; the ends may be infinite.

    Figures compare as intervals, so rounding never makes a finding and a real difference never hides in it.

    >>> Interval(Decimal("99.5"), Decimal("100.5")).meets(Interval(Decimal("100.5"), Decimal("101.5")))
    True
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"区间下限 {self.low} 大于上限 {self.high}")

    @classmethod
    def exactly(cls, value: Decimal) -> Interval:
        """The interval that holds one value only."""
        return cls(value, value)

    @classmethod
    def total(cls, parts: Iterable[Interval]) -> Interval:
        """The sum of intervals; of none, exactly zero."""
        low = high = Decimal(0)
        for part in parts:
            low += part.low
            high += part.high
        return cls(low, high)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Decimal) -> Interval:
        """Every value multiplied by an exact factor."""
        ends = sorted((self.low * factor, self.high * factor))
        return Interval(ends[0], ends[1])

    def over(self, divisor: Interval) -> Interval | None:
        """Every quotient; None when the divisor may be zero."""
        if divisor.low <= 0 <= divisor.high:
            return None
        quotients = [top / bottom for top in (self.low, self.high) for bottom in (divisor.low, divisor.high)]
        return Interval(min(quotients), max(quotients))
