"""工作台: what is to be done by this person, and where the department stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from jiheng.model import Level
from jiheng.reporting.score_text import summary
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.years.models import ProjectRow, Year
from jiheng_web.years.queries import evaluated, findings_by_row, rows_of_table, today
from jiheng_web.years.states import EDITABLE, State, Transition, ways_from
from jiheng_web.years.transitions import open_ways


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; it leads to the place itself."""

    text: str
    link: str
    level: str = ""
    note: str = ""


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


def desk(actor: Actor, year: Year) -> Desk:
    """The desk of a person in a year."""
    result = evaluated(year)
    marks = findings_by_row(year)
    own = [row for row in rows_of_table(year, "indicators") if not row.project]
    engine_own = [one for one in result.year.indicators if not one.project]
    grave = sum(
        1 for row in own if any(f.level is not Level.HINT for found in marks.get(row.pk, {}).values() for f in found)
    )
    late = [row for row in ProjectRow.objects.filter(year=year) if _is_late(row)]
    late.sort(key=lambda row: (row.executed_fen or 0) / row.annual_budget_fen)
    ways = tuple((one, tuple(missing)) for one, missing in open_ways(actor, year))
    return Desk(
        tasks=tuple(_tasks(actor, year)),
        ways=ways,
        score_lines=tuple(summary(result.sheet)) if result.sheet else (result.unscored,),
        elapsed=_elapsed(year.fiscal_year, today()),
        is_overdue=year.due_on is not None and year.due_on < today(),
        indicators=(len(engine_own), sum(1 for one in engine_own if one.has_actual), grave),
        late=tuple(late[:8]),
        late_count=len(late),
        others="、".join(role for role in Role if any(one.action in TABLE[role] for one in ways_from(year.state))),
    )


def _is_late(row: ProjectRow) -> bool:
    """Less than all of the year's money spent at the end, by at least a tenth."""
    return bool(row.annual_budget_fen) and (row.executed_fen or 0) * 10 < (row.annual_budget_fen or 0) * 9


def _elapsed(year: int, now: date) -> Decimal:
    """The share of the year that has gone by, in %."""
    if now.year != year:
        return Decimal(100 if now.year > year else 0)
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return (Decimal((now - date(year, 1, 1)).days + 1) * 100 / days).quantize(Decimal("0.1"))


def _tasks(actor: Actor, year: Year):
    findings, score = reverse("findings", args=[year.pk]), reverse("score", args=[year.pk])
    may_edit = actor.may(Action.EDIT_ROWS, year.department) and year.state in EDITABLE
    if year.message:
        yield Task(
            "财政局或上一环节的意见",
            reverse("log", args=[year.pk]) if actor.may(Action.SEE_LOG, year.department) else "",
            "error",
            year.message,
        )
    if may_edit and not year.annual_budget_fen and actor.may(Action.IMPORT, year.department):
        yield Task("还没有预算数：导入年度工作簿，或在“数据表”里填写", reverse("workbook", args=[year.pk]), "warning")
    if year.errors:
        yield Task(f"{year.errors} 个问题应予更正", findings + "#error", "error")
    if year.warnings:
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
