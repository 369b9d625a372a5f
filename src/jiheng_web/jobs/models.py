"""Jobs: what is to be done, by whom, how far it is, and whether anybody is still at it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from jiheng_web.organisation.models import Unit


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "没有办成"
    CANCELLED = "cancelled", "已取消"


class Job(models.Model):
    """One job. Its effect and its end are one transaction, so that a kill leaves all of it or nothing."""

    kind = models.CharField(max_length=30)
    year = models.ForeignKey("years.Year", models.PROTECT, null=True, blank=True, related_name="jobs")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.CharField(max_length=64, default="", blank=True)
    payload = models.TextField(default="{}")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    progress = models.IntegerField(default=0)
    message = models.CharField(max_length=500, default="", blank=True)
    link = models.CharField(max_length=200, default="", blank=True)
    attempts = models.IntegerField(default=0)
    worker = models.CharField(max_length=60, default="", blank=True)
    cancel_asked = models.BooleanField(default=False)
    heartbeat = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "job"
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "heartbeat"), name="job_by_state"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def given(self) -> dict[str, Any]:
        """What it was asked to do."""
        return json.loads(self.payload)

    @property
    def department(self) -> Unit:
        """Whose it is: the year's department; where there is no year, the unit."""
        return self.year.department if self.year else self.unit

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in (JobState.WAITING, JobState.RUNNING)
