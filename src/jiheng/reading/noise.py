"""What conversions leave in a text and no author wrote: field codes, bookmarks, leader dots."""

from __future__ import annotations

import re

from jiheng.model.document import Noise, Passage
from jiheng.reading.passages import stripped, without

_TRACES = (
    ("书签", re.compile(r"\[bookmark:[^\]\n]{0,80}\] ?", re.IGNORECASE)),
    (
        "域代码",
        re.compile(
            r"HYPERLINK +(?:\\[lo] +)?\"[^\"\n]{0,300}\"(?: +\\[a-z](?: +\"[^\"\n]*\")?)* ?"
            r"|PAGEREF +\S{1,60}(?: +\\[hp])* ?|TOC +(?:\\[a-z](?: *\"[^\"\n]*\")? *)+"
            r"|\\\* *(?:MERGEFORMAT|ARABIC|CHINESENUM\d) ?|EMBED +[A-Z][A-Za-z]+\.[A-Za-z.\d]+ ?|REF +_[A-Za-z]+\d+(?: +\\[hrnw])* ?"
        ),
    ),
    ("不可见字符", re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]+")),
)
_LEADERS = re.compile(
    r"[ \t　]*(?:[.…·．・‥\u2026]{4,}|…{2,}(?=[ \t　]*\d)|(?:[.…·．] ){4,}[.…·．]?|\t+(?=\d{1,3}\s*$))[ \t　.…·]*(?P<page>[-—]? ?\d{0,4} ?[-—]?)\s*$"
)


def cleaned(passage: Passage) -> tuple[Passage, list[Noise], bool]:
    """The passage without traces and blanks at its ends, what was taken out, and whether it is a line of contents.

    >>> cleaned(Passage("一、部门概况………………3"))[0].text, cleaned(Passage("[bookmark: _GoBack]满意度"))[1][0].kind
    ('一、部门概况', '书签')
    """
    noise: list[Noise] = []
    for kind, pattern in _TRACES:
        spans = []
        for found in pattern.finditer(passage.text):
            spans.append(found.span())
            noise.append(Noise(kind, found[0].strip() or repr(found[0])[1:-1], passage.spot(found.start())))
        passage = without(passage, spans)
    leaders = _LEADERS.search(passage.text) if len(passage.text) < 400 else None
    is_contents = leaders is not None and leaders.start() > 0
    if leaders and is_contents:
        noise.append(Noise("目录引导点和页码", leaders[0].strip()[:80], passage.spot(leaders.start())))
        passage = without(passage, [leaders.span()])
    return stripped(passage), noise, is_contents
