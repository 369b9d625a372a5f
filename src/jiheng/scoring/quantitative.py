"""What a quantitative indicator earns: comparator and direction both count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from jiheng.model import Comparator, Direction
from jiheng.rulebook.methods import IndicatorRules, ReverseRatio
from jiheng.scoring.arithmetic import (
    FULL,
    NOTHING,
    Share,
    forward_share,
    over,
    points_of,
    reverse_difference_share,
    reverse_ratio_share,
    threshold_share,
)


class Way(Enum):
    """Which way is worse: below, above, both, or not stated."""

    FORWARD = "正向"
    REVERSE = "反向"
    NEAREST = "越接近越好"
    EXACT = "等于"


@dataclass(frozen=True, slots=True)
class Refused:
    """No score can be reckoned; why, in a sentence."""

    reason: str


_WAYS: dict[tuple[Comparator, Direction | None], Way] = {
    (Comparator.AT_LEAST, None): Way.FORWARD,
    (Comparator.AT_LEAST, Direction.HIGHER): Way.FORWARD,
    (Comparator.MORE_THAN, None): Way.FORWARD,
    (Comparator.MORE_THAN, Direction.HIGHER): Way.FORWARD,
    (Comparator.AT_MOST, None): Way.REVERSE,
    (Comparator.AT_MOST, Direction.LOWER): Way.REVERSE,
    (Comparator.LESS_THAN, None): Way.REVERSE,
    (Comparator.LESS_THAN, Direction.LOWER): Way.REVERSE,
    (Comparator.EQUAL, None): Way.EXACT,
    (Comparator.EQUAL, Direction.HIGHER): Way.FORWARD,
    (Comparator.EQUAL, Direction.LOWER): Way.REVERSE,
    (Comparator.EQUAL, Direction.NEAREST): Way.NEAREST,
}


def way_of(comparator: Comparator | None, direction: Direction | None) -> Way | Refused:
    """Which way an indicator is scored; refused where comparator and direction contradict each other.

    >>> way_of(Comparator.EQUAL, Direction.LOWER).value, way_of(Comparator.AT_LEAST, Direction.LOWER).reason
    ('反向', '指标性质“≥”与指标方向“越低越好”矛盾，请改正其中一个')
    """
    if comparator is None:
        return Refused("没有填写绩效指标性质（≥、>、=、<、≤ 或定性）")
    way = _WAYS.get((comparator, direction))
    return way or Refused(f"指标性质“{comparator}”与指标方向“{direction}”矛盾，请改正其中一个")


def earned_share(way: Way, target: Decimal, actual: Decimal, rules: IndicatorRules) -> Share | Refused:
    """The share of its points that an indicator earns, before any over-target deduction.

    Target and actual in the same unit. A negative target has no proportion: reached is all, missed needs a person.
    """
    if actual == target:
        return FULL
    if target < 0:
        is_reached = actual > target if way is Way.FORWARD else way is Way.REVERSE and actual < target
        return FULL if is_reached else Refused("指标值是负数，没有完成时不能按比例计分，请由人判定")
    if way is Way.EXACT:
        return Refused("性质为“=”而完成值不相等，要先填写指标方向（越高、越低或越接近越好）才能计分")
    below = way is Way.FORWARD or (way is Way.NEAREST and actual < target)
    if below:
        share = forward_share(actual, target)
    elif isinstance(rules.reverse, ReverseRatio):
        share = reverse_ratio_share(actual, target)
    else:
        share = reverse_difference_share(actual, target)
    return threshold_share(share, rules.threshold.floor.value) if rules.threshold else share


def quantity_score(
    comparator: Comparator | None,
    direction: Direction | None,
    target: Decimal,
    actual: Decimal,
    points: Decimal,
    rules: IndicatorRules,
) -> Decimal | Refused:
    """The score of one quantitative indicator without its trace, for bulk work. **Unit** 分; target and actual alike."""
    way = way_of(comparator, direction)
    if isinstance(way, Refused):
        return way
    share = earned_share(way, target, actual, rules)
    return share if isinstance(share, Refused) else points_of(share, points)


def excess_percent(target: Decimal, actual: Decimal) -> Share:
    """d = (B − A) ÷ A as a share; nothing when the target is not above zero or not exceeded."""
    return over(actual - target, target) if target > 0 and actual > target else NOTHING
