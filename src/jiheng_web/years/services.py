"""Writing a year: every change checked for permission and state, recorded, and settled as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from jiheng.errors import BadInput
from jiheng.intake.packs import SHARED
from jiheng.intake.workbook import empty_content
from jiheng.model import DepartmentYear, Level
from jiheng.rulebook.forms import SheetForm, workbook_form
from jiheng.values import FiscalYear, RegionCode
from jiheng_web.audit.guard import Note
from jiheng_web.audit.services import recording
from jiheng_web.organisation.models import Unit
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years import bridge, entering
from jiheng_web.years.models import Cells, PlainRow, ProjectRow, Row, Year, table_of
from jiheng_web.years.queries import evaluated
from jiheng_web.years.states import is_locked


@contextmanager
def writing(actor: Actor, year: Year, action: str) -> Iterator[tuple[Year, Note]]:
    """The year locked for one change; at the end it is read anew by the engine, and log and standing say so."""
    with recording(actor, year.department, action, year.pk) as note:
        locked = Year.objects.select_for_update().get(pk=year.pk)
        locked.department = year.department
        yield locked, note
        settle(locked, note)
    for name in ("revision", "digest", "state", "message", "due_on", "errors", "warnings", "hints"):
        setattr(year, name, getattr(locked, name))


def settle(year: Year, note: Note) -> None:
    """Derive what is derived and save the year."""
    made, fresh = bridge.reread(year, note.touched)
    year.revision += 1
    note.digest = year.digest
    for model, rows in bridge.derive(fresh, made).items():
        changed = [model(pk=row.pk, **row.derived) for row in rows]
        model.objects.bulk_update(changed, bridge.derived_columns(model), batch_size=200)
    result = evaluated(year, made)
    year.errors, year.warnings, year.hints = (len(result.checked.report.at(level)) for level in Level)
    sheet = result.sheet
    year.score_centi = None if sheet is None or sheet.total is None else int(sheet.total * 100)
    year.score_state = sheet.state if sheet else "无规则"
    year.monitored = _monitored(result.year)
    if "budget_lines" in fresh:
        total = next((row for row in fresh["budget_lines"] if entering.said(row.cells, "part") == "合计"), None)
        year.annual_budget_fen = total.derived["annual_budget_fen"] if total else None
        year.executed_fen = total.derived["executed_fen"] if total else None
    year.save()


def _monitored(records: DepartmentYear) -> str:
    """The last round of monitoring, and how many of its rectifications are done."""
    if not records.monitoring:
        return ""
    last = records.monitoring[-1].round
    mending = [one for one in records.monitoring if one.round == last and one.measure]
    done = sum(one.state == "已完成" for one in mending)
    return f"{last[:30]}" + (f"，整改 {done}／{len(mending)}" if mending else "")


def digest_now(year_ref: int) -> str | None:
    """The present state of a year, for `audit.services.broken_links`; money in 分 must follow from the cells, too."""
    year = Year.objects.filter(pk=year_ref).first()
    if year is None:
        return None
    rows = bridge.slight_rows(year)
    made = bridge.read(year, rows)
    return None if bridge.derive(rows, made) else bridge.digest_of(made.tables, year.state)


def open_year(actor: Actor, department: Unit, fiscal_year: int) -> Year:
    """A new, empty year with the lines that the form gives. **Raises** BadInput when it exists."""
    actor.require(Action.IMPORT, department)
    if Year.objects.filter(department=department, fiscal_year=fiscal_year).exists():
        raise BadInput(f"{department.name}的 {fiscal_year} 年度已经有了")
    region = next((unit.region for unit in _up(department) if unit.region), "")
    if not region:
        raise BadInput(f"{department.name}的上级没有区，不知道用哪个地区的规则：请系统管理员把它放到区的下面")
    content = empty_content(workbook_form(), department.name, RegionCode(region), FiscalYear(fiscal_year).year)
    with recording(actor, department, "建立年度") as note:
        year = Year(department=department, fiscal_year=fiscal_year, region=region)
        year.save()
        note.subject = str(year)
        for record, rows in content.rows.items():
            form = workbook_form().sheet(record)
            for position, row in enumerate(rows, 1):
                new_row(year, form, position, {name: entering.stored(one) for name, one in row.items()}, actor).save()
    with writing(actor, year, "建立年度：空白表") as (locked, note):
        note.subject = str(locked)
    return year


def _up(unit: Unit | None) -> Iterator[Unit]:
    while unit is not None:
        yield unit
        unit = unit.parent


def new_row(year: Year, form: SheetForm, position: int, cells: Cells, actor: Actor) -> Row:
    """A row, not yet saved."""
    model = table_of(form.record)
    row = model(year=year, position=position, changed_by=actor.user)
    if isinstance(row, PlainRow):
        row.table = form.record
    row.cells = cells
    entering.index(form, row)
    return row


# --- one row ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed meanwhile."""

    field: str
    title: str
    theirs: str
    mine: str


