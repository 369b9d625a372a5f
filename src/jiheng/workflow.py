"""The use-cases that command line, web and API share. The clock and the terminal stay outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiheng.checks import Memory, all_checks, run_checks
from jiheng.errors import BadInput, ReportDiffers
from jiheng.formats import Limits
from jiheng.intake.merging import Merged, merge
from jiheng.intake.packs import file_names, packs
from jiheng.intake.reader import Intake, read_workbook
from jiheng.intake.workbook import empty_content, write_workbook
from jiheng.model import CheckReport, DepartmentYear, Finding, Level, ScoreSheet
from jiheng.model.document import Document, Table
from jiheng.model.named_figures import decimals_needed
from jiheng.model.report import ReportModel, Seal
from jiheng.output import is_there, make_folder, refuse_overwrite, whole_file
from jiheng.reporting.findings_json import findings_json
from jiheng.rulebook.check_rules import check_rules
from jiheng.rulebook.forms import workbook_form
from jiheng.rulebook.outlines import outline_named
from jiheng.rulebook.regions import region_name
from jiheng.values import FiscalYear, RegionCode

if TYPE_CHECKING:
    from jiheng.reporting.sections.context import Context

WORKBOOKS = (".xlsx", ".xls", ".et")
PDF_SECONDS = 120
"""LibreOffice may take so long over a report."""

FINDINGS_FILE, OPINION_FILE = "findings.json", "核查意见.html"


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that was read and checked. `faults` are cells that could not be read; they are findings, too."""

    report: CheckReport
    faults: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A year that was read, checked and scored. `unscored` says why there is no score sheet."""

    year: DepartmentYear
    checked: Checked
    sheet: ScoreSheet | None
    project_sheets: tuple[ScoreSheet, ...]
    unscored: str = ""


def new_workbook(path: Path, department: str, region: str, year: int) -> None:
    """Write an empty workbook for a department's year. An existing file is never overwritten.

    **Raises** BadInput for a region or year that does not exist, an empty name, a file that is already there.
    """
    if not department.strip() or not department.isprintable():
        raise BadInput("没有写部门名称，或名称里有看不见的字符：请用 --department 写部门全称")
    try:
        code, fiscal_year = RegionCode(region), FiscalYear(year)
    except ValueError as error:
        raise BadInput(f"{error}：行政区划代码如 110105，预算年度如 2024") from None
    refuse_overwrite(path)
    write_workbook(path, empty_content(workbook_form(), department.strip(), code, fiscal_year.year))


def read_year(path: Path, limits: Limits | None = None) -> DepartmentYear:
    """A workbook as a department's year; cells that cannot be read are left out (`check_workbook` tells them)."""
    return read_workbook(path, limits).year


def check_workbook(path: Path, limits: Limits | None = None) -> Checked:
    """Read a workbook and run every check on it.

    **Raises** BadInput when the file cannot be worked with at all.
    """
    return _check(read_workbook(path, limits))


def _check(intake: Intake) -> Checked:
    profile = intake.year.profile
    report = run_checks(intake.year, check_rules(profile.region, profile.fiscal_year), all_checks())
    findings = (*intake.faults, *report.findings)
    report = replace(report, findings=findings, unrecognised=intake.unrecognised)
    return Checked(report, tuple(one for one in intake.faults if one.level is Level.ERROR))


def evaluate(path: Path, as_of: date) -> Evaluated:
    """Read, check and score a workbook by the rules known on a day. **Raises** BadInput when it cannot be read."""
    intake = read_workbook(path)
    return _scored(intake.year, _check(intake), as_of)


def evaluated_year(
    year: DepartmentYear, as_of: date, *, with_projects: bool = True, memory: Memory | None = None
) -> Evaluated:
    """The same for a year that did not come from a workbook; the projects' own sheets may be left for later.

    With a `memory` of an earlier evaluation of this year, checks of unchanged tables are not run again.
    """
    rules = check_rules(year.profile.region, year.profile.fiscal_year)
    return _scored(year, Checked(run_checks(year, rules, all_checks(), memory), ()), as_of, with_projects)


