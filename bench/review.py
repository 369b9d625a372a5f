"""What a review finds of errors put in on purpose, and how long it takes.

`python -m bench.review [--misses] [--seed N] [--readme]`: with `--misses` every error that was not found is listed;
another seed puts other errors in other places; `--readme` writes the figures into README.md.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bench.reading import pages
from bench.side_by_side import Side, compare
from jiheng.model import Finding, Level
from jiheng.mutate import Mutation
from jiheng.workflow import compose_report, evaluate, write_report
from jiheng.workflow_mutate import mutate_report
from jiheng.workflow_review import review_document

SAMPLE = Path("samples/示范街道-2024.xlsx")
CORPUS = Path("../shared/corpus")
SEED, COPIES = 20241, 280
README = Path("README.md")
BEGIN, END = "<!-- figures of the review: make figures -->", "<!-- end -->"
TOTAL = "合计"
Key = tuple[str, str]


@dataclass
class Tally:
    """One kind of error over all its copies."""

    copies: int = 0
    determined: int = 0
    found: int = 0
    found_beyond: int = 0
    strangers: int = 0
    missed: list[Mutation] = field(default_factory=list)


def findings_of(path: Path) -> tuple[Finding, ...]:
    """What a review says of a file at warning or above."""
    return tuple(one for one in review_document(path).report.findings if one.level is not Level.HINT)


def touches(finding: Finding, mutation: Mutation) -> bool:
    """Whether a finding speaks of an error: it stands at one of the places concerned, or names what stands there now.

    A row that is gone shows elsewhere (in a count, in a total), so there any new finding counts.
    """
    if mutation.row is not None:
        return True
    if finding.words is not None and finding.words.block in (mutation.block, *mutation.related):
        return True
    said = " ".join((finding.message, finding.quote, *finding.facts.values()))
    return len(mutation.after) > 2 and mutation.after in said


def measure(folder: Path, report: Path, seed: int = SEED) -> dict[str, Tally]:
    """Make the copies, review each, and count by kind."""
    made = mutate_report(report, seed, COPIES, folder)
    before = {_key(one) for one in findings_of(report)}
    tallies: dict[str, Tally] = defaultdict(Tally)
    with ProcessPoolExecutor() as pool:
        for (_, mutation), findings in zip(
            made, pool.map(findings_of, (folder / name for name, _ in made)), strict=True
        ):
            _count(tallies[mutation.kind.value], mutation, [one for one in findings if _key(one) not in before])
    return tallies


def _key(finding: Finding) -> Key:
    return finding.check, finding.message


def _count(tally: Tally, mutation: Mutation, new: Iterable[Finding]) -> None:
    told = [touches(one, mutation) for one in new]
    tally.copies += 1
    tally.determined += mutation.is_determined
    tally.strangers += told.count(False)
    if mutation.is_determined and any(told):
        tally.found += 1
    elif any(told):
        tally.found_beyond += 1
    elif mutation.is_determined:
        tally.missed.append(mutation)


def with_total(tallies: dict[str, Tally]) -> dict[str, Tally]:
    """The table by kind, its sum as the last row."""
    total = Tally()
    for one in tallies.values():
        for name in ("copies", "determined", "found", "found_beyond", "strangers"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return tallies | {TOTAL: total}


def show(tallies: dict[str, Tally], misses: bool) -> None:
    """The table by kind."""
    print("  错误种类            份数  看得出  查出  占比   看不出而查出  另报")
    for kind, one in with_total(tallies).items():
        _line(kind, one)
    if misses:
        for kind, one in tallies.items():
            for mutation in one.missed:
                print(
                    f"  没查出 {kind} {mutation.place} “{mutation.before}”→“{mutation.after}” {mutation.determined_by}"
                )
                print(f"         {' '.join(mutation.context.split())}")


def _share(one: Tally) -> str:
    """Rounded down: 99.6% is not all."""
    return f"{one.found * 100 // one.determined}%" if one.determined else "—"


def _line(name: str, one: Tally) -> None:
    share = _share(one)
    padded = name + "　" * (9 - len(name))
    print(
        f"  {padded} {one.copies:>5} {one.determined:>6} {one.found:>6} {share:>6} {one.found_beyond:>10} {one.strangers:>8}"
    )


def speed(report: Path) -> list[str]:
    """Whole processes: a corpus pdf against MarkItDown's mere conversion, and a Word report of 20 pages and more.

    **Shape** Returns the lines for the README.
    """
    lines: list[str] = []
    jiheng = str(Path(sys.executable).parent / "jiheng")
    pdfs = sorted(CORPUS.glob("*.pdf"))
    if pdfs and find_spec("markitdown"):
        for pdf in pdfs[:2]:
            print(f"整个核查 {pdf.name}，对 MarkItDown 只把它转成文字")
            markitdown = str(Path(sys.executable).parent / "markitdown")
            ratio = compare(
                Side("jiheng review", [jiheng, "review", str(pdf), "--format", "json"]),
                Side("markitdown", [markitdown, str(pdf)]),
                runs=3,
            )
            name = f"MarkItDown {version('markitdown')} merely converting a {pages(pdf)}-page PDF"
            lines.append(f"| whole review ÷ {name} | {ratio:.2f} |")
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([jiheng, "review", str(report), "--format", "json"], capture_output=True, check=False)
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    print(f"核查一份 Word 报告（示范街道-2024，含附表）：中位 {median:.2f} 秒，含启动")
    return [
        *lines,
        f"| whole review of the sample's Word report, annexes included, start-up included | {median:.2f} s |",
    ]


def labels() -> list[str]:
    """The labelled documents of the collection beside the project, where it is there."""
    if not (CORPUS / "measure.py").exists():
        return []
    jiheng = str(Path(sys.executable).parent / "jiheng")
    command = [sys.executable, str(CORPUS / "measure.py"), "--quiet", "--", jiheng, "review", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = done.stdout.strip().splitlines()[-1]
    print(f"有标注的真实材料：{last}")
    found = re.search(r"found (\S+), false (\d+), unlabelled error-level findings (\d+)", last)
    if found is None:
        sys.exit(f"measure.py 的结果读不懂：{last}")
    return [
        f"| labelled errors found in real documents | {found[1].replace('/', ' of ')} |",
        f"| right statements reported as errors there | {found[2]} |",
        f"| further findings at error level there | {found[3]} |",
    ]


def write_figures(tallies: dict[str, Tally], lines: list[str]) -> None:
    """Put the figures between the two marks of README.md."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    table = [
        "| error put in | copies | something else in the document determines it | found | share | found beyond |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {kind} | {one.copies} | {one.determined} | {one.found} | {_share(one)} | {one.found_beyond} |"
            for kind, one in with_total(tallies).items()
        ),
        "",
        "| measured on this machine | |",
        "|---|---:|",
        f"| other new findings on the copies | {with_total(tallies)[TOTAL].strangers} |",
        *lines,
    ]
    README.write_text("\n".join((before + BEGIN, *table, END + after)), encoding="utf-8")


def main() -> None:
    """Print what is found and how long it takes."""
    parser = argparse.ArgumentParser(prog="python -m bench.review")
    parser.add_argument("--misses", action="store_true", help="list every error that was not found")
    parser.add_argument("--seed", type=int, default=SEED, help="which errors, and where")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    asked = parser.parse_args()
    print(f"核查查出多少设进去的错：示范街道-2024 的评价报告，{COPIES} 份副本，每份一处错，种子 {asked.seed}")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "评价报告.docx"
        write_report(compose_report(evaluate(SAMPLE, date(2025, 3, 31)), "department"), report)
        tallies = measure(Path(folder) / "设错", report, asked.seed)
        show(tallies, asked.misses)
        lines = [*labels(), *speed(report)]
    if asked.readme:
        write_figures(tallies, lines)


if __name__ == "__main__":
    main()
