"""What a number format makes of a number on the screen: signs, words, scales that the stored number does not have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<bare>[\u4e00-\u9fff])',
    re.DOTALL,
)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_NO_UNIT = re.compile(r"CNY|RMB|人民币|[¥￥()（）\s.+-]")


class Look(NamedTuple):
    """How cells with one number format look: a percent sign, words behind, thousands cut off, padding, parts of a date."""

    is_percent: bool
    words: str
    is_scaled: bool
    padded_to: int
    shows_day: bool
    shows_year: bool


@lru_cache(maxsize=4096)
def look_of(number_format: str) -> Look:
    """What the format shows.

    >>> look_of('0.00"万元"').words, look_of('0"%"').is_percent, look_of("0.00%").is_percent
    ('万元', False, True)
    >>> look_of('0\\\\.0,"万"').is_scaled, look_of("#,##0.00").is_scaled, look_of("000").padded_to
    (True, False, 3)
    """
    words: list[str] = []

    def literal(found: re.Match[str]) -> str:
        words.extend(word for word in found.groups() if word)
        return ""

    code, _, others = number_format.partition(";")
    bare = _TOKEN.sub(literal, code)
    shown = _NO_UNIT.sub("", "".join(words))
    parts = bare.lower()
    return Look(
        is_percent="%" in bare,
        words=shown,
        is_scaled=bool(_SCALED.search(bare) or _SCALED.search(_TOKEN.sub("", others))),
        padded_to=len(bare) if bare.strip("0") == "" else 0,
        shows_day="d" in parts,
        shows_year="y" in parts or "e" in parts,
    )
