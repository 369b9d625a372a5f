"""Workbooks made by hand: xlsx packages from XML text, and the oldest .xls that still opens."""

import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _relations(*rows: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for i, kind, to in rows)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def package_parts(rows: str = "", *, after: str = "", strings: str = "", styles: str = "", workbook: str = "") -> dict:
    """The parts of a workbook with one sheet 表一, from the inside of each part."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}'
        '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "/xl/styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }


def write_zip(path: Path, parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip file with these parts."""
    with zipfile.ZipFile(path, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def parts() -> Callable[..., dict]:
    """Builds the parts of a small workbook, for tests that change one of them."""
    return package_parts


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes parts as 表.xlsx (or under another name)."""
    return lambda parts, name="表.xlsx", method=zipfile.ZIP_DEFLATED: write_zip(tmp_path / name, parts, method)


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream of at least 4,096 bytes."""
    sector, free, end, fat_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = stream.ljust(-(-max(len(stream), 4096) // sector) * sector, b"\0")
    count = len(stream) // sector
    chain = [fat_mark, end, *range(3, 2 + count), end]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, end, 0, end, 0,
    ) + struct.pack("<109I", 0, *[free] * 108)  # fmt: skip

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = title.encode("utf-16-le")
        pack = struct.pack(
            "<64sHBBIII36sIQ", text, len(text) + 2 if text else 0, kind, 1, free, free, child, b"", start, size
        )
        return pack.ljust(128, b"\0")

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream)) + entry("", 0, free, 0, 0) * 2
    return header + fat + directory + stream


def biff(*cells: bytes, encrypted: bool = False) -> bytes:
    """A BIFF8 stream with one sheet 表一."""
    record = lambda kind, body: struct.pack("<HH", kind, len(body)) + body  # noqa: E731
    begin = lambda kind: record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 6))  # noqa: E731
    globals_before = begin(5) + (record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48) if encrypted else b"")
    filler, end = record(0x0FFF, b"\0" * 4096), record(0x000A, b"")
    name = struct.pack("<BB", 2, 1) + "表一".encode("utf-16-le")
    offset = len(globals_before) + 4 + 6 + len(name) + len(filler) + len(end)
    sheet = record(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    return globals_before + sheet + filler + end + begin(0x10) + b"".join(cells) + end


def label(row: int, column: int, text: str) -> bytes:
    """A BIFF8 record: a text cell."""
    body = struct.pack("<HHHHB", row, column, 15, len(text), 1) + text.encode("utf-16-le")
    return struct.pack("<HH", 0x0204, len(body)) + body


def number(row: int, column: int, value: float) -> bytes:
    """A BIFF8 record: a number cell."""
    return struct.pack("<HHHHHd", 0x0203, 14, row, column, 15, value)


@pytest.fixture
def xls_bytes() -> bytes:
    """A .xls: B2 = 街道, C2 = 12.5, C4 = 7."""
    return ole(biff(label(1, 1, "街道"), number(1, 2, 12.5), number(3, 2, 7)))


@pytest.fixture
def encrypted_xls_bytes() -> bytes:
    """A .xls with a password (a FILEPASS record)."""
    return ole(biff(label(1, 1, "街道"), encrypted=True))


@pytest.fixture
def compound() -> Callable[[str], bytes]:
    """Builds a compound file with one stream of this name."""
    return lambda name: ole(b"", name)


@pytest.fixture
def soffice() -> str:
    """LibreOffice; where it is missing the test is left out, but never in CI."""
    program = shutil.which("soffice")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("CI 应装有 LibreOffice（soffice），否则 .et 没有人测")
    if program is None:
        pytest.skip("本机没有 LibreOffice（soffice），不测 .et 的转换")
    return program
