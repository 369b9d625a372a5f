"""The parent's side of the child process: start it, feed it, stop it in time, trust nothing it says."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import chain, repeat
from pathlib import Path
from typing import IO, Any

from jiheng.errors import BadInput
from jiheng.formats.answer import SEPARATOR
from jiheng.formats.book import Cell, Merge, Sheet
from jiheng.formats.limits import Limits
from jiheng.formats.sentences import SAVE_AGAIN, shown

_SOURCE = Path(__file__).resolve().parents[2]
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_LONGEST_SENTENCE = 400
_ROOM_FOR_A_FAULT = 4096
"""The child stops at the limit by itself and still has to say so."""
_DIED = f"读取程序中途退出，没有读完（文件可能已损坏，或者大得超出内存）；{SAVE_AGAIN}"


def read_in_child(data: bytes, suffix: str, legacy: bool, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets of a workbook, read by a child process that is stopped at the limits.

    Raises: BadInput with the child's sentence, or with one about a child that hangs, dies or floods.
    """
    options = json.dumps({"suffix": suffix, "legacy": legacy, "limits": asdict(limits)})
    overdue = threading.Event()
    with running([sys.executable, "-P", "-m", "jiheng.formats.child", options], limits.seconds, overdue) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        # A child that has given up no longer listens; what it answered still counts.
        with suppress(BrokenPipeError, OSError):
            child.stdin.write(data)
        with suppress(BrokenPipeError, OSError):
            child.stdin.close()
        try:
            return _sheets(json_lines(child.stdout, limits.unzipped_bytes + _ROOM_FOR_A_FAULT))
        except (ValueError, TypeError, LookupError, RecursionError):
            if overdue.is_set():
                raise BadInput(f"{limits.seconds:g} 秒内没有读完，已停止；请只留下需要的工作表和行后再试") from None
            raise BadInput(_DIED) from None


@contextmanager
def running(command: list[str], seconds: float, overdue: threading.Event) -> Iterator[subprocess.Popen[bytes]]:
    """A child with pipes, killed when its seconds are over (`overdue` is then set) and at the end of the block."""
    paths = (str(_SOURCE), os.environ.get("PYTHONPATH"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=_NO_WINDOW,
    )

    def stop() -> None:
        overdue.set()
        child.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def json_lines(pipe: IO[bytes], most: int) -> Iterator[Any]:
    """Each line of the child's answer as JSON, up to `most` bytes in all. Raises: ValueError."""
    while line := pipe.readline(most + 1):
        most -= len(line)
        if most < 0 or not line.endswith(b"\n"):
            raise ValueError("the child floods or was cut off")
        yield json.loads(line)
    raise ValueError("the child ended before it was done")


def _sheets(lines: Iterator[Any]) -> tuple[Sheet, ...]:
    """The sheets that the lines describe (the form is told in `answer`).

    Raises: ValueError, TypeError or LookupError when the lines have another form; BadInput for a fault.
    """
    sheets: list[Sheet] = []
    formats: list[str] = [""]
    name, hidden, cells = "", False, list[Cell]()
    for line in lines:
        match line:
            case [*columns]:
                cells.extend(_cells(columns, formats))
            case {"formats": codes} if _all(codes, str):
                formats = codes
            case {"sheet": str() as name, "hidden": bool() as hidden}:
                cells = []
            case {"merges": merges, "hidden_rows": hidden_rows} if _all(hidden_rows, int):
                blocks = tuple(Merge(top, left, bottom, right) for top, left, bottom, right in merges)
                sheets.append(Sheet(name, hidden, cells, blocks, frozenset(hidden_rows)))
            case {"done": True}:
                return tuple(sheets)
            case {"fault": str() as sentence}:
                raise BadInput(shown(sentence, _LONGEST_SENTENCE))
            case _:
                raise ValueError("a line of another form")
    raise ValueError("no lines")


def _cells(columns_of_cells: list[Any], formats: list[str]) -> Iterator[Cell]:
    rows, lengths, columns, kinds, raws, places, formulas = columns_of_cells
    raws, formulas = (texts.split(SEPARATOR) if isinstance(texts, str) else texts for texts in (raws, formulas))
    if not (
        all(_all(numbers, int) for numbers in (rows, lengths, columns, places))
        and isinstance(kinds, str)
        and _all(raws, str)
        and _all(formulas, str)
        and sum(lengths) == len(columns)
    ):
        raise TypeError("cells of another form")
    each_row = chain.from_iterable(map(repeat, rows, lengths))
    codes = map(formats.__getitem__, places)
    return map(Cell._make, zip(each_row, columns, kinds, raws, codes, formulas, strict=True))


def _all(values: object, kind: type) -> bool:
    return isinstance(values, list) and set(map(type, values)) <= {kind}
