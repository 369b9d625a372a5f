"""Blocks of a spreadsheet: each sheet a table, the lines above it its title and unit."""

from __future__ import annotations

import re
from decimal import Decimal

from jiheng.formats import Book, Sheet, address
from jiheng.formats.book import Cell, CellKind
from jiheng.model.document import Block, Paragraph, Passage, Role, Spot, Table, TableCell
from jiheng.values import exact_from_spreadsheet, round_half_up
from jiheng.values.exact import show_number

_DECIMALS = re.compile(r"0\.(0+)")
_LAST_SHOWN_PLACE = 8


def blocks_of_book(book: Book) -> tuple[list[Block], list[str]]:
    """Title and table of each visible sheet, and sentences about what was left out."""
    blocks: list[Block] = []
    faults: list[str] = []
    for sheet in book.sheets:
        if sheet.hidden:
            faults.append(f"工作表“{sheet.name}”是隐藏的，没有读")
            continue
        if sheet.cells:
            blocks += _sheet(sheet)
        if uncalculated := sum(cell.kind == CellKind.FORMULA for cell in sheet.cells):
            faults.append(f"工作表“{sheet.name}”有 {uncalculated} 个公式没有计算结果；请用 Excel 或 WPS 打开后保存再试")
    return blocks, faults


def _sheet(sheet: Sheet) -> list[Block]:
    rows = sorted({cell.row for cell in sheet.cells})
    left, right = min(cell.column for cell in sheet.cells), max(cell.column for cell in sheet.cells)
    spans = {(merge.top, merge.left): merge for merge in sheet.merges}
    by_row: dict[int, list[Cell]] = {}
    for cell in sheet.cells:
        by_row.setdefault(cell.row, []).append(cell)
    above: list[Block] = []
    while rows and len(rows) > 1 and len(by_row[rows[0]]) == 1 and by_row[rows[0]][0].kind == CellKind.TEXT:
        cell = by_row[rows.pop(0)][0]
        role = Role.TITLE if not above else Role.BODY
        above.append(Paragraph(passage=Passage(cell.raw.strip(), ((0, _spot(sheet, cell)),)), role=role))
    place = {row: index for index, row in enumerate(rows)}
    cells = []
    for row in rows:
        for cell in by_row[row]:
            merge = spans.get((cell.row, cell.column))
            high = sum(1 for other in range(cell.row, (merge.bottom if merge else cell.row) + 1) if other in place)
            wide = (min(merge.right, right) if merge else cell.column) - cell.column + 1
            shown, number = _shown(cell)
            cells.append(
                TableCell(
                    row=place[row],
                    column=cell.column - left,
                    row_span=max(high, 1),
                    column_span=wide,
                    passage=Passage(shown, ((0, _spot(sheet, cell)),)),
                    number=number,
                    format=cell.number_format,
                )
            )
    table = Table(rows=len(rows), columns=right - left + 1, cells=tuple(cells), parts=(Spot(sheet=sheet.name),))
    return [*above, table]


def _spot(sheet: Sheet, cell: Cell) -> Spot:
    return Spot(sheet=sheet.name, cell=address(cell.row, cell.column))


def _shown(cell: Cell) -> tuple[str, str]:
    """The cell as a reader sees it, and the number it stores ("" for none)."""
    if cell.kind == CellKind.FORMULA:
        return "", ""
    if cell.kind != CellKind.NUMBER:
        return cell.raw.strip(), ""
    try:
        number = exact_from_spreadsheet(cell.raw)
    except ValueError:
        return cell.raw, ""
    digits = _DECIMALS.search(cell.number_format)
    percent = "%" in cell.number_format
    value = number * 100 if percent else number
    if digits or percent or cell.number_format in ("0", "#,##0"):
        places = len(digits[1]) if digits else 0
        shown = (
            f"{round_half_up(value, places):,f}" if "," in cell.number_format else f"{round_half_up(value, places):f}"
        )
    else:
        shown = show_number(
            round_half_up(value, _LAST_SHOWN_PLACE) if value != value.to_integral() else Decimal(int(value))
        )
    return shown + ("%" if percent else ""), show_number(number)
