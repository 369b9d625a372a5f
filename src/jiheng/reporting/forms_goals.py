"""部门整体支出绩效目标表, in Chaoyang's layout and in the ministry's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jiheng.model import BudgetLine, BudgetPart, Comparator, DepartmentYear, Indicator, OverallGoal
from jiheng.reporting.forms_sheet import MONEY, PLAIN, FormSheet, runs, wan, yuan
from jiheng.rulebook.words import category_named, dimension_named
from jiheng.values import show_number

CHAOYANG_WIDTHS = (17, 22, 15, 15, 24, 14, 15, 14, 13)
MINISTRY_WIDTHS = (12, 14, 17, 22, 13, 12, 12)
UNVERIFIED = "注：本表按财预〔2015〕88号附表的通行版式排列，版式未核对原文；报送前请与财政部门下发的表样核对。"


def write_chaoyang_goals(sheet: FormSheet, year: DepartmentYear) -> None:
    """Chaoyang's form as the district's reports print it: funds in 元, overall goals, nine columns of indicators."""
    sheet.title(0, f"部门整体支出绩效目标表（{year.profile.fiscal_year.year}年度）")
    sheet.line(1, f"部门名称：{year.profile.department}")
    sheet.head(2, 0, "总体资金情况（元）", down=3)
    sheet.head(2, 1, "支出总额", down=2)
    sheet.head(2, 2, "基本支出", across=4)
    sheet.head(2, 6, "项目支出", across=3)
    for column, name in enumerate(("合计", "财政拨款", "专户资金", "单位资金", "合计", "财政拨款", "单位资金"), 2):
        sheet.head(3, column, name)
    funds = year.fund_block
    basic = [yuan(one) for one in (funds.basic_fiscal, funds.basic_special_account, funds.basic_own)]
    project = [yuan(one) for one in (funds.project_fiscal, funds.project_own)]
    for column, amount in enumerate(basic, 3):
        sheet.number(4, column, amount)
    for column, amount in enumerate(project, 7):
        sheet.number(4, column, amount)
    _sum_as_stated(sheet, 4, 1, yuan(funds.total), [yuan(funds.basic), yuan(funds.project)], "=C5+G5")
    _sum_as_stated(sheet, 4, 2, yuan(funds.basic), basic, "=SUM(D5:F5)")
    _sum_as_stated(sheet, 4, 6, yuan(funds.project), project, "=SUM(H5:I5)")
    goals = "\n".join(_goal(number, goal) for number, goal in enumerate(year.goals, 1))
    sheet.head(5, 0, "整体绩效目标")
    sheet.text(5, 1, goals, across=8)
    sheet.grow_lines(5, goals, sum(CHAOYANG_WIDTHS[1:]))
    sheet.head(6, 0, "年度绩效指标", across=9)
    for column, name in enumerate(
        ("活动", "任务", "一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重")
    ):
        sheet.head(7, column, name)
    indicators = _own(year)
    for row, one in enumerate(indicators, 8):
        sheet.text(row, 4, one.name)
        sheet.text(row, 5, one.comparator.value if one.comparator else "", align="center")
        if one.target is not None and one.comparator is not Comparator.QUALITATIVE:
            sheet.number(row, 6, one.target.value, PLAIN)
        else:
            sheet.text(row, 6, one.scale or one.target_level or one.target_text, align="center")
        sheet.text(row, 7, one.unit, align="center")
        sheet.number(row, 8, one.weight, PLAIN)
        sheet.grow(row, (one.name, 24))
    fields = ("activity", "task", "dimension", "category")
    _merge_down(sheet, 8, [tuple(getattr(one, field) for field in fields) for one in indicators])
    last = 8 + len(indicators)
    sheet.head(last, 0, "权重合计", across=8)
    weights = [one.weight for one in indicators if one.weight is not None]
    if weights:
        sheet.formula(last, 8, f"=SUM(I9:I{last})", sum(weights, Decimal(0)), PLAIN)
    else:
        sheet.number(last, 8, None)
    sheet.page.repeat_rows(7)


def write_ministry_goals(sheet: FormSheet, year: DepartmentYear) -> None:
    """The ministry's form: yearly tasks with their money in 万元, the overall goal, indicators with their values."""
    sheet.title(0, "部门（单位）整体支出绩效目标申报表")
    sheet.title(1, f"（{year.profile.fiscal_year.year}年度）", 12)
    sheet.head(2, 0, "部门（单位）名称", across=2)
    sheet.text(2, 2, year.profile.department, across=5)
    tasks = _tasks(year)
    rows = max(1, len(tasks))
    sheet.head(3, 0, "年度主要任务", down=rows + 3)
    sheet.head(3, 1, "任务名称", across=2, down=2)
    sheet.head(3, 3, "主要内容", down=2)
    sheet.head(3, 4, "预算金额（万元）", across=3)
    for column, name in enumerate(("总额", "财政拨款", "其他资金"), 4):
        sheet.head(4, column, name)
    for row, (name, content, amount) in enumerate(tasks or [("", "", None)], 5):
        sheet.text(row, 1, name, across=2)
        sheet.text(row, 3, content)
        sheet.grow(row, (name, 31), (content, 22))
        sheet.number(row, 4, amount)
        sheet.number(row, 5, None)
        sheet.number(row, 6, None)
    last = 5 + rows
    sheet.head(last, 1, "金额合计", across=3)
    amounts = [amount for _, _, amount in tasks if amount is not None]
    if amounts:
        sheet.formula(last, 4, f"=SUM(E6:E{last})", sum(amounts, Decimal(0)), MONEY)
    else:
        sheet.number(last, 4, None)
    sheet.number(last, 5, None)
    sheet.number(last, 6, None)
    goals = "\n".join(_goal(number, goal) for number, goal in enumerate(year.goals, 1))
    sheet.head(last + 1, 0, "年度总体目标")
    sheet.text(last + 1, 1, goals, across=6)
    sheet.grow_lines(last + 1, goals, sum(MINISTRY_WIDTHS[1:]))
    _ministry_indicators(sheet, last + 2, _grouped(_own(year)))


