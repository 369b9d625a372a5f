"""What is open in a score sheet, what has lost points, and the very row where either can be changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse

from jiheng.model import ScoreLine, ScoreSheet
from jiheng.rulebook.forms import workbook_form
from jiheng_web.evaluation.what_if import scored_columns
from jiheng_web.years.bridge import Bound, bound
from jiheng_web.years.models import Year
from jiheng_web.years.queries import evaluated

MOST = 15
"""Rows that lost points, at most so many on the page; how many there are in all is said."""


@dataclass(frozen=True, slots=True)
class Changing:
    """A row that would change the score: what it lacks or lost, and where. **Unit** 分."""

    line: ScoreLine
    lost: Decimal
    link: str
    where: str
    """What the link leads to, in words."""
    trial: str
    """The page that reckons the score with another value there; empty where no row stands yet."""


class _Place(NamedTuple):
    """The page of a row, its table in words, and the page for trying another value in it."""

    link: str = ""
    where: str = ""
    trial: str = ""


def places(year: Year, sheets: Iterable[ScoreSheet]) -> dict[str, str]:
    """Sheet and cell, as a trace has them, → the page of that row."""
    made = bound(year)
    named: set[str] = set()
    for sheet in sheets:
        for line in sheet.lines:
            named.update((line.where, *(one.where for one in line.trace.inputs)))
    return {where: place.link for where in named if (place := _place(year, made, where)).link}


def open_rows(year: Year, sheet: ScoreSheet) -> tuple[Changing, ...]:
    """The rows without a score, most points first, each with the row that would give it one."""
    made, found = bound(year), []
    judged = {one.subject: one for one in evaluated(year).year.judged_scores}
    for line in sheet.lines:
        if line.score is not None:
            continue
        place = _place(year, made, line.where)
        if not place.link and line.awaits_judgement:
            known = judged.get(line.name) or judged.get(line.id)
            place = _place(year, made, f"评分判定!{known.origin.cell('score')}" if known and known.origin else "")
            place = place if place.link else _table_in(year, "评分判定")
        if not place.link:
            place = _first_input(year, made, line) or _table_in(year, line.reason)
        found.append(Changing(line, line.points, *place))
    return tuple(sorted(found, key=lambda one: -one.lost))


def _table_in(year: Year, reason: str) -> _Place:
    """The table that a reason names; the indicators where it names none."""
    form = next((one for one in workbook_form().sheets if one.name in reason), workbook_form().sheet("indicators"))
    return _Place(reverse("table", args=[year.pk, form.record]), form.name)


def lost_rows(year: Year, sheet: ScoreSheet) -> tuple[Changing, ...]:
    """The rows scored below their points, most lost first."""
    made = bound(year)
    lost = [(one, one.points - one.score) for one in sheet.lines if one.score is not None and one.score < one.points]
    found = []
    for line, points in lost:
        place = _place(year, made, line.where)
        place = place if place.link else _first_input(year, made, line) or place
        found.append(Changing(line, points, *place))
    return tuple(sorted(found, key=lambda one: -one.lost))


def _first_input(year: Year, made: Bound, line: ScoreLine) -> _Place | None:
    found = (_place(year, made, one.where) for one in line.trace.inputs)
    return next((place for place in found if place.link), None)


def _place(year: Year, made: Bound, where: str) -> _Place:
    sheet, _, cell = where.partition("!")
    spot = made.at(sheet, cell) if cell else None
    if spot is None or spot.row_id is None:
        return _Place()
    link = reverse("row", args=[year.pk, spot.record, spot.row_id])
    names = [one.field for one in scored_columns(workbook_form().sheet(spot.record))]
    trial = reverse("what-if", args=[year.pk, spot.record, spot.row_id]) if names else ""
    return _Place(
        f"{link}#f-{spot.field}" if spot.field else link,
        sheet,
        f"{trial}?field={spot.field}" if spot.field in names else trial,
    )
