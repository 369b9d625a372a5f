"""The desk of a year, its workbook in and out, its states and its log."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiheng.rulebook.forms import workbook_form
from jiheng_web.audit.queries import MOST, entries
from jiheng_web.jobs.services import submit
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.years.desk import desk
from jiheng_web.years.forms import OpenYearForm, UploadForm
from jiheng_web.years.imports import changes_of, upload
from jiheng_web.years.models import ImportDraft, Year
from jiheng_web.years.personal import changes_without_people, sees_people
from jiheng_web.years.queries import departments_to_open, find_year, tables_with_counts, years_within_reach
from jiheng_web.years.reviewing import APPROVE, RETURN, review_rules
from jiheng_web.years.services import open_year
from jiheng_web.years.states import State, transition_named
from jiheng_web.years.transitions import move


@requires(Action.SEE_HOME)
def home(request: HttpRequest) -> HttpResponse:
    """Where a person begins: the bureau's table, the newest year within reach, or the permission table."""
    actor = Actor.of(request)
    if actor.may(Action.SEE_BUREAU):
        return redirect("bureau")
    years = years_within_reach(actor)
    if years:
        return redirect("year", years[0].pk)
    if departments_to_open(actor):
        return redirect("open-year")
    for action, page in (
        (Action.MANAGE_PEOPLE, "people"),
        (Action.MANAGE_ROLES, "roles"),
        (Action.VERIFY_LOG, "audit"),
    ):
        if actor.may(action):
            return redirect(page)
    return render(
        request,
        "sentence.html",
        {"title": "还没有年度数据", "sentence": "请本部门的财务人员登录后建立年度，建好以后您打开首页就能看到"}
        if actor.memberships
        else {"title": "还没有角色", "sentence": "账号已经能用，请安全保密管理员授予角色，再重新打开首页"},
    )


@requires(Action.IMPORT)
@require_http_methods(["GET", "POST"])
def open_new_year(request: HttpRequest) -> HttpResponse:
    """An empty year for one of one's departments."""
    actor = Actor.of(request)
    form = OpenYearForm(departments_to_open(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        year = open_year(actor, form.cleaned_data["department"], form.cleaned_data["fiscal_year"])
        messages.success(request, f"已建立 {year.fiscal_year} 年度。下面的待办说先做什么。")
        return redirect("year", year.pk)
    return render(request, "years/open.html", {"form": form, "is_first": not years_within_reach(actor)})


@requires(Action.SEE_YEAR, find_year)
def show(request: HttpRequest, year: Year) -> HttpResponse:
    actor = Actor.of(request)
    others = [one for one in years_within_reach(actor) if one.department_id == year.department_id]
    context = {"year": year, "desk": desk(actor, year), "others": others, "here": "desk",
               "states": [one.value for one in State], "may_open": actor.may(Action.IMPORT, year.department)}  # fmt: skip
    return render(request, "years/desk.html", context)


@requires(Action.SEE_YEAR, find_year)
def tables(request: HttpRequest, year: Year) -> HttpResponse:
    counts = tables_with_counts(year)
    listed = [(form, counts.get(form.record, 0)) for form in workbook_form().sheets]
    return render(request, "years/tables.html", {"year": year, "tables": listed, "here": "tables"})


@requires(Action.EXPORT, find_year)
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, year: Year) -> HttpResponse:
    """Upload for preview, by those who may; download."""
    if request.method == "POST":
        Actor.of(request).require(Action.IMPORT, year.department)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        content = given.read()
        with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
            path = Path(folder) / f"upload{Path(given.name).suffix.lower()}"
            path.write_bytes(content)
            draft = upload(Actor.of(request), year, path, given.name, content)
        return redirect("import", year.pk, draft.pk)
    drafts = ImportDraft.objects.filter(year=year).select_related("user").defer("content", "rows_text").order_by("-id")
    context = {"year": year, "form": form, "drafts": drafts[:10], "here": "workbook",
               "may_import": Actor.of(request).may(Action.IMPORT, year.department)}  # fmt: skip
    return render(request, "years/workbook.html", context)


def find_draft(year: int, draft: int) -> SimpleNamespace | None:
    """An uploaded workbook of a year."""
    found = ImportDraft.objects.select_related("year__department").filter(pk=draft, year_id=year).first()
    return SimpleNamespace(draft=found, department=found.department) if found else None


@requires(Action.IMPORT, find_draft)
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """What the file changes, row by row; what is accepted is taken over as one job."""
    draft: ImportDraft = place.draft
    year = draft.year
    if request.method == "POST":
        payload = {
            "draft": draft.pk,
            "refused": request.POST.getlist("refuse"),
            "removed": request.POST.getlist("remove"),
            "settled": [int(one) for one in request.POST.getlist("settle") if one.isdigit()],
            "revision": int(request.POST.get("revision", "0")),
        }
        job = submit(Actor.of(request), year, "import", payload)
        return redirect("job", job.pk)
    tables_changed = changes_of(year, draft)
    context = {
        "year": year, "draft": draft, "tables": [one for one in tables_changed if not one.is_empty],
        "same": sum(one.same for one in tables_changed), "here": "workbook",
        "added": sum(len(one.added) for one in tables_changed), "changed": sum(len(one.changed) for one in tables_changed),
        "absent": sum(len(one.absent) for one in tables_changed),
    }  # fmt: skip
    return render(request, "years/preview.html", context)


@requires(Action.SEE_YEAR, find_year)
@require_POST
def change_state(request: HttpRequest, year: Year) -> HttpResponse:
    transition = transition_named(request.POST.get("to", ""))
    if transition is None or transition.id == "seal":
        raise Http404
    if transition.id in (RETURN, APPROVE) and review_rules(year) is not None:
        return redirect("goal-review", year.pk)  # goals are returned and approved with the review sheet only
    move(Actor.of(request), year, transition, request.POST.get("reason", ""))
    messages.success(request, f"已{transition.label}，现在是“{year.state}”。")
    return redirect("year", year.pk)


@requires(Action.SEE_LOG, find_year)
def log(request: HttpRequest, year: Year) -> HttpResponse:
    before, only = (int(text) if (text := request.GET.get(name, "")).isdigit() else 0 for name in ("before", "entry"))
    listed = entries(year.department, year.pk, before, only)
    if not sees_people(Actor.of(request), year):
        for one in listed:
            one["changes"] = changes_without_people(one["changes"])
    older = listed[-1]["entry"].number if len(listed) == MOST else 0
    context = {"year": year, "entries": listed, "older": older, "before": before, "only": only, "here": "log"}
    return render(request, "years/log.html", context)
