"""The register of checks: what the subject modules define, then what installed extensions add."""

from __future__ import annotations

from functools import cache

from jiheng import extension
from jiheng.checks import (
    actuals,
    adjustments,
    duplicates,
    execution,
    fund,
    goals,
    management,
    passages,
    periods,
    projects,
    rates,
    references,
    satisfaction,
    scores,
    slips,
    targets,
)
from jiheng.checks.check import Check

SUBJECTS = (slips, fund, execution, adjustments, rates, goals, targets, actuals, scores, satisfaction, projects, periods,
            duplicates, references, management, passages)  # fmt: skip


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the subjects; extensions (`jiheng.checks`) come last."""
    ours = (one for subject in SUBJECTS for one in vars(subject).values() if isinstance(one, Check))
    theirs = (one for checks in extension.load(extension.CHECKS) for one in checks)
    checks = (*ours, *theirs)
    twice = {one.id for one in checks if [c.id for c in checks].count(one.id) > 1}
    if twice:
        raise ValueError(f"核查编号重复：{'、'.join(sorted(twice))}")
    return checks
