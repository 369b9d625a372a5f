"""Letters of a page put into lines. Blanks are reckoned from the gaps, so letter-spaced lines stay whole words."""

from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from jiheng.formats.flow import PrintedLine
from jiheng.formats.pdf_document import Letter

_SAME_LINE = 0.4
_WIDE_GAP = 0.45
_NARROW_GAP = 0.18


def printed_lines(letters: Iterable[Letter]) -> list[PrintedLine]:
    """The lines from top to bottom, each from left to right.

    >>> word = [Letter(c, 10 * i, 10 * i + 10, 50, 10) for i, c in enumerate("年度")] + [Letter("9", 23, 28, 50.5, 10)]
    >>> [line.text for line in printed_lines(word)]
    ['年度9']
    """
    return [_line(row) for row in _rows(sorted(letters, key=lambda letter: letter.base))]


def _rows(letters: list[Letter]) -> Iterable[list[Letter]]:
    row: list[Letter] = []
    base = 0.0
    for letter in letters:
        if row and letter.base - base > _SAME_LINE * min(max(letter.size, 4.0), max(row[0].size, 4.0)):
            yield row
            row = []
        if not row:
            base = letter.base
        row.append(letter)
    if row:
        yield row


def _line(row: list[Letter]) -> PrintedLine:
    # A stable sort: what stands on the very same place stays in the order of painting.
    row.sort(key=lambda letter: letter.left)
    size = median(letter.size for letter in row)
    gaps = [after.left - before.right for before, after in pairwise(row)]
    loose = max(median(gaps), 0.0) if len(gaps) >= 8 else 0.0
    parts = [row[0].text]
    for gap, before, after in zip(gaps, row, row[1:], strict=False):
        narrow = before.text.isascii() and after.text.isascii()
        if gap - loose > (_NARROW_GAP if narrow else _WIDE_GAP) * size:
            parts.append(" ")
        parts.append(after.text)
    box = (row[0].left, row[0].base - size * 0.85, max(letter.right for letter in row), row[0].base + size * 0.15)
    return PrintedLine("".join(parts), tuple(round(side, 1) for side in box), round(size, 1))  # type: ignore[arg-type]
