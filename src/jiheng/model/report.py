"""A report before it is written: blocks of text and tables in which every number is bound to its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from jiheng.values import Exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A number as the report prints it, bound to where it comes from.

    **Shape** `text` is what the reader sees, unit included ("31385.997668万元"); `value` the exact value in `unit`, and
    `places` the decimals it is printed with (None: all it has). `name` says what it is, `source` the cell or the
    reckoning it stands on, `rule` the clause where a rule decided it.
    """

    text: str
    value: Exact
    unit: str
    places: int | None
    name: str
    source: str
    rule: str = ""


Inline = str | Printed
Text = tuple[Inline, ...]


def plain_text(text: Text) -> str:
    """What the reader sees of a text."""
    return "".join(part if isinstance(part, str) else part.text for part in text)


class Style(StrEnum):
    """How a paragraph is set."""

    BODY = "正文"
    OWN = "部门自撰"
    NOTE = "注"
    CENTRE = "居中"
    RIGHT = "居右"


class Align(StrEnum):
    """How a cell is set."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its number is part of its text, as official documents have it. Levels: 1 一、 2 （一） 3 1. 4 （1）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; `across` and `down` say how many columns and rows it spans (cells covered by a span are left out)."""

    text: Text
    align: Align = Align.CENTRE
    bold: bool = False
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. **Unit** `widths` are shares of the page width; `header_rows` repeat on every page."""

    caption: str
    widths: tuple[int, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    header_rows: int = 1
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: a Vega-Lite spec, a title that says what is seen, and the table behind it."""

    title: str
    spec: Mapping[str, Any]
    behind: Table


@dataclass(frozen=True, slots=True)
class Annex:
    """The start of an annex on a new page: its mark (附件1) and title. Wide annexes are set landscape."""

    mark: str
    title: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Places for signature, seal and date, one line each ("部门负责人（签字）：")."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | Table | Chart | Annex | SignatureBlock


@dataclass(frozen=True, slots=True)
class Seal:
    """Who answers for a final report, since when; `note` explains what is still open (带说明报送)."""

    person: str
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportModel:
    """A whole report. While `draft_because` gives reasons it is printed as 草稿 on every page.

    **Shape** `compact` is for papers that must fit on one page.
    """

    kind: str
    title: tuple[str, ...]
    department: str
    fiscal_year: int
    blocks: tuple[Block, ...]
    draft_because: tuple[str, ...] = ()
    compact: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)

    def printed(self) -> Iterator[tuple[str, Printed]]:
        """Every printed figure with the heading it stands under."""
        heading = ""
        for block in self.blocks:
            match block:
                case Heading():
                    heading = block.text
                case Annex():
                    heading = f"{block.mark} {block.title}"
                case Paragraph():
                    yield from ((heading, part) for part in block.text if isinstance(part, Printed))
                case Table():
                    yield from ((heading, part) for part in _in_table(block))
                case Chart():
                    yield from ((heading, part) for part in _in_table(block.behind))
                case SignatureBlock():
                    pass


def _in_table(table: Table) -> Iterator[Printed]:
    return (part for row in table.rows for cell in row for part in cell.text if isinstance(part, Printed))
