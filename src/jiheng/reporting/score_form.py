"""The official score sheet as a workbook: formulas with their values, places for signature and seal, the reckoning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import gcd
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from jiheng.model import ScoreBlock, ScoreLine, ScoreSheet
from jiheng.output import whole_file
from jiheng.reporting.score_pages import row_height, write_beside, write_parameters, write_reckoning
from jiheng.reporting.score_text import state_text, summary

HEADINGS = (
    "评价内容",
    "二级指标",
    "三级指标",
    "指标值",
    "完成值",
    "分值",
    "得分",
    "状态",
    "说明",
    "比例分子",
    "比例分母",
)
WIDTHS = (14, 20, 30, 18, 18, 7, 7, 17, 64, 14, 14)
POINTS, SCORE, STATE, TOP, BOTTOM = 5, 6, 7, 9, 10
SPREADSHEET_DIGITS = 10**15
NAME_LENGTH = 31
HEAD_ROWS = 4
PRINTED_HEIGHT, PRINTED_WIDTH = 530, 785
"""Points of an A4 page held sideways, inside its margins."""
POINTS_A_LETTER = 7.2
LEAST_SCALE = 55
"""Print no smaller than this, in per cent, to hold a sheet on one page."""
KEPT_ROWS = 12
"""So many rows of the last block stay with the signatures where a sheet needs several pages."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The few looks the form has."""

    title: Format
    head: Format
    cell: Format
    number: Format
    total: Format
    total_number: Format
    small: Format
    faint: Format
    sign: Format


def write_score_form(path: Path, sheets: Sequence[ScoreSheet]) -> None:
    """Write score sheets as one workbook: the form, the comparison by the goal table, the reckoning, the rules.

    Every score that is a share of its points is a formula of the cells beside it, and carries its value.
    **Raises** BadInput when the file cannot be written.
    """
    with whole_file(path) as partial:
        book = xlsxwriter.Workbook(str(partial), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "评分表", "comments": f"规则指纹 {sheets[0].rules_hash}"})
        styles = _styles(book)
        used: set[str] = set()
        if len(sheets) > 1:
            _overview(book.add_worksheet("汇总"), sheets, styles)
            used.add("汇总")
        for sheet in sheets:
            name = "评分表" if len(sheets) == 1 else sheet_name(sheet.subject, used)
            used.add(name)
            _form(book.add_worksheet(name), sheet, styles)
        if len(sheets) == 1 and sheets[0].beside is not None:
            write_beside(book.add_worksheet("目标表对照"), sheets[0].beside, styles.head, styles.cell, styles.number)
        write_reckoning(book.add_worksheet("计算过程"), sheets, styles.head, styles.cell)
        write_parameters(book.add_worksheet("规则依据"), sheets, styles.head, styles.cell)
        book.close()


def sheet_name(subject: str, used: set[str]) -> str:
    """A worksheet name that spreadsheets accept and that is not used yet.

    >>> sheet_name("道路[修缮]/一期", {"道路修缮一期"})
    '道路修缮一期(2)'
    """
    plain = "".join(letter for letter in subject if letter not in "[]:*?/\\'")[:NAME_LENGTH] or "项目"
    name, count = plain, 1
    while name.lower() in {one.lower() for one in used}:
        count += 1
        tail = f"({count})"
        name = plain[: NAME_LENGTH - len(tail)] + tail
    return name


def _styles(book: Workbook) -> Styles:
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
    box = {**base, "border": 1}
    number = {"num_format": "0.00##", "align": "center"}
    return Styles(
        title=book.add_format({**base, "font_name": "黑体", "font_size": 16, "align": "center"}),
        head=book.add_format({**box, "font_name": "黑体", "align": "center"}),
        cell=book.add_format(box),
        number=book.add_format({**box, **number}),
        total=book.add_format({**box, "font_name": "黑体"}),
        total_number=book.add_format({**box, **number, "font_name": "黑体"}),
        small=book.add_format({**base, "font_size": 9}),
        faint=book.add_format({**box, "font_color": "#808080", "num_format": "0"}),
        sign=book.add_format({**base, "text_wrap": False}),
    )


