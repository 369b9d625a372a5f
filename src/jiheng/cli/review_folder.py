"""`jiheng review FOLDER -o DIR`: many documents, a bar while it works, a table at the end."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from jiheng import workflow_folder
from jiheng.cli import usage
from jiheng.cli.formats import Format
from jiheng.cli.status import BAD_INPUT, CLEAN, FINDINGS
from jiheng.reporting.summary import Reviewed


def review_folder(folder: Path, output: Path, format: Format) -> None:
    """Review, show, and end with the status of the worst."""
    rows = _reviewed(folder, output)
    if format is Format.JSON:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        _show(rows, output)
    if any(row.fault for row in rows):
        raise typer.Exit(BAD_INPUT)
    raise typer.Exit(FINDINGS if any(row.errors for row in rows) else CLEAN)


def _reviewed(folder: Path, output: Path) -> tuple[Reviewed, ...]:
    console = Console(stderr=True)
    columns = (
        TextColumn("正在核查"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        bar = progress.add_task("", total=None, file="")

        def told(row: Reviewed, done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, file=usage.harmless(row.file)[-40:])

        return workflow_folder.review_folder(folder, output, date.today(), told)


def _show(rows: tuple[Reviewed, ...], output: Path) -> None:
    table = Table()
    for heading in ("文件", "类型", "年度"):
        table.add_column(heading, overflow="fold")
    for heading in ("应予更正", "需说明", "建议完善"):
        table.add_column(heading, justify="right")
    for row in rows:
        known = row.kind if row.kind != "unknown" else ""
        cells = (row.file, known, str(row.fiscal_year or ""), str(row.errors), str(row.warnings), str(row.hints))
        table.add_row(*(Text(usage.harmless(cell)) for cell in (cells if not row.fault else (row.file, "没有核查"))))
    console = Console(highlight=False, markup=False, emoji=False)
    (console if console.is_terminal else Console(width=160, highlight=False, markup=False)).print(table)
    for row in rows:
        if row.fault:
            console.print(Text(usage.harmless(f"{row.file}：{row.fault}")), soft_wrap=True)
    again = sum(1 for row in rows if row.note == workflow_folder.AS_BEFORE)
    console.print(
        f"共 {len(rows)} 份，{sum(bool(row.fault) for row in rows)} 份没有核查"
        + (f"，{again} 份与上次相同、没有重新核查" if again else "")
        + f"。汇总见 {output / workflow_folder.SUMMARY_PAGE}",
        soft_wrap=True,
    )
