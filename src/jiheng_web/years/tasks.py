"""The long work of this app, as jobs."""

from __future__ import annotations

from django.urls import reverse

from jiheng.errors import BadInput
from jiheng_web.jobs.models import Job
from jiheng_web.jobs.services import Commit, Tell
from jiheng_web.organisation.permissions import Actor
from jiheng_web.years.imports import apply
from jiheng_web.years.models import ImportDraft


def prepare_import(job: Job, actor: Actor, tell: Tell) -> Commit:
    """Taking over the accepted changes of an uploaded workbook."""
    given = job.given
    tell(20, "正在写入")
    draft = ImportDraft.objects.select_related("year__department").filter(pk=given["draft"], year=job.year).first()
    if draft is None:
        raise BadInput("上传的文件已不在，请重新上传")

    def commit() -> tuple[str, str]:
        count = apply(
            actor,
            job.year,
            draft,
            set(given["refused"]),
            set(given["removed"]),
            given["revision"],
            frozenset(given.get("settled", ())),
        )
        return f"已导入“{draft.file_name}”，改动 {count} 处", reverse("year", args=[job.year_id])

    return commit
