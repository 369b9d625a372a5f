"""Plain text: which encoding it is in, and its lines."""

import codecs
import re
from collections.abc import Iterator

from jiheng.errors import BadInput
from jiheng.formats.limits import Limits

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINES_AT_ONCE = 2000


def decoded(data: bytes, declared: str = "") -> str:
    """The text of bytes in UTF-8, UTF-16, GBK or GB18030; a declared encoding is tried first.

    Raises: BadInput when it is none of them.

    >>> decoded("年度".encode("gb18030")), decoded("年度".encode("utf-16")), decoded("2023年".encode("utf-16-le"))
    ('年度', '年度', '2023年')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding) or _fail()
    tried = [declared] if declared and _is_known(declared) else []
    if b"\0" in data[:4096]:
        tried += _utf16_guesses(data)
    for encoding in (*tried, "utf-8", "gb18030"):
        text = _strict(data, encoding)
        if text is not None and "\0" not in text:
            return text
    return _fail()


def read_text(data: bytes, limits: Limits) -> Iterator[tuple[object, ...]]:
    """The lines of a text, in batches. Raises: BadInput."""
    text = decoded(data)
    if len(re.findall(r"[\x01-\x08\x0e-\x1f]", text[:4096])) > 8:
        _fail()
    lines = re.split(r"\r\n|\n|\r|\u2028|\u2029|\x0c|\x0b", text)
    if len(lines) > limits.rows:
        raise BadInput(f"文本超过 {limits.rows} 行；请拆成几个文件再试")
    for start in range(0, len(lines), _LINES_AT_ONCE):
        yield ("lines", lines[start : start + _LINES_AT_ONCE])


def _utf16_guesses(data: bytes) -> list[str]:
    """UTF-16 without a mark: digits, spaces and line ends leave zeros in one byte of each pair and none in the other."""
    head = data[:4096]
    first, second = (head[offset::2].count(0) for offset in (0, 1))
    return [] if first == second else ["utf-16-le" if second > first else "utf-16-be"]


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_known(encoding: str) -> bool:
    try:
        return bool(codecs.lookup(encoding)._is_text_encoding)
    except (LookupError, ValueError):
        return False


def _fail() -> str:
    raise BadInput("不是 UTF-8、UTF-16、GBK 或 GB18030 编码的文本；请用记事本打开，另存为 UTF-8 编码后再试")
