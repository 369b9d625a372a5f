"""Two commands as whole processes, in turn, in one run; medians and the ratio."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it is called, and the command."""

    name: str
    command: Sequence[str]


def compare(ours: Side, theirs: Side, runs: int = 5) -> float:
    """Run both in turn (one warm-up each), print the medians, and return ours ÷ theirs."""
    seconds: dict[str, list[float]] = {ours.name: [], theirs.name: []}
    for run in range(runs + 1):
        for side in (ours, theirs):
            start = time.perf_counter()
            done = subprocess.run(side.command, capture_output=True, check=False)
            took = time.perf_counter() - start
            if done.returncode not in (0, 1):
                sys.exit(f"{side.name} 没有跑成：{done.stderr.decode(errors='replace')[-500:]}")
            if run:
                seconds[side.name].append(took)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    for name, times in seconds.items():
        print(f"  {name:<44} 中位 {medians[name]:.2f} 秒（{min(times):.2f}–{max(times):.2f}）")
    ratio = medians[ours.name] / medians[theirs.name]
    print(f"  比值 {ratio:.2f}（小于 1 表示更快）")
    return ratio
