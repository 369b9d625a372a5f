"""Worked cases: small years in YAML with hand-reckoned results, run through the engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from jiheng.errors import BadRules, JihengError
from jiheng.model import (
    Actual,
    BudgetLine,
    BudgetPart,
    Comparator,
    DepartmentYear,
    Direction,
    Indicator,
    JudgedScore,
    ManagementFact,
    Profile,
    Project,
    ProjectStatus,
    ScoreSheet,
    Staffing,
)
from jiheng.rulebook import source
from jiheng.rulebook.editions import Kind, Scheme
from jiheng.rulebook.operands import COLUMNS
from jiheng.rulebook.parameters import STRICT
from jiheng.rulebook.resolve import RuleSet
from jiheng.scoring.case_steps import STEPS
from jiheng.scoring.lookup import Lookup, Missing
from jiheng.scoring.sheet import score_department, score_project
from jiheng.values import Bound, Figure, FiscalYear, RegionCode, show_number, unit_named

_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?)\s*([^\d以]*)(以上|以内)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One result: its key, its value, and the arithmetic that gives it (checked a second way by the tests)."""

    key: str
    value: str
    reckoned: str = ""

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A worked case of one or more editions (or of the scales: `scales`)."""

    id: str
    editions: tuple[str, ...]
    ask: str
    title: str
    given: dict[str, Any]
    expect: tuple[Expectation, ...]

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    cases: tuple[Case, ...]

    __pydantic_config__ = STRICT


def cases_of(folder: Path) -> tuple[Case, ...]:
    """The worked cases of a pack. **Raises** BadRules with file and line."""
    shape = TypeAdapter(_File)
    return tuple(
        case
        for path in sorted((folder / "cases").glob("*.yaml"))
        for case in source.bind(source.read(path), shape).cases
    )


def failures(case: Case, rules: RuleSet) -> tuple[str, ...]:
    """What of a case does not come out as expected; empty when all does. `rules` holds the case's edition."""
    try:
        results = run(case, rules)
    except JihengError as error:
        results = {"error": error.sentence}
    return tuple(
        f"{case.id}：{one.key} 应为 {one.value}，算得 {results.get(one.key, '（没有）')}"
        for one in case.expect
        if results.get(one.key) != one.value
    )


def run(case: Case, rules: RuleSet) -> Mapping[str, str]:
    """The results of a case by key. **Raises** BadRules for a kind of case that nobody knows."""
    asks: dict[str, Callable[[dict[str, Any], RuleSet], Mapping[str, str]]] = {
        "department": _department,
        "project": _project,
        "rates": _rates,
        **STEPS,
    }
    if case.ask not in asks:
        raise BadRules(f"案例“{case.id}”的种类“{case.ask}”不认识")
    return asks[case.ask](case.given, rules)


def figure(text: str) -> Figure:
    """A figure as a case writes it: number and unit, e.g. 100万元, 90%以上. **Raises** BadRules."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        raise BadRules(f"案例中的数“{text}”看不懂")
    bound = {"以上": Bound.AT_LEAST, "以内": Bound.AT_MOST}.get(match[3] or "", Bound.EXACT)
    return Figure(Decimal(match[1]), unit_named(match[2] or "个"), text=text, bound=bound)


def year_of(given: Mapping[str, Any]) -> DepartmentYear:
    """The department's year that a case gives."""
    known = {"budget", "indicators", "facts", "judged", "staffing", "project"}
    if odd := set(given) - known:
        raise BadRules(f"案例中有不认识的键：{'、'.join(sorted(odd))}")
    return DepartmentYear(
        profile=Profile(department="某部门", region=RegionCode("110105"), fiscal_year=FiscalYear(2024)),
        budget_lines=tuple(
            _budget_line(BudgetPart(part), columns) for part, columns in given.get("budget", {}).items()
        ),
        indicators=tuple(_indicator(row) for row in given.get("indicators", ())),
        management_facts=tuple(
            ManagementFact(item=item, answer=text == "是")
            if text in ("是", "否")
            else ManagementFact(item=item, figure=figure(text))
            for item, text in given.get("facts", {}).items()
        ),
        judged_scores=tuple(_judged(row) for row in given.get("judged", ())),
        staffing=tuple(
            Staffing(kind=kind, authorised=Decimal(row["authorised"]), employed=Decimal(row["employed"]))
            for kind, row in given.get("staffing", {}).items()
        ),
        projects=(_the_project(given["project"]),) if "project" in given else (),
    )


