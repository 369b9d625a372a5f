"""Answers that a document gives outside the records of its partial year: surveys, reasons, adjustments.

A finding that something is wanting is only true when it stands nowhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.model import Finding
from jiheng.model.document import Document, Paragraph

_SURVEYED = re.compile(r"问卷|调查|测评|回访|抽样|访谈")
_COUNTED = re.compile(r"\d[\d,]*\s*(?:余|多)?(?:份|人次|人|户|名|个样本)|有效[（(]?份")
_ADJUSTED = re.compile(r"(?:追加|调增|调减|调剂|核减|压减|增拨)[^。；]{0,30}?\d[\d,.]*\s*(?:亿|万)?元")
_REASON = re.compile(r"原因|由于|因为|受[^。；]{1,20}影响|[，；]因")
_REASON_COLUMN = re.compile(r"偏差原因|原因分析|未完成原因|说明")
_SURVEYS = ("satisfaction.none", "satisfaction.no_survey", "satisfaction.stated_no_survey")
_ADJUSTMENTS = ("adjustments.bridge", "execution.goal_table", "adjustments.document")
_REASONS = ("actuals.unmet_without_reason", "actuals.far_above", "projects.unfinished_reason")
_SHORTEST_NAME = 4


def is_answered(finding: Finding, document: Document) -> bool:
    """Whether the document says elsewhere what a finding of the year misses."""
    if finding.check in _SURVEYS:
        return any(_SURVEYED.search(text) and _COUNTED.search(text) for text in _texts(document))
    if finding.check in _ADJUSTMENTS:
        return any(_ADJUSTED.search(text) for text in _texts(document))
    if finding.check in _REASONS:
        name = finding.facts.get("name", "")
        return len(name) >= _SHORTEST_NAME and (_has_reason_cell(name, document) or _has_reason(name, document))
    return False


def _has_reason(name: str, document: Document) -> bool:
    return any(name in paragraph.text and _REASON.search(paragraph.text) for _, paragraph in document.paragraphs)


def _has_reason_cell(name: str, document: Document) -> bool:
    """Whether a row with the name has something written in the column for reasons."""
    for _, table in document.tables:
        grid = table.grid()
        columns = {cell.column for cell in table.cells if _REASON_COLUMN.search(re.sub(r"\s", "", cell.text)[:20])}
        rows = {cell.row for cell in table.cells if re.sub(r"\s", "", cell.text) == name}
        for row in rows:
            cells = [grid[row][column] for column in columns]
            if any(cell is not None and len(table.cells[cell].text.strip()) > 1 for cell in cells):
                return True
    return False


def _texts(document: Document) -> Iterator[str]:
    """Paragraphs, and tables row by row with their header before them."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield re.sub(r"\s", "", block.text)
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(re.sub(r"\s", "", cell.text))
        header = "".join("".join(rows.get(row, [])) for row in range(max(block.header_rows, 1)))
        for texts in rows.values():
            yield "|".join((header, *texts))
