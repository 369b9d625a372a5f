"""Spreadsheet dates: days since an epoch, with the leap day of 1900 that never was."""

import re
from datetime import date

_DAY_SECONDS = 86_400
_EPOCH_1900 = date(1899, 12, 31).toordinal()
_EPOCH_1904 = date(1904, 1, 1).toordinal()
_FALSE_LEAP_DAY = 60
_LAST_ORDINAL = date.max.toordinal()

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}))?(?:\.\d*)?Z?)?")


def iso_from_serial(raw: str, from_1904: bool) -> str | None:
    """The date (with the time, when there is one) that a stored number of days stands for.

    None when it is no date of the calendar: a time of day alone (below 1), a negative number, a number beyond
    the year 9999, and 60, which Excel shows as 1900-02-29.

    >>> iso_from_serial("45200", False), iso_from_serial("45200.520833333336", False), iso_from_serial("60", False)
    ('2023-10-01', '2023-10-01T12:30:00', None)
    """
    number = float(raw)
    if not 1 <= number < 10_000_000:
        return None
    seconds = round(number * _DAY_SECONDS)
    days, seconds = divmod(seconds, _DAY_SECONDS)
    if from_1904:
        ordinal = _EPOCH_1904 + days
    elif days == _FALSE_LEAP_DAY:
        return None
    else:
        ordinal = _EPOCH_1900 + days - (days > _FALSE_LEAP_DAY)
    if ordinal > _LAST_ORDINAL:
        return None
    day = date.fromordinal(ordinal).isoformat()
    if not seconds:
        return day
    minutes, second = divmod(seconds, 60)
    return f"{day}T{minutes // 60:02}:{minutes % 60:02}:{second:02}"


def iso_from_text(text: str) -> str | None:
    """A date that the file stores as text (`t="d"`), without a midnight and fractions of a second.

    >>> iso_from_text("2023-10-01T00:00:00.000Z"), iso_from_text("2023-10-01T12:30"), iso_from_text("12:30")
    ('2023-10-01', '2023-10-01T12:30:00', None)
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        return None
    day, clock, second = match[1], match[2] or "00:00", match[3] or "00"
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return day if (clock, second) == ("00:00", "00") else f"{day}T{clock}:{second}"
