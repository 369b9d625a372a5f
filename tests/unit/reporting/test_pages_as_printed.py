"""The report as LibreOffice prints it: 22 lines of 28 characters, margins, page numbers, repeated heads, figures."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from jiheng import workflow
from jiheng.model.report import Heading, Paragraph, ReportModel
from jiheng.reporting.read_back import differences
from jiheng.reporting.word import write_docx

MM = 72 / 25.4


def lines_of(page: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.extract_text_lines(return_chars=True)
    return found


@pytest.fixture(scope="module")
def solid(to_pdf: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages of nothing but characters."""
    text = "预算绩效管理是政府治理体系的重要内容" * 130
    model = ReportModel(
        kind="", title=("标题",), department="", fiscal_year=2024, blocks=(Heading(1, "一、甲"), Paragraph((text,)))
    )
    path = tmp_path_factory.mktemp("solid") / "满页.docx"
    write_docx(model, path)
    return to_pdf(path)


def test_a_full_page_has_22_lines_of_28_characters_inside_the_margins(solid: Path):
    with pdfplumber.open(solid) as pdf:
        lines = lines_of(pdf.pages[1])
        body, number = lines[:-1], lines[-1]
        assert [len(line["text"].replace(" ", "")) for line in body] == [28] * 22
        assert re.fullmatch(r"— ?2 ?—", number["text"])
        left = min(line["x0"] for line in body) / MM
        right = (pdf.pages[1].width - max(line["x1"] for line in body)) / MM
        top, foot = body[0]["top"] / MM, (pdf.pages[1].height - body[-1]["bottom"]) / MM
        assert (round(left), round(right)) == (28, 26)
        assert 37 <= top <= 40
        assert 34 <= foot <= 40
        pitches = [after["top"] - before["top"] for before, after in pairwise(body)]
        assert all(abs(pitch - 28.95) < 0.2 for pitch in pitches)


def test_page_numbers_change_sides(solid: Path):
    with pdfplumber.open(solid) as pdf:
        middles = [(lines_of(page)[-1]["x0"] + lines_of(page)[-1]["x1"]) / 2 / page.width for page in pdf.pages[:3]]
    assert [middle > 0.5 for middle in middles] == [True, False, True]


def pieces(pdf: Any) -> list[str]:
    """Lines and cells of every page in reading order."""
    found: list[str] = []
    for page in pdf.pages:
        items: list[tuple[float, list[str]]] = []
        rest = page
        for table in page.find_tables():
            items.append((table.bbox[1], [cell or "" for row in table.extract() for cell in row]))
            rest = rest.outside_bbox(table.bbox)
        items += [(line["top"], [line["text"]]) for line in rest.extract_text_lines()]
        for _, texts in sorted(items, key=lambda item: item[0]):
            found += texts
    return found


def test_every_figure_is_read_back_from_the_printed_pages(
    report: ReportModel, to_pdf: Callable[..., Path], tmp_path: Path
):
    write_docx(report, tmp_path / "报告.docx")
    with pdfplumber.open(to_pdf(tmp_path / "报告.docx")) as pdf:
        texts = [re.sub(r"\s", "", page.extract_text()) for page in pdf.pages]
        seen = pieces(pdf)
        wide = [page.width > page.height for page in pdf.pages]
    assert [str(one) for one in differences(report, seen)] == []
    assert all(text.startswith("草稿") for text in texts)
    heads = [text for text in texts if "三级指标" in text]
    assert len(heads) >= 5, "表头没有在每页重复"
    assert all("二级指标" in text and "实际完成值" in text for text in heads)
    assert all("数量指标" in text or "质量指标" in text or "时效指标" in text for text in heads)
    assert wide[0] is False
    assert True in wide
    assert wide[-1] is False
    wrong = [text.replace("26319.114852", "26319.114851") for text in seen]
    assert [one.expected for one in differences(report, wrong)] == ["26319.114852"]


SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.xlsx"))


def test_the_briefing_fits_on_one_page(to_pdf: Callable[..., Path], tmp_path: Path):
    workbook = next(path for path in SAMPLES if path.stem == "示范街道-2024")
    paper = tmp_path / "汇报稿.docx"
    workflow.write_report(workflow.compose_report(workflow.evaluate(workbook, date(2025, 3, 1)), "briefing"), paper)
    with pdfplumber.open(to_pdf(paper)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("workbook", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_a_sample_report_is_right_in_print(to_pdf: Callable[..., Path], tmp_path: Path, workbook: Path):
    model = workflow.compose_report(workflow.evaluate(workbook, date(2025, 3, 1)), "department")
    proven = workflow.write_report(model, tmp_path / "报告.docx", verify_pdf=True)
    assert proven == sum(1 for _ in model.printed()) > 0
