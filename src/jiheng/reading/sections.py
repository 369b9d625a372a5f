"""The outline of a document as sections, each with its paragraphs and the numbers in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiheng.model.document import Document, Kind, Mention, Paragraph, Role

_CLAUSE_END = re.compile(r"[，。；;！？\n]")
_SENTENCE_END = re.compile(r"[。；;！？\n]")


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of its own or a higher level."""

    title: str
    level: int
    block: int
    blocks: list[int] = field(default_factory=list)


def sections(document: Document) -> list[Section]:
    """All sections in order; a section holds the blocks of the sections below it, too."""
    found: list[Section] = []
    opened: list[Section] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and block.role is Role.HEADING:
            opened = [one for one in opened if one.level < block.level]
            section = Section(block.text.strip(), block.level, index)
            found.append(section)
            opened.append(section)
        for one in opened:
            one.blocks.append(index)
    return found


def in_prose(document: Document, blocks: list[int] | None = None) -> list[Mention]:
    """The figures of paragraphs, of all or of some blocks."""
    wanted = None if blocks is None else set(blocks)
    return [
        one
        for one in document.mentions
        if one.cell is None and one.kind is Kind.FIGURE and (wanted is None or one.block in wanted)
    ]


def clause_of(document: Document, mention: Mention) -> str:
    """The words between the stops around a number."""
    return _around(document, mention, _CLAUSE_END)


def sentence_of(document: Document, mention: Mention) -> str:
    """The sentence around a number."""
    return _around(document, mention, _SENTENCE_END)


def before(document: Document, mention: Mention, letters: int = 24) -> str:
    """The words of the clause before a number."""
    text = document.passage(mention.block, mention.cell).text
    return _CLAUSE_END.split(text[max(mention.start - letters, 0) : mention.start])[-1]


def _around(document: Document, mention: Mention, end: re.Pattern[str]) -> str:
    text = document.passage(mention.block, mention.cell).text
    start = max((found.end() for found in end.finditer(text, 0, mention.start)), default=0)
    after = end.search(text, mention.end)
    return text[start : after.start() if after else len(text)]
