"""Where findings stand in a document: their own words, or else the first words that concern them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jiheng.model import Finding, Level
from jiheng.model.document import Block, Document, Paragraph, Passage, Role, Spot
from jiheng.model.statement import Words

_NAMED = re.compile("“([^”]{3,60})”")
_SHORTEST_QUOTE = 2


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with its number and its words. **Shape** `words` is None when it concerns the whole document."""

    number: int
    finding: Finding
    words: Words | None

    @property
    def place(self) -> str:
        """The place for a reader."""
        if self.words is not None:
            return str(self.words.spot) or str(self.finding.where)
        where = self.finding.where
        return str(where) if where.page or where.paragraph or where.line or where.cell else ""


def located(document: Document, findings: Iterable[Finding]) -> tuple[Located, ...]:
    """The findings in the order of the document, numbered from 1; what concerns the whole comes first."""
    found = [(one, _words(document, one)) for one in findings]
    found.sort(key=lambda pair: _order(*pair))
    return tuple(Located(number, finding, words) for number, (finding, words) in enumerate(found, 1))


def _order(finding: Finding, words: Words | None) -> tuple[int, int, int, int]:
    grave = list(Level).index(finding.level)
    if words is None:
        return (-1, 0, 0, grave)
    return (words.block, -1 if words.cell is None else words.cell, words.start, grave)


def texts(document: Document) -> Iterator[tuple[int, int | None, Block, Passage]]:
    """Every text of a document: block, cell, the block itself and the passage."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield index, None, block, block.passage
        else:
            yield from ((index, number, block, cell.passage) for number, cell in enumerate(block.cells))


def _words(document: Document, finding: Finding) -> Words | None:
    own = finding.words
    if own is not None and _stands(document, own):
        return own if own.spot != Spot() else replace(own, spot=document.passage(own.block, own.cell).spot(own.start))
    if len(finding.quote) >= _SHORTEST_QUOTE and (quoted := _quoted(document, finding)) is not None:
        return quoted
    if (there := _at_place(document, finding)) is not None:
        return there
    return _named(document, finding)


def _stands(document: Document, words: Words) -> bool:
    if not 0 <= words.block < len(document.blocks) or words.start >= words.end:
        return False
    block = document.blocks[words.block]
    if isinstance(block, Paragraph):
        return words.cell is None and words.end <= len(block.text)
    return words.cell is not None and words.cell < len(block.cells) and words.end <= len(block.cells[words.cell].text)


def _quoted(document: Document, finding: Finding) -> Words | None:
    """The quote where the finding says it is, or else where it stands first."""
    first: Words | None = None
    for block, cell, _, passage in texts(document):
        at = passage.text.find(finding.quote)
        if at < 0:
            continue
        words = _part(passage, block, cell, at, at + len(finding.quote))
        if _is_there(words.spot, finding):
            return words
        first = first or words
    return first


def _at_place(document: Document, finding: Finding) -> Words | None:
    where = finding.where
    if not (where.paragraph or where.line or where.cell):
        return None
    for block, cell, _, passage in texts(document):
        if passage.text and any(_is_there(spot, finding) for _, spot in passage.anchors):
            return _part(passage, block, cell, 0, len(passage.text))
    return None


def _is_there(spot: Spot, finding: Finding) -> bool:
    where = finding.where
    if where.sheet or where.cell:
        return (spot.sheet, spot.cell) == (where.sheet, where.cell)
    if where.page:
        return spot.page == where.page
    if where.paragraph:
        return spot.paragraph == where.paragraph and not spot.part
    return bool(where.line) and spot.line == where.line


def _named(document: Document, finding: Finding) -> Words | None:
    """The first place of the first thing that the message names in quotation marks; tables of contents do not count."""
    for name in _NAMED.findall(finding.message):
        for block, cell, kind, passage in texts(document):
            if isinstance(kind, Paragraph) and kind.role is Role.CONTENTS:
                continue
            at = passage.text.find(name)
            if at >= 0:
                return _part(passage, block, cell, at, at + len(name))
    return None


def _part(passage: Passage, block: int, cell: int | None, start: int, end: int) -> Words:
    return Words(passage.text[start:end], passage.spot(start), block, start, end, cell)


def title_of(document: Document) -> Words | None:
    """The document's title, or its first words: where a finding on the whole document is shown."""
    first: Words | None = None
    for block, cell, kind, passage in texts(document):
        if not passage.text.strip() or passage.spot().part:
            continue
        words = _part(passage, block, cell, 0, len(passage.text))
        if isinstance(kind, Paragraph) and kind.role is Role.TITLE:
            return words
        first = first or words
    return first
