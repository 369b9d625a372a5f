"""What results look like in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from jiheng.cli import usage
from jiheng.model import CheckReport, Level

if TYPE_CHECKING:
    from jiheng.intake.merging import Merged

_MOST_TAKEN = 30
_COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.HINT: "cyan"}


@contextmanager
def working(words: str) -> Iterator[None]:
    """Say on the error stream that work is going on, where somebody is watching."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(words):
            yield
    else:
        yield


def show_report(report: CheckReport, files: Sequence[Path]) -> None:
    """Findings by level, with place, reckoning and mend; then the tally."""
    console = _console()
    head = report.document
    console.print(Text(usage.harmless(f"{head.department} {head.fiscal_year} 年（{head.region}）"), style="bold"))
    for level in Level:
        for one in report.at(level):
            where, message = usage.harmless(f"{one.where} "), usage.harmless(one.message)
            console.print(Text.assemble((f"{level.label} ", _COLOURS[level]), (where, "dim"), message))
            for title, text in (("怎么算的", one.reckoning), ("怎么改", one.mend)):
                if text:
                    style = "dim" if text is one.reckoning else ""
                    console.print(Text(usage.harmless(f"    {title}：{text}"), style=style))
    tally = "，".join(f"{level.label} {len(report.at(level))}" for level in Level)
    console.print(Text(f"{tally}；通过 {len(report.passed)}，未执行 {len(report.not_run)}（缺数据）", style="bold"))
    if report.unrecognised:
        console.print(f"未识别内容 {len(report.unrecognised)} 处，没有用于核查。")
    for broken in report.broken:
        console.print(Text(usage.harmless(f"核查出错 {broken.check}：{broken.error}"), style="red"))
    for path in files:
        console.print(Text(usage.harmless(f"已写出 {path}")))


def show_merge(merged: Merged, target: Path) -> None:
    """What came in, what conflicts, what did not come back, what was left out."""
    from jiheng.intake.reader import CONFLICTS, TAKEN_OVER

    console = _console()
    console.print(Text(usage.harmless(f"已写出 {target}：采用科室填写 {merged.changed} 格，新增 {merged.added} 行。")))
    for taken in merged.taken[:_MOST_TAKEN]:
        what = f"“{taken.column}”：{taken.before or '（空）'} → {taken.after}" if taken.column else "新增一行"
        place = f"“{taken.sheet}”表{' ' if taken.cell else ''}{taken.cell} {taken.row}"
        console.print(Text(usage.harmless(f"采用 {place} {what}（{taken.pack}）")))
    if len(merged.taken) > _MOST_TAKEN:
        console.print(f"以上是前 {_MOST_TAKEN} 处，全部 {len(merged.taken)} 处列在“{TAKEN_OVER}”表里。")
    elif merged.taken:
        console.print(f"这 {len(merged.taken)} 处也列在“{TAKEN_OVER}”表里。")
    for one in merged.conflicts:
        place = f"“{one.sheet}”表{' ' if one.cell else ''}{one.cell} {one.row}"
        base, other = one.base_value or "（空）", one.pack_value
        line = f"冲突 {place}的“{one.column}”：总表 {base}，{one.pack} {other}"
        console.print(Text(usage.harmless(line), style="yellow"))
    if merged.conflicts:
        console.print(
            f"有 {len(merged.conflicts)} 处两边填得不同，总表的值没有改，两个值都列在“{CONFLICTS}”表里，请逐条定夺，"
            "定夺完删去这张表。"
        )
    for line in merged.missing:
        console.print(Text(usage.harmless(f"分发出去、交回时没有的行，已保留总表的内容：{line}")))
    if merged.formulas:
        console.print(f"有 {merged.formulas} 格是公式，合并后的工作簿里是它们的计算结果。")
    for name in merged.skipped:
        console.print(Text(usage.harmless(f"不是工作簿，没有合并：{name}"), style="yellow"))


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
