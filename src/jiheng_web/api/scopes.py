"""What a token may be used for, and which action of the one table its owner needs for it."""

from __future__ import annotations

from enum import StrEnum

from jiheng_web.organisation.roles import Action


class Scope(StrEnum):
    """One thing that a token opens; a token never opens more than its owner may do."""

    DEPARTMENTS = "departments:read"
    INDICATORS = "indicators:read"
    ACTUALS = "actuals:read"
    WRITE_ACTUALS = "actuals:write"
    EXECUTION = "execution:read"
    FINDINGS = "findings:read"
    REPORTS = "reports:read"

    @property
    def action(self) -> Action:
        """What the owner's role must allow."""
        return _ACTIONS[self]


_ACTIONS = {
    Scope.DEPARTMENTS: Action.SEE_YEAR,
    Scope.INDICATORS: Action.SEE_YEAR,
    Scope.ACTUALS: Action.SEE_YEAR,
    Scope.WRITE_ACTUALS: Action.EDIT_ROWS,
    Scope.EXECUTION: Action.SEE_YEAR,
    Scope.FINDINGS: Action.SEE_FINDINGS,
    Scope.REPORTS: Action.SEE_SUBMISSIONS,
}
