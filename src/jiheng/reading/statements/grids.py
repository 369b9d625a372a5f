"""A table ready for reckoning: figures by place, the names of its columns, its blocks of labels and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jiheng.model.document import Document, Kind, Mention, Table
from jiheng.model.statement import Said, Words
from jiheng.reading.table_context import TableView
from jiheng.values import Bound, Dimension, Figure

TOTAL = re.compile(r"^(?:本年|本期|年度)?(?:收入|支出|资金)?(?:合计|总计|小计|总额)$")
_ADDED_UP = (Dimension.MONEY, Dimension.OTHER, Dimension.COUNT, Dimension.PEOPLE)
_CODE_HEADER = re.compile(r"^[类款项]$|编码|代码")
_CODE = re.compile(r"\d{2,7}")
_NO_AMOUNT = re.compile(r"序号|分值|得分|权重|执行率|比[例重率]|占比|增[减长]|幅度|备注|人数|数量|单价|%")


@dataclass
class Grid:
    """One table of a document."""

    document: Document
    block: int
    table: Table

    @cached_property
    def view(self) -> TableView:
        """Its rows with their headers."""
        return TableView(self.table)

    @cached_property
    def _numbers(self) -> dict[int, Figure]:
        found: dict[int, Figure] = {}
        for mention in self.document.mentions:
            if mention.block != self.block or mention.cell is None or mention.figure is None:
                continue
            if self.table.cells[mention.cell].row in self.view.number_rows:
                continue
            if _is_whole_cell(mention, self.table):
                found[mention.cell] = mention.figure.counted()
        return found

    @cached_property
    def _figures(self) -> dict[int, Figure]:
        return {cell: figure for cell, figure in self._numbers.items() if figure.unit.dimension in _ADDED_UP}

    def text(self, row: int, column: int) -> str:
        """The words of the cell over a place, without blanks."""
        index = self.view.grid[row][column]
        return "" if index is None else self._texts[index]

    @cached_property
    def _texts(self) -> list[str]:
        return ["".join(cell.text.split()) for cell in self.table.cells]

    def index(self, row: int, column: int) -> int | None:
        """The cell that begins at a place."""
        index = self.view.grid[row][column]
        if index is None:
            return None
        cell = self.table.cells[index]
        return index if cell.row == row and cell.column == column else None

    def figure(self, row: int, column: int) -> Figure | None:
        """The number of the cell that begins at a place."""
        index = self.index(row, column)
        return self._figures.get(index) if index is not None else None

    def number(self, row: int, column: int) -> Figure | None:
        """The number of the cell that begins at a place, shares included."""
        index = self.index(row, column)
        return self._numbers.get(index) if index is not None else None

    def row_name(self, row: int) -> str:
        """The first words of a row."""
        texts = (self.text(row, column) for column in range(self.table.columns))
        return next((text for text in texts if re.search("[\u4e00-\u9fff]", text)), f"第{row + 1}行")

    def said(self, row: int, column: int, name: str) -> Said | None:
        """The same as a statement has it."""
        index, figure = self.index(row, column), self.figure(row, column)
        if index is None or figure is None:
            return None
        return Said(name=name, figure=figure, words=self.words(index))

    def words(self, index: int) -> Words:
        """The words of a cell."""
        passage = self.table.cells[index].passage
        return Words(passage.text.strip()[:200], passage.spot(), self.block, 0, len(passage.text), index)

    def names(self, row: int, column: int) -> list[str]:
        """The names above a place, highest first, each once."""
        names = [re.sub(r"\s", "", name) for name in self.view.names_above(row, column)]
        return list(dict.fromkeys(name for name in names if name))

    @cached_property
    def data_rows(self) -> list[int]:
        """The rows that hold content."""
        numbered = self.view.number_rows
        return [row for row in range(self.table.rows) if row >= self.table.header_rows and row not in numbered]

    @cached_property
    def blocks(self) -> list[tuple[int, list[int]]]:
        """Label columns, each with the columns of amounts to its right; a table with two sides has two."""
        found: list[tuple[int, list[int]]] = []
        for column in range(self.table.columns):
            numbers = sum(self.figure(row, column) is not None for row in self.data_rows)
            words = sum(self._is_label(row, column) for row in self.data_rows)
            if words and words >= numbers:
                found.append((column, []))
            elif numbers and found and not self._is_other(column):
                found[-1][1].append(column)
        return [(label, values) for label, values in found if values]

    def _is_label(self, row: int, column: int) -> bool:
        text = self.text(row, column)
        return (
            self.index(row, column) is not None
            and bool(re.search("[\u4e00-\u9fff]", text))
            and self.figure(row, column) is None
        )

    def _is_other(self, column: int) -> bool:
        """Whether a column holds something that is not added up."""
        names = self.names(self.data_rows[-1], column) if self.data_rows else []
        return any(_NO_AMOUNT.search(name) for name in names[-1:])

    @cached_property
    def code_columns(self) -> list[int]:
        """The columns of 科目编码."""
        found = []
        for column in range(self.table.columns):
            texts = [self.text(row, column) for row in self.data_rows]
            filled = [text for text in texts if text]
            codes = sum(_CODE.fullmatch(text) is not None for text in filled)
            header = self.names(self.data_rows[-1], column)[-1:] if self.data_rows else []
            if codes and codes >= 0.7 * len(filled) and any(_CODE_HEADER.search(name) for name in header):
                found.append(column)
        return found

    def row_label(self, row: int, column: int) -> str:
        """The label of a row in a label column; of a cell that spans, its words."""
        return self.text(row, column)


def _is_whole_cell(mention: Mention, table: Table) -> bool:
    if mention.kind is not Kind.FIGURE or mention.figure is None or mention.figure.bound is not Bound.EXACT:
        return False
    if mention.near or mention.cell is None:
        return False
    text = table.cells[mention.cell].text.strip()
    return text in (mention.text.strip(), table.cells[mention.cell].text[mention.start : mention.end].strip())


def grids_of(document: Document) -> Iterator[Grid]:
    """Every table of the document."""
    for index, table in document.tables:
        if table.rows > 1 and table.columns > 1:
            yield Grid(document, index, table)