def project_sheets(year: DepartmentYear, as_of: date) -> tuple[ScoreSheet, ...]:
    """The score sheet of each project; none where the region has no rules for the year."""
    from jiheng.rulebook.resolve import resolve
    from jiheng.scoring import score_projects

    try:
        return score_projects(year, resolve(year.profile.region, year.profile.fiscal_year, as_of))
    except BadInput:
        return ()


def scored_year(year: DepartmentYear, as_of: date, project: str = "") -> tuple[ScoreSheet, ...]:
    """The department's score sheet, and that of one project by its code or name; nothing else of the year is evaluated.

    **Raises** BadInput where the region has no rules for the year, or there is no such project.
    """
    from jiheng.rulebook.resolve import resolve
    from jiheng.scoring import project_named, score_department, score_project

    rules = resolve(year.profile.region, year.profile.fiscal_year, as_of)
    whole = score_department(year, rules)
    return (whole, score_project(year, project_named(year, project), rules)) if project else (whole,)


def _scored(year: DepartmentYear, checked: Checked, as_of: date, with_projects: bool = True) -> Evaluated:
    """A region without rules for the year is no fault of the department: it is then evaluated without a score."""
    from jiheng.rulebook.resolve import resolve
    from jiheng.scoring import score_department, score_projects

    try:
        rules = resolve(year.profile.region, year.profile.fiscal_year, as_of)
        projects = score_projects(year, rules) if with_projects else ()
        return Evaluated(year, checked, score_department(year, rules), projects)
    except BadInput as lack:
        return Evaluated(year, checked, None, (), lack.sentence)


def compose_report(
    evaluated: Evaluated, outline: str, decimals: int | None = None, seal: Seal | None = None
) -> ReportModel:
    """The report of an evaluated year by an outline, every number bound to its source.

    **Unit** `decimals` of 万元; without it as many as the year's amounts need. **Raises** BadInput for an outline that
    does not exist.
    """
    from jiheng.reporting.sections.compose import compose

    return compose(_context(evaluated, decimals), outline_named(outline), seal)


def draft_reasons(evaluated: Evaluated) -> tuple[str, ...]:
    """What stands against sealing the department's report."""
    from jiheng.reporting.sections.compose import compose, still_open

    context = _context(evaluated, None)
    return tuple(still_open(context, compose(context, outline_named("department")).blocks))


def _context(evaluated: Evaluated, decimals: int | None) -> Context:
    from jiheng.reporting.sections.context import Context

    return Context(
        year=evaluated.year,
        findings=evaluated.checked.report,
        sheet=evaluated.sheet,
        project_sheets=evaluated.project_sheets,
        decimals=decimals_needed(evaluated.year) if decimals is None else decimals,
    )


def write_report(model: ReportModel, target: Path, *, verify_pdf: bool = False) -> int:
    """Write a report as .docx, or as a print page (.html), and read it back as a person sees it.

    Every printed figure must stand where it should at its printed precision; otherwise nothing is left behind.
    Returns the number of figures proven. **Raises** BadInput for another suffix, a target that exists or cannot be
    written; ReportDiffers when the file does not say what the figures say.
    """
    suffix = target.suffix.lower()
    if suffix not in (".docx", ".html"):
        raise BadInput(f"“{target.name}”的后缀不对：报告写成 .docx，打印页写成 .html")
    refuse_overwrite(target)
    make_folder(target.parent)
    with whole_file(target) as partial:
        if suffix == ".docx":
            from jiheng.reporting.word.writer import write_docx

            write_docx(model, partial)
        else:
            from jiheng.reporting.print_page import print_page

            partial.write_text(print_page(model), encoding="utf-8")
        _prove(model, partial)
        if verify_pdf and suffix == ".docx":
            _prove_pdf(model, partial)
    return sum(1 for _ in model.printed())


def write_official_forms(evaluated: Evaluated, target: Path) -> None:
    """Write the bureau's forms as one Excel file, filled: 自评结果汇总表, 整体绩效目标表, 项目支出绩效自评表.

    **Raises** BadInput when the target exists or there is no score sheet to fill them from.
    """
    from jiheng.reporting.forms_xlsx import write_forms

    if evaluated.sheet is None:
        raise BadInput(f"不能填写官方表格：{evaluated.unscored}")
    refuse_overwrite(target)
    make_folder(target.parent)
    write_forms(target, evaluated.year, list(zip(evaluated.year.projects, evaluated.project_sheets, strict=True)))


