"""Reading: findings with their rows, the score sheet for a page, sealed versions."""

from __future__ import annotations

from jiheng.checks import all_checks
from jiheng_web.evaluation.models import Submission, SubmissionFile


def find_submission(submission: int) -> Submission | None:
    """A sealed version by its number."""
    return Submission.objects.select_related("year__department", "sealed_by").filter(pk=submission).first()


def find_file(submission: int, file: int) -> SubmissionFile | None:
    """A file of a sealed version."""
    found = SubmissionFile.objects.select_related("submission__year__department")
    return found.filter(pk=file, submission_id=submission).first()


def check_titles() -> dict[str, str]:
    """Each check in words."""
    return {one.id: one.title for one in all_checks()}
