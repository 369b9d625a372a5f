"""Running all document checks on the claims of a document: passed, failed, not run, broken."""

from __future__ import annotations

from collections.abc import Iterable

from jiheng.checks.check import Missing
from jiheng.checks.document.check import DocumentCheck, DocumentRules
from jiheng.model import Broken, CheckReport, DocumentHead, Finding, NotRun
from jiheng.model.document import Head
from jiheng.model.statement import Claims


def run_document_checks(
    claims: Claims, rules: DocumentRules, checks: Iterable[DocumentCheck], file: str
) -> CheckReport:
    """Run the checks; one that fails itself is told as such and never stops the rest."""
    findings: list[Finding] = []
    passed: list[str] = []
    not_run: list[NotRun] = []
    broken: list[Broken] = []
    for one in checks:
        try:
            outcomes = list(one.run(claims, rules, file))
        except Exception as error:  # a fault in a check is the check's, not the author's
            broken.append(Broken(one.id, f"{type(error).__name__}: {error}"))
            continue
        findings += [outcome for outcome in outcomes if isinstance(outcome, Finding)]
        not_run += [NotRun(one.id, outcome.what) for outcome in outcomes if isinstance(outcome, Missing)]
        if not outcomes:
            passed.append(one.id)
    return CheckReport(
        document=head_of(claims.head),
        findings=tuple(findings),
        passed=tuple(passed),
        not_run=tuple(not_run),
        broken=tuple(broken),
    )


def head_of(head: Head) -> DocumentHead:
    """What was reviewed, as reports of findings have it."""
    return DocumentHead(head.kind.value, head.department.value, head.year, head.region.value)
