"""One worksheet part of an xlsx file, streamed row by row into cells."""

import re

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.answer import Answer, CellValues
from jiheng.formats.book import LAST_COLUMN, LAST_ROW, address
from jiheng.formats.cell_text import text_of, unescaped
from jiheng.formats.limits import Limits
from jiheng.formats.part import SAFE, PartStream, broken_xml
from jiheng.formats.sentences import SAVE_AGAIN, shown
from jiheng.formats.serial_dates import iso_from_serial, iso_from_text
from jiheng.formats.styles import PLAIN, Styles

_TAGS = ("{*}row", "{*}mergeCell")
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE = f"{_MARKUP}AlternateContent"
_ROW_HOLDERS = ("}sheetData", f"{_MARKUP}Fallback")
_BLOCK = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?", re.ASCII)
_is_number = re.compile(r"[-+]?(?:\d{1,310}\.?\d{0,40}|\.\d{1,40})(?:[eE][-+]?\d{1,3})?", re.ASCII).fullmatch
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


class _Columns(dict[str, int]):
    """Column numbers by their letters, reckoned when first asked for; 0 for what is no column."""

    def __missing__(self, letters: str) -> int:
        column = 0
        if 1 <= len(letters) <= 3 and letters.isascii() and letters.isupper() and letters.isalpha():
            for letter in letters:
                column = column * 26 + ord(letter) - ord("A") + 1
        self[letters] = column if column <= LAST_COLUMN else 0
        return self[letters]


_column_of = _Columns()

MergeValues = tuple[int, int, int, int]
"""A merged block on its way: top, left, bottom, right."""


