"""Numbers as people type them into a cell: separators, full-width digits, units behind, limits before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from jiheng.values import Bound, Dimension, unit_named

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
    "之内": Bound.AT_MOST,
    "内": Bound.AT_MOST,
    "及以上": Bound.AT_LEAST,
    "及以下": Bound.AT_MOST,
}
_EXACTLY = ("=", "等于", "共", "达到", "达")
_ABOUT = ("约", "近", "左右")
_BEFORE = "|".join(sorted((re.escape(word) for word in (*_LIMITS, *_EXACTLY, *_ABOUT)), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?"
    r"(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<unit>(?:个(?:百分点|月)?|k?m[23]|[^\d\s,.<>=≥≤+-]{1,5}?)??)"
    r"(?P<after>及?以上|及?以下|以内|之内|内|余|多|左右)?(?P<late_unit>元|次|人|项|个)?"
)
_SAME = str.maketrans(
    {"≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹥": ">", "﹤": "<", "＝": "=", "−": "-", "–": "-", "—": "-"}
    | {"¥": "", "￥": ""}
)
_SQUARE = str.maketrans({"²": "2", "³": "3"})
_TWO_NUMBERS = re.compile(r"\d\s+[\d.]|[.,]\s+\d")
_CLAUSE = re.compile(r"[年月日号时点周季][^/]|[前后底初末完成止起是为和到至第]")
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit and the limit written beside it."""

    value: Decimal
    decimals: int
    unit: str
    bound: Bound
    is_about: bool = False


def plain(text: str) -> str:
    """Text with full-width characters made narrow and all spaces taken out.

    >>> plain("１，２００．５ ≧ ")
    '1,200.5≥'
    """
    if text.isascii():
        return "".join(text.split())
    return "".join(unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).split())


def quantity_in(text: str) -> Quantity | None:
    """The quantity that makes up the whole text; None when the text is anything else.

    Two numbers with a space or a line break between them, a footnote mark behind a number, a date in words: none of
    them is a quantity, though the characters would make one.

    >>> quantity_in("90%以上").bound, quantity_in("１２１，０５７．８６㎡").value
    (<Bound.AT_LEAST: '>='>, Decimal('121057.86'))
    >>> [quantity_in(text) for text in ("按时完成", "12,34", "100 200", "85%②", "10²", "12月底前", "2023年")]
    [None, None, None, None, None, None, None]
    """
    if not text.isascii():
        text = re.sub("(?<=m)[²³]", lambda mark: mark[0].translate(_SQUARE), text)
        if any(unicodedata.category(character) == "No" for character in text):
            return None
    if _TWO_NUMBERS.search(text.strip()):
        return None
    found = _QUANTITY.fullmatch(plain(text))
    if found is None:
        return None
    before, after, fraction = found["before"] or "", found["after"] or "", found["fraction"] or ""
    unit = (found["unit"] or "") + (found["late_unit"] or "")
    digits = found["sign"] + found["digits"].replace(",", "") + fraction
    if _is_clause(unit) or (unit == "年" and not fraction and Decimal(digits) in _YEARS):
        return None
    limit = _LIMITS.get(before) or _LIMITS.get(after) or Bound.EXACT
    return Quantity(Decimal(digits), max(len(fraction) - 1, 0), unit, limit, before in _ABOUT or after in _ABOUT)


def _is_clause(unit: str) -> bool:
    return bool(unit) and unit_named(unit).dimension is Dimension.OTHER and _CLAUSE.search(unit) is not None
