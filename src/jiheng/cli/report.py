"""`jiheng report`: the year's workbook becomes the official report, proven figure by figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiheng import workflow
from jiheng.cli import terminal
from jiheng.errors import BadInput
from jiheng.model.report import ReportModel, Seal
from jiheng.reporting.drawing import draw_ahead
from jiheng.workflow_seal import seal_report


def report(
    file: Annotated[
        Path, typer.Argument(metavar="工作簿", help="年度工作簿（.xlsx；也可以是 .xls、.et）", show_default=False)
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            metavar="报告.docx",
            help="写出的 Word 文件；后缀 .html 写打印页，.xlsx 写官方表格（自评表、汇总表、目标表）",
            show_default=False,
        ),
    ],
    outline: Annotated[
        str,
        typer.Option(
            "--outline",
            metavar="提纲",
            help="department 按产出效果、department-by-project 逐个项目、briefing 一页汇报稿、self-evaluation 项目自评表、monitoring 监控表、goal-form 目标申报表",
        ),
    ] = "department",
    decimals: Annotated[
        int | None, typer.Option("--decimals", min=0, max=6, help="万元保留几位小数（0 到 6），不写则按账表需要的位数")
    ] = None,
    trace: Annotated[bool, typer.Option("--trace", help="列出报告里每个数字的标题、文字和来源")] = False,
    seal: Annotated[
        str | None, typer.Option("--seal", metavar="姓名", help="封存：由谁负责；不再印“草稿”，旁边留一份封存记录")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="说明", help="与 --seal 合用：带说明报送的原因")] = "",
    verify_pdf: Annotated[
        bool, typer.Option("--verify-pdf", help="再用 LibreOffice 转成 PDF，把印出来的数字逐个读回核对")
    ] = False,
) -> None:
    """Evaluate, compose, write, read back."""
    if verify_pdf and output.suffix.lower() != ".docx":
        raise BadInput("--verify-pdf 只用于 Word 报告（.docx）")
    draw_ahead()  # the chart renderer warms up in a process of its own while the workbook is read
    with terminal.working("正在核查、评分、成文……"):
        evaluated = workflow.evaluate(file, date.today())
        if output.suffix.lower() == ".xlsx":
            workflow.write_official_forms(evaluated, output)
            typer.echo(f"已写出 {output}：自评结果汇总表、整体绩效目标表、项目支出绩效自评表。")
            return
        if seal is not None:
            record = seal_report(evaluated, outline, output, Seal(seal, date.today(), note), decimals)
            typer.echo(f"已封存 {output}，记录在 {record}。")
            return
        model = workflow.compose_report(evaluated, outline, decimals)
        count = workflow.write_report(model, output, verify_pdf=verify_pdf)
    console = Console(highlight=False, soft_wrap=True, markup=False)
    if trace:
        _show_trace(console, model)
    printed = "，印成 PDF 后也一样" if verify_pdf else ""
    console.print(f"已写出 {output}。程序填入的 {count} 个数字已逐个读回核对，与账表一致{printed}。")
    if model.draft_because:
        console.print(f"这是草稿：{'；'.join(model.draft_because)}。")


def _show_trace(console: Console, model: ReportModel) -> None:
    table = Table()
    for heading in ("标题", "印出的数", "是什么", "来源"):
        table.add_column(heading, overflow="fold")
    for heading, one in model.printed():
        table.add_row(*(Text(part) for part in (heading, one.text, one.name, one.source)))
    (console if console.is_terminal else Console(width=180, highlight=False)).print(table)
