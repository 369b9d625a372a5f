"""Which words of a table speak about a cell: the names above it, the label beside it, its row's unit column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiheng.model.document import Table
from jiheng.reading.captions import unit_in
from jiheng.reading.letters import narrow

NUMERIC = re.compile(r"[(（]?[-+≥≤><=]{0,2} ?[\d,. ]*\d[\d,. ]*[)）]? ?(?:%|‰)?|-|—|/|无")
_YEAR_ONLY = re.compile(r"(?:19|20)\d{2}(?:年度?)?")
_HEADER_WORD = re.compile(
    r"指标|[预决]算|金额|单位|权重|分值|得分|名称|编码|代码|合计|小计|数量|年度|项目|序号|比例|率|收入|支出|完成|内容|任务|活动"
    r"|备注|类别|性质|科目|款|项|类|原因|情况|资金|拨款|说明|时间|目标|标准|来源|部门|数$|值$|费$"
)
_BESIDE_NUMBERS = re.compile(r"栏次|行次|[类款项]|合计")
_FEWEST_NUMBERS = 3
_LONGEST_HEADER = 30
_MOST_HEADER_ROWS = 6
_SECTION_COLUMNS = 3


@dataclass(slots=True)
class TableView:
    """A table seen by rows, with its header rows found out once."""

    table: Table
    grid: list[list[int | None]] = field(init=False)
    headers: list[int] = field(init=False)
    """For each row the last header row above it, −1 where there is none."""
    number_rows: frozenset[int] = field(init=False)
    """Rows that only number the columns: 栏次 1 2 3."""
    _is_header: list[bool] = field(init=False)
    _section_units: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.grid = self.table.grid()
        self._is_header = []
        numbered: set[int] = set()
        for row in range(self.table.rows):
            if self._numbers_columns(row):
                numbered.add(row)
            self._is_header.append(row in numbered or self._names_columns(row))
        self.number_rows = frozenset(numbered)
        self.headers = []
        last = -1
        for row in range(self.table.rows):
            self.headers.append(last)
            if self._is_header[row]:
                last = row

    @property
    def header_rows(self) -> int:
        """How many rows at the top only name columns."""
        count = 0
        while count < min(self.table.rows - 1, _MOST_HEADER_ROWS) and self._is_header[count]:
            count += 1
        return count

    def text(self, row: int, column: int) -> str:
        """The words of the cell that covers a place."""
        index = self.grid[row][column] if 0 <= row < self.table.rows and 0 <= column < self.table.columns else None
        return "" if index is None else self.table.cells[index].text

    def _names_columns(self, row: int) -> bool:
        indexes = dict.fromkeys(index for index in self.grid[row] if index is not None)
        cells = [self.table.cells[index] for index in indexes]
        # A cell from above that reaches down over this row is no content of the row.
        texts = [narrow(cell.text).strip() for cell in cells if cell.text.strip()]
        own = [narrow(cell.text).strip() for cell in cells if cell.text.strip() and cell.row == row]
        if not own or len(texts) < 2 or any(len(text) > _LONGEST_HEADER for text in own):
            return False
        if any(NUMERIC.fullmatch(text) and not _YEAR_ONLY.fullmatch(text) for text in own):
            return False
        named = sum(_HEADER_WORD.search(text) is not None for text in own)
        return named * 2 >= len(own)

    def _numbers_columns(self, row: int) -> bool:
        """Right below the names of the columns, whole numbers that count on by one, with 栏次 before them or nothing."""
        if not row or not self._is_header[row - 1]:
            return False
        indexes = dict.fromkeys(index for index in self.grid[row] if index is not None)
        cells = (self.table.cells[index] for index in indexes)
        texts = [re.sub(r"\s", "", narrow(cell.text)) for cell in cells if cell.row == row]
        numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
        words = [text for text in texts if text and not text.isdecimal()]
        if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            return False
        named = any(text in ("栏次", "行次") for text in words)
        return all(_BESIDE_NUMBERS.fullmatch(text) for text in words) and (named or len(numbers) >= _FEWEST_NUMBERS)

    def names_above(self, row: int, column: int) -> list[str]:
        """The names of a column at a row, from the top header row to the lowest."""
        last = self.headers[row]
        if last < 0:
            return self._nearest_above(row, column)
        first = last
        while first > 0 and self._is_header[first - 1] and last - first < _MOST_HEADER_ROWS:
            first -= 1
        names: list[str] = []
        for place in range(first, last + 1):
            text = self.text(place, column).strip()
            if place not in self.number_rows and text and (not names or names[-1] != text):
                names.append(text)
        return names

    def _nearest_above(self, row: int, column: int) -> list[str]:
        for place in range(row - 1, max(row - 12, -1), -1):
            text = self.text(place, column).strip()
            if text and not NUMERIC.fullmatch(narrow(text)):
                return [text] if len(text) <= _LONGEST_HEADER else []
        return []

    def label(self, row: int, column: int) -> str:
        """The nearest words to the left in the row."""
        for place in range(column - 1, -1, -1):
            text = self.text(row, place).strip()
            if text and not NUMERIC.fullmatch(narrow(text)) and self.grid[row][place] != self.grid[row][column]:
                return text
        return ""

    def section_unit(self, row: int) -> str:
        """The unit that the nearest section title above names inside the table, such as 总体资金情况（元）."""
        while len(self._section_units) <= row:
            here = len(self._section_units)
            texts = (self.text(here, column) for column in range(min(self.table.columns, _SECTION_COLUMNS)))
            found = next((unit for text in texts if (unit := unit_in(text))), "")
            self._section_units.append(found or (self._section_units[-1] if here else ""))
        return self._section_units[row]

    def unit_column(self, row: int, column: int) -> int | None:
        """The column that holds the unit of each row, where the header names one."""
        last = self.headers[row]
        if last < 0:
            return None
        for place in range(self.table.columns):
            name = re.sub(r"\s", "", self.text(last, place))
            if place != column and re.fullmatch(r"(?:绩效)?(?:指标)?(?:度量|计量|计算)?单位", name):
                return place
        return None
