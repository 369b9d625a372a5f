"""Codes of administrative divisions (GB/T 2260)."""

from __future__ import annotations

from dataclasses import dataclass

NATION = "000000"
PROVINCES = frozenset(
    map(
        str,
        (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82),
    )
)


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """Six digits: province, city, county; zeros stand for the whole of what is above.

    **Raises** ValueError when it is not six digits or no province begins so.

    >>> [code.digits for code in RegionCode("110105").lineage]
    ['110105', '110100', '110000', '000000']
    """

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != 6 or not self.digits.isascii() or not self.digits.isdigit():
            raise ValueError(f"行政区划代码须为 6 位数字：{self.digits}")
        if self.digits != NATION and self.digits[:2] not in PROVINCES:
            raise ValueError(f"没有以 {self.digits[:2]} 开头的省级行政区划：{self.digits}")

    @property
    def lineage(self) -> tuple[RegionCode, ...]:
        """The region and those above it, nearest first, the nation last: the order in which rules are looked up."""
        codes = dict.fromkeys((self.digits, self.digits[:4] + "00", self.digits[:2] + "0000", NATION))
        return tuple(RegionCode(code) for code in codes)

    def __str__(self) -> str:
        return self.digits
