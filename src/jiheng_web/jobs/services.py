"""Running jobs.

A kind of job prepares (slow, writes nothing, may be cancelled) and then commits (short). The commit and the job's own end
are one transaction: after `kill -9` the job is found without heartbeat, and done again from the start or given up cleanly.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from jiheng.errors import JihengError
from jiheng_web.jobs.models import Job, JobState
from jiheng_web.organisation.permissions import Actor
from jiheng_web.project.disk import FULL, is_disk_full

LEASE = timedelta(seconds=30)
BEAT = 5.0
MOST_ATTEMPTS = 3
KINDS = {
    "import": "jiheng_web.years.tasks.prepare_import",
    "seal": "jiheng_web.evaluation.tasks.prepare_seal",
    "review": "jiheng_web.review.tasks.prepare_review",
}
"""Kind → function (job, actor, tell) → function () → (message, link)."""

Tell = Callable[[int, str], None]
Commit = Callable[[], tuple[str, str]]


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


def submit(
    actor: Actor,
    year: models.Model | None,
    kind: str,
    payload: Mapping[str, Any],
    *,
    unit: models.Model | None = None,
    at_once: bool = True,
) -> Job:
    """A new job, of a year or of a unit; done at once where there is no worker, unless its page takes it up itself."""
    said = json.dumps(payload, ensure_ascii=False)
    job = Job.objects.create(kind=kind, year=year, unit=unit, user=actor.user, address=actor.address, payload=said)
    if settings.JOBS_INLINE and at_once:
        do_here(job)
    return job


def do_here(job: Job) -> None:
    """Do a job in this process, unless it has ended or somebody is at it."""
    claimed = claim(f"inline-{os.getpid()}", only=job.pk)
    if claimed is not None:
        run(claimed)
    job.refresh_from_db()


def was_left(job: Job) -> bool:
    """Whether a job without a worker was left behind by a crash, so that only a person can take it up again."""
    is_free = job.state == JobState.WAITING or (job.heartbeat is not None and job.heartbeat < timezone.now() - LEASE)
    return settings.JOBS_INLINE and job.is_open and is_free


def claim(worker: str, only: int | None = None) -> Job | None:
    """The next job that waits or whose worker is gone; None when there is none."""
    stale = timezone.now() - LEASE
    free = Job.objects.filter(Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, heartbeat__lt=stale))
    if only is not None:
        free = free.filter(pk=only)
    for job in free.order_by("id")[:20]:
        same = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts, heartbeat=job.heartbeat)
        if job.attempts >= MOST_ATTEMPTS:
            same.update(
                state=JobState.FAILED,
                ended_at=timezone.now(),
                message=f"试了 {MOST_ATTEMPTS} 次，程序都中途停了；没有留下办了一半的东西，请重新提交或找管理员",
            )
            continue
        if same.update(
            state=JobState.RUNNING, worker=worker, attempts=F("attempts") + 1, heartbeat=timezone.now(), progress=0
        ):
            return Job.objects.select_related("user", "year__department", "unit").get(pk=job.pk)
    return None


def run(job: Job, beat: bool = False) -> None:
    """Do a claimed job to its end, whatever that is."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts)

    def tell(percent: int, message: str) -> None:
        if not mine.filter(cancel_asked=False).update(progress=percent, message=message, heartbeat=timezone.now()):
            raise Stopped

    stop = threading.Event()
    if beat:
        threading.Thread(target=_keep_alive, args=(job, stop), daemon=True).start()
    try:
        actor = Actor.person(job.user, job.address)
        commit: Commit = import_string(KINDS[job.kind])(job, actor, tell)
        with transaction.atomic():
            message, link = commit()
            done = mine.filter(cancel_asked=False).update(
                state=JobState.DONE, progress=100, message=message, link=link, ended_at=timezone.now()
            )
            if not done:
                raise Stopped
    except Stopped:
        mine.filter(cancel_asked=True).update(
            state=JobState.CANCELLED, message="已取消，没有改动任何数据", ended_at=timezone.now()
        )
    except JihengError as error:
        _fail(mine, FULL if is_disk_full(error) else error.sentence)
    except PermissionDenied:
        _fail(mine, "您的角色现在不能做这件事")
    except Exception as error:
        logging.getLogger(__name__).exception("job %s", job.pk)
        _fail(mine, FULL if is_disk_full(error) else "程序自身出错，没有改动任何数据，已记录在日志里，请告诉管理员")
    finally:
        stop.set()


def _fail(mine: Any, sentence: str) -> None:
    mine.update(state=JobState.FAILED, message=sentence[:500], ended_at=timezone.now())


def _keep_alive(job: Job, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        try:
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(
                heartbeat=timezone.now()
            )
        except Exception:
            logging.getLogger(__name__).warning("heartbeat of job %s failed", job.pk)
    connection.close()


def cancel(job: Job) -> None:
    """Ask for a job to stop; one that nobody has begun ends at once."""
    ended = Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
        state=JobState.CANCELLED, message="已取消，没有改动任何数据", ended_at=timezone.now()
    )
    if not ended:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_asked=True)


def work(*, once: bool = False, poll: float = 1.0) -> int:
    """Do jobs until stopped; with `once`, until none is left. Returns how many were done."""
    worker, count = f"{socket.gethostname()[:30]}-{os.getpid()}", 0
    while True:
        try:
            job = claim(worker)
            if job is not None:
                run(job, beat=True)
        except Exception as error:
            if once or not is_disk_full(error):
                raise
            logging.getLogger(__name__).error("the disk is full: %r", error)
            time.sleep(LEASE.total_seconds())
            continue
        if job is not None:
            count += 1
        elif once:
            return count
        else:
            time.sleep(poll)
