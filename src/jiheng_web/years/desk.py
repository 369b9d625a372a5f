"""工作台: what is to be done by this person, and where the department stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from jiheng.model import Level, ScoreSheet
from jiheng.reporting.score_text import summary
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.years.amending import amendments_of
from jiheng_web.years.lights import Lights, lights_of
from jiheng_web.years.models import AmendmentState, GoalReviewSheet, IndicatorRow, ProjectRow, Year
from jiheng_web.years.queries import elapsed, evaluated, findings_by_row, today
from jiheng_web.years.states import EDITABLE, State, Transition, ways_from
from jiheng_web.years.transitions import open_ways


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; it leads to the place itself."""

    text: str
    link: str
    level: str = ""
    note: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole page."""

    tasks: tuple[Task, ...]
    ways: tuple[tuple[Transition, tuple[str, ...]], ...]
    score_lines: tuple[str, ...]
    elapsed: Decimal
    is_overdue: bool
    indicators: tuple[int, int, int]
    """Own indicators: in all, with an actual, with an error or warning."""
    late: tuple[ProjectRow, ...]
    late_count: int
    others: str
    """The roles that take the next step."""
    lights: Lights | None
    open_lines: tuple[tuple[str, Decimal], ...]
    """Lines of the score sheet that nobody has settled yet, with their points; the largest first."""


def desk(actor: Actor, year: Year) -> Desk:
    """The desk of a person in a year."""
    result = evaluated(year)
    marks = findings_by_row(year)
    own = IndicatorRow.objects.filter(year=year, project="").values_list("pk", flat=True)
    engine_own = [one for one in result.year.indicators if not one.project]
    grave = sum(
        1 for row in own if any(f.level is not Level.HINT for found in marks.get(row, {}).values() for f in found)
    )
    late = [row for row in ProjectRow.objects.filter(year=year) if _is_late(row)]
    late.sort(key=lambda row: (row.executed_fen or 0) / row.annual_budget_fen)
    ways = tuple((one, tuple(missing)) for one, missing in open_ways(actor, year))
    return Desk(
        tasks=tuple(_tasks(actor, year)),
        ways=ways,
        score_lines=tuple(one for one in summary(result.sheet) if "未核实的规则参数" not in one)
        if result.sheet
        else (result.unscored,),
        elapsed=elapsed(year.fiscal_year, today()),
        is_overdue=year.due_on is not None and year.due_on < today(),
        indicators=(len(engine_own), sum(1 for one in engine_own if one.has_actual), grave),
        late=tuple(late[:8]),
        late_count=len(late),
        lights=lights_of(year),
        open_lines=tuple(_open_lines(result.sheet)) if result.sheet else (),
        others="、".join(role for role in Role if any(one.action in TABLE[role] for one in ways_from(year.state))),
    )


def _open_lines(sheet: ScoreSheet):
    lines = [
        (one.name, one.points) for block in sheet.blocks for one in block.lines if one.score is None and one.points
    ]
    return sorted(lines, key=lambda one: -one[1])[:8]


def _is_late(row: ProjectRow) -> bool:
    """Less than all of the year's money spent at the end, by at least a tenth."""
    return bool(row.annual_budget_fen) and (row.executed_fen or 0) * 10 < (row.annual_budget_fen or 0) * 9


def _tasks(actor: Actor, year: Year):
    findings, score = reverse("findings", args=[year.pk]), reverse("score", args=[year.pk])
    may_edit = actor.may(Action.EDIT_ROWS, year.department) and year.state in EDITABLE
    if year.message:
        yield _told(actor, year)
    if may_edit and year.state == State.DRAFT and not evaluated(year).year.indicators:
        yield from _beginning(year)
    else:
        yield from _steps(actor, year)
    if may_edit and not year.annual_budget_fen and actor.may(Action.IMPORT, year.department):
        yield Task(
            "还没有预算数：导入年度工作簿，或在“执行”里填预算执行表", reverse("workbook", args=[year.pk]), "warning"
        )
    if may_edit and year.errors:
        yield Task(f"{year.errors} 个问题应予更正", findings + "#error", "error")
    if may_edit and year.warnings:
        yield Task(f"{year.warnings} 个问题需要说明", findings + "#warning", "warning")
    sheet = evaluated(year).sheet
    if (
        sheet is not None
        and sheet.marks
        and year.state == State.EVALUATION
        and actor.may(Action.CONFIRM_RULES, year.department)
    ):
        yield Task(f"{len(sheet.marks)} 个未核实的规则等您确认或替换", score + "#confirm", "warning")
    if sheet is not None and sheet.open_points and year.state == State.EVALUATION:
        yield Task(f"{sheet.open_points.normalize():f} 分还待判定", score, "hint")


def _beginning(year: Year):
    """What comes first in an empty year."""
    yield Task("填部门概况、职责、任务和总体目标", reverse("goals", args=[year.pk]), "hint", due=year.due_on)
    yield Task(
        "填绩效指标", reverse("table", args=[year.pk, "indicators"]), "hint",
        "从指标库加入，或一行一行填，权重合计 100；填好才能报送绩效目标。",
    )  # fmt: skip


def _told(actor: Actor, year: Year) -> Task:
    """What was returned or asked for, and why; it leads to the review sheet where there is one, otherwise to the log."""
    last = GoalReviewSheet.objects.filter(year=year).order_by("-number").first()
    if year.state == State.DRAFT and last is not None:
        return Task(
            f"绩效目标被退回（第 {last.number} 次审核，等级“{last.grade}”）",
            reverse("goals", args=[year.pk]) + "#reviews",
            "error",
            year.message,
            year.due_on,
        )
    link = reverse("log", args=[year.pk]) if actor.may(Action.SEE_LOG, year.department) else ""
    return Task("财政局或上一环节的意见", link, "error", year.message, year.due_on)


_STEPS = {
    "submit_goals": ("报送绩效目标", "goals"),
    "approve_goals": ("审核绩效目标", "goal-review"),
    "seal": ("签批封存并报送", "sealing"),
    "receive": ("接收或退回自评", "year"),
}
"""Ways that are somebody's duty, as to-dos, and where they are done."""


def _steps(actor: Actor, year: Year):
    for way in ways_from(year.state):
        if way.id in _STEPS and actor.may(way.action, year.department):
            text, route = _STEPS[way.id]
            link = reverse(route, args=[year.pk])
            yield Task(text, f"{link}#ways" if route == "year" else link, "hint", due=year.due_on)
    for one in amendments_of(year)[:1]:
        link = reverse("amendments", args=[year.pk])
        if one.is_waiting and actor.may(Action.REVIEW_GOALS, year.department):
            yield Task(f"审批{one}（{len(one.lines)} 处，{one.document_number}）", link, "warning", one.reason)
        elif one.is_draft and actor.may(Action.SUBMIT_GOALS, year.department):
            yield Task(f"{one}还没有报财政局（{len(one.lines)} 处）", link, "hint")
        elif one.state == AmendmentState.REFUSED and actor.may(Action.SUBMIT_GOALS, year.department):
            yield Task(f"{one}没有批准", link, "hint", one.decision)
