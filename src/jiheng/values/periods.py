"""Budget years and periods of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A budget year: 1 January to 31 December (《预算法》第十八条).

    **Raises** ValueError outside 2000–2099.

    >>> FiscalYear(2023).holds(date(2023, 12, 31)), FiscalYear(2023).holds(date(2022, 10, 1))
    (True, False)
    """

    year: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"没有 {self.year} 这个预算年度")

    @property
    def period(self) -> Period:
        """The days of the year."""
        return Period(date(self.year, 1, 1), date(self.year, 12, 31))

    def holds(self, day: date) -> bool:
        """Whether the day lies in the year."""
        return day.year == self.year

    def __str__(self) -> str:
        return str(self.year)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"期间的开始 {self.start} 晚于结束 {self.end}")

    def within(self, other: Period) -> bool:
        """Whether every day lies in the other period."""
        return other.start <= self.start and self.end <= other.end
