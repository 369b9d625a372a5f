"""The cells of a Word table in their places: spans, vertical merges, skipped columns, rows that a revision deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from jiheng.formats.docx_names import attribute, child, local, whole

_WIDEST = 1_000


@dataclass(slots=True)
class RawCell:
    """A cell in its place; `elements` are its `w:tc`, several where cells are merged downwards."""

    row: int
    column: int
    row_span: int
    column_span: int
    elements: list[etree._Element] = field(default_factory=list)


def placed(table: etree._Element) -> tuple[list[RawCell], int, int]:
    """The cells of a table, its number of rows and of columns."""
    cells: list[RawCell] = []
    above: dict[int, RawCell] = {}
    rows = columns = 0
    for row in _of_kind(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        column = min(whole(attribute(child(properties, "gridBefore"), "val")), _WIDEST)
        here: dict[int, RawCell] = {}
        last: RawCell | None = None
        for element in _of_kind(row, "tc"):
            own = child(element, "tcPr")
            if child(own, "cellDel") is not None:
                continue
            span = min(max(whole(attribute(child(own, "gridSpan"), "val"), 1), 1), _WIDEST)
            sideways = child(own, "hMerge")
            if sideways is not None and attribute(sideways, "val") != "restart" and last is not None:
                last.column_span += span
                last.elements.append(element)
                column += span
                continue
            merge = child(own, "vMerge")
            goes_on = merge is not None and attribute(merge, "val") != "restart"
            upper = above.get(column)
            if goes_on and upper is not None and upper.column_span == span:
                upper.row_span = rows - upper.row + 1
                upper.elements.append(element)
                here[column] = last = upper
            else:
                last = RawCell(rows, column, 1, span, [element])
                cells.append(last)
                if merge is not None:
                    here[column] = last
            column += span
            if column > _WIDEST:
                break
        columns = max(columns, column)
        above = here
        rows += 1
    return cells, rows, columns


def _of_kind(parent: Iterable[etree._Element], name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls and insertions."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in ("sdt", "customXml", "sdtContent", "ins", "moveTo", "smartTag"):
            yield from _of_kind(element, name)
