"""监控: a round with its progress, lights by rule, reasons, likelihood, and what is being put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jiheng.errors import BadInput
from jiheng.model import BudgetPart, DepartmentYear, Indicator, MonitoringEntry, Project
from jiheng.rulebook.catalogue import catalogue, kind_of
from jiheng.rulebook.editions import Kind, Scope
from jiheng.rulebook.procedures import Monitoring
from jiheng.rulebook.resolve import resolve
from jiheng.scoring.monitoring import (
    Light,
    execution_light,
    indicator_light,
    level_light,
    overall_light,
    round_dates,
    warnings,
)
from jiheng.values import Figure
from jiheng_web.progress.execution import fen_shown, row_of
from jiheng_web.years.bridge import Bound, bound
from jiheng_web.years.models import Year
from jiheng_web.years.personal import masked
from jiheng_web.years.queries import evaluated, today

NO_LIGHTS = "none"
LIGHTS = {"红": "red", "黄": "yellow", "绿": "green", "蓝": "blue"}
_GRAVEST = ("红", "黄", "", "绿", "蓝")
CERTAIN, DONE = "确定能", "已完成"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rule lights are given. `is_reference`: not the region's rule but a practice, shown for orientation only."""

    edition: Monitoring | None
    title: str
    is_reference: bool
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry of the round: a project's money, or an indicator. **Unit** 分 and %."""

    row: int | None
    project: str
    project_row: int | None
    office: str
    indicator: str
    target: str
    reached: str
    budget: int | None
    executed: int | None
    expected: int | None
    rate: Decimal | None
    light: str
    why: str
    cause: str
    note: str
    likelihood: str
    measure: str
    owner: str
    due: date | None
    state: str
    is_overdue: bool
    overall: str
    """The light of the project as a whole, its indicators included."""
    is_ruled: bool
    """Whether the lights are the region's own rule; a practice shown for orientation asks nothing of anybody."""

    @property
    def light_class(self) -> str:
        """For the style sheet."""
        return LIGHTS.get(self.light, "")

    @property
    def overall_class(self) -> str:
        """For the style sheet."""
        return LIGHTS.get(self.overall, "")

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look at it: a bad light, or doubt that the year's end will do."""
        is_dim = self.is_ruled and (self.light in ("红", "黄") or self.overall in ("红", "黄"))
        return is_dim or self.likelihood not in ("", CERTAIN)

    @property
    def is_mended(self) -> bool:
        """Whether its rectification is done."""
        return self.state == DONE

    @property
    def has_rectification(self) -> bool:
        """Whether something is to be put right."""
        return bool(self.measure or self.state)

    @property
    def lacks(self) -> str:
        """What somebody has to fill in still."""
        is_asked = (self.is_ruled and self.light in ("红", "黄")) or self.likelihood not in ("", CERTAIN)
        if not is_asked and not self.has_rectification:
            return ""
        asked = (("偏差原因", self.cause or self.note), ("整改措施", self.measure), ("责任人", self.owner),
                 ("期限", self.due), ("整改状态", self.state))  # fmt: skip
        return "、".join(name for name, value in asked if not value)


@dataclass(frozen=True, slots=True)
class Missing:
    """A project without an entry in the round."""

    row: int | None
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round as the page shows it."""

    name: str
    cutoff: date | None
    month: int
    pace: Decimal
    reported_by: str
    projects: tuple[Watched, ...]
    indicators: tuple[Watched, ...]
    missing: tuple[Missing, ...]
    known_projects: int
    budget: int
    executed: int
    warnings: tuple[str, ...]

    @property
    def rate(self) -> Decimal | None:
        """Execution of all monitored projects together, in %."""
        return Decimal(self.executed) * 100 / self.budget if self.budget else None

    @property
    def watched(self) -> tuple[Watched, ...]:
        """All entries."""
        return (*self.projects, *self.indicators)

    @property
    def lights(self) -> list[tuple[str, str, int]]:
        """Light, its class, and how many projects have it as a whole."""
        counts = Counter(one.overall for one in self.projects)
        return [(light, LIGHTS[light], counts[light]) for light in LIGHTS if counts[light]]

    @property
    def likelihoods(self) -> list[tuple[str, int]]:
        """How likely the year's goals are, over all entries."""
        return Counter(one.likelihood or "没有填" for one in self.watched).most_common()

    @property
    def rectifications(self) -> list[Watched]:
        """What is being put right."""
        return [one for one in self.watched if one.has_rectification]

    @property
    def unmended(self) -> list[Watched]:
        """What is open still, overdue first."""
        found = [one for one in self.rectifications if not one.is_mended]
        return sorted(found, key=lambda one: (not one.is_overdue, one.due or date.max))

    @property
    def mended(self) -> list[Watched]:
        """What is done."""
        return [one for one in self.rectifications if one.is_mended]

    @property
    def overdue(self) -> int:
        """How many are open after their day."""
        return sum(one.is_overdue for one in self.rectifications)

    @property
    def worrying_projects(self) -> list[Watched]:
        """Projects to look at, the gravest first."""
        return _gravest(one for one in self.projects if one.needs_attention)

    @property
    def calm_projects(self) -> list[Watched]:
        """The rest."""
        return _gravest(one for one in self.projects if not one.needs_attention)

    @property
    def worrying_indicators(self) -> list[Watched]:
        """Indicators to look at, the gravest first."""
        return _gravest(one for one in self.indicators if one.needs_attention)

    @property
    def calm_indicators(self) -> list[Watched]:
        """The rest."""
        return _gravest(one for one in self.indicators if not one.needs_attention)


