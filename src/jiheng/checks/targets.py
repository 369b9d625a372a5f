"""指标值: whether a target can be measured, and means what its name says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit
from jiheng.checks.goals import no_actuals
from jiheng.model import Comparator, DepartmentYear, Direction, Indicator, Level
from jiheng.rulebook.check_rules import CheckRules
from jiheng.rulebook.scales import scale_named
from jiheng.values import Dimension, Figure, show_number, unit_named

UPWARD = (Comparator.AT_LEAST, Comparator.MORE_THAN)
DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN)
_MEASURABLE = "财预〔2021〕101号：指标应细化、量化，指标值可衡量"


@check(
    "targets.missing",
    "指标有指标值",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_MEASURABLE,
    message="指标“{name}”没有填指标值。",
    reckoning="指标值栏为空。",
    mend="请填写年初批复的指标值。",
)
def missing(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Neither a number nor words."""
    for one in year.indicators:
        if one.target is None and not one.target_text and not one.target_level:
            yield hit(one, "target", name=one.name)


@check(
    "targets.unmeasurable",
    "定性目标写明等级",
    level=Level.HINT,
    needs=("indicators",),
    basis=_MEASURABLE,
    message="指标“{name}”的目标是“{target}”，不是等级，年底难以判断是否完成。",
    reckoning="“{target}”里有“{word}”，没有数值，也不在等级制里。",
    mend="能量化的改为数值；不能量化的写等级制和目标等级，例如 优良中低差、目标等级 优。",
)
def unmeasurable(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """Vague words (rule data) in a target in words that names no scale."""
    for one in year.indicators:
        if one.target is not None or one.scale:
            continue
        word = next((word for word in rules.vague_words.value if word in one.target_text), "")
        if word:
            yield hit(one, "target", quote=one.target_text, name=one.name, target=one.target_text, word=word)


@check(
    "targets.whole_scale",
    "定性目标写明要达到哪一级",
    level=Level.HINT,
    needs=("indicators",),
    basis=_MEASURABLE,
    message="指标“{name}”的目标写的是整个等级制“{scale}”，没有写要达到哪一级。",
    reckoning="“{scale}”是一把尺子，不是尺子上的一格：达到哪一级算完成，看不出来。",
    mend="请在“目标等级”栏填写要达到的等级，例如 {best}，并写明各级的标准。",
)
def whole_scale(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """The scale's name stands where one of its levels should."""
    for one in year.indicators:
        scale = scale_named(one.scale) if one.scale else None
        if scale and not one.target_level:
            words = one.target_text or scale.name
            yield hit(one, "target", quote=words, name=one.name, scale=words, best=scale.names[0])


@check(
    "targets.no_unit",
    "定量指标有度量单位",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_MEASURABLE,
    message="指标“{name}”的指标值是 {target}，没有填度量单位。",
    reckoning="绩效度量单位栏为空。",
    mend="请填写单位，例如 次、项、%、万元。",
)
def no_unit(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A bare number measures nothing."""
    for one in year.indicators:
        if one.target is not None and not one.target.unit.symbol:
            yield hit(one, "unit", quote=one.target.text, name=one.name, target=show_number(one.target.value))


@check(
    "targets.unit_unlike_name",
    "度量单位与指标名称相符",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_MEASURABLE,
    message="指标“{name}”看名称是{measures}，度量单位却是“{unit}”。",
    reckoning="以“{ending}”结尾的指标一般以{measures}的单位度量，“{unit}”是{dimension}的单位。",
    mend="请核对单位有没有选错，或把指标名称改得与单位一致。",
)
def unit_unlike_name(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """By the ending of the name (rule data); units nobody knows are left alone."""
    for one in year.indicators:
        if one.target is None:
            continue
        unit = one.target.unit
        for rule in rules.units_by_name.value:
            ending = next((end for end in rule.ends if one.name.endswith(end)), "")
            if not ending or unit.dimension in (rule.measures, Dimension.OTHER) or not unit.symbol:
                continue
            if _kin(rule.measures, unit.dimension):
                continue
            yield hit(
                one,
                "unit",
                quote=one.unit,
                name=one.name,
                measures=rule.measures,
                unit=unit.symbol,
                ending=ending,
                dimension=unit.dimension,
            )


def _kin(measures: str, dimension: Dimension) -> bool:
    """人数 may be counted in 次 (人次), 次数 in 个 or 项; a 成本 may be a rate; 满意度 is also given in points."""
    return {measures, str(dimension)} <= {"人数", "次数", "数量"} or (measures, dimension) in (
        ("金额", Dimension.SHARE),
        ("比率", Dimension.POINTS),
    )


@check(
    "targets.direction",
    "性质为“=”时说明指标方向",
    level=Level.HINT,
    needs=("indicators",),
    basis="“=3级”而实际为 4 级，是更好还是更差，不能从性质看出来",
    message="指标“{name}”的性质是“=”，目标 {target}，没有说明高于目标是好还是差。",
    reckoning="性质“=”只说明目标值，不说明方向；该指标{why}。",
    mend="请在“指标方向”栏选择 越高越好、越低越好 或 越接近越好。",
)
def direction(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Asked where it matters: levels, and actuals that differ from the target. 100% can only be missed downward."""
    for one in year.indicators:
        if one.comparator is not Comparator.EQUAL or one.direction is not None or one.target is None:
            continue
        actual = one.actual.value if one.actual else None
        differs = actual is not None and actual.is_like(one.target) and not actual.interval.holds(one.target.in_base)
        whole = one.target.unit.dimension is Dimension.SHARE and one.target.in_base == 100
        if one.target.unit.dimension is Dimension.LEVEL or (differs and not whole):
            why = f"实际值 {actual}，与目标不同" if differs else "以等级为单位"
            yield hit(one, "direction", name=one.name, target=one.target, why=why)


@check(
    "targets.direction_contrary",
    "指标方向与性质不矛盾",
    level=Level.WARNING,
    needs=("indicators",),
    basis="≥ 表示越高越好，≤ 表示越低越好",
    message="指标“{name}”的性质是“{comparator}”，指标方向却选了“{direction}”，两者矛盾。",
    reckoning="“{comparator}”的指标，{usual}。",
    mend="请核对性质和指标方向，改正其中一个。",
)
def direction_contrary(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """≥ with 越低越好, ≤ with 越高越好."""
    for one in year.indicators:
        contrary = {Direction.LOWER: UPWARD, Direction.HIGHER: DOWNWARD}
        if one.direction in contrary and one.comparator in contrary[one.direction]:
            usual = Direction.HIGHER if one.comparator in UPWARD else Direction.LOWER
            yield hit(one, "direction", name=one.name, comparator=one.comparator, direction=one.direction, usual=usual)


@check(
    "targets.equal_actual",
    "指标值不是照实际值填的",
    level=Level.HINT,
    needs=("indicators",),
    basis="绩效目标应在年初设定，指标值尽量从严、从高（财预〔2021〕101号）",
    message="指标“{name}”的目标 {target} 与实际 {actual} {closeness}，像是照实际值填的。",
    reckoning="两数相差 {difference}，在提示线 {line} 之内。",
    mend="请核对年初批复的指标值；如果本来就是合同数或测算数，请在“取值依据”栏写明。",
)
def equal_actual(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """Only for figures no plan would hit by chance (not round, not “=”), and where no basis is given."""
    within = rules.number("equal_within") / 100
    yield from no_actuals(year)
    for one in year.indicators:
        actual = one.actual.value if one.actual else None
        if one.target is None or actual is None or one.basis or one.comparator is Comparator.EQUAL:
            continue
        target, reached = one.target.in_base, actual.in_base
        if _is_round(one.target.value) or not one.target.is_like(actual):
            continue
        difference = abs(target - reached)
        if difference <= abs(target) * within:
            yield hit(
                one,
                "target",
                quote=one.target.text,
                name=one.name,
                target=one.target,
                actual=actual,
                closeness="完全相同" if difference == 0 else "几乎相同",
                difference=_with_unit(difference, one.target),
                line=rules.words("equal_within"),
            )


def _is_round(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) <= 3


def _with_unit(base_value: Decimal, like: Figure) -> str:
    return f"{show_number(base_value / like.unit.factor)}{like.unit}"


@check(
    "targets.below_history",
    "指标值不低于历史水平",
    level=Level.HINT,
    needs=("indicators",),
    basis="财预〔2020〕10号第十五条：历史标准，为体现绩效改进的原则，在可实现的条件下应当确定相对较高的评价标准",
    message="指标“{name}”的目标 {comparator}{target}，比历史值 {history} 还{easier}。",
    reckoning="历史值 {history}，目标 {target}。",
    mend="请说明目标放宽的原因，或按历史水平调整目标。",
)
def below_history(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Lower than history where higher is better, higher where lower is. A target is set and means its very value."""
    if not any(one.history for one in year.indicators):
        yield Missing("指标的历史值")
    for one in year.indicators:
        if one.target is None or one.history is None or one.comparator is None or one.demand_driven:
            continue
        if not one.target.is_like(one.history):
            continue
        target, history = one.target.in_base, one.history.interval
        lax = (one.comparator in UPWARD and target < history.low) or (
            one.comparator in DOWNWARD and target > history.high
        )
        if lax:
            yield hit(
                one,
                "target",
                quote=one.target.text,
                name=one.name,
                comparator=one.comparator,
                target=one.target,
                history=one.history,
                easier="低" if one.comparator in UPWARD else "高",
            )


@check(
    "targets.one_percent",
    "百分比的 1 是 1% 还是 100%",
    level=Level.HINT,
    needs=("indicators",),
    basis=_MEASURABLE,
    message="指标“{name}”的目标写的是 {comparator}1%，是否想写 100%？",
    reckoning="度量单位是 %，指标值是 1，读作 1%。",
    mend="想写百分之百的，指标值请填 100 或 100%。",
)
def one_percent(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A bare 1 beside the unit % is more often a whole than a hundredth."""
    for one in year.indicators:
        if one.target is None or one.comparator not in (*UPWARD, Comparator.EQUAL):
            continue
        if one.target.unit == unit_named("%") and one.target.value == 1 and "%" not in one.target_text:
            yield hit(one, "target", quote=one.target.text, name=one.name, comparator=str(one.comparator))


@check(
    "targets.above_whole",
    "覆盖率、合格率、满意度不超过 100%",
    level=Level.ERROR,
    needs=("indicators",),
    basis="这类比率的分子是分母的一部分，不会超过 100%",
    message="指标“{name}”的{which}是 {value}，这类比率不会超过 100%。",
    reckoning="{value} 大于 100%。",
    mend="请核对数值或单位。",
)
def above_whole(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """By the ending of the name (rule data), for target, actual and history."""
    endings = rules.bounded_shares.value
    for one in year.indicators:
        if not one.name.endswith(endings):
            continue
        for field, which, figure in _figures(one):
            if figure and figure.unit.dimension is Dimension.SHARE and figure.interval.low > 100:
                yield hit(one, field, quote=figure.text, name=one.name, which=which, value=figure)


def _figures(one: Indicator) -> tuple[tuple[str, str, Figure | None], ...]:
    actual = one.actual.value if one.actual else None
    return (("target", "指标值", one.target), ("actual", "实际完成值", actual), ("history", "历史值", one.history))
