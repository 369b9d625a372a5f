"""Numbers as automatic numbering prints them.

**Basis** ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int) -> str:
    """A number in Chinese words.

    >>> chinese(10), chinese(21), chinese(105), chinese(2023)
    ('十', '二十一', '一百零五', '二千零二十三')
    """
    if number >= 10_000:
        rest = number % 10_000
        lead = "零" if 0 < rest < 1_000 else ""
        return chinese(number // 10_000) + "万" + (lead + chinese(rest) if rest else "")
    words = ""
    gap = False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if 10 <= number < 20 else words or "〇"


def _legal(number: int) -> str:
    words = chinese(number)
    words = f"一{words}" if words.startswith("十") else words
    table = str.maketrans({**dict(zip(_DIGITS, _LEGAL, strict=True)), "十": "拾", "百": "佰", "千": "仟"})
    return words.translate(table)


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _roman(number: int) -> str:
    words = ""
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"))
    for value, letter in (*steps, (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        words += letter * (number // value)
        number %= value
    return words


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _each_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


_WAYS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"（{number}）",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "chineseCounting": lambda number: chinese(number) if number < 100 else _each_digit(number),
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _each_digit,
    "taiwaneseDigital": _each_digit,
    "japaneseDigitalTenThousand": _each_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 1 <= number <= 10 else str(number),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": lambda number: f"{number}.",
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def printed(number: int, way: str) -> str:
    """The number as a numbering format prints it; a format we do not know prints digits.

    >>> printed(3, "chineseCountingThousand"), printed(2, "decimalEnclosedCircleChinese"), printed(4, "upperRoman")
    ('三', '②', 'IV')
    """
    if not 0 <= number < 30_000 or (number == 0 and way not in ("decimal", "decimalZero", "chineseCounting")):
        return str(number)
    return _WAYS.get(way, str)(number)
