"""A text made ready for patterns: blanks gone, every number one letter that says what kind of number it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jiheng.model.document import Document, Kind, Mention, Paragraph, Passage
from jiheng.model.statement import QUOTE_LENGTH, Words
from jiheng.values import Dimension

MONEY, SHARE, COUNT, BARE = "Ⓜ", "Ⓟ", "Ⓝ", "Ⓞ"
YEAR, DAY, UNSURE = "Ⓨ", "Ⓓ", "Ⓧ"
FIGURES = MONEY + SHARE + COUNT + BARE
LETTERS = FIGURES + YEAR + DAY + UNSURE
_SIGNS = ("+", "-", "＋", "－", "−")
_SAFE_DOUBT = "按连在一起读"
_ALIKE = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "∶": "：", "％": "%"}
)


@dataclass(frozen=True, slots=True)
class Flat:
    """One passage for patterns. **Shape** `offsets[i]` is where letter i stands in the passage, one more for its end."""

    block: int
    cell: int | None
    passage: Passage
    text: str
    offsets: tuple[int, ...]
    numbers: Mapping[int, Mention]

    def words(self, start: int, end: int) -> Words:
        """The words of the passage under letters `start` to `end` of the pattern, cut to the length of a quote."""
        first = self.offsets[start]
        last = self._end(end)
        while last - first > QUOTE_LENGTH:
            end -= 1
            last = self._end(end)
        text = self.passage.text[first:last].replace("\n", "")
        return Words(text, self.passage.spot(first), self.block, first, last, self.cell)

    def _end(self, end: int) -> int:
        if end and (mention := self.numbers.get(end - 1)):
            return mention.end
        return self.offsets[end - 1] + 1 if end else self.offsets[0]

    def raw(self, start: int, end: int) -> str:
        """The same words as a plain text without blanks."""
        return "".join(self.passage.text[self.offsets[start] : self._end(end)].split()) if end > start else ""


def kind_letter(mention: Mention) -> str:
    """The letter that stands for a number; empty where its own words should stay (names, codes, document numbers)."""
    if mention.kind is Kind.YEAR:
        return YEAR
    if mention.kind is Kind.DATE:
        return DAY
    if mention.kind in (Kind.RANGE, Kind.DAMAGED):
        return UNSURE
    if mention.kind is not Kind.FIGURE or mention.figure is None:
        return ""
    if mention.near or (mention.doubt and _SAFE_DOUBT not in mention.doubt):
        return UNSURE
    dimension = mention.figure.unit.dimension
    if dimension is Dimension.MONEY:
        return MONEY
    if dimension is Dimension.SHARE:
        return SHARE
    return COUNT if mention.figure.unit.symbol else BARE


def flatten(passage: Passage, mentions: Sequence[Mention], block: int, cell: int | None = None) -> Flat:
    """The passage for patterns.

    >>> flatten(Passage("预算 数 为甲"), (), 0).text
    '预算数为甲'
    """
    text: list[str] = []
    offsets: list[int] = []
    numbers: dict[int, Mention] = {}
    source = passage.text.translate(_ALIKE)
    at = 0
    for mention in (*mentions, None):
        stop = mention.start if mention is not None else len(source)
        for offset in range(at, stop):
            if not source[offset].isspace():
                text.append("○" if source[offset] in LETTERS else source[offset])
                offsets.append(offset)
        if mention is None:
            break
        at = max(at, stop)
        letter = kind_letter(mention)
        if (
            letter
            and text
            and text[-1] in FIGURES
            and offsets
            and mention.text[:1] in _SIGNS
            and mention.figure is not None
        ):
            # 120+30: what reads as a sign of the second number is the operator between the two.
            text.append(mention.text[0])
            offsets.append(mention.start)
            figure = replace(mention.figure, value=abs(mention.figure.value))
            mention = replace(mention, figure=figure, start=mention.start + 1, text=mention.text[1:])
        if letter:
            numbers[len(text)] = mention
            text.append(letter)
            offsets.append(mention.start)
            at = mention.end
    offsets.append(len(source))
    return Flat(block, cell, passage, "".join(text), tuple(offsets), numbers)


def flats(document: Document) -> Iterator[Flat]:
    """All paragraphs of the document, in order."""
    of_block: dict[int, list[Mention]] = {}
    for mention in document.mentions:
        if mention.cell is None:
            of_block.setdefault(mention.block, []).append(mention)
    for index, paragraph in document.paragraphs:
        if paragraph.text.strip():
            yield flatten(paragraph.passage, of_block.get(index, ()), index)


def is_sentence_end(letter: str) -> bool:
    """Whether a sentence ends with the letter."""
    return letter in "。！？"


def paragraph_of(document: Document, flat: Flat) -> Paragraph | None:
    """The paragraph that a flat text was made of; None for a cell."""
    block = document.blocks[flat.block]
    return block if isinstance(block, Paragraph) else None
