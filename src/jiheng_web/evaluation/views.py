"""核查意见, 评分, 报告, 封存."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiheng_web.audit.services import recording
from jiheng_web.evaluation import files
from jiheng_web.evaluation.masking import sheet_without_names
from jiheng_web.evaluation.models import Submission, SubmissionFile
from jiheng_web.evaluation.queries import check_titles, find_file, find_submission
from jiheng_web.evaluation.services import confirm_rules, is_whole
from jiheng_web.evaluation.standing import MOST, lost_rows, open_rows, places
from jiheng_web.evaluation.what_if import trial
from jiheng_web.jobs.services import submit
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action
from jiheng_web.project.downloads import download
from jiheng_web.project.middleware import PAGE_POLICY
from jiheng_web.years.models import Year
from jiheng_web.years.personal import sees_people
from jiheng_web.years.queries import evaluated, find_year, placed_findings, projects_of_indicators
from jiheng_web.years.states import transition_named
from jiheng_web.years.tables_views import find_row
from jiheng_web.years.transitions import what_is_missing, what_needs_explaining


@requires(Action.EXPORT, find_year)
def export(request: HttpRequest, year: Year) -> HttpResponse:
    content = files.one_file(year, "年度工作簿.xlsx", with_people=sees_people(Actor.of(request), year))
    return download(content, f"{year.department.name}-{year.fiscal_year}.xlsx")


@requires(Action.SEE_FINDINGS, find_year)
def findings(request: HttpRequest, year: Year) -> HttpResponse:
    report = evaluated(year).checked.report
    context = {
        "year": year,
        "levels": placed_findings(year),
        "report": report,
        "titles": check_titles(),
        "projects_of": projects_of_indicators(year),
        "may_edit": Actor.of(request).may(Action.EDIT_ROWS, year.department),
        "here": "findings",
    }
    return render(request, "evaluation/findings.html", context)


@requires(Action.SEE_SCORE, find_year)
def score(request: HttpRequest, year: Year) -> HttpResponse:
    result = evaluated(year)
    can_confirm = Actor.of(request).may(Action.CONFIRM_RULES, year.department) and year.state == "自评"
    sheet = result.sheet
    if sheet is not None and not sees_people(Actor.of(request), year):
        sheet = sheet_without_names(sheet, result.year)
    sheets = [sheet] if sheet else []
    lost = lost_rows(year, sheet) if sheet else ()
    context = {"year": year, "sheet": sheet, "unscored": result.unscored, "can_confirm": can_confirm,
               "projects": result.project_sheets, "here": "score", "places": places(year, sheets),
               "opened": open_rows(year, sheet) if sheet else (),
               "lost": lost[:MOST], "lost_count": len(lost), "lost_points": sum(one.lost for one in lost)}  # fmt: skip
    return render(request, "evaluation/score.html", context)


@requires(Action.SEE_SCORE, find_row)
@require_safe
def what_if(request: HttpRequest, place: SimpleNamespace) -> HttpResponse:
    """A score with another value in one field; nothing is kept."""
    made = trial(place.year, place.form, place.row, request.GET.get("field", ""), request.GET.get("value", "")[:200])
    context = {"year": place.year, "form": place.form, "row": place.row, "trial": made, "here": "score"}
    return render(request, "evaluation/what_if.html", context)


@requires(Action.CONFIRM_RULES, find_year)
@require_POST
def confirm(request: HttpRequest, year: Year) -> HttpResponse:
    chosen = {path: request.POST.get(f"value:{path}", "") for path in request.POST.getlist("path")}
    count = confirm_rules(Actor.of(request), year, request.POST.get("reason", ""), chosen)
    messages.success(request, f"{count} 个规则参数已确认，记在“评分判定”表里。")
    return redirect("score", year.pk)


@requires(Action.SEE_REPORT, find_year)
@xframe_options_sameorigin
def report_page(request: HttpRequest, year: Year) -> HttpResponse:
    """The print page in its own frame: its own style, no script."""
    answer = HttpResponse(files.report_page(year))
    answer["Content-Security-Policy"] = PAGE_POLICY
    return answer


@requires(Action.SEE_REPORT, find_year)
def report_file(request: HttpRequest, year: Year) -> HttpResponse:
    return download(files.one_file(year, "评价报告.docx"), f"{year.department.name}-{year.fiscal_year}-评价报告.docx")


@requires(Action.SEE_REPORT, find_year)
def briefing_file(request: HttpRequest, year: Year) -> HttpResponse:
    return download(files.one_file(year, "汇报稿.docx"), f"{year.department.name}-{year.fiscal_year}-汇报稿.docx")


@requires(Action.SEE_SUBMISSIONS, find_year)
@require_http_methods(["GET", "POST"])
def sealing(request: HttpRequest, year: Year) -> HttpResponse:
    """Sealing, and the versions that were sealed."""
    actor = Actor.of(request)
    transition = transition_named("seal")
    if request.method == "POST":
        actor.require(Action.SEAL, year.department)
        job = submit(actor, year, "seal", {"explanation": request.POST.get("explanation", "")})
        return redirect("job", job.pk)
    result = evaluated(year)
    versions = (
        Submission.objects.filter(year=year)
        .select_related("sealed_by")
        .defer("input_json", "findings_json", "score_json")
    )
    context = {
        "year": year, "versions": versions, "here": "sealing", "can_seal": actor.may(Action.SEAL, year.department)
        and year.state == transition.source, "missing": what_is_missing(year, result, transition, "x"),
        "open": what_needs_explaining(result), "sheet": result.sheet,
    }  # fmt: skip
    return render(request, "evaluation/sealing.html", context)


@requires(Action.SEE_SUBMISSIONS, find_submission)
def submission(request: HttpRequest, made: Submission) -> HttpResponse:
    listed = made.files.defer("content")
    context = {"year": made.year, "made": made, "files": listed, "is_whole": is_whole(made), "here": "sealing"}
    return render(request, "evaluation/submission.html", context)


@requires(Action.SEE_SUBMISSIONS, find_file)
def submission_file(request: HttpRequest, one: SubmissionFile) -> HttpResponse:
    year, actor = one.submission.year, Actor.of(request)
    if not sees_people(actor, year):
        # A sealed file is given out as it was sealed, names and all: so who takes it from outside is put on record.
        with recording(actor, year.department, "下载封存材料", year.pk) as note:
            note.subject = f"第 {one.submission.version} 版 {one.name}"
    return download(
        bytes(one.content), f"{year.department.name}-{year.fiscal_year}-第{one.submission.version}版-{one.name}"
    )
