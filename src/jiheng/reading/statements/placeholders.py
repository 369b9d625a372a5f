"""What was left to be filled in: XX, {单位}, choices between 增加 and 减少, reasons that are announced and not given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jiheng.model.document import Document, Paragraph, Passage, Role, Table
from jiheng.model.statement import TEMPLATE_FROM, EmptyReason, Placeholder, Words
from jiheng.reading.statements.flat import Flat
from jiheng.values import Dimension

_SIGNS = re.compile(
    r"(?<![A-Za-z0-9])[XＸ×╳]{2,}(?![A-Za-z0-9])|(?<=[\u4e00-\u9fff])[xｘ]{2,}(?![A-Za-z0-9])"
    r"|[{｛][^{}｛｝\n]{0,20}[\u4e00-\u9fff][^{}｛｝\n]{0,20}[}｝]"
    r"|(?:增加|减少|增长|下降|大于|小于|高于|低于)[（(](?:增加|减少|增长|下降|大于|小于|高于|低于)[)）]"
    r"|[_＿]{3,}|[*＊]{2,}"
    r"|(?<=[\u4e00-\u9fff，、,；;])(?:占|增加|减少|增长|下降|上升|合计|共计|预算为|决算为|支出为)[ \u3000]*(?:万元|亿元|[%％])(?=[，。；、,;]|$)"
)
_CHOICES = re.compile(
    r"□\s*[\u4e00-\u9fff]{1,6}\s*□\s*[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff]{1,6}\s*□\s*[\u4e00-\u9fff]{1,6}\s*□"
)
_TICKED = re.compile(r"[☑☒■√✓✔]")
_REASON = re.compile(r"原因(?:(?:是|为)：?|：)(?P<end>[。；]|$)")
_SIGNATURE = re.compile(r"签[字名章]|盖章|公章|日期|年[\s_＿]*月|填[表报]人|联系电话|负责人")
_BLANK = re.compile(r"[XＸ×╳xｘ]{2,}|[{｛]|[_＿]{3,}|(?:万元|亿元|[%％])$")
_BEFORE, _BEHIND = 12, 24


def placeholders_in(document: Document) -> Iterator[Placeholder]:
    """Each kind of sign once with its number; of a template, one for all."""
    found = [
        (passage, block, cell, match)
        for passage, block, cell in _passages(document)
        for match in _matches(passage.text)
    ]
    blanks = sum(_BLANK.search(match[0]) is not None for *_, match in found)
    if blanks >= TEMPLATE_FROM and blanks >= _figures(document):
        passage, block, cell, match = next(one for one in found if _BLANK.search(one[3][0]))
        sign = match[0].strip()
        yield Placeholder(words=_around(passage, match, block, cell), sign=sign, count=blanks, is_template=True)
        return
    counts = Counter(match[0].strip() for *_, match in found)
    for passage, block, cell, match in found:
        if count := counts.pop(match[0].strip(), 0):
            yield Placeholder(words=_around(passage, match, block, cell), sign=match[0].strip(), count=count)


def _figures(document: Document) -> int:
    """How many amounts and shares are filled in."""
    kinds = (Dimension.MONEY, Dimension.SHARE)
    return sum(one.figure is not None and one.figure.unit.dimension in kinds for one in document.mentions)


def _matches(text: str) -> Iterator[re.Match[str]]:
    signed = _SIGNATURE.search(text) is not None
    yield from (found for found in _SIGNS.finditer(text) if not (signed and found[0][0] in "_＿"))
    if not _TICKED.search(text):
        yield from _CHOICES.finditer(text)


def _passages(document: Document) -> Iterator[tuple[Passage, int, int | None]]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for place, cell in enumerate(block.cells):
                if cell.text:
                    yield cell.passage, index, place
        elif block.role is not Role.CONTENTS:
            yield block.passage, index, None


def _around(passage: Passage, match: re.Match[str], block: int, cell: int | None) -> Words:
    start, end = max(0, match.start() - _BEFORE), min(len(passage.text), match.end() + _BEHIND)
    return Words(passage.text[start:end].replace("\n", ""), passage.spot(match.start()), block, start, end, cell)


def empty_reasons(document: Document, flat: Flat) -> Iterator[EmptyReason]:
    """主要原因是。 Or 主要原因： with nothing below it but the next heading."""
    for found in _REASON.finditer(flat.text):
        if not found["end"] and _goes_on(document, flat.block):
            continue
        start = max(flat.text.rfind(mark, 0, found.start()) for mark in "，。；：") + 1
        yield EmptyReason(words=flat.words(start, found.end()))


def _goes_on(document: Document, index: int) -> bool:
    """Whether the next block can hold the reason."""
    if index + 1 >= len(document.blocks):
        return False
    after = document.blocks[index + 1]
    return isinstance(after, Paragraph) and after.role not in (Role.HEADING, Role.TITLE, Role.CAPTION)
