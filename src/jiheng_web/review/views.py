"""核查材料: upload, progress, result, files back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from jiheng.errors import BadInput
from jiheng.model import Level
from jiheng.workflow_folder import SUFFIXES
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.project.downloads import download
from jiheng_web.project.middleware import PAGE_POLICY
from jiheng_web.review import services
from jiheng_web.review.forms import MEGABYTE, sorted_out
from jiheng_web.review.models import COMMENTED, PAGE, PAPER, ReviewedDocument
from jiheng_web.review.queries import (
    documents,
    find_document,
    made_file,
    made_names,
    not_run,
    own_units,
    own_years,
    shown_findings,
)

PER_PAGE = 30


@requires(Action.REVIEW_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """The documents within reach; uploading more."""
    if request.method == "POST":
        return _upload(request)
    template = "review/list.html" if request.htmx else "review/reviews.html"
    return render(request, template, _listed(request))


def _listed(request: HttpRequest) -> dict[str, Any]:
    actor = Actor.of(request)
    mine = request.GET.get("mine") == "1"
    page = Paginator(documents(actor, mine=mine), PER_PAGE).get_page(request.GET.get("page"))
    years = own_years(actor)
    waiting = sum(one.is_open and one.user_id == actor.user.pk for one in page)
    return {
        "page": page, "mine": mine, "waiting": waiting, "inline": settings.JOBS_INLINE, "years": years,
        "year": years[0] if years else None, "units": own_units(actor), "suffixes": ",".join(SUFFIXES),
        "most": settings.REVIEW_FILES, "most_mb": settings.UPLOAD_LIMIT // MEGABYTE, "here": "reviews",
    }  # fmt: skip


def _upload(request: HttpRequest) -> HttpResponse:
    actor = Actor.of(request)
    units = {str(one.pk): one for one in own_units(actor)}
    unit = units.get(request.POST.get("unit", "")) or next(iter(units.values()))
    against = None
    if wanted := request.POST.get("against", ""):
        against = next((one for one in own_years(actor) if str(one.pk) == wanted), None)
        if against is None:
            raise BadInput("要对照的年度不在您的部门里，没有上传")
    taken, refused = sorted_out(request.FILES.getlist("files"))
    for sentence in refused:
        messages.error(request, f"{sentence}。")
    if refused and not taken:
        return redirect("reviews")
    made = services.take_in(actor, unit, taken, against)
    if len(made) == 1 and settings.JOBS_INLINE:
        services.review_here(made[0])
        if not refused:
            return redirect("review", made[0].pk)
    return redirect("reviews")


@requires(Action.REVIEW_DOCUMENTS)
@require_POST
def review_next(request: HttpRequest) -> HttpResponse:
    """Where there is no worker, the page itself takes up one waiting document after the other."""
    if settings.JOBS_INLINE:
        services.next_here(Actor.of(request))
    return render(request, "review/list.html", _listed(request)) if request.htmx else redirect("reviews")


@requires(Action.REVIEW_DOCUMENTS, find_document)
def review(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    """What was found in one document."""
    if document.is_open and not document.is_done:
        return redirect("reviews")
    actor = Actor.of(request)
    found = document.found
    findings = shown_findings(found)
    level = request.GET.get("level", "")
    context = {
        "document": document, "is_own": document.user_id == actor.user.pk, "made": made_names(document),
        "commented": COMMENTED, "paper": PAPER, "levels": [(one, found_at(findings, one)) for one in Level],
        "findings": found_at(findings, level), "level": level, "not_run": not_run(found), "broken": found.get("broken"),
        "year": next(iter(own_years(actor)), None), "here": "reviews",
    }  # fmt: skip
    return render(request, "review/review.html", context)


def found_at(findings: list[Any], level: str) -> list[Any]:
    """The findings of a level; all of them where none is named."""
    return [one for one in findings if one.level == level] if level in set(Level) else findings


@requires(Action.REVIEW_DOCUMENTS, find_document)
@xframe_options_sameorigin
def marked(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    """The document with its passages marked, in its own frame: its own style, no script."""
    made = made_file(document, PAGE)
    if made is None:
        raise Http404
    answer = HttpResponse(bytes(made.content))
    answer["Content-Security-Policy"] = PAGE_POLICY
    return answer


def _file(document: ReviewedDocument, name: str) -> HttpResponse:
    made = made_file(document, name)
    if made is None:
        raise BadInput(f"这份材料没有“{name}”：只有 Word（.docx）材料能带批注返回，核查没有办成的也没有")
    return download(bytes(made.content), f"{Path(document.file_name).stem}-{name}")


@requires(Action.REVIEW_DOCUMENTS, find_document)
def commented_file(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    return _file(document, COMMENTED)


@requires(Action.REVIEW_DOCUMENTS, find_document)
def opinion_file(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    return _file(document, PAPER)


@requires(Action.REVIEW_DOCUMENTS, find_document)
def findings_file(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    if not document.is_done:
        raise Http404
    return download(document.findings_json.encode(), f"{Path(document.file_name).stem}-核查结果.json")


@requires(Action.REVIEW_DOCUMENTS, find_document)
def source_file(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    return download(bytes(document.content), document.file_name)


@requires(Action.REVIEW_DOCUMENTS, find_document)
@require_POST
def again(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    services.review_again(Actor.of(request), document)
    if settings.JOBS_INLINE:
        services.review_here(document)
        return redirect("review", document.pk)
    return redirect("reviews")


@requires(Action.REVIEW_DOCUMENTS, find_document)
@require_POST
def remove(request: HttpRequest, document: ReviewedDocument) -> HttpResponse:
    services.remove(Actor.of(request), document)
    messages.success(request, f"已删除“{document.file_name}”。")
    return redirect("reviews")
