"""Totals against their parts, by interval, with the diagnosis that the other figures allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiheng.values import Figure, Interval, Money
from jiheng.values.figure import exact_money


@dataclass(frozen=True, slots=True)
class SumFault:
    """A total that its parts do not add up to.

    **Shape** `wrong` names the part that the other figures show to be wrong, `expected` the value it should have.
    """

    total: Figure
    parts: Mapping[str, Figure]
    reckoned: Money
    difference: Money
    absent: tuple[str, ...]
    wrong: str = ""
    expected: Money | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the parts that are not given could close the gap."""
        return bool(self.absent) and self.difference.fen > 0

    @property
    def addends(self) -> str:
        """The parts in words."""
        return "、".join(f"{name} {figure}" for name, figure in self.parts.items())

    @property
    def gap(self) -> str:
        """Which way and how far the parts are off the total."""
        return f"{'少' if self.difference.fen > 0 else '多'} {self.shown(Money(abs(self.difference.yuan)))}"

    def shown(self, amount: Money) -> Figure:
        """An amount in the unit of the total, so that the sentence has one unit."""
        return exact_money(amount, self.total.unit)


def sum_fault(total: Figure | None, parts: Mapping[str, Figure | None]) -> SumFault | None:
    """The fault of a sum; None when it holds within the precision given, or when there is nothing to add."""
    given = {name: figure for name, figure in parts.items() if figure is not None}
    if total is None or not given:
        return None
    reach = Interval.total(figure.interval for figure in given.values())
    if reach.meets(total.interval):
        return None
    reckoned = Money.total(figure.money for figure in given.values())
    absent = tuple(name for name, figure in parts.items() if figure is None)
    difference = total.money - reckoned
    wrong = _total_in_a_part(total, given) if not absent else ""
    expected = given[wrong].money + difference if wrong else None
    if expected is None or expected.fen < 0:
        return SumFault(total, given, reckoned, difference, absent)
    return SumFault(total, given, reckoned, difference, absent, wrong, expected)


def _total_in_a_part(total: Figure, parts: Mapping[str, Figure]) -> str:
    """The part that repeats the total although other parts are not zero."""
    repeated = [name for name, figure in parts.items() if figure.money == total.money]
    others = any(figure.money.fen for name, figure in parts.items() if name not in repeated)
    return repeated[0] if len(repeated) == 1 and others else ""
