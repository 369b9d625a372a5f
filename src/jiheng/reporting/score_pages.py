"""The further pages of the score workbook: the comparison by the goal table, the reckoning, the rules used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from jiheng.model import ScoreBlock, ScoreSheet
from jiheng.reporting.score_text import explain, explain_trace


def write_beside(page: Worksheet, block: ScoreBlock, head: Format, cell: Format, number: Format) -> None:
    """The score by the goal table's own weights; for comparison only."""
    _wide(page)
    page.set_column(0, 1, 22)
    page.set_column(2, 2, 36)
    page.set_column(3, 6, 18)
    for column, heading in enumerate(("一级指标", "二级指标", "三级指标", "指标值", "完成值", "权重", "得分")):
        page.write_string(0, column, heading, head)
    for row, line in enumerate(block.lines, 1):
        texts = (line.part, line.category, line.name, line.target, line.actual)
        page.set_row(row, row_height(*zip(texts, (22, 22, 36, 18, 18), strict=True)))
        for column, text in enumerate(texts):
            page.write_string(row, column, text, cell)
        page.write_number(row, 5, float(line.points), number)
        if line.score is None:
            page.write_string(row, 6, line.standing, cell)
        else:
            page.write_number(row, 6, float(line.score), number)
    last = len(block.lines) + 1
    page.write_string(last, 0, "合计（仅供对照）", head)
    page.write_formula(last, 5, f"=SUM(F2:F{last})", number, float(block.points))
    page.write_formula(last, 6, f"=SUM(G2:G{last})", number, float(block.score))


def write_reckoning(page: Worksheet, sheets: Sequence[ScoreSheet], head: Format, cell: Format) -> None:
    """Each row's reckoning as `--explain` prints it, a line of it in each row of the page."""
    widths = (24, 120)
    _wide(page)
    for column, (heading, width) in enumerate(zip(("指标", "怎样得分"), widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, head)
    row = 1
    for name, reckoning in _reckonings(sheets):
        for at, said in enumerate(reckoning):
            texts = (name if at == 0 else "", said.strip() if at else said)
            page.set_row(row, row_height(*zip(texts, widths, strict=True)))
            for column, text in enumerate(texts):
                page.write_string(row, column, text, head if at == 0 and column == 0 else cell)
            row += 1


def _reckonings(sheets: Sequence[ScoreSheet]) -> Iterator[tuple[str, Iterator[str]]]:
    for sheet in sheets:
        for line in sheet.lines:
            yield line.name, explain(line)
        for name, trace in (("得分封顶", sheet.cap_trace), ("等级", sheet.grade_trace)):
            if trace is not None:
                yield name, explain_trace(trace)


def write_parameters(page: Worksheet, sheets: Sequence[ScoreSheet], head: Format, cell: Format) -> None:
    """Every number and method of the rules that was used, once, with its clause and status."""
    headings = (
        "名称（确认时写在评分判定的判定对象里）",
        "数值或方法",
        "依据",
        "状态",
        "有多大把握／为什么",
        "确认人",
        "编号",
    )
    widths = (40, 20, 40, 8, 44, 12, 44)
    _wide(page)
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, head)
    used = {sheet.dates.path: sheet.dates for sheet in sheets}
    used |= {one.path: one for sheet in sheets for line in sheet.lines for one in line.trace.parameters}
    for sheet in sheets:
        for trace in (sheet.cap_trace, sheet.grade_trace):
            used |= {one.path: one for one in trace.parameters} if trace else {}
    for row, one in enumerate(used.values(), 1):
        texts = (one.name or one.path, one.value, one.clause, one.status, one.sure, one.person, one.path)
        page.set_row(row, row_height(*zip(texts, widths, strict=True)))
        for column, text in enumerate(texts):
            page.write_string(row, column, text, cell)


def _wide(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def row_height(*cells: tuple[str, int]) -> float:
    """The height that texts need in columns of given widths; a Chinese letter is as wide as two.

    >>> row_height(("短", 10), ("这一段话比它所在的列宽要长一些", 16)), row_height(("短", 10))
    (28, 15)
    """
    lines = max(-(-sum(1 if letter.isascii() else 2 for letter in text) // (width - 1)) for text, width in cells)
    return 15 if lines <= 1 else 14 * lines
