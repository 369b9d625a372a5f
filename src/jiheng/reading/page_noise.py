"""Running heads and page numbers: what stands at the edge of many pages is no author's text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from jiheng.formats.flow import Page, PrintedLine
from jiheng.model.document import Noise, Spot

_EDGE = 0.11
_PAGE_NUMBER = re.compile(
    r"[-—–·•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})\s*(?:页)?\s*(?:[/／]\s*\d{1,4}|[，,]?\s*共\s*\d{1,4}\s*页)?[-—–·•~\s]*"
)
_FEWEST_PAGES = 3


def running_lines(pages: Sequence[Page]) -> tuple[set[tuple[int, int]], list[Noise]]:
    """The lines (page number, index) that are running heads or page numbers, and the same as noise."""
    seen: dict[tuple[str, int], list[tuple[Page, int]]] = defaultdict(list)
    edge: list[tuple[Page, int, PrintedLine]] = []
    for page in pages:
        for index, line in enumerate(page.lines):
            if line.box[3] < page.height * _EDGE or line.box[1] > page.height * (1 - _EDGE):
                edge.append((page, index, line))
                seen[_pattern(line), round(line.box[1] / 6)].append((page, index))
    noise: list[Noise] = []
    running: set[tuple[int, int]] = set()
    for page, index, line in edge:
        low = line.box[1] > page.height / 2
        alone = _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
        repeated = len({one.number for one, _ in seen[_pattern(line), round(line.box[1] / 6)]})
        if alone and (low or repeated > 1) and any(letter.isalnum() for letter in line.text):
            kind = "页码"
        elif repeated >= max(_FEWEST_PAGES, len(pages) // 3):
            kind = "页眉页脚"
        else:
            continue
        running.add((page.number, index))
        noise.append(Noise(kind, line.text, Spot(page=page.number, box=line.box)))
    return running, noise


def _pattern(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))
