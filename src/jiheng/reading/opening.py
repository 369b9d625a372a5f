"""The door of the room: a file becomes a Document, or one sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.formats import Book, Limits, flow
from jiheng.formats.document_opening import OpenedDocument, open_file
from jiheng.model.document import Block, Document, Mention, Noise, Paragraph, Role, Table
from jiheng.reading.captions import with_captions, with_contents
from jiheng.reading.flow_blocks import blocks_of_flow
from jiheng.reading.head import head_of
from jiheng.reading.line_blocks import blocks_of_lines
from jiheng.reading.mentions import mentions_in
from jiheng.reading.outline import with_outline
from jiheng.reading.page_blocks import blocks_of_pages
from jiheng.reading.scans import scan_faults
from jiheng.reading.sheet_blocks import blocks_of_book
from jiheng.reading.table_context import TableView
from jiheng.reading.table_mentions import mentions_of_table


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """Read a finished report, form, account or budget: docx, pdf, html, txt, xlsx, xls.

    **Raises** BadInput, one sentence, when the file cannot be read at all; what cannot be read of it in part is
    in `faults`.
    """
    return document_of(open_file(path, limits))


def document_of(opened: OpenedDocument | Book) -> Document:
    """What a child process said of a file, as a Document. **Raises** BadInput for a scan."""
    if isinstance(opened, Book):
        blocks, faults = blocks_of_book(opened)
        return _document(opened.name, opened.sha256, Path(opened.name).suffix.lower()[1:], blocks, [], faults)
    noise: list[Noise]
    faults = [sentence for item in opened.items if isinstance(item, flow.Faults) for sentence in item.sentences]
    if opened.form == "pdf":
        pages = [item for item in opened.items if isinstance(item, flow.Page)]
        faults += scan_faults(opened.name, pages)
        blocks, noise = blocks_of_pages(pages)
        flows = [item for item in opened.items if isinstance(item, flow.Noise)]
        noise += blocks_of_flow(flows, "pdf")[1]
    elif opened.form == "txt":
        blocks, noise = blocks_of_lines(opened.items)
    else:
        blocks, noise = blocks_of_flow(opened.items, opened.form)
    if not blocks:
        raise BadInput(f"{opened.name}：里面没有文字；请核对是不是选错了文件")
    return _document(opened.name, opened.sha256, opened.form, blocks, noise, faults)


def _document(
    name: str, sha256: str, form: str, blocks: Sequence[Block], noise: Sequence[Noise], faults: Sequence[str]
) -> Document:
    told = with_headers(with_captions(with_outline(with_contents(blocks))))
    document = Document(
        name=name,
        sha256=sha256,
        format=form,
        blocks=tuple(told),
        mentions=tuple(_mentions(told)),
        noise=tuple(noise),
        faults=tuple(faults),
    )
    return replace(document, head=head_of(document))


def with_headers(blocks: Sequence[Block]) -> list[Block]:
    """The tables with the number of their header rows."""
    return [
        replace(block, header_rows=TableView(block).header_rows) if isinstance(block, Table) else block
        for block in blocks
    ]


def _mentions(blocks: Sequence[Block]) -> list[Mention]:
    found: list[Mention] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            found += mentions_of_table(block, index)
        elif isinstance(block, Paragraph) and block.role is not Role.CONTENTS:
            found += mentions_in(block.passage, index)
    return found
