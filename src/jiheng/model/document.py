"""A finished document as it was read: blocks in order, every text with its place, every figure with its unit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from jiheng.values import Figure


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; what a format does not have stays empty.

    **Shape** all counts begin at 1. txt and html: `line`, `column`. docx: `part` (empty for the body), `paragraph`
    (all `w:p` of the part in order), `run` (all `w:r` of the paragraph; 0 for an automatic number), `column` (letter of
    the run). pdf: `page`, `box` (left, top, right, bottom in points from the top left corner). xlsx: `sheet`, `cell`.
    """

    page: int = 0
    box: tuple[float, float, float, float] | None = None
    part: str = ""
    paragraph: int = 0
    run: int = 0
    sheet: str = ""
    cell: str = ""
    line: int = 0
    column: int = 0

    def after(self, letters: int) -> Spot:
        """The place some letters further on, where the format counts letters."""
        return replace(self, column=self.column + letters) if letters and self.column else self

    def __str__(self) -> str:
        """For a reader.

        >>> str(Spot(page=3)), str(Spot(sheet="表一", cell="C5")), str(Spot(line=12, column=4)), str(Spot(paragraph=7, run=2))
        ('第3页', '表一!C5', '第12行第4字', '第7段')
        """
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        if self.page:
            return f"第{self.page}页"
        if self.paragraph:
            return f"{self.part}第{self.paragraph}段"
        return f"第{self.line}行第{self.column}字" if self.column else f"第{self.line}行" if self.line else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and where its letters stand: from each anchor's offset on, the letters follow its spot."""

    text: str
    anchors: tuple[tuple[int, Spot], ...] = ()

    def spot(self, offset: int = 0) -> Spot:
        """The place of one letter.

        >>> Passage("甲乙丙", ((0, Spot(line=1, column=5)), (2, Spot(line=2, column=1)))).spot(1)
        Spot(page=0, box=None, part='', paragraph=0, run=0, sheet='', cell='', line=1, column=6)
        """
        at = bisect_right(self.anchors, offset, key=lambda anchor: anchor[0]) - 1
        if at < 0:
            return self.anchors[0][1] if self.anchors else Spot()
        start, spot = self.anchors[at]
        return spot.after(offset - start)


class Role(StrEnum):
    """What a paragraph is in its document."""

    TITLE = "题名"
    HEADING = "标题"
    BODY = "正文"
    CONTENTS = "目录"
    CAPTION = "表题"
    NOTE = "脚注"
    BOX = "文本框"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as a reader sees it. **Shape** a heading has its `level` from 1 and its `number` as printed."""

    passage: Passage
    role: Role = Role.BODY
    level: int = 0
    number: str = ""

    @property
    def text(self) -> str:
        """The words, with an automatic number before them."""
        return self.passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell with all it covers. **Shape** rows and columns from 0; `format` is a spreadsheet's number format."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    passage: Passage
    number: str = ""
    """The digits that a spreadsheet stores, where it stores a number."""
    format: str = ""

    @property
    def text(self) -> str:
        """The words in the cell."""
        return self.passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with merged cells whole, also when it ran over several pages.

    **Shape** `header_rows` counts the rows that only name columns; `parts` is where it stands (a spot for each page);
    `inside` names block and cell when it stands in another table's cell; `doubts` are sentences for a reader.
    """

    rows: int
    columns: int
    cells: tuple[TableCell, ...]
    title: str = ""
    unit: str = ""
    header_rows: int = 0
    parts: tuple[Spot, ...] = ()
    inside: tuple[int, int, int] | None = None
    doubts: tuple[str, ...] = ()

    def grid(self) -> list[list[int | None]]:
        """For each place the index of the cell that covers it; None where there is none."""
        grid: list[list[int | None]] = [[None] * self.columns for _ in range(self.rows)]
        for index, cell in enumerate(self.cells):
            for row in grid[cell.row : cell.row + cell.row_span]:
                row[cell.column : cell.column + cell.column_span] = [index] * len(
                    row[cell.column : cell.column + cell.column_span]
                )
        return grid


Block = Paragraph | Table


class Kind(StrEnum):
    """What a mention of a number is."""

    FIGURE = "数值"
    RANGE = "区间"
    DATE = "日期"
    YEAR = "年份"
    NAMED_YEAR = "名称中的年份"
    DOCUMENT_NUMBER = "文号"
    CODE = "编号"
    ORDINAL = "序数"
    DAMAGED = "残损"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number in the document.

    **Shape** `block` and, in a table, `cell` are indexes; `start` and `end` are offsets in the passage's text. A figure
    has `figure`, a range its lower end there and `high`. `unit_from` says where the unit stands when not beside the number.
    `near` holds 约, 近, 余 and the like. `doubt` is a sentence where the number may have been read wrongly.
    """

    kind: Kind
    text: str
    block: int
    start: int
    end: int
    spot: Spot
    cell: int | None = None
    figure: Figure | None = None
    high: Figure | None = None
    unit_from: str = ""
    near: str = ""
    year: int | None = None
    last_year: int | None = None
    day: date | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Noise:
    """Something that is no author's text: page number, running head, bookmark, leader dots, deleted text."""

    kind: str
    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact about the document with the words that show it; an empty value is unknown."""

    value: str = ""
    quote: str = ""
    spot: Spot = Spot()

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Head:
    """Kind, department, fiscal year and region of a document, each with its evidence."""

    kind: Stated = Stated("unknown")
    department: Stated = Stated()
    fiscal_year: Stated = Stated()
    region: Stated = Stated()

    @property
    def year(self) -> int | None:
        """The fiscal year as a number."""
        return int(self.fiscal_year.value) if self.fiscal_year.value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A finished document, whatever its format. `faults` says in sentences what could not be read."""

    name: str
    sha256: str
    format: str
    blocks: tuple[Block, ...] = ()
    mentions: tuple[Mention, ...] = ()
    noise: tuple[Noise, ...] = ()
    faults: tuple[str, ...] = ()
    head: Head = field(default_factory=Head)

    def passage(self, block: int, cell: int | None = None) -> Passage:
        """The text of a paragraph or of a table's cell."""
        found = self.blocks[block]
        if isinstance(found, Paragraph):
            return found.passage
        return found.cells[cell or 0].passage

    @property
    def paragraphs(self) -> Iterator[tuple[int, Paragraph]]:
        """All paragraphs with their index among the blocks."""
        return ((index, block) for index, block in enumerate(self.blocks) if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[tuple[int, Table]]:
        """All tables with their index among the blocks."""
        return ((index, block) for index, block in enumerate(self.blocks) if isinstance(block, Table))
