"""Uploaded documents, what the checks found in them, and the files made of that."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from jiheng_web.audit.guard import Guarded
from jiheng_web.jobs.models import Job, JobState
from jiheng_web.organisation.models import Unit
from jiheng_web.years.models import Year

COMMENTED, PAPER, PAGE = "批注.docx", "核查意见书.docx", "核查标注.html"


class ReviewedDocument(Guarded):
    """A finished document. What was found is empty until its job is done; `job` says how far that is."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    against = models.ForeignKey(Year, models.PROTECT, null=True, related_name="+")
    against_revision = models.BigIntegerField(null=True, blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    reviewed_on = models.DateField(null=True, blank=True)
    engine_version = models.CharField(max_length=40, default="", blank=True)
    kind = models.CharField(max_length=40, default="", blank=True)
    department_name = models.CharField(max_length=200, default="", blank=True)
    fiscal_year = models.IntegerField(null=True, blank=True)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    hints = models.IntegerField(default=0)
    findings_json = models.TextField(default="", blank=True)

    class Meta:
        db_table = "reviewed_document"
        ordering = ("-id",)
        indexes = (models.Index(fields=("unit", "-id"), name="reviewed_document_of_unit"),)

    def __str__(self) -> str:
        return self.file_name

    @property
    def department(self) -> Unit:
        """Whose it is: the unit for which it was uploaded; it is seen there and above."""
        return self.unit

    @property
    def chain(self) -> Unit:
        """The unit in whose log it is recorded."""
        return self.unit.department or self.unit

    @property
    def is_done(self) -> bool:
        """Whether there is a result."""
        return self.reviewed_on is not None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its result."""
        return self.job is not None and self.job.is_open

    @property
    def has_failed(self) -> bool:
        """Whether its last review came to nothing."""
        return self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def failure(self) -> str:
        """Why its last review came to nothing, without its own name before it."""
        return self.job.message.removeprefix(f"{self.file_name}：") if self.job else ""

    @property
    def is_workbook(self) -> bool:
        """Whether it is a year's workbook, which has a better place than this."""
        return self.kind == "年度工作簿"

    @property
    def found(self) -> dict[str, Any]:
        """The findings in their one JSON form; empty until there are any."""
        return json.loads(self.findings_json) if self.findings_json else {}


class ReviewFile(Guarded):
    """A file made of a review."""

    document = models.ForeignKey(ReviewedDocument, models.PROTECT, related_name="files")
    name = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "review_file"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("document", "name"), name="review_file_once"),)

    def __str__(self) -> str:
        return self.name
