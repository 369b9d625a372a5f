"""核查意见书: the findings on a document as a paper with quotes, to be signed; through ReportModel and the one Word writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from jiheng import __version__
from jiheng.model import CheckReport, Level
from jiheng.model.document import Document
from jiheng.model.report import Align, Block, Heading, Paragraph, ReportModel, SignatureBlock, Style, Table, TableCell
from jiheng.reporting.located import Located, located

KIND = "核查意见书"
WHOLE = "整份材料"
_NUMERALS = "一二三四五六七八九"
_LABEL, _TEXT = 15, 85
_SIGNATURES = ("核查人（签字）：", "被核查单位联系人（签字）：", "（核查单位盖章）", "年　　月　　日")


def opinion_paper(document: Document, report: CheckReport, *, titles: Mapping[str, str], day: date) -> ReportModel:
    """The paper. `titles` names each check in words; `day` is the day of the review, given by the door."""
    head = report.document
    return ReportModel(
        kind=KIND,
        title=(KIND,),
        department=head.department,
        fiscal_year=head.fiscal_year or 0,
        blocks=tuple(_blocks(document, report, titles, day)),
        properties={"核查的文件": document.name, "文件的 sha256": document.sha256, "程序版本": f"绩衡 {__version__}"},
    )


def _blocks(document: Document, report: CheckReport, titles: Mapping[str, str], day: date) -> Iterator[Block]:
    findings = located(document, report.findings)
    numerals = iter(_NUMERALS)
    yield Heading(1, f"{next(numerals)}、核查的材料")
    yield from (Paragraph((line,)) for line in _about(document, report, day))
    for level in Level:
        own = [one for one in findings if one.finding.level is level]
        yield Heading(1, f"{next(numerals)}、{level.label}（{len(own)} 条）")
        if not own:
            yield Paragraph(("没有。",))
        for number, one in enumerate(own, 1):
            yield Paragraph((f"{number}. {one.finding.message}",))
            yield _table(one)
    if report.not_run:
        yield Heading(1, f"{next(numerals)}、没有核查的（{len(report.not_run)} 项）")
        yield Paragraph(("下列项目缺少数据，没有核查；没有核查不等于没有问题。",))
        yield _lacks(report, titles)
    if report.broken:
        yield Heading(1, f"{next(numerals)}、核查出错（{len(report.broken)} 项）")
        names = "、".join(titles.get(one.check, one.check) for one in report.broken)
        yield Paragraph((f"程序在下列项目上自己出了错，与材料无关，请告诉管理员：{names}。",))
    yield Paragraph(("本意见由程序根据材料原文核对得出，供编制单位核对更正，不是对部门工作的评价。",), Style.NOTE)
    yield SignatureBlock(_SIGNATURES)


def _about(document: Document, report: CheckReport, day: date) -> Iterator[str]:
    head = report.document
    yield f"文件：{document.name}"
    told = (
        ("类型", "" if head.kind == "unknown" else head.kind),
        ("部门", head.department),
        ("年度", str(head.fiscal_year or "")),
    )
    yield from (f"{label}：{text}" for label, text in told if text)
    counts = "，".join(f"{level.label} {len(report.at(level))} 条" for level in Level)
    yield f"核查日期：{day.year}年{day.month}月{day.day}日。核查结果：{counts}。"
    yield from (f"没有读到的：{fault}。" for fault in document.faults)


def _table(one: Located) -> Table:
    finding = one.finding
    told = (
        ("位置", one.place or WHOLE),
        ("原文", f"“{finding.quote}”" if finding.quote else ""),
        ("怎么算的", finding.reckoning),
        ("可能原因", finding.likely_cause),
        ("怎么改", finding.mend),
        ("依据", finding.basis),
    )
    rows = tuple(
        (TableCell((label,), Align.CENTRE, bold=True), TableCell((text,), Align.LEFT)) for label, text in told if text
    )
    return Table(caption="", widths=(_LABEL, _TEXT), rows=rows, header_rows=0)


def _lacks(report: CheckReport, titles: Mapping[str, str]) -> Table:
    head = (TableCell(("核查项目",), bold=True), TableCell(("缺少",), bold=True))
    rows = (
        (TableCell((titles.get(one.check, one.check),), Align.LEFT), TableCell((one.missing,), Align.LEFT))
        for one in report.not_run
    )
    return Table(caption="", widths=(50, 50), rows=(head, *rows))
