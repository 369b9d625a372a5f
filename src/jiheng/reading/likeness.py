"""How much two texts speak of the same thing, by the pairs of letters they share."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDLESS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_COMMON = frozenset(
    [
        "工作",
        "项目",
        "支出",
        "资金",
        "经费",
        "完成",
        "情况",
        "指标",
        "年度",
        "预算",
        "绩效",
        "目标",
        "进行",
        "开展",
        "主要",
        "各项",
        "相关",
        "其他",
        "以及",
        "提供",
        "服务",
        "单位",
        "部门",
        "使用",
        "社区",
        "居民",
        "成本",
        "数量",
        "质量",
    ]
)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text; common words of all reports left out.

    >>> sorted(pairs("保洁面积100"))
    ['保洁', '洁面', '面积']
    """
    found: set[str] = set()
    for run in _WORDLESS.split(text):
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    return frozenset(found - _COMMON)


def shared(a: frozenset[str], b: frozenset[str]) -> int:
    """How many pairs two texts share."""
    return len(a & b)


def best_assignment(scores: Sequence[Sequence[int]], least: int) -> dict[int, int]:
    """Row → column, the best scores first, each column once; nothing below `least`.

    >>> best_assignment([[3, 9], [8, 7]], 1)
    {0: 1, 1: 0}
    """
    ranked = sorted(
        (
            (score, row, column)
            for row, line in enumerate(scores)
            for column, score in enumerate(line)
            if score >= least
        ),
        key=lambda one: (-one[0], abs(one[1] - one[2]), one[1]),
    )
    chosen: dict[int, int] = {}
    for _, row, column in ranked:
        if row not in chosen and column not in chosen.values():
            chosen[row] = column
    return dict(sorted(chosen.items()))
