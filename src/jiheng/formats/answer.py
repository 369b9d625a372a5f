"""What the child writes for the parent: JSON, one value a line, cells in columns.

A workbook is a line {"formats": […]}, then for each sheet a line {"sheet": name, "hidden": …}, lists of cells
[rows, cells in each row, columns, kinds, raws, places of formats, formulas] (raws and formulas are each one string
with `SEPARATOR` between the cells, or a list where a text itself holds a separator), and a line {"merges": […], "hidden_rows": […]}; at the
end {"done": true}, or anywhere {"fault": sentence}. The parent decodes one line while the child reads the next.
JSON, because unpickling (or marshal) would let a captured child run code in the parent.
"""

import json
from typing import BinaryIO

from jiheng.errors import BadInput
from jiheng.formats.book import address
from jiheng.formats.limits import MEGABYTE, Limits
from jiheng.formats.sentences import SAVE_AGAIN, shown

CellValues = tuple[int, str, str, int, str]
"""A cell of some row on its way: column, kind, raw, place of its number format, formula."""

SEPARATOR = "\x7f"
"""DEL, which JSON need not escape: one long string is encoded and decoded several times faster than a list."""

_CELLS_A_LINE = 4096


class Answer:
    """The child's side: takes cells in rising order, holds them to the limits, writes them in batches.

    Raises: BadInput when a limit is passed.
    """

    def __init__(self, out: BinaryIO, limits: Limits) -> None:
        self._out = out
        self._limits = limits
        self._waiting: list[CellValues] = []
        self._rows: list[int] = []
        self._row_lengths: list[int] = []
        self._cells = 0
        self._bytes = 0
        self._sheet = ""
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

    def formats(self, codes: list[str]) -> None:
        """The number formats that cells will point to."""
        self._write({"formats": codes})

    def begin_sheet(self, name: str, hidden: bool) -> None:
        """What follows belongs to this sheet."""
        self._sheet = name
        self._write({"sheet": name, "hidden": hidden})

    def add(self, row: int, cells: list[CellValues]) -> None:
        """The non-empty cells of the sheet's next row that has any."""
        if row > self._limits.rows:
            place = address(row, cells[0][0])
            raise BadInput(
                f"工作表“{shown(self._sheet)}”的 {place} 还有内容，超过每张表 {self._limits.rows} 行的上限；"
                "请删去多余的行，或者拆成几个文件再试"
            )
        self._waiting += cells
        self._rows.append(row)
        self._row_lengths.append(len(cells))
        if len(self._waiting) >= _CELLS_A_LINE:
            self._flush()

    def end_sheet(self, merges: list[tuple[int, int, int, int]], hidden_rows: list[int]) -> None:
        """What is known of the sheet besides its cells."""
        self._flush()
        self._write({"merges": merges, "hidden_rows": hidden_rows})

    def done(self) -> None:
        """The whole workbook has been told."""
        self._write({"done": True})

    def fault(self, sentence: str) -> None:
        """The workbook cannot be opened; this is the last line."""
        self._out.write(self._line({"fault": sentence}))

    def _flush(self) -> None:
        if not self._waiting:
            return
        self._cells += len(self._waiting)
        if self._cells > self._limits.cells:
            raise BadInput(
                f"工作簿里有内容的单元格超过 {self._limits.cells} 个；请只留下需要的工作表和行，或者拆成几个文件再试"
            )
        columns, kinds, raws, formats, formulas = zip(*self._waiting, strict=True)
        self._write((self._rows, self._row_lengths, columns, "".join(kinds), _joined(raws), formats, _joined(formulas)))
        for batch in (self._waiting, self._rows, self._row_lengths):
            batch.clear()

    def _write(self, value: object) -> None:
        line = self._line(value)
        self._bytes += len(line)
        if self._bytes > self._limits.unzipped_bytes:
            size = self._limits.unzipped_bytes // MEGABYTE
            raise BadInput(f"工作簿里的文字合计超过 {size} MB；{SAVE_AGAIN}，或者拆成几个文件")
        self._out.write(line)

    def _line(self, value: object) -> bytes:
        return self._encode(value).encode("utf-8", "replace") + b"\n"


def _joined(texts: tuple[str, ...]) -> str | tuple[str, ...]:
    whole = SEPARATOR.join(texts)
    return whole if whole.count(SEPARATOR) == len(texts) - 1 else texts
