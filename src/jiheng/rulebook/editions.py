"""Editions: one dated rule of one region, of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from jiheng.rulebook.methods import Band, ConvertWeights, IndicatorRules, ItemRule, OverTarget, Rate
from jiheng.rulebook.parameters import STRICT, Cited, P
from jiheng.rulebook.scales import Scale
from jiheng.values import FiscalYear, RegionCode


def _code(value: object) -> object:
    return RegionCode(value) if isinstance(value, str) else value


def _year(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"“{value}”不是年度（要写成 2024 这样的四位数字）")
    return FiscalYear(int(value))


Region = Annotated[RegionCode, BeforeValidator(_code), WithJsonSchema({"type": "string", "pattern": "^[0-9]{6}$"})]
Year = Annotated[
    FiscalYear, BeforeValidator(_year), WithJsonSchema({"type": ["string", "integer"], "pattern": "^20[0-9]{2}$"})
]


class Kind(StrEnum):
    """What an edition rules."""

    DEPARTMENT = "department_evaluation"
    PROJECT_SELF = "project_self_evaluation"
    PROJECT = "project_evaluation"
    GRADES = "grades"
    GOAL_REVIEW = "goal_review"
    MONITORING = "monitoring"
    RESULTS_USE = "results_use"
    ADJUSTMENT = "score_adjustment"
    RECHECK = "recheck"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {
            "department_evaluation": "部门整体绩效评价",
            "project_self_evaluation": "项目支出绩效自评",
            "project_evaluation": "部门评价和财政评价",
            "grades": "评价等级",
            "goal_review": "绩效目标审核",
            "monitoring": "绩效运行监控",
            "results_use": "评价结果应用",
            "score_adjustment": "得分调整",
            "recheck": "自评复核",
        }[self.value]


class Scope(StrEnum):
    """Whom an edition reaches."""

    BELOW = "region_and_below"
    OWN = "own_region"
    CHOSEN = "by_choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates(Cited):
    """When an edition was issued, and the fiscal years it rules (`until` included; none: until replaced)."""

    issued: date
    since: Year
    until: Year | None = None

    def __str__(self) -> str:
        """When, in words."""
        return f"{self.issued} 发布，{self.since} 年{f'至 {self.until} 年' if self.until else '起'}适用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every edition states.

    **Shape** `scope`: `region_and_below` is the rule of its region and, until a nearer one has its own, of those below;
    `own_region` of its region only; `by_choice` applies nowhere by itself and is named by whoever uses it.
    """

    id: str
    title: str
    region: Region
    dates: Dates
    scope: Scope = Scope.BELOW
    extends: str = ""
    note: str = ""

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One scored row of a sheet; without points it is shown but scores nothing until somebody gives it points."""

    id: str
    name: str
    rule: ItemRule
    category: str = ""
    points: P | None = None
    explains: str = ""

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Indicators of some dimensions, sharing points."""

    id: str
    name: str
    points: P
    dimensions: tuple[str, ...]

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How points are split among dimensions; it applies where the named dimensions are present or absent."""

    id: str
    name: str
    parts: tuple[Part, ...]
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a sheet: rows with rules of their own, or the indicators of the goal table."""

    id: str
    name: str
    points: P | None = None
    items: tuple[Item, ...] = ()
    frames: tuple[Frame, ...] = ()
    convert: ConvertWeights | None = None

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRule(Cited):
    """Blocks that together must have at least a share of the points. **Unit** %."""

    blocks: tuple[str, ...]
    least: P


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Header):
    """A score sheet: blocks, the rules of indicators, the rates and the bands of scales."""

    kind: Literal["department_evaluation", "project_self_evaluation", "project_evaluation"]
    blocks: tuple[Block, ...]
    full: P | None = None
    indicators: IndicatorRules | None = None
    rates: tuple[Rate, ...] = ()
    scales: tuple[Scale, ...] = ()
    floors: tuple[FloorRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and the least total it needs. **Unit** 分."""

    name: str
    floor: P

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades(Header):
    """Grades, best first."""

    kind: Literal["grades"]
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps(Cited):
    """得分封顶: the band that holds the execution rate (%) limits the total (its award, 分); from `uncapped` on none does."""

    method: Literal["score_caps"]
    uncapped: P
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Header):
    """What is done to scores afterwards: caps by execution, another treatment of over-fulfilment."""

    kind: Literal["score_adjustment"]
    caps: Caps | None = None
    over_target: OverTarget | None = None
