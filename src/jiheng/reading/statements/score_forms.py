"""The scores of a self-evaluation form against its 总分.

**Basis** 财预〔2020〕10号: 预算执行率 and the indicators have their 分值, together 100; 总分 is the sum of all 得分.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jiheng.model.statement import Said, Sum
from jiheng.reading.statements.grids import Grid
from jiheng.values import Figure, Interval, unit_named

_FULL = re.compile(r"^(?:分值|权重|标准分|满分)(?:[（(].*)?$")
_GOT = re.compile(r"^(?:自评)?得分(?:[（(].*)?$")
_TOTAL = re.compile(r"^(?:总分|总得分|合计|总计)$")


def form_scores(grid: Grid) -> Iterator[Sum]:
    """总分 and all 得分 above it; claimed only where the 分值 of the same rows come to their own total. The other way round,
    the 分值 are claimed where the 得分 come to theirs."""
    last = next((row for row in reversed(range(grid.table.rows)) if _TOTAL.match(grid.text(row, 0))), None)
    if last is None:
        return
    full, got = _column(grid, last, _FULL), _column(grid, last, _GOT)
    if full is None or got is None:
        return
    points = _sum(grid, last, full, _FULL)
    scores = _sum(grid, last, got, _GOT)
    if points is None or scores is None or len(points.parts) < len(scores.parts):
        return
    if _holds(points):
        yield scores
    elif _holds(scores) and len(scores.parts) > 2:
        yield points


def _holds(one: Sum) -> bool:
    return Interval.total(part.figure.interval for part in one.parts).meets(one.total.figure.interval)


def _column(grid: Grid, last: int, head: re.Pattern[str]) -> int | None:
    found = {
        column
        for row in range(last)
        for column in range(grid.table.columns)
        if head.match(_head(grid, row, column)) and grid.number(row, column) is not None
    }
    columns = [column for column in found if grid.number(last, column) is not None]
    return columns[0] if len(columns) == 1 else None


def _head(grid: Grid, row: int, column: int) -> str:
    return (grid.names(row, column)[-1:] or [""])[0]


def _sum(grid: Grid, last: int, total_column: int, head: re.Pattern[str]) -> Sum | None:
    parts: list[Said] = []
    for row in range(last):
        for column in range(grid.table.columns):
            figure, cell = grid.number(row, column), grid.index(row, column)
            if figure is not None and cell is not None and head.match(_head(grid, row, column)):
                parts.append(Said(name=_name(grid, row, column), figure=_points(figure), words=grid.words(cell)))
    figure, cell = grid.number(last, total_column), grid.index(last, total_column)
    if figure is None or cell is None or not parts:
        return None
    total = Said(name="总分", figure=_points(figure), words=grid.words(cell))
    return Sum(words=total.words, total=total, parts=tuple(parts), table=grid.table.title)


def _points(figure: Figure) -> Figure:
    """A score, exact where it is whole: the column may not say that its numbers are 分."""
    return replace(figure, unit=unit_named("分")).counted()


def _name(grid: Grid, row: int, column: int) -> str:
    """The words to the left that name a row: the indicator before its target."""
    texts = [grid.text(row, place) for place in range(column)]
    words = [text for text in texts if re.search("[\u4e00-\u9fff]{2}", text) and not re.search(r"\d", text)]
    return words[-1][:20] if words else f"第{row + 1}行"
