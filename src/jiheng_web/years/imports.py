"""Workbooks coming in: what a file would change, row by row, and taking over what a person accepts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from jiheng.errors import BadInput
from jiheng.intake.packs import keyed, packed, refuse_unread
from jiheng.intake.reader import read_workbook
from jiheng.rulebook.forms import SheetForm, workbook_form
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years import bridge, entering
from jiheng_web.years.models import Cells, ImportDraft, Row, Year, table_of
from jiheng_web.years.services import last_position, new_row, writing
from jiheng_web.years.states import is_locked


@dataclass(frozen=True, slots=True)
class Change:
    """A row that the file would add, change or (when wanted) remove. `id` is what the page's boxes send back."""

    id: str
    name: str
    row: Row | None
    cells: Cells
    fields: tuple[tuple[str, str, str], ...] = ()
    locked: tuple[str, ...] = ()


@dataclass(slots=True)
class TableChanges:
    """What the file would change in one table. `absent` are rows that the file does not have: kept unless asked."""

    form: SheetForm
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    absent: list[Change] = field(default_factory=list)
    same: int = 0
    is_closed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to decide."""
        return not (self.added or self.changed or self.absent)


def upload(actor: Actor, year: Year, path: Path, name: str, content: bytes) -> ImportDraft:
    """Read an uploaded workbook, or tables from a finance system, and keep it for preview.

    **Raises** BadInput when it is none of this year's.
    """
    actor.require(Action.IMPORT, year.department)
    intake = read_workbook(path, profile=bridge.bound(year).intake.year.profile)
    refuse_unread(intake)
    profile = intake.year.profile
    if profile.fiscal_year.year != year.fiscal_year:
        raise BadInput(
            f"文件是 {profile.fiscal_year.year} 年的，这里是 {year.fiscal_year} 年：请换文件，或到那一年导入"
        )
    if profile.department != year.department.name or profile.region.digits != year.region:
        raise BadInput(
            f"文件是“{profile.department}”（{profile.region.digits}）的，这里是“{year.department.name}”（{year.region}）："
            "请核对“基本信息”表的部门名称和区划代码"
        )
    source = intake.year.source
    return ImportDraft.objects.create(
        year=year,
        user=actor.user,
        file_name=name[:200],
        sha256=source.sha256 if source else "",
        content=content,
        rows_text=json.dumps(_with_codes(year, entering.cells_of_workbook(intake)), ensure_ascii=False),
        faults=len(intake.faults),
        unrecognised=len(intake.unrecognised),
    )


def _with_codes(year: Year, cells: dict[str, list[Cells]]) -> dict[str, list[Cells]]:
    """Projects that come by name alone get the code they have here, by which rows are known."""
    form = workbook_form().sheet("projects")
    codes = {
        row.cells.get("name"): row.cells["code"]
        for row in bridge.rows_of(year).get("projects", [])
        if row.cells.get("code")
    }
    for one in cells.get(form.record, []):
        if not one.get("code") and one.get("name") in codes:
            one["code"] = codes[one["name"]]
    return cells


def changes_of(year: Year, draft: ImportDraft) -> list[TableChanges]:
    """What the draft would change now, table by table."""
    rows = bridge.rows_of(year)
    incoming: dict[str, list[Cells]] = json.loads(draft.rows_text)
    return [
        _table(year, form, rows.get(form.record, []), incoming[form.record])
        for form in workbook_form().sheets
        if form.record in incoming
    ]


def _table(year: Year, form: SheetForm, ours: list[Row], theirs: list[Cells]) -> TableChanges:
    found = TableChanges(form, is_closed=is_locked(year.state, form.record))
    if form.kind == "form":
        known = {"": ours[0]} if ours else {}
        pairs = [("", one) for one in theirs[:1]]
    else:
        known = {packed(key): row for (key, _), row in zip(keyed(form, bridge.raw_rows(ours)), ours, strict=True)}
        raw = [{name: entering.cell(value) for name, value in one.items()} for one in theirs]
        pairs = [(packed(key), one) for (key, _), one in zip(keyed(form, raw), theirs, strict=True)]
    came = set()
    for number, (key, cells) in enumerate(pairs):
        row = known.get(key)
        came.add(key)
        if row is None:
            if cells:
                found.added.append(Change(f"add:{form.record}:{number}", _name(form, cells), None, cells))
            continue
        change = _difference(year, form, row, cells)
        if change is None:
            found.same += 1
        else:
            found.changed.append(change)
    if form.kind == "table":
        found.absent = [
            Change(f"del:{form.record}:{row.pk}", str(row), row, {}) for key, row in known.items() if key not in came
        ]
    return found


def _difference(year: Year, form: SheetForm, row: Row, cells: Cells) -> Change | None:
    ours = row.cells
    fields, locked, after = [], [], dict(ours)
    for column in form.columns:
        old, new = entering.said(ours, column.field), entering.said(cells, column.field)
        if old == new or not new:
            continue  # an empty cell of the file says nothing
        if is_locked(year.state, form.record, column.field):
            locked.append(column.title)
            continue
        fields.append((column.title, old, new))
        after[column.field] = cells[column.field]
    if not fields and not locked:
        return None
    return Change(f"chg:{form.record}:{row.pk}:{row.version}", str(row), row, after, tuple(fields), tuple(locked))


def _name(form: SheetForm, cells: Cells) -> str:
    names = ("name", *form.key, form.columns[0].field)
    return next((entering.said(cells, one) for one in names if one in cells), "")


def apply(
    actor: Actor,
    year: Year,
    draft: ImportDraft,
    refused: set[str],
    removed: set[str],
    revision: int,
    settled: frozenset[int] = frozenset(),
) -> int:
    """Take over what was accepted; returns the number of rows. **Raises** BadInput when the year changed meanwhile.

    `settled` are the conflicts of merged packs (by their place in the list) in which the office's value is to be used.
    """
    actor.require(Action.IMPORT, year.department)
    with writing(actor, year, "导入工作簿") as (locked, note):
        if locked.revision != revision:
            raise BadInput("看预览的时候，数据又被改动了：请再看一遍预览，没有导入")
        if not ImportDraft.objects.filter(pk=draft.pk, applied_at=None).update(applied_at=timezone.now()):
            raise BadInput("这份文件已经导入过了")
        count = 0
        for table in changes_of(locked, draft):
            for line in _take(actor, locked, table, refused, removed):
                note.changes.append(line)
                count += 1
        for line in _settle_conflicts(actor, locked, draft, settled):
            note.changes.append(line)
            count += 1
        note.subject = f"{draft.file_name}（sha256 {draft.sha256[:16]}），{count} 行"
    return count


def _take(
    actor: Actor, year: Year, table: TableChanges, refused: set[str], removed: set[str]
) -> Iterator[dict[str, str]]:
    form = table.form
    for one in table.changed:
        if one.id in refused or not one.fields or one.row is None:
            continue
        row = one.row
        row.cells = one.cells
        row.version += 1
        row.changed_by = actor.user
        entering.index(form, row)
        row.save()
        for title, old, new in one.fields:
            yield {"table": form.name, "row": one.name[:100], "field": title, "before": old[:500], "after": new[:500]}
    if table.is_closed:
        return
    for one in table.absent:
        if one.id in removed and one.row is not None:
            yield {
                "table": form.name,
                "row": one.name[:100],
                "field": "",
                "before": one.row.cells_text[:500],
                "after": "删除",
            }
            one.row.delete()
    last = last_position(year, form)
    fresh = [one for one in table.added if one.id not in refused]
    made = [new_row(year, form, last + n, one.cells, actor) for n, one in enumerate(fresh, 1)]
    if made:
        type(made[0]).objects.bulk_create(made, batch_size=200)
    for one in fresh:
        yield {"table": form.name, "row": one.name[:100], "field": "", "before": "", "after": "新增"}


EMPTIED = "（已清空）"
"""How merging (`jiheng.intake.merging`) writes that an office emptied a cell."""


def _settle_conflicts(
    actor: Actor, year: Year, draft: ImportDraft, settled: frozenset[int]
) -> Iterator[dict[str, str]]:
    for at, clash in enumerate(draft.packs.get("conflicts", ())):
        if at not in settled or not clash["field"] or clash["row_id"] is None:
            continue
        form = workbook_form().sheet(clash["record"])
        column = form.column(clash["field"])
        if is_locked(year.state, form.record, column.field):
            raise BadInput(f"“{form.name}”的“{column.title}”已锁定，不能改成科室的：请去掉勾再导入")
        row = table_of(form.record).objects.filter(year=year, pk=clash["row_id"]).first()
        if row is None:
            continue
        cells = row.cells
        before = entering.said(cells, column.field)
        text = "" if clash["theirs"] == EMPTIED else clash["theirs"]
        value = entering.typed(column, text, cells.get(column.field))
        cells.pop(column.field, None) if value is None else cells.__setitem__(column.field, value)
        row.cells = cells
        row.version += 1
        row.changed_by = actor.user
        entering.index(form, row)
        row.save()
        yield {"table": form.name, "row": str(row)[:100], "field": column.title, "before": before[:500],
               "after": text[:500]}  # fmt: skip
