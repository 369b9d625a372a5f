"""Reading and checking a workbook of 10,000 indicators, against a bare openpyxl load of the same file."""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.side_by_side import Side, compare
from jiheng.formats import Cell, open_book
from jiheng.intake.workbook import RawRow, empty_content, text_cell, write_workbook
from jiheng.rulebook.forms import workbook_form
from jiheng.values import RegionCode

ROWS = 10_000
_DIMENSIONS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("成本指标", "经济成本指标"),
)


def number(raw: str) -> Cell:
    """A number cell."""
    return Cell(0, 0, "n", raw, "", "")


def indicator_rows(count: int) -> list[RawRow]:
    """Indicators as a department's table has them, weights summing to 100."""
    rows: list[RawRow] = []
    for at in range(count):
        dimension, category = _DIMENSIONS[at % 4]
        texts = {
            "activity": f"{at % 40:02d}-活动",
            "task": f"第 {at % 400} 项任务",
            "dimension": dimension,
            "category": category,
            "name": f"第 {at} 个指标",
            "comparator": "≤" if at % 4 == 3 else "≥",
            "unit": "万元" if at % 4 == 3 else "件",
            "basis": "计划标准",
            "office": f"第 {at % 8} 科",
            "code": f"I{at:05d}",
        }
        numbers = {"target": str(100 + at % 900), "weight": "0.01", "actual": str(90 + at % 950)}
        rows.append(
            {name: text_cell(text) for name, text in texts.items()} | {k: number(v) for k, v in numbers.items()}
        )
    return rows


def main() -> None:
    """Print both sides and what each of them read."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "一万个指标.xlsx"
        content = empty_content(workbook_form(), "基准街道", RegionCode("110105"), 2024)
        content.rows["indicators"] = indicator_rows(ROWS)  # type: ignore[index]
        write_workbook(file, content)
        ours = sum(len(sheet.cells) for sheet in open_book(file).sheets)
        theirs = _openpyxl_cells(file)
        print(f"年度工作簿，{ROWS} 行指标（{file.stat().st_size // 1024} kB）：读取并核查，对 openpyxl 只读取")
        print(
            f"  jiheng check 工作簿 · Python {sys.version.split()[0]}；openpyxl {version('openpyxl')} load_workbook(工作簿)"
        )
        print(f"  两边读到的非空单元格：{ours} 和 {theirs}{'（相同）' if ours == theirs else '（不同！）'}")
        compare(
            Side("jiheng check（读取、核查、列出意见）", [sys.executable, "-m", "jiheng.cli", "check", str(file), "--format", "json"]),
            Side("openpyxl.load_workbook（只读取）", [sys.executable, "-c", "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])", str(file)]),
        )  # fmt: skip


def _openpyxl_cells(file: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(file)
    return sum(
        1
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value not in (None, "")
    )
