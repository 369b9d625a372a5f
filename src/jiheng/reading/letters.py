"""Full-width letters made narrow one for one, so that offsets stay; what numbers are written with."""

from __future__ import annotations

import re
from decimal import Decimal

_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)}
_NARROW |= {ord("　"): ord(" "), 0xA0: ord(" "), ord("％"): ord("%"), ord("﹪"): ord("%"), ord("\t"): ord(" ")}
_NARROW |= dict.fromkeys(map(ord, "−–—―﹣－"), ord("-")) | dict.fromkeys(map(ord, "～﹏〜∼"), ord("~"))
_NARROW |= dict.fromkeys(map(ord, "﹥＞"), ord(">")) | dict.fromkeys(map(ord, "﹤＜"), ord("<"))
_NARROW |= {ord("≧"): ord("≥"), ord("≦"): ord("≤"), ord("﹐"): ord(",")}

# Punctuation of prose must not become punctuation of numbers: a full-width comma parts clauses, except between digits.
for _letter in "，：；！？（）．":
    _NARROW.pop(ord(_letter), None)

_YEAR_BEHIND = re.compile(r"(?:19|20)\d{2} ?(?:年|[-~至—] ?(?:19|20)\d{2} ?年)")
_NUMBERED_YEAR = re.compile(rf"(?P<head>(?:^|[\n。；;：:]) *\d{{1,2}})\.(?={_YEAR_BEHIND.pattern})")

DIGITS = {**{letter: n for n, letter in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def narrow(text: str) -> str:
    """The text with digits, signs and blanks made narrow; as long as before.

    >>> narrow("１，２００．５％"), narrow("增加５，降低３"), narrow("2.2023年完成2.5公里")
    ('1,200.5%', '增加5，降低3', '2．2023年完成2.5公里')
    """
    # 2.2023年 is the number of a paragraph before a year, no decimal: its point becomes that of a number.
    plain = _NUMBERED_YEAR.sub(r"\g<head>．", text.translate(_NARROW))
    if "，" not in plain and "．" not in plain:
        return plain
    letters = list(plain)
    for at, letter in enumerate(letters):
        if letter == "．":
            # 4．2023年 is a number of the outline before a year, 12．5 a decimal point.
            number = at and plain[at - 1].isdigit() and plain[at + 1 : at + 2].isdigit()
            if number and not _YEAR_BEHIND.match(plain, at + 1):
                letters[at] = "."
        elif letter == "，" and 0 < at < len(text) - 3:
            # １，２００: a full-width comma inside full-width digits is a separator.
            group = text[at + 1 : at + 4]
            if "０" <= text[at - 1] <= "９" and all("０" <= one <= "９" for one in group):
                letters[at] = ","
    return "".join(letters)


def chinese_number(words: str) -> Decimal | None:
    """The number that Chinese numerals mean; None when they mean none.

    >>> chinese_number("一百二十三"), chinese_number("二〇二三"), chinese_number("三万五千"), chinese_number("十")
    (Decimal('123'), Decimal('2023'), Decimal('35000'), Decimal('10'))
    >>> chinese_number("百十"), chinese_number("一二百")
    (None, None)
    """
    if all(letter in DIGITS for letter in words):
        return Decimal("".join(str(DIGITS[letter]) for letter in words)) if words else None
    total, section, digit = 0, 0, None
    smallest = 10**5
    for letter in words:
        if letter in DIGITS:
            if digit:
                return None
            digit = DIGITS[letter]
        elif letter in _TENS:
            step = _TENS[letter]
            if step >= smallest or (digit is None and section) or (not digit and step != 10):
                return None
            section += (digit or 1) * step  # 十, and after a zero 零十: one ten
            smallest, digit = step, None
        elif letter in _MYRIADS:
            section += digit or 0
            if not section:
                return None
            total = (total + section) * _MYRIADS[letter] if letter == "亿" else total + section * _MYRIADS[letter]
            section, digit, smallest = 0, None, 10**5
        else:
            return None
    return Decimal(total + section + (digit or 0))
