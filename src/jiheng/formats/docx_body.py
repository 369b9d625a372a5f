"""A Word document as it reads from top to bottom: paragraphs with their numbers, tables, notes, text boxes."""

from collections.abc import Iterable, Iterator

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.content import Content
from jiheng.formats.docx_names import attribute, child, is_on, local, whole
from jiheng.formats.docx_order import numbered, paragraphs_in
from jiheng.formats.docx_runs import RunReader
from jiheng.formats.docx_styles import Numbering, Styles
from jiheng.formats.docx_tables import RawCell, placed
from jiheng.formats.flow import Grid, Noise, Piece, Slot, Text
from jiheng.formats.limits import Limits
from jiheng.formats.package import Package
from jiheng.formats.sentences import REMOVE_MACROS, SAVE_DOCUMENT_AGAIN, about_document

_DEEPEST = 30
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_HEADS = ("header", "footer")
_LOOSE = ("sdt", "customXml", "ins", "moveTo", "smartTag")


def read_docx(data: bytes, limits: Limits) -> Iterator[tuple[object, ...]]:
    """Everything a Word document says. Raises: BadInput."""
    try:
        package = Package(data, limits)
        if package.content is Content.MACROS:
            raise BadInput(about_document(REMOVE_MACROS))
        if package.content is not Content.DOCX:
            raise BadInput(f"压缩包里没有 Word 文档，而是{package.content}；{SAVE_DOCUMENT_AGAIN}")
        relations = package.relations("").values()
        main = next((one.target for one in relations if one.kind == "officeDocument"), "word/document.xml")
        if not package.has(main):
            raise BadInput(f"压缩包里没有文档主体（document.xml）；{SAVE_DOCUMENT_AGAIN}")
        yield from _Reader(package, main, limits).everything()
    except BadInput as fault:
        raise BadInput(about_document(fault.sentence)) from None


