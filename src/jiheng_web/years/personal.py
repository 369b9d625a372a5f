"""Personal data: who they are shown to, how they are masked for others, and that showing them is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiheng.rulebook.forms import SheetForm, workbook_form
from jiheng_web.audit.services import recording
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action, Role
from jiheng_web.years import bridge, entering
from jiheng_web.years.models import Row, Year

PERSONAL: dict[str, frozenset[str]] = {
    sheet.record: fields
    for sheet in workbook_form().sheets
    if (fields := frozenset(one.field for one in sheet.columns if one.disclosure == "不公开"))
}
"""Names and telephone numbers of people, by table: the fields whose 公开属性 is 不公开."""

_OUTSIDE = frozenset((Role.BUREAU_BUSINESS, Role.BUREAU_PERFORMANCE, Role.EVALUATOR, Role.AUDITOR))


def masked(text: str) -> str:
    """What others see instead of a name or a number.

    >>> masked("张三丰"), masked("010-65551234"), masked("")
    ('张**', '0****34', '')
    """
    text = text.strip()
    if not text:
        return ""
    if sum(one.isdigit() for one in text) >= 5:
        return f"{text[0]}****{text[-2:]}"
    return f"{text[0]}**"


def sees_people(actor: Actor, year: Year) -> bool:
    """Whether a person belongs to the department, and so sees the names of its people."""
    return any(role not in _OUTSIDE and not role.is_admin for role in actor.roles_at(year.department))


def masked_fields(actor: Actor, year: Year, record: str) -> frozenset[str]:
    """The fields of a table that are masked for a person."""
    return frozenset() if sees_people(actor, year) else PERSONAL.get(record, frozenset())


def reveal(actor: Actor, year: Year, form: SheetForm, row: Row) -> dict[str, str]:
    """The personal data of a row, shown once and put on record: who looked, at whose."""
    actor.require(Action.SEE_YEAR, year.department)
    fields = sorted(PERSONAL.get(form.record, ()))
    with recording(actor, year.department, "显示个人信息", year.pk) as note:
        titles = "、".join(form.column(name).title for name in fields)
        note.subject = f"{form.name}：{row}（{titles}）"
    return {name: entering.said(row.cells, name) for name in fields}


_TITLES = frozenset(
    (sheet.name, sheet.column(name).title)
    for sheet in workbook_form().sheets
    for name in PERSONAL.get(sheet.record, ())
)


def changes_without_people(changes: list[dict[str, str]]) -> list[dict[str, str]]:
    """Changes of an entry of the log, as those outside the department see them."""
    return [
        one | {"before": masked(one["before"]), "after": masked(one["after"])}
        if (one.get("table", ""), one.get("field", "")) in _TITLES
        else one
        for one in changes
    ]


def record_without_people(record: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A record's fields, the personal ones masked."""
    hidden = PERSONAL.get(record, frozenset())
    return {name: masked(str(value or "")) if name in hidden else value for name, value in fields.items()}


def without_people(rows: bridge.Rows) -> bridge.Rows:
    """Rows for a file that goes to somebody outside the department; they are never saved."""
    for record, fields in PERSONAL.items():
        for row in rows.get(record, ()):
            cells = row.cells
            for name in fields & cells.keys():
                cells[name] = masked(entering.said(cells, name))
            row.cells = cells
    return rows
