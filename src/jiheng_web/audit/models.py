"""The log. The database itself refuses to change or delete an entry (migration 0002)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiheng_web.organisation.models import Unit


class Entry(models.Model):
    """One thing that somebody did.

    **Shape** `number` counts from 1 in a department; `digest` is the state of the year after it; `hash` covers everything
    and the entry before.
    """

    department = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    at = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=60)
    roles = models.CharField(max_length=200)
    address = models.CharField(max_length=64)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    year_ref = models.BigIntegerField(null=True)
    detail = models.TextField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        ordering = ("department", "number")
        constraints = (models.UniqueConstraint(fields=("department", "number"), name="audit_entry_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class Head(models.Model):
    """The end of a department's chain; locked while an entry is appended."""

    department = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="+")
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.department_id}: {self.number}"
