"""The order of paragraphs and runs in a part of a Word document: what a `Spot` counts.

Reading, commenting and changing a document all count by this page, so a place found by one is the same for the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from jiheng.formats.docx_names import local

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PARAGRAPHS = tuple(f"{{{space}}}p" for space in _SPACES)
_RUNS = tuple(f"{{{space}}}r" for space in _SPACES)


def paragraphs_in(part: etree._Element) -> list[etree._Element]:
    """All paragraphs of a part as the file has them: those in cells, text boxes, revisions and fallbacks, too."""
    return list(part.iter(*_PARAGRAPHS))


def runs_in(paragraph: etree._Element) -> list[etree._Element]:
    """All runs of a paragraph as the file has them, without those of a text box that is anchored in it."""
    runs = list(paragraph.iter(*_RUNS))
    if len(paragraphs_in(paragraph)) == 1:
        return runs
    return [run for run in runs if _paragraph_of(run) is paragraph]


def _paragraph_of(run: etree._Element) -> etree._Element | None:
    return next((one for one in run.iterancestors() if local(one) == "p" and one.tag in _PARAGRAPHS), None)


def numbered(elements: Iterable[etree._Element]) -> dict[etree._Element, int]:
    """Elements with their numbers from 1."""
    return {element: number for number, element in enumerate(elements, 1)}
