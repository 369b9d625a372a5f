"""Every extension point of the engine, on one page.

| entry-point group | what it names | what it must give |
|---|---|---|
| `jiheng.rules` | a function without arguments | the folder of a rule pack (`pathlib.Path`), laid out as `jiheng_rules` is |
| `jiheng.checks` | a function without arguments | an iterable of `jiheng.checks.Check` |
| `jiheng.web` | a function of the arguments | what `jiheng web …` runs, and its exit status |

Our own rules come through the same door. An installed package needs no more than the entry point in its metadata.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

RULES = "jiheng.rules"
CHECKS = "jiheng.checks"


def load(group: str) -> tuple[Any, ...]:
    """What the entry points of a group give, ours first, then by name."""
    points = sorted(entry_points(group=group), key=lambda point: (point.name != "jiheng", point.name))
    return tuple(point.load()() for point in points)
