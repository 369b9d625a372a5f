"""科室工作簿: sending out, taking back. And showing masked personal data, which is recorded."""

from __future__ import annotations

from types import SimpleNamespace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jiheng.errors import BadInput
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.project.downloads import download
from jiheng_web.years import packing, personal
from jiheng_web.years.models import Year
from jiheng_web.years.queries import find_year
from jiheng_web.years.tables_views import find_row


@requires(Action.IMPORT, find_year)
def packs(request: HttpRequest, year: Year) -> HttpResponse:
    """All packs in one zip."""
    content = packing.packs_of(Actor.of(request), year)
    return download(content, f"{year.department.name}-{year.fiscal_year}-科室工作簿.zip")


@requires(Action.IMPORT, find_year)
@require_POST
def merge(request: HttpRequest, year: Year) -> HttpResponse:
    """Returned packs together, then the same preview as for one workbook."""
    given = request.FILES.getlist("files")
    if sum(one.size for one in given) > settings.UPLOAD_LIMIT:
        raise BadInput(f"这些文件一共超过 {settings.UPLOAD_LIMIT // 1_048_576} MB，请分几次合并")
    if len(given) > packing.MOST_FILES:
        raise BadInput(f"一次最多合并 {packing.MOST_FILES} 本")
    files = [packing.Returned(one.name, one.read()) for one in given]
    draft = packing.merge_returned(Actor.of(request), year, files)
    return redirect("import", year.pk, draft.pk)


@requires(Action.SEE_YEAR, find_row)
@require_POST
def reveal(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """The personal data of one row, on a page of its own; who looked is in the log."""
    if place.form.record not in personal.PERSONAL:
        raise BadInput("这一行没有隐去的个人信息")
    shown = personal.reveal(Actor.of(request), place.year, place.form, place.row)
    lines = [(place.form.column(name).title, text) for name, text in shown.items()]
    context = {"year": place.year, "form": place.form, "row": place.row, "lines": lines, "here": place.form.record}
    return render(request, "years/revealed.html", context)
