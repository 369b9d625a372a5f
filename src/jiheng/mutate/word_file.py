"""Making an error in a Word file: letters replaced at their runs, rows taken out or overwritten."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.docx_names import attribute, local
from jiheng.formats.docx_order import paragraphs_in, runs_in
from jiheng.formats.limits import Limits
from jiheng.formats.package import Package
from jiheng.model.document import Document, Spot, Table
from jiheng.mutate.mutation import Kind, Mutation

_ONE_LETTER = ("tab", "ptab", "cr", "noBreakHyphen", "sym")


class WordFile:
    """A Word file from which wrong copies are made."""

    def __init__(self, data: bytes, document: Document, limits: Limits | None = None) -> None:
        self._data, self._document = data, document
        package = Package(data, limits or Limits())
        targets = [one.target for one in package.relations("").values() if one.kind == "officeDocument"]
        self._main = targets[0] if targets else "word/document.xml"
        self._root = package.read_xml(self._main)

    def with_error(self, mutation: Mutation) -> bytes | None:
        """The file with one error; None where the words cannot be changed alone (a field, an automatic number)."""
        root = copy.deepcopy(self._root)
        body = next((one for one in root if local(one) == "body"), root)
        change = self._change_letters if mutation.row is None else self._change_row
        return self._written(root) if change(body, mutation) else None

    def _change_letters(self, body: etree._Element, mutation: Mutation) -> bool:
        passage = self._document.passage(mutation.block, mutation.cell)
        paragraphs = paragraphs_in(body)
        places: list[tuple[etree._Element, int]] = []
        for offset in range(mutation.start, mutation.end):
            place = _place(paragraphs, passage.spot(offset))
            if place is None or (place[0].text or "")[place[1]] != passage.text[offset]:
                return False
            places.append(place)
        if not places:
            return False
        by_text: dict[etree._Element, list[int]] = {}
        for element, at in places:
            by_text.setdefault(element, []).append(at)
        for number, (element, letters) in enumerate(by_text.items()):
            text = element.text or ""
            kept = "".join(letter for at, letter in enumerate(text) if at not in letters)
            first = min(letters)
            element.text = kept[:first] + (mutation.after if number == 0 else "") + kept[first:]
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return True

    def _change_row(self, body: etree._Element, mutation: Mutation) -> bool:
        table = self._document.blocks[mutation.block]
        assert isinstance(table, Table)
        assert mutation.row is not None
        rows = [_row_at(body, table, number) for number in (mutation.row, mutation.row - 1)]
        row, above = rows
        parent = row.getparent() if row is not None else None
        if row is None or parent is None:
            return False
        if mutation.kind is Kind.LINE_COPIED:
            if above is None or above is row:
                return False
            parent.replace(row, copy.deepcopy(above))
        else:
            parent.remove(row)
        return True

    def _written(self, root: etree._Element) -> bytes:
        out = io.BytesIO()
        text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        with zipfile.ZipFile(io.BytesIO(self._data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                is_main = entry.filename.lstrip("/").lower() == self._main.lower()
                new.writestr(entry, text if is_main else old.read(entry))
        return out.getvalue()


def refuse_other_formats(document: Document) -> None:
    """**Raises** BadInput for anything but Word."""
    if document.format != "docx":
        raise BadInput(f"{document.name}：只能在 Word 文档（.docx）里设错")


def _row_at(body: etree._Element, table: Table, number: int) -> etree._Element | None:
    """The `w:tr` of a row, by the first place that any of its cells has."""
    paragraphs = paragraphs_in(body)
    for cell in table.cells:
        if cell.row == number and cell.passage.text:
            spot = cell.passage.spot()
            if spot.part or not 0 < spot.paragraph <= len(paragraphs):
                continue
            return next((one for one in paragraphs[spot.paragraph - 1].iterancestors() if local(one) == "tr"), None)
    return None


def _place(paragraphs: list[etree._Element], spot: Spot) -> tuple[etree._Element, int] | None:
    """The text element and the offset in it where a letter stands."""
    if spot.part or not 0 < spot.paragraph <= len(paragraphs):
        return None
    runs = runs_in(paragraphs[spot.paragraph - 1])
    if not 0 < spot.run <= len(runs):
        return None
    for start, element in _texts(runs[spot.run - 1]):
        if start <= spot.column < start + len(element.text or ""):
            return element, spot.column - start
    return None


def _texts(run: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The texts of a run with the number of their first letter."""
    letter = 1
    for element in run:
        name = local(element)
        if name in ("t", "delText"):
            yield letter, element
            letter += len(element.text or "")
        elif name in _ONE_LETTER or (name == "br" and attribute(element, "type") not in ("page", "column")):
            letter += 1
