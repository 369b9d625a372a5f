"""The language of the house: frozen records that intake and reading produce and checks and scoring consume."""

from jiheng.model.department_year import DepartmentYear
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
from jiheng.model.execution import Adjustment, AdjustmentKind, BudgetLine, BudgetPart
from jiheng.model.finding import (
    Broken,
    CheckReport,
    DocumentHead,
    Finding,
    Level,
    NotRun,
    Place,
    Unrecognised,
)
from jiheng.model.goals import Actual, Comparator, Direction, FundBlock, Indicator, OverallGoal
from jiheng.model.monitoring import MonitoringEntry
from jiheng.model.profile import Duty, KeyTask, Office, PolicyBasis, Profile, Staffing
from jiheng.model.projects import Payment, Project, ProjectStatus, Quantity, SubItem
from jiheng.model.provenance import Origin, SourceFile
from jiheng.model.score import (
    ScoreBlock,
    ScoreLine,
    ScoreSheet,
    ScoreState,
    Trace,
    TraceInput,
    TraceParameter,
    total_score,
)

__all__ = [
    "Achievement",
    "Actual",
    "Adjustment",
    "AdjustmentKind",
    "Broken",
    "BudgetLine",
    "BudgetPart",
    "CheckReport",
    "Comparator",
    "DepartmentYear",
    "Direction",
    "DocumentHead",
    "Duty",
    "Evidence",
    "Finding",
    "FundBlock",
    "Indicator",
    "JudgedScore",
    "KeyTask",
    "Level",
    "ManagementFact",
    "MonitoringEntry",
    "NotRun",
    "Office",
    "Origin",
    "OverallGoal",
    "Passage",
    "Payment",
    "Place",
    "PolicyBasis",
    "Problem",
    "Profile",
    "Project",
    "ProjectStatus",
    "Quantity",
    "ScoreBlock",
    "ScoreLine",
    "ScoreSheet",
    "ScoreState",
    "SelfEvaluation",
    "SourceFile",
    "Staffing",
    "StatedResults",
    "SubItem",
    "Survey",
    "Trace",
    "TraceInput",
    "TraceParameter",
    "Unrecognised",
    "total_score",
]
