"""A report against the department's own workbook: every figure that both have, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiheng.model import DepartmentYear, Finding, Indicator, Level, Origin, Place
from jiheng.model.document import Document
from jiheng.reading.partial_year import partial_year
from jiheng.reading.year_findings import words_at
from jiheng.rulebook.forms import workbook_form
from jiheng.values import Figure

CHECK = "against.workbook"
_LINE_FIELDS = ("initial_budget", "annual_budget", "executed", "final_accounts", "carried_over", "surplus")
_FUND_FIELDS = (
    *("total", "basic", "basic_fiscal", "basic_special_account", "basic_own"),
    *("project", "project_fiscal", "project_own"),
)
_STATED_FIELDS = ("execution_rate", "carryover_amount", "carryover_rate", "budget_final_variance", "satisfaction")


@dataclass(frozen=True, slots=True)
class Pair:
    """One field that both have. **Shape** `table` and `field` name it in the workbook."""

    table: str
    field: str
    whose: str
    ours: Figure
    report: Figure
    our_origin: Origin | None
    report_origin: Origin | None


def against(document: Document, year: DepartmentYear) -> list[Finding]:
    """What the report says otherwise than the workbook, in the report's order of records."""
    told = partial_year(document).year
    if told is None:
        return []
    return [
        _finding(document, pair) for pair in _pairs(told, year) if not pair.report.interval.meets(pair.ours.interval)
    ]


def _pairs(told: DepartmentYear, year: DepartmentYear) -> Iterator[Pair]:
    for line in told.budget_lines:
        ours = year.budget(line.part) if not line.is_detail else None
        if ours is not None:
            yield from _fields(line, ours, "budget_lines", _LINE_FIELDS, line.part.value)
    yield from _fields(told.fund_block, year.fund_block, "fund_block", _FUND_FIELDS, "")
    yield from _fields(told.stated, year.stated, "stated", _STATED_FIELDS, "")
    own = {one.name: one for one in year.indicators if not one.project}
    names = [one.name for one in told.indicators]
    for one in told.indicators:
        if one.name in own and names.count(one.name) == 1:
            yield from _indicator(one, own[one.name])


def _fields(told: object, ours: object, table: str, fields: tuple[str, ...], whose: str) -> Iterator[Pair]:
    for field in fields:
        report, figure = getattr(told, field), getattr(ours, field)
        if isinstance(report, Figure) and isinstance(figure, Figure) and report.is_like(figure):
            yield Pair(
                table, field, whose, figure, report, getattr(ours, "origin", None), getattr(told, "origin", None)
            )


def _indicator(told: Indicator, ours: Indicator) -> Iterator[Pair]:
    report = told.actual.value if told.actual else None
    figure = ours.actual.value if ours.actual else None
    for field, one, other in (("target", told.target, ours.target), ("actual", report, figure)):
        if one is not None and other is not None and one.is_like(other):
            yield Pair("indicators", field, told.name, other, one, ours.origin, told.origin)


def _finding(document: Document, pair: Pair) -> Finding:
    sheet = workbook_form().sheet(pair.table)
    column = next((one.title for one in sheet.columns if one.field.split(".")[0] == pair.field), pair.field)
    field = f"“{sheet.name}”表{f'“{pair.whose}”的' if pair.whose else ''}“{column}”"
    cell = pair.our_origin.cell(pair.field) if pair.our_origin else ""
    place = pair.report_origin.cell(pair.field) if pair.report_origin else ""
    words = words_at(document, place, (pair.whose,)) if place else None
    return Finding(
        check=CHECK,
        level=Level.ERROR,
        message=f"报告写 {pair.report}，工作簿{field}是 {pair.ours}。",
        reckoning=f"报告 {pair.report}；工作簿 {pair.ours}{f'（{cell}）' if cell else ''}。",
        mend=f"报告里的数对应{field}：请以账表为准改正报告；账表有误的，先改工作簿再生成报告。",
        basis="报告中的数字应与账表一致",
        quote=words.text if words else "",
        where=Place.at(document.name, words.spot) if words else Place(document.name),
        facts={"field": field, "report": str(pair.report), "workbook": str(pair.ours)},
        expected=str(pair.ours),
        words=words,
    )
