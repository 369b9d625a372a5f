"""Numbers as people type them into a cell: separators, full-width digits, units behind, limits before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from jiheng.values import Bound

_LIMITS = {
    "≥": Bound.AT_LEAST,
    ">": Bound.AT_LEAST,
    ">=": Bound.AT_LEAST,
    "不低于": Bound.AT_LEAST,
    "不少于": Bound.AT_LEAST,
    "不小于": Bound.AT_LEAST,
    "至少": Bound.AT_LEAST,
    "超过": Bound.AT_LEAST,
    "大于": Bound.AT_LEAST,
    "大于等于": Bound.AT_LEAST,
    "以上": Bound.AT_LEAST,
    "余": Bound.AT_LEAST,
    "多": Bound.AT_LEAST,
    "≤": Bound.AT_MOST,
    "<": Bound.AT_MOST,
    "<=": Bound.AT_MOST,
    "不高于": Bound.AT_MOST,
    "不超过": Bound.AT_MOST,
    "不大于": Bound.AT_MOST,
    "不多于": Bound.AT_MOST,
    "小于": Bound.AT_MOST,
    "小于等于": Bound.AT_MOST,
    "以下": Bound.AT_MOST,
    "以内": Bound.AT_MOST,
}
_EXACTLY = ("=", "等于", "共", "达到", "达", "约", "近")
_BEFORE = "|".join(sorted((re.escape(word) for word in (*_LIMITS, *_EXACTLY)), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?"
    r"(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<unit>(?:个(?:百分点|月)?|[^\d\s,.<>=≥≤+-]{1,5}?)?)"
    r"(?P<after>以上|以下|以内|余|多|左右)?(?P<late_unit>元|次|人|项|个)?"
)
_SAME = str.maketrans(
    {"≧": "≥", "≦": "≤", "﹥": ">", "﹤": "<", "＝": "=", "−": "-", "–": "-", "—": "-", "¥": "", "￥": ""}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit and the limit written beside it."""

    value: Decimal
    decimals: int
    unit: str
    bound: Bound


def plain(text: str) -> str:
    """Text with full-width characters made narrow and all spaces taken out.

    >>> plain("１，２００．５ ≧ ")
    '1,200.5≥'
    """
    return "".join(unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).split())


def quantity_in(text: str) -> Quantity | None:
    """The quantity that makes up the whole text; None when the text is anything else.

    >>> quantity_in("90%以上"), quantity_in("１２１，０５７．８６平方米").value
    (Quantity(value=Decimal('90'), decimals=0, unit='%', bound=<Bound.AT_LEAST: '>='>), Decimal('121057.86'))
    >>> quantity_in("按时完成"), quantity_in("12,34")
    (None, None)
    """
    found = _QUANTITY.fullmatch(plain(text))
    if found is None:
        return None
    fraction = found["fraction"] or ""
    unit = (found["unit"] or "") + (found["late_unit"] or "")
    limit = _LIMITS.get(found["before"] or "") or _LIMITS.get(found["after"] or "") or Bound.EXACT
    digits = found["sign"] + found["digits"].replace(",", "") + fraction
    return Quantity(Decimal(digits), max(len(fraction) - 1, 0), unit, limit)
