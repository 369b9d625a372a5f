"""Reading back: silence where all is right; exactly the damaged figure where one is not."""

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from jiheng.model.report import Heading, Paragraph, Printed, ReportModel, Table, TableCell
from jiheng.reporting.read_back import differences
from jiheng.reporting.word import write_docx


@pytest.fixture
def seen(report: ReportModel, seen_in: Callable[[Path], list[str]], tmp_path: Path) -> list[str]:
    write_docx(report, tmp_path / "报告.docx")
    return seen_in(tmp_path / "报告.docx")


def said(model: ReportModel, visible: list[str]) -> list[tuple[str, str, str]]:
    return [(one.heading, one.expected, one.found) for one in differences(model, visible)]


def test_what_was_written_is_what_is_read(report: ReportModel, seen: list[str]):
    assert said(report, seen) == []
    assert len(list(report.printed())) > 300


def test_lines_broken_repeated_heads_and_page_numbers_do_not_count(report: ReportModel, seen: list[str]):
    broken: list[str] = []
    for number, text in enumerate(seen):
        broken += [text[at : at + 28] for at in range(0, len(text), 28)] if len(text) > 40 else [text]
        if number % 50 == 49:
            broken += ["", f"— {number // 50 + 1} —", "草稿", "序号", "项目名称", "责任科室"]
    assert said(report, broken) == []


def replaced(seen: list[str], before: str, after: str) -> list[str]:
    at = next(number for number, text in enumerate(seen) if before in text)
    return [*seen[:at], seen[at].replace(before, after), *seen[at + 1 :]]


def test_a_figure_that_was_changed(report: ReportModel, seen: list[str]):
    assert said(report, replaced(seen, "26319.114852", "26319.114853")) == [
        ("二、当年预算执行情况", "26319.114852", "26319.114853")
    ]
    assert said(report, replaced(seen, "减少12.3%", "减少12.4%")) == [("（1）社区服务", "12.3%", "12.4")]


def test_a_unit_that_was_lost(report: ReportModel, seen: list[str]):
    found = differences(report, replaced(seen, "执行率为99.66%", "执行率为99.66"))
    assert [(one.heading, one.expected) for one in found] == [("二、当年预算执行情况", "99.66%")]


def test_a_cell_that_vanished_and_cells_that_changed_places(report: ReportModel, seen: list[str]):
    at = seen.index("131.000001")
    heading = "附件1 项目自评结果汇总表"
    assert said(report, [*seen[:at], *seen[at + 1 :]]) == [(heading, "131.000001", "没有找到")]
    swapped = [*seen[:at], seen[at + 1], seen[at], *seen[at + 2 :]]
    assert said(report, swapped) == [(heading, "131.000001", "没有找到")]


def test_a_paragraph_under_another_heading(report: ReportModel, seen: list[str]):
    moved = next(text for text in seen if text.startswith("整体绩效自评得分92.35分"))
    elsewhere = [text for text in seen if text != moved]
    found = said(report, [*elsewhere[:8], moved, *elsewhere[8:]])
    assert found == [("五、总体评价结论", "92.35分", "没有找到")]


def test_two_neighbours_that_are_wrong_are_told_apart(report: ReportModel, seen: list[str]):
    wrong = replaced(replaced(seen, "131.000001", "131.1"), "130.000001", "130.1")
    assert said(report, wrong) == [
        ("附件1 项目自评结果汇总表", "131.000001", "131.1"),
        ("附件1 项目自评结果汇总表", "130.000001", "130.1"),
    ]


def test_thousands_separators_are_no_difference(bound: Callable[..., Printed]):
    figure = Printed(
        text="31,385.99万元", value=Decimal("31385.994"), unit="万元", places=2, name="全年预算数", source="预算执行!D4"
    )
    model = ReportModel(kind="", title=(), department="", fiscal_year=2024, blocks=(Paragraph(("共", figure, "。")),))
    assert differences(model, ["共31,385.99万元。"]) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "places", "expected"),
    [
        ("99.67%", "99.665", "%", 2, None),
        ("99.66%", "99.665", "%", 2, "99.67%"),
        ("99.66", "99.66", "%", 2, None),
        ("12.3万元", "12.3", "元", 1, "12.3元"),
        ("-0.5个", "0.5", "个", 1, "0.5个"),
        ("很多", "1", "个", None, "1个"),
    ],
)
def test_a_figure_that_was_composed_wrongly(text: str, value: str, unit: str, places: int | None, expected: str | None):
    figure = Printed(text=text, value=Decimal(value), unit=unit, places=places, name="某数", source="")
    model = ReportModel(
        kind="", title=(), department="", fiscal_year=2024, blocks=(Heading(1, "一、"), Paragraph((figure,)))
    )
    found = differences(model, ["一、", text])
    assert [(one.heading, one.expected, one.found) for one in found] == ([("一、", expected, text)] if expected else [])


def test_the_sentence_says_where_what_and_what_instead(report: ReportModel, seen: list[str]):
    wrong = differences(report, replaced(seen, "资金总体支出31280.213444", "资金总体支出31280.21"))
    assert [str(one) for one in wrong] == [
        "“二、当年预算执行情况”之下：“执行数”应为“31280.213444万元”，文件中是“31280.21”"
    ]


def test_another_file_is_told_quickly(make_report: Callable[..., ReportModel]):
    start = time.perf_counter()
    found = differences(make_report(106, 900), ["无关的文字 1.5"] * 12_000)
    assert 1 <= len(found) <= 210
    assert time.perf_counter() - start < 5


def test_a_number_in_a_longer_number_is_not_found(bound: Callable[..., Printed]):
    row = (TableCell((bound("12", "", name="甲"),)), TableCell((bound("345", "", name="乙"),)))
    table = Table(caption="", widths=(1, 1), rows=(row,))
    model = ReportModel(kind="", title=(), department="", fiscal_year=2024, blocks=(table,))
    assert [one.name for one in differences(model, ["123", "45"])] == ["甲", "乙"]
