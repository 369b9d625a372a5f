"""The department's own paragraphs of the report: by section, each with what is to be said of it, and the figures it may name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

from jiheng.checks import all_checks, run_checks
from jiheng.formats import flow
from jiheng.formats.document_opening import OpenedDocument
from jiheng.model import Finding, Passage
from jiheng.model.named_figures import NamedFigure, decimals_needed, named_figures
from jiheng.model.report import Annex, Heading, Inline, Paragraph, Printed, plain_text
from jiheng.reading.opening import document_of
from jiheng.reading.review import review
from jiheng.reporting.sections.compose import own_passages
from jiheng.reporting.sections.context import LACKING, Context
from jiheng.rulebook.check_rules import check_rules
from jiheng.rulebook.forms import workbook_form
from jiheng.rulebook.outlines import outline_named
from jiheng.workflow import compose_report
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years.entering import said
from jiheng_web.years.models import Row, Year
from jiheng_web.years.queries import evaluated, find_year, findings_by_row, row_named, rows_of_table
from jiheng_web.years.services import owns
from jiheng_web.years.states import is_locked

RECORD = "passages"
_SHEET = re.compile("“([^”]+)”表")
_WORDS = (("评定", "score"), ("评分", "score"), ("满意度", "surveys"), ("预算", "budget_lines"), ("指标", "indicators"),
          ("对应职责", "indicators"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A passage as it will be printed, and what there is to say of it."""

    printed: tuple[tuple[str, str], ...]
    """Pieces of text, each with the source of its figure (empty where it is plain text)."""
    findings: tuple[Finding, ...]

    @property
    def has_figures(self) -> bool:
        """Whether it names a figure of the ledgers."""
        return any(source for _, source in self.printed)


@dataclass(frozen=True, slots=True)
class Own:
    """A saved passage."""

    row: Row
    text: str
    read: Read


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report that takes own paragraphs."""

    section: str
    heading: str
    passages: tuple[Own, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the report is a draft, and where that is mended: the name of a route, the table it takes, the place on its page."""

    text: str
    route: str
    record: str = ""
    anchor: str = ""
    parts: tuple[Reason, ...] = ()


def find_passage(year: int, passage: int) -> SimpleNamespace | None:
    """A passage of a year."""
    found = find_year(year)
    row = row_named(found, RECORD, passage) if found else None
    return SimpleNamespace(year=found, row=row, department=found.department) if found and row else None


def may_write(actor: Actor, year: Year) -> bool:
    """Whether the person may write own paragraphs now."""
    form = workbook_form().sheet(RECORD)
    may = actor.may(Action.EDIT_ROWS, year.department) and owns(actor, year, form, {})
    return may and not is_locked(year.state, RECORD)


def parts(year: Year) -> list[Part]:
    """The sections in the report's order, each with its passages; what stands under no heading comes last."""
    headings = {one.passages: one.text for one in outline_named("department").headings if one.passages}
    sections = [
        *headings,
        *(one for one in workbook_form().sheet(RECORD).column("section").choices if one not in headings),
    ]
    rows: dict[str, list[Row]] = {}
    for row in rows_of_table(year, RECORD):
        rows.setdefault(said(row.cells, "section"), []).append(row)
    marks = findings_by_row(year)
    sections += [one for one in rows if one not in sections]
    return [
        Part(one, headings.get(one, one or "没有选章节"), tuple(_own(year, row, marks) for row in rows.get(one, ())))
        for one in sections
    ]


def _own(year: Year, row: Row, marks: dict[int, dict[str, list[Finding]]]) -> Own:
    text = said(row.cells, "text")
    placed = [one for found in marks.get(row.pk, {}).values() for one in found]
    printed = printed_as(year, said(row.cells, "section"), text)
    return Own(row, text, Read(printed, tuple(_once([*placed, *_claims(printed)]))))


def saved(year: Year, row: Row) -> Own:
    """A passage as it was saved."""
    return _own(year, row, findings_by_row(year))


def read_typed(year: Year, section: str, text: str) -> Read:
    """What there is to say of words that are being typed; nothing is written."""
    engine = evaluated(year).year
    alone = replace(engine, passages=(Passage(section=section, text=text),))
    checks = [one for one in all_checks() if one.id.startswith("passages.")]
    report = run_checks(alone, check_rules(engine.profile.region, engine.profile.fiscal_year), checks)
    printed = printed_as(year, section, text)
    return Read(printed, tuple(_once([*report.findings, *_claims(printed)])))


def printed_as(year: Year, section: str, text: str) -> tuple[tuple[str, str], ...]:
    """A passage with its named figures filled in as the report prints them."""
    result = evaluated(year)
    alone = replace(result.year, passages=(Passage(section=section, text=text),))
    context = Context(
        year=alone, findings=result.checked.report, sheet=result.sheet, decimals=decimals_needed(result.year)
    )
    blocks = [one for one in own_passages(context, section) if isinstance(one, Paragraph)]
    return tuple(_piece(one) for block in blocks for one in block.text)


def _piece(one: Inline) -> tuple[str, str]:
    return (one.text, f"{one.name}：{one.source}") if isinstance(one, Printed) else (one, "")


def _claims(printed: Sequence[tuple[str, str]]) -> tuple[Finding, ...]:
    """What the checks of finished documents find in the passage by itself: sums, rates, placeholders."""
    text = "".join(piece for piece, _ in printed)
    if not text.strip():
        return ()
    opened = OpenedDocument("报告文字", "", "txt", (flow.Lines("lines", text.split("\n")),))
    return review(document_of(opened)).report.findings


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    told = set()
    for one in findings:
        if one.message not in told:
            told.add(one.message)
            yield one


def figures(year: Year) -> list[NamedFigure]:
    """The figures that a passage may name, as they are printed."""
    engine = evaluated(year).year
    return list(named_figures(engine, decimals_needed(engine)).values())


# --- why it is a draft ------------------------------------------------------------------------------------------------


def draft_reasons(year: Year) -> list[Reason]:
    """Why the report is a draft, each with the way to where it is mended."""
    model = compose_report(evaluated(year), "department")
    return [_reason(one, model.blocks) for one in model.draft_because]


def _reason(text: str, blocks: Sequence[object]) -> Reason:
    if text.startswith("核查意见"):
        return Reason(text, "findings", anchor="error")
    if text.startswith("报告文字"):
        return Reason(text, "report", anchor="own")
    if "没有核实" in text:
        return Reason(text, "score", anchor="confirm")
    if LACKING in text:
        return Reason(text, "", parts=tuple(_lacking(blocks)))
    return Reason(text, "sealing" if "封存" in text else "score")


def _lacking(blocks: Sequence[object]) -> Iterator[Reason]:
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Annex):
            heading = f"{block.mark} {block.title}"
        elif isinstance(block, Paragraph) and (text := plain_text(block.text)).startswith(LACKING):
            said_so = text.removeprefix(LACKING)
            yield Reason(f"{heading}：{said_so}", *_where(said_so))


def _where(sentence: str) -> tuple[str, str]:
    names = {sheet.name: sheet.record for sheet in workbook_form().sheets}
    for name in _SHEET.findall(sentence):
        if name in names:
            return "table", names[name]
    place = next((place for word, place in _WORDS if word in sentence), "")
    return ("score", "") if place == "score" else ("table", place) if place else ("tables", "")
