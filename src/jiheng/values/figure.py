"""A figure as somebody gave it: its value, its unit, how exactly it was given, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from jiheng.values.exact import Exact, round_half_up, show_number
from jiheng.values.interval import INFINITY, Interval
from jiheng.values.money import FEN, Money
from jiheng.values.units import Dimension, Unit


class Bound(StrEnum):
    """Whether a figure says the value itself or only a limit of it."""

    EXACT = "="
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a ledger or a text.

    **Unit** `value` and `quantum` are in `unit`. `quantum` is the step of the last digit given: 100.00万元 has
    0.01万元 and so means ±50元; zero means exact, and so does money given to the 分. `text` keeps the words as they
    stood ("90%以上").

    >>> from jiheng.values.units import unit_named
    >>> Figure(Decimal("100.00"), unit_named("万元"), Decimal("0.01")).interval
    Interval(low=Decimal('999950.000'), high=Decimal('1000050.000'))
    """

    value: Exact
    unit: Unit
    quantum: Exact = Decimal(0)
    text: str = ""
    bound: Bound = Bound.EXACT

    def __post_init__(self) -> None:
        if isinstance(self.value, float) or isinstance(self.quantum, float):
            raise ValueError("数值不接受浮点数")

    @property
    def in_base(self) -> Decimal:
        """The value in the base unit of its dimension (元, %, 平方米, …), as given."""
        return self.value * self.unit.factor

    @property
    def interval(self) -> Interval:
        """Every value in the base unit that the figure may stand for."""
        to_the_fen = self.unit.dimension is Dimension.MONEY and self.quantum * self.unit.factor <= FEN
        half = Decimal(0) if to_the_fen else self.quantum / 2
        low, high = (self.value - half) * self.unit.factor, (self.value + half) * self.unit.factor
        if self.bound is Bound.AT_LEAST:
            return Interval(low, INFINITY)
        if self.bound is Bound.AT_MOST:
            return Interval(-INFINITY, high)
        return Interval(low, high)

    @property
    def money(self) -> Money:
        """The amount as given, to the 分. Raises ValueError when the figure is no amount of money."""
        if self.unit.dimension is not Dimension.MONEY:
            raise ValueError(f"{self} 不是金额")
        return Money(round_half_up(self.in_base, 2))

    def is_like(self, other: Figure) -> bool:
        """Whether both measure the same: one dimension; of units nobody knows, the same unit.

        >>> from jiheng.values.units import unit_named
        >>> grids, acres = Figure(Decimal(3), unit_named("网格")), Figure(Decimal(3), unit_named("亩"))
        >>> grids.is_like(acres), grids.is_like(grids)
        (False, True)
        """
        if self.unit.dimension is Dimension.OTHER:
            return self.unit == other.unit
        return self.unit.dimension is other.unit.dimension

    def counted(self) -> Figure:
        """The same figure, exact where it counts what comes in ones: people, things, points; a whole number of square
        metres may be rounded.

        >>> from jiheng.values.units import unit_named
        >>> [Figure(Decimal(3), unit_named(unit), Decimal(1)).counted().quantum for unit in ("人", "平方米")]
        [Decimal('0'), Decimal('1')]
        """
        is_whole = self.value == self.value.to_integral_value()
        counts = (Dimension.COUNT, Dimension.PEOPLE, Dimension.POINTS)
        return replace(self, quantum=Decimal(0)) if is_whole and self.unit.dimension in counts else self

    def __str__(self) -> str:
        """As a reader would print it: the words given, or the value with its unit.

        >>> from jiheng.values.units import unit_named
        >>> str(Figure(Decimal("20.00"), unit_named("次")))
        '20次'
        """
        return self.text if self.text and self.bound is not Bound.EXACT else f"{show_number(self.value)}{self.unit}"


def exact_money(money: Money, unit: Unit) -> Figure:
    """A ledger amount as a figure that is exact to the 分, shown in `unit`."""
    return Figure(money.yuan / unit.factor, unit)
