"""The tables of a year: the editable grid, one row's page, adding and removing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jiheng.rulebook.forms import SheetForm, workbook_form
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.years import grids, services
from jiheng_web.years.amending import can_amend
from jiheng_web.years.library import last_year
from jiheng_web.years.models import Row
from jiheng_web.years.personal import masked_fields
from jiheng_web.years.queries import (
    find_year,
    findings_by_row,
    projects_with_indicators,
    row_named,
    rows_of_table,
    weights,
)
from jiheng_web.years.states import is_locked


def find_table(year: int, record: str) -> SimpleNamespace | None:
    """A table of a year."""
    found = find_year(year)
    form = next((one for one in workbook_form().sheets if one.record == record), None)
    if found is None or form is None:
        return None
    return SimpleNamespace(year=found, form=form, department=found.department)


def find_row(year: int, record: str, row: int) -> SimpleNamespace | None:
    """A row of a table of a year."""
    place = find_table(year, record)
    found = row_named(place.year, record, row) if place else None
    if place is None or found is None:
        return None
    place.row = found
    return place


def _may_write(actor: Actor, place: SimpleNamespace, row: Row) -> bool:
    return actor.may(Action.EDIT_ROWS, place.department) and services.owns(actor, place.year, place.form, row.cells)


def _line(request: HttpRequest, place: SimpleNamespace, row: Row, columns: Any = None) -> grids.Line:
    marks = findings_by_row(place.year).get(row.pk, {})
    may = _may_write(Actor.of(request), place, row)
    hidden = masked_fields(Actor.of(request), place.year, place.form.record)
    return grids.line(place.year, place.form, columns or grids.inline_columns(place.form), row, marks, may, hidden)


@requires(Action.SEE_YEAR, find_table)
def grid(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    form: SheetForm = place.form
    is_by_project = form.record == "indicators"
    chosen = request.GET.get("project", "")
    rows = rows_of_table(place.year, form.record, chosen if is_by_project else None)
    if form.kind == "form" and rows:
        return redirect("row", place.year.pk, form.record, rows[0].pk)
    actor = Actor.of(request)
    projects = projects_with_indicators(place.year) if is_by_project else []
    page = Paginator(rows, grids.PAGE).get_page(request.GET.get("page"))
    marks = findings_by_row(place.year)
    columns = grids.inline_columns(form)
    hidden = masked_fields(actor, place.year, form.record)
    lines = [
        grids.line(place.year, form, columns, row, marks.get(row.pk, {}), _may_write(actor, place, row), hidden)
        for row in page
    ]
    before = last_year(place.year, page) if form.record == "indicators" else {}
    can_add = actor.may(Action.EDIT_ROWS, place.department) and not is_locked(place.year.state, form.record)
    return render(
        request,
        "years/table.html",
        {"year": place.year, "form": form, "columns": columns, "lines": lines, "page": page, "projects": projects,
         "chosen": chosen, "can_add": can_add, "weights": weights(place.year) if form.record == "indicators" else None,
         "right": grids.RIGHT, "here": form.record, "before": before, "can_amend": can_amend(actor, place.year, form.record)},
    )  # fmt: skip


@requires(Action.EDIT_ROWS, find_row)
@require_POST
def save(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """A row of the grid after a change; the answer never touches the fields, so nothing typed meanwhile is lost."""
    outcome = _edit(request, place)
    line = _line(request, place, outcome.row)
    context = {
        "year": place.year, "form": place.form, "line": line, "outcome": outcome,
        "weights": weights(place.year) if place.form.record == "indicators" else None,
    }  # fmt: skip
    return render(request, "years/saved.html", context)


def _edit(request: HttpRequest, place: SimpleNamespace) -> services.Outcome:
    texts = {column.field: request.POST[column.field] for column in place.form.columns if column.field in request.POST}
    version = request.POST.get("version", "")
    return services.edit_row(
        Actor.of(request), place.year, place.form, place.row.pk, int(version) if version.isdigit() else 0, texts
    )


@requires(Action.SEE_YEAR, find_row)
@require_http_methods(["GET", "POST"])
def one_row(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """All fields of a row, with help. A conflict shows both values and keeps what was typed."""
    outcome = None
    if request.method == "POST":
        outcome = _edit(request, place)
        if outcome.is_saved:
            messages.success(request, "已保存。")
            if "more" in request.POST:
                place.row = services.add_row(Actor.of(request), place.year, place.form)
            return redirect("row", place.year.pk, place.form.record, place.row.pk)
        place.row = outcome.row
    line = _line(request, place, place.row, place.form.columns)
    typed = {column.field: request.POST[column.field] for column in place.form.columns if column.field in request.POST}
    context = {"year": place.year, "form": place.form, "line": line, "outcome": outcome, "typed": typed,
               "here": place.form.record, "can_remove": line.may_write and place.form.kind == "table"
               and not is_locked(place.year.state, place.form.record),
               "can_amend": can_amend(Actor.of(request), place.year, place.form.record),
               "hidden": masked_fields(Actor.of(request), place.year, place.form.record),
               "before": last_year(place.year, [place.row]).get(place.row.pk) if place.form.record == "indicators" else None}  # fmt: skip
    return render(request, "years/row.html", context, status=409 if outcome else 200)


@requires(Action.EDIT_ROWS, find_table)
@require_POST
def add(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """One row opens on its own page; several stay in the table, to be pasted into."""
    count = request.POST.get("count", "1")
    if count.isdigit() and int(count) > 1:
        services.add_rows(Actor.of(request), place.year, place.form, int(count))
        messages.success(request, f"已加 {int(count)} 个空行，在表的最后；用不着的空行不影响核查和导出。")
        return redirect(reverse("table", args=[place.year.pk, place.form.record]) + "?page=9999")
    row = services.add_row(Actor.of(request), place.year, place.form)
    return redirect("row", place.year.pk, place.form.record, row.pk)


@requires(Action.EDIT_ROWS, find_row)
@require_POST
def remove(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    version = request.POST.get("version", "")
    services.remove_row(
        Actor.of(request), place.year, place.form, place.row.pk, int(version) if version.isdigit() else 0
    )
    messages.success(request, "已删除；原来的内容在“操作记录”里。")
    return redirect("table", place.year.pk, place.form.record)
