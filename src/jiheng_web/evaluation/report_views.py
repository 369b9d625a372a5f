"""报告: the page with own prose beside it; and the sealed versions with what differs between two."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.evaluation import prose, versions
from jiheng_web.evaluation.models import Submission
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.years import services
from jiheng_web.years.models import Year
from jiheng_web.years.personal import sees_people
from jiheng_web.years.queries import find_year
from jiheng_web.years.states import State

LONGEST = 20_000


@requires(Action.SEE_REPORT, find_year)
def report(request: HttpRequest, year: Year) -> HttpResponse:
    """The report, why it is a draft, and the department's own paragraphs beside it."""
    sealed = None
    if year.state in (State.SEALED, State.RECEIVED):
        sealed = Submission.objects.filter(year=year).only("pk", "version").order_by("-version").first()
    context = {
        "year": year, "here": "report", "parts": prose.parts(year), "sealed": sealed,
        "reasons": () if sealed else prose.draft_reasons(year),
        "figures": prose.figures(year), "may_write": prose.may_write(Actor.of(request), year),
    }  # fmt: skip
    return render(request, "evaluation/report.html", context)


def _text(request: HttpRequest) -> str:
    text = request.POST.get("text", "")
    if not text.strip():
        raise BadInput("段落是空的，没有保存：不要这一段就点“删除”")
    if len(text) > LONGEST:
        raise BadInput(f"一段有 {len(text)} 字，最多 {LONGEST} 字：请分成几段，没有保存")
    return text


@requires(Action.EDIT_ROWS, find_year)
@require_POST
def passage_check(request: HttpRequest, year: Year) -> HttpResponse:
    """What there is to say of words that are being typed; nothing is written."""
    read = prose.read_typed(year, request.POST.get("section", ""), request.POST.get("text", "")[:LONGEST])
    return render(request, "evaluation/passage_read.html", {"year": year, "read": read, "typed": True})


@requires(Action.EDIT_ROWS, prose.find_passage)
@require_POST
def passage_save(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """Save a paragraph unless somebody else has changed it meanwhile; the answer never touches what is being typed."""
    version = request.POST.get("version", "")
    form = workbook_form().sheet(prose.RECORD)
    outcome = services.edit_row(
        Actor.of(request), place.year, form, place.row.pk, int(version) if version.isdigit() else 0,
        {"text": _text(request)},
    )  # fmt: skip
    if not request.htmx:
        if not outcome.is_saved:
            raise BadInput(f"{outcome.row.changed_by.name}刚改过这一段，您的没有保存：请按“后退”，复制您写的，再刷新")
        return redirect(f"{reverse('report', args=[place.year.pk])}#p{place.row.pk}")
    own = prose.saved(place.year, outcome.row)
    typed = prose.read_typed(place.year, "", request.POST["text"]) if not outcome.is_saved else own.read
    return render(
        request, "evaluation/passage_read.html", {"year": place.year, "read": typed, "own": own, "outcome": outcome}
    )


@requires(Action.EDIT_ROWS, find_year)
@require_POST
def passage_add(request: HttpRequest, year: Year) -> HttpResponse:
    """Another paragraph for a section."""
    form = workbook_form().sheet(prose.RECORD)
    section = request.POST.get("section", "")
    if section not in form.column("section").choices:
        raise BadInput("没有这个章节，没有保存：请从报告页的章节里加段落")
    row = services.add_row(Actor.of(request), year, form, {"section": section, "text": _text(request)})
    return redirect(f"{reverse('report', args=[year.pk])}#p{row.pk}")


@requires(Action.EDIT_ROWS, prose.find_passage)
@require_POST
def passage_remove(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    version = request.POST.get("version", "")
    form = workbook_form().sheet(prose.RECORD)
    services.remove_row(Actor.of(request), place.year, form, place.row.pk, int(version) if version.isdigit() else 0)
    messages.success(request, "已删除这一段；原来的内容在“操作记录”里。")
    return redirect("report", place.year.pk)


@requires(Action.SEE_SUBMISSIONS, find_year)
def compare(request: HttpRequest, year: Year) -> HttpResponse:
    """The sealed versions, and what differs between two of them or between one and the year as it stands."""
    listed = list(
        Submission.objects.filter(year=year)
        .select_related("sealed_by")
        .defer("input_json", "findings_json", "score_json")
    )
    numbers = [str(one.version) for one in listed]
    newest = [*(numbers[:2] if len(numbers) > 1 else [versions.NOW, *numbers])]
    to, start = request.GET.get("to", newest[0]), request.GET.get("from", newest[-1])
    found = None
    if numbers:
        older, newer = versions.content_of(year, start), versions.content_of(year, to)
        if older is None or newer is None:
            raise BadInput("没有这个版本：请从列出的版本里选")
        found = versions.difference(older, newer, with_people=sees_people(Actor.of(request), year))
    context = {
        "year": year, "here": "sealing", "versions": listed, "to": to, "start": start, "found": found,
        "most": versions.MOST, "choices": [*((one, f"第 {one} 版") for one in numbers), (versions.NOW, "现在的数据")],
    }  # fmt: skip
    return render(request, "evaluation/compare.html", context)
