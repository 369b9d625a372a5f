"""The arithmetic of scores: shares as two integers, and one rounding at the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

Share = tuple[int, int]
"""Numerator and denominator of the points' share; the denominator is positive."""

FULL: Share = (1, 1)
NOTHING: Share = (0, 1)
PLACES = 2


def over(part: Decimal, whole: Decimal) -> Share:
    """The quotient, exact. **Raises** ZeroDivisionError when the whole is zero.

    >>> over(Decimal("535.5"), Decimal("-1071"))
    (-1071, 2142)
    """
    top, top_under = part.as_integer_ratio()
    bottom, bottom_under = whole.as_integer_ratio()
    if bottom == 0:
        raise ZeroDivisionError("分母为零")
    numerator, denominator = top * bottom_under, top_under * bottom
    return (-numerator, -denominator) if denominator < 0 else (numerator, denominator)


def forward_share(actual: Decimal, target: Decimal) -> Share:
    """正向: B ÷ A, between nothing and all. Of a zero target, anything not negative is all.

    >>> forward_share(Decimal(3), Decimal(4)), forward_share(Decimal(0), Decimal(0)), forward_share(Decimal(-1), Decimal(4))
    ((3, 4), (1, 1), (0, 1))
    """
    if actual >= target:
        return FULL
    return over(actual, target) if actual > 0 else NOTHING


def reverse_ratio_share(actual: Decimal, target: Decimal) -> Share:
    """反向 A ÷ B. Of a zero target, anything above is nothing.

    >>> reverse_ratio_share(Decimal(150), Decimal(100)), reverse_ratio_share(Decimal(1), Decimal(0))
    ((100, 150), (0, 1))
    """
    if actual <= target:
        return FULL
    return over(target, actual) if target > 0 else NOTHING


def reverse_difference_share(actual: Decimal, target: Decimal) -> Share:
    """反向 1 − (B − A) ÷ A: nothing from twice the target on.

    >>> reverse_difference_share(Decimal(150), Decimal(100)), reverse_difference_share(Decimal(200), Decimal(100))
    ((50, 100), (0, 1))
    """
    if actual <= target:
        return FULL
    return over(2 * target - actual, target) if actual < 2 * target else NOTHING


def threshold_share(share: Share, floor: Decimal) -> Share:
    """及格门槛: (r − floor) ÷ (1 − floor), nothing below the floor. **Unit** floor in %.

    >>> threshold_share((80, 100), Decimal(60)), threshold_share((59, 100), Decimal(60))
    ((2000, 4000), (0, 1))
    """
    numerator, denominator = share
    if numerator >= denominator:
        return FULL
    low, under = floor.as_integer_ratio()
    above = 100 * under * numerator - low * denominator
    return (above, (100 * under - low) * denominator) if above > 0 else NOTHING


def less_percent(share: Share, taken: Decimal) -> Share:
    """The share less some percent of it.

    >>> less_percent(FULL, Decimal(20))
    (80, 100)
    """
    top, under = taken.as_integer_ratio()
    kept = max(0, 100 * under - top)
    return share[0] * kept, share[1] * 100 * under


def points_of(share: Share, points: Decimal) -> Decimal:
    """Points × share, half up to two places: the one rounding; never above the points, never negative.

    >>> points_of((2, 3), Decimal("4")), points_of(FULL, Decimal("3.335"))
    (Decimal('2.67'), Decimal('3.335'))
    """
    if share[0] >= share[1]:
        return points
    whole, under = points.as_integer_ratio()
    numerator, denominator = share[0] * whole * 10**PLACES, share[1] * under
    rounded = Decimal((2 * numerator + denominator) // (2 * denominator)).scaleb(-PLACES)
    return max(Decimal(0), min(rounded, points))


def share_out(points: Decimal, weights: Sequence[Decimal], keys: Sequence[tuple[str, ...]]) -> list[Decimal]:
    """Points in proportion to weights, to 0.01, by largest remainder, so that they sum to the points exactly.

    `keys` break ties, so that the order of the rows does not matter. **Raises** ZeroDivisionError when no weight counts.

    >>> share_out(Decimal(30), [Decimal(1)] * 3 + [Decimal(4)], [("a",), ("b",), ("c",), ("d",)])
    [Decimal('4.29'), Decimal('4.29'), Decimal('4.28'), Decimal('17.14')]
    """
    scale = 10 ** max(0, *(-int(weight.as_tuple().exponent) for weight in weights)) if weights else 1
    units = [int(weight * scale) for weight in weights]
    total = sum(units)
    if total == 0:
        raise ZeroDivisionError("权重合计为零")
    hundredths = int(points * 10**PLACES)
    quotas = [divmod(unit * hundredths, total) for unit in units]
    spare = hundredths - sum(quota for quota, _ in quotas)
    order = sorted(range(len(units)), key=lambda at: (-quotas[at][1], keys[at], at))
    extra = set(order[:spare])
    return [Decimal(quota + (at in extra)).scaleb(-PLACES) for at, (quota, _) in enumerate(quotas)]
