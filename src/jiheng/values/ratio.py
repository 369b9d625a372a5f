"""Ratios of two exact values, with one rounding at the very end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiheng.values.exact import Exact, show_number


@dataclass(frozen=True, slots=True)
class Ratio:
    """Part over whole, kept as two exact values until it is shown.

    **Raises** ZeroDivisionError when the whole is zero.

    >>> Ratio(Decimal("23101.313452"), Decimal("23187.018390")).percent(2)
    Decimal('99.63')
    >>> str(Ratio(Decimal("-1"), Decimal("800")))
    '-0.13%'
    """

    part: Exact
    whole: Exact

    def __post_init__(self) -> None:
        if isinstance(self.part, float) or isinstance(self.whole, float):
            raise ValueError("比率不接受浮点数")
        if self.whole == 0:
            raise ZeroDivisionError("比率的分母为零")

    def scaled(self, factor: int, places: int) -> Decimal:
        """`factor` × part ÷ whole, half up at `places` decimals, reckoned in integers: one rounding, no other."""
        top_n, top_d = self.part.as_integer_ratio()
        bottom_n, bottom_d = self.whole.as_integer_ratio()
        numerator = abs(top_n * bottom_d) * factor * 10**places
        denominator = abs(top_d * bottom_n)
        rounded = (2 * numerator + denominator) // (2 * denominator)
        negative = (self.part < 0) != (self.whole < 0)
        return Decimal(-rounded if negative else rounded).scaleb(-places)

    def percent(self, places: int = 2) -> Decimal:
        """**Unit** %, half up."""
        return self.scaled(100, places)

    def __str__(self) -> str:
        return f"{show_number(self.percent())}%"
