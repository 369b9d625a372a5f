"""The files of a year: written by the engine's use-cases, proven by reading them back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from jiheng import workflow
from jiheng.intake.workbook import write_workbook
from jiheng.model.report import Seal
from jiheng.reporting.print_page import print_page
from jiheng.reporting.score_form import write_score_form
from jiheng.workflow import Evaluated
from jiheng_web.years import bridge
from jiheng_web.years.models import Year
from jiheng_web.years.personal import without_people
from jiheng_web.years.queries import evaluated, today

OUTLINES = {"评价报告.docx": "department", "汇报稿.docx": "briefing", "打印页.html": "department"}


def one_file(year: Year, name: str, *, with_people: bool = True) -> bytes:
    """One file of a year by its name in the official set; the workbook has names masked without `with_people`.

    **Raises** BadInput or ReportDiffers in one sentence.
    """
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        target = Path(folder) / name
        if not with_people:
            write_workbook(target, bridge.content_of(without_people(bridge.rows_of(year))))
            return target.read_bytes()
        _writers(year, evaluated(year))[name](target)
        return target.read_bytes()


def outline_file(year: Year, outline: str, project: int | None = None) -> bytes:
    """The Word file of an outline; with a project's place among them, its sheet only.

    **Raises** BadInput or ReportDiffers in one sentence.
    """
    result = evaluated(year)
    if project is not None:
        chosen = slice(project, project + 1)
        result = replace(
            result,
            year=replace(result.year, projects=result.year.projects[chosen]),
            project_sheets=result.project_sheets[chosen],
        )
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        target = Path(folder) / f"{outline}.docx"
        workflow.write_report(workflow.compose_report(result, outline), target)
        return target.read_bytes()


def all_files(year: Year, seal: Seal, tell: Callable[[int, str], None]) -> Iterator[tuple[str, bytes]]:
    """Every file that is sealed with a year: final, not draft; the person who answers for it stands in it."""
    writers = _writers(year, evaluated(year), seal)
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        for at, (name, write) in enumerate(writers.items()):
            tell(5 + at * 80 // len(writers), f"正在生成{name}")
            write(Path(folder) / name)
            yield name, (Path(folder) / name).read_bytes()


def _writers(year: Year, result: Evaluated, seal: Seal | None = None) -> dict[str, Callable[[Path], object]]:
    writers: dict[str, Callable[[Path], object]] = {
        "年度工作簿.xlsx": lambda path: write_workbook(path, bridge.content_of(bridge.rows_of(year))),
        "核查意见.html": lambda path: workflow.write_findings(result.checked, path.parent, today()),
    }
    for name, outline in OUTLINES.items():
        writers[name] = lambda path, outline=outline: workflow.write_report(
            workflow.compose_report(result, outline, seal=seal), path
        )
    if result.sheet is not None:
        sheet = result.sheet
        writers["评分表.xlsx"] = lambda path: write_score_form(path, (sheet,))
    return writers


def report_page(year: Year) -> str:
    """The report as one page; every figure opens to its source."""
    return print_page(workflow.compose_report(evaluated(year), "department"))
