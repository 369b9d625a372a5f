"""项目自评: all projects with their scores, and the ministry's form of one (财预〔2020〕10号 附件1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

from jiheng.model import DepartmentYear, JudgedScore, Project, ScoreLine, ScoreSheet, SelfEvaluation
from jiheng.reporting.forms_projects import deviation_notes
from jiheng_web.evaluation.masking import line_without_names
from jiheng_web.evaluation.standing import Changing, open_rows
from jiheng_web.years.bridge import FIRST, Bound, bound, fen
from jiheng_web.years.models import Year
from jiheng_web.years.personal import masked
from jiheng_web.years.queries import evaluated

EXECUTION = "预算执行率"


@dataclass(frozen=True, slots=True)
class Scored:
    """A project with its sheet. **Unit** 分 of money and of points."""

    row: int
    project: Project
    sheet: ScoreSheet
    budget: int | None
    executed: int | None
    stated: Decimal | None
    """The total that the department states itself, where it differs from the reckoned one."""

    @property
    def open_count(self) -> int:
        """How many rows have no score yet."""
        return sum(one.score is None for one in self.sheet.lines)


@dataclass(frozen=True, slots=True)
class Overview:
    """All projects of a year."""

    projects: tuple[Scored, ...]
    unscored: str

    @property
    def finished(self) -> int:
        """How many have a total."""
        return sum(one.sheet.total is not None for one in self.projects)

    @property
    def open_points(self) -> Decimal:
        """The points still open, over all projects."""
        return sum((one.sheet.open_points for one in self.projects), Decimal(0))

    @property
    def grades(self) -> list[tuple[str, int]]:
        """How many projects have each grade, best first."""
        best: dict[str, Decimal] = {}
        for one in self.projects:
            if one.sheet.grade and one.sheet.total is not None:
                best[one.sheet.grade] = max(one.sheet.total, best.get(one.sheet.grade, Decimal(0)))
        counts = Counter(one.sheet.grade for one in self.projects if one.sheet.grade)
        return sorted(counts.items(), key=lambda pair: -best.get(pair[0], Decimal(0)))

    @property
    def budget(self) -> int:
        """The sum of 全年预算数 of the projects that have both amounts; only these make a rate."""
        return sum(one.budget or 0 for one in self.projects if one.executed is not None)

    @property
    def executed(self) -> int:
        """The sum of 执行数 of the same projects."""
        return sum(one.executed or 0 for one in self.projects if one.budget is not None)

    @property
    def without_amounts(self) -> int:
        """How many projects lack one of the two."""
        return sum(one.budget is None or one.executed is None for one in self.projects)


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of the form. `part` and `category` are empty where the row above has the same."""

    line: ScoreLine
    part: str
    category: str
    note: str
    judged: tuple[JudgedScore, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """项目支出绩效自评表 of one project."""

    scored: Scored
    at: int
    """The project's place among all."""
    year: DepartmentYear
    said: SelfEvaluation | None
    said_row: int | None
    execution: ScoreLine | None
    initial: int | None
    lines: tuple[FormLine, ...]
    opened: tuple[Changing, ...]

    @property
    def supervising(self) -> str:
        """主管部门: of a department that names none, itself."""
        return self.year.profile.supervising_department or self.year.profile.department

    @property
    def expected(self) -> str:
        """预期目标: as stated in the self-evaluation, else the project's goal."""
        return (self.said.expected if self.said else "") or self.scored.project.goal

    @property
    def achieved(self) -> str:
        """实际完成情况."""
        return self.said.achieved if self.said else ""


def overview(year: Year) -> Overview:
    """All projects, in the order of the table."""
    made, result = bound(year), evaluated(year)
    said = {one.project: one for one in result.year.self_evaluations}
    pairs = zip(result.year.projects, result.project_sheets, strict=False)
    found = [_scored(made, said, project, sheet) for project, sheet in pairs]
    return Overview(tuple(one for one in found if one is not None), result.unscored)


def form_of(year: Year, row: int, *, with_people: bool = True) -> Form | None:
    """The form of the project in a row; None where there is no such project or no rule to score it by.

    Without `with_people` the names of who judged are masked.
    """
    made, result = bound(year), evaluated(year)
    at = next(
        (n for n, one in enumerate(result.year.projects) if one.origin and _row(made, one.origin.row) == row), None
    )
    if at is None or at >= len(result.project_sheets):
        return None
    said = {one.project: one for one in result.year.self_evaluations}
    project, sheet = result.year.projects[at], result.project_sheets[at]
    scored = _scored(made, said, project, sheet)
    if scored is None:
        return None
    execution = next((one for one in sheet.lines if one.name == EXECUTION), None)
    own = said.get(project.code) or said.get(project.name)
    spot = made.at(own.origin.sheet, own.origin.cell("project")) if own and own.origin else None
    return Form(
        scored=scored,
        at=at,
        year=result.year,
        said=own,
        said_row=spot.row_id if spot else None,
        execution=execution,
        initial=fen(project.initial_budget),
        lines=_lines(
            result.year, project, [one for one in sheet.lines if one is not execution], with_people=with_people
        ),
        opened=open_rows(year, sheet),
    )


def _row(made: Bound, at: int) -> int | None:
    ids = made.ids.get("projects", ())
    return ids[at - FIRST] if 0 <= at - FIRST < len(ids) else None


def _scored(made: Bound, said: dict[str, SelfEvaluation], project: Project, sheet: ScoreSheet) -> Scored | None:
    row = _row(made, project.origin.row) if project.origin else None
    own = said.get(project.code) or said.get(project.name)
    stated = own.total if own and own.total is not None and own.total != sheet.total else None
    if row is None:
        return None
    return Scored(row, project, sheet, fen(project.annual_budget), fen(project.executed), stated)


def _lines(
    year: DepartmentYear, project: Project, lines: list[ScoreLine], *, with_people: bool
) -> tuple[FormLine, ...]:
    notes = deviation_notes(year, project)
    found, part, category = [], "", ""
    for given in lines:
        line = given if with_people else line_without_names(given, year)
        is_new = line.part != part
        subjects = {line.id, line.name, f"{project.code}/{line.id}", f"{project.code}/{line.name}"}
        found.append(FormLine(
            line=line,
            part=line.part if is_new else "",
            category=line.category if is_new or line.category != category else "",
            note=notes.get(line.id, "") or notes.get(line.name, ""),
            judged=tuple(
                one if with_people else replace(one, person=masked(one.person))
                for one in year.judged_scores
                if one.subject in subjects
            ),
        ))  # fmt: skip
        part, category = line.part, line.category
    return tuple(found)