def _budget_line(part: BudgetPart, row: Mapping[str, str]) -> BudgetLine:
    known = {name: figure(row[name]) for name in COLUMNS if name in row}
    if odd := set(row) - set(COLUMNS):
        raise BadRules(f"案例中有不认识的键：{'、'.join(sorted(odd))}")
    return replace(BudgetLine(part=part), **known)  # type: ignore[arg-type]


def _indicator(row: Mapping[str, str]) -> Indicator:
    comparator = Comparator(row["comparator"])
    actual = row.get("actual", "")
    is_level = comparator is Comparator.QUALITATIVE
    given = Actual(level=actual) if is_level else Actual(value=figure(actual)) if actual else Actual()
    return Indicator(
        code=row.get("code", ""),
        name=row["name"],
        dimension=row["dimension"],
        category=row.get("category", ""),
        comparator=comparator,
        direction=Direction(row["direction"]) if "direction" in row else None,
        target=None if is_level else figure(row["target"]),
        target_text=row.get("target", ""),
        scale=row.get("target", "") if is_level else "",
        target_level=row.get("target_level", ""),
        weight=Decimal(row["weight"]),
        demand_driven=row.get("demand_driven") == "是",
        project=row.get("project", ""),
        actual=given,
    )


def _judged(row: Mapping[str, str]) -> JudgedScore:
    return JudgedScore(
        subject=row["subject"],
        level=row.get("level", ""),
        score=Decimal(row["score"]) if "score" in row else None,
        target_too_low=row["target_too_low"] == "是" if "target_too_low" in row else None,
        person=row.get("person", "张三"),
        reason=row.get("reason", "按佐证材料"),
    )


def _the_project(row: Mapping[str, str]) -> Project:
    def money(name: str) -> Figure | None:
        return figure(row[name]) if name in row else None

    return Project(
        code="P1",
        name="某项目",
        status=ProjectStatus(row["status"]) if "status" in row else None,
        initial_budget=money("initial_budget"),
        annual_budget=money("annual_budget"),
        executed=money("executed"),
    )


def _sheet_results(sheet: ScoreSheet, scheme: Scheme) -> dict[str, str]:
    results = {
        "total": "未评完" if sheet.total is None else show_number(sheet.total),
        "open": show_number(sheet.open_points),
        "grade": sheet.grade,
        "state": sheet.state,
        "full": show_number(scheme.full.value) if scheme.full else "",
        "cap": show_number(sheet.cap) if sheet.cap is not None else "",
    }
    for rule in scheme.floors:
        results["floor." + ".".join(rule.blocks)] = show_number(rule.least.value)
    for block, given in zip(sheet.blocks, scheme.blocks, strict=True):
        results[f"{block.id}.points"] = show_number(given.points.value) if given.points else ""
        results[f"{block.id}.score"] = show_number(block.score)
        for line in block.lines:
            said = line.state.value if line.score is None else show_number(line.score)
            results[line.id] = said
            results[f"{line.id}.points"] = show_number(line.points)
            results[f"{line.id}.state"] = line.state.value
    for line in sheet.beside.lines if sheet.beside else ():
        results[f"beside.{line.id}"] = line.state.value if line.score is None else show_number(line.score)
    return results


def _department(given: dict[str, Any], rules: RuleSet) -> Mapping[str, str]:
    return _sheet_results(score_department(year_of(given), rules), rules.scheme(Kind.DEPARTMENT))


def _project(given: dict[str, Any], rules: RuleSet) -> Mapping[str, str]:
    year = year_of(given)
    kind = Kind.PROJECT_SELF if rules.find(Kind.PROJECT_SELF) else Kind.PROJECT
    return _sheet_results(score_project(year, year.projects[0], rules, kind), rules.scheme(kind))


def _rates(given: dict[str, Any], rules: RuleSet) -> Mapping[str, str]:
    year = year_of(given)
    scheme = next(edition for edition in rules.editions if isinstance(edition, Scheme))
    lookup = Lookup(year, year.projects[0] if year.projects else None)
    found = {rate.id: lookup.rate(rate) for rate in scheme.rates}
    return {name: one.reason if isinstance(one, Missing) else one.percent for name, one in found.items()}
