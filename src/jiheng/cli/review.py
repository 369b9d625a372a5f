"""`jiheng review`: prove finished reports, accounts, budgets and forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from jiheng import workflow
from jiheng.cli import terminal
from jiheng.cli.formats import Format
from jiheng.model import Level
from jiheng.reporting.findings_json import findings_document, findings_json

CLEAN, FINDINGS = 0, 1


def review(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件...", help="成文的报告、决算、预算或表格：docx、pdf、html、txt、xlsx、xls", show_default=False
        ),
    ],
    other: Annotated[
        Path | None, typer.Option("--with", metavar="文件", help="同一年度的另一份材料，两份互相核对")
    ] = None,
    workbook: Annotated[
        Path | None, typer.Option("--against", metavar="工作簿", help="本部门的年度工作簿，报告里的数同它核对")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="结果的样式：table 给人看，json 给程序用")] = Format.TABLE,
) -> None:
    """Read, prove, tell. Of several files JSON gives a list."""
    reports = []
    for file in files:
        with terminal.working(f"正在读取和核查 {file.name}……"):
            reports.append(workflow.review_document(file, other=other, workbook=workbook).report)
    if format is Format.JSON:
        whole = [findings_document(report) for report in reports]
        typer.echo(findings_json(reports[0]) if len(reports) == 1 else json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        for file, report in zip(files, reports, strict=True):
            if len(files) > 1:
                typer.echo(file.name)
            terminal.show_report(report, ())
    levels = {workflow.worst(report.findings) for report in reports}
    raise typer.Exit(FINDINGS if Level.ERROR in levels else CLEAN)
