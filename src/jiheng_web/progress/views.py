"""执行, 监控."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiheng_web.evaluation.files import outline_file
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.progress.execution import execution
from jiheng_web.progress.monitoring import NO_LIGHTS, round_names, round_of, rules_of
from jiheng_web.project.downloads import download
from jiheng_web.years.models import Year
from jiheng_web.years.personal import sees_people
from jiheng_web.years.queries import evaluated, find_year


@requires(Action.SEE_YEAR, find_year)
def show_execution(request: HttpRequest, year: Year) -> HttpResponse:
    may_edit = Actor.of(request).may(Action.EDIT_ROWS, year.department)
    context = {"year": year, "page": execution(year), "may_edit": may_edit, "here": "execution"}
    return render(request, "progress/execution.html", context)


@requires(Action.SEE_YEAR, find_year)
def show_monitoring(request: HttpRequest, year: Year) -> HttpResponse:
    wanted = request.GET.get("lights", "")
    rules = rules_of(year, wanted)
    actor = Actor.of(request)
    context = {
        "year": year, "rules": rules,
        "round": round_of(year, rules, request.GET.get("round", ""), with_people=sees_people(actor, year)),
        "names": round_names(evaluated(year).year), "is_dark": wanted == NO_LIGHTS, "here": "monitoring",
        "may_edit": actor.may(Action.EDIT_ROWS, year.department),
        "may_download": actor.may(Action.SEE_REPORT, year.department),
    }  # fmt: skip
    return render(request, "progress/monitoring.html", context)


@requires(Action.SEE_REPORT, find_year)
def monitoring_file(request: HttpRequest, year: Year) -> HttpResponse:
    name = f"{year.department.name}-{year.fiscal_year}-绩效运行监控表.docx"
    return download(outline_file(year, "monitoring"), name)
