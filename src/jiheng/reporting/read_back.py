"""Reading a report back: what a person sees in the file against the figures that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiheng.model.report import (
    Annex,
    Chart,
    Heading,
    Paragraph,
    Printed,
    ReportModel,
    Table,
    Text,
)
from jiheng.reporting.visible import rounded, shown_text, squeezed, unit_line

MISSING = "没有找到"
_NUMBER = re.compile(r"[-−－]?\d[\d,，]*(?:\.\d+)?")
_FURNITURE = re.compile(r"[—–-]\d+[—–-]|草稿")
_LONGEST_WRAP = 400
"""Lines that one paragraph may have been broken into."""

_AHEAD = 1200
"""How far to look for what was expected here; a table's repeated headings lie in between."""

_ENOUGH = 200
"""Differences after which nobody reads on: such a file is another report."""

_ANCHORS = 3
"""Units in a row that must agree again before what lies between counts as read wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that is not in the file as it should be: under which heading, what was expected, what stands there."""

    heading: str
    expected: str
    found: str
    name: str = ""

    def __str__(self) -> str:
        what = f"“{self.name}”" if self.name else ""
        return f"“{self.heading or '报告开头'}”之下：{what}应为“{self.expected}”，文件中是“{self.found}”"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph or cell: under which heading, its text without spaces, its figures in order."""

    heading: str
    text: str
    figures: tuple[Printed, ...]
    is_cell: bool = False


def differences(model: ReportModel, visible: Sequence[str]) -> list[Difference]:
    """Every printed figure that a reader would not find as its source has it, in the place where it belongs.

    **Shape** `visible` is the text of each paragraph and each table cell in reading order: of the Word file, or of the
    PDF made of it, where lines may be broken, page numbers stand between them and headings of tables are repeated.
    White space does not count.
    """
    found = list(_misprinted(model))
    seen = [text for piece in visible if (text := squeezed(piece)) and not _FURNITURE.fullmatch(text)]
    return found + _Comparison(seen).of([unit for unit in _units(model) if unit.text])


def _misprinted(model: ReportModel) -> Iterator[Difference]:
    """Figures whose text does not say their value at the printed precision, or names another unit."""
    for heading, figure in model.printed():
        text, right = squeezed(figure.text), rounded(figure)
        after = _NUMBER.sub("", text)
        is_named = not figure.unit or not after or after.startswith(squeezed(figure.unit))
        if _numbers(text) != [right] or not is_named:
            yield Difference(heading=heading, expected=f"{right:f}{figure.unit}", found=figure.text, name=figure.name)


def _units(model: ReportModel) -> Iterator[_Unit]:
    heading = ""
    for block in model.blocks:
        match block:
            case Heading():
                heading = block.text
                yield _unit(heading, (block.text,))
            case Annex():
                heading = f"{block.mark} {block.title}"
                yield _unit(heading, (block.mark,))
                yield _unit(heading, (block.title,))
            case Paragraph():
                yield _unit(heading, block.text)
            case Table():
                yield from _table(heading, block)
            case Chart():
                yield from _table(heading, block.behind)


def _table(heading: str, table: Table) -> Iterator[_Unit]:
    for line in (table.caption, unit_line(table)):
        yield _unit(heading, (line,))
    for row in table.rows:
        for cell in row:
            yield _unit(heading, cell.text, is_cell=True)
    yield _unit(heading, (table.note,))


def _unit(heading: str, text: Text, *, is_cell: bool = False) -> _Unit:
    figures = tuple(part for part in text if isinstance(part, Printed))
    return _Unit(heading, squeezed(shown_text(text)), figures, is_cell)


def _numbers(text: str) -> list[Decimal]:
    """The numbers in a text, in order; thousands separators and kinds of minus do not count."""
    return [
        Decimal(number.replace(",", "").replace("，", "").replace("−", "-").replace("－", "-"))
        for number in _NUMBER.findall(text)
    ]


class _Comparison:
    """Walks along what is seen. Where all is right each step is one comparison of texts."""

    def __init__(self, seen: list[str]) -> None:
        self.seen = seen
        self.at = 0

    def of(self, units: Sequence[_Unit]) -> list[Difference]:
        found: list[Difference] = []
        for number, unit in enumerate(units):
            if self._meets(unit):
                continue
            following = units[number + 1 : number + 1 + _ANCHORS]
            ahead = self._ahead(unit, following)
            if ahead is not None:
                self.at = ahead
            elif unit.figures:
                found += self._wrong(unit, following)
            if len(found) >= _ENOUGH:
                break
            # A text without figures that is nowhere does not matter: a glyph may be missing from a font.
        return found

    def _meets(self, unit: _Unit) -> bool:
        """Whether a unit stands here, whole, broken into lines, or as the beginning of a longer piece; if so, pass it."""
        past = self._past(unit.text, self.at)
        if past is not None:
            self.at = past
            return True
        if unit.is_cell or self.at >= len(self.seen) or not self.seen[self.at].startswith(unit.text):
            return False
        rest = self.seen[self.at][len(unit.text) :]
        if unit.text[-1].isdigit() and (rest[0].isdigit() or rest[0] == "."):
            return False
        self.seen[self.at] = rest
        return True

    def _past(self, text: str, at: int) -> int | None:
        rest = text
        for place in range(at, min(at + _LONGEST_WRAP, len(self.seen))):
            if not rest.startswith(self.seen[place]):
                return None
            rest = rest[len(self.seen[place]) :]
            if not rest:
                return place + 1
        return None

    def _ahead(self, unit: _Unit, following: Sequence[_Unit]) -> int | None:
        """The place past the unit further on, if what follows it stands there, too (so it is not a namesake)."""
        for place in self._window():
            past = self._past(unit.text, place)
            if past is not None and self._follow(following, past):
                return past
        return None

    def _follow(self, following: Sequence[_Unit], past: int) -> bool:
        for number, unit in enumerate(following):
            after = self._past(unit.text, past)
            if after is None:
                return number > 0 and not unit.figures
            past = after
        return True

    def _window(self) -> range:
        return range(self.at, min(self.at + _AHEAD, len(self.seen)))

    def _wrong(self, unit: _Unit, following: Sequence[_Unit]) -> list[Difference]:
        """What stands in place of a unit, up to where the next ones agree again, figure against figure."""
        after = self._resumes(following)
        there = "".join(self.seen[self.at : after])
        self.at = after
        wanted, stated = _numbers(unit.text), _numbers(there)
        if wanted == stated and all(squeezed(figure.text) in there for figure in unit.figures):
            return []  # words may have been set otherwise (a missing glyph), the figures all stand
        absent = [figure for figure in unit.figures if squeezed(figure.text) not in there] or list(unit.figures)
        others = [f"{number:f}" for number, right in zip(stated, wanted, strict=False) if number != right]
        is_clear = len(wanted) == len(stated) and len(others) == len(absent)
        instead = others if is_clear else [_shown(there)] * len(absent)
        return [
            Difference(heading=unit.heading, expected=figure.text, found=found, name=figure.name)
            for figure, found in zip(absent, instead, strict=True)
        ]

    def _resumes(self, following: Sequence[_Unit]) -> int:
        """Where reading goes on after something wrong: here when it is missing, further on when something else stands."""
        for number, unit in enumerate(following):
            for place in self._window():
                if self._past(unit.text, place) is not None:
                    return place if number == 0 else min(self.at + 1, place)
        return min(self.at + 1, len(self.seen))


def _shown(text: str) -> str:
    return text if 0 < len(text) <= 200 else f"{text[:199]}…" if text else MISSING
