"""Scoring one indicator of the goal table, with the whole reckoning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jiheng.model import Comparator, Indicator, ScoreLine, Trace, TraceInput
from jiheng.rulebook.methods import IndicatorRules
from jiheng.rulebook.parameters import Cited
from jiheng.rulebook.words import dimension_named
from jiheng.scoring.arithmetic import FULL, Share, points_of
from jiheng.scoring.levels import score_level
from jiheng.scoring.lookup import place
from jiheng.scoring.over import take_over_target
from jiheng.scoring.quantitative import Refused, Way, earned_share, way_of
from jiheng.scoring.work import METHOD_NAMES, Row, Work
from jiheng.values import Bound, Figure, show_number
from jiheng.values.exact import LARGEST
from jiheng.values.units import Dimension

SATISFACTION = "满意度指标"


@dataclass(frozen=True, slots=True)
class Given:
    """How an indicator came by its points: the words, and the rule parts behind them."""

    points: Decimal
    steps: tuple[str, ...] = ()
    parts: tuple[Cited, ...] = ()


def score_indicator(work: Work, indicator: Indicator, given: Given, part: str = "") -> ScoreLine:
    """One indicator's row. Open, never zero, where the actual or the target is missing or cannot be compared."""
    rules = work.scheme.indicators
    assert rules is not None
    row = Row(
        id=indicator.code or indicator.name,
        name=indicator.name,
        points=given.points,
        category=indicator.category or indicator.dimension,
        part=part,
        target=target_text(indicator),
        actual=actual_text(indicator),
        weight=indicator.weight,
        where=place(indicator.origin, "actual"),
    )
    inputs = _inputs(indicator)
    indicator = _with_unit(indicator)
    if indicator.comparator is Comparator.QUALITATIVE:
        return score_level(work, indicator, row, given.steps, inputs, given.parts)
    is_banded = rules.satisfaction is not None and dimension_named(indicator.dimension) == SATISFACTION
    refused = _unfit(indicator, needs_target=not is_banded)
    if refused is not None:
        reason, field = refused
        trace = Trace(method="", inputs=inputs, parameters=work.used(given.parts), steps=given.steps, result="未评分")
        return row.open(reason, trace, place(indicator.origin, field))
    if is_banded:
        return _score_satisfaction(work, rules, indicator, row, given, inputs)
    return _score_quantity(work, rules, indicator, row, given, inputs)


def target_text(indicator: Indicator) -> str:
    """The target as the table has it: comparator and figure, or scale and level."""
    if indicator.comparator is Comparator.QUALITATIVE:
        return indicator.target_level or indicator.scale or indicator.target_text
    sign = indicator.comparator.value if indicator.comparator else ""
    return f"{sign}{indicator.target if indicator.target is not None else indicator.target_text}"


def actual_text(indicator: Indicator) -> str:
    """The actual as given; empty when there is none."""
    actual = indicator.actual
    if actual is None:
        return ""
    return str(actual.value) if actual.value is not None else actual.level or actual.text


def _inputs(indicator: Indicator) -> tuple[TraceInput, ...]:
    rows = [TraceInput("指标值", target_text(indicator) or "（空）", place(indicator.origin, "target"))]
    rows.append(TraceInput("实际完成值", actual_text(indicator) or "（空）", place(indicator.origin, "actual")))
    if indicator.direction:
        rows.append(TraceInput("指标方向", indicator.direction.value, place(indicator.origin, "direction")))
    if indicator.weight is not None:
        rows.append(TraceInput("权重", show_number(indicator.weight), place(indicator.origin, "weight")))
    return tuple(rows)


