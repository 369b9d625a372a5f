"""概况与目标, 四性审核, 目标调整, 指标库."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.years import amending, grids, library, reviewing
from jiheng_web.years.entering import shown_cells, spaced
from jiheng_web.years.goals import goals_page
from jiheng_web.years.models import Year
from jiheng_web.years.queries import find_year, placed_findings, row_named, weights
from jiheng_web.years.states import State, is_locked, transition_named
from jiheng_web.years.transitions import open_ways

GOAL_RECORDS = ("profile", "duties", "key_tasks", "goals", "fund_block", "indicators")


@requires(Action.SEE_YEAR, find_year)
def goals(request: HttpRequest, year: Year) -> HttpResponse:
    actor = Actor.of(request)
    found = [
        (one, spot)
        for level, ones in placed_findings(year)
        for one, spot in ones
        if spot and spot.record in GOAL_RECORDS and level.value != "hint"
    ]
    context = {
        "year": year, "page": goals_page(actor, year), "found": found, "here": "goals",
        "may_edit": actor.may(Action.EDIT_ROWS, year.department) and not is_locked(year.state, "goals"),
        "may_fill": actor.may(Action.EDIT_ROWS, year.department) and not is_locked(year.state, "profile"),
        "may_amend": amending.can_amend(actor, year, "goals"),
        "may_review": actor.may(Action.REVIEW_GOALS, year.department) and year.state == State.REVIEW,
        "ways": [(way, missing) for way, missing in open_ways(actor, year) if way.id == "submit_goals"],
    }  # fmt: skip
    return render(request, "years/goals.html", context)


# --- 四性审核 ---------------------------------------------------------------------------------------------------------


@requires(Action.REVIEW_GOALS, find_year)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, year: Year) -> HttpResponse:
    """The sheet; what was marked stays on the page when something is still missing."""
    rules = reviewing.review_rules(year)
    given = {kind: {name.removeprefix(f"{kind}:"): text for name, text in request.POST.items()
                    if name.startswith(f"{kind}:")} for kind in ("level", "reason")}  # fmt: skip
    opinion, fault = request.POST.get("opinion", ""), ""
    if request.method == "POST" and rules is not None:
        transition = transition_named(request.POST.get("to", ""))
        if transition is None or transition.id not in (reviewing.RETURN, reviewing.APPROVE):
            raise Http404
        try:
            made = reviewing.review_goals(Actor.of(request), year, transition, given["level"], given["reason"], opinion)
        except BadInput as error:
            fault = error.sentence
        else:
            messages.success(request, f"已{transition.label}，审核等级“{made.grade}”，部门能看到这张审核表。")
            return redirect("goals", year.pk)
    context = {
        "year": year, "rules": rules, "opinion": opinion, "fault": fault, "here": "goals",
        "marks": reviewing.marks_of(rules, given["level"], given["reason"]) if rules else [],
        "is_open": year.state == State.REVIEW, "reviews": reviewing.sheets_of(year),
        "ways": [transition_named(name) for name in (reviewing.RETURN, reviewing.APPROVE)],
        "unverified": rules is not None and any(one.is_unverified for one in rules.tallies),
    }  # fmt: skip
    return render(request, "years/review.html", context, status=422 if fault else 200)


# --- 目标调整 ---------------------------------------------------------------------------------------------------------


@requires(Action.SEE_YEAR, find_year)
def amendments(request: HttpRequest, year: Year) -> HttpResponse:
    listed = amending.amendments_of(year)
    actor = Actor.of(request)
    opened = next((one for one in listed if one.is_draft or one.is_waiting), None)
    context = {
        "year": year, "listed": listed, "opened": opened, "here": "goals",
        "sums": amending.weight_sums(opened) if opened else None,
        "wrong": amending.what_is_wrong(opened) if opened and opened.lines else (),
        "can_amend": amending.can_amend(actor, year, "goals"),
        "may_ask": actor.may(Action.SUBMIT_GOALS, year.department),
        "may_decide": actor.may(Action.REVIEW_GOALS, year.department),
    }  # fmt: skip
    return render(request, "years/amendments.html", context)


def find_amended(year: int, record: str, row: int) -> SimpleNamespace | None:
    """A row of a table that an amendment may change."""
    found = find_year(year)
    if found is None or record not in amending.AMENDABLE:
        return None
    one = row_named(found, record, row)
    form = workbook_form().sheet(record)
    return SimpleNamespace(year=found, form=form, row=one, department=found.department) if one else None


@requires(Action.SUBMIT_GOALS, find_amended)
@require_http_methods(["GET", "POST"])
def amend_row(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """The locked fields of one row, to be put into the request."""
    actor, year, form = Actor.of(request), place.year, place.form
    if request.method == "POST":
        texts = {one.field: request.POST[one.field] for one in form.columns if one.field in request.POST}
        if "remove" in request.POST:
            made = amending.propose_removal(actor, year, form, place.row)
        else:
            made = amending.propose(actor, year, form, place.row, texts)
        messages.success(request, f"已放进{made}，共 {len(made.lines)} 处。可以接着改别的行，改完在这里报财政局。")
        return redirect("amendments", year.pk)
    shown = shown_cells(place.row)
    draft = amending.open_amendment(year)
    mine = {one["field"]: one["after"] for one in (draft.lines if draft else ())
            if one["record"] == form.record and one["row_id"] == place.row.pk}  # fmt: skip
    fields = [
        (column, spaced(column, shown.get(column.field, "")), mine.get(column.field, spaced(column, shown.get(column.field, ""))),
         grids.choices_of(column))
        for column in amending.amendable_columns(year, form)
    ]  # fmt: skip
    removed = amending.REMOVED in mine
    context = {"year": year, "form": form, "row": place.row, "fields": fields, "draft": draft, "right": grids.RIGHT, "removed": removed,
               "can_amend": amending.can_amend(actor, year, form.record), "here": "goals"}  # fmt: skip
    return render(request, "years/amend_row.html", context)


def find_amended_table(year: int, record: str) -> SimpleNamespace | None:
    """A table whose rows an amendment may add."""
    found = find_year(year)
    if found is None or record not in amending.AMENDABLE:
        return None
    return SimpleNamespace(year=found, form=workbook_form().sheet(record), department=found.department)


@requires(Action.SUBMIT_GOALS, find_amended_table)
@require_http_methods(["GET", "POST"])
def amend_new(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """The locked fields of a row that is not there yet."""
    actor, year, form = Actor.of(request), place.year, place.form
    if request.method == "POST":
        made = amending.propose_row(actor, year, form, request.POST)
        messages.success(request, f"已放进{made}，共 {len(made.lines)} 处。可以接着改别的行，改完在这里报财政局。")
        return redirect("amendments", year.pk)
    fields = [(column, "", "", grids.choices_of(column)) for column in amending.amendable_columns(year, form)]
    context = {"year": year, "form": form, "row": None, "fields": fields, "draft": amending.open_amendment(year),
               "right": grids.RIGHT, "can_amend": amending.can_amend(actor, year, form.record), "here": "goals"}  # fmt: skip
    return render(request, "years/amend_row.html", context)


@requires(Action.SUBMIT_GOALS, amending.find_amendment)
@require_POST
def amendment_send(request: HttpRequest, one: amending.Amendment) -> HttpResponse:
    """Send to the bureau, take one field out, or take the request back."""
    actor = Actor.of(request)
    if "drop" in request.POST:
        at = request.POST["drop"]
        amending.drop_line(actor, one, int(at) if at.isdigit() else -1)
    elif "withdraw" in request.POST:
        amending.withdraw(actor, one)
        messages.success(request, "已撤回，没有改动任何数据。")
    else:
        amending.send(actor, one, request.POST.get("reason", ""), request.POST.get("document_number", ""))
        messages.success(request, "已报财政局，等批复。")
    return redirect("amendments", one.year_id)


@requires(Action.REVIEW_GOALS, amending.find_amendment)
@require_POST
def amendment_decide(request: HttpRequest, one: amending.Amendment) -> HttpResponse:
    actor, decision = Actor.of(request), request.POST.get("decision", "")
    if "refuse" in request.POST:
        amending.refuse(actor, one, decision)
        messages.success(request, "没有批准，数据不变；部门能看到原因。")
    else:
        count = amending.approve(actor, one, decision)
        messages.success(request, f"已批准，{count} 处调整已经生效。")
    return redirect("amendments", one.year_id)


# --- 指标库 -----------------------------------------------------------------------------------------------------------


@requires(Action.EDIT_ROWS, find_year)
@require_http_methods(["GET", "POST"])
def indicator_library(request: HttpRequest, year: Year) -> HttpResponse:
    if request.method == "POST":
        count = library.take_over(Actor.of(request), year, request.POST.getlist("take"))
        messages.success(request, f"已加入 {count} 个指标，接着填指标值和权重。")
        return redirect("table", year.pk, "indicators")
    sought = request.GET.get("q", "").strip()[:60]
    context = {"year": year, "shelves": library.shelves(year, sought), "sought": sought, "here": "indicators",
               "is_closed": is_locked(year.state, "indicators"), "weights": weights(year)}  # fmt: skip
    return render(request, "years/library.html", context)
