"""自评与整体评价: what was judged, surveyed, stated and found wanting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiheng.model.provenance import Origin
from jiheng.values import Exact, Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluation:
    """项目自评 of one project. **Unit** scores in 分."""

    project: str
    expected: str = ""
    achieved: str = ""
    execution_score: Exact | None = None
    output_score: Exact | None = None
    benefit_score: Exact | None = None
    satisfaction_score: Exact | None = None
    cost_score: Exact | None = None
    total: Exact | None = None
    grade: str = ""
    recheck_total: Exact | None = None
    deviation_note: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedScore:
    """评分判定: a score that a person gives, inside the band of its level, with a reason. **Unit** 分."""

    subject: str
    level: str = ""
    score: Exact | None = None
    target_too_low: bool | None = None
    person: str = ""
    reason: str = ""
    judged_on: date | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """满意度调查 and its result. **Unit** `satisfaction` in %."""

    code: str = ""
    name: str
    indicators: tuple[str, ...] = ()
    group: str = ""
    method: str = ""
    starts: date | None = None
    ends: date | None = None
    issued: Exact | None = None
    valid: Exact | None = None
    satisfied: Exact | None = None
    satisfaction: Figure | None = None
    evidence: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementFact:
    """管理情况: the answer to one question of the catalogue: yes or no, a number, or an amount."""

    item: str
    answer: bool | None = None
    figure: Figure | None = None
    text: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedResults:
    """自报结果: what the department itself states; the engine reckons the same and compares."""

    execution_rate: Figure | None = None
    carryover_amount: Figure | None = None
    carryover_rate: Figure | None = None
    budget_final_variance: Figure | None = None
    final_accounts: Figure | None = None
    score: Exact | None = None
    grade: str = ""
    evaluated_projects: Exact | None = None
    unfinished_projects: Exact | None = None
    satisfaction: Figure | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """主要成效数据: a result the department reports with its figure and its growth (**Unit** %)."""

    name: str
    value: Figure | None = None
    growth: Figure | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """问题与整改: a problem, its cause, the measure, who does it until when, and how it stands."""

    code: str = ""
    text: str
    cause: str = ""
    measure: str = ""
    office: str = ""
    owner: str = ""
    due: date | None = None
    state: str = ""
    done_on: date | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """佐证材料: one piece of the file, and where it lies."""

    code: str
    name: str
    kind: str = ""
    subject: str = ""
    location: str = ""
    dated: date | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """报告文字: a paragraph of the department's own for a section of the report; {执行率} stands for a bound figure."""

    section: str
    text: str
    origin: Origin | None = None
