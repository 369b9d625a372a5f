"""对应关系: codes that other sheets use must exist."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.check import Located, Missing, Outcome, check, hit
from jiheng.model import DepartmentYear, Level, MonitoringEntry, Quantity
from jiheng.rulebook.check_rules import CheckRules

_EXISTS = "各表引用的编号在目录里都有"


@check(
    "references.unknown",
    "引用的编号都存在",
    level=Level.WARNING,
    basis=_EXISTS,
    message="{place}引用的{what}“{code}”，在“{sheet}”表里没有。",
    reckoning="“{sheet}”表的编号中没有“{code}”。",
    mend="请改正编号，或在“{sheet}”表补上这一条。",
)
def unknown(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Duties, policies, goals, indicators and evidence; a catalogue that is empty is missing, not asked."""
    catalogues = {
        "duties": ("职责", "部门职责", {one.code for one in year.duties}),
        "policies": ("政策依据", "政策依据", {one.code for one in year.policies}),
        "goals": ("总体目标", "总体目标", {one.code for one in year.goals}),
        "indicators": ("指标", "绩效指标", {name for one in year.indicators for name in (one.code, one.name)}),
        "evidence": ("佐证材料", "佐证材料", {one.code for one in year.evidence}),
    }
    any_reference = False
    for field, (what, sheet, known) in catalogues.items():
        references = list(_references(year, field))
        any_reference = any_reference or bool(references)
        if references and not known:
            yield Missing(f"“{sheet}”表")
            continue
        for record, column, code in references:
            if code not in known:
                where = f"“{record.origin.sheet}”表第 {record.origin.row} 行" if record.origin else ""
                yield hit(record, column, quote=code, place=where, what=what, sheet=sheet, code=code)
    if not any_reference:
        yield Missing("各表引用的职责、依据、目标、指标和佐证材料编号")


def _references(year: DepartmentYear, field: str) -> Iterator[tuple[Located, str, str]]:
    """Record, field and code of each reference to a catalogue."""
    if field == "evidence":
        for indicator in year.indicators:
            for code in indicator.actual.evidence if indicator.actual else ():
                yield indicator, field, code
    if field == "indicators":
        rows: tuple[Quantity | MonitoringEntry, ...] = (*year.quantities, *year.monitoring)
        for row in rows:
            if row.indicator:
                yield row, "indicator", row.indicator
    tables = (year.key_tasks, year.goals, year.indicators, year.projects, year.surveys, year.management_facts,
              year.achievements)  # fmt: skip
    for table in tables:
        for record in table:
            for code in getattr(record, field, ()):
                yield record, field, code


@check(
    "references.office",
    "责任科室在内设机构表里",
    level=Level.HINT,
    basis=_EXISTS,
    message="{place}的责任科室“{office}”不在“内设机构”表里。",
    reckoning="“内设机构”表没有“{office}”。",
    mend="请把名称写得与“内设机构”表一致，分发工作簿时按它拆分。",
)
def office(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Told once a name."""
    known = {one.name for one in year.offices}
    if not known:
        yield Missing("“内设机构”表")
        return
    told: set[str] = set()
    for table in (year.duties, year.key_tasks, year.indicators, year.projects, year.problems):
        for record in table:
            if record.office and record.office not in known | told:
                told.add(record.office)
                where = f"“{record.origin.sheet}”表第 {record.origin.row} 行" if record.origin else ""
                yield hit(record, "office", quote=record.office, place=where, office=record.office)
