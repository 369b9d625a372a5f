"""Models whose rows may change only while the change is being recorded: bulk operations too."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.db import models


class NotRecorded(RuntimeError):
    """A write to a guarded table outside `audit.services.recording`; nothing was written."""


class Note:
    """What the entry being recorded will say."""

    def __init__(self) -> None:
        self.subject = ""
        self.changes: list[dict[str, Any]] = []
        self.digest = ""
        self.touched: set[type[models.Model]] = set()
        """The guarded tables that were written to; the guard itself says so."""


current: ContextVar[Note | None] = ContextVar("recording", default=None)


def _refuse_unrecorded(what: str, table: type[models.Model]) -> None:
    note = current.get()
    if note is None:
        raise NotRecorded(f"{what}：改动必须经过服务层并记入操作记录")
    note.touched.add(table)


class GuardedQuerySet(models.QuerySet):
    """Every way to write many rows at once."""

    def update(self, **values):
        _refuse_unrecorded("update", self.model)
        return super().update(**values)

    def delete(self):
        _refuse_unrecorded("delete", self.model)
        return super().delete()

    def bulk_create(self, *args, **kwargs):
        _refuse_unrecorded("bulk_create", self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args, **kwargs):
        _refuse_unrecorded("bulk_update", self.model)
        return super().bulk_update(*args, **kwargs)


class Guarded(models.Model):
    """A row of a guarded table."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        _refuse_unrecorded("save", type(self))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        _refuse_unrecorded("delete", type(self))
        return super().delete(*args, **kwargs)
