"""What a child process says of a document, and the names of its lines.

One JSON value a line: `Text` and `Grid` in the order of reading (docx, html), `Lines` (txt), `Page` (pdf), and `Noise`;
`{"faults": […]}` for parts that could not be read, at the end `{"done": true}`, or `{"fault": sentence}`.
"""

from typing import Literal, NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page as it is shown."""


class Piece(NamedTuple):
    """Letters that stand together. **Shape** the place: paragraph, run and letter (docx); line, letter, 0 (html)."""

    text: str
    at: int
    run: int
    letter: int


class Text(NamedTuple):
    """A paragraph of docx or html. `level` 1–9 is the heading level that the format itself gives, 0 none."""

    tag: Literal["text"]
    pieces: list[Piece]
    role: Literal["", "title", "contents", "note", "box"]
    part: str
    level: int
    number: str


class Slot(NamedTuple):
    """A cell of a grid: row, column, how many of each it covers, and its paragraphs, joined by line breaks."""

    row: int
    column: int
    row_span: int
    column_span: int
    pieces: list[Piece]


class Grid(NamedTuple):
    """A table of docx or html. A table inside a cell follows the outer one; `inside` names it by its distance back."""

    tag: Literal["grid"]
    part: str
    rows: int
    columns: int
    slots: list[Slot]
    caption: str
    inside: tuple[int, int, int] | None


class Noise(NamedTuple):
    """What is no author's text: its kind in words, the text, its place."""

    tag: Literal["noise"]
    kind: str
    text: str
    part: str
    at: int


class Lines(NamedTuple):
    """Lines of a plain text, as they stand."""

    tag: Literal["lines"]
    lines: list[str]


class PrintedLine(NamedTuple):
    """A line of a page: its letters, its box and the size of most of its letters in points."""

    text: str
    box: Box
    size: float


class PrintedCell(NamedTuple):
    """A cell between ruling lines, with the lines of text in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[PrintedLine]


class PrintedTable(NamedTuple):
    """A ruled table of a page; `edges` are the places of its columns' borders, left to right."""

    box: Box
    rows: int
    columns: int
    edges: list[float]
    cells: list[PrintedCell]


class Page(NamedTuple):
    """A page of a pdf. `letters` counts all letters; `doubtful` those whose meaning the font does not tell."""

    tag: Literal["page"]
    number: int
    width: float
    height: float
    lines: list[PrintedLine]
    tables: list[PrintedTable]
    images: int
    letters: int
    doubtful: int


class Faults(NamedTuple):
    """What could not be read, in sentences."""

    tag: Literal["faults"]
    sentences: list[str]


Item = Text | Grid | Noise | Lines | Page | Faults
