"""Years that a document's own year contradicts: in headings, dates, comparisons, evaluations, periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from jiheng.model.document import Document, Kind, Paragraph, Role
from jiheng.model.statement import Words, YearNamed
from jiheng.reading.statements.flat import DAY, YEAR, Flat

ACCOUNTS = ("部门决算", "单位决算")
BUDGETS = ("部门预算", "单位预算")
REPORTS = ("部门整体绩效评价报告",)
_OWN = {"决算": ACCOUNTS, "预算": BUDGETS, "评价报告": REPORTS}
_NOT_OWN = re.compile(r"执行|上年|上一年|回顾|比|较|计划|规划|以来")
_AS_OF = re.compile(rf"截[至止]到?{DAY}")
_OWN_YEAR = re.compile(rf"(?:比|较|与|同){YEAR}(?:部门|单位)?预算数?(?:相比)?，?(?:增加|减少|增长|下降|持平|一致|相同)")
_FIGURES = re.compile(
    rf"(?:^|[。；，])[^。；，：{YEAR}比较]{{0,24}}(?P<year>{YEAR})，?[^。；，：比较]{{0,20}}?"
    r"(?:全年预算数?|资金总体支出|收入支出总计|收、支总计|收入总?预算|支出总?预算|本年收入合计|本年支出合计)(?:数|为|均为)?Ⓜ"
)
_EVALUATED = re.compile(rf"{YEAR}[^，。；{YEAR}]{{0,16}}?自评")
_MONITORED = re.compile(rf"{YEAR}[^，。；{YEAR}]{{0,16}}?监控")
_PERIOD = re.compile(r"实施(?:周期|期限|时间|期间)|(?:项目|执行)(?:周期|期限|时间)")

_FEWEST_TOLD, _TIMES = 2, 3
"""So often, and so many times more often than the title's, must the text speak of a year to put the title in doubt."""


class YearKind(StrEnum):
    """What the year was used for."""

    HEADING = "heading"
    AS_OF = "as_of"
    OWN_YEAR = "own_year"
    SELF_EVALUATION = "self_evaluation"
    MONITORING = "monitoring"
    FIGURES = "figures"
    TITLE = "title"
    PERIOD = "period"


def years_in(document: Document, flat: Flat) -> Iterator[YearNamed]:
    """What one paragraph says of years that does not fit the document's."""
    kind, own = document.head.kind.value, document.head.year
    block = document.blocks[flat.block]
    if own is None or not isinstance(block, Paragraph):
        return
    if block.role in (Role.TITLE, Role.HEADING, Role.CAPTION):
        yield from _heading(flat, kind, own)
    yield from _dates(flat, kind, own)
    yield from _figures(flat, kind, own)
    if kind in BUDGETS:
        yield from _own_year(flat, own)
    if kind in REPORTS:
        yield from _evaluations(flat, own)


def _heading(flat: Flat, kind: str, own: int) -> Iterator[YearNamed]:
    for word, kinds in _OWN.items():
        if kind not in kinds:
            continue
        for at, mention in flat.numbers.items():
            if flat.text[at] != YEAR or mention.year is None or mention.last_year or mention.year == own:
                continue
            if word in flat.text[at:] and not _NOT_OWN.search(flat.text):
                yield _named(flat.words(0, len(flat.text)), YearKind.HEADING, mention.year, (own,))
                return


def _dates(flat: Flat, kind: str, own: int) -> Iterator[YearNamed]:
    allowed = (own - 1, own) if kind in BUDGETS else (own, own + 1) if kind in (*ACCOUNTS, *REPORTS) else ()
    for found in _AS_OF.finditer(flat.text) if allowed else ():
        mention = flat.numbers[found.end() - 1]
        if mention.year is not None and mention.year < min(allowed):
            yield _named(_clause(flat, found.start(), found.end()), YearKind.AS_OF, mention.year, allowed)


def _figures(flat: Flat, kind: str, own: int) -> Iterator[YearNamed]:
    """The document's own totals, told of another year than its title's."""
    for found in _FIGURES.finditer(flat.text) if kind in (*ACCOUNTS, *BUDGETS, *REPORTS) else ():
        year = flat.numbers[found.start("year")].year
        sentence = flat.text[max(flat.text.rfind("。", 0, found.start("year")), 0) : found.end()]
        if year is not None and year != own and not re.search("上年|去年|同比|相比", sentence):
            yield _named(flat.words(found.start("year"), found.end()), YearKind.FIGURES, year, (own,))


def title_year(document: Document, named: Sequence[YearNamed]) -> YearNamed | None:
    """The year of the title, where all totals are told of one other year and the text hardly speaks of the title's."""
    own = document.head.year
    years = {one.year for one in named if one.kind == YearKind.FIGURES}
    title = next(((i, b) for i, b in document.paragraphs if b.role is Role.TITLE and str(own) in b.text), None)
    if own is None or len(years) != 1 or title is None:
        return None
    index, block = title
    (other,) = years
    told = [one.year for one in document.mentions if one.kind is Kind.YEAR and one.block > index and not one.last_year]
    if told.count(other) < max(_FEWEST_TOLD, _TIMES * told.count(own)):
        return None
    words = Words(block.text[:200], block.passage.spot(), index, 0, min(200, len(block.text)))
    return _named(words, YearKind.TITLE, own, (other,))


def _own_year(flat: Flat, own: int) -> Iterator[YearNamed]:
    places = [found for found in _OWN_YEAR.finditer(flat.text) if flat.numbers[found.start() + 1].year == own]
    if places:
        first = places[0]
        yield _named(_clause(flat, first.start(), first.end()), YearKind.OWN_YEAR, own, (own - 1,))


def _evaluations(flat: Flat, own: int) -> Iterator[YearNamed]:
    for pattern, kind, allowed in (
        (_EVALUATED, YearKind.SELF_EVALUATION, (own, own - 1)),
        (_MONITORED, YearKind.MONITORING, (own, own + 1)),
    ):
        for found in pattern.finditer(flat.text):
            year = flat.numbers[found.start()].year
            if year is not None and (year not in allowed or (kind is YearKind.SELF_EVALUATION and year == own - 1)):
                yield _named(_clause(flat, found.start(), found.end()), kind, year, allowed)


def periods_in(document: Document) -> Iterator[YearNamed]:
    """A project's period, given under its own heading, that ends before the budget year begins."""
    own = document.head.year
    if own is None or document.head.kind.value not in BUDGETS:
        return
    blocks = document.blocks
    for index, heading in document.paragraphs:
        if heading.role is not Role.HEADING or not _PERIOD.search(heading.text) or index + 1 >= len(blocks):
            continue
        body = blocks[index + 1]
        days = [m for m in document.mentions if m.block == index + 1 and m.kind in (Kind.DATE, Kind.YEAR) and m.year]
        if isinstance(body, Paragraph) and days and max(m.last_year or m.year or 0 for m in days) < own:
            words = Words(body.text[:200], body.passage.spot(), index + 1, 0, min(200, len(body.text)))
            yield _named(words, YearKind.PERIOD, max(m.year or 0 for m in days), (own,))


def _clause(flat: Flat, start: int, end: int) -> Words:
    first = max(flat.text.rfind(mark, 0, start) for mark in "，。；：") + 1
    rest = re.search("[，。；]", flat.text[end:])
    return flat.words(first, end + rest.start() if rest else len(flat.text))


def _named(words: Words, kind: YearKind, year: int, expected: Sequence[int]) -> YearNamed:
    return YearNamed(words=words, kind=kind.value, year=year, expected=tuple(expected))
