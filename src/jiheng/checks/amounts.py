"""Amounts of a year that ought to be near one another: in a row, a part and its whole, a sum and its total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from jiheng.checks.projects import known_as
from jiheng.model import BudgetPart, DepartmentYear
from jiheng.values import Dimension, Figure

Spot = tuple[str, int, str]
"""One amount: table, place of the row in it, field. The one row of a form is row 0."""

_BY_ROW = {
    "budget_lines": ("initial_budget", "annual_budget", "executed", "final_accounts"),
    "projects": ("initial_budget", "annual_budget", "executed"),
    "sub_items": ("budget", "paid"),
    "payments": ("planned", "paid"),
}
_FUND_SUMS = {
    "total": ("basic", "project"),
    "basic": ("basic_fiscal", "basic_special_account", "basic_own"),
    "project": ("project_fiscal", "project_own"),
}
_IN_PROJECTS = {
    "sub_items": (("budget", "annual_budget"), ("paid", "executed")),
    "payments": (("planned", "annual_budget"), ("paid", "executed")),
}
_FUND_AND_LINE = {"total": BudgetPart.TOTAL, "basic": BudgetPart.BASIC, "project": BudgetPart.PROJECT}
_LINE = (*_BY_ROW["budget_lines"], "carried_over", "surplus")


@dataclass(frozen=True, slots=True)
class Tie:
    """Amounts whose sums ought to be near; where `is_list` is set, the first are a list of what the other is made of."""

    parts: tuple[Spot, ...]
    whole: tuple[Spot, ...]
    is_list: bool = False


def amounts(year: DepartmentYear) -> dict[Spot, Figure]:
    """Every amount of the year but zeros."""
    tables = ("fund_block", "budget_lines", "adjustments", "projects", "sub_items", "payments", "monitoring", "stated")
    found: dict[Spot, Figure] = {}
    for table in tables:
        for row, record in enumerate(rows_of(year, table)):
            for name in record.__dataclass_fields__:
                value = getattr(record, name)
                if isinstance(value, Figure) and value.unit.dimension is Dimension.MONEY and value.value:
                    found[table, row, name] = value
    return found


def rows_of(year: DepartmentYear, table: str) -> tuple[Any, ...]:
    """The records of a table; of a form, its one record."""
    given = getattr(year, table)
    return given if isinstance(given, tuple) else (given,)


def ties(year: DepartmentYear, known: dict[Spot, Figure]) -> Iterator[Tie]:
    """The ties of a year, between amounts that are given."""
    for tie in _all_ties(year):
        parts = tuple(spot for spot in tie.parts if spot in known)
        whole = tuple(spot for spot in tie.whole if spot in known)
        if parts and whole:
            yield Tie(parts, whole, tie.is_list)


def _all_ties(year: DepartmentYear) -> Iterator[Tie]:
    for table, fields in _BY_ROW.items():
        for row in range(len(getattr(year, table))):
            for one, other in combinations(fields, 2):
                yield Tie(((table, row, one),), ((table, row, other),))
    for total, parts in _FUND_SUMS.items():
        yield Tie(tuple(("fund_block", 0, name) for name in parts), (("fund_block", 0, total),), is_list=True)
    yield from _line_ties(year)
    yield from _project_ties(year)


def _line_ties(year: DepartmentYear) -> Iterator[Tie]:
    at = {line.part: row for row, line in reversed(list(enumerate(year.budget_lines))) if not line.is_detail}
    total = at.get(BudgetPart.TOTAL)
    for part, row in at.items():
        left = tuple(("budget_lines", row, name) for name in ("carried_over", "surplus"))
        yield Tie(left, (("budget_lines", row, "annual_budget"),), is_list=True)
        for by in ("source", "activity"):
            details = [i for i, line in enumerate(year.budget_lines) if line.part is part and getattr(line, by)]
            for name in _LINE:
                yield Tie(
                    tuple(("budget_lines", i, name) for i in details), (("budget_lines", row, name),), is_list=True
                )
    if total is not None:
        for name in _LINE:
            parts = tuple(("budget_lines", row, name) for part, row in at.items() if part is not BudgetPart.TOTAL)
            yield Tie(parts, (("budget_lines", total, name),), is_list=True)
        whole = (("budget_lines", total, "annual_budget"),)
        for row in range(len(year.adjustments)):
            yield Tie((("adjustments", row, "amount"),), whole, is_list=True)
        yield Tie((("stated", 0, "carryover_amount"),), whole, is_list=True)
        for name in ("final_accounts", "executed"):
            yield Tie((("stated", 0, "final_accounts"),), (("budget_lines", total, name),))
    for name, part in _FUND_AND_LINE.items():
        if part in at:
            for amount in ("initial_budget", "annual_budget"):
                yield Tie((("fund_block", 0, name),), (("budget_lines", at[part], amount),))
    if BudgetPart.PROJECT in at:
        for name in _BY_ROW["projects"]:
            parts = tuple(("projects", row, name) for row in range(len(year.projects)))
            yield Tie(parts, (("budget_lines", at[BudgetPart.PROJECT], name),), is_list=True)


def _project_ties(year: DepartmentYear) -> Iterator[Tie]:
    rows: dict[tuple[str, str], list[int]] = {}
    for table in (*_IN_PROJECTS, "monitoring"):
        for row, one in enumerate(getattr(year, table)):
            rows.setdefault((table, one.project), []).append(row)
    for at, project in enumerate(year.projects):
        for name in {project.code, project.name}:
            if not known_as(project, name):
                continue
            for table, pairs in _IN_PROJECTS.items():
                for own, whole in pairs:
                    parts = tuple((table, row, own) for row in rows.get((table, name), ()))
                    yield Tie(parts, (("projects", at, whole),), is_list=True)
            for row in rows.get(("monitoring", name), ()):
                for own in ("executed", "expected_executed"):
                    yield Tie((("monitoring", row, own),), (("projects", at, "annual_budget"),), is_list=True)
