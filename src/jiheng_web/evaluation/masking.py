"""Score sheets for those outside the department: the same points and reasons, the names of who judged masked."""

from __future__ import annotations

from dataclasses import replace

from jiheng.model import DepartmentYear, ScoreLine, ScoreSheet
from jiheng_web.years.personal import masked


def sheet_without_names(sheet: ScoreSheet, year: DepartmentYear) -> ScoreSheet:
    """The sheet with every name in its reckonings masked."""
    blocks = (replace(one, lines=tuple(line_without_names(line, year) for line in one.lines)) for one in sheet.blocks)
    return replace(sheet, blocks=tuple(blocks))


def line_without_names(line: ScoreLine, year: DepartmentYear) -> ScoreLine:
    """The row with the names in its inputs and of those who confirmed its rules masked."""
    people = {one.person for one in year.judged_scores if one.person}
    inputs = []
    for one in line.trace.inputs:
        person = next((name for name in people if one.name.startswith(name)), "")
        inputs.append(replace(one, name=masked(person) + one.name.removeprefix(person)) if person else one)
    rules = tuple(replace(one, person=masked(one.person)) for one in line.trace.parameters)
    return replace(line, trace=replace(line.trace, inputs=tuple(inputs), parameters=rules))
