"""The year's states and the ways between them: who, on what condition, what is locked. One table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiheng_web.organisation.roles import Action


class State(StrEnum):
    """Where a department's year stands."""

    DRAFT = "目标编报"
    REVIEW = "财政审核"
    EXECUTION = "批复执行"
    EVALUATION = "自评"
    SEALED = "已封存报送"
    RECEIVED = "财政已接收"


class Guard(StrEnum):
    """A condition; `years.services` knows how to find out."""

    READABLE = "所有单元格都能读懂"
    HAS_INDICATORS = "已填绩效指标"
    RULES_CONFIRMED = "用到的未核实规则都已确认或替换"
    CLEAN_OR_EXPLAINED = "没有未办结的事项，或由负责人附书面说明"
    AMENDMENTS_DECIDED = "没有未办结的目标调整"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A way from one state to another. `needs_reason` means that a reason is put on record and shown.

    **Unit** `days`: so many working days (Monday to Friday; the bureau may set another day) for what comes next; 0: none.
    """

    id: str
    label: str
    source: State
    target: State
    action: Action
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False
    days: int = 0
    explains: str = ""

    def due_from(self, day: date) -> date | None:
        """The last day for what comes next.

        >>> Transition(id="", label="", source=State.REVIEW, target=State.DRAFT, action=Action.REVIEW_GOALS, days=3).due_from(
        ...     date(2026, 11, 20)
        ... )
        datetime.date(2026, 11, 25)
        """
        left = self.days
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day if self.days else None


RETURNED_DAYS = 3
"""After a return: 郑州市's rule for goals graded 中 (第二十二条); elsewhere a habit that the bureau changes by 限期催办."""

TRANSITIONS = (
    Transition(id="submit_goals", label="报送绩效目标", source=State.DRAFT, target=State.REVIEW, action=Action.SUBMIT_GOALS,
               guards=(Guard.READABLE, Guard.HAS_INDICATORS), explains="送财政局审核，审核期间不能修改。"),
    Transition(id="return_goals", label="退回修改", source=State.REVIEW, target=State.DRAFT, action=Action.REVIEW_GOALS,
               needs_reason=True, days=RETURNED_DAYS, explains="写明退回原因，部门 3 个工作日内修改后重新报送；期限可以另定。"),
    Transition(id="approve_goals", label="批复并锁定目标", source=State.REVIEW, target=State.EXECUTION,
               action=Action.REVIEW_GOALS, explains="批复后，目标、指标值和权重不能再改。"),
    Transition(id="start_evaluation", label="转入自评", source=State.EXECUTION, target=State.EVALUATION,
               action=Action.START_EVALUATION, explains="年终填报实际完成值、评分、写报告。"),
    Transition(id="seal", label="签批封存并报送", source=State.EVALUATION, target=State.SEALED, action=Action.SEAL,
               guards=(Guard.READABLE, Guard.RULES_CONFIRMED, Guard.AMENDMENTS_DECIDED, Guard.CLEAN_OR_EXPLAINED), explains="封存后不能修改，更正另出新版本。"),
    Transition(id="receive", label="接收", source=State.SEALED, target=State.RECEIVED, action=Action.RECEIVE,
               explains="财政局接收本版自评材料。"),
    Transition(id="return_evaluation", label="退回自评", source=State.SEALED, target=State.EVALUATION, action=Action.RECEIVE,
               needs_reason=True, days=RETURNED_DAYS, explains="写明退回原因；已封存的版本保留，部门更正后另出新版本。"),
    Transition(id="return_received", label="退回更正", source=State.RECEIVED, target=State.EVALUATION, action=Action.RECEIVE,
               needs_reason=True, days=RETURNED_DAYS, explains="接收以后发现差错的，写明原因退回；已接收的版本保留，部门更正后另出新版本。"),
    Transition(id="correct", label="更正（另出新版本）", source=State.SEALED, target=State.EVALUATION, action=Action.SEAL,
               needs_reason=True, explains="已封存的版本保留不动，更正后封存为新版本。"),
)  # fmt: skip

RESULT_FIELDS = frozenset(("actual", "as_of", "evidence", "deviation_note"))
"""What is filled into a goal table after the goals were approved."""

GOAL_TABLES = frozenset(("goals", "fund_block"))
EDITABLE = frozenset((State.DRAFT, State.EXECUTION, State.EVALUATION))
LOCKED_GOALS = frozenset((State.EXECUTION, State.EVALUATION))


def is_locked(state: str, record: str, field: str = "") -> bool:
    """Whether a field (or, without one, adding and removing rows of the table) is closed in a state.

    >>> is_locked(State.EVALUATION, "indicators", "target"), is_locked(State.EVALUATION, "indicators", "actual")
    (True, False)
    >>> is_locked(State.SEALED, "projects", "name"), is_locked(State.DRAFT, "goals", "text")
    (True, False)
    """
    if state not in EDITABLE:
        return True
    if state not in LOCKED_GOALS:
        return False
    if record == "indicators":
        return field not in RESULT_FIELDS
    return record in GOAL_TABLES


def transition_named(name: str) -> Transition | None:
    """A transition by its id."""
    return next((one for one in TRANSITIONS if one.id == name), None)


def ways_from(state: str) -> tuple[Transition, ...]:
    """The transitions that leave a state."""
    return tuple(one for one in TRANSITIONS if one.source == state)
