"""The kinds of rule that code knows. Rule data name one and give its parameters; nothing is evaluated as code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from jiheng.rulebook.parameters import STRICT, Cited, P


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportional(Cited):
    """正比计分: points × actual ÷ target, at most the points, at least 0; with `rate`, points × that rate."""

    method: Literal["proportional"]
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseRatio(Cited):
    """反向指标 A÷B: points × target ÷ actual once the actual is above the target (Beijing's sheet)."""

    method: Literal["reverse_ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseDifference(Cited):
    """反向指标 1−(B−A)÷A: nothing left at twice the target and above (provincial practice)."""

    method: Literal["reverse_difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Cited):
    """及格门槛: below `floor` no points; above it (completion − floor) ÷ (1 − floor). **Unit** floor in %."""

    method: Literal["threshold_60"]
    floor: P


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """From `floor` (included) up to the next band, `award` of the full award."""

    floor: P
    award: P

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Banded(Cited):
    """区间计分: the band that holds the value gives its award, out of `full`; below the last band nothing."""

    method: Literal["banded"]
    full: P
    bands: tuple[Band, ...]
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionBanded(Cited):
    """执行率按完成与否计分: a finished project inside its budget gets all, an unfinished one its band's award."""

    method: Literal["completion_banded"]
    rate: str
    full: P
    finished: P
    bands: tuple[Band, ...]


class Counting(StrEnum):
    """How a distance is counted in steps."""

    WHOLE = "whole"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDeduction(Cited):
    """按步扣分: for each `each` that the rate stands above the comparison, `deduct` is taken, down to nothing.

    **Shape** the comparison is a fact of the year (`average`, e.g. 全区平均结转结余率) or a fixed `limit`.
    """

    method: Literal["step_deduction"]
    rate: str
    each: P
    deduct: P
    counting: Counting
    average: str = ""
    limit: P | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A fact of 管理情况 and the answer that speaks for the department."""

    fact: str
    answer: Literal["是", "否"]

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Cited):
    """由人判定: a named person gives the score, with a reason, inside the band of its level.

    **Shape** `look_at` are the points to look at; `facts` those the workbook answers (a suggestion only);
    `rate` a figure to show beside them.
    """

    method: Literal["judged"]
    look_at: tuple[str, ...] = ()
    facts: tuple[Expectation, ...] = ()
    rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverBand:
    """From `floor` (d in %, included): `take` is a share of the points (%) or a number of points (分)."""

    floor: P
    take: P

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTarget(Cited):
    """超额扣分: d = (actual − target) ÷ target; the band that holds d takes its part.

    **Shape** `needs_person`: only where a person has found that the target was set too low, never for counts that
    demand drives. Without bands the person sets the score (10号 names no figure).
    """

    method: Literal["over_target_deduction"]
    bands: tuple[OverBand, ...] = ()
    needs_person: Literal["是", "否"] = "是"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertWeights(Cited):
    """权重换算: the weights of a part's indicators share the part's points in proportion, to 0.01 by largest remainder."""

    method: Literal["convert_weights"]


ItemRule = Annotated[
    Proportional | Banded | CompletionBanded | StepDeduction | Judged,
    Field(discriminator="method"),
]
Reverse = Annotated[ReverseRatio | ReverseDifference, Field(discriminator="method")]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRules:
    """How an indicator of the goal table becomes a score."""

    forward: Proportional
    reverse: Reverse
    qualitative: Judged
    threshold: Threshold | None = None
    satisfaction: Banded | None = None
    over_target: OverTarget | None = None

    __pydantic_config__ = STRICT


class RateShape(StrEnum):
    """The formula of a rate; all × 100%."""

    SHARE = "share"
    GROWTH = "growth"
    SAVING = "saving"

    def formula(self, part: str, whole: str) -> str:
        """The formula in words."""
        return {
            "share": f"{part} ÷ {whole} × 100%",
            "growth": f"({part} − {whole}) ÷ {whole} × 100%",
            "saving": f"({whole} − {part}) ÷ {whole} × 100%",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Cited):
    """A rate: `part` and `whole` are sums of operands such as `budget.total.executed` or `fact.三公经费预算数`."""

    id: str
    name: str
    shape: RateShape
    part: tuple[str, ...]
    whole: tuple[str, ...]
    note: str = ""
