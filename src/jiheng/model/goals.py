"""绩效目标: the fund block, overall goals in three parts, and the indicators with what was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiheng.model.provenance import Origin
from jiheng.values import Exact, Figure


class Comparator(StrEnum):
    """绩效指标性质, as the goal table has it."""

    AT_LEAST = "≥"
    MORE_THAN = ">"
    EQUAL = "="
    LESS_THAN = "<"
    AT_MOST = "≤"
    QUALITATIVE = "定性"


class Direction(StrEnum):
    """Which way is better. It does not follow from the comparator: of ＝3级 an actual of 4级 is worse."""

    HIGHER = "越高越好"
    LOWER = "越低越好"
    NEAREST = "越接近越好"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundBlock:
    """总体资金情况 as Chaoyang's form has it: 合计 = 基本支出 + 项目支出, each by its source. **Unit** money."""

    total: Figure | None = None
    basic: Figure | None = None
    basic_fiscal: Figure | None = None
    basic_special_account: Figure | None = None
    basic_own: Figure | None = None
    project: Figure | None = None
    project_fiscal: Figure | None = None
    project_own: Figure | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallGoal:
    """总体目标 with its three parts: 立项背景和需求, 主要内容, 年度成果."""

    code: str
    text: str
    background: str = ""
    content: str = ""
    expected_results: str = ""
    duties: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """实际完成值: a figure, or a level of the scale for 定性; what proves it; why it deviates."""

    value: Figure | None = None
    level: str = ""
    text: str = ""
    as_of: date | None = None
    evidence: tuple[str, ...] = ()
    deviation_note: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is a value that can be compared; words such as 按时完成 are none."""
        return self.value is not None or bool(self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One row of 年度绩效指标.

    **Shape** a quantitative target is `target`; a 定性 target names a `scale` (优良中低差) and should name the
    `target_level` on it. `target_text` keeps the cell's own words. `demand_driven` marks counts that others decide
    (突发事件, 诉求件): exceeding such a target says nothing about how it was set.
    """

    code: str = ""
    activity: str = ""
    task: str = ""
    dimension: str = ""
    category: str = ""
    name: str = ""
    comparator: Comparator | None = None
    direction: Direction | None = None
    target: Figure | None = None
    target_text: str = ""
    scale: str = ""
    target_level: str = ""
    unit: str = ""
    weight: Exact | None = None
    basis: str = ""
    history: Figure | None = None
    method: str = ""
    data_source: str = ""
    demand_driven: bool = False
    office: str = ""
    project: str = ""
    duties: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    actual: Actual | None = None
    origin: Origin | None = None

    @property
    def has_actual(self) -> bool:
        """Whether a comparable actual is given; empty is not zero."""
        return self.actual is not None and self.actual.is_given
