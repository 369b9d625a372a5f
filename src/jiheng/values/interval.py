"""Closed intervals: what a figure printed at some precision may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

INFINITY = Decimal("Infinity")
_DOWN, _UP = Context(prec=60, rounding=ROUND_FLOOR), Context(prec=60, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; the ends may be infinite.

    Figures compare as intervals, so rounding never makes a finding and a real difference never hides in it. What
    arithmetic must cut off (1 ÷ 3) is cut outward: every true result stays inside.

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
            low, high = _DOWN.add(low, part.low), _UP.add(high, part.high)
        return cls(low, high)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def times(self, factor: Decimal) -> Interval:
        """Every value multiplied by an exact factor."""
        if factor == 0:
            return Interval.exactly(Decimal(0))
        low, high = (self.low, self.high) if factor > 0 else (self.high, self.low)
        return Interval(_DOWN.multiply(low, factor), _UP.multiply(high, factor))

    def over(self, divisor: Interval) -> Interval | None:
        """Every quotient; None when the divisor may be zero."""
        if divisor.low <= 0 <= divisor.high:
            return None
        corners = [(top, bottom) for top in (self.low, self.high) for bottom in (divisor.low, divisor.high)]
        known = [(top, bottom) for top, bottom in corners if top.is_finite() or bottom.is_finite()]
        return Interval(min(_DOWN.divide(*corner) for corner in known), max(_UP.divide(*corner) for corner in known))
