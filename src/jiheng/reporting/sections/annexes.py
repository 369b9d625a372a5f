"""The annexes: goal table, score table, self-evaluations, rectification, surveys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jiheng.checks.execution import AMOUNTS
from jiheng.checks.periods import in_words
from jiheng.model import Project, ScoreSheet, SelfEvaluation
from jiheng.model.named_figures import cell_of
from jiheng.model.report import Align, Block, Printed, TableCell, Text
from jiheng.reporting.sections.attainment import own_indicators
from jiheng.reporting.sections.conclusion import points
from jiheng.reporting.sections.context import (
    Context,
    actual_text,
    as_given,
    bare,
    centre,
    count,
    head,
    lacking,
    left,
    rate,
    right,
    table,
    target_text,
)
from jiheng.reporting.sections.execution import project_rate
from jiheng.values import Exact


def goal_table(context: Context) -> Iterator[Block]:
    """年度绩效指标 in the columns of Chaoyang's form, with what was reached."""
    own = own_indicators(context.year)
    if not own:
        yield lacking("没有部门整体绩效指标")
        return
    header = head("活动", "任务", "一级指标", "二级指标", "三级指标", "指标值", "权重", "实际完成值")
    rows = []
    for (activity, task), group in groupby(own, key=lambda one: (one.activity, one.task)):
        some = list(group)
        for at, one in enumerate(some):
            weight = (
                bare(points(f"{one.name}权重", one.weight, cell_of(one.origin, "weight")))
                if one.weight is not None
                else "—"
            )
            first = (TableCell((activity,), Align.LEFT, down=len(some)), TableCell((task,), Align.LEFT, down=len(some)))
            rows.append((*(first if at == 0 else ()), centre(one.dimension), centre(one.category), left(one.name),
                         centre(*target_text(one)), right(weight), centre(*actual_text(one))))  # fmt: skip
    yield table("", (13, 20, 9, 11, 18, 11, 7, 11), header, rows)


def score_table(context: Context) -> Iterator[Block]:
    """Every row of the score sheet with points, score and the reckoning's first line."""
    sheet = context.sheet
    if sheet is None:
        yield lacking("没有适用的评分规则")
        return
    header = head("评价内容", "类别", "指标", "目标", "完成", "分值", "得分", "说明")
    rows = [
        (left(block.name), left(line.category), left(line.name), centre(line.target), centre(line.actual),
         right(_points(sheet, line.name, "分值", line.points)), right(*_score(sheet, line.name, line.score)),
         left(str(line.state)))
        for block in sheet.blocks
        for line in block.lines
    ]  # fmt: skip
    yield table("", (13, 11, 20, 10, 10, 8, 8, 20), header, rows, note="“未评”表示缺少数据或尚未判定，不是零分。")


def _points(sheet: ScoreSheet, name: str, what: str, value: Exact) -> Printed:
    return bare(points(f"{name}{what}", value, f"评分表（{sheet.edition}）“{name}”"))


def _score(sheet: ScoreSheet, name: str, value: Exact | None) -> Text:
    return (
        (bare(points(f"{name}得分", value, f"评分表（{sheet.edition}）“{name}”")),) if value is not None else ("未评",)
    )


def self_evaluation_table(context: Context) -> Iterator[Block]:
    """All projects: money, execution, the department's own score and the reckoned one."""
    year = context.year
    if not year.projects:
        yield lacking("“项目”表没有填写")
        return
    own = {name: one for one in year.self_evaluations for name in (one.project,)}
    reckoned = {sheet.subject: sheet for sheet in context.project_sheets}
    rows = []
    for at, project in enumerate(year.projects, 1):
        stated = own.get(project.name) or own.get(project.code)
        money = [right(*_money(context, project, field)) for field in ("annual_budget", "executed")]
        rows.append((centre(str(at)), left(project.name), left(project.office), *money, right(*_bare(project_rate(project))),
                     right(*_stated(stated)), right(*_reckoned(reckoned.get(project.name))),
                     left(project.status or "", f"：{project.reason}" if project.reason else "")))  # fmt: skip
    header = head(
        "序号",
        "项目名称",
        "责任科室",
        "全年预算数（万元）",
        "执行数（万元）",
        "执行率（%）",
        "自评得分",
        "按规则计算",
        "完成情况",
    )
    yield table("", (4, 20, 10, 12, 12, 7, 7, 8, 20), header, rows)


def _money(context: Context, project: Project, field: str) -> Text:
    figure = getattr(project, field)
    return (
        (bare(context.amount(f"{project.name}{AMOUNTS[field]}", figure, project.origin, field)),)
        if figure is not None
        else ("—",)
    )


def _bare(text: Text) -> Text:
    return tuple(part if isinstance(part, str) else bare(part) for part in text)


def _stated(one: SelfEvaluation | None) -> Text:
    if one is None or one.total is None:
        return ("—",)
    return (bare(points(f"{one.project}自评得分", one.total, cell_of(one.origin, "total"))),)


def _reckoned(sheet: ScoreSheet | None) -> Text:
    if sheet is None or sheet.total is None:
        return ("未评完",) if sheet else ("—",)
    return (bare(points(f"{sheet.subject}得分", sheet.total, f"自评评分（{sheet.edition}）各项相加")),)


def rectification_table(context: Context) -> Iterator[Block]:
    """问题与整改清单."""
    problems = context.year.problems
    if not problems:
        yield lacking("“问题与整改”表没有填写")
        return
    rows = [
        (centre(str(at)), left(one.text), left(one.cause), left(one.measure), left(one.office), left(one.owner),
         centre(in_words(one.due) if one.due else ""), centre(one.state))
        for at, one in enumerate(problems, 1)
    ]  # fmt: skip
    header = head("序号", "问题", "原因", "整改措施", "责任科室", "责任人", "期限", "状态")
    yield table("", (5, 22, 18, 22, 10, 7, 10, 6), header, rows)


def survey_table(context: Context) -> Iterator[Block]:
    """满意度调查情况: sample and result of each survey."""
    surveys = context.year.surveys
    if not surveys:
        yield lacking("“满意度调查”表没有填写")
        return
    rows = []
    for at, one in enumerate(surveys, 1):
        numbers = [right(*_copies(one.name, title, value, cell_of(one.origin, field)))
                   for title, value, field in (("发放份数", one.issued, "issued"), ("有效份数", one.valid, "valid"),
                                               ("满意份数", one.satisfied, "satisfied"))]  # fmt: skip
        if one.satisfaction is not None:
            result: Text = as_given(f"{one.name}满意率", one.satisfaction, one.origin, "satisfaction")
        elif one.valid and one.satisfied is not None:
            result = (rate(f"{one.name}满意率", one.satisfied, one.valid, "满意份数 ÷ 有效份数"),)
        else:
            result = ("—",)
        rows.append((centre(str(at)), left(one.name), left(one.group), left(one.method), *numbers, right(*result)))
    header = head("序号", "调查名称", "调查对象", "方式", "发放（份）", "有效（份）", "满意（份）", "满意率")
    yield table("", (6, 28, 16, 10, 10, 10, 10, 10), header, rows)


def _copies(name: str, title: str, value: Exact | None, source: str) -> Text:
    return (bare(count(f"{name}{title}", value, "份", source)),) if value is not None else ("—",)
