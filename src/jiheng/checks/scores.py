"""自评分: what the department states of itself, held against what the year shows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit, only_missing
from jiheng.checks.goals import some
from jiheng.checks.projects import project_called
from jiheng.model import BudgetPart, DepartmentYear, Level, ProjectStatus, SelfEvaluation, StatedResults
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import show_number

_PARTS = {
    "execution_score": "预算执行率得分",
    "cost_score": "成本指标得分",
    "output_score": "产出指标得分",
    "benefit_score": "效益指标得分",
    "satisfaction_score": "满意度指标得分",
}
_SUMMED = "财预〔2020〕10号第十六条：总分由各项指标得分汇总形成"


def unfinished(year: DepartmentYear) -> dict[str, str]:
    """Projects that were not finished, or scored 0: name and how we know."""
    found: dict[str, str] = {}
    for project in year.projects:
        if project.status in (ProjectStatus.NOT_DONE, ProjectStatus.NOT_STARTED):
            found[project.name] = str(project.status)
    for one in year.self_evaluations:
        if one.total == 0:
            called = project_called(year, one.project)
            name = called.name if called else one.project
            found[name] = f"{found[name]}、自评0分" if name in found else "自评0分"
    return found


def _is_told(year: DepartmentYear) -> bool:
    """Whether the year says of any project how it ended."""
    return any(project.status for project in year.projects) or any(
        one.total is not None for one in year.self_evaluations
    )


def _in_words(projects: dict[str, str]) -> str:
    return some([f"“{name}”{how}" for name, how in projects.items()])


@check(
    "scores.full_with_unfinished",
    "满分与未完成的项目不能并存",
    level=Level.WARNING,
    basis=_SUMMED,
    message="整体绩效自评分 {score}分，是满分，但有 {count} 个项目没有完成或自评为 0 分{projects}{evaluated}。",
    reckoning="自评分 {score}分等于满分 {full}分；没有完成或自评为 0 分的项目 {count} 个{projects}。",
    mend="请把没有完成的项目计入评分，或说明它为什么不在整体绩效指标之内、不影响得分。",
)
def full_with_unfinished(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """A full score supposes that everything was done."""
    score, full = year.stated.score, rules.number("full_score")
    stated = year.stated.unfinished_projects
    if score is None or not (_is_told(year) or stated is not None):
        told = _is_told(year) or stated is not None
        yield only_missing(自报整体绩效自评分=score, 项目的完成情况或自评总分或自报未完成项目数=told)
        return
    projects = unfinished(year)
    if score != full or not (projects or stated):
        return
    evaluated = year.stated.evaluated_projects
    yield hit(
        year.stated,
        "score",
        quote=f"{score:f}",
        score=score,
        full=full,
        count=len(projects) or int(stated or 0),
        projects=f"：{_in_words(projects)}" if projects else "，见自报未完成项目数",
        evaluated=f"（自评项目共 {evaluated:f} 个）" if evaluated is not None else "",
    )


@check(
    "scores.full_execution_with_unfinished",
    "全部执行与未完成的项目不能并存",
    level=Level.WARNING,
    basis="没有完成的项目一般有结转、结余或收回的资金",
    message="有 {count} 个项目没有完成：{projects}，但预算全部执行（{executed}），{left}。",
    reckoning="全年预算数 {budget}，执行数 {executed}，{left}。",
    mend="请说明没有完成的项目的钱到哪里去了：已支付、收回、调剂，还是应有结转。",
)
def full_execution_with_unfinished(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Everything spent, nothing carried over, and yet something not done."""
    line = year.budget(BudgetPart.TOTAL)
    if line is None or line.executed is None or line.annual_budget is None or not _is_told(year):
        yield only_missing(
            全年预算数=line and line.annual_budget,
            执行数=line and line.executed,
            项目的完成情况或自评总分=_is_told(year),
        )
        return
    projects = unfinished(year)
    carried = [one for one in (line.carried_over, line.surplus, year.stated.carryover_amount) if one]
    if (
        not projects
        or any(one.money.fen for one in carried)
        or line.executed.interval.high < line.annual_budget.interval.low
    ):
        return
    yield hit(
        line,
        "executed",
        quote=line.executed.text,
        count=len(projects),
        projects=_in_words(projects),
        executed=line.executed,
        budget=line.annual_budget,
        left="年末结转结余为 0" if carried else "年末结转结余没有填",
    )