class SheetReader:
    """Reads one worksheet; what a cell may need from the rest of the workbook is given.

    Raises: BadInput from `read`.
    """

    def __init__(self, name: str, strings: dict[str, str], styles: Styles, from_1904: bool, limits: Limits) -> None:
        self._name = name
        self._strings = strings
        self._styles = styles.by_index
        self._from_1904 = from_1904
        self._limits = limits
        self._last_row = 0
        self._shared_formulas: dict[str | None, str] = {}

    def read(self, stream: PartStream, answer: Answer) -> None:
        """Pass all non-empty cells of the part to the answer, then the merged blocks and hidden rows."""
        merges: list[MergeValues] = []
        hidden_rows: list[int] = []
        try:
            for _, element in etree.iterparse(stream, events=("end",), tag=_TAGS, **SAFE):
                parent = element.getparent()
                if parent is None:
                    continue
                if parent.tag.endswith(_ROW_HOLDERS):
                    row = self._row_number(element)
                    if cells := self._cells(element, row):
                        answer.add(row, cells)
                    if element.get("hidden") in ("1", "true") and row <= self._limits.rows:
                        hidden_rows.append(row)
                elif parent.tag.endswith("}mergeCells"):
                    merges += self._merge(element.get("ref", ""))
                    if len(merges) > self._limits.cells:
                        raise self._fault(f"的合并单元格超过 {self._limits.cells} 处")
                # Forget what has been read. This element and what follows it are still the parser's.
                while element.getprevious() is not None:
                    del parent[0]
        except etree.XMLSyntaxError as error:
            raise broken_xml(stream.name, error) from None
        answer.end_sheet(merges, hidden_rows)

    def _row_number(self, element: etree._Element) -> int:
        text = element.get("r")
        row = self._last_row + 1 if text is None else _natural(text)
        if not self._last_row < row <= LAST_ROW:
            raise self._fault(
                f"第 {self._last_row} 行之后的行号是“{shown(text or str(row))}”，行号应当递增且不超过 {LAST_ROW}"
            )
        self._last_row = row
        return row

    def _cells(self, element: etree._Element, row: int) -> list[CellValues]:
        if next(element.iter(_ALTERNATE), None) is not None:
            _take_fallbacks(element)
        namespace = element.tag.removesuffix("row")
        value_tag, formula_tag, inline_tag = f"{namespace}v", f"{namespace}f", f"{namespace}is"
        row_text = str(row)
        strings, styles, from_1904 = self._strings, self._styles, self._from_1904
        cells: list[CellValues] = []
        column = 0
        for cell in element.iterchildren(f"{namespace}c"):
            get = cell.get
            place, before = get("r"), column
            column = before + 1 if place is None else _column_of[place.removesuffix(row_text)]
            if not before < column <= LAST_COLUMN:
                raise self._fault(
                    f"第 {row} 行有单元格地址“{shown(place or '（无）')}”，同一行的地址应当从左到右、不重复"
                )
            if not len(cell):
                continue
            kind = get("t", "n")
            value, formula = None, ""
            # The value stands last and mostly alone; looping over the children would cost a third more time.
            last = cell[-1]
            if last.tag == value_tag:
                value = last.text or ""
                if len(cell) > 1 and cell[0].tag == formula_tag:
                    formula = self._formula(cell[0], row, column)
            else:
                for part in cell:
                    if part.tag == formula_tag:
                        formula = self._formula(part, row, column)
                    elif part.tag == value_tag:
                        value = part.text or ""
                    elif part.tag == inline_tag and kind == "inlineStr":
                        value = text_of(part)
            if value is None or (not value and kind != "str"):
                if formula:
                    code = styles.get(get("s"), PLAIN).format
                    cells.append((column, "f", formula, code, formula))
                continue
            code = 0
            if kind == "s":
                text = strings.get(value)
                if text is None:
                    raise self._fault(f"的 {address(row, column)} 指向不存在的文字")
                value = text
            elif kind == "n" and (_is_number(value) or _is_number(value := value.strip())):
                code, shows_date = styles.get(get("s"), PLAIN)
                if shows_date and (day := iso_from_serial(value, from_1904)) is not None:
                    kind, value = "d", day
            else:
                kind, value = _other(kind, value)
                if kind == "d":
                    code = styles.get(get("s"), PLAIN).format
            if value:
                cells.append((column, kind, value, code, formula))
        return cells

    def _formula(self, element: etree._Element, row: int, column: int) -> str:
        text, kind = element.text, element.get("t")
        if kind == "shared":
            master = self._shared_formulas.setdefault(element.get("si"), address(row, column))
            if not text:
                return f"=（与 {master} 共享的公式）"
        if not text:
            return "=（模拟运算表）" if kind == "dataTable" else "=（公式）"
        return text if text.startswith("=") else f"={text}"

    def _merge(self, text: str) -> list[MergeValues]:
        match = _BLOCK.fullmatch(text)
        if match is None:
            raise self._fault(f"的合并区域“{shown(text)}”写法不对")
        left, top, right, bottom = match.groups()
        if right is None or (left, top) == (right, bottom):
            return []
        block = (int(top), _column_of[left], int(bottom), _column_of[right])
        if not (1 <= block[0] <= block[2] <= LAST_ROW and 1 <= block[1] <= block[3] <= LAST_COLUMN):
            raise self._fault(f"的合并区域“{shown(text)}”超出工作表")
        return [block]

    def _fault(self, what: str) -> BadInput:
        return BadInput(f"工作表“{shown(self._name)}”{what}；{SAVE_AGAIN}")


def _natural(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _other(kind: str, value: str) -> tuple[str, str]:
    """Kind and raw text of what is neither a number nor a shared string; "" for nothing but blanks.

    What only claims to be a number, a boolean or a date (NaN, for one) stays what it is: text.
    """
    if kind == "e":
        return "e", value
    if kind == "b" and (word := _BOOLEANS.get(value.strip())):
        return "b", word
    if kind == "d" and (day := iso_from_text(value)):
        return "d", day
    text = unescaped(value) if kind == "str" else value
    return "s", "" if text.isspace() else text


def _take_fallbacks(row: etree._Element) -> None:
    """Put in place of each mc:AlternateContent what it holds for readers that know no extensions."""
    for alternate in list(row.iter(_ALTERNATE)):
        parent = alternate.getparent()
        if parent is None:
            continue
        at = parent.index(alternate)
        parent[at : at + 1] = [child for chosen in alternate.iterchildren(f"{_MARKUP}Fallback") for child in chosen]