def _form(page: Worksheet, sheet: ScoreSheet, styles: Styles) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.45)
    page.repeat_rows(HEAD_ROWS - 1)
    page.merge_range(0, 0, 0, STATE + 1, "", styles.title)
    page.set_row(0, 30)
    page.write_string(0, 0, f"{sheet.title}（{sheet.fiscal_year}年度）", styles.title)
    page.write_string(1, 0, f"填报单位（盖章）：{sheet.subject}", styles.sign)
    said = "；".join(summary(sheet))
    page.merge_range(2, 0, 2, STATE + 1, "", styles.small)
    page.write_string(2, 0, said, styles.small)
    heights = [30, 15, row_height((said, sum(WIDTHS[: STATE + 2]))), 15]
    page.set_row(2, heights[2])
    for column, heading in enumerate(HEADINGS):
        page.write_string(HEAD_ROWS - 1, column, heading, styles.head)
    row = HEAD_ROWS
    subtotals: list[int] = []
    for block in sheet.blocks:
        first = row
        for name, lines in groupby(block.lines, key=lambda line: line.part or block.name):
            start = row
            for line in lines:
                heights.append(_line(page, row, line, styles))
                row += 1
            if row - start > 1:
                page.merge_range(start, 0, row - 1, 0, "", styles.cell)
            page.write_string(start, 0, name, styles.cell)
        _subtotal(page, row, f"{block.name}小计", (first, row - 1), block, styles)
        subtotals.append(row)
        heights.append(15)
        row += 1
    kept = row - 1 - min(KEPT_ROWS, len(sheet.blocks[-1].lines))
    end = _total(page, row, subtotals, sheet, styles)
    heights += [15] * (end - row)
    _fit(page, sum(heights) + _signatures(page, end + 1, sheet, styles), kept)
    page.freeze_panes(HEAD_ROWS, 3)


def _fit(page: Worksheet, height: float, kept: int) -> None:
    """One page where it stays legible; otherwise the signatures take the last rows of the table with them."""
    if 100 * PRINTED_HEIGHT / height >= LEAST_SCALE:
        page.fit_to_pages(1, 1)
        return
    page.set_print_scale(int(100 * PRINTED_WIDTH / (POINTS_A_LETTER * sum(WIDTHS[: STATE + 2]))))
    page.set_h_pagebreaks([kept])


def _line(page: Worksheet, row: int, line: ScoreLine, styles: Styles) -> float:
    place = f"（{line.where}）" if line.reason and line.where else ""
    said = line.reason + place or line.trace.method
    texts = (line.category, line.name, line.target, line.actual)
    for column, text in enumerate(texts, 1):
        page.write_string(row, column, text, styles.cell)
    state = state_text(line)
    height = row_height(*zip((*texts, state, said), (*WIDTHS[1:5], *WIDTHS[STATE : STATE + 2]), strict=True))
    page.set_row(row, height)
    page.write_number(row, POINTS, float(line.points), styles.number)
    page.write_string(row, STATE, state, styles.cell)
    page.write_string(row, STATE + 1, said, styles.cell)
    if line.score is None:
        page.write_blank(row, SCORE, None, styles.number)
        page.write_blank(row, TOP, None, styles.faint)
        page.write_blank(row, BOTTOM, None, styles.faint)
        return height
    fraction = _plain_fraction(line)
    if fraction is None:
        page.write_number(row, SCORE, float(line.score), styles.number)
        page.write_blank(row, TOP, None, styles.faint)
        page.write_blank(row, BOTTOM, None, styles.faint)
        return height
    page.write_number(row, TOP, fraction[0], styles.faint)
    page.write_number(row, BOTTOM, fraction[1], styles.faint)
    cell = row + 1
    page.write_formula(row, SCORE, f"=ROUND(F{cell}*J{cell}/K{cell},2)", styles.number, float(line.score))
    return height


def _plain_fraction(line: ScoreLine) -> tuple[int, int] | None:
    """The share in lowest terms; None where a spreadsheet's 15 digits cannot hold it, or its points have more places."""
    if line.share is None or line.score is None:
        return None
    divisor = gcd(*line.share)
    top, bottom = line.share[0] // divisor, line.share[1] // divisor
    if max(top, bottom) >= SPREADSHEET_DIGITS or line.points * 100 % 1:
        return None
    return min(top, bottom), bottom


