"""三、整体绩效目标实现情况: each indicator's result, what was missed and why, by dimension or project by project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.checks.actuals import is_met
from jiheng.model import Comparator, DepartmentYear, Indicator, Origin, Project
from jiheng.model.report import Block, Chart, Paragraph, Text
from jiheng.reporting import charts
from jiheng.reporting.sections.context import (
    Context,
    Section,
    actual_text,
    as_given,
    bare,
    centre,
    count,
    head,
    lacking,
    listed,
    paragraph,
    phrase,
    right,
    say,
    sentence,
    table,
    target_text,
)
from jiheng.reporting.sections.execution import project_rate
from jiheng.rulebook.scales import scale_named
from jiheng.values import Figure

DETAILED_PROJECTS = 12
"""Project by project the report tells of so many, by budget; the annex has them all."""

_CATEGORY = {
    "output_quantity": ("产出", ("数量",)),
    "output_quality": ("产出", ("质量",)),
    "output_timeliness": ("产出", ("时效", "进度")),
    "output_cost": ("", ("成本",)),
    "economic_benefit": ("效益", ("经济效益",)),
    "social_benefit": ("效益", ("社会效益",)),
    "environmental_benefit": ("效益", ("生态", "环境")),
    "lasting_effect": ("效益", ("可持续",)),
}


def own_indicators(year: DepartmentYear) -> list[Indicator]:
    """The department's own indicators: those of no project."""
    return [one for one in year.indicators if not one.project]


def reached(one: Indicator) -> bool | None:
    """Whether an indicator was reached; None when that cannot be told. A 定性 level must be the target's or better."""
    if one.comparator is not Comparator.QUALITATIVE:
        return is_met(one)
    level = one.actual.level if one.actual else ""
    scale = scale_named(one.scale) if one.scale else None
    if not level or not one.target_level:
        return None
    if scale is None:
        return level == one.target_level
    actual, target = scale.level_of(level), scale.level_of(one.target_level)
    if actual is None or target is None:
        return None
    return scale.names.index(actual) <= scale.names.index(target)


def sorted_out(indicators: Sequence[Indicator]) -> tuple[list[Indicator], list[Indicator], list[Indicator]]:
    """Reached, missed, and those of which it cannot be told."""
    results = [(one, reached(one)) for one in indicators]
    return ([one for one, met in results if met], [one for one, met in results if met is False],
            [one for one, met in results if met is None])  # fmt: skip


def attainment(context: Context) -> Iterator[Block]:
    """The whole in numbers, then a chart by dimension."""
    own = own_indicators(context.year)
    if own:
        yield from _overview(context, own)
    else:
        yield lacking("“绩效指标”表没有部门整体绩效指标，目标实现情况无法分析")
    yield from _achievements(context)


def _overview(context: Context, own: Sequence[Indicator]) -> Iterator[Block]:
    done, missed, unknown = sorted_out(own)
    parts = [
        say(
            "{words}{number}",
            words=words,
            number=count(f"{words}的指标", len(group), "个", "绩效指标表，实际完成值与指标值比较"),
        )
        for words, group in (("完成", done), ("没有完成", missed), ("没有可比的完成值", unknown))
        if group
    ]
    number = count("指标个数", len(own), "个", "绩效指标表（不含项目指标）")
    yield paragraph("部门整体绩效指标{number}，{parts}。", number=number, parts=listed(parts, "，"))
    if unknown:
        names = "、".join(one.name for one in unknown)
        yield lacking(f"下列指标没有填写可比的完成值：{names}")
    yield _chart(context, own)


def _chart(context: Context, own: Sequence[Indicator]) -> Block:
    values, rows = [], []
    for dimension in dict.fromkeys(one.dimension for one in own):
        groups = [len(group) for group in sorted_out([one for one in own if one.dimension == dimension])]
        values.append(charts.Reached(dimension, *groups))
        where = f"绩效指标表，{dimension}"
        cells = [right(bare(count(f"{dimension}{words}", size, "个", where)))
                 for words, size in zip(("完成", "没有完成", "没有完成值"), groups, strict=True)]  # fmt: skip
        rows.append((centre(dimension), *cells))
    shown = table(
        context.numbered("表", "指标完成情况"),
        (40, 20, 20, 20),
        head("一级指标", "完成", "没有完成", "没有完成值"),
        rows,
        unit="个",
    )
    title = context.numbered("图", "各类指标的完成情况")
    return Chart(title=title, spec=charts.indicators_by_dimension(title, values), behind=shown)


def result_of(one: Indicator) -> Text:
    """One indicator's result as a sentence."""
    met = reached(one)
    note = phrase(one.actual.deviation_note) if one.actual else ""
    said = phrase(one.actual.text) if one.actual and not one.actual.is_given else ""
    if one.actual is None or not one.actual.is_given:
        words = f"，填报为“{said}”，不是数值或等级" if said else ""
        return say("“{name}”目标{target}，没有实际完成值{words}。", name=one.name, target=target_text(one), words=words)
    verdict = {True: "，完成目标", False: "，没有完成目标", None: ""}[met]
    why = f"，原因是：{note}" if note and met is False else f"，{note}" if note else ""
    silent = "，没有写明原因" if met is False and not note else ""
    return say("“{name}”目标{target}，实际完成{actual}{verdict}{why}{silent}。", name=one.name, target=target_text(one),
               actual=actual_text(one), verdict=verdict, why=why, silent=silent)  # fmt: skip


