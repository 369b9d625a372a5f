"""The document as one self-contained page: passages marked by level, findings beside them. No script.

The filter is made of check boxes and style rules, so it works wherever the page opens, also from a disk without network.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from jiheng import __version__
from jiheng.model import CheckReport, Level
from jiheng.model.document import Block, Document, Paragraph, Role, Table, TableCell
from jiheng.reporting.located import Located, located
from jiheng.reporting.visible import showable

_CLASSES = {Role.TITLE: "title", Role.CAPTION: "caption", Role.CONTENTS: "soft", Role.NOTE: "soft", Role.BOX: "box"}
_DEEPEST_HEADING = 6
_KIND_UNKNOWN = "unknown"
_NUMBER = re.compile(r"\s*[-－]?[\d,，.]+\s*[%％]?\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the document and the findings beside it. **Shape** `is_clean` blocks can be hidden by the reader."""

    text: Markup
    findings: tuple[Located, ...]
    is_clean: bool


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("jiheng.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def marked_page(document: Document, report: CheckReport, *, titles: Mapping[str, str], day: date) -> str:
    """The page as HTML text. `titles` names each check in words; `day` is the day of the review, given by the door."""
    findings = located(document, report.findings)
    head = report.document
    known = (head.department, f"{head.fiscal_year} 年" if head.fiscal_year else "", head.kind)
    context = {
        "name": showable(document.name),
        "who": [showable(one) for one in known if one and one != _KIND_UNKNOWN],
        "levels": list(Level),
        "counts": {level: len(report.at(level)) for level in Level},
        "whole": [one for one in findings if one.words is None],
        "rows": _rows(document, findings),
        "faults": [showable(one) for one in document.faults],
        "report": report,
        "titles": titles,
        "day": day.isoformat(),
        "version": __version__,
    }
    return _pages().get_template("marked.html").render(context)


def _rows(document: Document, findings: Sequence[Located]) -> list[Row]:
    by_block: dict[int, list[Located]] = {}
    for one in findings:
        if one.words is not None:
            by_block.setdefault(one.words.block, []).append(one)
    printed = {block.text for _, block in document.paragraphs}
    return [_row(block, by_block.get(index, []), printed) for index, block in enumerate(document.blocks)]


def _row(block: Block, findings: Sequence[Located], printed: Collection[str]) -> Row:
    keeps_context = isinstance(block, Paragraph) and block.role in (Role.TITLE, Role.HEADING)
    text = _paragraph(block, findings) if isinstance(block, Paragraph) else _table(block, findings, printed)
    return Row(text, tuple(findings), not findings and not keeps_context)


def _paragraph(block: Paragraph, findings: Sequence[Located]) -> Markup:
    text = _marked(block.text, findings)
    if block.role is Role.HEADING:
        level = min(block.level + 1, _DEEPEST_HEADING)
        return Markup("<h{0}>{1}</h{0}>").format(level, text)
    if block.role is Role.TITLE:
        return Markup('<p class="title">{}</p>').format(text)
    return Markup('<p class="{}">{}</p>').format(_CLASSES.get(block.role, "body"), text)


def _table(table: Table, findings: Sequence[Located], printed: Collection[str]) -> Markup:
    """A table; its title only where no paragraph shows it already."""
    lines = Markup("")
    for row, places in enumerate(table.grid()):
        tag = "th" if row < table.header_rows else "td"
        shown = Markup("")
        for column, index in enumerate(places):
            if index is None:  # nothing covers this place; without a cell of its own the rest of the row would move
                shown += Markup("<td></td>")
            elif (table.cells[index].row, table.cells[index].column) == (row, column):
                shown += _cell(tag, index, table.cells[index], findings)
        lines += Markup("<tr>{}</tr>\n").format(shown)
    unseen = table.title if table.title not in printed else ""
    title = Markup('<p class="caption">{}</p>').format(showable(unseen)) if unseen else Markup("")
    doubts = Markup("").join(Markup('<p class="soft">{}</p>').format(showable(one)) for one in table.doubts)
    return title + Markup('<div class="table"><table>\n{}</table></div>').format(lines) + doubts


def _cell(tag: str, index: int, cell: TableCell, findings: Sequence[Located]) -> Markup:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if count > 1
    )
    spans += ' class="amount"' if tag == "td" and _NUMBER.fullmatch(cell.text) else ""
    own = [one for one in findings if one.words is not None and one.words.cell == index]
    return Markup(f"<{tag}{spans}>") + _marked(cell.text, own) + Markup(f"</{tag}>")


def _marked(text: str, findings: Sequence[Located]) -> Markup:
    """The text cut where marks begin and end; each piece knows all levels that it is marked with."""
    spans = [(one.words.start, one.words.end, one) for one in findings if one.words is not None]
    edges = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    out: list[Markup] = []
    begun: set[int] = set()
    for start, end in pairwise(edges):
        inside = [one for low, high, one in spans if low <= start and end <= high]
        piece = escape(showable(text[start:end]))
        if inside:
            levels = " ".join(level.value for level in Level if any(one.finding.level is level for one in inside))
            targets = Markup("").join(
                Markup('<i id="m{}"></i>').format(one.number) for one in inside if one.number not in begun
            )
            begun |= {one.number for one in inside}
            piece = Markup('<mark class="{}">{}{}</mark>').format(levels, targets, piece)
        out.append(piece)
        out += [
            Markup('<a class="number {}" href="#f{}">{}</a>').format(one.finding.level.value, one.number, one.number)
            for _, high, one in spans
            if high == end
        ]
    return Markup("").join(out)
