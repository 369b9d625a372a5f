"""重复: the same thing entered twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from jiheng.checks.check import Located, Missing, Outcome, check, hit
from jiheng.model import DepartmentYear, Level
from jiheng.rulebook.check_rules import CheckRules
from jiheng.rulebook.forms import workbook_form
from jiheng.values import Figure

Record = TypeVar("Record", bound=Located)


class Coded(Located, Protocol):
    """A record with a code of its own."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that say the same: the later, the earlier, the field to show, what they are, in what they agree."""

    later: Located
    earlier: Located
    field: str
    what: str
    same: str


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
    basis="同一事项只填一次",
    message="“{sheet}”表第 {row} 行与第 {first} 行重复：{what}。",
    reckoning="两行的{same}相同。",
    mend="请删掉重复的一行；确实是两件事的，写得能区分开。",
)
def rows(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Rows that agree in everything that tells them apart."""
    if _is_empty(year):
        yield Missing("任何一张表的内容")
    for pair in _same_rows(year):
        sheet, row, first = _rows_of(pair.later, pair.earlier)
        yield hit(pair.later, pair.field, sheet=sheet, row=row, first=first, what=pair.what, same=pair.same)


def _is_empty(year: DepartmentYear) -> bool:
    return not any(getattr(year, sheet.record) for sheet in workbook_form().sheets if sheet.kind == "table")


def _rows_of(later: Located, earlier: Located) -> tuple[str, int, int]:
    """The sheet, the row, and the row that came first."""
    one, first = later.origin, earlier.origin
    return one.sheet if one else "", one.row if one else 0, first.row if first else 0


def _same_rows(year: DepartmentYear) -> Iterator[Pair]:
    for one, first in _repeats(year.indicators, lambda i: (i.project, i.activity, i.task, i.category, i.name)):
        yield Pair(one, first, "name", f"指标“{one.name}”", "活动、任务、二级和三级指标")
    for project, before in _repeats(year.projects, lambda p: p.name):
        yield Pair(project, before, "name", f"项目“{project.name}”", "项目名称")
    for line, known in _repeats(year.budget_lines, lambda b: (b.part, b.source, b.activity)):
        detail = f"{line.source or line.activity}" and f"（{line.source or line.activity}）"
        yield Pair(line, known, "part", f"{line.part}{detail}", "支出类别、资金来源、活动领域")
    for item, earlier in _repeats(
        year.sub_items,
        lambda i: (i.project, i.name, i.task, i.payee, i.starts, i.paid.money) if i.paid else None,
    ):
        same = "项目、子项、任务、收款单位、费用期间起和支付金额"
        yield Pair(item, earlier, "name", f"子项“{item.name}”{item.paid}", same)
    for change, former in _repeats(
        year.adjustments,
        lambda a: (a.kind, a.part, a.document_number, a.project, a.reason, a.amount.money) if a.amount else None,
    ):
        what = f"{change.kind} {change.amount}（{change.document_number or '无文号'}）"
        yield Pair(change, former, "amount", what, "类型、文号、项目、事由和金额")
    for quantity, counted in _repeats(year.quantities, lambda q: (q.project, q.subject, q.kind)):
        yield Pair(quantity, counted, "kind", f"“{quantity.subject}”的“{quantity.kind}”", "项目、事项和类别")
    for payment, paid in _repeats(year.payments, lambda p: (p.project, p.month, _amount(p.planned), _amount(p.paid))):
        yield Pair(payment, paid, "month", f"项目“{payment.project}”{payment.month}月", "项目、月份和金额")
    for evaluation, former_one in _repeats(year.self_evaluations, lambda e: e.project):
        yield Pair(evaluation, former_one, "project", f"项目“{evaluation.project}”的自评", "项目")
    for fact, answered in _repeats(year.management_facts, lambda f: f.item):
        yield Pair(fact, answered, "item", f"“{fact.item}”", "事项")
    for staff, listed in _repeats(year.staffing, lambda s: s.kind):
        yield Pair(staff, listed, "kind", f"“{staff.kind}”", "人员类别")


def _amount(figure: Figure | None) -> int | None:
    return figure.money.fen if figure else None


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
    message="“{sheet}”表第 {row} 行的编号“{code}”与第 {first} 行相同。",
    reckoning="编号“{code}”出现在第 {first} 行和第 {row} 行。",
    mend="是同一件事的，请删掉一行；是两件事的，给其中一行换一个编号，其他表里引用它的地方也一并改。",
)
def codes(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Every sheet that has codes; a row that repeats another as a whole is told once."""
    if not any(_code(record) for table in _coded(year) for record in table):
        yield Missing("各表的编号")
    told = {id(pair.later) for pair in _same_rows(year)}
    for table in _coded(year):
        for one, first in _repeats(table, _code):
            if id(one) not in told:
                sheet, row, first_row = _rows_of(one, first)
                yield hit(one, "code", quote=one.code, sheet=sheet, row=row, first=first_row, code=one.code)
