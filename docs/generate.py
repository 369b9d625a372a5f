"""Write docs/reference from code and rule data; `make docs`. A test fails when a page is out of date."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from jiheng.checks import all_checks
from jiheng.checks.document import document_checks
from jiheng.model import DepartmentYear
from jiheng.model.named_figures import figure_names
from jiheng.rulebook.forms import Column, workbook_form

REFERENCE = Path(__file__).parent / "reference"
_NOTE = "<!-- 本页由 docs/generate.py 生成（make docs），请改源头，不要改本页。 -->\n\n"


def workbook_page() -> str:
    """Every sheet and column of the workbook."""
    form = workbook_form()
    lines = [f"{_NOTE}# {form.title}：表和列\n", f"{form.secrecy}\n", *(f"- {line}" for line in form.instructions)]
    for sheet in form.sheets:
        lines += [f"\n## {sheet.name}\n", f"{sheet.help}\n"]
        if sheet.aliases:
            lines.append(f"也认得的表名：{'、'.join(sheet.aliases)}。\n")
        lines += ["| 列 | 怎么填 | 也认得的列名 | 字段 |", "|---|---|---|---|"]
        lines += [_column_row(sheet.record, column) for column in sheet.columns]
    return "\n".join(lines) + "\n"


def _column_row(record: str, column: Column) -> str:
    title = column.title + (f"（{column.unit}）" if column.unit else "") + (" *必填*" if column.required else "")
    choices = f"可选：{'、'.join(column.choices)}。" if column.choices else ""
    disclosure = f"公开属性：{column.disclosure}。" if column.disclosure != "公开" else ""
    return f"| {title} | {column.help}{choices}{disclosure} | {'、'.join(column.aliases)} | `{record}.{column.field}` |"


def checks_page() -> str:
    """Every check with its sentences."""
    lines = [f"{_NOTE}# 核查项目\n", "| 编号 | 查什么 | 级别 | 依据 | 怎么改 |", "|---|---|---|---|---|"]
    for one in all_checks():
        lines.append(f"| `{one.id}` | {one.title} | {one.level.label} | {one.basis} | {one.mend} |")
    lines += ["\n## 成文材料的核查（`jiheng review`）\n", "| 编号 | 查什么 | 级别 | 依据 |", "|---|---|---|---|"]
    lines += [f"| `{one.id}` | {one.title} | {one.level.label} | {one.basis} |" for one in document_checks()]
    return "\n".join(lines) + "\n"


def figures_page() -> str:
    """Every figure that the department's own paragraphs may name in braces."""
    lines = [f"{_NOTE}# 报告文字里可用的数字名称\n", "写成 `{执行率}` 的样子；程序填入的数带单位，后面不要再写单位。"]
    lines += ["“主要成效”表里的每个数据名称也可以用，增长率写成 `{数据名称增长率}`。\n", "| 名称 | 取自 |", "|---|---|"]
    lines += [f"| {name} | {source} |" for name, source in figure_names().items()]
    return "\n".join(lines) + "\n"


def year_schema() -> str:
    """JSON Schema of a department's year."""
    schema = TypeAdapter(DepartmentYear).json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


PAGES = {
    "workbook.md": workbook_page,
    "figures.md": figures_page,
    "checks.md": checks_page,
    "department-year.schema.json": year_schema,
}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
