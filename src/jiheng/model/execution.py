"""预算执行: budget lines from 年初 to 决算, and the adjustments that lead from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiheng.model.provenance import Origin
from jiheng.values import Figure


class BudgetPart(StrEnum):
    """支出类别."""

    TOTAL = "合计"
    BASIC = "基本支出"
    PROJECT = "项目支出"
    OTHER = "其他支出"


class AdjustmentKind(StrEnum):
    """调整类型; a transfer (调剂) moves money within the total."""

    ADDED = "追加"
    REDUCED = "调减"
    TRANSFER_IN = "调剂增加"
    TRANSFER_OUT = "调剂减少"

    @property
    def sign(self) -> int:
        """+1 where the budget grows, −1 where it shrinks."""
        return 1 if self in (AdjustmentKind.ADDED, AdjustmentKind.TRANSFER_IN) else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of 预算执行. **Unit** money. A line with `source` or `activity` details the line of its part."""

    part: BudgetPart
    source: str = ""
    activity: str = ""
    initial_budget: Figure | None = None
    annual_budget: Figure | None = None
    executed: Figure | None = None
    final_accounts: Figure | None = None
    carried_over: Figure | None = None
    surplus: Figure | None = None
    note: str = ""
    origin: Origin | None = None

    @property
    def is_detail(self) -> bool:
        """Whether the line is a part of another line."""
        return bool(self.source or self.activity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """预算调整 with the document (文号) that approved it. **Unit** money, always positive; the kind has the sign."""

    kind: AdjustmentKind
    part: BudgetPart | None = None
    amount: Figure | None = None
    document_number: str = ""
    approved_on: date | None = None
    project: str = ""
    reason: str = ""
    origin: Origin | None = None
