"""From a Word file and its findings to the same file with comments."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.docx_names import attribute, local, whole
from jiheng.formats.limits import Limits
from jiheng.formats.sentences import shown
from jiheng.model.document import Document
from jiheng.reporting.comments.anchors import Anchor, Anchors
from jiheng.reporting.comments.parts import WordFile, appended
from jiheng.reporting.comments.splicing import Insertion, Spliced
from jiheng.reporting.comments.wording import Names
from jiheng.reporting.located import Located, title_of

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_comments(
    data: bytes, document: Document, findings: Iterable[Located], target: Path, day: date, limits: Limits | None = None
) -> int:
    """Write the file with a comment for each finding to `target`; returns how many.

    `data` are the bytes that `document` was read from. Only the comments, their anchors and their entries in the package
    differ; every other byte of every part stays. A finding without a place in the text stands at the title.

    **Raises** BadInput when the file is no Word document or has changed since it was read.
    """
    if document.format != "docx":
        raise BadInput(f"{document.name}：批注只能写进 Word 文档（.docx）；其他格式请用 --html 或 --opinion")
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise BadInput(f"{document.name}：文件在核查期间被改动过；请关闭正在编辑它的程序后再试")
    file = WordFile.opened(data, limits or Limits())
    root = file.package.read_xml(file.main)
    placed = _placed(document, root, findings)
    if placed:
        part = file.comments_part()
        numbered = dict(enumerate(placed, _first_free(file, part, root)))
        file.changed[file.main] = _with_anchors(file.bytes_of(file.main), root, numbered)
        file.changed[part] = _with_comments(file, part, root, numbered, day)
    target.write_bytes(_rewritten(data, file.changed))
    return len(placed)


Placed = tuple[Located, Anchor, bool]
"""A finding, where its comment goes, and whether that is at its own words."""


def _placed(document: Document, root: etree._Element, findings: Iterable[Located]) -> list[Placed]:
    body = next((one for one in root if local(one) == "body"), root)
    anchors = Anchors(document, body)
    title = title_of(document)
    fallback = anchors.of(title) if title is not None else None
    placed: list[Placed] = []
    for one in findings:
        own = anchors.of(one.words) if one.words is not None else None
        anchor = own or fallback
        if anchor is not None:
            placed.append((one, anchor, own is not None))
    return placed


def _first_free(file: WordFile, part: str, root: etree._Element) -> int:
    """The first number that no comment has, neither in the comments nor in an anchor that lost its comment."""
    comments = file.package.read_xml(part) if file.package.has(part) else ()
    named = [one for one in comments if local(one) == "comment"]
    named += [one for one in root.iter("*") if local(one) in ("commentRangeStart", "commentReference")]
    return max((whole(attribute(one, "id"), -1) for one in named), default=-1) + 1


def _with_anchors(data: bytes, root: etree._Element, placed: Mapping[int, Placed]) -> bytes:
    anchors = {number: anchor for number, (_, anchor, _) in placed.items()}
    wanted = {element for one in anchors.values() for element in (one.first, one.last, one.mark_behind)}
    index = {element: number for number, element in enumerate(root.iter("*")) if element in wanted}
    file, names = Spliced(data), Names.of(root)
    starts: list[Insertion] = []
    ends: list[Insertion] = []
    marks: list[Insertion] = []
    for number, one in anchors.items():
        starts.append(Insertion(file.extent(index[one.first]).start, names.range_start(number)))
        ends.append(Insertion(file.extent(index[one.last]).end, names.range_end(number)))
        marks.append(Insertion(file.extent(index[one.mark_behind]).end, names.mark(number)))
    # Between two runs: first what ends, then the marks, then what begins.
    return file.with_insertions([*ends, *marks, *starts])


def _with_comments(file: WordFile, part: str, root: etree._Element, placed: Mapping[int, Placed], day: date) -> bytes:
    old = file.package.read_xml(part) if file.package.has(part) else None
    kept = old if old is not None and len(old) else None
    names = Names.of(kept if kept is not None else root)
    text = "".join(
        names.comment(number, one.finding, day, with_quote=not at_words)
        for number, (one, _, at_words) in placed.items()
    )
    if kept is not None:
        return appended(file.bytes_of(part), text)
    return f'{_HEAD}<{names.prefix}:comments xmlns:{names.prefix}="{names.space}">{text}</{names.prefix}:comments>'.encode()


def _rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with some parts in another state, the others as they were; new parts stand at the end."""
    out = io.BytesIO()
    left = {name.lower(): (name, content) for name, content in changed.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            key = entry.filename.replace("\\", "/").lstrip("/").lower()
            _, content = left.pop(key, ("", None))
            try:
                new.writestr(entry, old.read(entry) if content is None else content)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                raise BadInput(
                    f"文档内部的 {shown(entry.filename)} 已损坏，不能写入批注；请在 Word 或 WPS 里另存一份后再试"
                ) from None
        for name, content in left.values():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
