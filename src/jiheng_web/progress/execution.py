"""执行: budget by part, the bridge of adjustments, payments by month, and which projects lag behind 序时进度."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.safestring import SafeString, mark_safe

from jiheng.model import Adjustment, AdjustmentKind, BudgetLine, BudgetPart, DepartmentYear, Finding, Project
from jiheng.reporting import charts
from jiheng.values import Figure, round_half_up, show_number
from jiheng_web.project.templatetags.shown import percent
from jiheng_web.years.bridge import FIRST, Bound, bound
from jiheng_web.years.lately import Lately
from jiheng_web.years.models import Year
from jiheng_web.years.queries import elapsed, evaluated, today

BRIDGE_CHECK = "adjustments.bridge"
BEHIND = 10
"""A project lags when its execution stays so many percentage points or more behind 序时进度; at the year's end: below 90%."""

_PARTS = (BudgetPart.BASIC, BudgetPart.PROJECT, BudgetPart.OTHER)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the budget. **Unit** 分 and %; `apart` is execution less 序时进度, in percentage points."""

    name: str
    row: int | None
    initial: int | None
    annual: int | None
    executed: int | None
    rate: Decimal | None
    apart: Decimal | None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One adjustment. **Unit** 分, with its sign."""

    row: int | None
    kind: str
    part: str
    project: str
    amount: int | None
    document: str
    approved: str
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """The bridge of one part: 年初 + adjustments = reached, against 全年. **Unit** 分."""

    name: str
    initial: int | None
    moved: tuple[int, ...]
    reached: int | None
    annual: int | None
    gap: int | None


@dataclass(frozen=True, slots=True)
class Bridge:
    """年初预算 → 全年预算. `verdict` is what the check says; `is_right` None: it could not run."""

    kinds: tuple[tuple[str, int], ...]
    columns: tuple[Column, ...]
    is_right: bool | None
    verdict: tuple[str, ...]

    @property
    def lines(self) -> list[tuple[str, list[int | None]]]:
        """The bridge as a page shows it: a row a step."""
        rows: list[tuple[str, list[int | None]]] = [("年初预算数", [one.initial for one in self.columns])]
        for at, (kind, count) in enumerate(self.kinds):
            rows.append((f"{kind}（{count} 笔）", [one.moved[at] for one in self.columns]))
        rows.append(("加减后", [one.reached for one in self.columns]))
        rows.append(("全年预算数", [one.annual for one in self.columns]))
        rows.append(("相差", [one.gap for one in self.columns]))
        return rows


@dataclass(frozen=True, slots=True)
class Month:
    """A month of payments. **Unit** 分 and %; what is not known yet is None."""

    number: int
    planned: int | None
    paid: int | None
    total: int | None
    rate: Decimal | None
    plan_rate: Decimal | None
    pace: Decimal


@dataclass(frozen=True, slots=True)
class Payments:
    """支付进度. `drawing` is empty where there is too little to draw."""

    title: str
    note: str
    months: tuple[Month, ...]
    drawing: SafeString
    base: str
    undated: int


