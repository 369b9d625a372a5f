"""The child process for documents: reads one from stdin, answers on stdout. `python -m jiheng.formats.document_child OPTIONS`."""

import gc
import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

from jiheng.errors import BadInput
from jiheng.formats.confined import confine
from jiheng.formats.limits import MEGABYTE, Limits
from jiheng.formats.sentences import PRINT_PDF_AGAIN, SAVE_DOCUMENT_AGAIN

DAMAGED = {
    "docx": f"文件内容已损坏，读不出来；{SAVE_DOCUMENT_AGAIN}",
    "pdf": f"文件内容已损坏，读不出来；{PRINT_PDF_AGAIN}",
    "html": "网页内容已损坏，读不出来；请在浏览器里重新保存为 .html 后再试",
    "txt": "文本读不出来；请用记事本打开，另存为 UTF-8 编码的 .txt 后再试",
}


def main() -> None:
    """Read, answer, end; every fault becomes a sentence in the answer."""
    options = json.loads(sys.argv[1])
    form, limits = options["form"], Limits(**options["limits"])
    confine(limits.memory_bytes)
    # Nothing here lives long enough to be worth collecting.
    gc.disable()
    say = _Mouth(sys.stdout.buffer, limits)
    try:
        for item in items(form, sys.stdin.buffer.read(), limits):
            say.line(item)
        say.line({"done": True})
    except BadInput as fault:
        say.fault(fault.sentence)
    except MemoryError:
        size = limits.memory_bytes // MEGABYTE
        say.fault(f"打开它需要的内存超过 {size} MB；请拆成几个文件再试")
    except Exception:
        say.fault(DAMAGED[form])


def items(form: str, data: bytes, limits: Limits) -> Iterator[tuple[object, ...]]:
    """Everything the file says, in the form that `flow` tells. Raises: BadInput."""
    # Each format's reader is imported only when it is needed: start-up is part of every opening.
    if form == "docx":
        from jiheng.formats.docx_body import read_docx

        return read_docx(data, limits)
    if form == "pdf":
        from jiheng.formats.pdf_pages import read_pdf

        return read_pdf(data, limits)
    if form == "html":
        from jiheng.formats.html_body import read_html

        return read_html(data, limits)
    from jiheng.formats.text_lines import read_text

    return read_text(data, limits)


class _Mouth:
    def __init__(self, out: BinaryIO, limits: Limits) -> None:
        self._out = out
        self._left = limits.unzipped_bytes
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

    def line(self, value: object) -> None:
        line = self._encode(value).encode("utf-8", "replace") + b"\n"
        self._left -= len(line)
        if self._left < 0:
            raise BadInput("文件里的文字过多，超过了能读的上限；请拆成几个文件再试")
        self._out.write(line)

    def fault(self, sentence: str) -> None:
        self._out.write(self._encode({"fault": sentence}).encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    main()
