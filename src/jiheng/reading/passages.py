"""Putting texts together and cutting pieces out, with the places of the letters kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from jiheng.formats.flow import Piece
from jiheng.model.document import Passage, Spot


def assembled(parts: Iterable[tuple[str, Spot]]) -> Passage:
    """A passage from texts with their spots; neighbours that follow on from each other share an anchor.

    >>> assembled([("甲", Spot(line=1, column=1)), ("乙", Spot(line=1, column=2))]).anchors
    ((0, Spot(page=0, box=None, part='', paragraph=0, run=0, sheet='', cell='', line=1, column=1)),)
    """
    text: list[str] = []
    anchors: list[tuple[int, Spot]] = []
    length = 0
    for part, spot in parts:
        if not part:
            continue
        if not anchors or anchors[-1][1].after(length - anchors[-1][0]) != spot:
            anchors.append((length, spot))
        text.append(part)
        length += len(part)
    return Passage("".join(text), tuple(anchors))


def of_pieces(pieces: Sequence[Piece], spot_of: Callable[[Piece], Spot], number: str = "") -> Passage:
    """A passage from the pieces of a child's answer, an automatic number before them."""
    parts: list[tuple[str, Spot]] = []
    if number and pieces:
        gap = "" if number[-1] in "、.．）)。：:" else " "
        parts.append((number + gap, spot_of(pieces[0]._replace(run=0, letter=0))))
    last = Spot()
    for piece in pieces:
        # A line break between two paragraphs of a cell has no place of its own.
        spot = spot_of(piece) if piece.at else last
        parts.append((piece.text, spot))
        last = spot
    return assembled(parts)


def without(passage: Passage, spans: Sequence[tuple[int, int]]) -> Passage:
    """The passage with spans cut out; they come in rising order and do not overlap."""
    if not spans:
        return passage
    kept: list[tuple[int, int]] = []
    at = 0
    for start, end in spans:
        kept.append((at, start))
        at = end
    kept.append((at, len(passage.text)))
    return joined([sliced(passage, start, end) for start, end in kept if start < end])


def sliced(passage: Passage, start: int, end: int) -> Passage:
    """A part of a passage."""
    if not start and end == len(passage.text):
        return passage
    anchors = [(0, passage.spot(start))] if passage.anchors else []
    anchors += [(offset - start, spot) for offset, spot in passage.anchors if start < offset < end]
    return Passage(passage.text[start:end], tuple(anchors))


def joined(passages: Iterable[Passage], between: str = "") -> Passage:
    """Passages one behind the other."""
    text = ""
    anchors: list[tuple[int, Spot]] = []
    for passage in passages:
        if text and passage.text:
            text += between
        anchors += [(offset + len(text), spot) for offset, spot in passage.anchors]
        text += passage.text
    return Passage(text, tuple(anchors))


def stripped(passage: Passage) -> Passage:
    """The passage without blanks at its ends."""
    text = passage.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return sliced(passage, start, end) if start < end else Passage("", passage.anchors[:1])
