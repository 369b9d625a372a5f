"""What an opened workbook is: sheets with their non-empty cells, as the file stores them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""The corner of a sheet in the xlsx format (XFD1048576)."""


class CellKind(StrEnum):
    """What a cell holds."""

    NUMBER = "n"
    TEXT = "s"
    DATE = "d"
    BOOLEAN = "b"
    ERROR = "e"
    FORMULA = "f"
    """A formula that nobody has calculated yet: there is no value, which is not zero."""


class Cell(NamedTuple):
    """One non-empty cell. A NamedTuple, because a workbook has hundreds of thousands of them.

    **Shape** `raw` by `kind`: a number's digits as stored; text as stored; a date as 2023-10-01 or
    2023-10-01T12:30:00; TRUE or FALSE; an error value such as #REF!; the text of an uncalculated formula.
    `number_format` is "" for General and for text. `formula` is "" when there is none.
    """

    row: int
    column: int
    kind: str
    raw: str
    number_format: str
    formula: str


class Merge(NamedTuple):
    """A block of merged cells, its corners included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its non-empty cells row by row, its merged blocks, what is hidden."""

    name: str
    hidden: bool
    cells: list[Cell]
    merges: tuple[Merge, ...]
    hidden_rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook as it lay on the disk: `sha256` is that of the file's bytes."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


def column_letters(column: int) -> str:
    """The letters of a column counted from 1.

    Raises: ValueError below 1.

    >>> [column_letters(n) for n in (1, 3, 26, 27, 16384)]
    ['A', 'C', 'Z', 'AA', 'XFD']
    """
    if column < 1:
        raise ValueError(f"列号应从 1 起，现为 {column}")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """A cell's address as people say it.

    >>> address(5, 3)
    'C5'
    """
    return f"{column_letters(column)}{row}"
