"""Everything the checks have to say of a document: of its claims, and of the department's year that it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jiheng.checks import Check, all_checks, run_checks
from jiheng.checks.document import document_checks, run_document_checks
from jiheng.checks.document.check import DocumentRules
from jiheng.model import CheckReport, DepartmentYear, Finding, NotRun
from jiheng.model.document import Document
from jiheng.model.statement import Claims, Placeholder
from jiheng.reading.against import against
from jiheng.reading.elsewhere import is_answered
from jiheng.reading.partial_year import partial_year
from jiheng.reading.statements import claims_of
from jiheng.reading.with_other import differences
from jiheng.reading.year_findings import of_document, told_once, with_counted
from jiheng.rulebook.check_rules import check_rules
from jiheng.rulebook.outlines import outlines


@dataclass(frozen=True, slots=True)
class Review:
    """A document, what it claims, and what the checks say of it."""

    document: Document
    claims: Claims
    report: CheckReport


_WORKBOOK_ONLY = frozenset(
    {"scores.project_count", "goals.duties_linked", "projects.unlisted", "projects.unknown", "references.unknown"}
)
"""What only a complete workbook can be asked: whether every list in it is whole."""

_OF_KIND = {
    "部门整体绩效评价报告": re.compile(""),
    "绩效目标表": re.compile(r"fund\.|goals\.|targets\."),
    "项目支出绩效自评表": re.compile(
        r"targets\.(?!direction|equal)|actuals\.(?:unmet|far|not_on|other)|scores\.(?:range|grade)"
    ),
}
"""Which of the year's checks a kind of document can answer; accounts and budgets have checks of their own."""

_OF_ONE_TABLE = frozenset({"goals.weights", "goals.required_dimensions"})
_WITH_EXECUTION = "90"
"""财预〔2020〕10号: where 预算执行率 has its own 10 points, the indicators have 90."""


def _checks_for(kind: str) -> tuple[Check, ...]:
    wanted = _OF_KIND[kind]
    return tuple(one for one in all_checks() if wanted.match(one.id) and one.id not in _WORKBOOK_ONLY)


def _goal_tables(document: Document) -> int:
    """How many tables of indicators with weights there are."""
    return sum(
        any(re.sub(r"\s", "", cell.text) in ("三级指标", "指标名称") for cell in table.cells)
        and any(re.fullmatch(r"权重(?:[（(].*)?|分值", re.sub(r"\s", "", cell.text)) for cell in table.cells)
        for _, table in document.tables
    )


def _is_asked(one: Finding, document: Document) -> bool:
    """Whether a finding of the year stands against the whole document."""
    if one.check in _OF_ONE_TABLE and _goal_tables(document) > 1:
        return False
    if one.check == "goals.weights" and _WITH_EXECUTION in one.facts.values():
        return False
    return not is_answered(one, document)


def review(document: Document, other: Document | None = None, year: DepartmentYear | None = None) -> Review:
    """Prove a document; with another document of the same year, or against the department's own year, where given."""
    reviewed = _proven(document)
    more = differences(document, other) if other is not None else []
    more += against(document, year) if year is not None else []
    if not more:
        return reviewed
    report = replace(reviewed.report, findings=tuple(in_order([*reviewed.report.findings, *more])))
    return replace(reviewed, report=report)


def _proven(document: Document) -> Review:
    claims = claims_of(document)
    kind = document.head.kind.value
    rules = DocumentRules(tuple(one for one in outlines().values() if one.kind == kind))
    report = run_document_checks(claims, rules, document_checks(), document.name)
    if any(one.is_template for one in claims.of(Placeholder)):
        # An unfilled template has nothing to prove: it is said once.
        told = tuple(one for one in report.findings if one.check == "document.placeholder")
        return Review(document, claims, replace(report, findings=told))
    findings, not_run = list(report.findings), list(report.not_run)
    broken = list(report.broken)
    if kind in _OF_KIND:
        partial = partial_year(document)
        if partial.year is None:
            not_run.append(NotRun("year", "部门名称和预算年度（文中没有读到）"))
        else:
            year = with_counted(partial.year)
            profile = year.profile
            of_year = run_checks(year, check_rules(profile.region, profile.fiscal_year), _checks_for(kind))
            asked = [one for one in of_year.findings if _is_asked(one, document)]
            findings = told_once([*findings, *of_document(asked, document)])
            not_run += of_year.not_run
            broken += of_year.broken
    return Review(
        document,
        claims,
        replace(report, findings=tuple(in_order(findings)), not_run=tuple(not_run), broken=tuple(broken)),
    )


def in_order(findings: list[Finding]) -> list[Finding]:
    """As the document has them; what concerns the whole comes first."""
    return sorted(findings, key=lambda one: (one.words.block, one.words.start) if one.words else (-1, 0))
