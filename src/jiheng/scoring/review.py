"""绩效目标审核: a grade by counting levels or by points, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jiheng.errors import BadInput
from jiheng.rulebook.procedures import Consequence, GoalReview, ResultsUse, ReviewItem
from jiheng.values import show_number


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The grade, what follows, the total where points were given, and the reckoning."""

    grade: str
    consequence: Consequence
    total: Decimal | None
    steps: tuple[str, ...]


def review_items(edition: GoalReview) -> tuple[ReviewItem, ...]:
    """All items in order."""
    return tuple(item for dimension in edition.dimensions for item in dimension.items)


def review_by_levels(edition: GoalReview, levels: Mapping[str, str]) -> ReviewResult:
    """一般性项目: the grade by counting the levels of all items (by their names).

    **Raises** BadInput when an item has no level or one that the rule does not know.
    """
    names = [level.name for level in edition.levels]
    given = [_level(edition, item, levels) for item in review_items(edition)]
    for tally in edition.tallies:
        good = sum(names.index(level) <= names.index(tally.at_least) for level in given)
        bad = [level for level in given if level in tally.never]
        if good >= tally.count.value and not bad:
            step = f"{len(given)} 项中 {good} 项为“{tally.at_least}”及以上，不少于 {tally.count}，且没有不允许的等次"
            return ReviewResult(tally.name, consequence_of(edition, tally.name), None, (step,))
    worst = names[-1]
    return ReviewResult(worst, consequence_of(edition, worst), None, ("达不到上面任何一个等级的条件",))


def review_by_points(edition: GoalReview, given: Mapping[str, tuple[str, Decimal]]) -> ReviewResult:
    """重点项目: level and score of each item; the total gives the grade. **Unit** 分, one decimal.

    **Raises** BadInput when a score lies outside the share of its level, or has more than one decimal.
    """
    total, steps = Decimal(0), []
    for item in review_items(edition):
        level = _level(edition, item, {name: pair[0] for name, pair in given.items()})
        score = given[item.name][1]
        band = next(one for one in edition.levels if one.name == level)
        least, most = item.points.value * band.least.value / 100, item.points.value * band.most.value / 100
        if score * 10 % 1:
            raise BadInput(f"“{item.name}”的得分 {show_number(score)} 只保留一位小数")
        if not least <= score <= most:
            raise BadInput(
                f"“{item.name}”评为“{level}”，得分 {show_number(score)} 应在 {show_number(least)} 到 {show_number(most)} 分之间"
            )
        total += score
        steps.append(f"{item.name} {level} {show_number(score)} 分（满分 {item.points}）")
    grade = next((level.name for level in edition.levels if total >= level.total.value), "")
    return ReviewResult(
        grade, consequence_of(edition, grade), total, (*steps, f"合计 {show_number(total)} 分，等级“{grade}”")
    )


def consequence_of(edition: GoalReview | ResultsUse, grade: str) -> Consequence:
    """What follows from a grade. **Raises** BadInput for a grade the rule does not know."""
    for one in edition.consequences:
        if one.name == grade:
            return one
    raise BadInput(f"“{edition.title}”没有等级“{grade}”")


def cut_range(edition: ResultsUse, grade: str, budget: Decimal) -> tuple[Decimal, Decimal] | None:
    """The least and most of a cut, in the unit of the budget; None where the rule names no share."""
    one = consequence_of(edition, grade)
    if one.cut_least is None or one.cut_most is None:
        return None
    return budget * one.cut_least.value / 100, budget * one.cut_most.value / 100


def _level(edition: GoalReview, item: ReviewItem, levels: Mapping[str, str]) -> str:
    level = levels.get(item.name, "")
    if level not in [one.name for one in edition.levels]:
        said = f"等次“{level}”不认识" if level else "没有评定等次"
        raise BadInput(f"审核要点“{item.name}”{said}")
    return level
