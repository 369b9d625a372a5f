"""The slips within a figure: what a person's hand makes of it."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

from jiheng.model.document import Mention
from jiheng.mutate.mutation import Kind
from jiheng.mutate.tie import Value
from jiheng.values import Dimension, unit_named

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_PLACEHOLDERS = ("XX", "××", "____", "**")
_PERCENT = re.compile("[%％]")
_UNITS = {"万元": "元", "元": "万元"}
_HIGHEST_SHIFT = 3


def slipped(kind: Kind, mention: Mention, chance: Random) -> str | None:
    """The text of a mention after a slip; None where this kind of slip cannot happen."""
    found = _NUMBER.search(mention.text)
    if found is None or mention.figure is None:
        return None
    number = found.group()
    dimension = mention.figure.unit.dimension
    new: str | None
    match kind:
        case Kind.DIGIT_CHANGED:
            new = _changed(number, chance)
        case Kind.DIGITS_SWAPPED:
            new = _swapped(number, chance)
        case Kind.DIGIT_DROPPED:
            new = _dropped(number, chance)
        case Kind.DIGIT_ADDED:
            at = chance.choice([one.start() for one in re.finditer(r"\d", number)])
            new = number[: at + 1] + str(chance.randint(1, 9)) + number[at + 1 :]
        case Kind.POINT_MOVED:
            new = _moved(number, chance)
        case Kind.PLACEHOLDER:
            new = chance.choice(_PLACEHOLDERS)
        case Kind.UNIT_SLIPPED:
            return _other_unit(mention, number) if dimension is Dimension.MONEY else None
        case Kind.PERCENT_LOST:
            return _PERCENT.sub("", mention.text) if _PERCENT.search(mention.text) else None
        case Kind.RATE_OFF:
            new = _off(number, chance) if dimension is Dimension.SHARE else None
        case _:
            return None
    return mention.text.replace(number, new, 1) if new is not None and new != number else None


def _changed(number: str, chance: Random) -> str:
    places = [one.start() for one in re.finditer(r"\d", number)]
    at = chance.choice(places)
    lowest = 1 if at == 0 and len(places) > 1 else 0
    digit = chance.choice([str(one) for one in range(lowest, 10) if str(one) != number[at]])
    return number[:at] + digit + number[at + 1 :]


def _swapped(number: str, chance: Random) -> str | None:
    pairs = [
        at
        for at in range(len(number) - 1)
        if number[at].isdecimal()
        and number[at + 1].isdecimal()
        and number[at] != number[at + 1]
        and not (at == 0 and number[1] == "0")
    ]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _dropped(number: str, chance: Random) -> str | None:
    places = [one.start() for one in re.finditer(r"\d", number)]
    fitting = [
        at
        for at in places
        if (shorter := number[:at] + number[at + 1 :]).strip("0.,，")
        and shorter[0].isdecimal()
        and shorter[-1].isdecimal()
        and not re.match(r"0\d", shorter)
    ]
    if len(places) < 2 or not fitting:
        return None
    at = chance.choice(fitting)
    return number[:at] + number[at + 1 :]


def _moved(number: str, chance: Random) -> str | None:
    if "." not in number:
        return None
    whole, _, rest = _bare(number).partition(".")
    steps = [step for step in range(1, _HIGHEST_SHIFT) if step < len(rest)]
    to_right = [(whole + rest[:step]).lstrip("0") + "." + rest[step:] for step in steps]
    to_left = [f"{whole[:-step]}.{whole[-step:]}{rest}" for step in range(1, _HIGHEST_SHIFT) if step < len(whole)]
    moved = [one for one in (*to_right, *to_left) if one[0].isdecimal() and Decimal(one) != Decimal(f"{whole}.{rest}")]
    return chance.choice(moved) if moved else None


def _off(number: str, chance: Random) -> str:
    places = len(number.partition(".")[2])
    step = Decimal(chance.randint(1, 90)).scaleb(-min(places, 1))
    value = Decimal(_bare(number))
    moved = value + step if chance.random() < 0.5 or value <= step else value - step
    return f"{moved:.{places}f}"


def _other_unit(mention: Mention, number: str) -> str | None:
    """万元 for 元 or the reverse; where the head of a table names 万元, the digits as if it were 元."""
    said = mention.text.replace(number, "", 1).strip()
    if said in _UNITS:
        return mention.text.replace(said, _UNITS[said])
    if said or mention.figure is None or mention.figure.unit.symbol != "万元":
        return None
    return f"{Decimal(_bare(number)) * 10_000:f}"


def value_after(kind: Kind, mention: Mention, after: str) -> Value | None:
    """What a figure says after a slip; None where it is no such figure any more."""
    found = _NUMBER.search(after)
    if found is None or mention.figure is None or kind is Kind.PERCENT_LOST:
        return None
    factor = mention.figure.unit.factor
    if kind is Kind.UNIT_SLIPPED and (unit := after.replace(found.group(), "", 1).strip()) in _UNITS:
        factor = unit_named(unit).factor
    number = _bare(found.group())
    quantum = Decimal(1).scaleb(-len(number.partition(".")[2]))
    return Value(Decimal(number) * factor, quantum * factor / 2)


def _bare(number: str) -> str:
    return re.sub("[,，]", "", number)
