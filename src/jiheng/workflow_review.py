"""The use-cases around a finished document: prove it; then the same file with comments, the marked page, the paper."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiheng.errors import BadInput
from jiheng.output import make_folder, refuse_overwrite, whole_file

if TYPE_CHECKING:
    from jiheng.formats import Limits
    from jiheng.model import DepartmentYear
    from jiheng.model.document import Document
    from jiheng.reading.review import Review

WORD_SUFFIX, PAGE_SUFFIXES = ".docx", (".html", ".htm")


def review_document(
    path: Path, limits: Limits | None = None, *, other: Path | None = None, workbook: Path | None = None
) -> Review:
    """Read a finished document and prove what it claims; with another document, or against the year's workbook.

    A year's workbook is checked as such. **Raises** BadInput when a file cannot be read at all.
    """
    from jiheng.formats.document_opening import open_file

    with ThreadPoolExecutor(max_workers=1) as pool:  # a child process reads the file while the checks are loaded
        opened = pool.submit(open_file, path, limits)
        from jiheng.reading.kinds import WORKBOOK
        from jiheng.reading.opening import document_of, read_document
        from jiheng.reading.review import review

        document = document_of(opened.result())
    if document.head.kind.value == WORKBOOK:
        return _checked(document, path, limits)
    second = read_document(other, limits) if other is not None else None
    return review(document, second, _year_of(workbook, limits) if workbook is not None else None)


def _checked(document: Document, workbook: Path, limits: Limits | None) -> Review:
    from jiheng.model.statement import Claims
    from jiheng.reading.review import Review
    from jiheng.workflow import check_workbook

    return Review(document, Claims(document.head), check_workbook(workbook, limits).report)


def _year_of(workbook: Path, limits: Limits | None) -> DepartmentYear:
    from jiheng.intake.reader import read_workbook

    return read_workbook(workbook, limits).year


def check_titles() -> dict[str, str]:
    """Every check's title by its id, those of the year and those of a document."""
    from jiheng.checks import all_checks
    from jiheng.checks.document import document_checks

    return {one.id: one.title for one in all_checks()} | {one.id: one.title for one in document_checks()}


def write_commented(source: Path, review: Review, target: Path, day: date) -> int:
    """Write the very Word file with the findings as comments; returns how many.

    **Raises** BadInput when the source is no Word document or has changed, or the target exists or is no .docx.
    """
    from jiheng.reporting.comments import write_comments
    from jiheng.reporting.located import located

    _refuse(target, (WORD_SUFFIX,), "批注")
    findings = located(review.document, review.report.findings)
    try:
        data = source.read_bytes()
    except OSError:
        raise BadInput(f"{source.name}：文件读不出来了；请核对它还在不在") from None
    with whole_file(target) as partial:
        return write_comments(data, review.document, findings, partial, day)


def write_marked_page(review: Review, target: Path, day: date) -> None:
    """Write the page with the passages marked. **Raises** BadInput when the target exists or is no .html."""
    from jiheng.reporting.marked_page import marked_page

    _refuse(target, PAGE_SUFFIXES, "核查标注")
    page = marked_page(review.document, review.report, titles=check_titles(), day=day)
    with whole_file(target) as partial:
        partial.write_text(page, encoding="utf-8", errors="replace")


def write_opinion_paper(review: Review, target: Path, day: date) -> None:
    """Write the 核查意见书 with quotes. **Raises** BadInput when the target exists or is no .docx."""
    from jiheng.reporting.opinion_paper import opinion_paper
    from jiheng.reporting.word import write_docx

    _refuse(target, (WORD_SUFFIX,), "核查意见书")
    write_docx(opinion_paper(review.document, review.report, titles=check_titles(), day=day), target)


def _refuse(target: Path, suffixes: tuple[str, ...], what: str) -> None:
    if target.suffix.lower() not in suffixes:
        raise BadInput(f"“{target.name}”的后缀不对：{what}请存为 {suffixes[0]}")
    refuse_overwrite(target)
    make_folder(target.parent)
