"""Units of measure that budget documents use, with what they measure and how they convert."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from jiheng.values.exact import Exact


class Dimension(StrEnum):
    """What a unit measures; figures compare only within one dimension."""

    MONEY = "金额"
    SHARE = "比率"
    COUNT = "数量"
    PEOPLE = "人数"
    OCCASION = "次数"
    AREA = "面积"
    LENGTH = "长度"
    VOLUME = "体积"
    WEIGHT = "重量"
    TIME = "时间"
    LEVEL = "等级"
    POINTS = "分数"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its usual symbol, its dimension, and how many base units it holds.

    **Unit** bases: 元 for money, 1% for shares, 平方米, 米, 天.
    """

    symbol: str
    dimension: Dimension
    factor: Exact = Decimal(1)

    def __str__(self) -> str:
        return self.symbol


_COUNTED: dict[Dimension, str] = {
    Dimension.COUNT: "个 项 件 套 台 辆 处 份 条 家 座 块 本 张 把 批 期 盏 株 棵 只 间 栋 幢 部 对 组 支 篇 种 类 册 枚",
    Dimension.PEOPLE: "人 名 户 人次",
    Dimension.OCCASION: "次 场 场次 起 轮 回 遍 例 班 班次 课时 节",
    Dimension.LEVEL: "级 档 星 等",
    Dimension.POINTS: "分",
}

_MEASURED: list[tuple[Dimension, str, str, str]] = [
    (Dimension.MONEY, "元", "1", ""),
    (Dimension.MONEY, "千元", "1000", ""),
    (Dimension.MONEY, "万元", "10000", "万 w"),
    (Dimension.MONEY, "百万元", "1000000", ""),
    (Dimension.MONEY, "亿元", "100000000", "亿"),
    (Dimension.SHARE, "%", "1", "百分比"),
    (Dimension.SHARE, "‰", "0.1", ""),
    (Dimension.SHARE, "百分点", "1", "个百分点"),
    (Dimension.SHARE, "倍", "100", ""),
    (Dimension.PEOPLE, "万人", "10000", ""),
    (Dimension.PEOPLE, "万人次", "10000", ""),
    (Dimension.AREA, "平方米", "1", "m2 平米"),
    (Dimension.AREA, "公顷", "10000", ""),
    (Dimension.AREA, "平方公里", "1000000", "平方千米 km2"),
    (Dimension.LENGTH, "米", "1", "m 延米"),
    (Dimension.LENGTH, "公里", "1000", "km 千米"),
    (Dimension.VOLUME, "立方米", "1", "m3 方"),
    (Dimension.WEIGHT, "公斤", "1", "kg 千克"),
    (Dimension.WEIGHT, "吨", "1000", "t"),
    (Dimension.TIME, "天", "1", "日 工作日"),
    (Dimension.TIME, "周", "7", "星期"),
    (Dimension.TIME, "月", "30", "个月"),
    (Dimension.TIME, "季度", "90", ""),
    (Dimension.TIME, "年", "365", ""),
]


def _plain(symbol: str) -> str:
    return unicodedata.normalize("NFKC", symbol).replace(" ", "").strip("()（）[]").lower()


def _table() -> dict[str, Unit]:
    units = {symbol: Unit(symbol, dimension) for dimension, symbols in _COUNTED.items() for symbol in symbols.split()}
    for dimension, symbol, factor, aliases in _MEASURED:
        unit = Unit(symbol, dimension, Decimal(factor))
        units |= dict.fromkeys((symbol, *aliases.split()), unit)
    return units


UNITS = _table()
YUAN = UNITS["元"]
WAN_YUAN = UNITS["万元"]
PERCENT = UNITS["%"]
POINT = UNITS["分"]


@lru_cache(maxsize=1024)
def unit_named(symbol: str) -> Unit:
    """The unit people mean by a symbol; a symbol not in the table is a unit of its own.

    >>> unit_named("㎡").symbol, unit_named(" 万元").factor, unit_named("网格").dimension.value
    ('平方米', Decimal('10000'), '其他')
    """
    plain = _plain(symbol)
    return UNITS.get(plain) or Unit(plain, Dimension.OTHER)
