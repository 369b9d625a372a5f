"""重复: the same thing entered twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar

from jiheng.checks.check import Located, Outcome, check, hit
from jiheng.model import DepartmentYear, Level
from jiheng.rulebook.check_rules import CheckRules

Record = TypeVar("Record")


class Coded(Located, Protocol):
    """A record with a code of its own."""

    @property
    def code(self) -> str: ...


_ONCE = "同一事项只填一次"


def _repeats(rows: Iterable[Record], key: Callable[[Record], Hashable]) -> Iterator[tuple[Record, Record]]:
    """Each row whose key an earlier row had, with that row; rows without a key are left out."""
    seen: dict[Hashable, Record] = {}
    for row in rows:
        identity = key(row)
        if identity is None:
            continue
        if identity in seen:
            yield row, seen[identity]
        else:
            seen[identity] = row


@check(
    "duplicates.rows",
    "没有重复的行",
    level=Level.WARNING,
    basis=_ONCE,
    message="“{sheet}”表第 {row} 行与第 {first} 行重复：{what}。",
    reckoning="两行的{same}相同。",
    mend="请删掉重复的一行；确实是两件事的，把名称写得能区分开。",
)
def rows(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Indicators, projects, uses of money and adjustments that agree in everything that tells them apart."""
    pairs: list[tuple[Located, Located, str, str, str]] = []
    for one, first in _repeats(year.indicators, lambda i: (i.project, i.activity, i.task, i.category, i.name)):
        pairs.append((one, first, "name", f"指标“{one.name}”", "活动、任务、二级和三级指标"))
    for project, before in _repeats(year.projects, lambda p: p.name):
        pairs.append((project, before, "name", f"项目“{project.name}”", "项目名称"))
    for item, earlier in _repeats(
        year.sub_items,
        lambda i: (i.project, i.name, i.task, i.paid.money, i.starts) if i.paid else None,
    ):
        pairs.append((item, earlier, "name", f"子项“{item.name}”{item.paid}", "项目、子项、任务和支付金额"))
    for change, former in _repeats(
        year.adjustments,
        lambda a: (a.kind, a.part, a.document_number, a.project, a.amount.money) if a.amount else None,
    ):
        what = f"{change.kind} {change.amount}（{change.document_number or '无文号'}）"
        pairs.append((change, former, "amount", what, "类型、文号、项目和金额"))
    for at, original, field, what, same in pairs:
        sheet = at.origin.sheet if at.origin else ""
        row, first_row = (one.origin.row if one.origin else 0 for one in (at, original))
        yield hit(at, field, sheet=sheet, row=row, first=first_row, what=what, same=same)


def _coded(year: DepartmentYear) -> tuple[tuple[Coded, ...], ...]:
    return (year.duties, year.key_tasks, year.policies, year.goals, year.indicators, year.projects, year.surveys,
            year.problems, year.evidence)  # fmt: skip


def _code(record: Coded) -> Hashable:
    return record.code or None


@check(
    "duplicates.codes",
    "编号不重复",
    level=Level.WARNING,
    basis="编号用来认行，分发、合并和对应都靠它",
    message="“{sheet}”表第 {row} 行的编号“{code}”与第 {first} 行相同，内容却不同。",
    reckoning="编号“{code}”出现了两次。",
    mend="请给其中一行换一个编号，其他表里引用它的地方也一并改。",
)
def codes(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Every sheet that has codes."""
    for table in _coded(year):
        for one, first in _repeats(table, _code):
            sheet = one.origin.sheet if one.origin else ""
            row, first_row = (record.origin.row if record.origin else 0 for record in (one, first))
            yield hit(one, "code", quote=one.code, sheet=sheet, row=row, first=first_row, code=one.code)
