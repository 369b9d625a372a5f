"""实际完成值: what is missing, what was missed, and whether the reason is given."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit
from jiheng.checks.goals import department_indicators, no_actuals, some
from jiheng.checks.targets import DOWNWARD, UPWARD
from jiheng.model import Comparator, DepartmentYear, Direction, Indicator, Level
from jiheng.rulebook.check_rules import CheckRules
from jiheng.rulebook.scales import scale_named
from jiheng.values import Dimension, Figure, show_number

_EVALUATED = "财预〔2020〕10号第十六条：总分由各项指标得分汇总形成，各项指标须有完成值"
WHOLE = 100


def is_met(one: Indicator) -> bool | None:
    """Whether the actual may reach the target, by comparator and direction; None when that cannot be told.

    The target is set and means its very value; the actual was measured and may be rounded. A bound (90%以上) reaches
    what lies within it. “=10次” with 12次 is neither met nor missed while nobody says which way is better; only 100%
    can be missed downward alone.
    """
    actual = one.actual.value if one.actual else None
    if one.scale and one.actual:
        return _is_level_met(one.scale, one.target_level, one.actual.level)
    if actual is None or one.target is None or not actual.is_like(one.target):
        return None
    reached, target = actual.interval, one.target.in_base
    if one.comparator in UPWARD:
        return reached.high > target if one.comparator is Comparator.MORE_THAN else reached.high >= target
    if one.comparator in DOWNWARD:
        return reached.low < target if one.comparator is Comparator.LESS_THAN else reached.low <= target
    if one.comparator is not Comparator.EQUAL:
        return None
    if reached.holds(target):
        return True
    if one.direction is Direction.HIGHER:
        return reached.low > target
    if one.direction is Direction.LOWER:
        return reached.high < target
    falls_short = one.target.unit.dimension is Dimension.SHARE and target == WHOLE and reached.high < target
    return False if one.direction is Direction.NEAREST or falls_short else None


def _is_level_met(scale_name: str, target: str, reached: str) -> bool | None:
    scale = scale_named(scale_name)
    wanted, found = (scale.level_of(target), scale.level_of(reached)) if scale else (None, None)
    if scale is None or wanted is None or found is None:
        return None
    return scale.names.index(found) <= scale.names.index(wanted)


def target_in_words(one: Indicator) -> str:
    """The target as a reader says it: ≥20次, or 定性：优良中低差."""
    if one.target is not None:
        return f"{one.comparator or ''}{one.target}"
    return f"{one.comparator}：{one.target_level or one.target_text}" if one.comparator else one.target_text or "未填"


@check(
    "actuals.missing_against_score",
    "有得分的指标都有实际完成值",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_EVALUATED,
    message="{total} 个指标中有 {count} 个没有实际完成值{weighing}{stated}：{names}。",
    reckoning="没有数值或等级的指标 {count} 个{weighing}；“按时完成”一类的话不是完成值。",
    mend="请补填实际完成值和佐证材料；确实取不到数的，说明原因，并相应扣分。",
)
def missing_against_score(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """How many, how much weight; a warning where a score is stated all the same, otherwise a hint."""
    table, score = department_indicators(year), year.stated.score
    lacking = [one for one in table if not one.has_actual]
    if len(lacking) == len(table) and (score is None or not table):
        yield Missing("部门整体绩效指标的实际完成值")
        return
    if not lacking:
        return
    weight, whole = (sum((one.weight or Decimal(0) for one in rows), Decimal(0)) for rows in (lacking, table))
    yield hit(
        year.stated if score is not None else lacking[0],
        "score" if score is not None else "actual",
        level=None if score is not None else Level.HINT,
        total=len(table),
        count=len(lacking),
        weight=weight,
        whole=whole,
        weighing=f"，涉及权重 {show_number(weight)}（总权重 {show_number(whole)}）" if whole else "",
        stated=f"，而自评分为 {show_number(score)} 分" if score is not None else "",
        names=some(one.name for one in lacking),
    )


@check(
    "actuals.missing",
    "指标有实际完成值",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_EVALUATED,
    message="指标“{name}”（目标 {target}）没有实际完成值{words}。",
    reckoning="实际完成值栏{found}。",
    mend="定量指标填数值，定性指标填等级；没有数据的空着并说明原因，不要填 0。",
)
def missing(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Cell by cell, once actuals are being filled in; words where a score rests on them are graver than a gap."""
    if not any(one.has_actual for one in year.indicators):
        yield Missing("指标的实际完成值")
        return
    for one in year.indicators:
        if one.has_actual:
            continue
        words = one.actual.text if one.actual else ""
        yield hit(
            one,
            "actual",
            quote=words,
            level=None if words and year.stated.score is not None else Level.HINT,
            name=one.name,
            target=target_in_words(one),
            words=f"：“{words}”不是数值，也不是等级" if words else "",
            found=f"填的是“{words}”" if words else "为空",
        )


