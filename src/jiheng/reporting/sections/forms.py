"""The forms that a bureau collects: goal form, 自评表 of each project (财预〔2020〕10号 附1), monitoring form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiheng.checks.execution import AMOUNTS
from jiheng.model import DepartmentYear, MonitoringEntry, Project, ScoreLine, ScoreSheet
from jiheng.model.named_figures import cell_of
from jiheng.model.report import Align, Annex, Block, Inline, Paragraph, TableCell, Text
from jiheng.reporting.sections.conclusion import points
from jiheng.reporting.sections.context import (
    Context,
    actual_text,
    as_given,
    bare,
    centre,
    head,
    lacking,
    left,
    paragraph,
    phrase,
    rate,
    right,
    sentence,
    table,
    target_text,
)
from jiheng.reporting.sections.execution import project_rate
from jiheng.values import Figure

_MONITORED = {"executed": "截止日执行数", "expected_executed": "全年预计执行数"}
_FUNDS = {
    "total": "总体资金合计",
    "basic": "基本支出合计",
    "basic_fiscal": "基本支出：财政拨款",
    "basic_special_account": "基本支出：专户资金",
    "basic_own": "基本支出：单位资金",
    "project": "项目支出合计",
    "project_fiscal": "项目支出：财政拨款",
    "project_own": "项目支出：单位资金",
}


def fund_table(context: Context) -> Iterator[Block]:
    """总体资金情况 of the goal form."""
    block = context.year.fund_block
    rows = [
        (left(title), right(bare(context.amount(title, figure, block.origin, field))))
        for field, title in _FUNDS.items()
        if (figure := getattr(block, field)) is not None
    ]
    if rows:
        yield table("", (60, 40), head("资金", "金额"), rows, unit="万元", note="没有填写的来源不列。")
    else:
        yield lacking("“总体资金”表没有填写")


def goal_texts(context: Context) -> Iterator[Block]:
    """整体绩效目标, each with its three parts."""
    if not context.year.goals:
        yield lacking("“总体目标”表没有填写")
    for number, goal in enumerate(context.year.goals, 1):
        parts = {"立项背景和需求": goal.background, "主要内容": goal.content, "年度成果": goal.expected_results}
        yield paragraph("{number}.{text}", number=str(number), text=sentence(goal.text))
        for title, text in parts.items():
            yield paragraph("{title}：{text}", title=title, text=sentence(text)) if text else lacking(f"{title}没有写")


# --- 自评表 -----------------------------------------------------------------------------------------------------------


def self_evaluation_forms(context: Context) -> Iterator[Block]:
    """One form a project, each on a page of its own."""
    if not context.year.projects:
        yield lacking("“项目”表没有填写")
    sheets = {sheet.subject: sheet for sheet in context.project_sheets}
    for number, project in enumerate(context.year.projects, 1):
        yield Annex(f"第{number}张", project.name)
        yield table(
            "",
            (10, 11, 19, 12, 12, 6, 6, 24),
            _label("项目名称", (project.name,), "责任科室", (project.office or "未填",)),
            _form(context, project, sheets.get(project.name)),
        )


def _label(title: str, text: Text, second: str = "", other: Text = ()) -> tuple[TableCell, ...]:
    if not second:
        return (TableCell((title,), bold=True), TableCell(text, Align.LEFT, across=7))
    return (TableCell((title,), bold=True), TableCell(text, Align.LEFT, across=3), TableCell((second,), bold=True),
            TableCell(other, Align.LEFT, across=3))  # fmt: skip


def _form(context: Context, project: Project, sheet: ScoreSheet | None) -> Iterator[tuple[TableCell, ...]]:
    lines = {line.id: line for line in sheet.lines} if sheet else {}
    yield from _money_rows(context, project, next(iter(sheet.lines), None) if sheet else None)
    said = next((one for one in context.year.self_evaluations if one.project in (project.code, project.name)), None)
    yield _label("预期目标", (sentence(project.goal or (said.expected if said else "")) or "未填",))
    yield _label("完成情况", (sentence(said.achieved if said else project.content) or "未填",))
    yield head("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施")
    for one in context.year.indicators:
        if not one.project or one.project not in (project.code, project.name):
            continue
        line = lines.get(one.code) or next((line for line in lines.values() if line.name == one.name), None)
        note = phrase(one.actual.deviation_note) if one.actual else ""
        yield (centre(one.dimension), centre(one.category), left(one.name), centre(*target_text(one)),
               centre(*actual_text(one)), right(*_points(line, "分值")), right(*_points(line, "得分")), left(note))  # fmt: skip
    total = (bare(points(f"{project.name}总分", sheet.total, f"自评评分（{sheet.edition}）各项相加")),) if sheet and sheet.total is not None else ("未评完",)  # fmt: skip
    yield (
        TableCell(("总分",), bold=True, across=5),
        right("100"),
        right(*total),
        left(f"等级：{sheet.grade}" if sheet and sheet.grade else ""),
    )


def _money_rows(context: Context, project: Project, execution: ScoreLine | None) -> Iterator[tuple[TableCell, ...]]:
    yield (TableCell(("项目资金（万元）",), bold=True, across=2),
           *head("年初预算数", "全年预算数", "全年执行数", "分值", "执行率（%）", "得分"))  # fmt: skip
    amounts = [right(*_amount(context, project, field)) for field in ("initial_budget", "annual_budget", "executed")]
    share = tuple(part if isinstance(part, str) else bare(part) for part in project_rate(project))
    yield (TableCell(("年度资金总额",), across=2), *amounts, right(*_points(execution, "分值")), right(*share),
           right(*_points(execution, "得分")))  # fmt: skip


def _amount(context: Context, project: Project, field: str) -> Text:
    figure = getattr(project, field)
    if figure is None:
        return ("—",)
    return (bare(context.amount(f"{project.name}{AMOUNTS[field]}", figure, project.origin, field)),)


def _points(line: ScoreLine | None, what: str) -> Text:
    value = None if line is None else line.points if what == "分值" else line.score
    if line is None or value is None:
        return ("—",) if line is None else ("未评",)
    return (bare(points(f"{line.name}{what}", value, line.where or line.name)),)


# --- 监控表 -----------------------------------------------------------------------------------------------------------


def monitoring_forms(context: Context) -> Iterator[Block]:
    """双监控 by round: payments of projects, then indicators with cause and likelihood."""
    rounds = list(dict.fromkeys(one.round for one in context.year.monitoring))
    if not rounds:
        yield lacking("“运行监控”表没有填写")
    for name in rounds:
        entries = [one for one in context.year.monitoring if one.round == name]
        yield Paragraph((f"监控轮次：{name}",))
        yield from _payments(context, [one for one in entries if not one.indicator], name)
        yield from _progress(context.year, [one for one in entries if one.indicator], name)


def _payments(context: Context, entries: Sequence[MonitoringEntry], name: str) -> Iterator[Block]:
    known = {key: project for project in context.year.projects for key in (project.code, project.name) if key}
    rows = []
    for one in entries:
        project = known.get(one.project)
        budget = project.annual_budget if project else None
        share: Text = ("—",)
        if project and budget is not None and one.executed is not None and budget.in_base:
            where = f"{cell_of(one.origin, 'executed')} ÷ {cell_of(project.origin, 'annual_budget')}"
            share = (bare(rate(f"{project.name}{name}执行率", one.executed.in_base, budget.in_base, where)),)
        expected = _money(context, one, one.expected_executed, "expected_executed")
        rows.append((left(project.name if project else one.project),
                     right(*(_amount(context, project, "annual_budget") if project else ("—",))),
                     right(*_money(context, one, one.executed, "executed")), right(*share), right(*expected),
                     centre(one.likelihood), left(*_why(one))))  # fmt: skip
    if rows:
        header = head(
            "项目名称", "全年预算数", f"{name}执行数", "执行率（%）", "全年预计执行数", "完成可能性", "偏差原因和措施"
        )
        yield table("预算执行进度", (22, 13, 13, 9, 13, 9, 21), header, rows, unit="万元")


def _progress(year: DepartmentYear, entries: Sequence[MonitoringEntry], name: str) -> Iterator[Block]:
    known = {key: one for one in year.indicators for key in (one.code, one.name) if key}
    rows = []
    for entry in entries:
        one = known.get(entry.indicator)
        reached: Text = (entry.reached_level or "未填",)
        if entry.reached is not None:
            reached = as_given(f"{entry.indicator}{name}完成值", entry.reached, entry.origin, "reached")
        rows.append((centre(one.dimension if one else ""), left(one.name if one else entry.indicator),
                     centre(*(target_text(one) if one else ("—",))), centre(*reached),
                     centre(entry.deviation_cause), centre(entry.likelihood), left(*_why(entry))))  # fmt: skip
    if rows:
        header = head("一级指标", "三级指标", "年度指标值", f"{name}完成值", "偏差原因", "完成可能性", "原因说明和措施")
        yield table("绩效目标进度", (11, 24, 12, 12, 10, 9, 22), header, rows)


def _money(context: Context, one: MonitoringEntry, figure: Figure | None, field: str) -> Text:
    if figure is None:
        return ("—",)
    return (bare(context.amount(f"{one.project}{_MONITORED[field]}", figure, one.origin, field)),)


def _why(one: MonitoringEntry) -> tuple[Inline, ...]:
    parts = [phrase(one.deviation_note), f"措施：{phrase(one.measure)}" if one.measure else ""]
    return ("；".join(part for part in parts if part),)
