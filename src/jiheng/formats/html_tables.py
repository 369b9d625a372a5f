"""The cells of a table of a web page in their places, by the rules of HTML for rowspan and colspan."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.limits import Limits

_WIDEST = 1_000


class HtmlCell(NamedTuple):
    """A `td` or `th` in its place."""

    row: int
    column: int
    row_span: int
    column_span: int
    element: etree._Element


def placed(table: etree._Element, limits: Limits) -> tuple[list[HtmlCell], int, int, str]:
    """The cells of a table, its number of rows and columns, and its caption. Raises: BadInput."""
    rows = list(_rows(table))
    if len(rows) > limits.rows:
        raise BadInput(f"网页里的表格超过 {limits.rows} 行；请拆成几个文件再试")
    taken: dict[int, int] = {}
    cells: list[HtmlCell] = []
    columns = 0
    for number, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > number:
                column += 1
            wide = _span(element.get("colspan"), _WIDEST)
            high = _span(element.get("rowspan"), len(rows) - number) or len(rows) - number
            wide = max(min(wide, _WIDEST - column), 1) if column < _WIDEST else 1
            # A span ends where a cell from above stands in its way.
            free = next((n for n in range(1, wide) if taken.get(column + n, 0) > number), wide)
            for place in range(column, column + free):
                taken[place] = number + high
            cells.append(HtmlCell(number, column, high, free, element))
            column += free
            columns = max(columns, column)
            if column > _WIDEST:
                break
    caption = next(
        (re.sub(r"\s+", " ", "".join(map(str, one.itertext()))).strip() for one in table if one.tag == "caption"), ""
    )
    return cells, len(rows), columns, caption


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in ("thead", "tbody", "tfoot"):
            yield from (one for one in element if one.tag == "tr")


def _span(text: str | None, most: int) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "1")
    return min(int(found[1]), most) if found else 1
