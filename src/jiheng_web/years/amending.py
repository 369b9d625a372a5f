"""目标调整: after approval goals change only by a request that the bureau decides; what it approves is applied at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from jiheng.errors import BadInput
from jiheng.model import Level
from jiheng.rulebook.forms import Column, SheetForm, workbook_form
from jiheng.workflow import evaluated_year
from jiheng_web.audit.services import recording
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years import bridge, entering
from jiheng_web.years.models import Amendment, AmendmentState, Cells, Row, Year, table_of
from jiheng_web.years.queries import evaluated, today, weights
from jiheng_web.years.services import last_position, new_row, writing
from jiheng_web.years.states import LOCKED_GOALS, is_locked

AMENDABLE = ("indicators", "goals", "fund_block")
REMOVED = ""
"""The field of a line that takes the whole row away."""
OPEN = (AmendmentState.DRAFT, AmendmentState.WAITING)
_MOST_LINES = 500


def find_amendment(year: int, amendment: int) -> Amendment | None:
    """An amendment of this very year."""
    found = Amendment.objects.select_related("year__department", "asked_by", "decided_by")
    return found.filter(pk=amendment, year_id=year).first()


def amendments_of(year: Year) -> list[Amendment]:
    """All of a year, the newest first."""
    return list(Amendment.objects.filter(year=year).select_related("asked_by", "decided_by", "year"))


def open_amendment(year: Year) -> Amendment | None:
    """The one that is being written or waits for the bureau; there is at most one."""
    return Amendment.objects.filter(year=year, state__in=OPEN).select_related("asked_by").first()


def can_amend(actor: Actor, year: Year, record: str) -> bool:
    """Whether a person may ask for a change of a table's locked fields now."""
    return record in AMENDABLE and year.state in LOCKED_GOALS and actor.may(Action.SUBMIT_GOALS, year.department)


def amendable_columns(year: Year, form: SheetForm) -> tuple[Column, ...]:
    """The locked columns of a table, which only an amendment can change."""
    return tuple(one for one in form.columns if is_locked(year.state, form.record, one.field))


def propose(actor: Actor, year: Year, form: SheetForm, row: Row, texts: Mapping[str, str]) -> Amendment:
    """Put changed fields of a row into the open draft (made when there is none). What is as it stands leaves the draft.

    **Raises** BadInput when nothing is approved yet, or a request already waits for the bureau.
    """
    _require_open(actor, year, form.record)
    with recording(actor, year.department, "起草目标调整", year.pk) as note:
        draft = _draft(actor, year)
        cells = row.cells
        lines = [one for one in draft.lines if not (one["record"] == form.record and one["row_id"] == row.pk)]
        for column in amendable_columns(year, form):
            if column.field not in texts:
                continue
            value = entering.typed(column, texts[column.field], cells.get(column.field))
            before = entering.said(cells, column.field)
            after = "" if value is None else entering.said({column.field: value}, column.field)
            if before != after:
                lines.append({"record": form.record, "table": form.name, "row_id": row.pk, "row": str(row)[:100],
                              "field": column.field, "title": column.title, "before": before, "after": after})  # fmt: skip
        _keep(draft, lines)
        note.subject = f"{draft}：{form.name} {row}"
    return draft


def propose_row(actor: Actor, year: Year, form: SheetForm, texts: Mapping[str, str]) -> Amendment:
    """Put a new row into the open draft: its fields, each a line of a row that is not there yet.

    **Raises** BadInput as `propose`, for an empty row, and for a table that has only one.
    """
    _require_open(actor, year, form.record)
    _require_rows(form)
    with recording(actor, year.department, "起草目标调整", year.pk) as note:
        draft = _draft(actor, year)
        number = min([0, *(one["row_id"] for one in draft.lines)]) - 1
        given = [(one, text) for one in amendable_columns(year, form) if (text := texts.get(one.field, "").strip())]
        if not given:
            raise BadInput("新增的这一行还是空的，请先填写")
        name = next((text for one, text in given if one.field == "name"), given[0][1])[:100]
        added = [{"record": form.record, "table": form.name, "row_id": number, "row": f"{name}（新增）",
                  "field": one.field, "title": one.title, "before": "", "after": text} for one, text in given]  # fmt: skip
        _keep(draft, [*draft.lines, *added])
        note.subject = f"{draft}：{form.name}新增 {name}"
    return draft


