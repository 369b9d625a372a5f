"""Blocks of a pdf: lines become paragraphs, tables that run over pages become one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jiheng.formats.flow import Page, PrintedLine
from jiheng.model.document import Block, Noise, Paragraph, Passage, Role, Spot
from jiheng.reading.noise import cleaned
from jiheng.reading.outline import Number, number_of
from jiheng.reading.page_noise import running_lines
from jiheng.reading.page_tables import PageTable, follows_on, merged_tables, table_block
from jiheng.reading.passages import assembled

_LEADERS = re.compile(r"[.…·．]{4,}[ \d]*$")
_FULL = 2.2
"""A line that ends this many letters before the right edge ends its paragraph."""
_INDENT = 1.2
_FAR_INDENT = 4.5
_WIDE_STEP = 2.4
_MOST_ROOM = 0.4
_TITLE_SIZE, _TITLE_ROOM = 15, 3


class _Open:
    """A paragraph that may still go on."""

    def __init__(self, line: PrintedLine, page: Page, right: float) -> None:
        self.parts: list[tuple[PrintedLine, int]] = [(line, page.number)]
        self.page, self.right = page, right

    @property
    def last(self) -> PrintedLine:
        return self.parts[-1][0]

    def passage(self) -> Passage:
        texts: list[tuple[str, Spot]] = []
        for index, (line, page) in enumerate(self.parts):
            text = line.text.strip()
            if index and _needs_blank(texts[-1][0], text):
                texts.append((" ", texts[-1][1]))
            texts.append((text, Spot(page=page, box=line.box)))
        return assembled(texts)


def blocks_of_pages(pages: Sequence[Page]) -> tuple[list[Block], list[Noise]]:
    """Paragraphs and tables in order, and what is no author's text."""
    running, noise = running_lines(pages)
    blocks: list[Block] = []
    opened: _Open | None = None
    tables: list[PageTable] = []

    def close() -> None:
        nonlocal opened
        if opened is not None:
            passage, found, is_contents = cleaned(opened.passage())
            noise.extend(found)
            if passage.text:
                blocks.append(Paragraph(passage=passage, role=Role.CONTENTS if is_contents else Role.BODY))
        opened = None

    def close_tables() -> None:
        if tables:
            table, found = merged_tables(tables)
            noise.extend(found)
            blocks.append(table_block(table, tables))
            tables.clear()

    for page in pages:
        lines = [line for index, line in enumerate(page.lines) if (page.number, index) not in running]
        left, right = _edges(page, lines)
        waiting: list[PrintedLine] = []
        # A single column is a frame around running text, no table.
        lines += [line for table in page.tables if table.columns == 1 for cell in table.cells for line in cell.lines]
        framed = [PageTable(page, table) for table in page.tables if table.columns > 1]
        elements: list[PrintedLine | PageTable] = [*lines, *framed]
        elements.sort(key=lambda one: one.box[1] if isinstance(one, PrintedLine) else one.table.box[1])
        at_top = True
        for element in elements:
            if isinstance(element, PrintedLine):
                waiting.append(element)
                continue
            if tables and at_top and follows_on(tables, element, waiting):
                noise += [Noise("重复的表题", line.text, Spot(page=page.number, box=line.box)) for line in waiting]
            else:
                close_tables()
                for line in waiting:
                    opened = _add(line, page, left, right, opened, close)
                close()
            waiting = []
            tables.append(element)
            at_top = False
        if waiting:
            close_tables()
        for line in waiting:
            opened = _add(line, page, left, right, opened, close)
    close_tables()
    close()
    return blocks, noise


def _add(
    line: PrintedLine, page: Page, left: float, right: float, opened: _Open | None, close: Callable[[], None]
) -> _Open:
    if opened is not None and _goes_on(line, page, left, opened):
        opened.parts.append((line, page.number))
        opened.page, opened.right = page, right
        return opened
    close()
    return _Open(line, page, right)


def _goes_on(line: PrintedLine, page: Page, left: float, opened: _Open) -> bool:
    last, size = opened.last, max(line.size, 4.0)
    if abs(last.size - line.size) > 1.2:
        return False
    same_page = opened.page.number == page.number
    if same_page and line.box[1] - last.box[1] > _WIDE_STEP * size:
        return False
    ends_a_sentence = last.text.rstrip()[-1:] in "。；：！？"
    number, first = number_of(line.text.strip()), number_of(opened.parts[0][0].text.strip())
    if _LEADERS.search(last.text):
        return False
    if number is not None and (ends_a_sentence or _is_next(first, number)):
        return False
    indent = line.box[0] - left
    if (
        number is None
        and not ends_a_sentence
        and same_page
        and _is_centred(last, page, left)
        and _is_centred(line, page, left)
    ):
        # A title too long for one line.
        return line.size >= _TITLE_SIZE and len(last.text) > 2 * len(line.text)
    room = opened.right - last.box[2]
    if number is None and not ends_a_sentence and size >= _TITLE_SIZE and room < _TITLE_ROOM * size and same_page:
        return True
    if indent > _FAR_INDENT * size or (indent > _INDENT * size and (number is not None or ends_a_sentence)):
        return False
    if room > _FULL * last.size:
        # A number or a word that may not be broken moves to the next line as a whole and leaves room behind.
        wide = opened.right - left
        if ends_a_sentence or number is not None or indent > _INDENT * size or room > _MOST_ROOM * wide:
            return False
    if same_page:
        return True
    return abs(opened.page.width - page.width) < 1 and not ends_a_sentence


def _is_next(first: Number | None, number: Number) -> bool:
    """Whether a number goes on the count of the paragraph's own, or begins a higher part."""
    if first is None:
        return False
    return number.rank < min(first.rank, 3) or (first.rank == number.rank and first.value + 1 == number.value)


def _is_centred(line: PrintedLine, page: Page, left: float) -> bool:
    middle = (line.box[0] + line.box[2]) / 2
    return abs(middle - page.width / 2) < 1.5 * line.size and line.box[0] > left + 2 * line.size


def _edges(page: Page, lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """The left and right edge of the running text: where most of the longer lines begin and where they end."""
    long = [line for line in lines if len(line.text) > 12]
    if len(long) < 2:
        return (min((line.box[0] for line in lines), default=0.0), page.width * 0.88)
    right = sorted(line.box[2] for line in long)
    return min(line.box[0] for line in long), right[-1 if len(right) < 4 else -2]


def _needs_blank(before: str, after: str) -> bool:
    return before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalnum()
