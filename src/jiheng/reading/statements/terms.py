"""The figures of a paragraph with what their clause says they are: a level, a difference or a share; of what; of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jiheng.model.statement import Said, Words
from jiheng.reading.statements.flat import BARE, COUNT, FIGURES, MONEY, SHARE, UNSURE, YEAR, Flat
from jiheng.values import Bound, Dimension, Figure

UP = "增加|增长|上升|提高|增多|上涨|扩大|增收"
DOWN = "减少|下降|降低|缩减|压减|减低|下跌"
_STRONG = "。；，：！？"
_CHANGED = re.compile(
    rf"(?:{UP}|{DOWN}|节约|节省|(?<!和)(?<!拨款)(?<!专用)结余|超支|比[^。]*[多少])(?:了|额|金额|支出|收入|数|资金)?(?:为|是|约)?$"
)
_HEAD = re.compile(
    rf"^(?:(?:其中|包括|主要包括|主要是|具体为|分别为|分别是|截至|截止|全年|本年度|本年|当年|年内|共计|共|合计|和|及|以及|与|并|则|另|其余|另有|按照"
    rf"|{YEAR}|Ⓓ|[“”\"'])[：，、]?)+"
)
_TAIL = re.compile(r"(?:安排|分别|均|各|为|是|共计|共有|共|达到|达|约|(?<![合总小])计|列支|：|“|”|\")*$")
_KIND = re.compile(r"(?:(?:年初|全年|当年|调整后?)?(?:预算|决算)(?:执行)?|执行)?(?:金额|数额|额|数)?$")
_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．，]*|[①-⑳])")
_ATTRIBUTES = (
    (
        "executed",
        re.compile(
            r"执行数|实际支出|实际执行|已支[出付]|已执行|支付|拨付|到位|实际使用|已使用|执行金额|执行(?:了|为|约)?$"
        ),
    ),
    ("final", re.compile(r"决算")),
    ("initial", re.compile(r"年初(?:安排|批复|部门)?预算")),
    ("annual", re.compile(r"(?:全年|调整后?(?:的)?)(?:部门)?预算")),
    ("budget", re.compile(r"预算")),
)
_FUND = re.compile(r"(?:一般公共|政府性基金|国有资本经营)预算(?=财政拨款|拨款|支出|收入|基本|项目)")
"""A fund is called so in accounts as in budgets."""


class Role(StrEnum):
    """What a figure does in its clause."""

    LEVEL = "level"
    DELTA = "delta"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in a paragraph. **Shape** `at` counts letters of the flat text; `lead` is its clause up to it."""

    at: int
    start: int
    lead: str
    name: str
    role: Role
    letter: str
    figure: Figure
    sentence: int
    depth: int
    year: int | None
    attribute: str

    @property
    def is_level(self) -> bool:
        """Whether the figure is an amount or count of something that can be added up."""
        return self.role is Role.LEVEL and self.letter in (MONEY, COUNT)


def attribute_of(words: str) -> str:
    """Whether words speak of a budget, of final accounts or of execution; empty when of none.

    >>> attribute_of("2022年当年预算执行数为"), attribute_of("支出决算为"), attribute_of("年初预算为"), attribute_of("预算安排")
    ('executed', 'final', 'initial', 'budget')
    """
    words = _FUND.sub("", words)
    return next((name for name, pattern in _ATTRIBUTES if pattern.search(words)), "")


def terms_of(flat: Flat) -> list[Term]:
    """All figures of a paragraph that were read surely, in order."""
    terms: list[Term] = []
    sentence = depth = 0
    for at, letter in enumerate(flat.text):
        if letter in "。！？":
            sentence += 1
        elif letter == "（":
            depth += 1
        elif letter == "）":
            depth = max(0, depth - 1)
        elif letter in FIGURES:
            figure = flat.numbers[at].figure
            if figure is None or figure.bound is not Bound.EXACT:
                continue
            figure = figure.counted()
            start = clause_start(flat.text, at)
            lead = flat.text[start:at]
            terms.append(
                Term(
                    at=at,
                    start=start,
                    lead=lead,
                    name=name_in(lead),
                    role=_role(letter, lead),
                    letter=letter,
                    figure=figure,
                    sentence=sentence,
                    depth=depth,
                    year=_year(flat, start, at),
                    attribute=attribute_of(lead),
                )
            )
    return terms


