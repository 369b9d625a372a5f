"""The “三公” table and the table of 基本支出 by economic class: what the second has of an item is part of what the first has.

**Basis** 《政府收支分类科目》部门预算支出经济分类: 30212 因公出国（境）费用, 30217 公务接待费, 30231 公务用车运行维护费, 30913 and 31013
公务用车购置. 基本支出 is only part of what a department spends, so its item can be no more than the item of “三公” as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.model.statement import PartOf, Said
from jiheng.reading.statements.coded_tables import coded_blocks
from jiheng.reading.statements.grids import Grid

_ITEMS = (
    ("因公出国（境）费", ("30212",), re.compile("出国")),
    ("公务接待费", ("30217",), re.compile("接待")),
    ("公务用车运行维护费", ("30231",), re.compile("^(?!.*购置).*用车.*运行")),
    ("公务用车购置费", ("30913", "31013"), re.compile("^(?!.*运行).*用车.*购置")),
)
_BASIC = re.compile("基本支出")
_THREE = re.compile('[“"]?三公[”"]?')
_LAST_YEAR = re.compile("上年|去年")


def three_expenses(grids: Sequence[Grid]) -> Iterator[PartOf]:
    """Each item that both tables have, the executed figure where a table has budget and accounts side by side."""
    basic = [grid for grid in grids if _BASIC.search(grid.table.title)]
    whole = [grid for grid in grids if _THREE.search(grid.table.title) and not _BASIC.search(grid.table.title)]
    if len(basic) != 1 or len(whole) != 1:
        return
    for name, codes, pattern in _ITEMS:
        part = _of_code(basic[0], codes, f"基本支出表的{name}")
        total = _labelled(whole[0], pattern, f"“三公”经费表的{name}")
        if part is not None and total is not None:
            yield PartOf(words=part.words, part=part, whole=total)


def _of_code(grid: Grid, codes: Sequence[str], name: str) -> Said | None:
    """The largest figure of the row: a table with more than one column has the total of the row among them."""
    rows = [(block, row) for block in coded_blocks(grid) for row in block.rows if row.code in codes]
    found = [grid.said(row.row, column, name) for block, row in rows for column in block.values]
    return max((one for one in found if one is not None), key=lambda one: one.figure.in_base, default=None)


def _labelled(grid: Grid, pattern: re.Pattern[str], name: str) -> Said | None:
    """The item's figure, whether its name stands beside or above; None where that is not one figure."""
    found: list[tuple[str, Said]] = []
    for label_column, values in grid.blocks or [(-1, list(range(grid.table.columns)))]:
        for row in grid.data_rows:
            label = grid.text(row, label_column) if label_column >= 0 else ""
            for column in values:
                names = [label, *grid.names(row, column)]
                one = grid.said(row, column, name)
                if one is not None and any(pattern.search(text) for text in names):
                    found.append(("·".join(names), one))
    found = [one for one in found if not _LAST_YEAR.search(one[0])]
    accounts = [one for one in found if "决算" in one[0]]
    chosen = accounts or found
    return chosen[0][1] if len(chosen) == 1 else None
