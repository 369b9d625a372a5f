"""`jiheng review`: prove finished reports, accounts, budgets and forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from jiheng import workflow_review
from jiheng.cli import terminal
from jiheng.cli.formats import Format
from jiheng.cli.hand_back import HandedBack, only_folder
from jiheng.errors import BadInput
from jiheng.model import CheckReport, Level
from jiheng.reporting.findings_json import findings_document, findings_json

CLEAN, FINDINGS = 0, 1


def review(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件...",
            help="成文的报告、决算、预算或表格：docx、pdf、html、txt、xlsx、xls；或一个文件夹，逐份核查",
            show_default=False,
        ),
    ],
    other: Annotated[
        Path | None, typer.Option("--with", metavar="文件", help="同一年度的另一份材料，两份互相核对")
    ] = None,
    workbook: Annotated[
        Path | None, typer.Option("--against", metavar="工作簿", help="本部门的年度工作簿，报告里的数同它核对")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="结果的样式：table 给人看，json 给程序用")] = Format.TABLE,
    comments: Annotated[
        Path | None,
        typer.Option("--comments", metavar="批注.docx", help="原来的 Word 文件，意见写成批注（只用于 docx）"),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="标注.html", help="原文网页，有意见的词句标出来，意见在旁边")
    ] = None,
    opinion: Annotated[
        Path | None,
        typer.Option("--opinion", metavar="意见书.docx", help="核查意见书：位置、原文、怎么算的、怎么改、依据"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="文件夹", help="核查文件夹时，结果和汇总表写到这里")
    ] = None,
) -> None:
    """Read, prove, tell. Of several files JSON gives a list."""
    wanted = HandedBack(comments, html, opinion)
    if output is not None or any(file.is_dir() for file in files):
        from jiheng.cli.review_folder import review_folder

        review_folder(*only_folder(files, output, wanted, others=(other, workbook)), format)
        return
    if wanted.paths and len(files) > 1:
        raise BadInput(
            "--comments、--html、--opinion 一次只用于一份材料；很多份请放进一个文件夹，用 -o 写到另一个文件夹"
        )
    reports: list[CheckReport] = []
    written: tuple[Path, ...] = ()
    for file in files:
        with terminal.working(f"正在读取和核查 {file.name}……"):
            reviewed = workflow_review.review_document(file, other=other, workbook=workbook)
            written = wanted.write(file, reviewed)
        reports.append(reviewed.report)
    if format is Format.JSON:
        whole = [findings_document(report) for report in reports]
        typer.echo(findings_json(reports[0]) if len(reports) == 1 else json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        for file, report in zip(files, reports, strict=True):
            if len(files) > 1:
                typer.echo(file.name)
            terminal.show_report(report, written)
    raise typer.Exit(FINDINGS if any(report.at(Level.ERROR) for report in reports) else CLEAN)
