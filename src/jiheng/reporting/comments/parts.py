"""The parts of a Word file around its comments: where they lie, and how the package learns of them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from jiheng.formats.limits import Limits
from jiheng.formats.package import Package
from jiheng.reporting.comments.splicing import Insertion, Spliced

_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_LOOSE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES_PART = "[Content_Types].xml"


@dataclass
class WordFile:
    """A Word file while comments are put into it. `changed` holds the new bytes of the parts that differ, by name."""

    package: Package
    main: str
    changed: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def opened(cls, data: bytes, limits: Limits) -> WordFile:
        """**Raises** BadInput for a package that cannot be read."""
        package = Package(data, limits)
        targets = [one.target for one in package.relations("").values() if one.kind == "officeDocument"]
        return cls(package, targets[0] if targets else "word/document.xml")

    def bytes_of(self, name: str) -> bytes:
        """A part as it lies in the file."""
        with self.package.open(name) as stream:
            return stream.read_all()

    def comments_part(self) -> str:
        """The name of the part for comments; the package is told of it where it has none."""
        for relation in self.package.relations(self.main).values():
            if relation.kind == "comments":
                if not self.package.has(relation.target):
                    self._add_type(relation.target)
                return relation.target
        folder = posixpath.dirname(self.main)
        name, count = posixpath.join(folder, "comments.xml"), 1
        while self.package.has(name):
            count += 1
            name = posixpath.join(folder, f"comments{count}.xml")
        self._add_relation(posixpath.basename(name))
        self._add_type(name)
        return name

    def _add_relation(self, target: str) -> None:
        folder, base = posixpath.split(self.main)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        strict = self.package.read_xml(self.main).tag.startswith("{http://purl.oclc.org/")
        kind = f"{_STRICT if strict else _LOOSE}/comments"
        root = self.package.read_xml(part) if self.package.has(part) else None
        if root is not None and len(root):
            taken = {one.get("Id") for one in root}
            number = next(n for n in range(len(taken) + 1, 2 * len(taken) + 3) if f"rId{n}" not in taken)
            element = f'<{_prefixed(root)}Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            self.changed[part] = appended(self.bytes_of(part), element)
        else:
            one = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
            self.changed[part] = f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'.encode()

    def _add_type(self, name: str) -> None:
        root = self.package.read_xml(TYPES_PART)
        if any((one.get("PartName") or "").lower() == f"/{name}".lower() for one in root):
            return
        element = f'<{_prefixed(root)}Override PartName="/{name}" ContentType="{_COMMENTS}"/>'
        self.changed[TYPES_PART] = appended(self.bytes_of(TYPES_PART), element)


def _prefixed(root: etree._Element) -> str:
    return f"{root.prefix}:" if root.prefix else ""


def appended(data: bytes, element: str) -> bytes:
    """The file with an element as the last one in its root."""
    file = Spliced(data)
    return file.with_insertions([Insertion(file.extent(0).close, element)])
