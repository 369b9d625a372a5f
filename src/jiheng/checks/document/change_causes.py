"""What a change is reckoned from, and the slip that explains a rate that does not fit."""

from __future__ import annotations

from decimal import Decimal

from jiheng.checks.document.check import in_unit
from jiheng.model.statement import Change, Said, Way
from jiheng.values import Interval


def base_of(one: Change) -> Interval | None:
    """What the figure was before: as said, or reckoned from now and the difference."""
    if one.before is not None:
        return one.before.figure.interval
    if one.now is None or one.delta is None:
        return None
    now, delta = one.now.figure.interval, one.delta.figure.interval
    return now - delta if one.way is Way.UP else now + delta


def growth_of(one: Change, base: Interval) -> Interval | None:
    """The rate as a positive range in %, or None when the base may be zero."""
    if one.now is None or base.low <= 0:
        return None
    if one.before is None and one.delta is not None:
        quotient = one.delta.figure.interval.over(base)
        return Interval(quotient.low * 100, quotient.high * 100) if quotient else None
    quotient = one.now.figure.interval.over(base)
    if quotient is None:
        return None
    grown = Interval(quotient.low * 100 - 100, quotient.high * 100 - 100)
    return grown if one.way is Way.UP else grown.times(Decimal(-1))


def cause_of(one: Change, base: Interval, last: Change | None) -> tuple[str, str]:
    """The slip that explains the printed rate, and the value that the other figures then give."""
    if one.now is None or one.rate is None:
        return "", ""
    stated = one.rate.figure
    if not one.now.figure.value and one.before is None and one.delta is not None:
        implied = _implied(one)
        return (
            f"本期数是 0，像是漏填；按增减额和增减率倒推约为 {implied}" if implied else "本期数是 0，像是漏填"
        ), implied
    if one.before is not None and (right := stray_digit(one.before, one)):
        return f"上期数多打了一位：改为 {right} 就与文中的增减率相符", right
    if last is not None and last.rate is not None and last.rate.figure == stated and last.now is not None:
        if last.now.figure == one.now.figure:
            return "本期数和增减率都与前一项相同，像是照抄了前一项", ""
        return "与前一项的增减率相同，像是照抄了前一项", ""
    by_now = (one.now.figure.interval - base).over(one.now.figure.interval)
    if (
        by_now is not None
        and one.way is Way.UP
        and Interval(by_now.low * 100, by_now.high * 100).meets(stated.interval)
    ):
        return "像是以本期数为基数算的", ""
    return "", ""


def _implied(one: Change) -> str:
    """What the figure of now must be by difference and rate."""
    if one.delta is None or one.rate is None or one.rate.figure.interval.low <= 0:
        return ""
    rate = one.rate.figure.interval
    base = one.delta.figure.interval.over(Interval(rate.low / 100, rate.high / 100))
    if base is None:
        return ""
    now = base + one.delta.figure.interval if one.way is Way.UP else base - one.delta.figure.interval
    return f"{in_unit(now.low, one.delta.figure.unit, 2)}至{in_unit(now.high, one.delta.figure.unit, 2)}"


def stray_digit(before: Said, one: Change) -> str:
    """The base without one of its digits, if that gives the rate printed."""
    if one.now is None or one.rate is None:
        return ""
    figure = before.figure
    digits = f"{figure.value:f}"
    for place, letter in enumerate(digits):
        shorter = digits[:place] + digits[place + 1 :]
        if letter == "." or not shorter.strip("0.") or shorter.startswith(("0", ".")):
            continue
        base = Decimal(shorter) * figure.unit.factor
        half = figure.quantum * figure.unit.factor / 2
        growth = growth_of(one, Interval(base - half, base + half)) if base > half else None
        if growth is not None and growth.meets(one.rate.figure.interval):
            return f"{shorter}{figure.unit}"
    return ""
