"""Reading: the bureau's departments in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from jiheng_web.organisation.models import Unit, UnitKind
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.years.models import Amendment, AmendmentState, Year
from jiheng_web.years.queries import today


@dataclass(frozen=True, slots=True)
class Line:
    """A department in a year; `year` is None where none was opened."""

    department: Unit
    year: Year | None
    is_overdue: bool
    amendment: Amendment | None
    """A request to amend goals that waits for the bureau."""


def _reach(actor: Actor, field: str) -> Q:
    found = Q(pk__in=())
    for one in actor.memberships:
        if Action.SEE_BUREAU in TABLE[Role(one.role)]:
            found |= Q(**{f"{field}__startswith": one.reach.path})
    return found


def fiscal_years(actor: Actor) -> list[int]:
    """The years that any department has, newest first."""
    found = Year.objects.filter(_reach(actor, "department__path"))
    return sorted(set(found.values_list("fiscal_year", flat=True)), reverse=True)


def departments(actor: Actor, fiscal_year: int) -> list[Line]:
    """Every department within reach and where its year stands; three queries whatever their number."""
    units = Unit.objects.filter(_reach(actor, "path"), kind=UnitKind.DEPARTMENT).order_by("name")
    years = Year.objects.filter(_reach(actor, "department__path"), fiscal_year=fiscal_year).select_related("department")
    known = {one.department_id: one for one in years}
    waiting = Amendment.objects.filter(year__in=known.values(), state=AmendmentState.WAITING).select_related("year")
    asked = {one.year_id: one for one in waiting}
    lines = []
    for unit in units:
        year = known.get(unit.pk)
        is_overdue = bool(year and year.due_on and year.due_on < today())
        lines.append(Line(unit, year, is_overdue, asked.get(year.pk) if year else None))
    return sorted(lines, key=lambda line: (line.year is None, line.amendment is None))
