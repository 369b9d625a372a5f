"""From an uploaded file to findings and files, by the engine's own use-case; nothing is written to the database here."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings

from jiheng.errors import BadInput
from jiheng.formats import Limits
from jiheng.intake.workbook import write_workbook
from jiheng.model import CheckReport, Place
from jiheng.reading.review import Review
from jiheng.reporting.located import Located, located
from jiheng.reporting.visible import showable
from jiheng.workflow_review import review_document, write_commented, write_marked_page, write_opinion_paper
from jiheng_web.review.models import COMMENTED, PAGE, PAPER
from jiheng_web.years import bridge
from jiheng_web.years.models import Year

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST_STEM = 60
WORKBOOK = "本部门年度数据.xlsx"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a review: the report with its findings in the order of the document, and the files."""

    report: CheckReport
    files: tuple[tuple[str, bytes], ...]


def file_name(given: str) -> str:
    """A name that can stand on any disk and page.

    >>> file_name("a/b<script>报告.DOCX"), file_name("."), len(file_name("报" * 300 + ".pdf"))
    ('b_script_报告.docx', '材料', 64)
    """
    name = Path(showable(given).replace("\n", " ")).name
    stem, suffix = Path(name).stem, Path(name).suffix.lower()[:10]
    return (_NOT_IN_NAMES.sub("_", stem).strip(" .")[:_LONGEST_STEM] or "材料") + _NOT_IN_NAMES.sub("_", suffix)


def outcome_of(name: str, content: bytes, against: Year | None, day: date, tell: Callable[[int, str], None]) -> Outcome:
    """Read a document in the reader's child process, prove it, write the files. **Raises** BadInput in one sentence."""
    limits = Limits(file_bytes=settings.UPLOAD_LIMIT)
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        given, made = Path(folder) / "given", Path(folder) / "made"
        given.mkdir()
        source = given / file_name(name)
        source.write_bytes(content)
        workbook = None
        if against is not None:
            workbook = made / WORKBOOK
            made.mkdir()
            write_workbook(workbook, bridge.content_of(bridge.rows_of(against)))
        tell(10, "正在读材料")
        review = review_document(source, limits, workbook=workbook)
        tell(60, "正在写标注和意见书")
        files = tuple(_files(source, made, review, day))
    return Outcome(in_order(review), files)


def _files(source: Path, folder: Path, review: Review, day: date) -> Iterator[tuple[str, bytes]]:
    write_marked_page(review, folder / PAGE, day)
    write_opinion_paper(review, folder / PAPER, day)
    names = [PAGE, PAPER]
    if source.suffix == ".docx":
        try:
            write_commented(source, review, folder / COMMENTED, day)
            names.append(COMMENTED)
        except BadInput:
            pass  # findings, page and paper are there; only the comments could not be put into this file
    for one in names:
        yield one, (folder / one).read_bytes()


def in_order(review: Review) -> CheckReport:
    """The report with its findings numbered as on the marked page: the first has number 1."""
    found = located(review.document, review.report.findings)
    return replace(review.report, findings=tuple(replace(one.finding, where=_where(review, one)) for one in found))


def _where(review: Review, one: Located) -> Place:
    where = one.finding.where
    known = where.page or where.paragraph or where.line or where.cell
    return where if known or one.words is None else Place.at(review.document.name, one.words.spot)
