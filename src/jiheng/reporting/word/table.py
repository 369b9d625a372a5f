"""Tables as one XML string each: python-docx's cells need 35 s for what this does in a tenth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiheng.model.report import Align, Table
from jiheng.reporting.visible import shown_text, unit_line
from jiheng.reporting.word.measure import PADDING, Placed, laid_out, measured
from jiheng.reporting.word.page import Page
from jiheng.reporting.word.styles import cell_style
from jiheng.reporting.word.text import paragraph, run, runs

_ABOVE_AND_BELOW = 40
"""Between a cell's text and the rules above and below it. **Unit** 1/20 pt."""

_TALLEST_WHOLE_ROW = 0.5
"""A row that would be taller than this share of the page may break: kept whole it would leave the page empty."""

_SMALL = 0.35
"""A table that takes no more than this share of a page stands on one."""

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", _ABOVE_AND_BELOW), ("left", PADDING), ("bottom", _ABOVE_AND_BELOW), ("right", PADDING))
)


def table_blocks(table: Table, page: Page) -> str:
    """Caption, unit, the table itself and its note."""
    above = [paragraph("Caption", run(table.caption))] if table.caption else []
    if unit_line(table):
        above.append(paragraph("TableUnit", run(unit_line(table))))
    below = paragraph("TableNote", run(table.note)) if table.note else ""
    gap = paragraph("Gap", "")  # Word joins tables that touch
    return "".join(above) + table_xml(table, page) + below + gap


def table_xml(table: Table, page: Page) -> str:
    """The w:tbl element; none where there is no row, for Word refuses such a table.

    **Raises** ValueError when a row has more cells than the table has columns.
    """
    if not table.rows or not table.widths:
        return ""
    size, widths = measured(table, page.text_width)
    look = _Look(size, widths, page.text_height)
    heights = [look.height(row) for row in laid_out(table)]
    rows_on_a_page = int(page.text_height * len(heights) / sum(heights))
    is_small = sum(heights) < page.text_height * _SMALL
    rows = [
        look.row(
            row,
            is_header=number < table.header_rows,
            # With the next row on one page: a small table, and the rows of one label.
            keep=(is_small and (bool(table.note) or number + 1 < len(heights))) or any(place.goes_on for place in row),
        )
        for number, row in enumerate(laid_out(table, max(2, rows_on_a_page // 2)))
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


@dataclass(frozen=True, slots=True)
class _Look:
    size: int
    widths: tuple[int, ...]
    page_height: int

    def row(self, row: Sequence[Placed], *, is_header: bool, keep: bool) -> str:
        properties = "" if self.height(row) > self.page_height * _TALLEST_WHOLE_ROW else "<w:cantSplit/>"
        if is_header:
            properties += "<w:tblHeader/>"
        cells = "".join(self._cell(place, is_header, "<w:keepNext/>" if keep else "") for place in row)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(self, place: Placed, is_header: bool, keep: str) -> str:
        cell = place.cell
        span = f'<w:gridSpan w:val="{place.across}"/>' if place.across > 1 else ""
        if cell is None:
            merge, inside = "<w:vMerge/>", paragraph(cell_style(self.size, Align.CENTRE), "", keep)
        else:
            merge = '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
            style = cell_style(self.size, cell.align, head=is_header)
            inside = paragraph(style, runs(cell.text, "<w:b/>" if cell.bold and not is_header else ""), keep)
        width = self._width(place)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'

    def _width(self, place: Placed) -> int:
        return sum(self.widths[place.column : place.column + place.across])

    def height(self, row: Sequence[Placed]) -> float:
        """About how high a row will be. **Unit** 1/20 pt."""
        lines = 1.0
        for place in row:
            if place.cell is not None and place.cell.down == 1:
                text = shown_text(place.cell.text)
                wrapped = len(text) * self.size * 10 / max(self._width(place) - 2 * PADDING, 1)
                lines = max(lines, -(-wrapped // 1) + text.count("\n"))
        return lines * self.size * 13 + 2 * _ABOVE_AND_BELOW
