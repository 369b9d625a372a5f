"""Operands: the names by which a rate's formula asks for figures of the year."""

from __future__ import annotations

from dataclasses import fields

from jiheng.model import BudgetPart, Project
from jiheng.model.execution import BudgetLine

PARTS = {part.name.lower(): part for part in BudgetPart}
COLUMNS = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "executed": "执行数",
    "final_accounts": "决算数",
    "carried_over": "年末结转",
    "surplus": "年末结余",
}
PROJECT_COLUMNS = {"initial_budget": "年初预算数", "annual_budget": "全年预算数", "executed": "执行数"}
STAFFING = {"authorised": "编制数", "employed": "在职人员数"}

assert {field.name for field in fields(BudgetLine)} >= COLUMNS.keys()
assert {field.name for field in fields(Project)} >= PROJECT_COLUMNS.keys()


def is_operand(text: str) -> bool:
    """Whether the engine can look it up.

    >>> is_operand("budget.total.executed"), is_operand("fact.三公经费预算数"), is_operand("budget.total.tax")
    (True, True, False)
    """
    match text.split(".", 2):
        case ["budget", part, column]:
            return part in PARTS and column in COLUMNS
        case ["project", column]:
            return column in PROJECT_COLUMNS
        case ["staffing", column]:
            return column in STAFFING
        case ["fact", *rest]:
            return bool("".join(rest))
    return False


def operand_name(text: str) -> str:
    """The operand in words.

    >>> operand_name("budget.total.executed"), operand_name("fact.三公经费预算数")
    ('全年执行数（合计）', '三公经费预算数')
    """
    match text.split(".", 2):
        case ["budget", part, column]:
            name = "全年执行数" if column == "executed" else COLUMNS[column]
            return f"{name}（{PARTS[part].value}）"
        case ["project", column]:
            return f"项目{PROJECT_COLUMNS[column]}"
        case ["staffing", column]:
            return STAFFING[column]
        case [_, *rest]:
            return ".".join(rest)
    return text
