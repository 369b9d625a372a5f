"""Documents made by hand: Word packages from XML text, and pdfs whose every letter and line we place ourselves."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from jiheng.model.document import Document, Paragraph, Table
from jiheng.reading.opening import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
SHARED = Path(__file__).parents[4] / "shared"


def part(tag: str, inside: str) -> str:
    return f'<w:{tag} xmlns:w="{W}" xmlns:r="{OFFICE}" {EXTRA}>{inside}</w:{tag}>'


def docx_parts(body: str, **others: str) -> dict[str, str]:
    """The parts of a Word document: the body's XML, and others by kind (numbering, styles, footnotes, header)."""
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(others)
    )
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "header": "hdr", "footer": "ftr"}
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{kind}.xml": part(roots.get(kind, kind), inside) for kind, inside in others.items()},
    }


def write_package(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def p(text: str, properties: str = "") -> str:
    """A paragraph with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf_bytes(pages: list[dict], *, compress: bool = True, rotate: int = 0) -> bytes:
    """A pdf. Each page: texts [(x, y, size, text)] and lines [(x0, y0, x1, y1)], in points from the lower left corner."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    font = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    kids = []
    for page in pages:
        stream = "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in page.get("lines", ()))
        for x, y, size, text in page.get("texts", ()):
            code = text.encode("utf-16-be").hex()
            stream += f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET\n"
        stream += page.get("raw", "")
        data = zlib.compress(stream.encode()) if compress else stream.encode()
        how = b"/Filter/FlateDecode" if compress else b""
        content = add(b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), how, data))
        wide, high = page.get("size", (595, 842))
        image = b""
        if page.get("image"):
            picture = add(
                b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
            )
            image = b"/XObject<</I %d 0 R>>" % picture
        kids.append(
            add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R/Resources<</Font<</F1 %d 0 R>>%s>>>>"
                % (tree, wide, high, rotate, content, font, image)
            )
        )
    objects[tree - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects[catalog - 1] = b"<</Type/Catalog/Pages %d 0 R>>" % tree
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def ruled(left: int, top: int, widths: list[int], rows: list[list[str]], height: int = 20, size: int = 10) -> dict:
    """A fully ruled table as texts and lines of a pdf page."""
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    bottom = top - height * len(rows)
    lines = [(edges[0], top - height * n, edges[-1], top - height * n) for n in range(len(rows) + 1)]
    lines += [(edge, bottom, edge, top) for edge in edges]
    texts = [
        (edges[column] + 3, top - height * row - 14, size, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]
    return {"texts": texts, "lines": lines}


@pytest.fixture
def read_docx(tmp_path: Path) -> Callable[..., Document]:
    return lambda body, **others: read_document(write_package(tmp_path / "报告.docx", docx_parts(body, **others)))


@pytest.fixture
def read_pdf(tmp_path: Path) -> Callable[..., Document]:
    def read(pages: list[dict], **options: object) -> Document:
        path = tmp_path / "报告.pdf"
        path.write_bytes(pdf_bytes(pages, **options))
        return read_document(path)

    return read


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Document]:
    def read(text: str, suffix: str = ".txt", encoding: str = "utf-8") -> Document:
        path = tmp_path / f"报告{suffix}"
        path.write_bytes(text.encode(encoding))
        return read_document(path)

    return read


@pytest.fixture
def tools() -> dict[str, Callable]:
    """The makers, for tests that damage what they made."""
    return {"p": p, "part": part, "docx_parts": docx_parts, "write": write_package, "pdf": pdf_bytes, "ruled": ruled}


@pytest.fixture
def shown() -> Callable[[Document], list[str]]:
    """A document as short lines: role and text of paragraphs, rows of tables."""

    def lines(document: Document) -> list[str]:
        told = []
        for block in document.blocks:
            if isinstance(block, Paragraph):
                told.append(f"{block.role.value}{block.level or ''} {block.text}")
            else:
                told += table_rows(block)
        return told

    return lines


def table_rows(table: Table) -> list[str]:
    rows = []
    for row in table.grid():
        seen: list[str] = []
        last = object()
        for index in row:
            if index is None:
                seen.append("·")
            elif index != last:
                seen.append(table.cells[index].text.replace("\n", "/"))
            last = index
        rows.append("|".join(seen))
    return rows


@pytest.fixture
def rows() -> Callable[[Table], list[str]]:
    return table_rows


@pytest.fixture
def shared() -> Path:
    """The folder with real documents; where it is missing the test is left out."""
    if not SHARED.is_dir():
        pytest.skip("没有 ../shared，不测真实文件")
    return SHARED