def of_category(name: str) -> Section:
    """The section that goes through the indicators of one category."""
    dimension, words = _CATEGORY[name]

    def section(context: Context) -> Iterator[Block]:
        some = [
            one
            for one in own_indicators(context.year)
            if any(word in one.category or (word == "成本" and word in one.dimension) for word in words)
            and (not dimension or dimension in one.dimension.replace("效果", "效益"))
        ]
        yield from _results(some, _word(words[0]))

    return section


def _word(word: str) -> str:
    return {"生态": "环境（生态）效益", "可持续": "可持续影响"}.get(word, word)


def _results(some: Sequence[Indicator], word: str) -> Iterator[Block]:
    if not some:
        yield Paragraph((f"绩效指标表中没有{word}指标。",))
        return
    by_activity = list(dict.fromkeys(one.activity for one in some))
    for activity in by_activity:
        texts = [result_of(one) for one in some if one.activity == activity]
        name = activity.rsplit("/", 1)[-1].lstrip("0123456789-")
        lead = f"{name}：" if name and len(by_activity) > 1 else ""
        yield Paragraph((lead, *listed(texts, "")) if lead else listed(texts, ""))


def _achievements(context: Context) -> Iterator[Block]:
    """What the department reports with a figure; stated as given, with nothing added."""
    told: list[Text] = []
    for one in context.year.achievements:
        if one.value is not None:
            growth = _growth(one.growth, one.name, one.origin) if one.growth is not None else ()
            value = as_given(one.name, one.value, one.origin, "value")
            told.append(say("{name}{value}{growth}", name=one.name, value=value, growth=growth))
    if told:
        yield paragraph("主要成效数据：{told}。", told=listed(told, "；"))


def _growth(growth: Figure, name: str, origin: Origin | None) -> Text:
    """增长, 下降 or 持平, with the size of the change."""
    if growth.value == 0:
        return ("，与上年持平",)
    size = Figure(abs(growth.value), growth.unit, growth.quantum)
    figure = as_given(f"{name}增长率", size, origin, "growth")
    return say("，比上年{word}{rate}", word="增长" if growth.value > 0 else "下降", rate=figure)


def satisfaction(context: Context) -> Iterator[Block]:
    """服务对象满意度: only what surveys or indicators give."""
    year = context.year
    some = [one for one in own_indicators(year) if "满意" in one.dimension + one.category + one.name]
    if some:
        yield from _results(some, "服务对象满意度")
    yield from context.errors("satisfaction.")
    surveys = [one for one in year.surveys if one.valid]
    if surveys:
        number = count("满意度调查次数", len(surveys), "次", "满意度调查表，有有效份数的")
        yield paragraph("本年度开展满意度调查{number}，详见附件5。", number=number)
    else:
        yield lacking("没有满意度调查的数据，满意度没有调查支持" if some else "没有满意度指标，也没有满意度调查的数据")


def by_project(context: Context) -> Iterator[Block]:
    """Project by project, the largest first; the annex has them all."""
    year = context.year
    if not year.projects:
        yield lacking("“项目”表没有填写")
        return
    sized = sorted(year.projects, key=_size, reverse=True)
    chosen = sized[:DETAILED_PROJECTS]
    if len(sized) > len(chosen):
        number = count("项目个数", len(year.projects), "个", "项目表")
        yield paragraph(
            "全年项目{number}，以下是预算金额最大的{most}个，其余见附件3。", number=number, most=str(len(chosen))
        )
    for at, project in enumerate(chosen, 1):
        yield from _project(context, at, project)


def _size(project: Project) -> Decimal:
    figure = project.annual_budget or project.executed
    return figure.in_base if figure else Decimal(-1)


def _project(context: Context, at: int, project: Project) -> Iterator[Block]:
    money: list[Text] = []
    for title, field in (("全年预算数", "annual_budget"), ("执行数", "executed")):
        figure = getattr(project, field)
        if figure is not None:
            money.append(
                say(
                    "{title}{amount}",
                    title=title,
                    amount=context.amount(f"{project.name}{title}", figure, project.origin, field),
                )
            )
    if len(money) == 2:
        money.append(say("执行率{rate}", rate=project_rate(project)))
    told = say("，{money}", money=listed(money, "，")) if money else ("，金额没有填写",)
    status = f"，{project.status}" if project.status else ""
    reason = f"（{phrase(project.reason)}）" if project.reason else ""
    yield paragraph(
        "{at}.{name}{told}{status}{reason}。", at=str(at), name=project.name, told=told, status=status, reason=reason
    )
    if project.content:
        yield Paragraph((sentence(project.content),))
    names = {name for name in (project.code, project.name) if name}
    texts = [result_of(one) for one in context.year.indicators if one.project in names]
    if texts:
        yield Paragraph(listed(texts, ""))


def all_benefits(context: Context) -> Iterator[Block]:
    """Benefits and satisfaction together, for the outline that goes project by project."""
    some = [one for one in own_indicators(context.year) if "效" in one.dimension]
    yield from _results(some, "效益")
    yield from satisfaction(context)


CATEGORIES: dict[str, Section] = {name: of_category(name) for name in _CATEGORY}
