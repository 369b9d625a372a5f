"""`jiheng review`: prove a finished report, account, budget or form; hand the findings back in the form that is wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiheng import workflow
from jiheng.cli import terminal
from jiheng.cli.formats import Format
from jiheng.cli.status import CLEAN, FINDINGS
from jiheng.errors import BadInput
from jiheng.model import Level
from jiheng.reporting.findings_json import findings_json

if TYPE_CHECKING:
    from jiheng.reading.review import Review


def review(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件或文件夹",
            help="成文的报告、决算、预算或表格：docx、pdf、html、txt、xlsx、xls；文件夹则逐份核查",
            show_default=False,
        ),
    ],
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
    """Read, prove, tell."""
    if file.is_dir():
        from jiheng.cli.review_folder import review_folder

        if output is None:
            raise BadInput("核查文件夹要用 -o 指定结果写到哪个文件夹")
        review_folder(file, output, format)
        return
    if output is not None:
        raise BadInput("-o 只用于核查文件夹；一份材料请用 --comments、--html 或 --opinion")
    with terminal.working("正在读取和核查……"):
        reviewed = workflow.review_document(file)
        written = _write(file, reviewed, comments, html, opinion)
    if format is Format.JSON:
        typer.echo(findings_json(reviewed.report))
    else:
        terminal.show_report(reviewed.report, written)
    raise typer.Exit(FINDINGS if workflow.worst(reviewed.report.findings) is Level.ERROR else CLEAN)


def _write(
    file: Path, reviewed: Review, comments: Path | None, html: Path | None, opinion: Path | None
) -> tuple[Path, ...]:
    if comments is None and html is None and opinion is None:
        return ()
    from jiheng import workflow_review

    today = date.today()
    if comments is not None:
        workflow_review.write_commented(file, reviewed, comments, today)
    if html is not None:
        workflow_review.write_marked_page(reviewed, html, today)
    if opinion is not None:
        workflow_review.write_opinion_paper(reviewed, opinion, today)
    return tuple(path for path in (comments, html, opinion) if path is not None)