@check(
    "scores.project_sum",
    "项目自评总分等于各部分之和",
    level=Level.ERROR,
    needs=("self_evaluations",),
    basis=_SUMMED,
    message="项目“{project}”自评总分 {total}，但{addends} 相加是 {sum}。",
    reckoning="{addends}，相加 {sum}；总分 {total}。",
    mend="请改正总分或其中一部分。",
)
def project_sum(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """With parts missing the sum may only fall short."""
    compared = False
    for one in year.self_evaluations:
        parts = {title: score for name, title in _PARTS.items() if (score := getattr(one, name)) is not None}
        if one.total is None or len(parts) < 3:
            continue
        compared = True
        total = sum(parts.values(), Decimal(0))
        if total != one.total and (total > one.total or _is_complete(one)):
            addends = "、".join(f"{title} {show_number(score)}" for title, score in parts.items())
            yield hit(
                one, "total", quote=f"{one.total:f}", project=one.project, total=one.total, addends=addends, sum=total
            )
    if not compared:
        yield only_missing(
            "项目自评的各部分得分", 项目自评的总分=any(one.total is not None for one in year.self_evaluations)
        )


def _is_complete(one: SelfEvaluation) -> bool:
    return None not in (one.execution_score, one.output_score, one.benefit_score, one.satisfaction_score)


@check(
    "scores.range",
    "得分在 0 到满分之间",
    level=Level.ERROR,
    basis="财预〔2020〕10号第十八条：总分一般设置为100分",
    message="{whose}得分 {score}，不在 0 到 {full} 之间。",
    reckoning="{score} 超出 0 至 {full}。",
    mend="请改正得分。",
)
def in_range(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """The stated score and each project's."""
    if not any(score is not None for _, _, score, _ in _scored(year)):
        yield Missing("自评得分")
    full = rules.number("full_score")
    for record, whose, score, _ in _scored(year):
        if score is not None and not 0 <= score <= full:
            yield hit(record, _score_field(record), quote=f"{score:f}", whose=whose, score=score, full=full)


def _scored(year: DepartmentYear) -> Iterator[tuple[StatedResults | SelfEvaluation, str, Decimal | None, str]]:
    """Whatever carries a score and a grade: the record, whose it is, both."""
    yield year.stated, "整体绩效自评", year.stated.score, year.stated.grade
    for one in year.self_evaluations:
        yield one, f"项目“{one.project}”自评", one.total, one.grade


def _score_field(record: StatedResults | SelfEvaluation) -> str:
    return "score" if isinstance(record, StatedResults) else "total"


@check(
    "scores.grade",
    "等级与得分相符",
    level=Level.ERROR,
    basis="财预〔2020〕10号第十八条：90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差",
    message="{whose}得分 {score}，等级写“{grade}”，按分数应为“{right}”。",
    reckoning="{score} 分在“{right}”一档。",
    mend="请改正等级；本地另有等级标准的，请告知管理员在规则里设定。",
)
def grade(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """By the bands of the region's rules."""
    if not any(score is not None and grade for _, _, score, grade in _scored(year)):
        yield only_missing(
            "同一项的自评得分和等级",
            自评得分=any(score is not None for _, _, score, _ in _scored(year)),
            等级=any(grade for *_, grade in _scored(year)),
        )
    bands = sorted(rules.grades.value, key=lambda band: -band.lowest)
    names = {band.name for band in bands}
    for record, whose, score, given in _scored(year):
        if score is None or given not in names or score < 0:
            continue
        expected = next(band.name for band in bands if score >= band.lowest)
        if expected != given:
            yield hit(
                record, "grade", quote=given, whose=whose, score=score, grade=given, expected=expected, right=expected
            )


@check(
    "scores.project_count",
    "自评项目数与项目自评表一致",
    level=Level.HINT,
    basis="财预〔2020〕10号第八条：单位自评的对象包括纳入政府预算管理的所有项目支出",
    message="自报开展自评的项目 {stated} 个，“项目自评”表列了 {listed} 个。",
    reckoning="“项目自评”表 {listed} 行，自报 {stated} 个。",
    mend="请把自评过的项目都列进“项目自评”表，或改正自报的个数。",
)
def project_count(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """More on the list than stated is as wrong as fewer."""
    stated, listed = year.stated.evaluated_projects, len(year.self_evaluations)
    if stated is None or not listed:
        yield only_missing(自报的自评项目数=stated, 项目自评表=bool(listed))
    elif stated != listed:
        yield hit(year.stated, "evaluated_projects", quote=f"{stated:f}", stated=stated, listed=listed)
