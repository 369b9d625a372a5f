"""Merged cells: only the corner of a block shows anything; what lies under it is not what a reader sees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from jiheng.formats import Sheet

Place = tuple[int, int]
"""Row and column."""


class MergedCells:
    """The merged blocks of a sheet, by column, as far as some columns need them.

    **Shape** blocks that overlap (no spreadsheet writes them) count once, so that the work is bounded by the cells.
    """

    def __init__(self, sheet: Sheet, columns: Iterable[int]) -> None:
        blocks: dict[int, list[tuple[int, int, int]]] = {}
        wanted = sorted(columns)
        for merge in sheet.merges:
            for column in wanted[bisect_right(wanted, merge.left - 1) : bisect_right(wanted, merge.right)]:
                blocks.setdefault(column, []).append((merge.top, merge.bottom, merge.left))
        self._blocks = {column: _apart(found) for column, found in blocks.items()}

    def corner(self, row: int, column: int) -> Place | None:
        """Where the block that covers a cell has its visible corner; None for a cell in no block."""
        blocks = self._blocks.get(column)
        if not blocks:
            return None
        at = bisect_right(blocks, row, key=lambda block: block[0]) - 1
        if at < 0 or row > blocks[at][1]:
            return None
        return blocks[at][0], blocks[at][2]

    @property
    def columns(self) -> frozenset[int]:
        """The columns that have merged cells at all."""
        return frozenset(self._blocks)


def _apart(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    apart: list[tuple[int, int, int]] = []
    for block in sorted(blocks):
        if not apart or block[0] > apart[-1][1]:
            apart.append(block)
    return apart
