"""Words that call one figure larger, smaller or equal to another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check
from jiheng.model import Level
from jiheng.model.statement import Claims, Comparison, Way
from jiheng.values import Interval

_WORDS = {Way.UP: "大于", Way.DOWN: "小于", Way.SAME: "等于"}
_ROUGHLY = Decimal("0.10")


def way_between(left: Interval, right: Interval) -> Way | None:
    """How two figures truly compare; None when rounding leaves it open."""
    if left.low > right.high:
        return Way.UP
    if left.high < right.low:
        return Way.DOWN
    return Way.SAME if left == right else None


@document_check(
    "document.comparison",
    "大小的说法与数字一致",
    level=Level.ERROR,
    basis="文字叙述应与数字一致",
    message="文中说{left}{said}{right}，实际上{truth}。",
    reckoning="{left}，{right}，相差 {gap}。",
    mend="请核对两个数；数字没有错的，把“{said}”改成“{truth_word}”，并核对后面写的原因。",
)
def comparisons(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """大于, 小于, 等于; 基本持平 leaves a tenth."""
    for one in claims.of(Comparison):
        left, right = one.left.figure, one.right.figure
        true = way_between(left.interval, right.interval)
        if true is None or true is one.way:
            continue
        if one.roughly and abs(left.in_base - right.in_base) <= _ROUGHLY * abs(right.in_base):
            continue
        gap = abs(left.in_base - right.in_base) / right.unit.factor
        yield claim(
            one.words,
            left=one.left,
            right=one.right,
            said="与之基本持平：" if one.roughly else _WORDS[one.way],
            truth="两数相等" if true is Way.SAME else f"前者{_WORDS[true]}后者",
            truth_word=_WORDS[true],
            gap=f"{gap.normalize():f}{right.unit}",
        )