def _with_unit(indicator: Indicator) -> Indicator:
    """The indicator whose actual, given without any unit, is taken in the target's."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or actual.value is None or actual.value.unit.symbol:
        return indicator
    return replace(indicator, actual=replace(actual, value=replace(actual.value, unit=target.unit)))


def _unfit(indicator: Indicator, *, needs_target: bool) -> tuple[str, str] | None:
    """Why a quantitative indicator cannot be compared, and the field at fault; None when it can."""
    way = way_of(indicator.comparator, indicator.direction)
    if isinstance(way, Refused):
        return way.reason, "comparator"
    target, actual = indicator.target, indicator.actual
    if target is None and needs_target:
        said = f"指标值“{indicator.target_text}”不是数字" if indicator.target_text else "没有填写指标值"
        return f"{said}，定量指标要填数字和单位", "target"
    if actual is None or not actual.is_given:
        said = f"，现在填的“{actual.text}”不是可以比较的数" if actual and actual.text else "（空着不等于零）"
        return f"缺完成值{said}", "actual"
    if actual.value is None:
        return f"定量指标的实际完成值要填数字，现在是“{actual.level}”", "actual"
    value = actual.value
    for figure, field in ((target, "target"), (value, "actual")):
        if figure is not None and abs(figure.in_base) > LARGEST:
            return f"“{figure.text or figure.value}”大得不可能，请核对", field
        if figure is not None and figure.unit.dimension is Dimension.MONEY and figure.in_base < 0:
            return f"金额“{figure}”是负数，请核对", field
        is_share = figure is not None and figure.unit.dimension is Dimension.SHARE
        if (
            figure is not None
            and is_share
            and figure.in_base > 100
            and dimension_named(indicator.dimension) == SATISFACTION
        ):
            return f"满意度“{figure}”超过 100%，请核对", field
    if target is not None and (target.unit.dimension, _own(target)) != (value.unit.dimension, _own(value)):
        return f"指标值的单位“{target.unit}”与完成值的单位“{value.unit}”不能换算", "actual"
    return _loose(way, value)


def _own(figure: Figure) -> str:
    """A unit nobody knows compares only with itself."""
    return figure.unit.symbol if figure.unit.dimension is Dimension.OTHER else ""


def _loose(way: Way, value: Figure) -> tuple[str, str] | None:
    """A bound counts as an actual only where it points the way that is better: 90%以上 for 越高越好."""
    fits = {Bound.AT_LEAST: Way.FORWARD, Bound.AT_MOST: Way.REVERSE}
    if value.bound is Bound.EXACT or fits[value.bound] is way:
        return None
    return f"完成值“{value}”只给出一边的界限，不能说明是否达到指标值，请填确切的数", "actual"


def _score_quantity(
    work: Work, rules: IndicatorRules, indicator: Indicator, row: Row, given: Given, inputs: tuple[TraceInput, ...]
) -> ScoreLine:
    way = way_of(indicator.comparator, indicator.direction)
    assert isinstance(way, Way)
    assert indicator.target is not None
    assert indicator.actual is not None
    assert indicator.actual.value is not None
    target, actual = indicator.target.in_base, indicator.actual.value.in_base
    share = earned_share(way, target, actual, rules)
    is_below = way is Way.FORWARD or (way is not Way.REVERSE and actual <= target)
    main: Cited = rules.forward if is_below else rules.reverse
    parts: list[Cited] = [*given.parts, main]
    if rules.threshold is not None and share != FULL:
        parts += [rules.threshold, rules.threshold.floor]
    method = METHOD_NAMES[str(getattr(main, "method", ""))]
    if isinstance(share, Refused):
        trace = Trace(method=method, inputs=inputs, parameters=work.used(parts), steps=given.steps, result="未评分")
        return row.open(share.reason, trace)
    a, b = show_number(target), show_number(actual)
    words, expression = _words(rules, is_below=is_below, share=share, a=a, b=b, met=actual == target)
    over = take_over_target(work, indicator, way, row.points, target, actual, share)
    score = points_of(over.share, row.points) if over.score is None else over.score
    last = over.words or _points_words(expression, row.points, score)
    steps = (*given.steps, f"A（指标值）= {a}，B（完成值）= {b}（{way.value}）", words, *over.steps, last)
    trace = Trace(
        method=method,
        formula=_formula(rules, is_below=is_below),
        inputs=(*inputs, *over.inputs),
        parameters=work.used([*parts, *over.parts]),
        steps=steps,
        result=f"{show_number(score)} 分（满分 {show_number(row.points)} 分）",
    )
    if over.refused:
        return row.open(over.refused, trace)
    return row.scored(score, trace, share=None if over.score is not None else over.share)


def _formula(rules: IndicatorRules, *, is_below: bool) -> str:
    base = "B÷A" if is_below else "A÷B" if rules.reverse.method == "reverse_ratio" else "1−(B−A)÷A"
    if rules.threshold is None:
        return f"得分 = {base} × 分值，不超过分值"
    low = show_number(rules.threshold.floor.value)
    return f"完成率 = {base}；低于 {low}% 不得分；得分 = (完成率−{low}%)÷(1−{low}%) × 分值"


def _words(rules: IndicatorRules, *, is_below: bool, share: Share, a: str, b: str, met: bool) -> tuple[str, str]:
    """How the completion was found, and the share of the points as an expression."""
    if share == FULL:
        return ("完成值等于指标值，得满分" if met else "完成值达到并好于指标值，得满分"), ""
    base = f"{b}÷{a}" if is_below else f"{a}÷{b}" if rules.reverse.method == "reverse_ratio" else f"1−({b}−{a})÷{a}"
    if rules.threshold is None:
        return f"没有达到指标值，完成比例 {base}{'' if share[0] else '，不大于零，不得分'}", base
    low = show_number(rules.threshold.floor.value)
    if share[0] == 0:
        return f"完成率 {base}，低于或等于及格门槛 {low}%，不得分", "0"
    return f"完成率 {base}，高于及格门槛 {low}%", f"({base}−{low}%)÷(1−{low}%)"


def _points_words(expression: str, points: Decimal, score: Decimal) -> str:
    if not expression:
        return f"得分 = 分值 {show_number(points)}"
    return f"得分 = ({expression}) × {show_number(points)} = {show_number(score)}（四舍五入到 0.01）"


def _score_satisfaction(
    work: Work, rules: IndicatorRules, indicator: Indicator, row: Row, given: Given, inputs: Sequence[TraceInput]
) -> ScoreLine:
    banded = rules.satisfaction
    assert banded is not None
    assert indicator.actual is not None
    assert indicator.actual.value is not None
    actual = indicator.actual.value
    if actual.unit.dimension is not Dimension.SHARE:
        trace = Trace(method=METHOD_NAMES["banded"], inputs=tuple(inputs), steps=given.steps, result="未评分")
        found = f"现在的单位是“{actual.unit}”" if actual.unit.symbol else "现在没有写单位"
        return row.open(f"满意度要填百分数，{found}", trace)
    band = next((band for band in banded.bands if actual.in_base >= band.floor.value), None)
    award = band.award.value if band else Decimal(0)
    share = _ratio(award, banded.full.value)
    score = points_of(share, row.points)
    low = f"≥{band.floor}" if band else f"低于 {banded.bands[-1].floor}"
    parts = [*given.parts, banded, banded.full, *((band.floor, band.award) if band else (banded.bands[-1].floor,))]
    trace = Trace(
        method=METHOD_NAMES["banded"],
        formula=f"满意度落在哪一档，得该档的分（满分 {banded.full}），再按本指标分值折算",
        inputs=tuple(inputs),
        parameters=work.used(parts),
        steps=(
            *given.steps,
            f"{actual} {low}，得 {show_number(award)}/{show_number(banded.full.value)}",
            _points_words(f"{show_number(award)}÷{show_number(banded.full.value)}", row.points, score),
        ),
        result=f"{show_number(score)} 分（满分 {show_number(row.points)} 分）",
    )
    return row.scored(score, trace, share=share)


def _ratio(part: Decimal, whole: Decimal) -> Share:
    top, top_under = part.as_integer_ratio()
    bottom, bottom_under = whole.as_integer_ratio()
    return top * bottom_under, top_under * bottom
