"""满意度: a satisfaction figure needs a survey behind it."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.check import Missing, Outcome, check, hit, only_missing
from jiheng.model import DepartmentYear, Indicator, Level, Survey
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import Dimension, Figure, Ratio

_BASIS = "财预〔2021〕101号：满意度指标一般用问卷调查法取值，佐证材料为满意度调查报告"


def is_satisfaction(one: Indicator) -> bool:
    """Whether an indicator measures satisfaction: by dimension, category or the end of its name."""
    return "满意" in one.dimension + one.category or one.name.endswith(("满意度", "满意率"))


def surveys_of(year: DepartmentYear, one: Indicator) -> tuple[Survey, ...]:
    """The surveys that name the indicator, by code or name."""
    return tuple(survey for survey in year.surveys if one.name in survey.indicators or one.code in survey.indicators)


@check(
    "satisfaction.no_survey",
    "满意度有调查支持",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_BASIS,
    message="指标“{name}”的实际完成值是 {actual}，没有对应的满意度调查（样本、有效问卷、结果）。",
    reckoning="“满意度调查”表里没有对应这个指标、且填了有效份数的调查。",
    mend="做过调查的，请在“满意度调查”表补填并在“对应指标”栏写上这个指标；没有做过的，不要填满意度数值。",
)
def no_survey(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """An impression is no figure."""
    asked = [one for one in year.indicators if is_satisfaction(one)]
    if not any(one.has_actual for one in asked):
        yield Missing("满意度指标的实际完成值")
    for one in asked:
        actual = one.actual.value if one.actual else None
        if actual is None or actual.unit.dimension not in (Dimension.SHARE, Dimension.POINTS):
            continue
        if not any(survey.valid for survey in surveys_of(year, one)):
            yield hit(one, "actual", quote=actual.text, name=one.name, actual=actual)


@check(
    "satisfaction.stated_no_survey",
    "自报满意度有调查支持",
    level=Level.WARNING,
    basis=_BASIS,
    message="自报服务对象满意度 {stated}，“满意度调查”表里没有任何有效调查。",
    reckoning="“满意度调查”表里填了有效份数的调查 0 个。",
    mend="请补填调查，或不报满意度数值并说明原因。",
)
def stated_no_survey(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """The same of what the report will say."""
    stated = year.stated.satisfaction
    if stated is None:
        yield Missing("自报服务对象满意度")
    elif not any(survey.valid for survey in year.surveys):
        yield hit(year.stated, "satisfaction", quote=stated.text, stated=stated)


@check(
    "satisfaction.none",
    "有服务对象满意度数据",
    level=Level.WARNING,
    basis="部门整体绩效评价报告提纲三（二）5：服务对象满意度",
    message="工作簿里没有任何满意度数据：没有满意度指标，没有调查，也没有自报满意度。",
    reckoning="满意度指标 0 个，满意度调查 0 个。",
    mend="请组织满意度调查并填写；本年确实没有做的，在报告里如实说明。",
)
def none_at_all(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Asked once there is anything to evaluate."""
    line_given = any(line.executed for line in year.budget_lines)
    if not line_given:
        yield Missing("执行数")
        return
    if not (year.surveys or year.stated.satisfaction or any(is_satisfaction(one) for one in year.indicators)):
        yield hit(year.profile, "department")


@check(
    "satisfaction.counts",
    "调查份数合理",
    level=Level.ERROR,
    needs=("surveys",),
    basis="有效份数不多于发放份数，满意份数不多于有效份数",
    message="调查“{name}”{more} {larger} 份，多于{less} {smaller} 份。",
    reckoning="{larger} 大于 {smaller}。",
    mend="请核对三个份数。",
)
def counts(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """满意 ≤ 有效 ≤ 发放."""
    if not any(one.valid is not None and (one.issued, one.satisfied) != (None, None) for one in year.surveys):
        yield only_missing(
            "同一调查的发放份数、有效份数、满意份数",
            调查的发放份数或满意份数=any((one.issued, one.satisfied) != (None, None) for one in year.surveys),
            调查的有效份数=any(one.valid is not None for one in year.surveys),
        )
    for one in year.surveys:
        steps = (("有效份数", "valid", "发放份数", "issued"), ("满意份数", "satisfied", "有效份数", "valid"))
        for more, larger, less, smaller in steps:
            high, low = getattr(one, larger), getattr(one, smaller)
            if high is not None and low is not None and high > low:
                yield hit(one, larger, quote=f"{high:f}", name=one.name, more=more, larger=high, less=less, smaller=low)


@check(
    "satisfaction.rate",
    "满意率等于满意份数除以有效份数",
    level=Level.WARNING,
    needs=("surveys",),
    basis="满意率 = 满意份数 ÷ 有效份数",
    message="调查“{name}”的满意率 {stated}，按份数计算是 {reckoned}。",
    reckoning="{satisfied} ÷ {valid} = {reckoned}。",
    mend="请改正满意率或份数；满意率按各档加权平均计算的，请说明算法。",
)
def rate(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """By interval: 92% fits 460 of 500, 92.3% does not. A mean weighted by degrees may be right: a person must say."""
    compared = False
    for one in year.surveys:
        if one.satisfaction is None or not one.valid or one.satisfied is None:
            continue
        compared = True
        if not one.satisfaction.interval.holds(one.satisfied * 100 / one.valid):
            yield hit(
                one,
                "satisfaction",
                quote=one.satisfaction.text,
                name=one.name,
                stated=one.satisfaction,
                satisfied=one.satisfied,
                valid=one.valid,
                reckoned=Ratio(one.satisfied, one.valid),
            )
    if not compared:
        yield only_missing(
            "同一调查的满意率、满意份数和有效份数",
            调查的满意率=any(one.satisfaction is not None for one in year.surveys),
            调查的满意份数=any(one.satisfied is not None for one in year.surveys),
            调查的有效份数=any(one.valid for one in year.surveys),
        )


@check(
    "satisfaction.survey_differs",
    "指标的满意度与调查结果一致",
    level=Level.WARNING,
    needs=("surveys", "indicators"),
    basis=_BASIS,
    message="指标“{name}”的实际完成值是 {actual}，对应的调查“{survey}”的满意率是 {found}。",
    reckoning="{actual} 与 {found} 不同。",
    mend="请按调查结果填写实际完成值，或说明两者口径不同。",
)
def survey_differs(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Where one survey answers for the indicator; several need weighing by a person."""
    compared = False
    for one in year.indicators:
        actual = one.actual.value if one.actual else None
        surveys = surveys_of(year, one) if is_satisfaction(one) else ()
        if actual is None or len(surveys) != 1 or actual.unit.dimension is not Dimension.SHARE:
            continue
        found: Figure | None = surveys[0].satisfaction
        compared = compared or found is not None
        if found is not None and not found.interval.meets(actual.interval):
            yield hit(
                one, "actual", quote=actual.text, name=one.name, actual=actual, survey=surveys[0].name, found=found
            )
    if not compared:
        asked = [one for one in year.indicators if is_satisfaction(one) and one.actual and one.actual.value]
        yield only_missing(
            "对应满意度指标的一个调查",
            满意度指标的实际完成值=bool(asked),
            调查的满意率=any(one.satisfaction is not None for one in year.surveys),
        )
