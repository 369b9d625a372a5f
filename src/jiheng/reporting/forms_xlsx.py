"""The official forms back into Excel, filled: 自评表, 汇总表, 目标表 in two layouts."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.model import DepartmentYear
from jiheng.output import whole_file
from jiheng.reporting.forms_goals import (
    CHAOYANG_WIDTHS,
    MINISTRY_WIDTHS,
    write_chaoyang_goals,
    write_ministry_goals,
)
from jiheng.reporting.forms_projects import (
    FORM_WIDTHS,
    Scored,
    summary_widths,
    write_self_evaluation,
    write_summary,
)
from jiheng.reporting.forms_sheet import FormBook, FormSheet
from jiheng.reporting.score_form import sheet_name


class Form(StrEnum):
    """An official form; its value names its sheet."""

    SUMMARY = "自评结果汇总表"
    GOALS_CHAOYANG = "整体绩效目标表（朝阳区）"
    GOALS_MINISTRY = "整体绩效目标表（财政部）"
    SELF_EVALUATIONS = "项目支出绩效自评表"


def write_forms(path: Path, year: DepartmentYear, scored: Scored, forms: Collection[Form] = tuple(Form)) -> None:
    """Write official forms into one workbook: a sheet a form, and a sheet a project for the 自评表.

    `scored` pairs each project with its score sheet; give one pair for a file of one project.
    **Raises** BadInput when the file cannot be written, is no .xlsx, or would have no sheet.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # loaded only by commands that write

    if path.suffix.lower() != ".xlsx":
        raise BadInput(f"“{path.name}”的后缀不是 .xlsx：表格请存为 .xlsx")
    if not forms or (set(forms) == {Form.SELF_EVALUATIONS} and not scored):
        raise BadInput("没有项目，项目支出绩效自评表无表可填：请先在“项目”表中填写项目")
    with whole_file(path) as partial:
        book = xlsxwriter.Workbook(str(partial), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "绩效表格", "company": year.profile.department})
        _write(FormBook(book), year, scored, forms)
        book.close()


def _write(book: FormBook, year: DepartmentYear, scored: Scored, forms: Collection[Form]) -> None:
    if Form.SUMMARY in forms:
        write_summary(FormSheet(book, Form.SUMMARY.value, summary_widths(scored), landscape=True), year, scored)
    if Form.GOALS_CHAOYANG in forms:
        write_chaoyang_goals(FormSheet(book, Form.GOALS_CHAOYANG.value, CHAOYANG_WIDTHS, landscape=True), year)
    if Form.GOALS_MINISTRY in forms:
        write_ministry_goals(FormSheet(book, Form.GOALS_MINISTRY.value, MINISTRY_WIDTHS), year)
    if Form.SELF_EVALUATIONS in forms:
        used = {form.value for form in Form}
        for project, scores in scored:
            name = sheet_name(project.name, used)
            used.add(name)
            write_self_evaluation(FormSheet(book, name, FORM_WIDTHS), year, project, scores)
