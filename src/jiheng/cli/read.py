"""`jiheng read FILE`: what a finished document says, before anything is proven."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiheng.cli.formats import Format

if TYPE_CHECKING:
    from jiheng.model.document import Document
    from jiheng.reading.partial_year import PartialYear

Report = Annotated[
    Path, typer.Argument(metavar="文件", help="报告或表格：docx、pdf、html、txt、xlsx、xls", show_default=False)
]
_MOST_SHOWN = 40


def read(
    file: Report,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="文件.xlsx", help="把提纲、数字和每张表写成工作簿")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="文件.html", help="写成网页，数字都标出来")] = None,
    format: Annotated[Format, typer.Option("--format", help="结果的样式：table 给人看，json 给程序用")] = Format.TABLE,
) -> None:
    """Read a document and print its head, outline, tables and figures."""
    from jiheng.output import whole_file
    from jiheng.reading.opening import read_document

    document = read_document(file)
    if output is not None:
        from jiheng.reading.sheets_out import write_reading

        with whole_file(output) as partial:
            write_reading(partial, document)
    if html is not None:
        from jiheng.reading.page import reading_page

        with whole_file(html) as partial:
            partial.write_text(reading_page(document), encoding="utf-8")
    from jiheng.reading.partial_year import partial_year

    if format is Format.JSON:
        from jiheng.reading.read_json import document_json

        typer.echo(document_json(document, partial_year(document)))
        return
    _show(document, partial_year(document))
    for path in (output, html):
        if path is not None:
            typer.echo(f"已写出 {path}")


def _show(document: Document, partial: PartialYear) -> None:
    from jiheng.model.document import Kind, Paragraph, Role, Table

    head = document.head
    for label, stated in (
        ("类型", head.kind),
        ("部门", head.department),
        ("年度", head.fiscal_year),
        ("区划", head.region),
    ):
        quote = f"    依据：{stated.quote[:60]}（{stated.spot}）" if stated.quote else ""
        typer.echo(f"{label}：{stated.value or 'unknown'}{quote}")
    typer.echo("")
    for block in document.blocks:
        if isinstance(block, Table):
            typer.echo(
                f"  ▦ {block.title or '（无题名的表）'}：{block.rows} 行 {block.columns} 列，{'、'.join(map(str, block.parts))}"
            )
        elif isinstance(block, Paragraph) and block.role in (Role.TITLE, Role.HEADING):
            typer.echo(f"{'  ' * max(block.level - 1, 0)}{block.text}")
    typer.echo("")
    counts = {kind: sum(one.kind is kind for one in document.mentions) for kind in Kind}
    typer.echo("数字：" + "，".join(f"{kind.value} {count}" for kind, count in counts.items() if count))
    doubtful = [one for one in document.mentions if one.doubt]
    for one in doubtful[:_MOST_SHOWN]:
        typer.echo(f"  存疑 {one.spot} “{one.text}”：{one.doubt}")
    if len(doubtful) > _MOST_SHOWN:
        typer.echo(f"  还有 {len(doubtful) - _MOST_SHOWN} 处存疑，用 --html 或 --format json 看全部")
    if partial.year and partial.year.indicators:
        with_actual = len(partial.year.indicators) - len(partial.without_actual)
        typer.echo(f"指标 {len(partial.year.indicators)} 个，报告里写明实际完成值的 {with_actual} 个")
        if partial.without_actual:
            typer.echo(f"  没有写实际完成值：{'、'.join(partial.without_actual)}")
    for sentence in (*partial.doubts, *(f"没有读到：{fault}" for fault in document.faults)):
        typer.echo(f"  {sentence}")
