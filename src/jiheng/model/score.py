"""Score sheets: every row with its points, its score and the reckoning behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jiheng.values import Exact


class ScoreState(StrEnum):
    """How far a row's score can be relied on."""

    SETTLED = "已定"
    PROVISIONAL = "暂定"
    OPEN = "未评"


@dataclass(frozen=True, slots=True)
class TraceInput:
    """A figure that went in: its name, as given, and the sheet and cell it stands in."""

    name: str
    given: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceParameter:
    """A number or method of the rules that was used: its id and name, value, clause, how sure it is, who confirmed it."""

    path: str
    value: str
    clause: str
    status: str
    sure: str = ""
    person: str = ""
    name: str = ""

    @property
    def is_unverified(self) -> bool:
        """Whether it still needs a person."""
        return self.status == "未核实"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why a score is what it is. **Shape** `steps` are lines of arithmetic in words and figures, in order."""

    method: str
    formula: str = ""
    inputs: tuple[TraceInput, ...] = ()
    parameters: tuple[TraceParameter, ...] = ()
    steps: tuple[str, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One row. **Unit** 分. `score` is None while the row is open; `reason` then says what is missing.

    **Shape** `share` is the exact score before rounding as (numerator, denominator) of the points, where the score is
    a share of them; the official form repeats it as a formula. `awaits_judgement`: the row is open only until a
    person gives its score; otherwise an open row lacks data.
    """

    id: str
    name: str
    points: Exact
    score: Exact | None
    state: ScoreState
    trace: Trace
    category: str = ""
    part: str = ""
    target: str = ""
    actual: str = ""
    weight: Exact | None = None
    reason: str = ""
    where: str = ""
    share: tuple[int, int] | None = None
    awaits_judgement: bool = False

    @property
    def standing(self) -> str:
        """The state in words: 已定, 暂定, 待判定, 缺数据."""
        if self.state is not ScoreState.OPEN:
            return self.state.value
        return "待判定" if self.awaits_judgement else "缺数据"

    @property
    def marks(self) -> tuple[TraceParameter, ...]:
        """The unverified parameters that this row rests on."""
        return tuple(item for item in self.trace.parameters if item.is_unverified)


def total_score(lines: Iterable[ScoreLine], *states: ScoreState) -> Decimal:
    """The sum of the scores of rows in some states. **Unit** 分."""
    return sum((line.score for line in lines if line.state in states and line.score is not None), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBlock:
    """A block of rows. **Unit** 分."""

    id: str
    name: str
    lines: tuple[ScoreLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> Decimal:
        """The points of all rows."""
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def score(self) -> Decimal:
        """What has been scored so far, settled or provisional."""
        return total_score(self.lines, ScoreState.SETTLED, ScoreState.PROVISIONAL)

    @property
    def open_points(self) -> Decimal:
        """The points of rows that have no score yet."""
        return sum((line.points for line in self.lines if line.state is ScoreState.OPEN), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """A whole score sheet.

    **Unit** 分. **Shape** `beside` is the score by the goal table's own weights, for comparison only; `cap` the most that
    the total may be where a rule caps it; `dates` when the edition was issued and from which year it holds.
    """

    kind: str
    title: str
    subject: str
    region: str
    fiscal_year: int
    edition: str
    rules_hash: str
    dates: TraceParameter
    blocks: tuple[ScoreBlock, ...]
    beside: ScoreBlock | None = None
    cap: Exact | None = None
    cap_trace: Trace | None = None
    grade: str = ""
    grade_trace: Trace | None = None
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[ScoreLine, ...]:
        """All rows in order."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def points(self) -> Decimal:
        """The points of all rows."""
        return sum((block.points for block in self.blocks), Decimal(0))

    @property
    def settled(self) -> Decimal:
        """The sum of settled scores."""
        return total_score(self.lines, ScoreState.SETTLED)

    @property
    def provisional(self) -> Decimal:
        """The sum of provisional scores."""
        return total_score(self.lines, ScoreState.PROVISIONAL)

    @property
    def open_points(self) -> Decimal:
        """The points that nobody has scored yet."""
        return sum((block.open_points for block in self.blocks), Decimal(0))

    @property
    def awaiting_points(self) -> Decimal:
        """The part of the open points that waits for a person's judgement only."""
        return sum((line.points for line in self.lines if line.awaits_judgement), Decimal(0))

    @property
    def scored(self) -> Decimal:
        """Settled and provisional together, before any cap."""
        return self.settled + self.provisional

    @property
    def total(self) -> Decimal | None:
        """The total, capped where a rule caps it; None while a row is open, unless its weight is zero."""
        if any(line.state is ScoreState.OPEN and line.weight != 0 for line in self.lines):
            return None
        return self.scored if self.cap is None else min(self.scored, self.cap)

    @property
    def marks(self) -> tuple[TraceParameter, ...]:
        """The unverified parameters that the sheet rests on, each once."""
        traces = [line.trace for line in self.lines]
        traces += [trace for trace in (self.cap_trace, self.grade_trace) if trace]
        used = [self.dates, *(item for trace in traces for item in trace.parameters)]
        found = {item.path: item for item in used if item.is_unverified}
        return tuple(found.values())

    @property
    def state(self) -> str:
        """未评完 while points are open, 暂定 while something is provisional or unverified, 定分 otherwise."""
        if self.total is None:
            return "未评完"
        is_provisional = any(line.state is ScoreState.PROVISIONAL for line in self.lines)
        return "暂定" if is_provisional or self.marks else "定分"
