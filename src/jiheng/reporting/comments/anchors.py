"""Between which runs of a Word document a comment belongs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from jiheng.formats.docx_names import child, local
from jiheng.formats.docx_order import paragraphs_in, runs_in
from jiheng.model.document import Document, Spot
from jiheng.model.statement import Words

# Where the schema lets a comment's range begin and end; a content control only inside its content.
_CONTAINERS = frozenset(
    {"p", "hyperlink", "ins", "moveTo", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo"}
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A comment's range begins before one element and ends behind another; its mark stands behind a third.

    The mark is a run of its own, so it stands outside of links, content controls and other people's insertions.
    """

    first: etree._Element
    last: etree._Element
    mark_behind: etree._Element


class Anchors:
    """Finds anchors in the body of one document."""

    def __init__(self, document: Document, body: etree._Element) -> None:
        self._document = document
        self._paragraphs = paragraphs_in(body)

    def of(self, words: Words) -> Anchor | None:
        """The anchor for words of the document; None where Word allows no comment (notes)."""
        passage = self._document.passage(words.block, words.cell)
        last_spot = passage.spot(max(words.end - 1, words.start))
        first = self._run(passage.spot(words.start), at_end=False)
        last = self._run(last_spot, at_end=True)
        if first is None or last is None:
            return None
        if _paragraph(first).getparent() is not _paragraph(last).getparent():
            # Cells merged downwards: a comment over several cells would mark everything between them.
            last = _last_run(_paragraph(first))
        return Anchor(_markable(first), _markable(last), _outermost(last))

    def _run(self, spot: Spot, *, at_end: bool) -> etree._Element | None:
        """The run of a spot, or for an automatic number the first of its paragraph; a text box counts as its frame."""
        if spot.part or not 0 < spot.paragraph <= len(self._paragraphs):
            return None
        paragraph = self._paragraphs[spot.paragraph - 1]
        runs = runs_in(paragraph)
        if not runs:
            return None
        run = runs[spot.run - 1] if 0 < spot.run <= len(runs) else runs[-1 if at_end and not spot.run else 0]
        frames = [one for one in run.iterancestors() if local(one) == "txbxContent"]
        if frames:
            outside = frames[-1]
            while local(outside) != "r" or any(local(one) == "txbxContent" for one in outside.iterancestors()):
                above = outside.getparent()
                if above is None:
                    return None
                outside = above
            run = outside
        return run


def _paragraph(run: etree._Element) -> etree._Element:
    return next(one for one in run.iterancestors() if local(one) == "p")


def _last_run(paragraph: etree._Element) -> etree._Element:
    return runs_in(paragraph)[-1]


def _path(run: etree._Element) -> list[etree._Element]:
    """The elements from the paragraph's child down to the run."""
    path = [run]
    for one in run.iterancestors():
        if local(one) == "p":
            break
        path.insert(0, one)
    return path


def _markable(run: etree._Element) -> etree._Element:
    """The run itself, or the innermost element around it beside which a range may begin or end."""
    path = _path(run)
    chosen = path[0]
    for above, one in pairwise(path):
        name = local(above)
        if name not in _CONTAINERS and not (name == "sdt" and one is child(above, "sdtContent")):
            break
        if name != "sdt":
            chosen = one
    return chosen


def _outermost(run: etree._Element) -> etree._Element:
    return _path(run)[0]
