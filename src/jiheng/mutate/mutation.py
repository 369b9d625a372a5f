"""What was made wrong: one record a copy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The slips that people make in reports."""

    DIGIT_CHANGED = "改错一位数字"
    DIGITS_SWAPPED = "两位数字颠倒"
    DIGIT_DROPPED = "漏掉一位数字"
    DIGIT_ADDED = "多打一位数字"
    POINT_MOVED = "小数点移位"
    UNIT_SLIPPED = "元与万元混淆"
    PERCENT_LOST = "漏掉百分号"
    TOTAL_FOR_PART = "合计填成分项"
    RATE_OFF = "比率算错"
    WORD_FLIPPED = "增减说反"
    YEAR_STALE = "年份没有更新"
    PLACEHOLDER = "留下占位符"
    LINE_COPIED = "照抄上一行"
    ROW_DROPPED = "漏掉一行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One error: what stood there and what stands there now.

    **Shape** `block`, `cell`, `start` and `end` are those of the untouched document; a dropped or copied row has `row` and
    no offsets. `is_determined` says whether anything else in the document tells that it is wrong, `determined_by` what;
    `related` are the blocks where that stands.
    """

    kind: Kind
    block: int
    cell: int | None = None
    start: int = 0
    end: int = 0
    row: int | None = None
    before: str
    after: str
    place: str
    context: str
    is_determined: bool
    determined_by: str = ""
    related: tuple[int, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)
