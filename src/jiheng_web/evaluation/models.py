"""What was sealed: never updated, never deleted (the database itself refuses, migration 0002); a correction is a new version."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiheng_web.audit.guard import Guarded
from jiheng_web.organisation.models import Unit
from jiheng_web.years.models import Year


class Submission(Guarded):
    """A sealed version of a year: everything it rests on, and the hash over all of it and the version before."""

    year = models.ForeignKey(Year, models.PROTECT, related_name="submissions")
    version = models.IntegerField()
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    explanation = models.TextField(default="", blank=True)
    as_of = models.DateField()
    edition = models.CharField(max_length=80, default="", blank=True)
    rules_hash = models.CharField(max_length=64, default="", blank=True)
    engine_version = models.CharField(max_length=40)
    year_digest = models.CharField(max_length=64)
    input_json = models.TextField()
    findings_json = models.TextField()
    score_json = models.TextField()
    errors = models.IntegerField()
    score_text = models.CharField(max_length=40)
    previous = models.CharField(max_length=64, default="", blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        db_table = "submission"
        ordering = ("year", "-version")
        constraints = (models.UniqueConstraint(fields=("year", "version"), name="submission_version_once"),)

    def __str__(self) -> str:
        return f"{self.year} 第 {self.version} 版"

    @property
    def department(self) -> Unit:
        """Whose it is."""
        return self.year.department


class SubmissionFile(Guarded):
    """A file of a sealed version."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "submission_file"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def department(self) -> Unit:
        """Whose it is."""
        return self.submission.year.department
