"""The same figure elsewhere: a long number that stands twice, or a shorter one beside the same name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from jiheng.model.document import Document, Mention, Paragraph, Table
from jiheng.mutate.tie import Law, Tie, Value, digits
from jiheng.values import Dimension

_LONG = 6
"""A number of so many digits does not come up twice by chance."""
_SHORT = 2
_NAME = 4
_CLAUSE = re.compile("[，。；：、]")
_LETTERS = re.compile("[^\u4e00-\u9fff]+")
_MOST_ALIKE = 12


def same_elsewhere(document: Document, figures: Mapping[int, Mention], values: Mapping[int, Value]) -> Iterator[Tie]:
    """Pairs of mentions, in both directions."""
    label = cache(lambda block, cell: _label(document, block, cell))
    by_kind: dict[Dimension, list[int]] = defaultdict(list)
    for index, one in figures.items():
        if digits(one) >= _SHORT and one.figure is not None:
            by_kind[one.figure.unit.dimension].append(index)
    for indexes in by_kind.values():
        indexes.sort(key=lambda index: values[index].number)
        for at, index in enumerate(indexes):
            for other in indexes[at + 1 : at + 1 + _MOST_ALIKE]:
                one, two = figures[index], figures[other]
                if not _agree(values[index], values[other]):
                    continue
                is_long = min(digits(one), digits(two)) >= _LONG
                if is_long or _share_a_name(document, one, two, label(one.block, one.cell), label(two.block, two.cell)):
                    yield Tie(Law.SAME, (index, other))
                    yield Tie(Law.SAME, (other, index))


def _agree(one: Value, other: Value) -> bool:
    """Whether the coarser of two numbers is the finer one rounded; equally fine ones must be equal."""
    if one.slack == other.slack:
        return one.number == other.number
    return abs(one.number - other.number) <= max(one.slack, other.slack)


def _label(document: Document, block: int, cell: int | None) -> frozenset[str]:
    """What names a cell's row: texts of the row that stand only once in the table."""
    table = document.blocks[block]
    if cell is None or not isinstance(table, Table):
        return frozenset()
    row = table.cells[cell].row
    counts = _counts(table)
    return frozenset(
        one.text
        for one in table.cells
        if one.row == row and len(_LETTERS.sub("", one.text)) >= _NAME and counts[one.text] == 1
    )


@cache
def _counts(table: Table) -> Counter[str]:
    return Counter(one.text for one in table.cells)


def unique_label(table: Table, row: int) -> str:
    """A name of a row that no other row of the table has; empty where it has none."""
    counts = _counts(table)
    names = (one.text for one in table.cells if one.row == row and one.row_span == 1)
    return next((name for name in names if len(_LETTERS.sub("", name)) >= _NAME and counts[name] == 1), "")


def _share_a_name(
    document: Document, one: Mention, two: Mention, first: frozenset[str], second: frozenset[str]
) -> bool:
    if first and second:
        return one.block != two.block and not first.isdisjoint(second)
    if first or second:
        prose = two if first else one
        block = document.blocks[prose.block]
        return isinstance(block, Paragraph) and any(name in block.text for name in first | second)
    return (one.block, one.cell) != (two.block, two.cell) and _lead(document, one) == _lead(document, two) != ""


def _lead(document: Document, mention: Mention) -> str:
    """What a number in prose is said of: its clause; where that is short (执行率, 比上年增长), with the clause before."""
    if mention.cell is not None:
        return ""
    *before, own = _CLAUSE.split(document.passage(mention.block).text[: mention.start])
    name = _LETTERS.sub("", own)
    if len(name) >= _LONG or not before:
        return name if len(name) >= _NAME else ""
    return f"{before[-1]}，{name}" if name and before[-1].strip() else ""
