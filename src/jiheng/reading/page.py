"""A page that shows a document with its figures marked: one self-contained file, no scripts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from jiheng.model.document import Document, Kind, Mention, Paragraph, Role, Table, TableCell
from jiheng.values import show_number

_STYLE = """
body{font:16px/1.8 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0;font-size:.85rem;line-height:1.4}td{border:1px solid #999;padding:.15rem .4rem;vertical-align:top;white-space:pre-line}
p{margin:.3rem 0;white-space:pre-line}.t{font-size:1.4rem;font-weight:bold;text-align:center}.c,.n{color:#777;font-size:.85rem}
mark{padding:0 .1rem;border-radius:.2rem;background:#fff3b0}mark.y{background:#d7ecff}mark.o{background:#eee}mark.d{background:#ffc9c9;outline:1px solid #c00}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;background:#f6f6f6;padding:.6rem 1rem}dt{color:#666}dd{margin:0}
.k mark{margin-right:1rem}
"""
_CLASS = {
    Kind.FIGURE: "f", Kind.RANGE: "f", Kind.DATE: "y", Kind.YEAR: "y", Kind.NAMED_YEAR: "o",
    Kind.DOCUMENT_NUMBER: "o", Kind.CODE: "o", Kind.ORDINAL: "o", Kind.DAMAGED: "d",
}  # fmt: skip
_HEAD = (("kind", "文档类型"), ("department", "部门"), ("fiscal_year", "年度"), ("region", "行政区划"))


def reading_page(document: Document) -> str:
    """The whole page."""
    marks: dict[tuple[int, int | None], list[Mention]] = {}
    for one in document.mentions:
        marks.setdefault((one.block, one.cell), []).append(one)
    body = "\n".join(_block(document, index, marks) for index in range(len(document.blocks)))
    faults = "".join(f'<p class="n">没有读到：{escape(fault)}</p>' for fault in document.faults)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(document.name)}</title>'
        f"<style>{_STYLE}</style><body><h1>{escape(document.name)}</h1>{_head(document)}{faults}"
        '<p class="k"><mark>数值</mark><mark class="y">日期、年份</mark><mark class="o">编号、文号、名称中的年份</mark>'
        f'<mark class="d">残损或存疑</mark>停在上面可看读成了什么</p><hr>{body}</body></html>'
    )


def _head(document: Document) -> str:
    rows = ""
    for name, label in _HEAD:
        stated = getattr(document.head, name)
        quote = f"（{escape(stated.quote[:80])}，{escape(str(stated.spot))}）" if stated.quote else ""
        rows += f"<dt>{label}</dt><dd>{escape(stated.value or 'unknown')}{quote}</dd>"
    return f"<dl>{rows}<dt>数字</dt><dd>{len(document.mentions)} 处</dd></dl>"


def _block(document: Document, index: int, marks: dict[tuple[int, int | None], list[Mention]]) -> str:
    block = document.blocks[index]
    if isinstance(block, Paragraph):
        text = _marked(block.text, marks.get((index, None), ()))
        if block.role is Role.HEADING:
            level = min(block.level + 1, 6)
            return f'<h{level} id="b{index}">{text}</h{level}>'
        classes = {Role.TITLE: "t", Role.CAPTION: "c", Role.CONTENTS: "n", Role.NOTE: "n"}
        return f'<p id="b{index}" class="{classes.get(block.role, "")}">{text}</p>'
    return _table(block, index, marks)


def _table(table: Table, index: int, marks: dict[tuple[int, int | None], list[Mention]]) -> str:
    rows: list[list[tuple[int, TableCell]]] = [[] for _ in range(table.rows)]
    for number, cell in enumerate(table.cells):
        rows[cell.row].append((number, cell))
    lines = []
    for row in rows:
        cells = ""
        for number, cell in sorted(row, key=lambda one: one[1].column):
            span = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            span += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            cells += f"<td{span}>{_marked(cell.text, marks.get((index, number), ()))}</td>"
        lines.append(f"<tr>{cells}</tr>")
    doubts = "".join(f'<p class="n">{escape(doubt)}</p>' for doubt in table.doubts)
    return f'<table id="b{index}">{"".join(lines)}</table>{doubts}'


def _marked(text: str, mentions: Sequence[Mention]) -> str:
    parts, at = [], 0
    for one in mentions:
        if one.start < at:
            continue
        kind = "d" if one.doubt else _CLASS[one.kind]
        parts.append(escape(text[at : one.start]))
        parts.append(f'<mark class="{kind}" title="{escape(_says(one))}">{escape(text[one.start : one.end])}</mark>')
        at = one.end
    return "".join(parts) + escape(text[at:])


def _says(one: Mention) -> str:
    words = [one.kind.value]
    if one.figure is not None:
        words.append(
            f"{one.figure.bound.value if one.figure.bound.value != '=' else ''}{show_number(one.figure.value)}{one.figure.unit}"
        )
    if one.high is not None:
        words.append(f"至 {show_number(one.high.value)}{one.high.unit}")
    if one.year:
        words.append(str(one.year))
    for label, text in (("单位来自", one.unit_from), ("", one.near), ("", one.doubt)):
        if text:
            words.append(label + text)
    return "；".join([*words, str(one.spot)])
