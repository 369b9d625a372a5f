"""A report from a year: the outline's headings in order, each with what its section says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jiheng import __version__
from jiheng.model import Level, Passage
from jiheng.model.report import (
    Annex,
    Block,
    Heading,
    Inline,
    Paragraph,
    ReportModel,
    Seal,
    SignatureBlock,
    Style,
    plain_text,
)
from jiheng.reporting.sections import annexes, attainment, briefing, conclusion, execution, forms, management, profile
from jiheng.reporting.sections.context import LACKING, Context, Section, printed, sentence
from jiheng.rulebook.outlines import Outline

_PLACE = re.compile(r"\{([^{}\n]+)\}")

SECTIONS: Mapping[str, Section] = {
    "offices": profile.offices,
    "duties": profile.duties,
    "key_tasks": profile.key_tasks,
    "goal_setting": profile.goal_setting,
    "execution": execution.execution,
    "attainment": attainment.attainment,
    **attainment.CATEGORIES,
    "satisfaction": attainment.satisfaction,
    "by_project": attainment.by_project,
    "all_benefits": attainment.all_benefits,
    "finance": management.finance,
    "assets": management.assets,
    "performance": management.performance,
    "carryover": management.carryover,
    "variance": management.variance,
    "score": conclusion.score,
    "problems": conclusion.problems,
    "measures": conclusion.measures,
    "goal_table": annexes.goal_table,
    "score_table": annexes.score_table,
    "self_evaluation_table": annexes.self_evaluation_table,
    "rectification_table": annexes.rectification_table,
    "survey_table": annexes.survey_table,
    "fund_table": forms.fund_table,
    "goal_texts": forms.goal_texts,
    "self_evaluation_forms": forms.self_evaluation_forms,
    "monitoring_forms": forms.monitoring_forms,
    "five_numbers": briefing.five_numbers,
    "late": briefing.late,
    "who_answers": briefing.who_answers,
    "decisions": briefing.decisions,
}


def compose(context: Context, outline: Outline, seal: Seal | None = None) -> ReportModel:
    """The report by the outline. Until it is sealed it is a draft, and says why."""
    profile = context.year.profile
    sheet = context.sheet
    names = {"department": profile.department, "year": str(profile.fiscal_year)}
    blocks = tuple(_blocks(context, outline))
    if seal is not None and seal.note:
        blocks = (Paragraph((f"【报送说明】{sentence(seal.note)}（{seal.person}）",), Style.NOTE), *blocks)
    return ReportModel(
        kind=outline.kind,
        title=tuple(line.format(**names) for line in outline.title),
        department=profile.department,
        fiscal_year=profile.fiscal_year.year,
        blocks=blocks,
        compact=outline.compact,
        draft_because=() if seal else (*still_open(context, blocks), "尚未封存"),
        properties={
            "engine_version": __version__,
            "rules_hash": sheet.rules_hash if sheet else "",
            "rules_edition": sheet.edition if sheet else "",
            "source_sha256": context.year.source.sha256 if context.year.source else "",
            "sealed_by": f"{seal.person} {seal.day}" if seal else "",
        },
    )


def _blocks(context: Context, outline: Outline) -> Iterator[Block]:
    for heading in outline.headings:
        if heading.text:
            yield Heading(heading.level, heading.text)
        if heading.section:
            yield from SECTIONS[heading.section](context)
        if heading.passages:
            yield from own_passages(context, heading.passages)
    if outline.signature:
        yield SignatureBlock(outline.signature)
    for annex in outline.annexes:
        yield Annex(annex.mark, annex.title, annex.landscape)
        yield from SECTIONS[annex.section](context)


def own_passages(context: Context, section: str) -> Iterator[Block]:
    """The department's own paragraphs of a section, with {执行率} bound to the year's figure."""
    for passage in context.year.passages:
        if passage.section == section:
            yield Paragraph(tuple(_bound(context, passage)), Style.OWN)


def _bound(context: Context, passage: Passage) -> Iterator[Inline]:
    for index, piece in enumerate(_PLACE.split(passage.text.strip())):
        figure = context.named.get(piece.strip()) if index % 2 else None
        if figure is not None:
            yield printed(figure)
        elif piece:
            yield f"{{{piece}}}" if index % 2 else piece


def still_open(context: Context, blocks: Sequence[Block]) -> Iterator[str]:
    """What a person still has to do before the report is final."""
    errors, sheet = len(context.findings.at(Level.ERROR)), context.sheet
    if errors:
        yield f"核查意见中有 {errors} 条应予更正"
    prose = sum(one.check.startswith("passages.") for one in context.findings.findings)
    if prose:
        yield f"报告文字中有 {prose} 处数字与账表不一致或名称不认得"
    if sheet is None:
        yield "没有适用的评分规则"
    else:
        if sheet.open_points:
            yield "评分表尚有未评定的分值"
        if sheet.marks:
            yield f"评分所用的规则有 {len(sheet.marks)} 处没有核实"
    missing = sum(isinstance(block, Paragraph) and plain_text(block.text).startswith(LACKING) for block in blocks)
    if missing:
        yield f"报告中有 {missing} 处{LACKING}"
