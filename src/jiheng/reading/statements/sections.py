"""Headings with what stands below them, and claims that rest on impressions only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.model.document import Document, Kind, Paragraph, Role, Table
from jiheng.model.statement import Impression, Section, Words
from jiheng.reading.statements.flat import FIGURES, Flat
from jiheng.values import Dimension

_IMPRESSION = re.compile(
    r"(?:据|根据|从|通过|凭)[^，。；：《]{0,12}(?:了解|观察|印象|感觉|感受|反映)|普遍(?:反映|感到|认为)|(?:总体|整体)感觉"
)
_SOURCE = re.compile(r"问卷|调查|测评|抽样|样本|访谈|回访|评议|统计|平台|12345|热线")
_SCORED = re.compile(r"得分[^，。；\n]{0,6}\d")
_SUBJECTS = ("满意度", "满意率", "满意", "知晓率", "好评")


def sections_of(document: Document) -> Iterator[Section]:
    """Each heading with the length of its text and the scores in it, lower headings included."""
    headings = [(i, b) for i, b in document.paragraphs if b.role is Role.HEADING]
    scored = {
        m.block
        for m in document.mentions
        if m.kind is Kind.FIGURE and m.figure is not None and m.figure.unit.dimension is Dimension.POINTS
    }
    for place, (index, heading) in enumerate(headings):
        end = next((i for i, other in headings[place + 1 :] if other.level <= heading.level), len(document.blocks))
        below = range(index + 1, end)
        letters = sum(_letters(document, at) for at in below)
        yield Section(
            words=Words(heading.text[:200], heading.passage.spot(), index, 0, min(200, len(heading.text))),
            title=heading.text.removeprefix(heading.number).strip(),
            level=heading.level,
            letters=letters,
            scores=sum(at in scored or _tells_score(document, at) for at in (index, *below)),
        )


def _tells_score(document: Document, at: int) -> bool:
    block = document.blocks[at]
    if isinstance(block, Table):
        return any("得分" in cell.text for cell in block.cells)
    return _SCORED.search(block.text) is not None


def _letters(document: Document, at: int) -> int:
    block = document.blocks[at]
    if isinstance(block, Table):
        return sum(len(cell.text) for cell in block.cells)
    return len(block.text) if isinstance(block, Paragraph) else 0


def impressions_in(flat: Flat) -> Iterator[Impression]:
    """满意度 that nobody asked for: an impression named as its source, and no survey in the same sentence."""
    for found in _IMPRESSION.finditer(flat.text):
        start = max(flat.text.rfind(mark, 0, found.start()) for mark in "。！？") + 1
        stop = re.search("[。！？]", flat.text[found.end() :])
        end = found.end() + stop.start() + 1 if stop else len(flat.text)
        sentence = flat.text[start:end]
        subject = next((word for word in _SUBJECTS if word in sentence), "")
        if not subject or _SOURCE.search(sentence):
            continue
        figures = [flat.numbers[at] for at in range(found.start(), end) if flat.text[at] in FIGURES]
        value = figures[0].text if figures else ""
        first = max(flat.text.rfind(mark, 0, found.start()) for mark in "，。；：") + 1
        yield Impression(words=flat.words(first, end), subject=subject, value=value)
