"""Running all checks on a year: passed, failed, not run, broken."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from jiheng.checks import slips
from jiheng.checks.check import Check, Missing
from jiheng.checks.memory import Memory
from jiheng.model import Broken, CheckReport, DepartmentYear, DocumentHead, Finding, NotRun
from jiheng.rulebook.check_rules import CheckRules

WORKBOOK = "年度工作簿"


def run_checks(
    year: DepartmentYear, rules: CheckRules, checks: Iterable[Check], memory: Memory | None = None
) -> CheckReport:
    """Run the checks; one that fails itself is told as such and never stops the rest.

    Amounts typed in the other unit are told once; all other checks see them put right and do not speak of those cells.
    With a `memory` of an earlier run on this year, only those are run whose tables have changed since.
    """
    memory = memory or Memory()
    findings: list[Finding] = []
    passed: list[str] = []
    not_run: list[NotRun] = []
    broken: list[Broken] = []
    checks = tuple(checks)
    meant, told = _as_meant(year, rules, memory) if any(one.as_typed for one in checks) else (year, frozenset())
    for one in checks:
        try:
            seen = year if one.as_typed else meant
            outcomes = memory.recall(one.id, seen, rules, partial(_outcomes, one, rules))
        except Exception as error:  # a fault in a check is the check's, not the department's
            broken.append(Broken(one.id, f"{type(error).__name__}: {error}"))
            continue
        hits = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
        if told and not one.as_typed:
            open_hits = [hit for hit in hits if (hit.where.sheet, hit.where.cell) not in told]
            waiting = list(dict.fromkeys(f"{hit.where}改正单位以后的数" for hit in hits if hit not in open_hits))
            hits, not_run = open_hits, [*not_run, *(NotRun(one.id, what) for what in waiting)]
        lacking = [outcome for outcome in outcomes if isinstance(outcome, Missing)]
        findings += hits
        not_run += [NotRun(one.id, missing.what) for missing in lacking]
        if not outcomes:
            passed.append(one.id)
    return CheckReport(
        document=head_of(year),
        findings=tuple(findings),
        passed=tuple(passed),
        not_run=tuple(not_run),
        broken=tuple(broken),
    )


def _outcomes(one: Check, rules: CheckRules, year: DepartmentYear) -> tuple[Finding | Missing, ...]:
    return tuple(one.run(year, rules))


def _as_meant(
    year: DepartmentYear, rules: CheckRules, memory: Memory
) -> tuple[DepartmentYear, frozenset[tuple[str, str]]]:
    try:
        wrong, _ = memory.recall("slips", year, rules, lambda watched: slips.slipped(watched, rules))
        return slips.as_meant(year, wrong)
    except Exception:  # the check of slips itself will tell it
        return year, frozenset()


def head_of(year: DepartmentYear) -> DocumentHead:
    """Whose year it is."""
    profile = year.profile
    return DocumentHead(WORKBOOK, profile.department, profile.fiscal_year.year, profile.region.digits)