def _gravest(entries: Iterable[Watched]) -> list[Watched]:
    return sorted(entries, key=lambda one: (_GRAVEST.index(one.overall or one.light), one.rate or Decimal(0)))


def rules_of(year: Year, wanted: str = "") -> Rules:
    """The region's own lights; where its rule has none, a published practice for orientation, unless `wanted` says none."""
    records = evaluated(year).year
    region, fiscal_year = records.profile.region, records.profile.fiscal_year
    try:
        own = resolve(region, fiscal_year, today()).find(Kind.MONITORING)
    except BadInput as lack:
        return Rules(None, "", is_reference=False, lack=lack.sentence)
    if not isinstance(own, Monitoring):
        return Rules(None, "", is_reference=False, lack="本地区没有绩效运行监控的规则")
    if own.lights or wanted == NO_LIGHTS:
        return Rules(own, own.title, is_reference=False)
    chosen = next(
        (
            one
            for one in catalogue().editions.values()
            if kind_of(one) is Kind.MONITORING
            and one.scope is Scope.CHOSEN
            and isinstance(one, Monitoring)
            and one.lights
        ),
        None,
    )
    return Rules(chosen or own, own.title, is_reference=chosen is not None)


def round_names(records: DepartmentYear) -> list[str]:
    """The rounds of a year in order."""
    return list(dict.fromkeys(one.round for one in records.monitoring))


def round_of(year: Year, rules: Rules, name: str = "", *, with_people: bool = True) -> Round | None:
    """A round by its name; without one, the last. None where nothing was monitored yet.

    Without `with_people` the names of who answers for a rectification are masked.
    """
    made, records = bound(year), evaluated(year).year
    names = round_names(records)
    if not names:
        return None
    name = name if name in names else names[-1]
    entries = [one for one in records.monitoring if one.round == name]
    if not with_people:
        entries = [replace(one, owner=masked(one.owner)) for one in entries]
    cutoff = next((one.cutoff for one in entries if one.cutoff), None)
    ruled = rules.edition.rounds[0] if rules.edition and rules.edition.rounds else None
    reported = ""
    if ruled is not None:
        last, day = round_dates(ruled, records.profile.fiscal_year)
        cutoff = cutoff or last
        reported = day.isoformat() if day else f"{ruled.report_month.value} 月"
    month = cutoff.month if cutoff else _MONTHS
    watched = _watched(made, records, entries, rules, month)
    projects = [one for one in watched if not one.indicator]
    seen = {one.project for one in watched}
    total = records.budget(BudgetPart.TOTAL)
    budget = sum(one.budget or 0 for one in projects if one.executed is not None)
    executed = sum(one.executed or 0 for one in projects if one.budget is not None)
    warned: tuple[str, ...] = ()
    if rules.edition and not rules.is_reference and budget and total is not None:
        warned = tuple(one.sentence for one in warnings(rules.edition, month, Decimal(executed) * 100 / budget, None))
    return Round(
        name=name,
        cutoff=cutoff,
        month=month,
        pace=Decimal(month) * 100 / _MONTHS,
        reported_by=reported,
        projects=tuple(projects),
        indicators=tuple(one for one in watched if one.indicator),
        missing=tuple(
            Missing(row_of(made, "projects", one.origin), one.name, one.office)
            for one in records.projects
            if one.name not in seen
        ),
        known_projects=len(records.projects),
        budget=budget,
        executed=executed,
        warnings=warned,
    )


