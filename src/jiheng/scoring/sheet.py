"""Whole score sheets: of a department, of a project, of all projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiheng.errors import BadInput
from jiheng.model import DepartmentYear, Indicator, Project, ScoreBlock, ScoreSheet
from jiheng.rulebook.confirm import ALL_UNVERIFIED, Confirmation, all_unverified
from jiheng.rulebook.editions import Kind, Scheme
from jiheng.rulebook.naming import names_of, path_named, scoring_editions
from jiheng.rulebook.resolve import RuleSet, is_rule_path, with_confirmations
from jiheng.scoring.blocks import beside_block, indicator_block, item_block
from jiheng.scoring.grading import cap_of, grade_of
from jiheng.scoring.lookup import Lookup
from jiheng.scoring.work import Work


def confirmed_rules(year: DepartmentYear, rules: RuleSet) -> RuleSet:
    """The rules with what the year's 评分判定 confirms or replaces: records whose subject is a rule's id or name.

    “全部未核实的规则” confirms all that scores rest on; a record of its own for one of them counts before it.
    **Raises** BadInput when such a record names no rule or several, or lacks person or reason.
    """
    if not year.judged_scores:
        return rules
    names = names_of(rules.editions, rules.scales)
    taken = {text for one in year.indicators for text in (one.code, one.name)}
    every: list[Confirmation] = []
    said: list[Confirmation] = []
    for one in year.judged_scores:
        subject = one.subject.strip()
        record = Confirmation(path=subject, person=one.person, reason=one.reason, value=one.score)
        if subject == ALL_UNVERIFIED:
            every.extend(all_unverified((*scoring_editions(rules.editions), *rules.scales), record))
        elif is_rule_path(subject):
            said.append(record)
        elif subject not in taken and (path := path_named(subject, names)) is not None:
            said.append(replace(record, path=path))
    return with_confirmations(rules, (*every, *said)) if every or said else rules


def score_department(year: DepartmentYear, rules: RuleSet) -> ScoreSheet:
    """部门整体绩效评价 of a year: the scheme's blocks over the department's own indicators (those of no project).

    **Raises** BadInput when no scheme applies.
    """
    rules = confirmed_rules(year, rules)
    scheme = rules.scheme(Kind.DEPARTMENT)
    work = Work(rules, scheme, Lookup(year))
    indicators = [one for one in year.indicators if not one.project]
    return _sheet(work, Kind.DEPARTMENT, year.profile.department, indicators)


def score_project(year: DepartmentYear, project: Project, rules: RuleSet, kind: Kind = Kind.PROJECT_SELF) -> ScoreSheet:
    """项目自评 (or 部门评价/财政评价) of one project, over the indicators that name it.

    **Raises** BadInput when no scheme applies.
    """
    return _score_project(year, project, confirmed_rules(year, rules), kind)


def score_projects(year: DepartmentYear, rules: RuleSet) -> tuple[ScoreSheet, ...]:
    """项目自评 of every project of the year."""
    rules = confirmed_rules(year, rules)
    return tuple(_score_project(year, project, rules, Kind.PROJECT_SELF) for project in year.projects)


def project_named(year: DepartmentYear, name: str) -> Project:
    """The project of a code or name. **Raises** BadInput when there is none."""
    for project in year.projects:
        if name in (project.code, project.name):
            return project
    raise BadInput(f"没有编号或名称为“{name}”的项目")


def _score_project(year: DepartmentYear, project: Project, rules: RuleSet, kind: Kind) -> ScoreSheet:
    work = Work(rules, rules.scheme(kind), Lookup(year, project))
    names = {name for name in (project.code, project.name) if name}
    indicators = [one for one in year.indicators if one.project in names]
    return _sheet(work, kind, project.name, indicators)


def _sheet(work: Work, kind: Kind, subject: str, indicators: Sequence[Indicator]) -> ScoreSheet:
    scheme: Scheme = work.scheme
    blocks = tuple(
        indicator_block(work, block, indicators) if block.frames else item_block(work, block) for block in scheme.blocks
    )
    has_frames = any(block.frames for block in scheme.blocks)
    cap, cap_trace = cap_of(work)
    sheet = ScoreSheet(
        kind=kind.value,
        title=scheme.title,
        subject=subject,
        region=work.rules.region.digits,
        fiscal_year=work.rules.fiscal_year.year,
        edition=scheme.id,
        rules_hash=work.rules.sha256,
        dates=work.used([scheme.dates])[0],
        blocks=blocks,
        beside=beside_block(work, indicators) if has_frames else None,
        cap=cap,
        cap_trace=cap_trace,
        notes=(*_fallbacks(work.rules, kind), *_notes(blocks, scheme)),
    )
    return grade_of(work, sheet)


def _fallbacks(rules: RuleSet, kind: Kind) -> tuple[str, ...]:
    """The notes on how the rules were found, without those of kinds that this sheet does not use."""
    other = tuple(f"{one.label}：" for one in Kind if one not in (kind, Kind.GRADES, Kind.ADJUSTMENT))
    return tuple(note for note in rules.notes if not note.startswith(other))


def _notes(blocks: Sequence[ScoreBlock], scheme: Scheme) -> tuple[str, ...]:
    said = [note for block in blocks for note in block.notes]
    if scheme.note:
        said.insert(0, scheme.note)
    return tuple(said)
