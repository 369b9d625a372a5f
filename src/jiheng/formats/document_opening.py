"""The door for documents: a path becomes the lines of its child process, or one sentence that names the file."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.formats.book import Book
from jiheng.formats.content import Content, content_of
from jiheng.formats.flow import Item
from jiheng.formats.limits import Limits
from jiheng.formats.opening import open_book
from jiheng.formats.sentences import PRINT_PDF_AGAIN, SAVE_DOCUMENT_AGAIN, shown

_LONGEST_FILE_NAME = 80
_LONGEST_SENTENCE = 400
_ROOM_FOR_A_FAULT = 4096
SHEETS = (".xlsx", ".xls", ".et")
FORMS = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".txt": "txt"}
_CONTENTS = {
    "docx": (Content.ZIP,),
    "pdf": (Content.PDF,),
    "html": (Content.HTML, Content.XML, Content.TEXT),
    "txt": (Content.TEXT, Content.HTML, Content.XML, Content.UNKNOWN),
}
_SUFFIX = {Content.PDF: ".pdf", Content.HTML: ".html", Content.XLS: ".xls", Content.XLSX: ".xlsx"}


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document as it lay on the disk: `sha256` is that of its bytes; `items` in the order of reading."""

    name: str
    sha256: str
    form: str
    items: tuple[Item, ...]


def open_file(path: Path, limits: Limits | None = None) -> OpenedDocument | Book:
    """Open a finished document of any kind, a spreadsheet as a Book. Raises: BadInput."""
    return open_book(path, limits) if path.suffix.lower() in SHEETS else open_document(path, limits)


def open_document(path: Path, limits: Limits | None = None) -> OpenedDocument:
    """Open a .docx, .pdf, .html or .txt in a child process that has a time and a memory limit.

    Nothing in the file is run and nothing outside it is followed; the file is not changed.

    Raises: BadInput, one sentence that names the file, what was found and how to mend it.
    """
    limits = limits or Limits()
    try:
        return _open(path, limits)
    except BadInput as fault:
        raise BadInput(f"{shown(path.name, _LONGEST_FILE_NAME)}：{fault.sentence}") from None


def _open(path: Path, limits: Limits) -> OpenedDocument:
    import hashlib

    from jiheng.formats.opening import bytes_of

    if path.is_dir():
        raise BadInput("这是一个文件夹；请指定其中的一个文件")
    suffix = path.suffix.lower()
    form = FORMS.get(suffix)
    if form is None:
        raise BadInput(_other_suffix(suffix))
    data = bytes_of(path, limits)
    content = content_of(data)
    if content not in _CONTENTS[form]:
        raise BadInput(_mismatch(suffix, content))
    return OpenedDocument(path.name, hashlib.sha256(data).hexdigest(), form, items_from_child(data, form, limits))


def items_from_child(data: bytes, form: str, limits: Limits) -> tuple[Item, ...]:
    """What a child process says of a file of this form. Raises: BadInput with its sentence, or with one about it."""
    import sys

    from jiheng.formats.child_process import json_lines, running

    options = json.dumps({"form": form, "limits": asdict(limits)})
    overdue = threading.Event()
    command = [sys.executable, "-P", "-m", "jiheng.formats.document_child", options]
    with running(command, limits.seconds, overdue) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        # A child that has given up no longer listens; what it answered still counts.
        with suppress(BrokenPipeError, OSError):
            child.stdin.write(data)
        with suppress(BrokenPipeError, OSError):
            child.stdin.close()
        try:
            return _items(json_lines(child.stdout, limits.unzipped_bytes + _ROOM_FOR_A_FAULT))
        except (ValueError, TypeError, LookupError, RecursionError):
            again = PRINT_PDF_AGAIN if form == "pdf" else SAVE_DOCUMENT_AGAIN
            if overdue.is_set():
                raise BadInput(f"{limits.seconds:g} 秒内没有读完，已停止；请拆成几个文件再试") from None
            raise BadInput(f"读取程序中途退出，没有读完（文件可能已损坏，或者大得超出内存）；{again}") from None


def typed(values: object) -> tuple[Item, ...]:
    """Lines of a child as what they claim to be. Raises: ValueError when they are anything else."""
    from pydantic import TypeAdapter

    if isinstance(values, bytes):
        return tuple(TypeAdapter(list[Item]).validate_json(values))
    return tuple(TypeAdapter(list[Item]).validate_python(values))


def _items(lines: Iterator[object]) -> tuple[Item, ...]:
    values: list[object] = []
    for line in lines:
        match line:
            case {"done": True}:
                return typed(values)
            case {"fault": str() as sentence}:
                raise BadInput(shown(sentence, _LONGEST_SENTENCE))
            case _:
                values.append(line)
    raise ValueError("the child ended before it was done")


def _other_suffix(suffix: str) -> str:
    if suffix in (".doc", ".wps", ".rtf", ".odt", ".dot", ".docm"):
        return f"{suffix} 文档不能直接读；{SAVE_DOCUMENT_AGAIN}"
    return f"能读的是 .docx、.pdf、.html、.txt、.xlsx、.xls，这个文件的后缀是“{suffix or '（无）'}”；请另存为其中一种后再试"


def _mismatch(suffix: str, content: Content) -> str:
    if content is Content.ENCRYPTED:
        return "文件设有打开密码，读不出内容；请在 Word 或 WPS 里取消密码，另存后再试"
    if content is Content.IMAGE:
        return f"后缀是 {suffix}，内容却是图片；图片里的文字读不出来，请换成文字版"
    if content is Content.ZIP:
        return f"后缀是 {suffix}，内容却是压缩包或 Office 文档；如果是 Word 文档，请把后缀改为 .docx 后再试"
    named = f" {content}" if content[0].isascii() else content.value
    mend = f"请把后缀改为 {_SUFFIX[content]} 后再试" if content in _SUFFIX else SAVE_DOCUMENT_AGAIN
    return f"后缀是 {suffix}，内容却是{named}；{mend}"
