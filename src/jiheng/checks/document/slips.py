"""The slip that made a wrong figure of a right one."""

from __future__ import annotations

from decimal import Decimal

from jiheng.values import Figure, Interval

_UNITS = {
    Decimal(10000): "单位写错：以元计的数写成了万元",
    Decimal("0.0001"): "单位折算错：以万元计的数又除了一次 10000",
    Decimal(100): "小数点向右错了两位",
    Decimal("0.01"): "小数点向左错了两位",
}
_POINT = {Decimal(10): "小数点向右错了一位", Decimal("0.1"): "小数点向左错了一位"}
"""What printed ÷ right then is; the second only where no digit was added or lost."""


def slip(printed: Figure, right: Interval) -> str:
    """What one may have done to the right value to print this one; empty when nothing simple explains it.

    >>> from jiheng.values.units import WAN_YUAN
    >>> slip(Figure(Decimal("887.36"), WAN_YUAN, Decimal("0.01")), Interval.exactly(Decimal("873617")))
    '多打了一位数字'
    """
    if not printed.value:
        return "应填的数写成了 0" if right.low > 0 else ""
    for factor, words in _UNITS.items():
        if printed.interval.meets(right.times(factor)):
            return words
    digits = f"{printed.value:f}"
    for place in range(len(digits)):
        if digits[place] != "." and _meets(digits[:place] + digits[place + 1 :], printed, right):
            return "多打了一位数字"
    for place in range(len(digits) - 1):
        pair = digits[place : place + 2]
        if (
            "." not in pair
            and pair[0] != pair[1]
            and _meets(digits[:place] + pair[::-1] + digits[place + 2 :], printed, right)
        ):
            return "相邻两位数字颠倒"
    for place in range(len(digits) + 1):
        for digit in "0123456789":
            if _meets(digits[:place] + digit + digits[place:], printed, right):
                return "少打了一位数字"
    return next((words for factor, words in _POINT.items() if printed.interval.meets(right.times(factor))), "")


def is_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures look like one with a slip of the keyboard: a digit changed, added, left out, or two changed over.

    >>> from jiheng.values.units import WAN_YUAN
    >>> first, second, third = (Figure(Decimal(n), WAN_YUAN) for n in ("296.50", "269.50", "31.20"))
    >>> is_alike(first, second), is_alike(first, third)
    (True, False)
    """
    a, b = f"{one.value:f}", f"{other.value:f}"
    if len(a) == len(b):
        unlike = [place for place in range(len(a)) if a[place] != b[place]]
        return len(unlike) == 1 or (len(unlike) == 2 and sorted(a) == sorted(b) and unlike[1] - unlike[0] == 1)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _meets(digits: str, printed: Figure, right: Interval) -> bool:
    if not digits.strip(".") or (digits.startswith("0") and len(digits) > 1 and digits[1] != "."):
        return False
    half = printed.quantum / 2
    value = Decimal(digits)
    return Interval((value - half) * printed.unit.factor, (value + half) * printed.unit.factor).meets(right)
