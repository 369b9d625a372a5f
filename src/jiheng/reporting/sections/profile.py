"""一、部门概况."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.model import DepartmentYear, Duty, KeyTask
from jiheng.model.named_figures import cell_of
from jiheng.model.report import Block, Paragraph
from jiheng.reporting.sections.context import Context, count, lacking, listed, paragraph, phrase, say, sentence
from jiheng.reporting.sections.execution import NAMED
from jiheng.values import show_number


def offices(context: Context) -> Iterator[Block]:
    """机构设置 and staffing."""
    year = context.year
    if year.profile.introduction:
        yield Paragraph((sentence(year.profile.introduction),))
    kinds = list(dict.fromkeys(one.kind or "内设机构" for one in year.offices))
    if kinds:
        parts = []
        for kind in kinds:
            names = [one.name for one in year.offices if (one.kind or "内设机构") == kind]
            number = count(f"{kind}个数", len(names), "个", "内设机构表")
            parts.append(say("{kind}{number}，为{names}", kind=kind, number=number, names="、".join(names)))
        yield paragraph("{department}设{parts}。", department=year.profile.department, parts=listed(parts, "；"))
    elif not year.profile.introduction:
        yield lacking("“内设机构”表没有填写")
    yield from _staff(year)


def _staff(year: DepartmentYear) -> Iterator[Block]:
    known = [(one, one.employed) for one in year.staffing if one.employed is not None]
    parts = [(one, count(f"{one.kind}人数", heads, "人", cell_of(one.origin, "employed"))) for one, heads in known]
    working = [say("{kind}{number}", kind=one.kind, number=number) for one, number in parts if not one.is_retired]
    retired = [say("，另有{kind}{number}", kind=one.kind, number=number) for one, number in parts if one.is_retired]
    if not working:
        yield lacking("“人员情况”表没有填写年末实有人数")
        return
    heads = sum((employed for one, employed in known if not one.is_retired), Decimal(0))
    whole = count("年末实有人数", heads, "人", "人员情况表，在职各类相加")
    inner = (
        say("，其中，{parts}", parts=listed(working))
        if len(working) > 1
        else say("，均为{kind}", kind=known[0][0].kind)
    )
    yield paragraph("年末实有人员{whole}{inner}{retired}。", whole=whole, inner=inner, retired=listed(retired, ""))


def duties(context: Context) -> Iterator[Block]:
    """职责情况, one duty a paragraph."""
    every = context.year.duties
    if not every:
        yield lacking("“部门职责”表没有填写")
    for number, duty in enumerate(every, 1):
        yield Paragraph((f"（{number}）{sentence(duty.text)}",))


def key_tasks(context: Context) -> Iterator[Block]:
    """年度重点任务: how many, how far, and which are late."""
    tasks = context.year.key_tasks
    if not tasks:
        yield lacking("“重点任务”表没有填写")
        return
    known = [task for task in tasks if task.progress is not None]
    done = [task for task in known if task.progress and task.progress.in_base >= 100]
    late = [task for task in known if task not in done]
    unknown = [task for task in tasks if task.progress is None]
    number = count("重点任务项数", len(tasks), "项", "重点任务表")
    finished = count("完成的重点任务", len(done), "项", "重点任务表，完成进度 100%")
    yield paragraph("年度重点任务共{number}，已完成{finished}。", number=number, finished=finished)
    for task in late:
        yield paragraph("“{name}”完成进度{progress}{why}", name=task.name, progress=_progress(task), why=_outcome(task))
    if unknown:
        yield lacking(f"{_names(unknown)}没有填写完成进度")


def _progress(task: KeyTask) -> str:
    return f"{show_number(task.progress.in_base)}%" if task.progress else ""


def _outcome(task: KeyTask) -> str:
    return f"，{sentence(task.outcome)}" if task.outcome else "，没有写明原因。"


def _names(tasks: list[KeyTask]) -> str:
    return "、".join(f"“{task.name}”" for task in tasks)


def goal_setting(context: Context) -> Iterator[Block]:
    """设立依据, 总体目标, 目标与职责任务的匹配, 指标的构成."""
    year = context.year
    if year.policies:
        titles = [f"《{one.title.strip('《》')}》" + (f"（{one.document_number}）" if one.document_number else "")
                  for one in year.policies]  # fmt: skip
        names = "、".join(titles[:NAMED])
        whole = count("政策依据", len(titles), "份", "政策依据表")
        more = say("等{whole}文件", whole=whole) if len(titles) > NAMED else "等文件"
        yield paragraph("设立依据。绩效目标依据{names}{more}设立。", names=names, more=more)
    else:
        yield lacking("“政策依据”表没有填写，绩效目标的设立依据无法列出")
    if not year.goals:
        yield lacking("“总体目标”表没有填写")
    for number, goal in enumerate(year.goals, 1):
        parts = {"立项背景和需求": goal.background, "主要内容": goal.content, "年度成果": goal.expected_results}
        given = "".join(f"{title}：{sentence(text)}" for title, text in parts.items() if text)
        yield paragraph("总体目标{number}：{text}{parts}", number=str(number), text=sentence(goal.text), parts=given)
    yield from _matching(year)
    yield from _indicators(context)


def _matching(year: DepartmentYear) -> Iterator[Block]:
    linked = {
        code
        for table in (year.goals, year.indicators, year.projects, year.key_tasks)
        for record in table
        for code in record.duties
    }
    if not year.duties or not linked:
        yield lacking("各表没有填写“对应职责”，目标与职责任务的匹配情况无法说明")
        return
    matched = [duty for duty in year.duties if duty.code in linked]
    rest = [duty for duty in year.duties if duty.code not in linked]
    number = count("职责条数", len(year.duties), "项", "部门职责表")
    if not rest:
        yield paragraph(
            "目标与职责任务匹配情况。本部门职责{number}，均有目标、指标、项目或重点任务对应。", number=number
        )
        return
    yield paragraph(
        "目标与职责任务匹配情况。本部门职责{number}，有目标、指标、项目或重点任务对应的{matched}；没有对应的是{rest}。",
        number=number,
        matched=count("有对应的职责", len(matched), "项", "部门职责表与各表“对应职责”"),
        rest="、".join(f"“{_short(duty)}”" for duty in rest),
    )


def _short(duty: Duty) -> str:
    text = phrase(duty.text)
    return text if len(text) <= 30 else text[:29] + "…"


def _indicators(context: Context) -> Iterator[Block]:
    own = [one for one in context.year.indicators if not one.project]
    if not own:
        yield lacking("“绩效指标”表没有部门整体绩效指标")
        return
    dimensions = list(dict.fromkeys(one.dimension for one in own))
    parts = [
        say(
            "{name}{number}",
            name=name,
            number=count(f"{name}个数", sum(one.dimension == name for one in own), "个", "绩效指标表"),
        )
        for name in dimensions
    ]
    number = count("指标个数", len(own), "个", "绩效指标表（不含项目指标）")
    weights = [one.weight for one in own if one.weight is not None]
    weight = (
        say("，权重合计{sum}", sum=count("权重合计", sum(weights, Decimal(0)), "分", "绩效指标表权重列"))
        if weights
        else ()
    )
    yield paragraph(
        "部门整体绩效指标共{number}，其中，{parts}{weight}。详见附件1。",
        number=number,
        parts=listed(parts),
        weight=weight,
    )
