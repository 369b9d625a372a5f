"""The state of one reading: what has been bound, what is wrong so far, told in sentences for the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiheng.errors import BadInput
from jiheng.formats import Book, Cell, address
from jiheng.intake.cells import Doubt, Fault, parse, shown
from jiheng.intake.headings import Guess
from jiheng.model import Finding, Level, Place
from jiheng.rulebook.forms import Column, WorkbookForm

MOST_FAULTS = 20_000
CELL_FAULT, CELL_DOUBT, SHEET_FAULT = "workbook.cell", "workbook.doubt", "workbook.sheet"
OPEN_CONFLICTS = "workbook.conflicts"
_LEVELS = {CELL_DOUBT: Level.HINT, OPEN_CONFLICTS: Level.WARNING}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file: the cell of each field, before anything is made of it."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(slots=True)
class Reading:
    """One reading of a workbook: its rows as they stand, the cells that were read, and what is wrong."""

    form: WorkbookForm
    book: Book
    faults: list[Finding] = field(default_factory=list)
    bound: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    units: dict[str, Mapping[str, str]] = field(default_factory=dict)
    columns: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def fault(
        self, sheet: str, cell: str, message: str, mend: str, *, quote: str = "", check: str = CELL_FAULT
    ) -> None:
        if len(self.faults) >= MOST_FAULTS:
            raise BadInput(
                f"“{self.book.name}”里读不出来的地方超过 {MOST_FAULTS} 处，第一处：{self.faults[0].message.rstrip('。')}；"
                "多半是整列填错了位置，请对照空白工作簿改正"
            )
        level = _LEVELS.get(check, Level.ERROR)
        where = Place(self.book.name, sheet, cell)
        self.faults.append(
            Finding(check=check, level=level, message=message, mend=mend, quote=quote[:200], where=where)
        )

    def tell(self, sheet: str, column: Column, cell: Cell, problem: Fault | Doubt) -> None:
        """Note what is wrong, or doubtful, about a cell."""
        at, text = address(cell.row, cell.column), shown(cell)
        found = f"“{sheet}”表 {at}“{column.title}”填的是“{text[:60]}”"
        if isinstance(problem, Fault):
            self.fault(sheet, at, f"{found}，应填{problem.expected}。", f"{problem.mend}。", quote=text)
        else:
            self.fault(sheet, at, f"{found}，{problem.reading}。", f"{problem.mend}。", quote=text, check=CELL_DOUBT)

    def tell_guess(self, sheet: str, guess: Guess) -> None:
        """Note a heading that is nearly one of the form's."""
        at, title = address(guess.cell.row, guess.cell.column), guess.column.title
        found = f"“{sheet}”表 {at} 的标题“{shown(guess.cell)[:60]}”"
        message, mend = f"{found}与“{title}”相近，意思可能不同，没有读取。", f"如果就是“{title}”，请把标题改成这样。"
        if guess.is_taken:
            message, mend = f"{found}按“{title}”读取。", "如果不是，请改标题；是的话不必理会。"
        self.fault(sheet, at, message, mend, quote=shown(guess.cell), check=CELL_DOUBT)

    def contradiction(self, sheet: str, cell: Cell, line: str, unit: str) -> None:
        """Note that the line above and a heading name different units."""
        at = address(cell.row, cell.column)
        message = (
            f"“{sheet}”表上写着单位“{line}”，{at} 的标题却是“{shown(cell)[:60]}”，不知道以哪个为准，先按“{unit}”读。"
        )
        self.fault(sheet, at, message, "请把两处的单位改成一致，并核对金额。", quote=shown(cell))

    def value(self, sheet: str, column: Column, cell: Cell, unit: str) -> object:
        """The cell's value; None, with the fault noted, when it cannot be read."""
        try:
            return parse(column, cell, unit)
        except Fault as fault:
            self.tell(sheet, column, cell, fault)
        except Doubt as doubt:
            self.tell(sheet, column, cell, doubt)
            return doubt.value
        return None

    def bind(self, sheet: str, *cells: Cell) -> None:
        """Count cells as read."""
        self.bound.setdefault(sheet, set()).update((cell.row, cell.column) for cell in cells)
