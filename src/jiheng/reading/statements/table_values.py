"""What the tables of a document know things by: 类·款·项, labels, titles with 合计; and what the prose says of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jiheng.model.statement import Repeated, Said
from jiheng.reading.statements.coded_tables import CodedBlock, CodedRow, coded_blocks
from jiheng.reading.statements.flat import MONEY, Flat
from jiheng.reading.statements.grids import TOTAL, Grid
from jiheng.reading.statements.items import Item, amounts_of
from jiheng.reading.statements.terms import Term, core, said
from jiheng.reading.statements.years import ACCOUNTS, BUDGETS
from jiheng.values import Dimension

_TITLE_TAIL = re.compile(r"(?:决算|预算)?(?:总|明细|情况)?表$")
_TITLE_HEAD = re.compile(r"^.*?(?:(?:19|20)\d{2})年?度?(?:部门|单位)?")
_LABEL_HEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|其中[:：]?)+|^本年(?:度)?"
)
_TOTAL_COLUMN = re.compile(r"(?:合计|总计|小计|决算数|预算数)$")
_SHORTEST_KEY = 4
_MOST_SHOWN = 4


@dataclass
class TableValues:
    """All amounts in the tables of a document by what they are called."""

    paths: dict[tuple[str, str], list[Said]] = field(default_factory=dict)
    codes: dict[str, list[Said]] = field(default_factory=dict)
    names: dict[str, list[Said]] = field(default_factory=dict)

    def add(self, grid: Grid) -> None:
        """Take in one table."""
        title = title_core(grid.table.title)
        blocks = coded_blocks(grid)
        for block in blocks:
            self._coded(grid, block)
        for label_column, values in grid.blocks:
            for row in grid.data_rows:
                if grid.index(row, label_column) is None:
                    continue
                label = _LABEL_HEAD.sub("", grid.text(row, label_column))
                for column in values:
                    self._labelled(grid, row, column, label, title)

    def _coded(self, grid: Grid, block: CodedBlock) -> None:
        names = {row.code: row.name for row in block.rows}
        for row in block.rows:
            path = (names.get(row.code[:5], ""), row.name) if len(row.code) == 7 else None
            for column in block.values:
                one = _said(grid, row, column)
                if one is None:
                    continue
                self.codes.setdefault(row.code, []).append(one)
                if path is not None:
                    self.paths.setdefault((plain(path[0]), plain(path[1])), []).append(one)

    def _labelled(self, grid: Grid, row: int, column: int, label: str, title: str) -> None:
        one = grid.said(row, column, grid.table.title)
        if one is None or one.figure.unit.dimension is not Dimension.MONEY:
            return
        keys = {label}
        if TOTAL.match(label):
            header = grid.names(row, column)[-1:]
            keys |= {f"{title}{label}", title, *header} if title else set(header)
        for key in keys:
            if len(key) >= _SHORTEST_KEY and not TOTAL.match(key):
                self.names.setdefault(key, []).append(one)


def _said(grid: Grid, row: CodedRow, column: int) -> Said | None:
    one = grid.said(row.row, column, "·".join((grid.table.title, *grid.names(row.row, column)[-1:])).strip("·"))
    return one if one is not None and one.figure.unit.dimension is Dimension.MONEY else None


def title_core(title: str) -> str:
    """What a table is about.

    >>> title_core("财政拨款收入支出决算总表"), title_core("2023年部门支出预算总表")
    ('财政拨款收入支出', '支出')
    """
    return _TITLE_TAIL.sub("", _TITLE_HEAD.sub("", re.sub(r"[“”\s]", "", title)))


def plain(name: str) -> str:
    """A name of the classification as it compares.

    >>> plain("其它 支出(境)")
    '其他支出（境）'
    """
    return re.sub(r"\s", "", name).replace("其它", "其他").replace("(", "（").replace(")", "）")


def item_against_tables(item: Item, values: TableValues, kind: str, year: int | None) -> Iterator[Repeated]:
    """An item of the prose whose amount stands in no column of its row, in whatever table."""
    if item.path is None or kind not in (*ACCOUNTS, *BUDGETS):
        return
    known = values.codes.get(item.codes, []) if len(item.codes) == 7 else []
    known = known or values.paths.get((plain(item.path[1]), plain(item.path[2])), [])
    if not known:
        return
    totals = [one for one in known if _TOTAL_COLUMN.search(one.name)]
    for term in amounts_of(item, year, kind in ACCOUNTS):
        if any(term.figure.interval.meets(one.figure.interval) for one in known):
            continue
        yield Repeated(
            words=item.flat.words(term.start, term.at + 1),
            kind="table",
            name=item.path[2],
            one=said(item.flat, term, item.path[2]),
            others=_distinct(totals or known),
        )


def names_against_tables(
    flat: Flat, terms: Sequence[Term], values: TableValues, kind: str, year: int | None
) -> Iterator[Repeated]:
    """A total of the prose that stands in a table under the same name with another value."""
    if kind not in (*ACCOUNTS, *BUDGETS):
        return
    for term in terms:
        if not term.is_level or term.letter != MONEY or term.year not in (None, year):
            continue
        if kind in ACCOUNTS and term.attribute in ("initial", "annual", "budget"):
            continue
        if re.search("比|较|上年|去年", term.lead):
            continue
        known = values.names.get(_LABEL_HEAD.sub("", core(term.name)), [])
        if not known or any(term.figure.interval.meets(one.figure.interval) for one in known):
            continue
        yield Repeated(
            words=flat.words(term.start, term.at + 1),
            kind="table",
            name=core(term.name),
            one=said(flat, term),
            others=_distinct(known),
        )


def _distinct(known: Sequence[Said]) -> tuple[Said, ...]:
    """The values of the tables, each once, the most frequent first."""
    counts: dict[object, int] = {}
    for one in known:
        counts[one.figure.in_base] = counts.get(one.figure.in_base, 0) + 1
    first: dict[object, Said] = {}
    for one in known:
        if one.figure.value:
            first.setdefault(one.figure.in_base, one)
    ordered = sorted(first.values(), key=lambda one: -counts[one.figure.in_base])
    return tuple(
        replace(one, name=f"表《{one.name.replace('·', '》')}" if "·" in one.name else f"表《{one.name}》")
        for one in ordered[:_MOST_SHOWN]
    )
