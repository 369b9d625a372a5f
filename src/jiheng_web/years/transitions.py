"""Moving a year from state to state, by the table in `years.states`."""

from __future__ import annotations

from jiheng.errors import BadInput
from jiheng.workflow import Evaluated, draft_reasons
from jiheng_web.organisation.permissions import Actor
from jiheng_web.years.amending import open_amendment
from jiheng_web.years.models import Year
from jiheng_web.years.queries import evaluated, today
from jiheng_web.years.services import writing
from jiheng_web.years.states import Guard, Transition, ways_from


def what_is_missing(year: Year, result: Evaluated, transition: Transition, explanation: str = "") -> list[str]:
    """The conditions of a transition that do not hold, in sentences."""
    return [sentence for guard in transition.guards if (sentence := _lacking(guard, year, result, explanation))]


def _lacking(guard: Guard, year: Year, result: Evaluated, explanation: str) -> str:
    match guard:
        case Guard.READABLE:
            count = len(result.checked.faults)
            return f"还有 {count} 个单元格读不懂，请按核查意见改好" if count else ""
        case Guard.HAS_INDICATORS:
            return "" if result.year.indicators else "还没有填绩效指标"
        case Guard.RULES_CONFIRMED:
            marks = result.sheet.marks if result.sheet else ()
            return f"评分用到 {len(marks)} 个未核实的规则，请财务人员在“评分”页确认或替换" if marks else ""
        case Guard.AMENDMENTS_DECIDED:
            found = open_amendment(year)
            return f"{found}还没有办结（{found.get_state_display()}）：请报财政局审批，或者撤回" if found else ""
        case Guard.CLEAN_OR_EXPLAINED:
            reasons = () if explanation.strip() else what_needs_explaining(result)
            return f"{'，'.join(reasons)}；一时办不了的，写明情况后可以带说明报送" if reasons else ""


def what_needs_explaining(result: Evaluated) -> tuple[str, ...]:
    """What the head has to explain when the year is sealed all the same; rules are confirmed, never explained away."""
    marks = result.sheet.marks if result.sheet else ()
    return tuple(one for one in draft_reasons(result) if not (marks and "没有核实" in one))


def require_move(actor: Actor, year: Year, transition: Transition, reason: str, result: Evaluated) -> None:
    """**Raises** BadInput or PermissionDenied when the transition is not open now."""
    actor.require(transition.action, year.department)
    if transition.source != year.state:
        raise BadInput(f"现在是“{year.state}”，不能“{transition.label}”：可能刚被别人办过，请刷新页面")
    if transition.needs_reason and not reason.strip():
        raise BadInput(f"“{transition.label}”要写明原因")
    missing = what_is_missing(year, result, transition, reason)
    if missing:
        raise BadInput("；".join(missing))


def move(actor: Actor, year: Year, transition: Transition, reason: str = "") -> None:
    """Take a transition; the reason is put on record and shown to the department."""
    with writing(actor, year, transition.label) as (locked, note):
        require_move(actor, locked, transition, reason, evaluated(locked))
        locked.state = transition.target.value
        locked.message = reason.strip()[:500]
        locked.due_on = transition.due_from(today())
        note.subject = f"{transition.source} → {transition.target}"
        note.changes = [{"field": "原因", "before": "", "after": locked.message}] if locked.message else []


def open_ways(actor: Actor, year: Year) -> list[tuple[Transition, list[str]]]:
    """The transitions that a person may take now, each with what is still missing."""
    result = evaluated(year)
    return [
        (one, what_is_missing(year, result, one))
        for one in ways_from(year.state)
        if actor.may(one.action, year.department)
    ]
