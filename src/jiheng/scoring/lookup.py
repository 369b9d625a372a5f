"""Looking up the figures of a year that rates and rules ask for, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiheng.model import BudgetPart, DepartmentYear, ManagementFact, Origin, Project, TraceInput
from jiheng.rulebook.methods import Rate, RateShape
from jiheng.rulebook.operands import PARTS, operand_name
from jiheng.scoring.arithmetic import Share, over
from jiheng.values import Figure, Money, show_number
from jiheng.values.exact import LARGEST
from jiheng.values.units import Dimension


def place(origin: Origin | None, field: str = "") -> str:
    """Sheet and cell of a record's field, empty when unknown."""
    return f"{origin.sheet}!{origin.cell(field)}" if origin else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in base units, and the inputs it comes from."""

    value: Decimal
    inputs: tuple[TraceInput, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing or impossible, in a sentence."""

    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A rate as a share (1 = 100%), with its inputs and its arithmetic."""

    share: Share
    inputs: tuple[TraceInput, ...]
    step: str

    @property
    def percent(self) -> str:
        """The rate with two decimals, for showing only."""
        numerator, denominator = self.share
        rounded = (2 * abs(numerator) * 10000 + denominator) // (2 * denominator)
        sign = "-" if numerator < 0 and rounded else ""
        return f"{sign}{show_number(Decimal(rounded).scaleb(-2))}%"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The year, and the project where one is scored."""

    year: DepartmentYear
    project: Project | None = None

    def fact(self, item: str) -> ManagementFact | None:
        """管理情况 by its 事项; for a project, `项目编号/事项` comes first."""
        names = [item]
        if self.project is not None:
            names = [f"{self.project.code}/{item}", f"{self.project.name}/{item}", item]
        for name in names:
            found = next((fact for fact in self.year.management_facts if fact.item == name), None)
            if found is not None:
                return found
        return None

    def operand(self, text: str) -> Found | Missing:
        """One operand of a formula. Empty is not zero: it is missing."""
        head, *rest = text.split(".", 2)
        name = operand_name(text)
        if head == "budget":
            return self._budget(PARTS[rest[0]], rest[1], name)
        if head == "project":
            if self.project is None:
                return Missing(f"没有“{name}”")
            figure = getattr(self.project, rest[0])
            return _figure(figure, name, place(self.project.origin, rest[0]), needs_money=True)
        if head == "staffing":
            return self._staffing(rest[0], name)
        fact = self.fact(".".join(rest))
        if fact is None:
            return Missing(f"管理情况中没有“{name}”")
        return _figure(fact.figure, name, place(fact.origin, "answer"))

    def _budget(self, part: BudgetPart, column: str, name: str) -> Found | Missing:
        line = self.year.budget(part)
        if line is None and part is BudgetPart.TOTAL:
            lines = [line for line in self.year.budget_lines if not line.is_detail]
            if not lines:
                return Missing("预算执行表是空的")
            found = [
                _figure(getattr(one, column), one.part.value, place(one.origin, column), needs_money=True)
                for one in lines
            ]
            return _total(found)
        if line is None:
            return Missing(f"预算执行表没有“{part.value}”这一行")
        return _figure(getattr(line, column), name, place(line.origin, column), needs_money=True)

    def _staffing(self, column: str, name: str) -> Found | Missing:
        if not self.year.staffing:
            return Missing("没有填写人员情况")
        found: list[Found | Missing] = []
        for row in self.year.staffing:
            value, where = getattr(row, column), place(row.origin, column)
            if value is None:
                found.append(Missing(f"人员情况“{row.kind}”没有填写{name}", where))
            else:
                found.append(Found(value, (TraceInput(f"{row.kind}{name}", show_number(value), where),)))
        return _total(found)

    def rate(self, rate: Rate) -> Reckoned | Missing:
        """A rate from its formula. Missing when an operand is, or when the whole is zero."""
        part = _total([self.operand(text) for text in rate.part])
        whole = _total([self.operand(text) for text in rate.whole])
        for side in (part, whole):
            if isinstance(side, Missing):
                return Missing(f"{rate.name}算不出来：{side.reason}", side.where)
        assert isinstance(part, Found)
        assert isinstance(whole, Found)
        if whole.value == 0:
            return Missing(f"{rate.name}算不出来：分母为零", whole.inputs[0].where)
        numerator = {
            RateShape.SHARE: part.value,
            RateShape.GROWTH: part.value - whole.value,
            RateShape.SAVING: whole.value - part.value,
        }[rate.shape]
        inputs = (*part.inputs, *whole.inputs)
        words = rate.shape.formula(_sum_text(part), _sum_text(whole))
        reckoned = Reckoned(over(numerator, whole.value), inputs, "")
        return Reckoned(reckoned.share, inputs, f"{rate.name} = {words} = {reckoned.percent}")


def _sum_text(found: Found) -> str:
    given = [item.given for item in found.inputs]
    return given[0] if len(given) == 1 else f"({' + '.join(given)})"


def _figure(figure: Figure | None, name: str, where: str, *, needs_money: bool = False) -> Found | Missing:
    if figure is None:
        return Missing(f"没有填写“{name}”", where)
    if needs_money and figure.unit.dimension is not Dimension.MONEY:
        return Missing(f"“{name}”的单位是“{figure.unit}”，应是金额", where)
    if abs(figure.in_base) > LARGEST:
        return Missing(f"“{name}”的数 {figure.text or figure.value} 大得不可能，请核对", where)
    if figure.in_base < 0:
        return Missing(f"“{name}”是负数（{figure}），请核对", where)
    return Found(figure.in_base, (TraceInput(name, str(figure), where),))


def _total(found: Sequence[Found | Missing]) -> Found | Missing:
    total = Decimal(0)
    inputs: tuple[TraceInput, ...] = ()
    for one in found:
        if isinstance(one, Missing):
            return one
        total, inputs = total + one.value, (*inputs, *one.inputs)
    return Found(total, inputs)


def money_text(value: Decimal) -> str:
    """An amount in 元 as people read it, in 万元."""
    return str(Money(value))
