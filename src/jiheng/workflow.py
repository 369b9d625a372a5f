"""The use-cases that command line, web and API share. The clock and the terminal stay outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jiheng.checks import all_checks, run_checks
from jiheng.errors import BadInput
from jiheng.formats import Limits
from jiheng.intake.packs import Merged, file_name, merge, packs
from jiheng.intake.reader import Intake, read_workbook
from jiheng.intake.workbook import empty_content, write_workbook
from jiheng.model import CheckReport, DepartmentYear, Finding, Level
from jiheng.output import whole_file
from jiheng.reporting.findings_json import findings_json
from jiheng.rulebook.check_rules import check_rules
from jiheng.rulebook.forms import workbook_form
from jiheng.rulebook.regions import region_name
from jiheng.values import FiscalYear, RegionCode

FINDINGS_FILE, OPINION_FILE = "findings.json", "核查意见.html"


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that was read and checked. `faults` are cells that could not be read; they are findings, too."""

    report: CheckReport
    faults: tuple[Finding, ...]


def new_workbook(path: Path, department: str, region: str, year: int) -> None:
    """Write an empty workbook for a department's year. An existing file is never overwritten.

    **Raises** BadInput for a region or year that does not exist, an empty name, a file that is already there.
    """
    if not department.strip():
        raise BadInput("没有写部门名称：请用 --department 写部门全称")
    try:
        code, fiscal_year = RegionCode(region), FiscalYear(year)
    except ValueError as error:
        raise BadInput(f"{error}：行政区划代码如 110105，预算年度如 2024") from None
    _refuse_overwrite(path)
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
    targets = [folder / file_name(profile.department, str(profile.fiscal_year), part.office) for part in parts]
    for target in targets:
        _refuse_overwrite(target)
    make_folder(folder)
    for part, target in zip(parts, targets, strict=True):
        write_workbook(target, part.content, part.sheets)
    return tuple(targets)


def merge_workbooks(base: Path, folder: Path, target: Path) -> Merged:
    """Merge the packs of a folder into the base workbook and write the whole; neither is changed.

    **Raises** BadInput for a folder without workbooks, a pack of another department, a target that exists.
    """
    _refuse_overwrite(target)
    if not folder.is_dir():
        raise BadInput(f"“{folder}”不是文件夹：请给出收回的工作簿所在的文件夹")
    files = [path for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith(("~$", "."))]
    files = [path for path in files if path.resolve() not in (base.resolve(), target.resolve())]
    if not files:
        raise BadInput(f"“{folder}”里没有 .xlsx 工作簿：请把各科室交回的工作簿放进去")
    whole = read_workbook(base)
    merged = merge(whole, [(path.name, read_workbook(path)) for path in files])
    write_workbook(target, merged.content)
    return merged


def make_folder(folder: Path) -> None:
    """Make a folder to write into. **Raises** BadInput when that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadInput(f"不能建立文件夹“{folder}”：可能没有权限，或同名文件已存在，请换一个位置") from None


def _refuse_overwrite(path: Path) -> None:
    if path.exists():
        raise BadInput(f"“{path}”已经存在，没有覆盖：请换一个文件名，或先把它移走")


def worst(findings: Sequence[Finding]) -> Level | None:
    """The gravest level among findings."""
    present = {one.level for one in findings}
    return next((level for level in Level if level in present), None)