@dataclass(slots=True)
class Outcome:
    """What came of a change: saved, unchanged, or differences to decide on. Nothing typed is lost."""

    row: Row
    is_saved: bool = False
    differences: list[Difference] = field(default_factory=list)


def owns(actor: Actor, year: Year, form: SheetForm, cells: Cells) -> bool:
    """Whether a person may write a row: all of them, or those of the own office (or of its projects)."""
    offices = actor.offices(year.department)
    if offices is None or (form.record in SHARED and form.record != "profile"):
        return True
    office = entering.said(cells, form.office) if form.office else ""
    if not office and form.through:
        project = entering.said(cells, form.through)
        found = ProjectRow.objects.filter(year=year)
        known = found.filter(code=project).first() or found.filter(name=project).first()
        office = known.office if known else ""
    return office in offices


def _require(actor: Actor, year: Year, form: SheetForm, *cells: Cells) -> None:
    actor.require(Action.EDIT_ROWS, year.department)
    if not all(owns(actor, year, form, one) for one in cells):
        raise PermissionDenied("不是本科室的行")


def edit_row(actor: Actor, year: Year, form: SheetForm, row_id: int, version: int, texts: Mapping[str, str]) -> Outcome:
    """Change fields of a row, if nobody else has changed them since `version`.

    **Raises** BadInput when the row is gone or a field is locked, PermissionDenied for another office's row.
    """
    with writing_if_changed(actor, year, f"修改{form.name}") as (locked, note, settle_it):
        row = table_of(form.record).objects.select_for_update().filter(year=locked, pk=row_id).first()
        if row is None:
            raise BadInput("这一行已被别人删除；您填的内容还在页面上，可以复制到新的一行")
        before = row.cells
        after: Cells = dict(before)
        for column in form.columns:
            if column.field in texts:
                value = entering.typed(column, texts[column.field], before.get(column.field))
                after.pop(column.field, None) if value is None else after.__setitem__(column.field, value)
        changed = [c for c in form.columns if before.get(c.field) != after.get(c.field)]
        if not changed:
            return Outcome(row, is_saved=True)
        _require(actor, locked, form, before, after)
        if row.version != version:
            return Outcome(row, differences=[
                Difference(c.field, c.title, entering.said(before, c.field), entering.said(after, c.field)) for c in changed
            ])  # fmt: skip
        _refuse_locked(locked, form, [c.field for c in changed])
        row.cells = after
        row.version += 1
        row.changed_by = actor.user
        entering.index(form, row)
        row.save()
        note.subject = f"{form.name}：{row}"
        note.changes = [
            _change(form, row, c.title, entering.said(before, c.field), entering.said(after, c.field)) for c in changed
        ]
        settle_it()
        return Outcome(row, is_saved=True)


class _Unchanged(Exception):
    """Nothing was written: no entry is made."""


@contextmanager
def writing_if_changed(actor: Actor, year: Year, action: str):
    """As `writing`, but leaves no trace unless the change was settled."""
    done: list[bool] = []
    try:
        with writing(actor, year, action) as (locked, note):
            yield locked, note, lambda: done.append(True)
            if not done:
                raise _Unchanged
    except _Unchanged:
        return


