"""Filters: amounts, points and rates as people read them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from jiheng.values import round_half_up, show_number

register = template.Library()


@register.filter
def wan(fen: int | None) -> str:
    """分 as 万元 with separators and two decimals for a table; the exact amount stands in the workbook.

    >>> wan(3138599766800), wan(None)
    ('3,138,599.77', '—')
    """
    return "—" if fen is None else f"{(Decimal(fen) / 1_000_000).quantize(Decimal('0.01')):,}"


@register.filter
def points(value: Decimal | None) -> str:
    """A score without needless zeros; a dash where there is none."""
    return "—" if value is None else show_number(value)


@register.filter
def item(mapping: dict[str, object] | None, key: str) -> object:
    """One entry of a mapping; nothing where there is no mapping."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def share(part: int | None, whole: int | None) -> str:
    """A rate of two amounts, one decimal.

    >>> share(1, 3), share(1, 0)
    ('33.3%', '—')
    """
    if part is None or not whole:
        return "—"
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.1'))}%"


@register.filter
def centi(hundredths: int | None) -> str:
    """Hundredths of a point as a score.

    >>> centi(9615), centi(9600), centi(None)
    ('96.15', '96', '—')
    """
    return "—" if hundredths is None else show_number(Decimal(hundredths) / 100)


@register.filter
def percent(value: Decimal | None) -> str:
    """A rate in % with one decimal.

    >>> percent(Decimal("93.104")), percent(None)
    ('93.1%', '—')
    """
    return "—" if value is None else f"{round_half_up(value, 1)}%"


@register.filter
def signed(value: Decimal | None) -> str:
    """Percentage points ahead or behind, one decimal.

    >>> signed(Decimal("-6.94")), signed(Decimal("0.5")), signed(Decimal("0.01"))
    ('−6.9', '+0.5', '0.0')
    """
    if value is None:
        return "—"
    rounded = round_half_up(value, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded)}"
