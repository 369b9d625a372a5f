"""Putting text into an XML file without touching any other byte of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from jiheng.errors import BadInput

_BYTE_ORDER = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Extent(NamedTuple):
    """Where an element lies in the bytes. **Shape** `close` is where its end tag begins; `start` again for `<a/>`."""

    start: int
    close: int
    end: int


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text to put in before a byte. Of several for one byte, the first given stands first."""

    at: int
    text: str


class Spliced:
    """An XML file as bytes, its elements found by their number from 0 in the order of the file.

    >>> file = Spliced(b'<a><b/>text<c>x</c></a>')
    >>> file.with_insertions([Insertion(file.extent(2).start, '<m/>'), Insertion(file.extent(0).close, '<n/>')])
    b'<a><b/>text<m/><c>x</c><n/></a>'
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts: list[int] = []
        self._closes: list[int] = []
        self._open: list[int] = []
        self._encoding = _BYTE_ORDER.get(data[:2], "utf-8")
        parser = expat.ParserCreate()
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        self._parser = parser
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise BadInput(f"文档内部的 XML 第 {error.lineno} 行不正确，不能写入批注") from None

    def extent(self, number: int) -> Extent:
        """Where an element lies."""
        start, close = self._starts[number], self._closes[number]
        sign = ">".encode(self._encoding)
        return Extent(start, close, self._data.index(sign, close) + len(sign))

    def with_insertions(self, insertions: Iterable[Insertion]) -> bytes:
        """The bytes with the texts put in."""
        parts: list[bytes] = []
        at = 0
        for one in sorted(insertions, key=lambda one: one.at):
            parts += [self._data[at : one.at], one.text.encode(self._encoding, "xmlcharrefreplace")]
            at = one.at
        return b"".join([*parts, self._data[at:]])

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and not encoding.lower().startswith("utf"):
            self._encoding = encoding

    def _begins(self, _name: str, _attributes: dict[str, str]) -> None:
        self._open.append(len(self._starts))
        self._starts.append(self._parser.CurrentByteIndex)
        self._closes.append(0)

    def _ends(self, _name: str) -> None:
        self._closes[self._open.pop()] = self._parser.CurrentByteIndex


def _refuse_doctype(*_: object) -> None:
    raise BadInput("文档内部的 XML 带有 DOCTYPE，不能写入批注")