@check(
    "actuals.not_on_scale",
    "定性指标的完成等级在等级制之内",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_EVALUATED,
    message="指标“{name}”的等级制是“{scale}”，实际完成值却是“{found}”。",
    reckoning="“{scale}”的等级是：{levels}。",
    mend="请从 {levels} 中选一个填写。",
)
def not_on_scale(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Only for scales that rule data know."""
    on_scales = [one for one in year.indicators if one.scale]
    if on_scales and not any(one.has_actual for one in on_scales):
        yield Missing("定性指标的实际完成等级")
    for one in on_scales:
        scale = scale_named(one.scale)
        found = one.actual.level if one.actual else ""
        if scale and found and scale.level_of(found) is None:
            yield hit(
                one, "actual", quote=found, name=one.name, scale=one.scale, found=found, levels="、".join(scale.names)
            )


@check(
    "actuals.other_unit",
    "实际完成值与指标值用同一类单位",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_EVALUATED,
    message="指标“{name}”的目标是 {target}，实际完成值却是 {actual}，单位不是一类，无法比较。",
    reckoning="{target} 的单位是“{unit}”（{measures}），{actual} 的单位是“{other}”（{other_measures}）。",
    mend="请把实际完成值改成与指标值同一单位。",
)
def other_unit(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A figure without any unit takes the target's."""
    yield from no_actuals(year)
    for one in year.indicators:
        actual = one.actual.value if one.actual else None
        if one.target is None or actual is None or not actual.unit.symbol or not one.target.unit.symbol:
            continue
        if not actual.is_like(one.target):
            yield hit(
                one,
                "actual",
                quote=actual.text,
                name=one.name,
                target=one.target,
                actual=actual,
                unit=one.target.unit.symbol,
                measures=one.target.unit.dimension,
                other=actual.unit.symbol,
                other_measures=actual.unit.dimension,
            )


@check(
    "actuals.unmet_without_reason",
    "没有完成的指标写明原因",
    level=Level.WARNING,
    needs=("indicators",),
    basis="财预〔2020〕10号第十一条：对未完成绩效目标或偏离绩效目标较大的项目要分析并说明原因，研究提出改进措施",
    message="指标“{name}”的目标是 {target}，实际 {actual}，没有完成，也没有写偏差原因。",
    reckoning="{actual} 不满足 {target}。",
    mend="请在“偏差原因及改进措施”栏写明原因和措施。",
)
def unmet_without_reason(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """By comparator and direction, or by the places on the scale."""
    yield from no_actuals(year)
    for one in year.indicators:
        if one.actual and not one.actual.deviation_note and is_met(one) is False:
            found = one.actual.value or one.actual.level
            yield hit(one, "actual", quote=one.actual.text, name=one.name, target=target_in_words(one), actual=found)


@check(
    "actuals.far_above",
    "超出目标较多的写明原因",
    level=Level.HINT,
    needs=("indicators",),
    basis="财预〔2020〕10号第十六条：对完成值高于指标值较多的，要分析原因",
    message="指标“{name}”的目标是 {comparator}{target}，实际 {actual}，超出较多，没有写原因。",
    reckoning="实际值超过目标值的 {limit}；这条线是地方做法，各地不同。",
    mend="请在“偏差原因及改进措施”栏说明是需求增加还是年初目标设得偏低；由来件决定的数量，“需求驱动”栏填“是”。",
)
def far_above(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """Never for counts that others decide (demand driven)."""
    limit = rules.number("far_above")
    yield from no_actuals(year)
    for one in year.indicators:
        actual: Figure | None = one.actual.value if one.actual else None
        if actual is None or one.target is None or one.comparator not in UPWARD or one.demand_driven:
            continue
        if (one.actual and one.actual.deviation_note) or not actual.is_like(one.target):
            continue
        if one.target.in_base > 0 and actual.interval.low * 100 > one.target.in_base * limit:
            yield hit(
                one,
                "actual",
                quote=actual.text,
                name=one.name,
                comparator=str(one.comparator),
                target=one.target,
                actual=actual,
                limit=rules.words("far_above"),
            )
