"""What a document claims, as typed records with places. Reading finds them, checks prove them.

A claim holds only what its words say for certain; what could be read in two ways is no claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from jiheng.model.document import Head, Spot
from jiheng.values import Figure, Interval

QUOTE_LENGTH = 200
TEMPLATE_FROM = 10
"""So many signs of places left open, and the whole document is an unfilled template."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand in the document, and where: block, offsets in its passage, cell of a table."""

    text: str
    spot: Spot = field(default_factory=Spot)
    block: int = -1
    start: int = 0
    end: int = 0
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A figure and what it is said to be. **Shape** `year` only where the words name one."""

    name: str
    figure: Figure
    words: Words
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.figure}" if self.name else str(self.figure)

    def agrees(self, other: Said) -> bool:
        """Whether both may print one number: equal, or the finer one rounded or cut off to the coarser."""
        steps = [one.figure.quantum * one.figure.unit.factor for one in (self, other)]
        apart = abs(self.figure.in_base - other.figure.in_base)
        return apart == 0 if steps[0] == steps[1] else apart < max(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim: the words that make it."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Statement):
    """A total and its parts.

    **Shape** of parts that need not be all, `is_whole` is False; where none may be a part of another, `is_flat` is True;
    `wanting` is told elsewhere and just what the parts lack.
    """

    total: Said
    parts: tuple[Said, ...]
    is_whole: bool = True
    table: str = ""
    is_flat: bool = False
    wanting: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Statement):
    """A figure that is part of another one, in another table, and so can be no larger."""

    part: Said
    whole: Said


class Way(StrEnum):
    """Which way something is said to have changed, or how it compares."""

    UP = "增加"
    DOWN = "减少"
    SAME = "持平"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Statement):
    """Something grew or shrank. **Shape** what is not said is None; `roughly` marks 基本持平."""

    name: str
    way: Way
    now: Said | None = None
    before: Said | None = None
    delta: Said | None = None
    rate: Said | None = None
    rate_way: Way | None = None
    roughly: bool = False
    is_named: bool = True
    """Whether the words of the change name what has changed, or it stands in their own sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Statement):
    """A part is so many per cent of a whole.

    **Shape** `name` is whose rate it is, where a row of a table says so; `printed_to` is the last place to which the other
    rates of its column are printed, in %. `is_change` says that the rate is of (part − whole), and may be negative.
    """

    part: Said
    whole: Said
    rate: Said
    name: str = ""
    printed_to: Decimal | None = None
    is_change: bool = False

    @property
    def reach(self) -> Interval | None:
        """The range that the part and the whole give for the rate, in %; None where the whole may be zero.

        A fall that is told without its sign (差异率3.16%) counts as told with it.
        """
        quotient = self.part.figure.interval.over(self.whole.figure.interval)
        if quotient is None:
            return None
        base = Decimal(100) if self.is_change else Decimal(0)
        reach = Interval(quotient.low * 100 - base, quotient.high * 100 - base)
        return reach.times(Decimal(-1)) if self.is_change and reach.high < 0 <= self.rate.figure.value else reach

    @property
    def fits(self) -> bool:
        """Whether the rate is no further than one step of its last digit from what the figures give."""
        step = self.rate.figure.quantum
        return self.reach is not None and Interval(self.reach.low - step, self.reach.high + step).holds(
            self.rate.figure.value
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares(Statement):
    """Parts of one list, each with its share of a whole that is said nowhere. **Shape** `rates[i]` is of `parts[i]`."""

    parts: tuple[Said, ...]
    rates: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion(Statement):
    """A budget is so many per cent done, and what was spent is called larger than, smaller than or equal to it."""

    rate: Said
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Statement):
    """One figure is called larger than (UP), smaller than (DOWN) or equal to (SAME) another."""

    left: Said
    way: Way
    right: Said
    roughly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(Statement):
    """A printed reckoning and its result.

    **Shape** `reckoned` is the range its figures give, in the base unit of the result; None where it has words for figures.
    """

    name: str
    result: Said
    is_share: bool
    """Whether the reckoning ends in ×100%."""
    reckoned: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Statement):
    """Price × quantity = total."""

    price: Said
    quantity: Said
    total: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Statement):
    """The same thing said in two places. **Shape** `others` are all values it is known by elsewhere; `kind` says where."""

    kind: str
    name: str
    one: Said
    others: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearNamed(Statement):
    """A year that the words make a claim of. **Shape** `kind` is one of the kinds in `reading.statements.years`."""

    kind: str
    year: int
    expected: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder(Statement):
    """A place that was left to be filled in: the sign for it and how often it stands in the document.

    **Shape** `is_template` says that the whole document was left unfilled.
    """

    sign: str
    count: int
    is_template: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyReason(Statement):
    """A reason is announced and none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression(Statement):
    """A result that rests on impressions only. **Shape** `subject` is 满意度 or what else is claimed."""

    subject: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Statement):
    """A heading with what stands below it. **Shape** `scores` counts the parts of its text that tell a score."""

    title: str
    level: int
    letters: int
    scores: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses(Statement):
    """An amount and the uses that are listed for it; they need not be all."""

    total: Said
    parts: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPeriod(Statement):
    """A cost that is said to be for a period from one year into another."""

    cost: Said
    period: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundForm:
    """The fund block of one project's goal form."""

    words: Words
    project: str
    amount: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsTotal(Statement):
    """The prose says how many goal forms there are and what they come to. **Shape** `forms` are those in the document."""

    count: Said
    amount: Said
    forms: tuple[FundForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNumbers(Statement):
    """A list whose numbers do not follow one another."""

    table: str
    before: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinerThanFen(Statement):
    """An amount printed to less than one 分; `count` says how many the document has."""

    figure: Figure
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTwice(Statement):
    """A row that repeats another in every cell."""

    table: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BareShare(Statement):
    """A number without % in a column of shares."""

    table: str
    name: str
    value: str


_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything a document claims, in its order."""

    head: Head = field(default_factory=Head)
    statements: tuple[Statement, ...] = ()
    lines: tuple[str, ...] = ()
    """Its short paragraphs, among which headings may be that nothing marks as such."""

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        """The claims of one kind."""
        return (one for one in self.statements if isinstance(one, kind))
