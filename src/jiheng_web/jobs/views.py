"""One job's page, and cancelling it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jiheng_web.jobs.models import Job
from jiheng_web.jobs.services import cancel, do_here, was_left
from jiheng_web.organisation.permissions import requires
from jiheng_web.organisation.roles import Action


def find_job(job: int) -> Job | None:
    """A job by its number."""
    return Job.objects.select_related("year__department", "unit", "user").filter(pk=job).first()


@requires(Action.SEE_JOBS, find_job)
def show(request: HttpRequest, job: Job) -> HttpResponse:
    if job.user_id != request.user.pk:
        raise Http404
    template = "jobs/state.html" if request.htmx else "jobs/job.html"
    return render(request, template, {"job": job, "year": job.year, "was_left": was_left(job)})


@requires(Action.SEE_JOBS, find_job)
@require_POST
def stop(request: HttpRequest, job: Job) -> HttpResponse:
    if job.user_id != request.user.pk:
        raise PermissionDenied
    cancel(job)
    return redirect("job", job.pk)


@requires(Action.SEE_JOBS, find_job)
@require_POST
def resume(request: HttpRequest, job: Job) -> HttpResponse:
    """Where there is no worker: take up a job that a crash left behind."""
    if job.user_id != request.user.pk:
        raise PermissionDenied
    do_here(job)
    return redirect("job", job.pk)
