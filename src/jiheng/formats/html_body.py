"""A web page as it reads: paragraphs, headings, tables. Nothing is fetched, nothing is run."""

import re
from collections.abc import Iterator

from lxml import etree, html

from jiheng.errors import BadInput
from jiheng.formats.flow import Grid, Noise, Piece, Slot, Text
from jiheng.formats.html_tables import HtmlCell, placed
from jiheng.formats.limits import Limits
from jiheng.formats.text_lines import decoded

_SILENT = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "button",
        "textarea",
        "xml",
        "nav",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "caption",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_DEEPEST = 180


def read_html(data: bytes, limits: Limits) -> Iterator[tuple[object, ...]]:
    """Everything a reader sees on the page. Raises: BadInput."""
    if data[:64].lstrip().lower().startswith(b"mime-version:"):
        raise BadInput("这是 MHT 单文件网页；请用浏览器打开后另存为 .html，或者改用 .docx 后再试")
    found = _CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:4096])
    declared = found[1].decode("ascii").lower() if found else ""
    # The name gb2312 is used for everything that is really GBK or GB18030.
    text = decoded(data, "gb18030" if declared in ("gb2312", "gbk", "gb_2312-80") else declared)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    text = text.replace("\0", "")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise BadInput("网页里没有可读的内容；请在浏览器里重新保存为 .html 后再试") from None
    yield from _Reader(limits).blocks(root)


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = 0

    def blocks(self, root: etree._Element) -> Iterator[tuple[object, ...]]:
        self._pieces: list[Piece] = []
        yield from self._walk(root, 0, 0)
        yield from self._flush(0)

    def _flush(self, level: int, number: str = "") -> Iterator[tuple[object, ...]]:
        pieces = _trimmed(self._pieces)
        self._pieces = []
        if pieces:
            yield Text("text", pieces, "", "", level, number)

    def _walk(self, element: etree._Element, level: int, depth: int) -> Iterator[tuple[object, ...]]:
        tag = element.tag if isinstance(element.tag, str) else ""
        name = tag.rpartition(":")[2].lower() if ":" in tag else tag.lower()
        if not tag or name in _SILENT or tag.lower().startswith(("o:documentproperties", "w:worddocument")):
            if name not in ("script", "style", "head"):
                text = _BLANKS.sub(" ", "".join(map(str, element.itertext()))).strip()[:200] if name == "xml" else ""
                if text:
                    yield Noise("noise", "Office 元数据", text, "", _line_of(element))
            return
        if depth > _DEEPEST:
            return
        if _is_hidden(element):
            text = _BLANKS.sub(" ", "".join(map(str, element.itertext()))).strip()[:200]
            if text:
                yield Noise("noise", "隐藏文字", text, "", _line_of(element))
            return
        if name == "details" and "open" not in element.attrib:
            yield from self._folded(element, level, depth)
            return
        if name == "table":
            yield from self._flush(level)
            yield from self._table(element, depth)
            return
        if name == "br":
            self._pieces.append(Piece("\n", _line_of(element), 0, 0))
            return
        own = _HEADINGS.get(name, level)
        is_block = name in _BLOCKS
        if is_block:
            yield from self._flush(level)
        number = _item_number(element) if name == "li" else ""
        self._say(element.text, element, name == "pre")
        for one in element:
            yield from self._walk(one, own, depth + 1)
            self._say(one.tail, element, name == "pre")
        if is_block:
            yield from self._flush(own, number)

    def _folded(self, element: etree._Element, level: int, depth: int) -> Iterator[tuple[object, ...]]:
        """Closed <details>: the summary is text, for it shows and prints; what is folded away is told as no text.

        Among other words it stands within their paragraph, else it is one of its own.
        """
        is_inline = bool("".join(piece.text for piece in self._pieces).strip() or (element.tail or "").strip())
        if not is_inline:
            yield from self._flush(level)
        summary = next((one for one in element if one.tag == "summary"), None)
        if summary is not None:
            self._say(summary.text, summary, False)
            for one in summary:
                yield from self._walk(one, level, depth + 1)
                self._say(one.tail, summary, False)
        if not is_inline:
            yield from self._flush(level)
        folded = "".join(
            (one.tail or "") if one is summary else "".join(map(str, one.itertext())) + (one.tail or "")
            for one in element
        )
        text = _BLANKS.sub(" ", (element.text or "") + folded).strip()[:200]
        if text:
            yield Noise("noise", "收起的内容", text, "", _line_of(element))

    def _say(self, text: str | None, element: etree._Element, as_is: bool) -> None:
        if text:
            self._pieces.append(Piece(text if as_is else _BLANKS.sub(" ", text), _line_of(element), 0, 0))

    def _table(self, element: etree._Element, depth: int) -> Iterator[tuple[object, ...]]:
        cells, rows, columns, caption = placed(element, self._limits)
        self._cells += len(cells)
        if self._cells > self._limits.cells:
            raise BadInput(f"网页里的表格超过 {self._limits.cells} 格；请拆成几个文件再试")
        outer = self._pieces
        slots, inner = [], list[tuple[object, ...]]()
        for cell in cells:
            pieces: list[Piece] = []
            for item in self._of_cell(cell, depth):
                if isinstance(item, Text):
                    pieces += [Piece("\n", 0, 0, 0)] if pieces else []
                    pieces += [Piece(item.number, 0, 0, 0)] if item.number else []
                    pieces += item.pieces
                elif isinstance(item, Grid) and item.inside is None:
                    inner.append(item._replace(inside=(0, cell.row, cell.column)))
                else:
                    inner.append(item)
            slots.append(Slot(cell.row, cell.column, cell.row_span, cell.column_span, pieces))
        self._pieces = outer
        yield Grid("grid", "", rows, columns, slots, caption, None)
        for back, item in enumerate(inner, 1):
            if isinstance(item, Grid) and item.inside is not None and item.inside[0] == 0:
                item = item._replace(inside=(back, *item.inside[1:]))
            yield item

    def _of_cell(self, cell: HtmlCell, depth: int) -> Iterator[tuple[object, ...]]:
        self._pieces = []
        self._say(cell.element.text, cell.element, False)
        for one in cell.element:
            yield from self._walk(one, 0, depth + 1)
            self._say(one.tail, cell.element, False)
        yield from self._flush(0)


def _line_of(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "hidden" in element.attrib or "display:none" in style or "mso-hide:all" in style


def _item_number(element: etree._Element) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol" or (parent.get("type") or "1") != "1":
        return ""
    start = parent.get("start") or "1"
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    return f"{first + sum(1 for one in element.itersiblings('li', preceding=True))}."


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without blanks at both ends and without doubled ones; line breaks stay."""
    kept: list[Piece] = []
    last = "\n"
    for piece in pieces:
        text = piece.text
        if last in "\n " and text.startswith(" "):
            text = text.lstrip(" ")
        if text == "\n" and kept and kept[-1].text.endswith(" "):
            kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(" "))
        if text:
            kept.append(piece._replace(text=text))
            last = text[-1]
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    if kept:
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip())
    return kept
