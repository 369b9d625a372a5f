"""`jiheng review`: prove a finished report, account, budget or form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiheng import workflow
from jiheng.cli import terminal
from jiheng.cli.formats import Format
from jiheng.model import Level
from jiheng.reporting.findings_json import findings_json

CLEAN, FINDINGS = 0, 1


def review(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="成文的报告、决算、预算或表格：docx、pdf、html、txt、xlsx、xls", show_default=False
        ),
    ],
    format: Annotated[Format, typer.Option("--format", help="结果的样式：table 给人看，json 给程序用")] = Format.TABLE,
) -> None:
    """Read, prove, tell."""
    with terminal.working("正在读取和核查……"):
        reviewed = workflow.review_document(file)
    if format is Format.JSON:
        typer.echo(findings_json(reviewed.report))
    else:
        terminal.show_report(reviewed.report, ())
    raise typer.Exit(FINDINGS if workflow.worst(reviewed.report.findings) is Level.ERROR else CLEAN)