@dataclass(frozen=True, slots=True)
class Lagging:
    """A project behind 序时进度. **Unit** 分 and %."""

    row: int | None
    name: str
    office: str
    annual: int
    executed: int
    rate: Decimal
    apart: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Execution:
    """The whole page."""

    elapsed: Decimal
    total: Part | None
    parts: tuple[Part, ...]
    details: tuple[Part, ...]
    bridge: Bridge
    steps: tuple[Step, ...]
    payments: Payments | None
    lagging: tuple[Lagging, ...]
    projects: int
    unknown: int
    """Projects without budget or execution."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not (self.parts or self.steps or self.payments or self.projects)


_LATELY: Lately[Execution] = Lately()


def execution(year: Year) -> Execution:
    """The page of a year; kept by the hash of its content, for a chart takes a tenth of a second."""
    key = (year.digest, today())
    if year.digest and (known := _LATELY.get(key)) is not None:
        return known
    made, records = bound(year), evaluated(year).year
    gone = elapsed(year.fiscal_year, key[1])
    lines = [(line, _part(made, line, gone)) for line in records.budget_lines]
    known_rates = [(one, _rate(one.annual_budget, one.executed)) for one in records.projects]
    result = Execution(
        elapsed=gone,
        total=next((part for _, part in lines if part.is_total), None),
        parts=tuple(part for line, part in lines if not line.is_detail and _has_figures(part)),
        details=tuple(part for line, part in lines if line.is_detail),
        bridge=_bridge(year, records),
        steps=tuple(_step(made, records, one) for one in records.adjustments),
        payments=_payments(records),
        lagging=tuple(sorted(
            (_lagging(made, one, rate, gone) for one, rate in known_rates if rate is not None and gone - rate >= BEHIND),
            key=lambda one: one.rate,
        )),
        projects=len(records.projects),
        unknown=sum(rate is None for _, rate in known_rates),
    )  # fmt: skip
    if year.digest:
        _LATELY.keep(key, result)
    return result


def row_of(made: Bound, record: str, origin: object) -> int | None:
    """The row of the database that a record came from."""
    at = getattr(origin, "row", 0) - FIRST
    ids = made.ids.get(record, ())
    return ids[at] if 0 <= at < len(ids) else None


def fen_shown(figure: Figure | None) -> int | None:
    """An amount in whole 分, for showing."""
    return None if figure is None else int((figure.in_base * 100).to_integral_value(ROUND_HALF_UP))


def _rate(whole: Figure | None, part: Figure | None) -> Decimal | None:
    if whole is None or part is None or not whole.in_base:
        return None
    return part.in_base * 100 / whole.in_base


def _part(made: Bound, line: BudgetLine, gone: Decimal) -> Part:
    rate = _rate(line.annual_budget, line.executed)
    name = str(line.part)
    if line.is_detail:
        name = " · ".join(one for one in (str(line.part), line.source, line.activity) if one)
    return Part(
        name=name,
        row=row_of(made, "budget_lines", line.origin),
        initial=fen_shown(line.initial_budget),
        annual=fen_shown(line.annual_budget),
        executed=fen_shown(line.executed),
        rate=rate,
        apart=None if rate is None else rate - gone,
        is_total=line.part is BudgetPart.TOTAL and not line.is_detail,
    )


def _has_figures(part: Part) -> bool:
    return any((part.initial, part.annual, part.executed))


def _lagging(made: Bound, one: Project, rate: Decimal, gone: Decimal) -> Lagging:
    return Lagging(
        row=row_of(made, "projects", one.origin), name=one.name, office=one.office,
        annual=fen_shown(one.annual_budget) or 0, executed=fen_shown(one.executed) or 0,
        rate=rate, apart=rate - gone, reason=one.reason,
    )  # fmt: skip


# --- the bridge -------------------------------------------------------------------------------------------------------


def _step(made: Bound, records: DepartmentYear, one: Adjustment) -> Step:
    amount = fen_shown(one.amount)
    named = next((p.name for p in records.projects if one.project and one.project in (p.code, p.name)), one.project)
    return Step(
        row=row_of(made, "adjustments", one.origin), kind=str(one.kind), part=str(one.part or ""), project=named,
        amount=None if amount is None else amount * one.kind.sign, document=one.document_number,
        approved=one.approved_on.isoformat() if one.approved_on else "", reason=one.reason,
    )  # fmt: skip


def _bridge(year: Year, records: DepartmentYear) -> Bridge:
    counts = [(kind, sum(one.kind is kind for one in records.adjustments)) for kind in AdjustmentKind]
    kinds = [(kind, count) for kind, count in counts if count]
    by_part = bool(records.adjustments) and all(one.part for one in records.adjustments)
    wanted = [BudgetPart.TOTAL, *(_PARTS if by_part else ())]
    columns = [_column(records, part, [kind for kind, _ in kinds]) for part in wanted]
    is_right, verdict = _verdict(year)
    return Bridge(
        kinds=tuple((str(kind), count) for kind, count in kinds),
        columns=tuple(one for one in columns if one is not None),
        is_right=is_right,
        verdict=verdict,
    )


def _column(records: DepartmentYear, part: BudgetPart, kinds: list[AdjustmentKind]) -> Column | None:
    line = records.budget(part)
    if line is None or not any((line.initial_budget, line.annual_budget)):
        return None
    initial, annual = fen_shown(line.initial_budget), fen_shown(line.annual_budget)
    if not initial and not annual:
        return None
    moved = tuple(
        sum(
            (fen_shown(one.amount) or 0) * kind.sign
            for one in records.adjustments
            if one.kind is kind and part in (BudgetPart.TOTAL, one.part)
        )
        for kind in kinds
    )
    reached = None if initial is None else initial + sum(moved)
    gap = None if reached is None or annual is None else annual - reached
    return Column(str(part), initial, moved, reached, annual, gap)


def _verdict(year: Year) -> tuple[bool | None, tuple[str, ...]]:
    """What the engine's own check of the bridge says; the page adds no rule."""
    report = evaluated(year).checked.report
    found: list[Finding] = [one for one in report.findings if one.check == BRIDGE_CHECK]
    if found:
        return False, tuple(one.message for one in found)
    lacking = tuple(one.missing for one in report.not_run if one.check == BRIDGE_CHECK)
    if BRIDGE_CHECK in report.passed:
        return True, ("年初预算加减各笔调整，等于全年预算",)
    return None, tuple(f"还不能核对：缺{one}" for one in lacking) or ("还不能核对",)


