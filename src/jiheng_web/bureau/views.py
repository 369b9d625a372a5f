"""财政局: the table of departments, and reminding one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jiheng.errors import BadInput
from jiheng_web.bureau.forms import RemindForm
from jiheng_web.bureau.queries import departments, fiscal_years
from jiheng_web.bureau.services import remind
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.years.models import Year
from jiheng_web.years.queries import find_year

PAGE = 100


@requires(Action.SEE_BUREAU)
def table(request: HttpRequest) -> HttpResponse:
    actor = Actor.of(request)
    years = fiscal_years(actor)
    wanted = request.GET.get("year", "")
    chosen = int(wanted) if wanted.isdigit() else (years[0] if years else 0)
    page = Paginator(departments(actor, chosen), PAGE).get_page(request.GET.get("page"))
    return render(request, "bureau/table.html", {"years": years, "chosen": chosen, "lines": page, "page": page})


@requires(Action.REMIND, find_year)
@require_http_methods(["GET", "POST"])
def remind_one(request: HttpRequest, year: Year) -> HttpResponse:
    form = RemindForm(request.POST or None, initial={"due_on": year.due_on, "message": year.message})
    if request.method == "POST":
        if not form.is_valid():
            raise BadInput("期限写成 2025-03-31 这样的日期")
        remind(Actor.of(request), year, form.cleaned_data["due_on"], form.cleaned_data["message"])
        messages.success(request, f"已通知{year.department.name}。")
        return redirect("bureau")
    return render(request, "bureau/remind.html", {"year": year, "form": form})
