"""The zip package of an xlsx file: its parts, inflated under limits, and the relations between them."""

import io
import posixpath
import zipfile
import zlib
from typing import IO, NamedTuple
from urllib.parse import unquote

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.content import zip_content
from jiheng.formats.limits import MEGABYTE, Limits
from jiheng.formats.part import SAFE, PartStream, broken_xml
from jiheng.formats.sentences import DAMAGED, REMOVE_PASSWORD, SAVE_AGAIN

_ENTRY_START = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_TRUNCATED = f"文件不完整（可能没有下载或复制完）；请重新取得文件，或者{SAVE_AGAIN}"


class Relation(NamedTuple):
    """What one part points to: the last word of the relation's type, and the part's path in the package."""

    kind: str
    target: str


class Package:
    """The parts of a zip package held in memory; nothing is written to a disk, nothing outside is followed.

    Raises: BadInput when the package is damaged, encrypted, or larger than the limits.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if data.count(_ENTRY_START) > limits.parts:
            raise BadInput(f"压缩包里的部件超过 {limits.parts} 个，不像正常的工作簿；{SAVE_AGAIN}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
            raise BadInput(_TRUNCATED) from None
        self._limit = limits.unzipped_bytes
        self._inflated = 0
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            # Names are compared without case, and some writers put backslashes.
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                raise BadInput(DAMAGED)
            self._entries[name] = entry
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in self._entries.values()):
            raise BadInput(REMOVE_PASSWORD)
        if sum(entry.file_size for entry in self._entries.values()) > self._limit:
            self._refuse_bomb()
        self.content = zip_content(self._entries.keys())

    def has(self, name: str) -> bool:
        """Whether the package holds the part."""
        return name.lower() in self._entries

    def open(self, name: str) -> PartStream:
        """The part as a stream that inflates no more than the limit and lets no DOCTYPE pass."""
        entry = self._entries[name.lower()]
        if entry.compress_type not in _METHODS:
            raise BadInput(DAMAGED)
        try:
            return PartStream(name, self._zip.open(entry), self._inflate)
        except (zipfile.BadZipFile, ValueError, OSError):
            raise BadInput(DAMAGED) from None

    def read_xml(self, name: str) -> etree._Element:
        """The root element of a small part."""
        with self.open(name) as stream:
            text = stream.read_all()
        try:
            return etree.fromstring(text, etree.XMLParser(**SAFE))
        except etree.XMLSyntaxError as error:
            raise broken_xml(name, error) from None

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part (or, for "", the package) points to inside the package, by relation id."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(part):
            return {}
        relations = {}
        for element in self.read_xml(part).iterchildren("{*}Relationship"):
            if element.get("TargetMode") == "External":
                continue
            target = posixpath.join("/", folder, unquote(element.get("Target", "")))
            kind = element.get("Type", "").rpartition("/")[2]
            relations[element.get("Id", "")] = Relation(kind, posixpath.normpath(target).lstrip("/"))
        return relations

    def _inflate(self, stream: IO[bytes], size: int) -> bytes:
        try:
            data = stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise BadInput(DAMAGED) from None
        # What the headers declare may be a lie, so what really comes out is counted, over all parts.
        self._inflated += len(data)
        if self._inflated > self._limit:
            self._refuse_bomb()
        return data

    def _refuse_bomb(self) -> None:
        raise BadInput(f"文件展开后超过 {self._limit // MEGABYTE} MB，不像正常的工作簿；{SAVE_AGAIN}，或者拆成几个文件")
