"""One part of a package as a stream for an XML parser, with the guard against DOCTYPE and entities."""

import io
from collections.abc import Callable
from types import TracebackType
from typing import IO, Any
from xml.parsers import expat

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.sentences import SAVE_AGAIN, shown

_CHUNK = 64 * 1024

SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How lxml parses a stranger's part: nothing from outside, no entities, libxml2's own bounds on depth and length."""


def broken_xml(name: str, error: etree.XMLSyntaxError) -> BadInput | MemoryError:
    """The error for a part that is no well-formed XML."""
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    return BadInput(f"内部文件 {shown(name)} 第 {error.lineno or 1} 行不是正确的 XML；{SAVE_AGAIN}")


class PartStream:
    """The bytes of one part, passed on only after expat has seen that no DOCTYPE is among them.

    A DOCTYPE stands before the root element and nowhere else, so the guard rests once the root has begun.

    Raises: BadInput from `read`.
    """

    def __init__(self, name: str, source: IO[bytes], inflate: Callable[[IO[bytes], int], bytes]) -> None:
        self.name = name
        self._source = source
        self._inflate = inflate
        self._guard: expat.XMLParserType | None = expat.ParserCreate()
        self._guard.StartDoctypeDeclHandler = self._refuse_doctype
        self._guard.StartElementHandler = self._root_begins
        self._root_has_begun = False

    def read(self, size: int = _CHUNK) -> bytes:
        """The next bytes, at most `size`; b"" at the end."""
        data = self._inflate(self._source, size)
        if self._guard is not None:
            try:
                self._guard.Parse(data, not data)
            except expat.ExpatError as error:
                raise self._broken(error.lineno) from None
            except (LookupError, ValueError):
                # An encoding that expat does not know; the format itself asks for UTF-8 or UTF-16.
                raise self._broken(1) from None
            if self._root_has_begun:
                self._guard = None
        return data

    def read_all(self) -> bytes:
        """Everything that is left."""
        whole = io.BytesIO()
        while data := self.read():
            whole.write(data)
        return whole.getvalue()

    def __enter__(self) -> "PartStream":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._source.close()

    def _root_begins(self, _name: str, _attributes: dict[str, str]) -> None:
        self._root_has_begun = True

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise BadInput(f"内部文件 {shown(self.name)} 含有 DOCTYPE 声明，出于安全不予打开；{SAVE_AGAIN}")

    def _broken(self, line: int) -> BadInput:
        return BadInput(f"内部文件 {shown(self.name)} 第 {line} 行不是正确的 XML；{SAVE_AGAIN}")
