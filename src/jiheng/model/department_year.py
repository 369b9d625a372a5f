"""部门年度: everything one department's year holds, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass, field

from jiheng.model.evaluation import (
    Achievement,
    Evidence,
    JudgedScore,
    ManagementFact,
    Passage,
    Problem,
    SelfEvaluation,
    StatedResults,
    Survey,
)
from jiheng.model.execution import Adjustment, BudgetLine, BudgetPart
from jiheng.model.goals import FundBlock, Indicator, OverallGoal
from jiheng.model.monitoring import MonitoringEntry
from jiheng.model.profile import Duty, KeyTask, Office, PolicyBasis, Profile, Staffing
from jiheng.model.projects import Payment, Project, Quantity, SubItem
from jiheng.model.provenance import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentYear:
    """A department's year. Checks, scores and reports are pure functions of it and a rule set."""

    profile: Profile
    offices: tuple[Office, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    duties: tuple[Duty, ...] = ()
    key_tasks: tuple[KeyTask, ...] = ()
    policies: tuple[PolicyBasis, ...] = ()
    fund_block: FundBlock = field(default_factory=FundBlock)
    goals: tuple[OverallGoal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    projects: tuple[Project, ...] = ()
    sub_items: tuple[SubItem, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    payments: tuple[Payment, ...] = ()
    monitoring: tuple[MonitoringEntry, ...] = ()
    self_evaluations: tuple[SelfEvaluation, ...] = ()
    judged_scores: tuple[JudgedScore, ...] = ()
    surveys: tuple[Survey, ...] = ()
    management_facts: tuple[ManagementFact, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    stated: StatedResults = field(default_factory=StatedResults)
    problems: tuple[Problem, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    passages: tuple[Passage, ...] = ()
    source: SourceFile | None = None

    def budget(self, part: BudgetPart) -> BudgetLine | None:
        """The line of a part, not its details; None when the workbook has none."""
        return next((line for line in self.budget_lines if line.part is part and not line.is_detail), None)
