"""`jiheng mutate REPORT.docx --seed N -o DIR`: wrong copies of a right report, each error on record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jiheng import workflow_mutate
from jiheng.cli import terminal

_COPIES = 28


def mutate(
    file: Annotated[Path, typer.Argument(metavar="报告.docx", help="一份没有错误的 Word 报告", show_default=False)],
    output: Annotated[
        Path, typer.Option("-o", metavar="文件夹", help="有错的副本和 errors.json 写到这里", show_default=False)
    ],
    seed: Annotated[int, typer.Option("--seed", help="随机种子；同样的种子得到同样的副本")] = 1,
    count: Annotated[int, typer.Option("--count", min=1, max=10_000, help="做多少份副本，每份一处错")] = _COPIES,
) -> None:
    """Draw, write, tell."""
    with terminal.working("正在设错……"):
        made = workflow_mutate.mutate_report(file, seed, count, output)
    told = sum(1 for _, mutation in made if mutation.is_determined)
    typer.echo(f"已写出 {len(made)} 份副本到 {output}，每份一处错，记录在 {workflow_mutate.RECORD}。")
    typer.echo(f"其中 {told} 处，文中其他数字足以看出是错的；另 {len(made) - told} 处单看文件看不出来。")
