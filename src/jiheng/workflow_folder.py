"""The use-case for many files: a folder in, a folder of results and a summary out; one bad file stops nothing."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from jiheng import __version__
from jiheng.errors import BadInput, JihengError
from jiheng.output import is_there, make_folder, whole_file
from jiheng.reporting.summary import Reviewed, summary_csv, summary_page, write_summary_xlsx

SUFFIXES = (".docx", ".pdf", ".html", ".htm", ".txt", ".xlsx", ".xls", ".et")
PAGE, FINDINGS, COMMENTED, PAPER = "核查标注.html", "findings.json", "批注.docx", "核查意见书.docx"
SUMMARY_TABLES, SUMMARY_PAGE = ("汇总表.csv", "汇总表.xlsx"), "汇总.html"
_STATE = "result.json"
AS_BEFORE = "结果与上次相同，没有重新核查"
_STOPPED = "核查它时程序中途退出，其余文件不受影响；请单独核查这个文件，仍不行就把它发给管理员"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to review: where it is, its name in the folder, where its results go, and when."""

    path: Path
    name: str
    target: Path
    day: date
    stamp: str


def review_folder(
    folder: Path, out: Path, day: date, told: Callable[[Reviewed, int, int], None], workers: int | None = None
) -> tuple[Reviewed, ...]:
    """Review every document of a folder and of the folders in it, on all cores; write results and the summary to `out`.

    A file whose content, engine and rules are those of an earlier run is not reviewed again. `told` hears of each file as
    it is done: the row, how many are done, how many there are.

    **Raises** BadInput when the folder is none, holds no document, or `out` cannot be written.
    """
    if not is_there(folder) or not folder.is_dir():
        raise BadInput(f"“{folder}”不是文件夹：请给出材料所在的文件夹")
    files = list(_documents(folder, out))
    if not files:
        raise BadInput(f"“{folder}”里没有能核查的材料：能读的是 {'、'.join(SUFFIXES)}")
    make_folder(out)
    stamp = _stamp()
    tasks = [_task(path, folder, out, day, stamp) for path in files]
    rows: dict[str, Reviewed] = {}

    def done(row: Reviewed) -> None:
        rows[row.file] = row
        told(row, len(rows), len(tasks))

    waiting = []
    for task in tasks:
        earlier = _earlier(task)
        waiting += [] if earlier else [task]
        if earlier:
            done(earlier)
    _all_cores(waiting, workers or os.cpu_count() or 1, done)
    result = tuple(rows[task.name] for task in tasks)
    _write_summary(out, result, day)
    return result


def _documents(folder: Path, out: Path) -> Iterator[Path]:
    inside = out.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and path.is_file() and not hidden and inside not in path.resolve().parents:
            yield path


def _task(path: Path, folder: Path, out: Path, day: date, stamp: str) -> Task:
    name = str(path.relative_to(folder)).encode("utf-8", "replace").decode()
    return Task(path, name, out / path.relative_to(folder), day, stamp)