def _ministry_indicators(sheet: FormSheet, top: int, indicators: Sequence[Indicator]) -> None:
    sheet.head(top, 0, "年度绩效指标", down=max(1, len(indicators)) + 1)
    sheet.head(top, 1, "一级指标")
    sheet.head(top, 2, "二级指标")
    sheet.head(top, 3, "三级指标", across=2)
    sheet.head(top, 5, "指标值", across=2)
    for row, one in enumerate(indicators, top + 1):
        sheet.text(row, 3, one.name, across=2)
        sheet.text(row, 5, _target(one), across=2, align="center")
        sheet.grow(row, (one.name, 35))
    keys = [(dimension_named(one.dimension), category_named(one.category)) for one in indicators]
    _merge_down(sheet, top + 1, keys, left=1)
    if not indicators:
        for column in range(1, 7):
            sheet.text(top + 1, column, "")
    sheet.line(top + 1 + max(1, len(indicators)), UNVERIFIED)


def _merge_down(sheet: FormSheet, top: int, keys: Sequence[tuple[str, ...]], left: int = 0) -> None:
    """Cells that repeat the one above become one, within what is merged to the left of them."""
    for depth in range(len(keys[0]) if keys else 0):
        for first, count in runs(key[: depth + 1] for key in keys):
            sheet.text(top + first, left + depth, keys[first][depth], down=count, align="center")


def _sum_as_stated(
    sheet: FormSheet, row: int, column: int, stated: Decimal | None, parts: Sequence[Decimal | None], formula: str
) -> None:
    """A formula where the parts give what was stated; else the number as stated, for it is not ours to replace."""
    given = [part for part in parts if part is not None]
    if stated is not None and given and sum(given, Decimal(0)) == stated:
        sheet.formula(row, column, formula, stated)
    else:
        sheet.number(row, column, stated)


def _own(year: DepartmentYear) -> list[Indicator]:
    return [one for one in year.indicators if not one.project]


def _grouped(indicators: Sequence[Indicator]) -> list[Indicator]:
    """By 一级 and 二级指标, each where it first appears; otherwise in the order of the table."""
    keys = [(dimension_named(one.dimension), category_named(one.category)) for one in indicators]
    dimensions = list(dict.fromkeys(dimension for dimension, _ in keys))
    order = sorted(range(len(keys)), key=lambda at: (dimensions.index(keys[at][0]), keys.index(keys[at]), at))
    return [indicators[at] for at in order]


def _goal(number: int, goal: OverallGoal) -> str:
    parts = (("立项背景和需求", goal.background), ("主要内容", goal.content), ("年度成果", goal.expected_results))
    more = "".join(f"\n　　{name}：{text}" for name, text in parts if text)
    return f"{number}. {goal.text}{more}"


def _target(one: Indicator) -> str:
    sign = one.comparator.value if one.comparator and one.comparator is not Comparator.QUALITATIVE else ""
    if one.target is not None and sign:
        return f"{sign}{show_number(one.target.value)}{one.unit or one.target.unit}"
    return one.target_level or one.scale or one.target_text


def _tasks(year: DepartmentYear) -> list[tuple[str, str, Decimal | None]]:
    """The year's tasks with their money: the fields of work of the budget, else the key tasks, of which no money is kept."""

    def amount(line: BudgetLine) -> Decimal | None:
        return wan(line.initial_budget)

    fields = [line for line in year.budget_lines if line.activity and not line.source]
    if fields:
        basic = year.budget(BudgetPart.BASIC)
        first = [("基本支出", "人员和公用经费", amount(basic))] if basic else []
        return first + [(line.activity, line.note, amount(line)) for line in fields]
    return [(task.name, task.outcome, None) for task in year.key_tasks]
