"""The styles part of a workbook, as far as numbers need it: which format each cell style shows."""

from typing import NamedTuple

from lxml import etree

from jiheng.formats.number_formats import GENERAL, code_for, is_date


class Style(NamedTuple):
    """A cell style: the place of its number format in `Styles.formats`, and whether that shows dates."""

    format: int
    shows_date: bool


PLAIN = Style(0, False)


class Styles:
    """All cell styles of a workbook by the text of their index, and the list of number formats in use."""

    def __init__(self, root: etree._Element | None = None) -> None:
        self.formats = [GENERAL]
        self.by_index: dict[str | None, Style] = {None: PLAIN}
        if root is None:
            return
        custom = {
            _number(element.get("numFmtId")): element.get("formatCode", "")
            for element in root.iterfind("{*}numFmts/{*}numFmt")
        }
        places = {GENERAL: 0}
        for index, element in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            code = code_for(_number(element.get("numFmtId")), custom)
            if code not in places:
                places[code] = len(self.formats)
                self.formats.append(code)
            self.by_index[str(index)] = Style(places[code], is_date(code))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
