"""Writing: taking documents in, keeping what was found, reviewing again, removing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from jiheng import __version__
from jiheng.errors import BadInput
from jiheng.model import Level
from jiheng.reporting.findings_json import findings_json
from jiheng.reporting.visible import showable
from jiheng_web.audit.services import recording
from jiheng_web.jobs.models import Job
from jiheng_web.jobs.services import cancel, do_here, submit
from jiheng_web.organisation.models import Unit
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.review.files import Outcome, file_name
from jiheng_web.review.models import ReviewedDocument, ReviewFile
from jiheng_web.years.models import Year
from jiheng_web.years.queries import today

JOB = "review"


def take_in(
    actor: Actor, unit: Unit, uploads: Sequence[tuple[str, bytes]], against: Year | None = None
) -> list[ReviewedDocument]:
    """Keep uploaded documents, each with a job of its own that waits; one entry of the log names them all."""
    actor.require(Action.REVIEW_DOCUMENTS, unit)
    if against is not None:
        actor.require(Action.SEE_YEAR, against.department)
    if not uploads:
        raise BadInput("没有选文件：请先选要核查的材料")
    made = []
    with recording(actor, unit.department or unit, "上传材料核查") as note:
        for name, content in uploads:
            digest = hashlib.sha256(content).hexdigest()
            one = ReviewedDocument(unit=unit, user=actor.user, against=against, file_name=file_name(name), sha256=digest,
                                   size=len(content), content=content)  # fmt: skip
            one.save()
            _queue(actor, one)
            made.append(one)
            note.changes.append({"field": "文件", "before": "", "after": f"{one.file_name}（sha256 {digest[:16]}）"})
        note.subject = f"{len(made)} 份：{'、'.join(one.file_name for one in made)}"[:300]
    return made


def _queue(actor: Actor, document: ReviewedDocument) -> None:
    document.job = submit(actor, None, JOB, {"document": document.pk}, unit=document.unit, at_once=False)
    document.save(update_fields=["job"])


def review_here(document: ReviewedDocument) -> None:
    """Do its job now, where there is no worker."""
    assert document.job is not None
    do_here(document.job)
    document.refresh_from_db()


def next_here(actor: Actor) -> bool:
    """Do the next waiting document of a person; false when there is none or others are at them."""
    for job in Job.objects.filter(kind=JOB, user=actor.user, state__in=("waiting", "running")).order_by("id")[:20]:
        attempts = job.attempts
        do_here(job)
        if job.attempts != attempts or not job.is_open:
            return True
    return False


def keep(actor: Actor, document: ReviewedDocument, outcome: Outcome) -> None:
    """The result of a review; that of an earlier one makes way."""
    head = outcome.report.document
    with recording(actor, document.chain, "核查材料") as note:
        locked = ReviewedDocument.objects.select_for_update().defer("content").filter(pk=document.pk).first()
        if locked is None:
            raise BadInput("这份材料已经删除，没有保存结果")
        locked.reviewed_on, locked.engine_version = today(), __version__
        locked.kind = "" if head.kind == "unknown" else head.kind[:40]
        locked.department_name = showable(head.department).replace("\n", " ")[:200]
        locked.fiscal_year = head.fiscal_year
        locked.against_revision = document.against.revision if document.against else None
        locked.errors, locked.warnings, locked.hints = (len(outcome.report.at(level)) for level in Level)
        locked.findings_json = findings_json(outcome.report).encode("utf-8", "replace").decode().replace("\x00", "")
        locked.save()
        locked.files.all().delete()
        for name, content in outcome.files:
            digest = hashlib.sha256(content).hexdigest()
            ReviewFile(document=locked, name=name, sha256=digest, size=len(content), content=content).save()
        note.subject = (
            f"{locked.file_name}：应予更正 {locked.errors}，需说明 {locked.warnings}，建议完善 {locked.hints}"
        )


def review_again(actor: Actor, document: ReviewedDocument) -> None:
    """Another job for a document, by the checks of today. **Raises** BadInput while one is under way."""
    actor.require(Action.REVIEW_DOCUMENTS, document.unit)
    if document.is_open:
        raise BadInput("这份材料正在核查，请稍候")
    with recording(actor, document.chain, "重新核查材料") as note:
        note.subject = document.file_name
        _queue(actor, document)


def remove(actor: Actor, document: ReviewedDocument) -> None:
    """Delete a document with all that was made of it; only who uploaded it may. The log keeps its name and hash."""
    actor.require(Action.REVIEW_DOCUMENTS, document.unit)
    if document.user_id != actor.user.pk:
        raise PermissionDenied
    with recording(actor, document.chain, "删除核查材料") as note:
        note.subject = f"{document.file_name}（sha256 {document.sha256[:16]}）"
        job = document.job
        document.files.all().delete()
        document.delete()
    if job is not None:
        cancel(job)
