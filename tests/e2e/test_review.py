"""Reviewing an uploaded report in a real Chromium: our own report with one figure changed, and a bad file beside it."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest

from jiheng import workflow

from .test_browser import SAMPLES, Person, browser, site  # noqa: F401

SAID, WRONG = re.compile(r"预算执行率为(\d+(?:\.\d+)?)%"), "95.1"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Our own report, and the same with its rate of execution changed."""
    folder = tmp_path_factory.mktemp("reports")
    right, wrong = folder / "评价报告.docx", folder / "改过一个数.docx"
    evaluated = workflow.evaluate(SAMPLES / "示范街道-2024.xlsx", date(2025, 3, 1))
    workflow.write_report(workflow.compose_report(evaluated, "department"), right)
    document = docx.Document(str(right))
    changed = 0
    for run in (run for paragraph in document.paragraphs for run in paragraph.runs):
        if SAID.search(run.text) and not changed:
            run.text = SAID.sub(f"预算执行率为{WRONG}%", run.text)
            changed += 1
    assert changed == 1
    document.save(str(wrong))
    return right, wrong


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_a_report_with_one_wrong_figure_is_found_marked_and_handed_back(browser, site, reports, tmp_path):  # noqa: F811
    address, _, _ = site
    right, wrong = reports
    finance = Person(browser, address, "caiwu")
    page = finance.page
    finance.go("核查材料")
    page.wait_for_selector("text=还没有核查过材料")

    # one document: its finding, its place in the text, the files
    page.set_input_files("#files", str(wrong))
    finance.press("上传并核查")
    page.wait_for_selector(".reviewed")
    first = page.locator(".finding.error")
    assert first.count() == 1
    assert f"{WRONG}%" in first.inner_text()
    assert "示范街道办事处" in page.locator(".about").inner_text()
    first.get_by_text("看原文").click()
    paper = page.frame_locator("iframe.paper")
    paper.locator("mark.error", has_text=f"{WRONG}%").first.wait_for()
    finance.follow(page.locator(".tile.hint"))
    page.wait_for_selector("text=只看一个级别")
    assert page.locator(".finding.error").count() == 0

    commented = docx.Document(io.BytesIO(finance.download("下载带批注的 Word")))
    assert any(f"{WRONG}%" in comment.text for comment in commented.comments)
    assert any(f"预算执行率为{WRONG}%" in one.text for one in commented.paragraphs)
    opinion = docx.Document(io.BytesIO(finance.download("核查意见书")))
    assert any(f"{WRONG}%" in one.text for one in [*opinion.paragraphs, *_cells(opinion)])

    # many at once: a bad one stops nothing; a name with script in it is only text
    bad = tmp_path / "坏的<img src=x onerror=alert(1)>.docx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    page.on("dialog", lambda one: finance.complaints.append(one.message))
    finance.go("核查材料")
    page.set_input_files("#files", [str(right), str(bad), str(wrong)])
    finance.press("上传并核查")
    page.wait_for_selector(".going")
    page.wait_for_selector(".going", state="detached", timeout=60_000)
    rows = page.locator(".reviews tbody tr").all_inner_texts()
    assert len(rows) == 4
    assert sum("没有核查成" in one for one in rows) == 1
    assert page.locator(".reviews img").count() == 0

    # the bureau sees it, the department's others see it; nobody's console complains
    bureau = Person(browser, address, "jixiao")
    bureau.follow(bureau.page.get_by_role("link", name="核查材料"))
    bureau.page.wait_for_selector(".reviews")
    assert bureau.page.locator(".reviews tbody tr").count() == 4
    assert finance.complaints == []
    assert bureau.complaints == []


def _cells(document):
    return [cell for table in document.tables for row in table.rows for cell in row.cells]


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_own_prose_is_checked_as_it_is_written(browser, site):  # noqa: F811
    address, _, _ = site
    finance = Person(browser, address, "caiwu")
    page = finance.page
    finance.go("报告")
    text = page.locator("form[data-passage] textarea").last
    text.fill("全年执行率为80%。")
    page.wait_for_selector("text=还没有保存")
    form = page.locator("form[data-passage]").last
    assert "账表里的执行率是 93.1%" in form.inner_text()
    text.fill("措施落实以后，执行率为。")
    text.press("End")
    text.press("ArrowLeft")
    page.locator(".figures summary").click()
    page.locator("[data-insert='{执行率}']").click()
    assert text.input_value() == "措施落实以后，执行率为{执行率}。"
    page.keyboard.press("Tab")
    form.locator(".printed", has_text="措施落实以后，执行率为93.1%。").wait_for()
    form.locator("[data-saved]").wait_for()
    assert "unsaved" not in (form.get_attribute("class") or "")
    page.frame_locator("iframe.paper").locator("main", has_text="措施落实以后，执行率为").wait_for()
    assert finance.complaints == []
