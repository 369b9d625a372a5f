"""Blocks of a sheet: the goal table's indicators in their frame, and the same by their own weights."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jiheng.model import Indicator, ScoreBlock, ScoreLine, Trace
from jiheng.rulebook.editions import Block, Frame, Part
from jiheng.rulebook.parameters import Cited
from jiheng.rulebook.words import dimension_named
from jiheng.scoring.arithmetic import share_out
from jiheng.scoring.indicators import Given, actual_text, score_indicator, target_text
from jiheng.scoring.items import score_item
from jiheng.scoring.lookup import place
from jiheng.scoring.work import METHOD_NAMES, Row, Work
from jiheng.values import show_number


def item_block(work: Work, block: Block) -> ScoreBlock:
    """A block whose rows have rules of their own."""
    base = f"{work.scheme.id}/blocks.{block.id}.items"
    lines = tuple(score_item(work, item, f"{base}.{item.id}.points") for item in block.items)
    return ScoreBlock(id=block.id, name=block.name, lines=lines)


def frame_of(block: Block, dimensions: set[str]) -> Frame | None:
    """The first frame whose conditions the indicators' dimensions meet."""
    if not dimensions:
        return block.frames[0]
    return next(
        (frame for frame in block.frames if set(frame.present) <= dimensions and not set(frame.absent) & dimensions),
        None,
    )


def indicator_block(work: Work, block: Block, indicators: Sequence[Indicator]) -> ScoreBlock:
    """The goal table's indicators: their weights become the points of their part; a part without any stays open."""
    frame = frame_of(block, {dimension_named(one.dimension) for one in indicators})
    if frame is None:
        points = block.points.value if block.points else Decimal(0)
        row = Row(id=block.id, name=block.name, points=points)
        trace = Trace(method=METHOD_NAMES["convert_weights"], result="未评分")
        return ScoreBlock(
            id=block.id,
            name=block.name,
            lines=(row.open("一级指标的组合不适用任何一种分值框架，请核对一级指标", trace),),
        )
    lines: list[ScoreLine] = []
    placed: set[int] = set()
    for part in frame.parts:
        at = [index for index, one in enumerate(indicators) if dimension_named(one.dimension) in part.dimensions]
        placed.update(at)
        lines.extend(_part_lines(work, block, part, [indicators[index] for index in at]))
    notes = [f"分值框架：{frame.name}"] if len(block.frames) > 1 else []
    for index, one in enumerate(indicators):
        if index not in placed:
            where = place(one.origin, "dimension")
            notes.append(
                f"指标“{one.name}”的一级指标“{one.dimension}”不在评分表内，没有计分{f'（{where}）' if where else ''}"
            )
    return ScoreBlock(id=block.id, name=block.name, lines=tuple(lines), notes=tuple(notes))


def _part_lines(work: Work, block: Block, part: Part, indicators: Sequence[Indicator]) -> list[ScoreLine]:
    assert block.convert is not None
    parts: tuple[Cited, ...] = (part.points, block.convert)
    whole = Row(id=part.id, name=part.name, points=part.points.value, part=part.name)
    method = METHOD_NAMES["convert_weights"]
    trace = Trace(method=method, parameters=work.used(parts), result="未评分")
    if not indicators:
        return [whole.open(f"缺指标：绩效目标表里没有“{'、'.join(part.dimensions)}”，这 {part.points}还不能评", trace)]
    faulty = next((one for one in indicators if one.weight is None or one.weight < 0), None)
    if faulty is not None:
        said = "没有权重" if faulty.weight is None else f"的权重是负数（{show_number(faulty.weight)}）"
        reason = f"指标“{faulty.name}”{said}，“{part.name}”的 {part.points} 不能分配"
        return [whole.open(reason, trace, place(faulty.origin, "weight"))]
    weights = [one.weight for one in indicators if one.weight is not None]
    total = sum(weights, Decimal(0))
    if total == 0:
        return [
            whole.open(
                f"“{part.name}”各指标的权重合计为零，{part.points} 不能分配",
                trace,
                place(indicators[0].origin, "weight"),
            )
        ]
    shared = share_out(part.points.value, weights, [_key(one) for one in indicators])
    lines = []
    for one, points in zip(indicators, shared, strict=True):
        weight = show_number(one.weight or Decimal(0))
        step = (
            f"分值：权重 {weight} ÷ 本块权重合计 {show_number(total)} × {part.points} = {show_number(points)} 分"
            "（取两位小数，尾差按最大余额法）"
        )
        same = f"分值：权重 {weight}，与评分表分值相同"
        steps = (same if points == one.weight and total == part.points.value else step,)
        lines.append(score_indicator(work, one, Given(points, steps, parts), part.name))
    return lines


def _key(one: Indicator) -> tuple[str, ...]:
    texts = (target_text(one), actual_text(one))
    return (one.code, one.name, one.dimension, one.category, one.activity, one.task, one.project, *texts)


def beside_block(work: Work, indicators: Sequence[Indicator]) -> ScoreBlock | None:
    """The same indicators by the goal table's own weights; for comparison, not part of the total."""
    weighed = [one for one in indicators if one.weight is not None and one.weight >= 0]
    if not weighed:
        return None
    lines = tuple(
        score_indicator(
            work,
            one,
            Given(one.weight or Decimal(0), (f"分值：绩效目标表自身的权重 {show_number(one.weight or Decimal(0))}",)),
            dimension_named(one.dimension),
        )
        for one in weighed
    )
    return ScoreBlock(id="goal_table", name="按绩效目标表自身权重", lines=lines)
