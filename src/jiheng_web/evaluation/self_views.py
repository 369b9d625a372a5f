"""自评: all projects, and the form of one."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jiheng_web.evaluation import self_evaluation
from jiheng_web.evaluation.files import outline_file
from jiheng_web.evaluation.standing import places
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.project.downloads import download
from jiheng_web.years.models import ProjectRow, Year
from jiheng_web.years.personal import sees_people
from jiheng_web.years.queries import find_year


def find_project(year: int, project: int) -> SimpleNamespace | None:
    """A project of a year, by its row."""
    found = ProjectRow.objects.select_related("year__department").filter(pk=project, year_id=year).first()
    return SimpleNamespace(row=found, year=found.year, department=found.year.department) if found else None


@requires(Action.SEE_SCORE, find_year)
def overview(request: HttpRequest, year: Year) -> HttpResponse:
    may_download = Actor.of(request).may(Action.SEE_REPORT, year.department)
    context = {"year": year, "page": self_evaluation.overview(year), "may_download": may_download, "here": "self"}
    return render(request, "evaluation/self_overview.html", context)


@requires(Action.SEE_SCORE, find_project)
def one_project(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    year: Year = place.year
    actor = Actor.of(request)
    form = self_evaluation.form_of(year, place.row.pk, with_people=sees_people(actor, year))
    if form is None:
        return render(request, "evaluation/self_unscored.html", {"year": year, "row": place.row, "here": "self"})
    context = {
        "year": year, "form": form, "places": places(year, [form.scored.sheet]), "here": "self",
        "may_download": actor.may(Action.SEE_REPORT, year.department),
        "may_edit": actor.may(Action.EDIT_ROWS, year.department),
    }  # fmt: skip
    return render(request, "evaluation/self_form.html", context)


@requires(Action.SEE_REPORT, find_year)
def all_sheets(request: HttpRequest, year: Year) -> HttpResponse:
    name = f"{year.department.name}-{year.fiscal_year}-项目支出绩效自评表.docx"
    return download(outline_file(year, "self-evaluation"), name)


@requires(Action.SEE_REPORT, find_project)
def one_sheet(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    year: Year = place.year
    form = self_evaluation.form_of(year, place.row.pk)
    if form is None:
        raise Http404
    content = outline_file(year, "self-evaluation", form.at)
    name = f"{year.department.name}-{year.fiscal_year}-自评表-{form.scored.project.name[:40]}.docx"
    return download(content, name)
