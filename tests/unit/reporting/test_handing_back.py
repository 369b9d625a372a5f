"""The marked page, the paper to sign, the summary of many files; and where findings without words are shown."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from jiheng.model import CheckReport, DocumentHead, Finding, Level, NotRun, Place
from jiheng.model.document import Document, Paragraph, Passage, Role, Spot, Table, TableCell
from jiheng.model.report import plain_text
from jiheng.model.statement import Words
from jiheng.reading.opening import read_document
from jiheng.reporting.located import located, title_of
from jiheng.reporting.marked_page import marked_page
from jiheng.reporting.opinion_paper import opinion_paper
from jiheng.reporting.summary import HEADINGS, Reviewed, summary_csv, summary_page, write_summary_xlsx
from jiheng.reporting.word import write_docx

DAY = date(2025, 3, 31)


def passage(text: str, paragraph: int) -> Passage:
    return Passage(text, ((0, Spot(page=paragraph)),))


def paragraph(text: str, at: int, role: Role = Role.BODY, level: int = 0) -> Paragraph:
    return Paragraph(passage=passage(text, at), role=role, level=level)


def cell(row: int, column: int, text: str, across: int = 1, down: int = 1) -> TableCell:
    return TableCell(row=row, column=column, column_span=across, row_span=down, passage=passage(text, 4))


@pytest.fixture
def document() -> Document:
    table = Table(
        rows=2,
        columns=3,
        header_rows=1,
        title="表1",
        cells=(
            cell(0, 0, "项目", across=2),
            cell(0, 2, "金额"),
            cell(1, 0, "基本"),
            cell(1, 1, "<script>"),
            cell(1, 2, "100"),
        ),
    )
    return Document(
        name="报告.pdf",
        sha256="0",
        format="pdf",
        blocks=(
            paragraph("某街道<2023>报告", 1, Role.TITLE),
            paragraph("一、预算执行", 2, Role.HEADING, 1),
            paragraph("全年预算100万元，支出120万元。", 3),
            paragraph("没有别的。", 3),
            table,
        ),
        faults=("图片没有读",),
    )


def finding(level: Level, message: str, quote: str = "", words: Words | None = None, **more: object) -> Finding:
    return Finding(check="x", level=level, message=message, quote=quote, words=words, mend="请核对。", **more)  # type: ignore[arg-type]


@pytest.fixture
def report() -> CheckReport:
    findings = (
        finding(Level.HINT, "没有满意度数据。"),
        finding(Level.WARNING, "支出大于预算。", "全年预算100万元，支出120万元", Words("", block=2, start=0, end=17)),
        finding(Level.ERROR, "120 应为 100。", "120万元", Words("120万元", block=2, start=12, end=17)),
        finding(Level.ERROR, "表中写 100。", "100", Words("100", block=4, cell=4, start=0, end=3)),
    )
    head = DocumentHead("部门决算", "某街道", 2023, "110105")
    return CheckReport(document=head, findings=findings, not_run=(NotRun("y", "“项目”表"),))


class Page(HTMLParser):
    """What marks hold, what cards say, whether elements close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)
        if tag == "mark":
            self.marks.append((dict(attributes)["class"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marks[-1] = (self.marks[-1][0], self.marks[-1][1] + data)


def test_overlapping_passages_are_marked_with_every_level(document: Document, report: CheckReport) -> None:
    text = marked_page(document, report, titles={"y": "另一项"}, day=DAY)
    assert Page(text).marks == [
        ("warning", "全年预算100万元，支出"), ("error warning", "120万元"), ("error", "100"),
    ]  # fmt: skip
    assert re.findall(r'id="f(\d)"', text) == list("1234")
    assert '<th colspan="2">项目</th>' in text


def test_the_page_is_one_file_without_script_and_strange_text_stays_text(
    document: Document, report: CheckReport
) -> None:
    text = marked_page(document, report, titles={}, day=DAY)
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert "某街道&lt;2023&gt;报告" in text
    for words in ("没有读到：图片没有读", "应予更正 2", "需说明 1", "建议完善 1", "2025-03-31", "整份材料", "“项目”表"):
        assert words in text


def test_a_document_without_findings_says_so(document: Document) -> None:
    clean = CheckReport(document=DocumentHead("unknown", "", None, ""))
    text = marked_page(document, clean, titles={}, day=DAY)
    assert "没有发现需要更正或说明的地方。" in text
    assert Page(text).marks == []


def test_findings_without_words_are_found_by_quote_place_or_name(document: Document) -> None:
    findings = (
        finding(Level.ERROR, "甲", "没有别的", where=Place(page=3)),
        finding(Level.ERROR, "指标“预算执行”没有完成值。"),
        finding(Level.ERROR, "乙"),
        finding(Level.ERROR, "丙", "没有这句话", words=Words("", block=99, start=0, end=3)),
    )
    assert [(one.number, one.finding.message[:1], one.words and (one.words.block, one.words.start)) for one in
            located(document, findings)] == [(1, "乙", None), (2, "丙", None), (3, "指", (1, 2)), (4, "甲", (3, 0))]  # fmt: skip
    title = title_of(document)
    assert title is not None
    assert title.block == 0


def test_the_paper_has_every_finding_with_quote_reckoning_and_places_to_sign(
    document: Document, report: CheckReport, tmp_path: Path, seen_in: Callable[[Path], list[str]]
) -> None:
    model = opinion_paper(document, report, titles={"y": "另一项"}, day=DAY)
    assert list(model.printed()) == []
    write_docx(model, tmp_path / "意见书.docx")
    seen = seen_in(tmp_path / "意见书.docx")
    assert seen[0] == "核查意见书"
    for line in ("二、应予更正（2 条）", "1. 120 应为 100。", "“120万元”", "第3页", "请核对。", "核查日期：2025年3月31日。核查结果："
                 "应予更正 2 条，需说明 1 条，建议完善 1 条。", "没有读到的：图片没有读。", "另一项", "核查人（签字）："):  # fmt: skip
        assert any(line in one for one in seen), line
    assert read_document(tmp_path / "意见书.docx").blocks
    assert plain_text(("", "a")) == "a"


ROWS = (
    Reviewed(
        file="甲.docx", kind="部门决算", department="=cmd|'x'!A1", fiscal_year=2023, errors=1, hints=2, folder="甲.docx"
    ),
    Reviewed(file="乙#.pdf", kind="unknown", warnings=3, folder="乙#.pdf"),
    Reviewed(file="坏.docx", fault="文件已损坏"),
)


def test_the_summary_says_the_same_in_each_form(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(summary_csv(ROWS))))
    assert rows[0] == list(HEADINGS)
    assert rows[1][:8] == ["甲.docx", "部门决算", "'=cmd|'x'!A1", "2023", "1", "0", "2", "0"]
    assert rows[3] == ["坏.docx", *[""] * 8, "文件已损坏", ""]
    write_summary_xlsx(tmp_path / "汇总表.xlsx", ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx").active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (cells[0], cells[1][:3]) == (list(HEADINGS), ["甲.docx", "部门决算", "=cmd|'x'!A1"])
    assert sheet["C2"].data_type == "s"
    page = summary_page(ROWS, day=DAY, page="核查标注.html")
    assert 'href="%E4%B9%99%23.pdf/' in page
    assert page.index("甲.docx") < page.index("乙#.pdf") < page.index("坏.docx")
    assert "没有核查：文件已损坏" in page


def test_a_place_that_no_cell_covers_does_not_move_the_rest_of_its_row() -> None:
    table = Table(rows=2, columns=2, cells=(cell(0, 0, "甲", down=2), cell(1, 1, "乙")))
    sheet = Document(name="表.xlsx", sha256="0", format="xlsx", blocks=(table,))
    clean = CheckReport(document=DocumentHead("unknown", "", None, ""))
    text = marked_page(sheet, clean, titles={}, day=DAY)
    assert '<tr><td rowspan="2">甲</td><td></td></tr>\n<tr><td>乙</td></tr>' in text
