"""Sealing as a job: the files are made first, the seal is one short transaction."""

from __future__ import annotations

from django.urls import reverse

from jiheng.model.report import Seal
from jiheng_web.evaluation.files import all_files
from jiheng_web.evaluation.services import package, seal
from jiheng_web.jobs.models import Job
from jiheng_web.jobs.services import Commit, Tell
from jiheng_web.organisation.permissions import Actor
from jiheng_web.years.queries import evaluated, today
from jiheng_web.years.states import transition_named
from jiheng_web.years.transitions import require_move


def prepare_seal(job: Job, actor: Actor, tell: Tell) -> Commit:
    """Make and prove every file; then seal."""
    year, explanation = job.year, job.given["explanation"]
    transition = transition_named("seal")
    assert transition is not None
    require_move(actor, year, transition, explanation, evaluated(year))
    ready = package(year, tuple(all_files(year, Seal(actor.user.name, today(), explanation.strip()), tell)))
    tell(90, "正在封存")

    def commit() -> tuple[str, str]:
        made = seal(actor, year, ready, explanation)
        return f"已封存第 {made.version} 版并报送", reverse("submission", args=[made.pk])

    return commit