def propose_removal(actor: Actor, year: Year, form: SheetForm, row: Row) -> Amendment:
    """Put the removal of a row into the open draft, in place of what the draft would change in it."""
    _require_open(actor, year, form.record)
    _require_rows(form)
    with recording(actor, year.department, "起草目标调整", year.pk) as note:
        draft = _draft(actor, year)
        lines = [one for one in draft.lines if not (one["record"] == form.record and one["row_id"] == row.pk)]
        lines.append({"record": form.record, "table": form.name, "row_id": row.pk, "row": str(row)[:100],
                      "field": REMOVED, "title": "删除这一行", "before": _whole_row(form, row), "after": ""})  # fmt: skip
        _keep(draft, lines)
        note.subject = f"{draft}：{form.name}删除 {row}"
    return draft


def _require_rows(form: SheetForm) -> None:
    if form.kind == "form":
        raise BadInput(f"“{form.name}”只有一份，不能增加或删除")


def _whole_row(form: SheetForm, row: Row) -> str:
    cells = row.cells
    return "；".join(f"{one.title} {entering.said(cells, one.field)}" for one in form.columns if one.field in cells)


def drop_line(actor: Actor, amendment: Amendment, at: int) -> None:
    """Take one field out of a draft again."""
    year = amendment.year
    _require_open(actor, year, AMENDABLE[0])
    with recording(actor, year.department, "起草目标调整", year.pk) as note:
        draft = _locked(amendment, AmendmentState.DRAFT)
        lines = draft.lines
        if not 0 <= at < len(lines):
            raise BadInput("这一处已经不在申请里，请刷新页面")
        note.subject = f"{draft}：去掉 {lines[at]['row']} {lines[at]['title']}"
        del lines[at]
        _keep(draft, lines)


def send(actor: Actor, amendment: Amendment, reason: str, document_number: str) -> Amendment:
    """Hand a draft to the bureau. **Raises** BadInput without lines, reason or 文号, or when weights would not sum to 100."""
    year = amendment.year
    _require_open(actor, year, AMENDABLE[0])
    if not reason.strip():
        raise BadInput("要写明调整原因")
    if not document_number.strip():
        raise BadInput("要写批准或依据文件的文号；没有正式文件的，写会议纪要或签报的编号")
    with recording(actor, year.department, "申请目标调整", year.pk) as note:
        draft = _locked(amendment, AmendmentState.DRAFT)
        if not draft.lines:
            raise BadInput("还没有要调整的内容：到指标、目标或资金的那一行，点“申请调整”")
        if wrong := what_is_wrong(draft):
            more = f"；另有 {len(wrong) - 3} 处" if len(wrong) > 3 else ""
            raise BadInput(f"这样调整以后不对：{'；'.join(one.rstrip('。') for one in wrong[:3])}{more}。请改好再报")
        now, then = weight_sums(draft)
        if then != now and then != 100:
            raise BadInput(f"调整以后部门指标的权重合计是 {then.normalize():f}，应为 100：请把其他指标的权重一并调整")
        draft.state = AmendmentState.WAITING
        draft.reason, draft.document_number = reason.strip()[:1000], document_number.strip()[:100]
        draft.asked_by, draft.asked_at = actor.user, timezone.now()
        draft.revision += 1
        draft.save()
        note.subject = f"{draft}，{draft.document_number}，{len(draft.lines)} 处"
        note.changes = _changes(draft)
    return draft


def withdraw(actor: Actor, amendment: Amendment) -> None:
    """Take a request back before it is decided."""
    actor.require(Action.SUBMIT_GOALS, amendment.year.department)
    with recording(actor, amendment.year.department, "撤回目标调整", amendment.year_id) as note:
        found = _locked(amendment, *OPEN)
        found.state = AmendmentState.WITHDRAWN
        found.decided_by, found.decided_at = actor.user, timezone.now()
        found.save()
        note.subject = str(found)


