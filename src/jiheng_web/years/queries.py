"""Reading a year: evaluated, found, laid out for pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from jiheng import workflow
from jiheng.checks import Memory
from jiheng.model import Finding, Level
from jiheng.workflow import Evaluated
from jiheng_web.organisation.models import Unit, UnitKind
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.years.bridge import Bound, Spot, bound, rows_of
from jiheng_web.years.lately import Lately, Later
from jiheng_web.years.models import IndicatorRow, Row, Year, table_of

_LATELY: Lately[tuple[tuple[str, date], Evaluated]] = Lately(most=64)
"""By year: the hash of the content and the day of its newest evaluation, and the evaluation."""
_MEMORIES: Lately[Memory] = Lately(most=64)
"""By year: what its checks found last, for those whose tables do not change."""


def today() -> date:
    """The day by the office's calendar; the clock is read here, never in the engine."""
    return timezone.localdate()


def elapsed(year: int, now: date) -> Decimal:
    """The share of the year that has gone by, in %."""
    if now.year != year:
        return Decimal(100 if now.year > year else 0)
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return (Decimal((now - date(year, 1, 1)).days + 1) * 100 / days).quantize(Decimal("0.1"))


def evaluated(year: Year, made: Bound | None = None) -> Evaluated:
    """The year read, checked and scored by the rules known today; kept by the hash of its content."""
    key = (year.digest, today())
    known = _LATELY.get(year.pk)
    if made is None and known is not None and known[0] == key and year.digest:
        return known[1]
    intake = (made or bound(year)).intake
    memory = _MEMORIES.get(year.pk) or Memory()
    _MEMORIES.keep(year.pk, memory)
    result = workflow.evaluated_year(intake.year, key[1], with_projects=False, memory=memory)
    report = replace(
        result.checked.report,
        findings=(*intake.faults, *result.checked.report.findings),
        unrecognised=intake.unrecognised,
    )
    faults = tuple(one for one in intake.faults if one.level is Level.ERROR)
    later = Later(lambda: workflow.project_sheets(result.year, key[1]) if result.sheet else ())
    result = replace(result, checked=workflow.Checked(report, faults), project_sheets=later)
    if intake.year.source is not None and intake.year.source.sha256 == year.digest:
        _LATELY.keep(year.pk, (key, result))
    return result


def find_year(year: int) -> Year | None:
    """A year by its number."""
    return Year.objects.select_related("department").filter(pk=year).first()


def years_within_reach(actor: Actor) -> list[Year]:
    """The years that a person may see, newest first."""
    within = Q(pk__in=())
    for one in actor.memberships:
        if not Role(one.role).is_admin:
            within |= Q(department__path__startswith=one.reach.path)
    found = Year.objects.filter(within).select_related("department").order_by("-fiscal_year", "department__name")
    return [one for one in found if actor.reaches(one.department)]


def departments_to_open(actor: Actor) -> list[Unit]:
    """The departments for which a person may open a year."""
    held = {one.reach.pk: one.reach for one in actor.memberships if Action.IMPORT in TABLE[Role(one.role)]}
    return [unit for unit in held.values() if unit.kind == UnitKind.DEPARTMENT and unit.is_active]


def findings_by_row(year: Year) -> dict[int, dict[str, list[Finding]]]:
    """Row → field → findings, for the marks beside the fields."""
    made = bound(year)
    marks: dict[int, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for one in evaluated(year).checked.report.findings:
        spot = made.spot(one)
        if spot is not None and spot.row_id is not None:
            marks[spot.row_id][spot.field].append(one)
    return marks


def placed_findings(year: Year) -> list[tuple[Level, list[tuple[Finding, Spot | None]]]]:
    """All findings by level, each with the row it leads to."""
    made, report = bound(year), evaluated(year).checked.report
    return [(level, [(one, made.spot(one)) for one in report.at(level)]) for level in Level]


def row_named(year: Year, record: str, row_id: int) -> Row | None:
    """A row of a table of this very year."""
    found = table_of(record).objects.select_related("changed_by").filter(year=year, pk=row_id)
    if table_of(record).record == "":
        found = found.filter(table=record)
    return found.first()


def project_names(year: Year) -> dict[str, str]:
    """Each project's code with its name, as people know it."""
    return {one.code: f"{one.code} {one.name}" for one in bound(year).intake.year.projects if one.code}


def projects_with_indicators(year: Year) -> list[tuple[str, str]]:
    """The projects that indicators were given, in the order of their first: as the rows name them, and with their names."""
    found = IndicatorRow.objects.filter(year=year).exclude(project="").order_by("position", "id")
    names = project_names(year)
    return [(one, names.get(one, one)) for one in dict.fromkeys(found.values_list("project", flat=True))]


def projects_of_indicators(year: Year) -> dict[int, str]:
    """The project of each indicator's row, for findings that name the indicator only."""
    names = project_names(year)
    found = IndicatorRow.objects.filter(year=year).exclude(project="").values_list("pk", "project")
    return {row: names.get(project, project) for row, project in found}


def rows_of_table(year: Year, record: str, project: str | None = None) -> list[Row]:
    """The rows of one table in order; those of one project only where it is named ("" are the department's own)."""
    found = table_of(record).objects.filter(year=year).order_by("position", "id")
    if project is not None:
        found = found.filter(project=project)
    if table_of(record).record == "":
        found = found.filter(table=record)
    return list(found)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the department's own indicators."""

    total: Decimal
    count: int

    @property
    def is_right(self) -> bool:
        """Whether they sum to 100."""
        return self.total == 100


def weights(year: Year) -> Weights:
    """The sum of the weights that the goal table must bring to 100."""
    own = [one for one in bound(year).intake.year.indicators if not one.project]
    return Weights(sum((one.weight for one in own if one.weight is not None), Decimal(0)), len(own))


def tables_with_counts(year: Year) -> dict[str, int]:
    """How many rows each table has."""
    return {record: len(found) for record, found in rows_of(year).items()}
