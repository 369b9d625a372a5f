"""A document as a workbook: head, outline, every table on a sheet of its own, every figure in a list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jiheng.model.document import Document, Mention, Paragraph, Role
from jiheng.values import show_number

_LONGEST_CELL = 32_000
_MOST_TABLES = 200
_FIGURES = ("性质", "原文", "数值", "上限", "单位", "单位来自", "限定", "约数", "年份", "位置", "段或表", "存疑")


def write_reading(path: Path, document: Document) -> None:
    """Write the workbook. Texts are written as texts: nothing in them can become a formula."""
    import xlsxwriter  # type: ignore[import-untyped]

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        _outline(book.add_worksheet("提纲"), document, wrap, bold)
        figures = book.add_worksheet("数字")
        figures.write_row(0, 0, _FIGURES, bold)
        for row, one in enumerate(document.mentions, 1):
            for column, text in enumerate(_figure(one)):
                figures.write_string(row, column, text[:_LONGEST_CELL])
        figures.freeze_panes(1, 0)
        figures.autofilter(0, 0, max(len(document.mentions), 1), len(_FIGURES) - 1)
        for number, (_, table) in enumerate(document.tables, 1):
            if number > _MOST_TABLES:
                break
            sheet = book.add_worksheet(_name(number, table.title))
            for cell in table.cells:
                text = cell.text[:_LONGEST_CELL]
                if cell.row_span > 1 or cell.column_span > 1:
                    sheet.merge_range(
                        cell.row,
                        cell.column,
                        cell.row + cell.row_span - 1,
                        cell.column + cell.column_span - 1,
                        "",
                        wrap,
                    )
                sheet.write_string(cell.row, cell.column, text, wrap)


def _outline(sheet: Any, document: Document, wrap: Any, bold: Any) -> None:
    head = document.head
    rows = [("文档类型", head.kind), ("部门", head.department), ("年度", head.fiscal_year), ("行政区划", head.region)]
    for row, (label, stated) in enumerate(rows):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, stated.value or "unknown")
        sheet.write_string(row, 2, stated.quote[:500])
    at = len(rows) + 1
    sheet.write_row(at, 0, ("性质", "级", "文字", "位置"), bold)
    for block in document.blocks:
        at += 1
        if isinstance(block, Paragraph):
            sheet.write_string(at, 0, block.role.value)
            sheet.write_string(at, 1, str(block.level) if block.role is Role.HEADING else "")
            sheet.write_string(at, 2, block.text[:_LONGEST_CELL], wrap)
            sheet.write_string(at, 3, str(block.passage.spot()))
        else:
            sheet.write_string(at, 0, "表格")
            sheet.write_string(at, 2, f"{block.title}（{block.rows} 行 {block.columns} 列）")
            sheet.write_string(at, 3, "、".join(map(str, block.parts)))
    sheet.set_column(2, 2, 80)


def _figure(one: Mention) -> tuple[str, ...]:
    value = show_number(one.figure.value) if one.figure else ""
    high = show_number(one.high.value) if one.high else ""
    unit = one.figure.unit.symbol if one.figure else ""
    bound = one.figure.bound.value if one.figure and one.figure.bound.value != "=" else ""
    years = f"{one.year or ''}{f'-{one.last_year}' if one.last_year else ''}"
    block = f"{one.block}" if one.cell is None else f"{one.block}.{one.cell}"
    return (
        one.kind.value,
        one.text,
        value,
        high,
        unit,
        one.unit_from,
        bound,
        one.near,
        years,
        str(one.spot),
        block,
        one.doubt,
    )


def _name(number: int, title: str) -> str:
    clean = re.sub(r"[\[\]:*?/\\'\n]", "", title)
    return f"表{number} {clean}"[:31].strip()
