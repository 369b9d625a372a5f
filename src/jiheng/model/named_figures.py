"""The figures of a year that have a name: what a department may write as {执行率} in its own paragraphs.

Amounts come from the ledger sheets, rates are reckoned here with the base their definition names. Each knows its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jiheng.model.department_year import DepartmentYear
from jiheng.model.execution import BudgetLine, BudgetPart
from jiheng.model.provenance import Origin
from jiheng.values import Dimension, Figure, Unit, round_half_up, show_number, unit_named
from jiheng.values.units import PERCENT, WAN_YUAN

WAN_DECIMALS = 6
"""万元 with six decimals is exactly 分."""

_COLUMNS = {
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "执行数": "executed",
    "决算数": "final_accounts",
    "年末结转": "carried_over",
    "年末结余": "surplus",
}
_PART_PREFIX = {
    BudgetPart.TOTAL: "",
    BudgetPart.BASIC: "基本支出",
    BudgetPart.PROJECT: "项目支出",
    BudgetPart.OTHER: "其他支出",
}


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure with its name. **Unit** `value` in `unit`; `exact` is the value before rounding for print."""

    name: str
    value: Decimal
    unit: Unit
    places: int | None
    source: str

    @property
    def text(self) -> str:
        """As printed: half up at `places` decimals (money keeps them all, other figures drop zeros; a zero is 0).

        >>> NamedFigure("执行率", Decimal("99.6304"), PERCENT, 2, "").text
        '99.63%'
        """
        if self.places is None or self.value == 0:
            return f"{show_number(self.value)}{self.unit}"
        rounded = round_half_up(self.value, self.places)
        shown = f"{rounded:f}" if self.unit.dimension is Dimension.MONEY else show_number(rounded)
        return f"{shown}{self.unit}"


def named_amount(name: str, figure: Figure, source: str, decimals: int = WAN_DECIMALS) -> NamedFigure:
    """A ledger amount in 万元."""
    return NamedFigure(name, figure.money.wan, WAN_YUAN, decimals, source)


def named_rate(name: str, part: Decimal, whole: Decimal, source: str) -> NamedFigure:
    """A rate in % with two decimals. The whole must not be zero."""
    return NamedFigure(name, part * 100 / whole, PERCENT, 2, source)


def named_count(name: str, count: int | Decimal, unit: str, source: str) -> NamedFigure:
    """A count of things."""
    return NamedFigure(name, Decimal(count), unit_named(unit), None, source)


def cell_of(origin: Origin | None, field: str) -> str:
    """Sheet and cell of a field, for a source."""
    return f"{origin.sheet}!{origin.cell(field)}" if origin else "数据"


def decimals_needed(year: DepartmentYear) -> int:
    """How many decimals of 万元 print every ledger amount of the year exactly: two at least, six (分) at most."""
    figures = [getattr(line, field) for line in year.budget_lines for field in _COLUMNS.values()]
    figures += [figure for one in year.projects for figure in (one.annual_budget, one.executed)]
    exponents = (figure.money.wan.normalize().as_tuple().exponent for figure in figures if figure is not None)
    return min(max([2, *(-exponent for exponent in exponents if isinstance(exponent, int))]), WAN_DECIMALS)


def figure_names() -> Mapping[str, str]:
    """Every name a department may write in braces, and what it stands for; achievements add their own."""
    amounts = {prefix + title: "预算执行表" for prefix in _PART_PREFIX.values() for title in _COLUMNS}
    rates = {"执行率": "执行数 ÷ 全年预算数", "结转结余率": "（年末结转 ＋ 年末结余）÷ 全年预算数",
             "预决算差异率": "（决算数 － 年初预算数）÷ 年初预算数"}  # fmt: skip
    counts = dict.fromkeys(
        ("指标个数", "项目个数", "自评项目个数", "重点任务项数", "内设机构个数", "问题个数"), "该表的行数"
    )
    return {**amounts, **rates, **counts, "年末实有人数": "人员情况表，在职各类相加", "自评分": "自报结果表"}


def named_figures(year: DepartmentYear, decimals: int = WAN_DECIMALS) -> Mapping[str, NamedFigure]:
    """Every named figure that the year's data give; a figure whose inputs are missing has no entry."""
    found: dict[str, NamedFigure] = {}
    for part, prefix in _PART_PREFIX.items():
        line = year.budget(part)
        for title, field in _COLUMNS.items() if line else ():
            figure = getattr(line, field)
            if figure is not None:
                name = prefix + title
                found[name] = named_amount(name, figure, cell_of(line.origin if line else None, field), decimals)
    total = year.budget(BudgetPart.TOTAL)
    if total is not None:
        found |= {figure.name: figure for figure in _rates(total)}
    found |= {figure.name: figure for figure in _counts(year)}
    stated = year.stated
    if stated.score is not None:
        found["自评分"] = named_count("自评分", stated.score, "分", cell_of(stated.origin, "score"))
    for one in year.achievements:
        if one.value is not None:
            found[one.name] = NamedFigure(one.name, one.value.value, one.value.unit, None, cell_of(one.origin, "value"))
        if one.growth is not None:
            name = f"{one.name}增长率"
            found[name] = NamedFigure(name, one.growth.value, PERCENT, None, cell_of(one.origin, "growth"))
    return found


def final_of(line: BudgetLine) -> tuple[Figure | None, str]:
    """决算数 of a line and its field, or 执行数 where the ledger gives no 决算数."""
    return (line.final_accounts, "final_accounts") if line.final_accounts else (line.executed, "executed")


def _rates(line: BudgetLine) -> list[NamedFigure]:
    rates: list[NamedFigure] = []

    def add(name: str, part: Decimal | None, whole: Figure | None, words: str) -> None:
        if part is not None and whole is not None and whole.in_base:
            rates.append(named_rate(name, part, whole.in_base, words))

    def at(field: str) -> str:
        return cell_of(line.origin, field)

    executed, annual, initial = line.executed, line.annual_budget, line.initial_budget
    final, final_field = final_of(line)
    add("执行率", executed.in_base if executed else None, annual, f"{at('executed')} ÷ {at('annual_budget')}")
    kept = [figure.in_base for figure in (line.carried_over, line.surplus) if figure is not None]
    add("结转结余率", sum(kept, Decimal(0)) if kept else None, annual,
        f"（{at('carried_over')} ＋ {at('surplus')}）÷ {at('annual_budget')}")  # fmt: skip
    change = final.in_base - initial.in_base if final and initial else None
    add("预决算差异率", change, initial,
        f"（{at(final_field)} － {at('initial_budget')}）÷ {at('initial_budget')}")  # fmt: skip
    return rates


def _counts(year: DepartmentYear) -> list[NamedFigure]:
    own = [one for one in year.indicators if not one.project]
    tables = (
        ("指标个数", len(own), "个", "绩效指标表（不含项目指标）"),
        ("项目个数", len(year.projects), "个", "项目表"),
        ("自评项目个数", len(year.self_evaluations), "个", "项目自评表"),
        ("重点任务项数", len(year.key_tasks), "项", "重点任务表"),
        ("内设机构个数", sum(one.kind == "内设机构" for one in year.offices), "个", "内设机构表"),
        ("问题个数", len(year.problems), "个", "问题与整改表"),
    )
    counts = [named_count(name, count, unit, source) for name, count, unit, source in tables if count]
    heads = [one.employed for one in year.staffing if one.employed is not None and not one.is_retired]
    if heads:
        counts.append(named_count("年末实有人数", sum(heads, Decimal(0)), "人", "人员情况表，在职各类相加"))
    return counts
