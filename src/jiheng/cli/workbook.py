"""`jiheng new`, `check`, `pack`, `merge`: the year's workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jiheng import workflow
from jiheng.cli import terminal
from jiheng.cli.formats import Format
from jiheng.cli.status import BAD_INPUT, CLEAN, FINDINGS
from jiheng.errors import BadInput
from jiheng.model import Level
from jiheng.reporting.findings_json import findings_json

Workbook = Annotated[
    Path, typer.Argument(metavar="工作簿", help="年度工作簿（.xlsx；也可以是 .xls、.et）", show_default=False)
]
Output = Annotated[Format, typer.Option("--format", help="结果的样式：table 给人看，json 给程序用")]


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
    raise typer.Exit(FINDINGS if checked.report.at(Level.ERROR) else CLEAN)


def pack(
    file: Workbook,
    output: Annotated[Path, typer.Option("-o", metavar="文件夹", help="小工作簿写到这里", show_default=False)],
) -> None:
    _refuse_used(output, file)
    with terminal.working("正在拆分……"):
        files = workflow.pack_workbook(file, output)
    for path in files:
        typer.echo(str(path))
    typer.echo(f"共 {len(files)} 本。各科室填好后放进一个文件夹，用 jiheng merge 合并。")


def _refuse_used(folder: Path, file: Path) -> None:
    """Packs go into a folder of their own: with those of an earlier round among them, merging would take both."""
    if folder.is_dir():
        present = [path for path in folder.iterdir() if path.suffix.lower() in workflow.WORKBOOKS]
        if any(path.resolve() != file.resolve() and not path.name.startswith("~$") for path in present):
            raise BadInput(f"“{folder}”里已经有工作簿，没有写入：请换一个文件夹")


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