def write_score_sheets(sheets: Sequence[ScoreSheet], target: Path) -> None:
    """Write score sheets as the official form (.xlsx).

    **Raises** BadInput for another suffix, a target that exists or cannot be written.
    """
    from jiheng.reporting.score_form import write_score_form

    if target.suffix.lower() != ".xlsx":
        raise BadInput(f"“{target.name}”的后缀不对：评分表写成 .xlsx")
    refuse_overwrite(target)
    make_folder(target.parent)
    write_score_form(target, sheets)


def _prove(model: ReportModel, file: Path) -> None:
    from jiheng.reading.opening import read_document
    from jiheng.reporting.read_back import differences

    wrong = differences(model, list(visible_texts(read_document(file))))
    if wrong:
        more = f"（共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        raise ReportDiffers(f"写出的报告与账表不一致，没有保留：{wrong[0]}{more}。这是程序的问题，请把工作簿发给管理员")


def _prove_pdf(model: ReportModel, file: Path) -> None:
    from jiheng.formats.libreoffice import converted

    pdf = converted(file.read_bytes(), "docx", "pdf", Limits(seconds=PDF_SECONDS))
    if pdf is None:
        raise ReportDiffers("LibreOffice 没能把报告转成 PDF，印出来的数字无法核对")
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        printed = Path(folder) / "report.pdf"
        printed.write_bytes(pdf)
        _prove(model, printed)


def visible_texts(document: Document) -> Iterator[str]:
    """What a person sees of a document, in order: the text of each paragraph and of each table cell."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def write_findings(checked: Checked, folder: Path, today: date) -> tuple[Path, Path]:
    """Write findings.json and 核查意见.html into a folder, which is made where it does not exist.

    **Raises** BadInput when it cannot be written to.
    """
    from jiheng.reporting.opinion import opinion_page  # Jinja2 is loaded only where a page is written

    report = checked.report
    page = opinion_page(
        report,
        region=region_name(RegionCode(report.document.region)),
        titles={one.id: one.title for one in all_checks()},
        checked_on=today.isoformat(),
    )
    make_folder(folder)
    files = (folder / FINDINGS_FILE, folder / OPINION_FILE)
    for path, text in zip(files, (findings_json(report), page), strict=True):
        with whole_file(path) as partial:
            partial.write_text(text, encoding="utf-8")
    return files


def pack_workbook(path: Path, folder: Path) -> tuple[Path, ...]:
    """Write one smaller workbook for each responsible office; files that are already there are never overwritten.

    **Raises** BadInput when the workbook names no office or the folder holds such files already.
    """
    intake = read_workbook(path)
    profile = intake.year.profile
    parts = list(packs(intake))
    names = file_names(profile.department, str(profile.fiscal_year), (part.office for part in parts))
    targets = [folder / name for name in names]
    for target in targets:
        refuse_overwrite(target)
    make_folder(folder)
    written: list[Path] = []
    try:
        for part, target in zip(parts, targets, strict=True):
            write_workbook(target, part.content, part.sheets)
            written.append(target)
    except BaseException:
        for target in written:
            target.unlink(missing_ok=True)
        raise
    return tuple(targets)


def merge_workbooks(base: Path, folder: Path, target: Path) -> Merged:
    """Merge the packs of a folder into the base workbook and write the whole; neither is changed.

    **Raises** BadInput for a folder without workbooks, a pack of another department, a target that exists.
    """
    refuse_overwrite(target)
    if not is_there(folder) or not folder.is_dir():
        raise BadInput(f"“{folder}”不是文件夹：请给出收回的工作簿所在的文件夹")
    present = [path for path in sorted(folder.iterdir()) if not path.name.startswith(("~$", "."))]
    present = [path for path in present if path.resolve() not in (base.resolve(), target.resolve())]
    files = [path for path in present if path.suffix.lower() in WORKBOOKS]
    if not files:
        raise BadInput(f"“{folder}”里没有工作簿（.xlsx）：请把各科室交回的工作簿放进去")
    whole = read_workbook(base)
    merged = merge(whole, [(path.name.encode("utf-8", "replace").decode(), read_workbook(path)) for path in files])
    merged.skipped = tuple(path.name for path in present if path not in files)
    write_workbook(target, merged.content)
    return merged
