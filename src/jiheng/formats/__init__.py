"""Opening spreadsheets safely: every non-empty cell with its raw text, or one sentence saying what is wrong."""

from jiheng.formats.book import Book, Cell, CellKind, Merge, Sheet, address, column_letters
from jiheng.formats.limits import Limits
from jiheng.formats.opening import open_book

__all__ = [
    "Book",
    "Cell",
    "CellKind",
    "Limits",
    "Merge",
    "Sheet",
    "address",
    "column_letters",
    "open_book",
]
