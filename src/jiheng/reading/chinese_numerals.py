"""Numbers in Chinese numerals: only where a unit behind them says that they count something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiheng.model.document import Kind
from jiheng.reading.letters import chinese_number
from jiheng.reading.tokens import Token, figure_of, overlaps
from jiheng.reading.units_beside import Behind, bound_before, unit_behind
from jiheng.values import Bound, Figure
from jiheng.values.units import PERCENT

_CHINESE = re.compile(r"百分之([零一二三四五六七八九十百点]{1,9})|([一二两三四五六七八九十百千万亿零〇]{1,12})")
_CHINESE_UNIT = re.compile(
    r"(?:万元|亿元|元|个百分点|平方米|公里|小时|倍)|(?:个|项|人|名|户|家|次|场|件|套|台|辆|处|份|条|座)(?![\u4e00-\u9fff]?(?:别|性|目标))"
)


def chinese_numbers(text: str, spans: list[tuple[int, int]]) -> Iterator[Token]:
    """The numbers in Chinese numerals outside the spans that are taken.

    >>> [token.figure.text for token in chinese_numbers("百分之九十五的三百二十户，一个中心", [])]
    ['百分之九十五', '三百二十户']
    """
    for found in _CHINESE.finditer(text):
        if overlaps(*found.span(), spans):
            continue
        if found[1]:
            whole, _, part = found[1].partition("点")
            number = chinese_number(whole)
            rest = chinese_number(part) if part else None
            if number is not None and (rest is not None or not part):
                digits = f"{number}.{rest}" if rest is not None else str(number)
                figure = figure_of(digits, PERCENT, text=found[0], bound=bound_before(text, found.start())[0])
                yield Token(Kind.FIGURE, *found.span(), figure, near=bound_before(text, found.start())[1])
            continue
        yield from _counted(text, found)


def _counted(text: str, found: re.Match[str]) -> Iterator[Token]:
    words, end = found[2], found.end()
    if found.start() and (text[found.start() - 1].isdigit() or text[found.start() - 1] in "第.,"):
        return
    unit = _CHINESE_UNIT.match(text, end)
    if unit is None and words[-1] in "万亿" and len(words) > 1:
        unit = _CHINESE_UNIT.match(text, end - 1)
        words, end = (words[:-1], end - 1) if unit else (words, end)
    number = chinese_number(words)
    # 一个, 一项, 一次 … are articles, not counts.
    if unit is None or number is None or number <= 1:
        return
    behind: Behind = unit_behind(text, end)
    if behind.unit is None:
        return
    bound, near = bound_before(text, found.start())
    stop = end + behind.length
    figure = Figure(
        number * behind.scale,
        behind.unit,
        Decimal(0),
        text[found.start() : stop],
        behind.bound if bound is Bound.EXACT else bound,
    )
    yield Token(Kind.FIGURE, found.start(), stop, figure, near=near or behind.near)
