"""What a file really is, told from its bytes and not from its suffix."""

import re
from collections.abc import Collection
from enum import StrEnum

from jiheng.errors import BadInput
from jiheng.formats.sentences import REMOVE_MACROS, REMOVE_PASSWORD, SAVE_AGAIN


class Content(StrEnum):
    """A kind of content, named as the error sentences name it."""

    XLSX = "xlsx 工作簿"
    XLS = "xls 工作簿"
    ZIP = "zip 压缩包"
    ENCRYPTED = "加密的工作簿"
    MACROS = "带宏的工作簿"
    XLSB = "xlsb 二进制工作簿"
    ODS = "OpenDocument 文件"
    DOCX = "Word 文档（docx）"
    PPTX = "演示文稿（pptx）"
    DOC = "Word 文档（doc）"
    PPT = "演示文稿（ppt）"
    OLE = "不含工作簿的 Office 复合文档，或者文件不完整"
    PDF = "PDF 文件"
    HTML = "网页（HTML）"
    XML_SHEET = "XML 表格 2003"
    XML = "XML 文本"
    IMAGE = "图片"
    ARCHIVE = "压缩包（rar 或 7z）"
    TEXT = "文本（例如 CSV）"
    UNKNOWN = "认不出的数据"


_STARTS = (
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"%PDF", Content.PDF),
    (b"\x89PNG", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    (b"Rar!", Content.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Content.ARCHIVE),
)
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", Content.ENCRYPTED),
    ("Workbook", Content.XLS),
    ("Book", Content.XLS),
    ("WordDocument", Content.DOC),
    ("PowerPoint Document", Content.PPT),
)
_OLE_ENTRY_BYTES = 128
_OLE_NAME_BYTES = 64
_FILEPASS = 0x002F

_ZIP_PARTS = (
    ("xl/workbook.bin", Content.XLSB),
    ("word/", Content.DOCX),
    ("ppt/", Content.PPTX),
    ("meta-inf/manifest.xml", Content.ODS),
)

_EXPECTED = {".xlsx": Content.XLSX, ".xls": Content.XLS, ".et": Content.XLS}
_SUFFIX_OF = {Content.XLSX: ".xlsx", Content.XLS: ".xls"}
_MACRO_SUFFIXES = {".xlsm", ".xltm", ".xlam"}
_REPORTS = {
    Content.DOCX: "成文的报告请把后缀改回 .docx，用 jiheng review 核查",
    Content.DOC: "成文的报告请另存为 .docx，用 jiheng review 核查",
}


def content_of(data: bytes) -> Content:
    """The kind of content of a whole file; a zip is looked into by `zip_content`, not here."""
    if data.startswith(_OLE_START):
        return _ole_content(data)
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    return _text_content(data[:4096])


def _ole_content(data: bytes) -> Content:
    for name, kind in _OLE_STREAMS:
        entry = _ole_entry(data, name)
        if entry is not None:
            return Content.ENCRYPTED if kind is Content.XLS and _asks_for_password(data, entry) else kind
    return Content.OLE


def _ole_entry(data: bytes, name: str) -> int | None:
    # A directory entry is 128 bytes long, lies on a multiple of it and begins with the padded UTF-16 name.
    wanted = name.encode("utf-16-le").ljust(_OLE_NAME_BYTES, b"\0")
    place = data.find(wanted)
    while place >= 0 and place % _OLE_ENTRY_BYTES:
        place = data.find(wanted, place + 1)
    return place if place >= 0 else None


def _asks_for_password(data: bytes, entry: int) -> bool:
    """Whether a FILEPASS record stands behind the stream's first record. calamine calls such a file unknown."""
    sector_bytes = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    place = (int.from_bytes(data[entry + 116 : entry + 120], "little") + 1) * sector_bytes
    for _ in range(3):
        kind, length = (int.from_bytes(data[at : at + 2], "little") for at in (place, place + 2))
        if kind == _FILEPASS:
            return True
        place += 4 + length
    return False


def _text_content(head: bytes) -> Content:
    for encoding in ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030"):
        # The head may end inside a character: "ignore" forgives that, and the share of text shows what it was.
        text = head.decode(encoding, "ignore")
        if len(text.encode(encoding)) >= len(head) - 4 and not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return _markup_content(text.lstrip("\ufeff \t\r\n").lower())
    return Content.UNKNOWN


def _markup_content(text: str) -> Content:
    if text.startswith("<?xml") and "office:spreadsheet" in text:
        return Content.XML_SHEET
    body = re.sub(r"<!--.*?-->|<\?[^>]*>|\s", "", text, flags=re.DOTALL)
    if body.startswith(("<!doctypehtml", "<html", "<head", "<body", "<table", "<meta")):
        return Content.HTML
    if text.startswith("mime-version:"):
        return Content.HTML
    return Content.XML if text.startswith("<?xml") else Content.TEXT


def zip_content(names: Collection[str]) -> Content:
    """The kind of content of a zip package, from the lower-case names of its parts."""
    if any(name.rpartition("/")[2].startswith("vbaproject") or "/macrosheets/" in name for name in names):
        return Content.MACROS
    for start, kind in _ZIP_PARTS:
        if any(name.startswith(start) for name in names):
            return kind
    return Content.XLSX if "[content_types].xml" in names else Content.ZIP


def refuse_suffix(suffix: str) -> None:
    """Refuse a file whose suffix is none that this room opens.

    Raises: BadInput.
    """
    if suffix in _EXPECTED:
        return
    if suffix == ".csv":
        raise BadInput("CSV 是文本，不是工作簿；请用 Excel 或 WPS 打开，核对无误后另存为 .xlsx 再试")
    if suffix == ".docx":
        raise BadInput("这是 Word 文档，不是工作簿；成文的报告请用 jiheng review 核查")
    if suffix in (".doc", ".wps"):
        raise BadInput(f"这是 Word 或 WPS 文档，不是工作簿；{_REPORTS[Content.DOC]}")
    if suffix in _MACRO_SUFFIXES:
        raise BadInput(REMOVE_MACROS)
    raise BadInput(f"能读的是 .xlsx、.xls、.et 工作簿，这个文件的后缀是“{suffix or '（无）'}”；{SAVE_AGAIN}")


def refuse_mismatch(suffix: str, content: Content) -> None:
    """Refuse content that its suffix does not promise.

    Raises: BadInput.
    """
    expected = _EXPECTED[suffix]
    if content is expected:
        return
    if content is Content.ENCRYPTED:
        raise BadInput(REMOVE_PASSWORD)
    if content is Content.MACROS:
        raise BadInput(REMOVE_MACROS)
    mend = f"请把后缀改为 {_SUFFIX_OF[content]} 后再试" if content in _SUFFIX_OF else SAVE_AGAIN
    if content in _REPORTS:
        mend = _REPORTS[content]
    raise BadInput(f"后缀是 {suffix}，内容却是{_spaced(content)}；{mend}")


def _spaced(content: Content) -> str:
    return f" {content}" if content[0].isascii() else content.value