def _watched(
    made: Bound, records: DepartmentYear, entries: list[MonitoringEntry], rules: Rules, month: int
) -> list[Watched]:
    projects = {key: one for one in records.projects for key in (one.name, one.code) if key}
    indicators = {key: one for one in records.indicators for key in (one.name, one.code) if key}
    indicators |= {f"{one.project}\n{key}": one for one in records.indicators for key in (one.name, one.code) if key}
    found: list[tuple[MonitoringEntry, Project | None, Indicator | None, Light | None]] = []
    by_project: dict[str, list[str]] = {}
    for one in entries:
        project = projects.get(one.project)
        indicator = None
        if one.indicator:
            indicator = indicators.get(f"{one.project}\n{one.indicator}") or indicators.get(one.indicator)
        light = _light(rules.edition, one, project, indicator, month) if rules.edition else None
        found.append((one, project, indicator, light))
        if light:
            by_project.setdefault(project.name if project else one.project, []).append(light.light)
    return [_entry(made, *one, by_project, is_ruled=not rules.is_reference) for one in found]


def _light(
    edition: Monitoring, one: MonitoringEntry, project: Project | None, indicator: Indicator | None, month: int
) -> Light | None:
    if not one.indicator:
        if project is None or project.annual_budget is None or one.executed is None:
            return None
        return execution_light(edition, one.executed.in_base, project.annual_budget.in_base, month)
    if one.reached_level:
        return level_light(edition, one.reached_level)
    if indicator is None or indicator.comparator is None or indicator.target is None or one.reached is None:
        return None
    pair = _alike(indicator.target, one.reached)
    if pair is None:
        return None
    return indicator_light(
        edition, category=indicator.category, comparator=indicator.comparator, direction=indicator.direction,
        target=pair[0], reached=pair[1], month=month,
    )  # fmt: skip


def _alike(target: Figure, reached: Figure) -> tuple[Decimal, Decimal] | None:
    """Both in one unit; a figure without a unit is in the target's. None where they cannot be compared."""
    if not reached.unit.symbol or reached.unit.symbol == target.unit.symbol:
        return target.value, reached.value
    if reached.unit.dimension is target.unit.dimension:
        return target.in_base, reached.in_base
    return None


def _entry(
    made: Bound,
    one: MonitoringEntry,
    project: Project | None,
    indicator: Indicator | None,
    light: Light | None,
    lights: dict[str, list[str]],
    *,
    is_ruled: bool,
) -> Watched:
    name = project.name if project else one.project
    budget = fen_shown(project.annual_budget) if project else None
    executed = fen_shown(one.executed)
    rate = Decimal(executed) * 100 / budget if budget and executed is not None else None
    return Watched(
        row=row_of(made, "monitoring", one.origin),
        project=name,
        project_row=row_of(made, "projects", project.origin) if project else None,
        office=project.office if project else (indicator.office if indicator else ""),
        indicator=(indicator.name if indicator else one.indicator) if one.indicator else "",
        target=_target(indicator),
        reached=one.reached_level or (_said(one.reached, indicator) if one.reached is not None else ""),
        budget=budget,
        executed=executed,
        expected=fen_shown(one.expected_executed),
        rate=rate,
        light=light.light if light else "",
        why=light.why if light else "",
        cause=one.deviation_cause,
        note=one.deviation_note,
        likelihood=one.likelihood,
        measure=one.measure,
        owner=one.owner,
        due=one.due,
        state=one.state,
        is_overdue=bool(one.due and one.due < today() and one.state != DONE),
        overall=overall_light(lights.get(name, ())) if name and not one.indicator else "",
        is_ruled=is_ruled,
    )


def _target(indicator: Indicator | None) -> str:
    if indicator is None:
        return ""
    if indicator.target is None:
        return indicator.target_level or indicator.target_text or indicator.scale
    sign = "" if indicator.comparator is None or indicator.comparator in indicator.target.text else indicator.comparator
    return f"{sign}{_said(indicator.target, indicator)}"


def _said(figure: Figure, indicator: Indicator | None) -> str:
    unit = indicator.unit if indicator else ""
    text = figure.text or format(figure.value, "f")
    return f"{text}{unit}" if unit and text[-1:].isdigit() else text