def _change(form: SheetForm, row: Row, column: str, before: str, after: str) -> dict[str, str]:
    return {"table": form.name, "row": str(row), "field": column, "before": before[:500], "after": after[:500]}


def _refuse_locked(year: Year, form: SheetForm, fields: list[str]) -> None:
    closed = [name for name in fields if is_locked(year.state, form.record, name)]
    if closed:
        titles = "、".join(form.column(name).title for name in closed)
        raise BadInput(f"现在是“{year.state}”，“{form.name}”的“{titles}”已锁定，不能改")


def add_row(actor: Actor, year: Year, form: SheetForm, texts: Mapping[str, str] | None = None) -> Row:
    """A new row at the end; an office's new row is its own from the start."""
    if is_locked(year.state, form.record):
        raise BadInput(f"现在是“{year.state}”，“{form.name}”不能加行")
    if form.kind == "form" and last_position(year, form):
        raise BadInput(f"“{form.name}”只有一份，不能加行")
    cells: Cells = {}
    for column in form.columns:
        value = entering.typed(column, (texts or {}).get(column.field, ""), None)
        if value is not None:
            cells[column.field] = value
    offices = actor.offices(year.department)
    if offices and form.office and form.office not in cells:
        cells[form.office] = min(offices)
    with writing(actor, year, f"{form.name}加一行") as (locked, note):
        _require(actor, locked, form, cells)
        position = last_position(locked, form) + 1
        row = new_row(locked, form, position, cells, actor)
        row.save()
        note.subject = f"{form.name}：第 {position} 行"
    return row


MOST_ROWS = 50
"""So many empty rows at once, for a block pasted from a spreadsheet."""


def add_rows(actor: Actor, year: Year, form: SheetForm, count: int) -> None:
    """Empty rows at the end. **Raises** BadInput as `add_row`, or for a number that is not 1 to 50."""
    if not 1 <= count <= MOST_ROWS:
        raise BadInput(f"一次可以加 1 到 {MOST_ROWS} 行")
    if is_locked(year.state, form.record) or form.kind == "form":
        raise BadInput(f"现在是“{year.state}”，“{form.name}”不能加行")
    offices = actor.offices(year.department)
    column = form.column(form.office) if offices and form.office else None
    own = entering.typed(column, min(offices), None) if offices and column else None
    cells: Cells = {} if column is None or own is None else {column.field: own}
    with writing(actor, year, f"{form.name}加 {count} 行") as (locked, note):
        _require(actor, locked, form, cells)
        first = last_position(locked, form) + 1
        for position in range(first, first + count):
            new_row(locked, form, position, dict(cells), actor).save()
        note.subject = f"{form.name}：第 {first} 至 {first + count - 1} 行"


def last_position(year: Year, form: SheetForm) -> int:
    """The place of a table's last row."""
    found = table_of(form.record).objects.filter(year=year)
    if table_of(form.record) is PlainRow:
        found = found.filter(table=form.record)
    return found.aggregate(last=Max("position"))["last"] or 0


def remove_row(actor: Actor, year: Year, form: SheetForm, row_id: int, version: int) -> None:
    """Delete a row; its content stays in the log. **Raises** BadInput when it changed meanwhile."""
    if is_locked(year.state, form.record) or form.kind == "form":
        raise BadInput(f"现在是“{year.state}”，“{form.name}”不能删行")
    with writing(actor, year, f"{form.name}删一行") as (locked, note):
        row = table_of(form.record).objects.select_for_update().filter(year=locked, pk=row_id).first()
        if row is None:
            raise BadInput("这一行已被别人删除")
        if row.version != version:
            raise BadInput("这一行刚被别人改过，没有删除：请先看看改了什么")
        _require(actor, locked, form, row.cells)
        note.subject = f"{form.name}：{row}"
        note.changes = [
            _change(form, row, column.title, entering.said(row.cells, column.field), "")
            for column in form.columns
            if column.field in row.cells
        ]
        row.delete()
