"""What became of many reviewed files: one row a file, as a table for spreadsheets and as a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from jiheng import __version__
from jiheng.model import Level
from jiheng.reporting.visible import showable

HEADINGS = ("文件", "类型", "部门", "年度", *(level.label for level in Level), "未执行", "核查出错", "说明", "结果")
_WIDTHS = (44, 24, 30, 8, 10, 10, 10, 8, 10, 50, 44)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One file of a folder. **Shape** `fault` is a sentence when it was not reviewed; `folder` holds its results."""

    file: str
    sha256: str = ""
    kind: str = ""
    department: str = ""
    fiscal_year: int | None = None
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    not_run: int = 0
    broken: int = 0
    fault: str = ""
    note: str = ""
    folder: str = ""

    @property
    def cells(self) -> tuple[str | int, ...]:
        """As in `HEADINGS`; a file that was not reviewed has no counts."""
        if self.fault:
            return (self.file, "", "", "", "", "", "", "", "", self.fault, "")
        kind = "" if self.kind == "unknown" else self.kind
        counts = (self.errors, self.warnings, self.hints, self.not_run, self.broken)
        return (self.file, kind, self.department, self.fiscal_year or "", *counts, self.note, self.folder)


def summary_csv(rows: Sequence[Reviewed]) -> str:
    """The table as CSV; a text that a spreadsheet would take for a formula is made harmless by an apostrophe.

    >>> summary_csv([Reviewed(file="=cmd.docx", errors=2)]).splitlines()[1]
    "'=cmd.docx,,,,2,0,0,0,0,,"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([[_harmless(cell) for cell in row.cells] for row in rows])
    return out.getvalue()


def _harmless(cell: str | int) -> str | int:
    if isinstance(cell, int):
        return cell
    text = showable(cell)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def write_summary_xlsx(path: Path, rows: Sequence[Reviewed]) -> None:
    """The table as a workbook, with a filter."""
    import xlsxwriter  # type: ignore[import-untyped]  # loaded only by commands that write

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("核查汇总")
    bold = book.add_format({"bold": True, "bg_color": "#EEF3F8", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row.cells):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell, plain)
            elif cell:
                sheet.write_string(line, column, showable(cell), plain)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(HEADINGS) - 1)
    book.close()


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("jiheng.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def summary_page(rows: Sequence[Reviewed], *, day: date, page: str) -> str:
    """The page as HTML text; each file leads to `page` in the folder of its results."""
    grave = sorted(rows, key=lambda row: (bool(row.fault), -row.errors, -row.warnings, -row.hints, row.file))
    context = {
        "rows": grave,
        "totals": {
            "份材料": len(rows),
            **{level.label: sum(getattr(row, f"{level.value}s") for row in rows) for level in Level},
            "份没有核查": sum(1 for row in rows if row.fault),
        },
        "page": page,
        "day": day.isoformat(),
        "version": __version__,
    }
    return _pages().get_template("summary.html").render(context)
