"""The door of the room: a path becomes a Book, or one sentence that names the file."""

from pathlib import Path

from jiheng.errors import BadInput
from jiheng.formats.book import Book
from jiheng.formats.content import Content, content_of, refuse_mismatch, refuse_suffix
from jiheng.formats.limits import MEGABYTE, Limits
from jiheng.formats.sentences import shown

_LONGEST_FILE_NAME = 80


def open_book(path: Path, limits: Limits | None = None) -> Book:
    """Open an .xlsx, .xls or .et workbook in a child process that has a time and a memory limit.

    Nothing in the file is run and nothing outside it is followed; the file is not changed.

    Raises: BadInput, one sentence that names the file, what was found and how to mend it.
    """
    limits = limits or Limits()
    try:
        return _open(path, limits)
    except BadInput as fault:
        raise BadInput(f"{shown(path.name, _LONGEST_FILE_NAME)}：{fault.sentence}") from None


def _open(path: Path, limits: Limits) -> Book:
    # The child imports this package, too; what only the parent needs would cost a fifth of its start.
    import hashlib

    from jiheng.formats.child_process import read_in_child
    from jiheng.formats.libreoffice import xlsx_from_et

    if path.is_dir():
        raise BadInput("这是一个文件夹，不是工作簿；请指定其中的一个 .xlsx 文件")
    suffix = path.suffix.lower()
    data = bytes_of(path, limits)
    refuse_suffix(suffix)
    content = content_of(data)
    # A zip still has to be looked into, and that is the child's work.
    if content is not Content.ZIP:
        refuse_mismatch(suffix, content)
    if suffix == ".et" and content is Content.XLS:
        sheets = read_in_child(xlsx_from_et(data, limits), ".xlsx", False, limits)
    else:
        sheets = read_in_child(data, suffix, content is Content.XLS, limits)
    return Book(path.name, hashlib.sha256(data).hexdigest(), sheets)


def bytes_of(path: Path, limits: Limits) -> bytes:
    """The bytes of a plain file of allowed size. Raises: BadInput."""
    try:
        if not path.exists():
            raise BadInput("没有这个文件；请核对文件名和所在的文件夹")
        if not path.is_file():
            raise BadInput("这不是普通文件；请指定一个 .xlsx 文件")
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except PermissionError:
        raise BadInput("没有读取权限，或者正被别的程序占用；请关闭打开它的程序，或者请管理员开放权限后再试") from None
    except (OSError, ValueError) as error:
        raise BadInput(f"读取时出错（{shown(str(error), _LONGEST_FILE_NAME)}）；请把文件复制到本机后再试") from None
    if not data:
        raise BadInput("文件是空的（0 字节）；请重新取得文件后再试")
    if len(data) > limits.file_bytes:
        size = limits.file_bytes / MEGABYTE
        raise BadInput(f"文件超过 {size:g} MB 的上限；请删去图片和多余的工作表，另存后再试")
    return data
