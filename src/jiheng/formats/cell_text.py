"""Text of cells: rich text put together, phonetic guides left out, escapes undone."""

import re

from lxml import etree

from jiheng.formats.part import SAFE, PartStream, broken_xml

_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_UNITS = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text with _xHHHH_ escapes undone; neighbours may be the two halves of one character.

    >>> unescaped("一行_x000A_二行"), unescaped("_x005F_x000A_"), unescaped("_xD83D__xDE00_")
    ('一行\\n二行', '_x000A_', '😀')
    """
    return _ESCAPE.sub(_decoded, text) if "_x" in text else text


def _decoded(match: re.Match[str]) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in _UNITS.findall(match[0]))
    return units.decode("utf-16-be", "replace")


def text_of(item: etree._Element) -> str:
    """The text of a string item (`si` or `is`): its own `t` and those of its runs, not those of phonetic guides."""
    if len(item) == 1 and (only := item[0]).tag.endswith("}t"):
        return unescaped(only.text or "")
    parts = []
    for child in item:
        if child.tag.endswith("}t"):
            parts.append(child.text or "")
        elif child.tag.endswith("}r"):
            parts.extend(part.text or "" for part in child.iterchildren("{*}t"))
    return unescaped("".join(parts))


def shared_strings(stream: PartStream) -> dict[str, str]:
    """All strings of the shared table by the text of their index, as cells name them; blank ones as "".

    Raises: BadInput.
    """
    strings: dict[str, str] = {}
    try:
        for _, item in etree.iterparse(stream, events=("end",), tag="{*}si", **SAFE):
            text = text_of(item)
            strings[str(len(strings))] = "" if text.isspace() else text
            parent = item.getparent()
            while parent is not None and item.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise broken_xml(stream.name, error) from None
    return strings
