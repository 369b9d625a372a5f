"""Reviewing a document as a job: read and proven first, kept in one short transaction."""

from __future__ import annotations

from django.urls import reverse

from jiheng.errors import BadInput
from jiheng_web.jobs.models import Job
from jiheng_web.jobs.services import Commit, Tell
from jiheng_web.organisation.permissions import Actor
from jiheng_web.review.files import outcome_of
from jiheng_web.review.models import ReviewedDocument
from jiheng_web.review.services import keep
from jiheng_web.years.queries import today


def prepare_review(job: Job, actor: Actor, tell: Tell) -> Commit:
    """Prove one document. **Raises** BadInput, one sentence, when it cannot be read."""
    found = ReviewedDocument.objects.select_related("unit__parent__parent", "against__department")
    document = found.filter(pk=job.given["document"]).first()
    if document is None:
        raise BadInput("这份材料已经删除，没有核查")
    outcome = outcome_of(document.file_name, bytes(document.content), document.against, today(), tell)

    def commit() -> tuple[str, str]:
        keep(actor, document, outcome)
        return f"已核查“{document.file_name}”", reverse("review", args=[document.pk])

    return commit
