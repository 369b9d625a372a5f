"""Commands and their arguments."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jiheng import __version__, workflow
from jiheng.cli import terminal, usage
from jiheng.cli.formats import Format
from jiheng.cli.read import read
from jiheng.cli.report import report
from jiheng.cli.review import review
from jiheng.cli.rules import rules_app
from jiheng.cli.score import score
from jiheng.errors import JihengError
from jiheng.model import Level
from jiheng.reporting.findings_json import findings_json

CLEAN, FINDINGS, BAD_INPUT, STOPPED = 0, 1, 2, 130

app = typer.Typer(
    name="jiheng",
    help="绩衡：部门预算绩效管理。一年的账表进来，每个数字都说得清。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Workbook = Annotated[
    Path, typer.Argument(metavar="工作簿", help="年度工作簿（.xlsx；也可以是 .xls、.et）", show_default=False)
]
Output = Annotated[Format, typer.Option("--format", help="结果的样式：table 给人看，json 给程序用")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"绩衡 {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    pass


@app.command("new", help="生成一本空白的年度工作簿。")
def new(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="要生成的文件，例如 某街道-2024.xlsx", show_default=False)
    ],
    department: Annotated[str, typer.Option(help="部门全称", show_default=False)],
    region: Annotated[str, typer.Option(help="六位行政区划代码，例如 110105", show_default=False)],
    year: Annotated[int, typer.Option(help="预算年度，例如 2024", show_default=False)],
) -> None:
    workflow.new_workbook(file, department, region, year)
    typer.echo(f"已生成 {file}，打开后先看“填表说明”。")


@app.command("check", help="核查年度工作簿：数字对不对得上，哪里、怎么改。")
def check(
    file: Workbook,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="文件夹", help="把 findings.json 和 核查意见.html 写到这里")
    ] = None,
    format: Output = Format.TABLE,
) -> None:
    with terminal.working("正在读取和核查……"):
        checked = workflow.check_workbook(file)
    files = workflow.write_findings(checked, output, date.today()) if output else ()
    if format is Format.JSON:
        typer.echo(findings_json(checked.report))
    else:
        terminal.show_report(checked.report, files)
    if checked.faults:
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(FINDINGS if workflow.worst(checked.report.findings) is Level.ERROR else CLEAN)


@app.command("pack", help="按责任科室把工作簿拆成小工作簿，发给各科室填。")
def pack(
    file: Workbook,
    output: Annotated[Path, typer.Option("-o", metavar="文件夹", help="小工作簿写到这里", show_default=False)],
) -> None:
    with terminal.working("正在拆分……"):
        files = workflow.pack_workbook(file, output)
    for path in files:
        typer.echo(str(path))
    typer.echo(f"共 {len(files)} 本。各科室填好后放进一个文件夹，用 jiheng merge 合并。")


@app.command("merge", help="把各科室交回的小工作簿合并到总工作簿。")
def merge(
    base: Annotated[Path, typer.Argument(metavar="总工作簿", help="拆分时用的那一本", show_default=False)],
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="各科室交回的小工作簿所在的文件夹", show_default=False)
    ],
    output: Annotated[Path, typer.Option("-o", metavar="文件", help="合并后的工作簿", show_default=False)],
) -> None:
    with terminal.working("正在合并……"):
        merged = workflow.merge_workbooks(base, folder, output)
    terminal.show_merge(merged, output)
    raise typer.Exit(FINDINGS if merged.conflicts else CLEAN)


app.command("report", help="生成评价报告（Word 或打印页），写完逐个数字读回核对。")(report)
app.command("score", help="按规则评分：部门、一个项目或全部项目；每一分都说得出为什么。")(score)
app.add_typer(rules_app, name="rules", help="查看规则：有哪些、写了什么、依据是什么、某地某年用哪一套。")


app.command("read", help="读一份报告或表格：提纲、表格、每个数字和它的单位、位置。")(read)

app.command("review", help="核查成文的报告、决算、预算或表格：数字对不对得上，说法和数字一不一致。")(review)


def main() -> None:
    """Run the command line. Whatever goes wrong, the user reads one sentence."""
    gc.disable()  # a command ends before there is anything worth collecting
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        command = usage.in_chinese(typer.main.get_command(app))
        status = command(prog_name="jiheng", standalone_mode=False) or CLEAN
        if status == STOPPED:
            _complain("已停止，没有留下写了一半的文件。")
        raise SystemExit(status)
    except JihengError as error:
        _complain(f"{error.sentence}。")
    except usage.UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error))
        else:
            _complain(f"{usage.sentence(error)}。")
    except BrokenPipeError:
        _close_quietly()
    except OSError as error:
        _complain(f"读写文件时出错（{error.strerror or error}），请检查磁盘空间和文件夹权限后再试。")
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        _complain(
            f"程序自身出错（{type(error).__name__}，{Path(where.filename).name} 第 {where.lineno} 行），不是您的操作问题："
            "请把用的命令和文件交给维护人员。"
        )
    raise SystemExit(BAD_INPUT)


def _complain(sentence: str) -> None:
    try:
        typer.echo(terminal.harmless(sentence), err=True)
    except OSError:
        _close_quietly()


def _close_quietly() -> None:
    """Nobody reads any more: keep the interpreter from complaining about that when it ends."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nothing, stream.fileno())
