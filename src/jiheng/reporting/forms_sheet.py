"""One sheet of an official form: boxed cells that are text, numbers, or formulas which carry their value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from jiheng.reporting.score_pages import row_height
from jiheng.reporting.visible import showable
from jiheng.values import Exact, Figure, show_number
from jiheng.values.exact import LARGEST
from jiheng.values.units import Dimension

MONEY, PERCENT, POINTS, PLAIN = "#,##0.00####", "0.00%", "0.00##", "General"
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000
"""A cell holds 32,767 letters."""


class FormBook:
    """A workbook of forms while it is filled; a format is made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        """A format of the forms' type."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
            self.made[key] = self.book.add_format({**base, **properties})
        return self.made[key]


class FormSheet:
    """A sheet while it is filled; rows and columns count from zero."""

    def __init__(self, book: FormBook, name: str, widths: Sequence[int], *, landscape: bool = False) -> None:
        self.widths = widths
        self.style = book.style
        self.page = book.book.add_worksheet(name)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self.page.set_footer("&C第 &P 页，共 &N 页")
        if landscape:
            self.page.set_landscape()

    def title(self, row: int, text: str, size: int = 18) -> None:
        """A line across the form."""
        style = self.style(font_name="黑体", font_size=size, align="center")
        self.page.merge_range(row, 0, row, len(self.widths) - 1, "", style)
        self.page.write_string(row, 0, _safe(text), style)
        self.page.set_row(row, size * 1.7)

    def line(self, row: int, text: str) -> None:
        """A line without boxes, across the form: notes and signatures."""
        style = self.style(font_size=9)
        self.page.merge_range(row, 0, row, len(self.widths) - 1, "", style)
        self.page.write_string(row, 0, _safe(text), style)
        self.page.set_row(row, row_height((_safe(text), sum(self.widths))))

    def head(self, row: int, column: int, text: str, across: int = 1, down: int = 1) -> None:
        """A heading of the form."""
        self._write(row, column, text, across, down, {"align": "center", "font_name": "黑体"})

    def text(self, row: int, column: int, text: str, across: int = 1, down: int = 1, align: str = "left") -> None:
        """What somebody wrote; never a formula, whatever it begins with."""
        look = {"align": align, **({"quote_prefix": True} if text.startswith(_RISKY) else {})}
        self._write(row, column, text, across, down, look)

    def number(self, row: int, column: int, value: Exact | None, form: str = MONEY, across: int = 1) -> None:
        """A number; an empty box where there is none, for empty is not zero."""
        style = self._box(row, column, across, 1, {"num_format": form, "align": "center"})
        if value is None:
            self.page.write_blank(row, column, None, style)
        elif abs(value) >= LARGEST:
            self.page.write_string(row, column, show_number(value), style)
        else:
            self.page.write_number(row, column, value, style)

    def formula(self, row: int, column: int, formula: str, value: Exact, form: str = MONEY) -> None:
        """A formula and the value that it gives."""
        style = self._box(row, column, 1, 1, {"num_format": form, "align": "center"})
        self.page.write_formula(row, column, formula, style, float(value))

    def grow(self, row: int, *cells: tuple[str, int]) -> None:
        """Make a row high enough for texts in columns of given widths."""
        self.page.set_row(row, min(409, max(22, row_height(*cells) + 6 if cells else 22)))

    def grow_lines(self, row: int, text: str, width: int) -> None:
        """Make a row high enough for a text of several lines."""
        lines = sum(1 + sum(1 if letter.isascii() else 2 for letter in line) // width for line in text.split("\n"))
        self.page.set_row(row, min(409, 10 + 15 * lines))

    def signatures(self, row: int, text: str) -> None:
        """The line on which people sign."""
        style = self.style(text_wrap=False)
        self.page.write_string(row, 0, text, style)
        self.page.set_row(row, 40)

    def _write(self, row: int, column: int, text: str, across: int, down: int, look: dict[str, Any]) -> None:
        self.page.write_string(row, column, _safe(text), self._box(row, column, across, down, look))

    def _box(self, row: int, column: int, across: int, down: int, look: dict[str, Any]) -> Any:
        style = self.style(border=1, **look)
        if across > 1 or down > 1:
            self.page.merge_range(row, column, row + down - 1, column + across - 1, "", style)
        return style


def wan(figure: Figure | None) -> Decimal | None:
    """An amount in 万元, as exact as given; None where it is missing or no amount of money."""
    if figure is None or figure.unit.dimension is not Dimension.MONEY:
        return None
    return figure.in_base / 10_000


def yuan(figure: Figure | None) -> Decimal | None:
    """An amount in 元."""
    return figure.in_base if figure is not None and figure.unit.dimension is Dimension.MONEY else None


def runs(keys: Iterable[tuple[object, ...]]) -> list[tuple[int, int]]:
    """Where equal keys follow one another, as (first, how many): cells to be merged.

    >>> runs([("甲",), ("甲",), ("乙",)])
    [(0, 2), (2, 1)]
    """
    found: list[tuple[int, int]] = []
    before: object = None
    for at, key in enumerate(keys):
        if found and key == before:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
        before = key
    return found


def _safe(text: str) -> str:
    text = showable(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…（过长，以下略）"