def _subtotal(page: Worksheet, row: int, name: str, span: tuple[int, int], block: ScoreBlock, styles: Styles) -> None:
    for column in range(len(HEADINGS)):
        page.write_blank(row, column, None, styles.total)
    page.merge_range(row, 0, row, POINTS - 1, "", styles.total)
    page.write_string(row, 0, name, styles.total)
    first, last = span[0] + 1, span[1] + 1
    page.write_formula(row, POINTS, f"=SUM(F{first}:F{last})", styles.total_number, float(block.points))
    page.write_formula(row, SCORE, f"=SUM(G{first}:G{last})", styles.total_number, float(block.score))


def _total(page: Worksheet, row: int, subtotals: Sequence[int], sheet: ScoreSheet, styles: Styles) -> int:
    def write(name: str, points: Decimal | None, score: Decimal, points_formula: str, score_formula: str) -> None:
        nonlocal row
        for column in range(len(HEADINGS)):
            page.write_blank(row, column, None, styles.total)
        page.merge_range(row, 0, row, POINTS - 1, "", styles.total)
        page.write_string(row, 0, name, styles.total)
        if points is not None:
            page.write_formula(row, POINTS, points_formula, styles.total_number, float(points))
        if score_formula:
            page.write_formula(row, SCORE, score_formula, styles.total_number, float(score))
        row += 1

    def all_of(letter: str) -> str:
        return "+".join(f"{letter}{one + 1}" for one in subtotals)

    is_open = sheet.total is None
    name = "已评合计（未评完）" if is_open else "合计"
    write(name, sheet.points, sheet.scored, f"={all_of('F')}", f"={all_of('G')}")
    if sheet.cap is not None:
        capped = min(sheet.scored, sheet.cap)
        write(f"按执行率封顶（{sheet.cap}分）", None, capped, "", f"=MIN(G{row},{sheet.cap})")
    first, last = HEAD_ROWS + 1, row
    for standing, name in (
        ("待判定", "未评：待判定的分值"),
        ("缺数据", "未评：缺数据的分值"),
        ("暂定", "暂定项的分值（等全区平均数）"),
    ):
        points = sum((line.points for line in sheet.lines if line.standing == standing), Decimal(0))
        if points:
            counted = f'=SUMIF(H{first}:H{last},"{standing}*",F{first}:F{last})'
            write(name, points, Decimal(0), counted, "")
    page.write_string(row, 0, "等级", styles.total)
    page.write_string(row, 1, sheet.grade or "（未定）", styles.total)
    return row + 1


def _signatures(page: Worksheet, row: int, sheet: ScoreSheet, styles: Styles) -> float:
    """Places to sign, and the notes. Returns how high they are."""
    last = STATE + 1
    for column, words in ((0, "填表人（签字）："), (3, "财务负责人（签字）："), (6, "部门负责人（签字）：")):
        page.write_string(row, column, words, styles.sign)
    page.set_row(row, 30)
    page.write_string(row + 1, 0, "单位（公章）：", styles.sign)
    page.write_string(row + 1, 6, "      年      月      日", styles.sign)
    page.set_row(row + 1, 36)
    notes = (
        "注：“规则未核实”的项用到没有见到文件写明的规则参数，定分前由财务人员确认或替换，见“规则依据”页；"
        "每一分怎么来的见“计算过程”页。",
        "得分 = 分值 × 比例分子 ÷ 比例分母（右边两列，不打印），四舍五入到 0.01。",
        *(f"说明：{note}" for note in sheet.notes),
    )
    heights = [row_height((words, sum(WIDTHS[: last + 1]))) for words in notes]
    for at, (words, height) in enumerate(zip(notes, heights, strict=True), row + 2):
        page.set_row(at, height)
        page.merge_range(at, 0, at, last, "", styles.small)
        page.write_string(at, 0, words, styles.small)
    page.print_area(0, 0, row + 1 + len(notes), last)
    return 15 + 30 + 36 + sum(heights)


def _overview(page: Worksheet, sheets: Sequence[ScoreSheet], styles: Styles) -> None:
    page.set_column(0, 0, 40)
    page.set_column(1, 5, 12)
    for column, heading in enumerate(("项目", "满分", "已评得分", "未评分值", "等级", "状态")):
        page.write_string(0, column, heading, styles.head)
    for row, sheet in enumerate(sheets, 1):
        page.write_string(row, 0, sheet.subject, styles.cell)
        for column, value in enumerate((sheet.points, sheet.scored, sheet.open_points), 1):
            page.write_number(row, column, float(value), styles.number)
        page.write_string(row, 4, sheet.grade, styles.cell)
        page.write_string(row, 5, sheet.state, styles.cell)
