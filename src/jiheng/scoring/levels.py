"""Scores that a person gives: qualitative indicators and management items, held inside the band of their level."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from jiheng.model import Indicator, JudgedScore, ScoreLine, Trace, TraceInput
from jiheng.rulebook.parameters import Cited
from jiheng.rulebook.scales import Scale
from jiheng.scoring.arithmetic import Share, over, points_of
from jiheng.scoring.lookup import place
from jiheng.scoring.work import METHOD_NAMES, Row, Work, is_signed, judged_input
from jiheng.values import show_number

WHOLE = Decimal(100)
METHOD = METHOD_NAMES["judged"]


def asked(least: Decimal, most: Decimal, scale: str, whole: Decimal, *, is_closed: bool = True) -> str:
    """What to fill in, on the scale that the judged score is given on.

    >>> asked(Decimal(8), Decimal(9), "权重", Decimal(10), is_closed=False)
    '请在“评分判定”表填 8—9 之间的得分（权重 10，不含 9）'
    """
    end = "" if is_closed else f"，不含 {show_number(most)}"
    span = f"{show_number(least)}—{show_number(most)}"
    return f"请在“评分判定”表填 {span} 之间的得分（{scale} {show_number(whole)}{end}）"


def one_judgement(found: Sequence[JudgedScore], wanted: str) -> JudgedScore | str:
    """The one judged score, or a sentence that says why there is none and what is wanted."""
    scored = [one for one in found if one.score is not None]
    if not scored:
        return f"待判定：{wanted}"
    if len(scored) > 1:
        return f"待判定：有 {len(scored)} 条判定得分，请只留一条"
    if not is_signed(scored[0]):
        return "待判定：判定没有写明判定人或理由"
    return scored[0]


def score_level(
    work: Work,
    indicator: Indicator,
    row: Row,
    steps: tuple[str, ...],
    inputs: tuple[TraceInput, ...],
    parts: tuple[Cited, ...],
) -> ScoreLine:
    """A 定性 indicator: its level gives the band, a named person the score inside it, on the goal table's own weight."""
    rules = work.scheme.indicators
    assert rules is not None
    scale = _scale(work, indicator)
    base = Trace(
        method=METHOD, inputs=inputs, parameters=work.used([*parts, rules.qualitative]), steps=steps, result="未评分"
    )
    if scale is None:
        said = indicator.scale or indicator.target_text or "（空）"
        return row.open(
            f"定性指标的等级制“{said}”不认识，请用优良中低差、优良中差、高中低或达成、部分达成、未达成", base
        )
    found = work.judged_of(indicator)
    levels = {one.level for one in found if one.level}
    own = indicator.actual.level if indicator.actual else ""
    levels |= {own} if own else set()
    named = {scale.level_of(level) for level in levels}
    if None in named:
        odd = next(level for level in levels if scale.level_of(level) is None)
        return row.open(f"等级“{odd}”不在“{scale.name}”之内", base)
    if not named:
        said = indicator.actual.text if indicator.actual and indicator.actual.text else ""
        found_text = f"，现在是“{said}”" if said else ""
        reason = f"缺完成值：定性指标填等级（{'、'.join(scale.names)}）{found_text}"
        return row.open(reason, base)
    if len(named) > 1:
        return row.open(f"完成值和判定的等级不一致：{'、'.join(sorted(levels))}", base)
    level = next(iter(named))
    assert level is not None
    counted, why = _counted(scale, level, indicator.target_level)
    low, high = scale.band(counted)
    weight = indicator.weight or Decimal(0)
    limits: list[Cited] = list(scale.limits(counted))
    all_parts = [*parts, rules.qualitative, *limits]
    is_best = counted == scale.names[0]
    band = f"{show_number(low)}%—{show_number(high)}%{'（含）' if is_best else '（不含上限）'}"
    told = (*steps, why, f"“{counted}”的得分区间是分值的 {band}")
    if weight != row.points and low != high:
        same = f"判定得分按绩效目标表的权重 {show_number(weight)} 打，再折算成本表的 {show_number(row.points)} 分"
        told = (*told, same)
    if low == high:
        trace = Trace(method=METHOD, inputs=inputs, parameters=work.used(all_parts), steps=told, result="满分")
        return row.scored(row.points, trace, share=(1, 1))
    wanted = asked(weight * low / WHOLE, weight * high / WHOLE, "权重", weight, is_closed=is_best)
    judged = one_judgement(found, wanted)
    if isinstance(judged, str):
        trace = Trace(method=METHOD, inputs=inputs, parameters=work.used(all_parts), steps=told, result="未评分")
        return row.unjudged(judged, trace, place(found[0].origin, "score") if found else "")
    assert judged.score is not None
    trace = Trace(
        method=METHOD,
        formula="判定得分 ÷ 权重，要在该等级的区间之内；再按本表分值折算",
        inputs=(*inputs, judged_input(judged)),
        parameters=work.used(all_parts),
        steps=told,
        result="未评分",
    )
    if weight == 0:
        return row.scored(Decimal(0), trace) if judged.score == 0 else row.open("权重是零，判定得分只能是 0", trace)
    share = over(judged.score, weight)
    if not _inside(share, low, high, is_best=is_best):
        reason = f"判定得分 {show_number(judged.score)} 不在“{counted}”的区间之内：{wanted}"
        return row.unjudged(reason, trace, place(judged.origin, "score"))
    score = points_of(share, row.points)
    reckoned = (
        f"得分 = {show_number(judged.score)} ÷ {show_number(weight)} × {show_number(row.points)} = {show_number(score)}"
    )
    result = f"{show_number(score)} 分（满分 {show_number(row.points)} 分）"
    done = Trace(
        method=trace.method,
        formula=trace.formula,
        inputs=trace.inputs,
        parameters=trace.parameters,
        steps=(*told, reckoned),
        result=result,
    )
    return row.scored(score, done, share=share)


def _scale(work: Work, indicator: Indicator) -> Scale | None:
    named = indicator.scale or indicator.target_text
    scale = work.rules.scale_named(named, work.scheme) if named else None
    if scale is not None:
        return scale
    level = indicator.target_level or (indicator.actual.level if indicator.actual else "")
    return scale_with(work, level) if level and not named else None


def scale_with(work: Work, level: str) -> Scale | None:
    """The scale that knows a level: 达成程度 first, then the four levels of grades, then the others."""
    order = {"achievement": 0, "four": 1}
    known = sorted((*work.scheme.scales, *work.rules.scales), key=lambda scale: order.get(scale.id, 2))
    return next((scale for scale in known if scale.level_of(level) is not None), None)


def _counted(scale: Scale, level: str, target: str) -> tuple[str, str]:
    """The level whose band applies: the best one where the target level is reached, else the level itself."""
    wanted = scale.level_of(target) if target else None
    if wanted is None:
        return level, f"实际等级“{level}”（{scale.name}）"
    if scale.names.index(level) <= scale.names.index(wanted):
        return scale.names[0], f"目标等级“{wanted}”，实际“{level}”，已经达到，按“{scale.names[0]}”的区间"
    return level, f"目标等级“{wanted}”，实际“{level}”，没有达到，按实际等级的区间"


def _inside(share: Share, low: Decimal, high: Decimal, *, is_best: bool) -> bool:
    value = Fraction(*share) * 100
    return Fraction(low) <= value and (value <= Fraction(high) if is_best else value < Fraction(high))