def clause_start(text: str, at: int) -> int:
    """Where the clause that ends before letter `at` begins; short remarks in brackets stay inside it."""
    closed = 0
    for place in range(at - 1, -1, -1):
        letter = text[place]
        if letter == "）":
            closed += 1
        elif letter == "（":
            if not closed:
                return place + 1
            closed -= 1
        elif closed:
            if letter in FIGURES:
                return place + text[place:].index("）") + 1
            continue
        elif letter in _STRONG + FIGURES + UNSURE or (letter == "、" and _has_figure_before(text, place)):
            return place + 1
    return 0


def _has_figure_before(text: str, at: int) -> bool:
    for place in range(at - 1, -1, -1):
        if text[place] in _STRONG:
            return False
        if text[place] in FIGURES or text[place] == UNSURE:
            return True
    return False


def name_in(lead: str) -> str:
    """The thing that a clause names, without what introduces it.

    >>> name_in("其中：财政拨款收入"), name_in("Ⓨ基本支出预算数为"), name_in("（一）公务接待费支出决算为")
    ('财政拨款收入', '基本支出预算数', '（一）公务接待费支出决算')
    """
    words = lead.lstrip("、，的")
    if YEAR in words:
        words = words[words.rindex(YEAR) + 1 :]
    words = _HEAD.sub("", words)
    words = _TAIL.sub("", words)
    return re.sub('[“”"]', "", words)


def without_number(name: str) -> str:
    """A name without the outline number before it.

    >>> without_number("1.因公出国费"), without_number("（二）公务接待费"), without_number("三公经费")
    ('因公出国费', '公务接待费', '三公经费')
    """
    found = _NUMBER.match(name)
    if not found or not re.search(r"[、.．，）)①-⑳]$", found[0]):
        return name
    return name[found.end() :]


def core(name: str) -> str:
    """A name without its outline number and without the words for budget, final accounts, amount.

    >>> core("（一）公务接待费支出决算"), core("基本支出预算数"), core("支出决算")
    ('公务接待费支出', '基本支出', '')
    """
    words = without_number(name)
    found = _KIND.search(words)
    rest = words[: found.start()] if found else words
    return "" if rest in ("支出", "收入") else rest


def _role(letter: str, lead: str) -> Role:
    if letter == SHARE:
        return Role.SHARE
    if letter == BARE:
        return Role.LEVEL
    return Role.DELTA if _CHANGED.search(lead) else Role.LEVEL


def _year(flat: Flat, start: int, at: int) -> int | None:
    for place in range(at - 1, start - 1, -1):
        if flat.text[place] == YEAR:
            return flat.numbers[place].year
    return None


def said(flat: Flat, term: Term, name: str = "") -> Said:
    """The term as a statement has it, with the words of its clause."""
    return Said(
        name=name or without_number(term.name),
        figure=term.figure,
        words=flat.words(term.start, term.at + 1),
        year=term.year,
    )


def spanning(flat: Flat, first: int, last: int) -> Words:
    """The words from one letter to another, whole clauses where that fits into a quote."""
    return flat.words(first, last)


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures may be added: both money, or counts in one unit."""
    if one.unit.dimension is Dimension.MONEY:
        return other.unit.dimension is Dimension.MONEY
    return one.unit == other.unit


def last_before(terms: Sequence[Term], at: int) -> list[Term]:
    """The terms before a letter, nearest first."""
    return [term for term in reversed(terms) if term.at < at]
