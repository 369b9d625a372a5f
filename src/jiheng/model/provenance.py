"""Where a record came from: file, sheet, and the cell of each of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file a year was read from; the hash proves which state of it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of one record in a workbook.

    **Shape** `cells` maps a field to its column ("G", shared by all rows of a table) or, where the value stands in
    another row (a merged cell, a form), to its whole address ("G12").

    >>> Origin("绩效指标", 8, {"name": "E", "task": "B6"}).cell("name"), Origin("绩效指标", 8, {}).cell("name")
    ('E8', '8:8')
    """

    sheet: str
    row: int
    cells: Mapping[str, str]

    def cell(self, field: str = "") -> str:
        """The address of a field; of a field without a cell, the whole row."""
        place = self.cells.get(field)
        if place is None:
            return f"{self.row}:{self.row}"
        return place if place[-1].isdigit() else f"{place}{self.row}"