def _stamp() -> str:
    """What results depend on besides the file: the engine's version, every check's sentences, every rule file."""
    from jiheng.checks import all_checks
    from jiheng.checks.document import document_checks
    from jiheng.rulebook.source import packs

    digest = hashlib.sha256(__version__.encode())
    sentences = [(one.id, one.level, one.message, one.reckoning) for one in all_checks()]
    sentences += [(one.id, one.level, one.message, one.reckoning) for one in document_checks()]
    digest.update(repr(sentences).encode())
    for pack in packs():
        for path in sorted(pack.rglob("*.yaml")):
            digest.update(path.relative_to(pack).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _earlier(task: Task) -> Reviewed | None:
    """The row of an earlier run that still holds."""
    try:
        state = json.loads((task.target / _STATE).read_text(encoding="utf-8"))
        if state["stamp"] != task.stamp or state["row"]["sha256"] != _sha256(task.path):
            return None
        return replace(Reviewed(**state["row"]), note=AS_BEFORE)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _all_cores(tasks: Iterable[Task], workers: int, done: Callable[[Reviewed], None]) -> None:
    """Each task in one of `workers` processes. A file that takes its process down is tried once more, alone."""
    waiting = deque(tasks)
    context = multiprocessing.get_context("spawn")
    while waiting:
        running: dict[Future[Reviewed], Task] = {}
        with ProcessPoolExecutor(min(workers, len(waiting)), context) as pool:
            try:
                while waiting or running:
                    while waiting and len(running) < workers:
                        running[pool.submit(reviewed, waiting[0])] = waiting[0]
                        waiting.popleft()
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        row = future.result()
                        del running[future]
                        done(row)
            except BrokenProcessPool:
                pass
        for future, task in running.items():
            whole = future.done() and not future.cancelled() and future.exception() is None
            done(future.result() if whole else _alone(task, context))


def _alone(task: Task, context: multiprocessing.context.SpawnContext) -> Reviewed:
    with ProcessPoolExecutor(1, context) as pool:
        try:
            return pool.submit(reviewed, task).result()
        except BrokenProcessPool:
            return Reviewed(file=task.name, fault=_STOPPED)


def reviewed(task: Task) -> Reviewed:
    """Review one file and write its results; whatever goes wrong becomes a sentence in its row."""
    try:
        return _reviewed(task)
    except JihengError as error:
        return Reviewed(file=task.name, fault=error.sentence.removeprefix(f"{task.path.name}："))
    except MemoryError:
        return Reviewed(file=task.name, fault="核查它需要的内存超过了这台机器能给的；请拆成几个文件再试")
    except Exception as error:
        return Reviewed(file=task.name, fault=f"程序自身出错（{type(error).__name__}），请把这个文件发给管理员")


def _reviewed(task: Task) -> Reviewed:
    from jiheng.model import Level
    from jiheng.reporting.findings_json import findings_json
    from jiheng.workflow_review import review_document, write_commented, write_marked_page, write_opinion_paper

    review = review_document(task.path)
    report = review.report
    make_folder(task.target.parent)
    # Results appear whole: a run that is stopped leaves none that a later run would take for finished.
    with tempfile.TemporaryDirectory(prefix=".jiheng-", dir=task.target.parent) as name:
        folder = Path(name) / "results"
        folder.mkdir()
        (folder / FINDINGS).write_text(findings_json(report), encoding="utf-8", errors="replace")
        write_marked_page(review, folder / PAGE, task.day)
        if review.document.format == "docx":
            write_commented(task.path, review, folder / COMMENTED, task.day)
        else:
            write_opinion_paper(review, folder / PAPER, task.day)
        head = report.document
        row = Reviewed(
            file=task.name,
            sha256=review.document.sha256,
            kind=head.kind,
            department=head.department,
            fiscal_year=head.fiscal_year,
            errors=len(report.at(Level.ERROR)),
            warnings=len(report.at(Level.WARNING)),
            hints=len(report.at(Level.HINT)),
            not_run=len(report.not_run),
            broken=len(report.broken),
            note="；".join(review.document.faults),
            folder=Path(task.name).as_posix(),
        )
        state = {"stamp": task.stamp, "row": asdict(row)}
        (folder / _STATE).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8", errors="replace")
        _put(folder, task.target)
    return row


def _put(folder: Path, target: Path) -> None:
    """Move a folder of results into place; an earlier one of ours gives way, nothing else does."""
    if is_there(target):
        if not target.is_dir() or not is_there(target / _STATE):
            raise BadInput(f"“{target}”已经存在，又不是以前的核查结果，没有覆盖：请换一个输出文件夹")
        shutil.rmtree(target)
    folder.replace(target)


def _write_summary(out: Path, rows: Sequence[Reviewed], day: date) -> None:
    writers: dict[str, Callable[[Path], object]] = {
        SUMMARY_TABLES[0]: lambda path: path.write_text(summary_csv(rows), encoding="utf-8-sig", errors="replace"),
        SUMMARY_TABLES[1]: lambda path: write_summary_xlsx(path, rows),
        SUMMARY_PAGE: lambda path: path.write_text(
            summary_page(rows, day=day, page=PAGE), encoding="utf-8", errors="replace"
        ),
    }
    for name, write in writers.items():
        with whole_file(out / name) as part:
            write(part)
