"""Styles and numbering of a Word document: heading levels, contents, and the automatic numbers as Word prints them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from jiheng.formats.docx_names import attribute, child, is_on, local, whole
from jiheng.formats.number_words import printed

_BODY_LEVEL = 9
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*[1-9]$", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_LONGEST_CHAIN = 24


@dataclass(slots=True)
class Style:
    """What a paragraph style says, with what it inherits."""

    level: int = 0
    number: tuple[str, int] | None = None
    is_title: bool = False
    is_contents: bool = False
    is_hidden: bool = False


@dataclass(slots=True)
class _Level:
    start: int = 1
    way: str = "decimal"
    text: str = ""
    restarts: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Styles:
    """The paragraph styles by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local(element) == "style" and attribute(element, "type") in (None, "paragraph"):
                name = attribute(element, "styleId") or ""
                self._elements[name] = element
                if attribute(element, "default") in ("1", "true"):
                    self.default = name

    def named(self, name: str) -> Style:
        """The style; an unknown id gives a style that says nothing."""
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        style = Style()
        level: int | None = None
        number: tuple[str, int | None] | None = None
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get(name)
            if element is None:
                break
            title = (attribute(child(element, "name"), "val") or "").strip()
            properties = child(element, "pPr")
            if level is None and (outline := attribute(child(properties, "outlineLvl"), "val")):
                level = whole(outline, _BODY_LEVEL)
            if level is None and (heading := _HEADING_NAME.match(title)):
                level = int(heading[1]) - 1
            style.is_title |= title.lower() in ("title", "题目") or title == "标题"
            style.is_contents |= _CONTENTS_NAME.match(title) is not None
            if number is None and (numbered := child(properties, "numPr")) is not None:
                depth = attribute(child(numbered, "ilvl"), "val")
                number = (attribute(child(numbered, "numId"), "val") or "", whole(depth) if depth else None)
            style.is_hidden |= is_on(child(element, "rPr", "vanish"))
            name = attribute(child(element, "basedOn"), "val") or ""
        style.level = level + 1 if level is not None and 0 <= level < _BODY_LEVEL else 0
        if number is not None:
            style.number = (number[0], number[1] if number[1] is not None else 0)
        return style


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[str] = set()
        links: dict[str, str] = {}
        linked: dict[str, str] = {}
        for element in root if root is not None else ():
            identifier = attribute(element, "abstractNumId") or ""
            if local(element) == "abstractNum":
                self._abstract[identifier] = {
                    whole(attribute(one, "ilvl")): _level(one) for one in element if local(one) == "lvl"
                }
                if own := attribute(child(element, "styleLink"), "val"):
                    links[own] = identifier
                if other := attribute(child(element, "numStyleLink"), "val"):
                    linked[identifier] = other
            elif local(element) == "num":
                number = _List(attribute(child(element, "abstractNumId"), "val") or "")
                for override in element:
                    if local(override) == "lvlOverride":
                        depth = whole(attribute(override, "ilvl"))
                        if (start := attribute(child(override, "startOverride"), "val")) is not None:
                            number.starts[depth] = whole(start, 1)
                        if (level := child(override, "lvl")) is not None:
                            number.levels[depth] = _level(level)
                self._lists[attribute(element, "numId") or ""] = number
        for number in self._lists.values():
            number.abstract = links.get(linked.get(number.abstract, ""), number.abstract)

    def next(self, identifier: str, depth: int) -> str:
        """The number that the next paragraph of a list prints; "" for bullets and for no list."""
        number = self._lists.get(identifier)
        if number is None or not 0 <= depth < 9:
            return ""
        levels = {**self._abstract.get(number.abstract, {}), **number.levels}
        level = levels.get(depth)
        if level is None:
            return ""
        # Lists of one abstract list go on counting together, unless one of them says where it starts.
        counts = self._counts.setdefault(number.abstract, {})
        if number.starts and identifier not in self._restarted:
            self._restarted.add(identifier)
            for place, start in number.starts.items():
                counts[place] = start - 1
                for deeper in [one for one in counts if one > place]:
                    del counts[deeper]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            lower = levels.get(deeper)
            if lower is None or lower.restarts is None or (lower.restarts and depth < lower.restarts):
                del counts[deeper]
        if level.way == "bullet":
            return ""

        def show(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            way = levels.get(place, level)
            count = counts.get(place, way.start)
            return str(count) if level.is_legal else printed(count, way.way)

        return _PLACE.sub(show, level.text)


def _level(element: etree._Element) -> _Level:
    level = _Level()
    level.start = whole(attribute(child(element, "start"), "val"), 0 if child(element, "start") is None else 1)
    way = child(element, "numFmt")
    level.way = attribute(way, "val") or "decimal"
    level.text = attribute(child(element, "lvlText"), "val") or ""
    restarts = attribute(child(element, "lvlRestart"), "val")
    level.restarts = whole(restarts) if restarts is not None else None
    level.is_legal = is_on(child(element, "isLgl"))
    return level
