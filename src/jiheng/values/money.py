"""Exact amounts of money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from jiheng.values.exact import Exact, round_half_up, show_number
from jiheng.values.units import WAN_YUAN

FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount, never finer than 分.

    **Unit** 元. **Raises** ValueError when the amount has a fraction of a 分.

    >>> Money.from_wan(Decimal("31385.997668")).fen
    31385997668
    >>> str(Money(Decimal("5360030.22"))), Money.from_fen(12).yuan
    ('536.003022万元', Decimal('0.12'))
    """

    yuan: Exact

    def __post_init__(self) -> None:
        if isinstance(self.yuan, float):
            raise ValueError("金额不接受浮点数")
        if not self.yuan.is_finite() or self.yuan != round_half_up(self.yuan, 2):
            raise ValueError(f"金额 {self.yuan} 元不是整数分")

    @classmethod
    def from_wan(cls, wan: Decimal) -> Money:
        """From 万元; six decimals are exactly 分."""
        return cls(wan * WAN_YUAN.factor)

    @classmethod
    def from_fen(cls, fen: int) -> Money:
        """From the integer that databases keep."""
        return cls(Decimal(fen) * FEN)

    @classmethod
    def total(cls, parts: Iterable[Money]) -> Money:
        """The sum; of none, zero."""
        return cls(sum((part.yuan for part in parts), Decimal(0)))

    @property
    def fen(self) -> int:
        """Integer 分."""
        return int(self.yuan / FEN)

    @property
    def wan(self) -> Decimal:
        """In 万元, exact."""
        return self.yuan / WAN_YUAN.factor

    def __add__(self, other: Money) -> Money:
        return Money(self.yuan + other.yuan)

    def __sub__(self, other: Money) -> Money:
        return Money(self.yuan - other.yuan)

    def __neg__(self) -> Money:
        return Money(-self.yuan)

    def __str__(self) -> str:
        return f"{show_number(self.wan)}万元"