def refuse(actor: Actor, amendment: Amendment, decision: str) -> None:
    """The bureau says no; nothing changes. **Raises** BadInput without a reason."""
    actor.require(Action.REVIEW_GOALS, amendment.year.department)
    if not decision.strip():
        raise BadInput("不批准要写明原因")
    with recording(actor, amendment.year.department, "不批准目标调整", amendment.year_id) as note:
        found = _locked(amendment, AmendmentState.WAITING)
        _decide(found, actor, AmendmentState.REFUSED, decision)
        note.subject = f"{found}：{found.decision}"


def approve(actor: Actor, amendment: Amendment, decision: str = "") -> int:
    """The bureau says yes: every field is changed in one recorded write. Returns how many.

    **Raises** BadInput when a field is no longer what it was when the change was asked for: then nothing is applied.
    """
    year = amendment.year
    actor.require(Action.REVIEW_GOALS, year.department)
    with writing(actor, year, "批准目标调整") as (locked, note):
        found = _locked(amendment, AmendmentState.WAITING)
        if locked.state not in LOCKED_GOALS:
            raise BadInput(f"现在是“{locked.state}”，不能调整已批复的目标")
        rows: dict[tuple[str, int], Row] = {}
        for line in found.lines:
            form = workbook_form().sheet(line["record"])
            key = (form.record, line["row_id"])
            row = rows.get(key) or _row_of(locked, form, line["row_id"], actor)
            if row is None:
                raise BadInput(f"“{line['row']}”这一行已经不在了，不能按申请调整：请不批准，让部门重新申请")
            cells = row.cells
            now = entering.said(cells, line["field"]) if line["field"] != REMOVED else _whole_row(form, row)
            if now != line["before"]:
                raise BadInput(
                    f"“{line['row']}”的“{line['title']}”申请时是“{line['before']}”，现在是“{now}”：请不批准，让部门重新申请"
                )
            if line["field"] == REMOVED:
                row.delete()
                continue
            value = entering.typed(form.column(line["field"]), line["after"], cells.get(line["field"]))
            cells.pop(line["field"], None) if value is None else cells.__setitem__(line["field"], value)
            row.cells = cells
            rows[key] = row
        for (record, _), row in rows.items():
            row.version += row.pk is not None
            row.changed_by = actor.user
            entering.index(workbook_form().sheet(record), row)
            row.save()
        _decide(found, actor, AmendmentState.APPLIED, decision)
        note.subject = f"{found}，{found.document_number}，{len(found.lines)} 处"
        note.changes = _changes(found)
    return len(amendment.lines)


def _row_of(year: Year, form: SheetForm, row_id: int, actor: Actor) -> Row | None:
    """The row of a line; a number below zero is a row to be made, behind the last."""
    if row_id < 0:
        return new_row(year, form, last_position(year, form) - row_id, {}, actor)
    return table_of(form.record).objects.filter(year=year, pk=row_id).first()


def amended(amendment: Amendment) -> bridge.Bound:
    """The year as the engine would read it with the amendment; rows yet to be made have the numbers of its lines."""
    year = amendment.year
    rows = bridge.slight_rows(year)
    known = {(record, one.pk): one for record, found in rows.items() for one in found}
    wanted: dict[tuple[str, int], Cells | None] = {}
    for line in amendment.lines:
        key = (line["record"], line["row_id"])
        cells = wanted[key] if key in wanted else known[key].cells if key in known else {}
        if line["field"] == REMOVED or cells is None:
            wanted[key] = None
            continue
        column = workbook_form().sheet(line["record"]).column(line["field"])
        value = entering.typed(column, line["after"], cells.get(column.field))
        cells.pop(column.field, None) if value is None else cells.__setitem__(column.field, value)
        wanted[key] = cells
    for (record, number), cells in wanted.items():
        kept = [one for one in rows.get(record, []) if one.pk != number or cells is not None]
        text = json.dumps(cells, ensure_ascii=False)
        rows[record] = [replace(one, cells_text=text) if one.pk == number else one for one in kept]
        if number < 0:
            rows[record].append(bridge.Slight(number, 0, 1, text))
    return bridge.read(year, rows)


