"""`jiheng score`: the year's workbook becomes a score sheet; every point can say why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiheng import workflow
from jiheng.errors import BadInput
from jiheng.model import DepartmentYear, ScoreSheet, ScoreState
from jiheng.reporting.score_text import (
    explain,
    explain_trace,
    find_lines,
    parameter_text,
    points_text,
    sheet_data,
    state_text,
    summary,
)
from jiheng.rulebook.editions import Kind
from jiheng.rulebook.resolve import RuleSet, resolve
from jiheng.scoring import project_named, score_department, score_project, score_projects

FILE_WIDTH = 180


def day(text: str | None) -> date:
    """The day rules are known by: the one given, else today. **Raises** BadInput for a text that is no day."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{text}”不是日期（应如 2024-03-31）") from None


def score(
    file: Annotated[
        Path, typer.Argument(metavar="工作簿", help="年度工作簿（.xlsx；也可以是 .xls、.et）", show_default=False)
    ],
    explain_name: Annotated[
        str | None,
        typer.Option("--explain", metavar="指标", help="逐行说明这个指标或评分项怎么得分", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="评分表.xlsx", help="写出正式的评分表", show_default=False)
    ] = None,
    project: Annotated[
        str | None,
        typer.Option("--project", metavar="项目", help="这个项目的自评表（项目编号或名称）", show_default=False),
    ] = None,
    all_projects: Annotated[bool, typer.Option("--projects", help="所有项目的自评得分")] = False,
    evaluation: Annotated[
        bool, typer.Option("--evaluation", help="与 --project 合用：按部门评价、财政评价的框架，而不是单位自评")
    ] = False,
    edition: Annotated[
        list[str] | None,
        typer.Option("--edition", metavar="规则代号", help="指定采用的规则，可以写多次", show_default=False),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="日期", help="按这一天已经发布的规则，默认今天", show_default=False)
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="table|json", help="table 给人看，json 给程序用")
    ] = "table",
) -> None:
    """Score a workbook: the department, one project, or all projects."""
    if format not in ("table", "json"):
        raise BadInput(f"--format 只能是 table 或 json，现在是“{format}”")
    year = workflow.read_year(file)
    rules = resolve(year.profile.region, year.profile.fiscal_year, day(as_of), chosen=edition or ())
    sheets = _sheets(year, rules, project, all_projects=all_projects, evaluation=evaluation)
    if output is not None:
        workflow.write_score_sheets(sheets, output)
    if format == "json":
        data = [sheet_data(sheet) for sheet in sheets]
        typer.echo(json.dumps(data if all_projects else data[0], ensure_ascii=False, indent=1))
        return
    console = wide_console()
    if explain_name is not None:
        _explain(console, sheets, explain_name)
    elif all_projects:
        _show_totals(console, sheets)
    else:
        show_sheet(console, sheets[0])
    if output is not None:
        console.print(f"已写出 {output}")


def wide_console() -> Console:
    """The terminal as wide as it is; wide enough for a table where the output goes into a file."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    return console if console.is_terminal else Console(highlight=False, soft_wrap=True, markup=False, width=FILE_WIDTH)


def _sheets(
    year: DepartmentYear, rules: RuleSet, project: str | None, *, all_projects: bool, evaluation: bool
) -> tuple[ScoreSheet, ...]:
    if all_projects:
        sheets = score_projects(year, rules)
        if not sheets:
            raise BadInput("工作簿里没有项目")
        return sheets
    if project is not None:
        kind = Kind.PROJECT if evaluation else Kind.PROJECT_SELF
        return (score_project(year, project_named(year, project), rules, kind),)
    return (score_department(year, rules),)


def _explain(console: Console, sheets: tuple[ScoreSheet, ...], name: str) -> None:
    if name in ("总分", "等级"):
        for sheet in sheets:
            for said in summary(sheet):
                console.print(said)
            for trace in (sheet.cap_trace, sheet.grade_trace):
                for said in explain_trace(trace) if trace else ():
                    console.print(said)
        return
    for sheet in sheets:
        for line in find_lines(sheet, name):
            for said in explain(line):
                console.print(said)


def show_sheet(console: Console, sheet: ScoreSheet) -> None:
    """The sheet as a table, then where it stands, what is not verified, which rules were used."""
    console.print(Text(f"{sheet.subject} {sheet.fiscal_year} 年  {sheet.title}", style="bold"))
    table = Table()
    for heading in ("评价内容", "指标", "指标值", "完成值", "分值", "得分", "状态", "说明"):
        table.add_column(heading, overflow="fold")
    for block in sheet.blocks:
        for line in block.lines:
            style = {ScoreState.OPEN: "yellow", ScoreState.PROVISIONAL: "cyan"}.get(line.state, "")
            place = f"（{line.where}）" if line.reason and line.where else ""
            scores = (points_text(line.points), points_text(line.score), state_text(line))
            cells = (line.name, line.target, line.actual, *scores)
            table.add_row(*(Text(cell) for cell in (line.part or block.name, *cells, line.reason + place)), style=style)
        table.add_row(
            "", Text(f"{block.name}小计", style="bold"), "", "", points_text(block.points), points_text(block.score)
        )
        table.add_section()
    console.print(table)
    for said in summary(sheet):
        console.print(said)
    if sheet.marks:
        console.print("“规则未核实”的项用到下面的规则参数，没有见到文件写明，要由财务人员确认或替换：")
        for one in sheet.marks:
            console.print(f"  {parameter_text(one)}", style="dim")
    for note in sheet.notes:
        console.print(f"说明：{note}", style="dim")
    console.print(f"规则指纹 {sheet.rules_hash[:16]}；用 --explain 指标 看每一分怎么来的", style="dim")


def _show_totals(console: Console, sheets: tuple[ScoreSheet, ...]) -> None:
    table = Table("项目", "已评", "未评分值", "总分", "等级", "状态")
    for sheet in sheets:
        cells = (sheet.subject, points_text(sheet.scored), points_text(sheet.open_points), points_text(sheet.total))
        table.add_row(*(Text(cell) for cell in (*cells, sheet.grade, sheet.state)))
    console.print(table)
    done = [sheet for sheet in sheets if sheet.total is not None]
    console.print(f"共 {len(sheets)} 个项目，评完 {len(done)} 个；用 --project 项目 看一个项目的自评表")
