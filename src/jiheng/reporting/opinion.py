"""核查意见.html: one self-contained page with every finding, by level and sheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from jiheng import __version__
from jiheng.model import CheckReport, Finding, Level

UNPLACED = "整份材料"


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("jiheng.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def opinion_page(report: CheckReport, *, region: str, titles: Mapping[str, str], checked_on: str) -> str:
    """The page as HTML text. `titles` names each check in words; `checked_on` is the day, given by the door."""
    levels = [(level, _by_sheet(report.at(level))) for level in Level]
    context: dict[str, Any] = {
        "report": report,
        "levels": levels,
        "counts": {level: len(report.at(level)) for level in Level},
        "region": region,
        "titles": titles,
        "checked_on": checked_on,
        "version": __version__,
    }
    return _pages().get_template("opinion.html").render(context)


def _by_sheet(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    sheets: dict[str, list[Finding]] = {}
    for one in findings:
        sheets.setdefault(one.where.sheet or UNPLACED, []).append(one)
    return sheets
