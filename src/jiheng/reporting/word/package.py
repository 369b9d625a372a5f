"""The parts of a .docx file and the zip around them, the same bytes for the same report."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jiheng.reporting.visible import showable
from jiheng.reporting.word.page import NAMESPACES
from jiheng.reporting.word.text import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_APPLICATION = "绩衡 Jiheng"


@dataclass
class Package:
    """A document's parts as they come; relationships get their ids in order."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: list[str] = field(default_factory=list)

    def add(self, name: str, kind: str, content: str | bytes) -> str:
        """Add a part under word/ and return the id by which the document refers to it."""
        self.parts[f"word/{name}"] = content if isinstance(content, bytes) else content.encode()
        if name.endswith(".xml"):
            self.types[f"/word/{name}"] = f"{_WORD_TYPE}.{kind}+xml"
        number = f"rId{len(self.relations) + 1}"
        self.relations.append(
            f'<Relationship Id="{number}" Type="{_OFFICE}/relationships/{kind}" Target="{escape(name)}"/>'
        )
        return number

    def write(self, path: Path, document: str) -> None:
        """Write the file: dates fixed, parts in order."""
        everything = {
            "[Content_Types].xml": _content_types(self.types).encode(),
            "_rels/.rels": _package_relations().encode(),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": (
                f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(self.relations)}</Relationships>'
            ).encode(),
            **self.parts,
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in everything.items():
                item = zipfile.ZipInfo(name, _EPOCH)
                item.compress_type = zipfile.ZIP_DEFLATED  # pictures, too: they shrink to a fifth
                item.create_system = 0  # the same on every system
                item.external_attr = 0o600 << 16
                archive.writestr(item, content, compresslevel=5)


def add_properties(package: Package, *, title: str, kind: str, company: str, others: Mapping[str, str]) -> None:
    """Core, application and custom properties. There is no clock here, so no date of writing."""
    package.parts["docProps/core.xml"] = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_plain(title)}</dc:title><dc:subject>{_plain(kind)}</dc:subject>"
        f"<dc:creator>{_plain(company)}</dc:creator><cp:lastModifiedBy>{_APPLICATION}</cp:lastModifiedBy>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    ).encode()
    package.parts["docProps/app.xml"] = (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>{_APPLICATION}</Application>'
        f"<Company>{_plain(company)}</Company></Properties>"
    ).encode()
    custom = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{pid}" name="{_plain(name)}"><vt:lpwstr>{_plain(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(others.items(), 2)
    )
    package.parts["docProps/custom.xml"] = (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{custom}</Properties>'
    ).encode()


def settings_xml() -> str:
    """Even and odd pages differ; the newest compatibility mode, so that Word shows no “兼容模式”."""
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'{_HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="630"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="579"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        f"<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>{modes}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _content_types(types: Mapping[str, str]) -> str:
    parts = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        **types,
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    targets = (
        (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        (f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _plain(text: str) -> str:
    return escape(" ".join(showable(text).split()))
