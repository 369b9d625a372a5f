"""A pdf as pages: lines of text, and ruled tables with the lines in each cell."""

from bisect import bisect_right
from collections.abc import Iterator

from jiheng.errors import BadInput
from jiheng.formats.flow import Noise, Page, PrintedCell, PrintedTable
from jiheng.formats.limits import Limits
from jiheng.formats.pdf_document import Letter, PdfPage, opened
from jiheng.formats.pdf_lines import printed_lines
from jiheng.formats.ruled_grids import RuledTable, ruled_tables

_MIDDLE = 0.36
"""How far above the base line the middle of a letter stands, in sizes."""


def read_pdf(data: bytes, limits: Limits) -> Iterator[tuple[object, ...]]:
    """Every page; what could not be read of it is told in a line of faults. Raises: BadInput."""
    faults: list[str] = []
    with opened(data, limits) as (document, count):
        for index in range(count):
            try:
                page = PdfPage(document, index)
            except BadInput as fault:
                faults.append(f"{fault.sentence}，没有读到")
                continue
            try:
                yield from _page(page, index + 1, faults)
            finally:
                page.close()
    if faults:
        yield ("faults", faults)


def _page(page: PdfPage, number: int, faults: list[str]) -> Iterator[tuple[object, ...]]:
    try:
        letters = page.letters()
        tables = ruled_tables(page.rulings())
    except BadInput as fault:
        faults.append(f"第 {number} 页没有读到：{fault.sentence}")
        return
    if tables is None:
        faults.append(f"第 {number} 页的线条过多，表格没有还原")
        tables = []
    outside, printed = letters, []
    for table in tables:
        inside, outside = _parted(outside, table)
        printed.append(_printed(table, inside))
    yield Page(
        "page",
        number,
        round(page.width, 1),
        round(page.height, 1),
        printed_lines(outside),
        printed,
        page.images,
        len(letters),
        page.doubtful,
    )
    if page.slanted:
        yield Noise("noise", "斜排文字（水印）", page.slanted[:200], "", number)


def _middle(letter: Letter) -> tuple[float, float]:
    return (letter.left + letter.right) / 2, letter.base - _MIDDLE * letter.size


def _parted(letters: list[Letter], table: RuledTable) -> tuple[list[Letter], list[Letter]]:
    left, top, right, bottom = table.box
    inside: list[Letter] = []
    outside: list[Letter] = []
    for letter in letters:
        x, y = _middle(letter)
        (inside if left <= x < right and top <= y < bottom else outside).append(letter)
    return inside, outside


def _printed(table: RuledTable, letters: list[Letter]) -> PrintedTable:
    owner: dict[tuple[int, int], int] = {}
    for index, (row, column, rows, columns, _) in enumerate(table.cells):
        for y in range(row, row + rows):
            for x in range(column, column + columns):
                owner[y, x] = index
    filled: list[list[Letter]] = [[] for _ in table.cells]
    stray: list[Letter] = []
    for letter in letters:
        across, down = _middle(letter)
        home = owner.get((bisect_right(table.rows, down) - 1, bisect_right(table.columns, across) - 1))
        (stray if home is None else filled[home]).append(letter)
    cells = [
        PrintedCell(row, column, rows, columns, printed_lines(filled[index]))
        for index, (row, column, rows, columns, _) in enumerate(table.cells)
    ]
    if stray:
        # Letters inside the table but between its cells: kept, in cells of their own.
        taken = {(row, column) for row, column in owner}
        for line in printed_lines(stray):
            across, down = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
            row = min(max(bisect_right(table.rows, down) - 1, 0), len(table.rows) - 2)
            column = min(max(bisect_right(table.columns, across) - 1, 0), len(table.columns) - 2)
            if (row, column) not in taken:
                taken.add((row, column))
                cells.append(PrintedCell(row, column, 1, 1, [line]))
            else:
                near = next(i for i, cell in enumerate(cells) if _covers(cell, row, column))
                cells[near].lines.append(line)
    edges = [round(edge, 1) for edge in table.columns]
    box = tuple(round(side, 1) for side in table.box)
    return PrintedTable(box, len(table.rows) - 1, len(table.columns) - 1, edges, cells)  # type: ignore[arg-type]


def _covers(cell: PrintedCell, row: int, column: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span
