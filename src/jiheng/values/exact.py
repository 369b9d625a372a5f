"""Decimals that never were floats, and the one place where rounding happens."""

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Annotated

from pydantic import BeforeValidator

SPREADSHEET_DIGITS = 15
"""A spreadsheet keeps 15 significant digits; what follows in the file is binary noise."""

LARGEST = Decimal(10) ** 18
"""No budget figure reaches this; beyond it a cell holds a slip of the keyboard, not an amount."""

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def refuse_float(value: object) -> object:
    """Let everything pass but a float (and a bool, which is an int to Python)."""
    if isinstance(value, (float, bool)):
        raise ValueError("金额和数值须以文本或整数给出，不接受浮点数")
    return value


Exact = Annotated[Decimal, BeforeValidator(refuse_float)]
"""A Decimal at the door of the engine: text and integers become it, floats are refused."""


def exact_from_spreadsheet(raw: str) -> Decimal:
    """The number a person typed, from the text that the spreadsheet file stores for it.

    Raises: ValueError when the text is no finite number.

    >>> exact_from_spreadsheet("31385.997668000001")
    Decimal('31385.997668')
    >>> exact_from_spreadsheet("0.28999999999999998"), exact_from_spreadsheet("1E3")
    (Decimal('0.29'), Decimal('1000'))
    """
    try:
        number = Decimal(raw)
    except InvalidOperation:
        raise ValueError(f"不是数字：{raw}") from None
    if not number.is_finite() or number.adjusted() > 40:
        raise ValueError(f"不是数字，或大得不可能：{raw[:40]}")
    if len(number.as_tuple().digits) > SPREADSHEET_DIGITS:
        number = number.normalize(Context(prec=SPREADSHEET_DIGITS, rounding=ROUND_HALF_UP))
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent <= 0 else number.quantize(Decimal(1), context=_WIDE)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round to `places` decimals, halves away from zero (四舍五入). All rounding in the house is this.

    >>> round_half_up(Decimal("2.345"), 2), round_half_up(Decimal("-0.5"), 0)
    (Decimal('2.35'), Decimal('-1'))
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def show_number(value: Decimal) -> str:
    """The number as people write it: no exponent, no trailing zeros, no "-0".

    >>> show_number(Decimal("26424.899076000")), show_number(Decimal("1E+3")), show_number(Decimal("-0.00"))
    ('26424.899076', '1000', '0')
    """
    if value == 0:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
