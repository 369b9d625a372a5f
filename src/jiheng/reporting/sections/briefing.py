"""The one-page 汇报稿 for the meeting that decides: five numbers, what is late, who answers, what is signed."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.periods import in_words
from jiheng.model import Level
from jiheng.model.named_figures import cell_of
from jiheng.model.report import Block, Printed, Text
from jiheng.reporting.sections.attainment import own_indicators, sorted_out
from jiheng.reporting.sections.conclusion import points
from jiheng.reporting.sections.context import (
    Context,
    centre,
    count,
    head,
    lacking,
    listed,
    paragraph,
    phrase,
    say,
    table,
)
from jiheng.reporting.sections.execution import laggards, project_rate

MOST = 3
"""One page holds so many of each."""


def five_numbers(context: Context) -> Iterator[Block]:
    """全年预算, 执行率, 指标完成, 项目完成, 得分."""
    year = context.year
    own = own_indicators(year)
    done = sorted_out(own)[0]
    finished = [one for one in year.projects if one.status and one.status.value == "完成"]
    indicators = _of(
        count("完成的指标", len(done), "个", "绩效指标表"), count("指标个数", len(own), "个", "绩效指标表"), bool(own)
    )
    every = len(year.projects)
    projects = _of(
        count("完成的项目", len(finished), "个", "项目表"), count("项目个数", every, "个", "项目表"), bool(every)
    )
    header = head("全年预算数", "预算执行率", "完成指标", "完成项目", "整体绩效得分")
    texts = (_maybe(context, "全年预算数"), _maybe(context, "执行率"), indicators, projects, _score(context))
    yield table("", (22, 15, 17, 17, 29), header, [tuple(centre(*text) for text in texts)])


def _of(part: Printed, whole: Printed, given: bool) -> Text:
    return say("{part}，共{whole}", part=part, whole=whole) if given else ("没有填写",)


def _maybe(context: Context, name: str) -> Text:
    figure = context.figure(name)
    return (figure,) if figure else ("没有填写",)


def _score(context: Context) -> Text:
    sheet, stated = context.sheet, context.year.stated
    own = points("自评分", stated.score, cell_of(stated.origin, "score")) if stated.score is not None else None
    told: Text = say("自报{own}", own=own) if own else ("没有自报得分",)
    if sheet is None:
        return told
    if sheet.total is None:
        rest = points("未评分值", sheet.open_points, "评分表未评各项分值相加")
        return say("{told}；按规则计算尚有{rest}没有评定", told=told, rest=rest)
    total = points("总分", sheet.total, "评分表各项得分相加")
    return say("{told}；按规则计算{total}（{state}）", told=told, total=total, state=sheet.state)


def late(context: Context) -> Iterator[Block]:
    """Projects with low execution or not done, indicators missed."""
    year = context.year
    slow = laggards(year)
    missed = sorted_out(own_indicators(year))[1]
    undone = [one.name for one in year.projects if one.status and one.status.value in ("未完成", "未开始")]
    if not slow and not missed and not undone:
        yield paragraph("没有执行率低于80%的项目，没有未完成的项目和指标。")
    if undone:
        yield paragraph("没有完成的项目：{names}。", names="、".join(undone))
    if slow:
        some = [say("{name}{rate}", name=phrase(one.name), rate=project_rate(one)) for one in slow[:MOST]]
        number = count("执行率低于80%的项目", len(slow), "个", "项目表")
        yield paragraph("执行率低于80%的项目{number}，最低的是：{some}。", number=number, some=listed(some))
    if missed:
        number = count("没有完成的指标", len(missed), "个", "绩效指标表")
        more = "等" if len(missed) > MOST else ""
        yield paragraph(
            "没有完成的指标{number}：{names}{more}。",
            number=number,
            names="、".join(one.name for one in missed[:MOST]),
            more=more,
        )


def who_answers(context: Context) -> Iterator[Block]:
    """Open problems with office, person and date."""
    every = [one for one in context.year.problems if one.state != "已完成"]
    if not every:
        yield lacking("“问题与整改”表没有待整改的问题")
    for at, one in enumerate(every[:MOST], 1):
        who = "、".join(part for part in (one.office, one.owner) if part) or "责任人没有填写"
        due = in_words(one.due) if one.due else "期限没有填写"
        yield paragraph("{at}.{text}：{who}，{due}。", at=str(at), text=phrase(one.text), who=who, due=due)


def decisions(context: Context) -> Iterator[Block]:
    """What the meeting is asked for, and what stands against it."""
    errors = len(context.findings.at(Level.ERROR))
    if errors:
        number = count("应予更正的核查意见", errors, "条", "核查意见")
        yield paragraph("1.核查意见中尚有{number}应予更正，请决定更正后报送，或附说明报送。", number=number)
    else:
        yield paragraph("1.审定部门整体绩效评价报告，同意报送。")
    if context.sheet is not None and context.sheet.marks:
        number = count("未核实的规则", len(context.sheet.marks), "处", "评分规则")
        yield paragraph("2.评分规则中有{number}没有核实，请财务负责人确认或替换。", number=number)
