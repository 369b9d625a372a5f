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

_NAMES = """
11 北京市 12 天津市 13 河北省 14 山西省 15 内蒙古自治区 21 辽宁省 22 吉林省 23 黑龙江省 31 上海市 32 江苏省 33 浙江省
34 安徽省 35 福建省 36 江西省 37 山东省 41 河南省 42 湖北省 43 湖南省 44 广东省 45 广西壮族自治区 46 海南省 50 重庆市
51 四川省 52 贵州省 53 云南省 54 西藏自治区 61 陕西省 62 甘肃省 63 青海省 64 宁夏回族自治区 65 新疆维吾尔自治区 71 台湾省
81 香港特别行政区 82 澳门特别行政区
"""
PROVINCE_NAMES = dict(zip(_NAMES.split()[1::2], (f"{code}0000" for code in _NAMES.split()[::2]), strict=True))
"""Code of each province by its name."""


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
