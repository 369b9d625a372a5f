"""Editions that rule steps of the year rather than a sheet: goal review, monitoring, use of results, recheck."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from jiheng.rulebook.editions import Header
from jiheng.rulebook.parameters import STRICT, Cited, P


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to look at in a goal review. **Unit** points in 分."""

    id: str
    name: str
    points: P
    look_at: tuple[str, ...] = ()

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDimension:
    """完整性, 相关性, 适当性, 可行性."""

    id: str
    name: str
    items: tuple[ReviewItem, ...]

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLevel:
    """A level of one item: its share of the points, and the least total that gives the same grade to the whole."""

    name: str
    least: P
    most: P
    total: P

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Cited):
    """A grade by counting items: at least `count` at `at_least` or better, and none of `never`."""

    name: str
    at_least: str
    count: P
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Cited):
    """What follows from a grade. `days` are working days to send it in again; a cut is a share of the budget."""

    name: str
    text: str
    enters: Literal["是", "否", ""] = ""
    days: P | None = None
    cut_least: P | None = None
    cut_most: P | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReview(Header):
    """绩效目标审核: items with points, levels best first, and what each grade leads to."""

    kind: Literal["goal_review"]
    dimensions: tuple[ReviewDimension, ...]
    levels: tuple[ReviewLevel, ...]
    tallies: tuple[Tally, ...] = ()
    consequences: tuple[Consequence, ...]


class Measure(StrEnum):
    """What a light looks at."""

    EXECUTION = "execution_against_time"
    FORWARD = "forward_against_time"
    RANGE = "inside_target"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class LightBand:
    """From `floor` (%, included) this light."""

    light: str
    floor: P

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLight:
    """The light of a level."""

    light: str
    level: str

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRule(Cited):
    """Lights of one kind of subject, best first; below the last band the worst light."""

    id: str
    name: str
    measure: Measure
    categories: tuple[str, ...] = ()
    bands: tuple[LightBand, ...] = ()
    levels: tuple[LevelLight, ...] = ()
    inside: str = ""
    outside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Cited):
    """Execution at the end of a month below `least` (%) is a warning."""

    id: str
    month: P
    least: P


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRound(Cited):
    """A round: the months it covers, and until when it is reported."""

    id: str
    until_month: P
    report_month: P
    report_day: P | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Cited):
    """How long a unit has to answer a warning, what it may choose, what silence means. **Unit** working days."""

    days: P
    choices: tuple[str, ...]
    silence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Cited):
    """Goal progress and execution further apart than `most` percentage points are a warning."""

    most: P


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring(Header):
    """绩效运行监控: rounds, lights (none where the rule knows none), checkpoints."""

    kind: Literal["monitoring"]
    rounds: tuple[MonitoringRound, ...] = ()
    lights: tuple[LightRule, ...] = ()
    worst: str = ""
    checkpoints: tuple[Checkpoint, ...] = ()
    apart: Apart | None = None
    response: Response | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsUse(Header):
    """评价结果应用: what follows from a grade."""

    kind: Literal["results_use"]
    consequences: tuple[Consequence, ...]


class Effect(StrEnum):
    """What a recheck criterion does to an indicator's score."""

    ZERO = "zero"
    SHARE = "take_share"
    NONE = "no_deduction"
    ONCE = "counts_once"
    AGREE = "must_agree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Cited):
    """One criterion of a recheck. `shares` (%) are what may be taken; `limit` (%) where it begins to apply."""

    id: str
    name: str
    effect: Effect
    shares: tuple[P, ...] = ()
    limit: P | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck(Header):
    """自评复核: the criteria by which self-evaluations are checked again."""

    kind: Literal["recheck"]
    criteria: tuple[Criterion, ...]
