"""试算: what the score would be with another value in one field. Reckoned by the engine from the rows, and nothing is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal

from jiheng.errors import BadInput
from jiheng.model import DepartmentYear, ScoreLine, ScoreSheet
from jiheng.rulebook.forms import CellType, Column, SheetForm
from jiheng.workflow import scored_year
from jiheng_web.years.bridge import bound, read, slight_rows
from jiheng_web.years.entering import said, shown_cells, typed
from jiheng_web.years.models import Row, Year
from jiheng_web.years.queries import today

_SCORED = (CellType.MONEY, CellType.PERCENT, CellType.FIGURE, CellType.POINTS, CellType.COUNT, CellType.YES_NO)


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of a score sheet before and after."""

    before: ScoreLine
    after: ScoreLine

    @property
    def gained(self) -> Decimal | None:
        """The difference in 分; None while either is open."""
        if self.before.score is None or self.after.score is None:
            return None
        return self.after.score - self.before.score


@dataclass(frozen=True, slots=True)
class Compared:
    """A score sheet before and after, and the lines that moved."""

    before: ScoreSheet
    after: ScoreSheet

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The lines whose score or state is another."""
        known = {(one.part, one.id, one.name): one for one in self.before.lines}
        pairs = [(known.get((one.part, one.id, one.name)), one) for one in self.after.lines]
        return tuple(Moved(old, new) for old, new in pairs if old and (old.score, old.state) != (new.score, new.state))

    @property
    def gained(self) -> Decimal:
        """The difference of all points that have been scored."""
        return self.after.scored - self.before.scored


@dataclass(frozen=True, slots=True)
class Trial:
    """One field of one row with another value. **Shape** `sheets` is empty before anything was tried."""

    columns: tuple[Column, ...]
    column: Column
    now: str
    text: str
    target: str
    sheets: tuple[Compared, ...]
    doubts: tuple[str, ...]


def scored_columns(form: SheetForm) -> tuple[Column, ...]:
    """The columns of a table that a score may rest on."""
    return tuple(one for one in form.columns if one.type in _SCORED or one.field == "actual")


def trial(year: Year, form: SheetForm, row: Row, field: str, text: str) -> Trial:
    """The year scored as it is, and with one field changed.

    **Raises** BadInput for a field that no score rests on, or where the region has no rules for the year.
    """
    columns = scored_columns(form)
    if not columns:
        raise BadInput(f"“{form.name}”里没有影响得分的栏目")
    names = [one.field for one in columns]
    field = field or ("actual" if "actual" in names else names[0])
    if field not in names:
        raise BadInput("不能试算这一栏：它不影响得分")
    column, now = form.column(field), shown_cells(row).get(field, "")
    made = Trial(columns, column, now, text.strip() or now, said(row.cells, "target"), (), ())
    if not text.strip():
        return made
    cells = dict(row.cells)
    value = typed(column, text, cells.get(field))
    cells.pop(field, None)
    if value is not None:
        cells[field] = value
    rows = slight_rows(year)
    rows[form.record] = [
        replace(one, cells_text=json.dumps(cells, ensure_ascii=False)) if one.pk == row.pk else one
        for one in rows[form.record]
    ]
    tried = read(year, rows)
    spots = ((one, tried.spot(one)) for one in tried.intake.faults)
    doubts = tuple(one.message for one, at in spots if at and (at.row_id, at.field) == (row.pk, field))
    before, after = (_sheets(one, row.project) for one in (bound(year).intake.year, tried.intake.year))
    return replace(made, sheets=tuple(map(Compared, before, after)), doubts=doubts)


def _sheets(year: DepartmentYear, project: str) -> tuple[ScoreSheet, ...]:
    known = any(project in (one.code, one.name) for one in year.projects) if project else False
    return scored_year(year, today(), project if known else "")
