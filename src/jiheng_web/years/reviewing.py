"""四性审核: the bureau's review sheet, kept with the return or the approval it leads to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from jiheng.errors import BadInput
from jiheng.rulebook.editions import Kind
from jiheng.rulebook.procedures import GoalReview, ReviewItem
from jiheng.rulebook.resolve import resolve
from jiheng.scoring.review import ReviewResult, review_by_levels, review_items
from jiheng.values import FiscalYear, RegionCode
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years.models import GoalReviewSheet, Year
from jiheng_web.years.queries import evaluated, today
from jiheng_web.years.services import writing
from jiheng_web.years.states import Transition
from jiheng_web.years.transitions import require_move

RETURN, APPROVE = "return_goals", "approve_goals"
_MOST_REASON, _MOST_OPINION = 300, 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """One item of the sheet as it was marked."""

    dimension: str
    item: ReviewItem
    level: str = ""
    reason: str = ""
    is_first: bool = False


def review_rules(year: Year) -> GoalReview | None:
    """The rules of reviewing goals for a year; None where there are none."""
    try:
        rules = resolve(RegionCode(year.region), FiscalYear(year.fiscal_year), today())
    except BadInput:
        return None
    found = rules.find(Kind.GOAL_REVIEW)
    return found if isinstance(found, GoalReview) else None


def marks_of(rules: GoalReview, levels: Mapping[str, str], reasons: Mapping[str, str]) -> list[Mark]:
    """The sheet's rows in order, with what was marked so far."""
    return [
        Mark(dimension.name, item, levels.get(item.id, ""), reasons.get(item.id, ""), at == 0)
        for dimension in rules.dimensions
        for at, item in enumerate(dimension.items)
    ]


def graded(rules: GoalReview, levels: Mapping[str, str]) -> ReviewResult:
    """The grade of the whole sheet. **Raises** BadInput when a row has no mark."""
    return review_by_levels(rules, {item.name: levels.get(item.id, "") for item in review_items(rules)})


def review_goals(
    actor: Actor,
    year: Year,
    transition: Transition,
    levels: Mapping[str, str],
    reasons: Mapping[str, str],
    opinion: str,
) -> GoalReviewSheet:
    """Keep the sheet and take the way it leads to, as one.

    **Raises** BadInput when a row has no mark, a mark below the best has no reason, or the grade does not allow approval.
    """
    actor.require(Action.REVIEW_GOALS, year.department)
    rules = review_rules(year)
    if rules is None:
        raise BadInput("本区没有绩效目标审核的规则，不能用审核表")
    marks = marks_of(rules, levels, {name: text.strip()[:_MOST_REASON] for name, text in reasons.items()})
    result = graded(rules, levels)
    best = rules.levels[0].name
    silent = [one.item.name for one in marks if one.level != best and not one.reason]
    if silent:
        raise BadInput(f"“{'”“'.join(silent)}”没有评为{best}，要写明理由")
    opinion = opinion.strip()[:_MOST_OPINION]
    if transition.id == APPROVE and result.consequence.enters == "否" and not opinion:
        raise BadInput(
            f"总体等级是“{result.grade}”：{result.consequence.text}。请退回修改；确要批复的，在“审核意见”里写明理由"
        )
    if transition.id == RETURN and not opinion and not any(one.reason for one in marks):
        raise BadInput("退回要写明原因：在要点旁边写理由，或写审核意见")
    with writing(actor, year, transition.label) as (locked, note):
        require_move(actor, locked, transition, opinion or "见审核表", evaluated(locked))
        last = GoalReviewSheet.objects.filter(year=locked).order_by("-number").first()
        lines = [{"dimension": one.dimension, "item": one.item.name, "level": one.level, "reason": one.reason}
                 for one in marks]  # fmt: skip
        made = GoalReviewSheet(
            year=locked,
            number=last.number + 1 if last else 1,
            made_at=timezone.now(),
            made_by=actor.user,
            edition=rules.id,
            edition_title=rules.title[:200],
            lines_text=json.dumps(lines, ensure_ascii=False),
            grade=result.grade,
            consequence=result.consequence.text[:300],
            opinion=opinion,
            outcome=transition.label,
            year_digest=locked.digest,
        )
        made.save()
        locked.state = transition.target.value
        locked.message = _message(made) if transition.id == RETURN else opinion[:500]
        locked.due_on = transition.due_from(today())
        note.subject = f"{transition.source} → {transition.target}，第 {made.number} 次审核，等级“{made.grade}”"
        note.changes = [
            {"table": "四性审核表", "row": one["item"], "field": one["dimension"], "before": "",
             "after": f"{one['level']} {one['reason']}".strip()} for one in lines
        ]  # fmt: skip
        if opinion:
            note.changes.append({"field": "审核意见", "before": "", "after": opinion[:500]})
    return made


def _message(made: GoalReviewSheet) -> str:
    """What the department reads first: the opinion, otherwise the reasons."""
    reasons = "；".join(f"{one['item']}（{one['level']}）：{one['reason']}" for one in made.lines if one["reason"])
    return f"目标审核等级“{made.grade}”。{made.opinion or reasons}"[:500]


def sheets_of(year: Year) -> list[GoalReviewSheet]:
    """All reviews of a year, the newest first."""
    return list(GoalReviewSheet.objects.filter(year=year).select_related("made_by"))
