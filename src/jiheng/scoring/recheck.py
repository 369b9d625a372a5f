"""自评复核: what a criterion takes from an indicator's score."""

from __future__ import annotations

from decimal import Decimal

from jiheng.errors import BadInput
from jiheng.rulebook.procedures import Criterion, Effect, Recheck
from jiheng.scoring.arithmetic import Share, less_percent, points_of
from jiheng.values import show_number


def criterion_of(edition: Recheck, name: str) -> Criterion:
    """The criterion of an id. **Raises** BadInput when there is none."""
    for one in edition.criteria:
        if one.id == name:
            return one
    raise BadInput(f"“{edition.title}”没有第 {name} 条")


def rechecked_score(criterion: Criterion, score: Decimal, taken: Decimal | None = None) -> Decimal:
    """The score that a criterion leaves. **Unit** 分; `taken` in %, one of the criterion's shares.

    **Raises** BadInput for a share that the criterion does not know, or for a criterion that is about no score.
    """
    if criterion.effect is Effect.ZERO:
        return Decimal(0)
    if criterion.effect is Effect.NONE:
        return score
    if criterion.effect is Effect.SHARE:
        if taken not in [share.value for share in criterion.shares]:
            known = "、".join(str(share) for share in criterion.shares)
            raise BadInput(f"“{criterion.name}”的扣减比例只能是 {known}，现在是 {show_number(taken or Decimal(0))}%")
        return points_of(_left(taken or Decimal(0)), score)
    raise BadInput(f"“{criterion.name}”不涉及单个指标的得分")


def counts_as_over(criterion: Criterion, target: Decimal, actual: Decimal) -> bool:
    """Whether an actual is so far above its target that the criterion speaks of it."""
    return criterion.limit is not None and actual * 100 > target * criterion.limit.value


def _left(taken: Decimal) -> Share:
    return less_percent((1, 1), taken)