# --- payments ---------------------------------------------------------------------------------------------------------


def _payments(records: DepartmentYear) -> Payments | None:
    line = records.budget(BudgetPart.PROJECT) or records.budget(BudgetPart.TOTAL)
    if not records.payments:
        return None
    paid: dict[int, int] = defaultdict(int)
    planned: dict[int, int] = defaultdict(int)
    undated = 0
    for one in records.payments:
        if not one.month:
            undated += 1
            continue
        if one.paid is not None:
            paid[one.month] += fen_shown(one.paid) or 0
        if one.planned is not None:
            planned[one.month] += fen_shown(one.planned) or 0
    whole = fen_shown(line.annual_budget) if line else None
    last, reached, promised = max(paid, default=0), 0, 0
    months = []
    for number in range(1, _MONTHS + 1):
        reached += paid.get(number, 0)
        promised += planned.get(number, 0)
        is_known = number <= last
        months.append(Month(
            number=number,
            planned=planned.get(number, 0) if planned else None,
            paid=paid.get(number, 0) if is_known else None,
            total=reached if is_known else None,
            rate=_share(reached, whole) if is_known else None,
            plan_rate=_share(promised, whole) if planned else None,
            pace=Decimal(number) * 100 / _MONTHS,
        ))  # fmt: skip
    base = f"{line.part}全年预算数" if line and whole else ""
    title, note = _said(str(line.part) if line else "", months, last)
    drawing = mark_safe("")
    if base and len(paid) > 1:
        plan = [(one.number, one.plan_rate) for one in months] if planned else []
        spec = charts.progress_by_month(title, [(one.number, one.rate) for one in months], plan)
        drawing = mark_safe(charts.svg(spec, "payments"))
    return Payments(title, note, tuple(months), drawing, base, undated)


def _share(part: int, whole: int | None) -> Decimal | None:
    return Decimal(part) * 100 / whole if whole else None


def _said(name: str, months: list[Month], last: int) -> tuple[str, str]:
    """The title, which says what is seen, and how the plan was kept."""
    month = months[last - 1] if last else None
    if month is None or month.rate is None:
        return "各月支付", ""
    title = f"{name}到{last}月累计支付{percent(month.rate)}，{_compared(month.rate, month.pace, '序时进度')}"
    return title, f"{_compared(month.rate, month.plan_rate, '支付计划')}。" if month.plan_rate is not None else ""


def _compared(rate: Decimal, other: Decimal, what: str) -> str:
    apart = round_half_up(rate - other, 1)
    if not apart:
        return f"与{what}相同"
    return f"比{what}{'快' if apart > 0 else '慢'}{show_number(abs(apart))}个百分点"