class _Reader:
    def __init__(self, package: Package, main: str, limits: Limits) -> None:
        self._package, self._main, self._limits = package, main, limits
        self._relations = package.relations(main)
        self._styles = Styles(self._root("styles"))
        self._numbering = Numbering(self._root("numbering"))
        self._unread: set[str] = set()
        self._part = ""
        self._numbers: dict[etree._Element, int] = {}
        self._cells = 0

    def _root(self, kind: str) -> etree._Element | None:
        for relation in self._relations.values():
            if relation.kind == kind and self._package.has(relation.target):
                return self._package.read_xml(relation.target)
        return None

    def everything(self) -> Iterator[tuple[object, ...]]:
        root = self._package.read_xml(self._main)
        body = next((one for one in root if local(one) == "body"), None)
        if body is None:
            raise BadInput(f"文档主体里没有正文；{SAVE_DOCUMENT_AGAIN}")
        yield from self._part_items(body, "", "")
        for kind, name in _NOTES.items():
            notes = self._root(kind)
            for note in notes if notes is not None else ():
                if local(note) == name and attribute(note, "type") in (None, "normal"):
                    yield from self._part_items(note, "note", "脚注" if name == "footnote" else "尾注")
        seen: set[str] = set()
        for relation in self._relations.values():
            if relation.kind in _HEADS and relation.target not in seen and self._package.has(relation.target):
                seen.add(relation.target)
                for item in self._part_items(self._package.read_xml(relation.target), "", "页眉页脚"):
                    if isinstance(item, Text) and (text := "".join(piece.text for piece in item.pieces).strip()):
                        yield Noise("noise", "页眉页脚", text, "页眉页脚", 0)
        if self._unread:
            yield ("faults", [f"文档里的{'、'.join(sorted(self._unread))}没有读，其中的文字和数字不在结果里"])

    def _part_items(self, parent: etree._Element, role: str, part: str) -> Iterator[tuple[object, ...]]:
        self._part, self._numbers, self._runs = part, numbered(paragraphs_in(parent)), RunReader()
        self._carried: list[Piece] = []
        yield from self._blocks(parent, role, 0)

    def _blocks(self, parent: Iterable[etree._Element], role: str, depth: int) -> Iterator[tuple[object, ...]]:
        if depth > _DEEPEST:
            raise BadInput(f"文档的嵌套超过 {_DEEPEST} 层，不像正常的文档；{SAVE_DOCUMENT_AGAIN}")
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, role, depth)
            elif name == "tbl":
                yield from self._table(element, depth)
            elif name in _LOOSE:
                inside = child(element, "sdtContent") if name == "sdt" else element
                if inside is None:
                    continue
                if name == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr")):
                    text = "".join(map(str, inside.itertext())).strip()
                    first = next(iter(paragraphs_in(inside)), None)
                    number = self._numbers[first] if first is not None else 0
                    yield Noise("noise", "未填写的内容控件", text, self._part, number)
                    continue
                yield from self._blocks(inside, role, depth + 1)
            elif name == "altChunk":
                self._unread.add("嵌入的其他文件")
            elif name == "AlternateContent":
                chosen = next((one for one in element if local(one) in ("Choice", "Fallback")), None)
                if chosen is not None:
                    yield from self._blocks(chosen, role, depth + 1)

    def _paragraph(self, element: etree._Element, role: str, depth: int) -> Iterator[tuple[object, ...]]:
        number = self._numbers[element]
        was_contents = self._runs.fields.in_contents
        runs = self._runs.read(element, number)
        self._unread |= runs.unread
        properties = child(element, "pPr")
        style = self._styles.named(attribute(child(properties, "pStyle"), "val") or self._styles.default)
        pieces = self._carried + runs.pieces
        self._carried = []
        for kind, text in runs.noise:
            if text.strip():
                yield Noise("noise", kind, text.strip()[:500], self._part, number)
        if child(properties, "rPr", "del") is not None:
            # The end of this paragraph is deleted: what follows goes on in it.
            self._carried = pieces
            pieces = []
        elif pieces:
            outline = attribute(child(properties, "outlineLvl"), "val")
            level = whole(outline, 9) + 1 if outline is not None else style.level
            contents = style.is_contents or was_contents or self._runs.fields.in_contents
            printed = self._list_number(properties, style.number)
            shown = role or ("contents" if contents else "title" if style.is_title else "")
            yield Text("text", pieces, shown, self._part, 0 if level > 9 or role else level, printed)  # type: ignore[arg-type]
        elif child(properties, "numPr") is not None or style.number:
            self._list_number(properties, style.number)
        for box in runs.boxes:
            yield from self._blocks(box, role or "box", depth + 1)

    def _list_number(self, properties: etree._Element | None, from_style: tuple[str, int] | None) -> str:
        own = child(properties, "numPr")
        if own is None:
            return self._numbering.next(*from_style) if from_style else ""
        identifier = attribute(child(own, "numId"), "val") or (from_style[0] if from_style else "")
        depth = attribute(child(own, "ilvl"), "val")
        return self._numbering.next(identifier, whole(depth) if depth else (from_style[1] if from_style else 0))

    def _table(self, element: etree._Element, depth: int) -> Iterator[tuple[object, ...]]:
        cells, rows, columns = placed(element)
        self._cells += len(cells)
        if self._cells > self._limits.cells or rows > self._limits.rows:
            raise BadInput(f"文档里的表格超过 {self._limits.cells} 格；请拆成几个文件再试")
        slots: list[Slot] = []
        inner: list[tuple[object, ...]] = []
        for cell in cells:
            pieces: list[Piece] = []
            for item in self._cell_items(cell, depth):
                if isinstance(item, Text):
                    if pieces:
                        pieces.append(Piece("\n", 0, 0, 0))
                    if item.number:
                        pieces.append(Piece(item.number, item.pieces[0].at, 0, 0))
                    pieces += item.pieces
                elif isinstance(item, Grid) and item.inside is None:
                    inner.append(item._replace(inside=(0, cell.row, cell.column)))
                else:
                    inner.append(item)
            slots.append(Slot(cell.row, cell.column, cell.row_span, cell.column_span, pieces))
        caption = attribute(child(element, "tblPr", "tblCaption"), "val") or ""
        yield Grid("grid", self._part, rows, columns, slots, caption, None)
        for back, item in enumerate(inner, 1):
            if isinstance(item, Grid) and item.inside is not None and item.inside[0] == 0:
                item = item._replace(inside=(back, *item.inside[1:]))
            yield item

    def _cell_items(self, cell: RawCell, depth: int) -> Iterator[tuple[object, ...]]:
        for element in cell.elements:
            yield from self._blocks(element, "", depth + 1)
