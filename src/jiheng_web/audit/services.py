"""Appending to the log, and proving that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from jiheng_web.audit.guard import Note, current
from jiheng_web.audit.models import Entry, Head
from jiheng_web.organisation.models import Unit
from jiheng_web.organisation.permissions import Actor

_COVERED = ("number", "at", "actor_id", "actor_name", "roles", "address", "action", "subject", "year_ref", "detail",
            "digest", "previous")  # fmt: skip


@contextmanager
def recording(actor: Actor, department: Unit, action: str, year_ref: int | None = None) -> Iterator[Note]:
    """Writes to guarded tables are possible inside; at the end one entry says what was done, or nothing happened."""
    with transaction.atomic():
        note = Note()
        outer = current.set(note)
        try:
            yield note
        finally:
            current.reset(outer)
            if (around := current.get()) is not None:
                around.touched |= note.touched
        _append(actor, department, action, year_ref, note)


def _append(actor: Actor, department: Unit, action: str, year_ref: int | None, note: Note) -> None:
    Head.objects.get_or_create(department=department)
    head = Head.objects.select_for_update().get(department=department)
    entry = Entry(
        department=department,
        number=head.number + 1,
        at=timezone.now().isoformat(timespec="milliseconds"),
        actor=actor.user,
        actor_name=actor.user.name,
        roles="、".join(actor.roles_at(department))[:200],
        address=actor.address[:64],
        action=action,
        subject=note.subject[:300],
        year_ref=year_ref,
        detail=json.dumps(note.changes, ensure_ascii=False, separators=(",", ":")),
        digest=note.digest,
        previous=head.hash,
    )
    entry.hash = _hash(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=department.pk).update(number=entry.number, hash=entry.hash)


def _hash(entry: Entry) -> str:
    text = json.dumps([getattr(entry, name) for name in _COVERED], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def broken_links(department: Unit, digest_now: Callable[[int], str | None]) -> Iterator[str]:
    """What does not hold in a department's log, in sentences; nothing when all holds.

    `digest_now` gives the present state of a year: a write that went by the log leaves another state than the last
    entry recorded.
    """
    before, number, states = "", 0, {}
    for entry in Entry.objects.filter(department=department).order_by("number").iterator():
        number += 1
        if entry.number != number:
            yield f"第 {number} 条缺失"
            number = entry.number
        if entry.previous != before:
            yield f"第 {entry.number} 条与前一条接不上"
        if entry.hash != _hash(entry):
            yield f"第 {entry.number} 条被改动过"
        before = entry.hash
        if entry.year_ref is not None and entry.digest:
            states[entry.year_ref] = entry.digest
    head = Head.objects.filter(department=department).first()
    if (head.number if head else 0, head.hash if head else "") != (number, before):
        yield f"末尾的记录被删除：应有 {head.number if head else 0} 条，现有 {number} 条"
    for year_ref, digest in states.items():
        if digest_now(year_ref) != digest:
            yield f"年度数据（编号 {year_ref}）在操作记录之外被改动过"
