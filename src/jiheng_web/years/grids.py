"""What the table pages show in their columns; everything else is on the row's own page."""

from __future__ import annotations

from dataclasses import dataclass

from jiheng.model import Finding
from jiheng.rulebook.forms import CellType, Column, SheetForm
from jiheng_web.years.entering import shown_cells, spaced
from jiheng_web.years.models import Row, Year
from jiheng_web.years.personal import masked
from jiheng_web.years.states import is_locked

PAGE = 100
INLINE: dict[str, tuple[str, ...]] = {
    "indicators": ("dimension", "category", "name", "comparator", "target", "unit", "weight", "actual", "deviation_note"),
    "projects": ("code", "name", "office", "initial_budget", "annual_budget", "executed", "status", "disclosure"),
    "budget_lines": ("part", "source", "activity", "initial_budget", "annual_budget", "executed", "final_accounts"),
    "adjustments": ("kind", "part", "amount", "document_number", "approved_on", "reason"),
    "payments": ("project", "month", "planned", "paid"),
    "key_tasks": ("code", "name", "office", "due", "progress", "outcome"),
    "monitoring": ("round", "project", "indicator", "reached", "executed", "likelihood", "measure"),
    "self_evaluations": ("project", "execution_score", "cost_score", "output_score", "benefit_score", "satisfaction_score", "total", "grade"),
    "judged_scores": ("subject", "level", "score", "target_too_low", "person", "reason"),
    "management_facts": ("item", "answer", "evidence", "note"),
    "problems": ("code", "text", "cause", "measure", "office", "due", "state"),
}  # fmt: skip
RIGHT = frozenset((CellType.MONEY, CellType.PERCENT, CellType.FIGURE, CellType.POINTS, CellType.COUNT, CellType.MONTH))
YES_NO, COMPARATORS = ("是", "否"), ("≥", ">", "=", "<", "≤", "定性")


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the grid or a line of a row's page."""

    column: Column
    value: str
    findings: tuple[Finding, ...]
    is_locked: bool

    @property
    def is_right(self) -> bool:
        """Whether numbers stand in it."""
        return self.column.type in RIGHT

    @property
    def is_long(self) -> bool:
        """Whether it needs a larger box."""
        return self.column.type is CellType.LONG

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen; a value that is none of them is kept."""
        given = choices_of(self.column)
        return given if not given or not self.value or self.value in given else (self.value, *given)

    @property
    def level(self) -> str:
        """The gravest level of its findings."""
        return min((one.level.value for one in self.findings), key=("error", "warning", "hint").index, default="")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page shows it."""

    row: Row
    fields: tuple[Field, ...]
    findings: tuple[Finding, ...]
    may_write: bool


def choices_of(column: Column) -> tuple[str, ...]:
    """The choices of a column."""
    if column.type is CellType.COMPARATOR:
        return COMPARATORS
    return YES_NO if column.type is CellType.YES_NO else column.choices


def inline_columns(form: SheetForm) -> tuple[Column, ...]:
    """The columns of a table page."""
    names = INLINE.get(form.record)
    if names is None:
        return form.columns[:7]
    return tuple(form.column(name) for name in names)


def line(
    year: Year,
    form: SheetForm,
    columns: tuple[Column, ...],
    row: Row,
    marks: dict[str, list[Finding]],
    may_write: bool,
    hidden: frozenset[str] = frozenset(),
) -> Line:
    """One row laid out; `hidden` are the fields of which only a masked value is shown."""
    shown = shown_cells(row)
    for name in hidden & shown.keys():
        shown[name] = masked(shown[name])
    fields = tuple(
        Field(
            column,
            spaced(column, shown.get(column.field, "")),
            tuple(marks.get(column.field, ())),
            is_locked(year.state, form.record, column.field) or not may_write or column.field in hidden,
        )
        for column in columns
    )
    return Line(row, fields, tuple(one for found in marks.values() for one in found), may_write)