def what_is_wrong(amendment: Amendment) -> list[str]:
    """What the amendment would make wrong in the rows that it touches: cells that cannot be read, indicators without weight,
    errors that the year does not have now."""
    made = amended(amendment)
    touched = {(one["record"], one["row_id"]): one["row"] for one in amendment.lines}
    report = evaluated_year(made.intake.year, today(), with_projects=False).checked.report
    now = {(one.check, one.message) for one in evaluated(amendment.year).checked.report.findings}
    found = []
    for one in (*made.intake.faults, *report.findings):
        spot = made.spot(one)
        row = touched.get((spot.record, spot.row_id or 0)) if spot else None
        if row is not None and one.level is Level.ERROR and (one.check, one.message) not in now:
            found.append(f"“{row}”：{one.message}")
    for indicator in made.intake.year.indicators:
        spot = made.at(indicator.origin.sheet, indicator.origin.cell("weight")) if indicator.origin else None
        row = touched.get((spot.record, spot.row_id or 0)) if spot else None
        if row is not None and not indicator.project and indicator.weight is None:
            found.append(f"“{row}”没有权重：部门指标都要有权重，合计 100")
    return list(dict.fromkeys(found))


def weight_sums(amendment: Amendment) -> tuple[Decimal, Decimal]:
    """The department's weights now, and as they would be after the amendment."""
    own = [one for one in amended(amendment).intake.year.indicators if not one.project]
    return weights(amendment.year).total, sum((one.weight for one in own if one.weight is not None), Decimal(0))


def _require_open(actor: Actor, year: Year, record: str) -> None:
    actor.require(Action.SUBMIT_GOALS, year.department)
    if record not in AMENDABLE:
        raise BadInput("这张表没有锁定，可以直接修改，不用申请调整")
    if year.state not in LOCKED_GOALS:
        raise BadInput(f"现在是“{year.state}”：目标批复以后才有调整")


def _draft(actor: Actor, year: Year) -> Amendment:
    Year.objects.select_for_update().get(pk=year.pk)
    found = Amendment.objects.filter(year=year, state__in=OPEN).first()
    if found is None:
        last = Amendment.objects.filter(year=year).order_by("-number").first()
        found = Amendment(
            year=year, number=last.number + 1 if last else 1, asked_by=actor.user, asked_at=timezone.now()
        )
        found.save()
    if found.state != AmendmentState.DRAFT:
        raise BadInput(f"{found}已经报财政局，等批复以后再申请下一次；要改，先撤回")
    return found


def _locked(amendment: Amendment, *states: AmendmentState) -> Amendment:
    found = Amendment.objects.select_for_update().get(pk=amendment.pk)
    found.year = amendment.year
    if found.state not in states:
        raise BadInput(f"{found}现在是“{found.get_state_display()}”，可能刚被别人办过，请刷新页面")
    return found


def _keep(draft: Amendment, lines: list[dict[str, Any]]) -> None:
    if len(lines) > _MOST_LINES:
        raise BadInput(f"一次调整最多 {_MOST_LINES} 处，请分次申请")
    draft.lines_text = json.dumps(lines, ensure_ascii=False)
    draft.revision += 1
    draft.save()


def _decide(found: Amendment, actor: Actor, state: AmendmentState, decision: str) -> None:
    found.state = state
    found.decision = decision.strip()[:500]
    found.decided_by, found.decided_at = actor.user, timezone.now()
    found.save()


def _changes(amendment: Amendment) -> list[dict[str, Any]]:
    return [
        {"table": one["table"], "row": one["row"], "field": one["title"], "before": one["before"][:500],
         "after": one["after"][:500]} for one in amendment.lines
    ]  # fmt: skip
