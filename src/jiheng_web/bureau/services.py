"""Writing: a date and a reminder for a department."""

from __future__ import annotations

from datetime import date

from jiheng.errors import BadInput
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years.models import Year
from jiheng_web.years.services import writing


def remind(actor: Actor, year: Year, due_on: date | None, message: str) -> None:
    """Set the date of the present step and say why; the department sees both on its desk."""
    actor.require(Action.REMIND, year.department)
    if due_on is None and not message.strip():
        raise BadInput("请写期限，或写催办的话")
    with writing(actor, year, "限期催办") as (locked, note):
        locked.due_on = due_on
        locked.message = message.strip()[:500]
        note.subject = f"期限 {due_on or '未定'}"
        note.changes = [{"field": "催办", "before": "", "after": locked.message}]
