"""The operations of /api/v1/. Each declares the scope it needs; what lies out of reach is 404."""

from __future__ import annotations

import logging
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jiheng.errors import JihengError
from jiheng.reporting.findings_json import findings_document
from jiheng.rulebook.forms import workbook_form
from jiheng_web.api import queries
from jiheng_web.api import schemas as s
from jiheng_web.api.access import ByToken, actor_of, allow, require_scope
from jiheng_web.api.scopes import Scope
from jiheng_web.evaluation.queries import find_file
from jiheng_web.project.disk import FULL, STATUS, is_disk_full
from jiheng_web.project.downloads import download
from jiheng_web.years import services
from jiheng_web.years.models import Year
from jiheng_web.years.queries import evaluated, row_named

api = NinjaAPI(
    title="绩衡接口",
    version="1",
    description="请求头 Authorization: Bearer 令牌。金额是元，小数都是字符串，逐位准确。错误是一句话。",
    docs_url=None,
    urls_namespace="api",
    auth=ByToken(),
)

FAULTS = dict.fromkeys((400, 401, 403, 404, 405, 422), s.Problem)
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
FiscalYear = Annotated[int, Path(ge=1990, le=2999)]
Offset = Annotated[int, Query(ge=0, le=10**9)]
Limit = Annotated[int, Query(ge=1, le=1000)]


def _get(path: str, scope: Scope, answer: Any, **more: Any):
    def declare(view: Any) -> Any:
        view.scope = scope
        summary = view.__doc__.strip().splitlines()[0]
        return api.get(path, response={200: answer, **FAULTS}, summary=summary, **more)(view)

    return declare


def _year(request: HttpRequest, scope: Scope, dept_id: int, fiscal_year: int) -> Year:
    year = queries.find_year(dept_id, fiscal_year)
    allow(request, scope, year.department if year else None)
    assert year is not None
    return year


@_get("/departments", Scope.DEPARTMENTS, s.Departments)
def departments(request: HttpRequest):
    """令牌看得到的部门和年度。"""
    require_scope(request, Scope.DEPARTMENTS)
    found = queries.departments(actor_of(request), request.auth.unit, Scope.DEPARTMENTS.action)
    return {"total": len(found), "items": found}


@_get("/departments/{dept_id}/{fiscal_year}/indicators", Scope.INDICATORS, s.Indicators)
def indicators(request: HttpRequest, dept_id: Number, fiscal_year: FiscalYear, offset: Offset = 0, limit: Limit = 200):
    """绩效指标。"""
    return queries.indicators(_year(request, Scope.INDICATORS, dept_id, fiscal_year), offset, limit)


@_get("/departments/{dept_id}/{fiscal_year}/actuals", Scope.ACTUALS, s.Actuals)
def actuals(request: HttpRequest, dept_id: Number, fiscal_year: FiscalYear, offset: Offset = 0, limit: Limit = 200):
    """绩效指标的实际完成值。"""
    return queries.actuals(_year(request, Scope.ACTUALS, dept_id, fiscal_year), offset, limit)


@api.put(
    "/departments/{dept_id}/{fiscal_year}/actuals/{kpi_id}",
    response={200: s.ActualOut, 409: s.Conflict, **FAULTS},
    summary="写回一个指标的实际完成值。",
)
def write_actual(request: HttpRequest, dept_id: Number, fiscal_year: FiscalYear, kpi_id: Number, body: s.ActualIn):
    """`revision` is the row's; where somebody changed the row meanwhile nothing is written and both values come back."""
    year = _year(request, Scope.WRITE_ACTUALS, dept_id, fiscal_year)
    form, row = workbook_form().sheet("indicators"), row_named(year, "indicators", kpi_id)
    if row is None:
        raise Http404
    given = body.dict(exclude_unset=True, exclude_none=True)
    texts = {field: given[element] for element, field in queries.ACTUAL.items() if element in given}
    outcome = services.edit_row(actor_of(request), year, form, row.pk, body.revision, texts)
    if outcome.is_saved:
        return Status(200, queries.actual(outcome.row))
    elements = {field: element for element, field in queries.ACTUAL.items()}
    return Status(409, {
        "sentence": "这个指标刚被别人改过，没有写入：请看过对方的值再决定",
        "revision": outcome.row.version,
        "differences": [
            {"field": elements[one.field], "theirs": one.theirs, "yours": one.mine} for one in outcome.differences
        ],
    })  # fmt: skip


write_actual.scope = Scope.WRITE_ACTUALS  # type: ignore[attr-defined]


@_get("/departments/{dept_id}/{fiscal_year}/execution", Scope.EXECUTION, s.Execution)
def execution(request: HttpRequest, dept_id: Number, fiscal_year: FiscalYear):
    """预算执行。"""
    return queries.execution(_year(request, Scope.EXECUTION, dept_id, fiscal_year))


@_get("/departments/{dept_id}/{fiscal_year}/findings", Scope.FINDINGS, s.Findings)
def findings(request: HttpRequest, dept_id: Number, fiscal_year: FiscalYear):
    """核查意见。"""
    return findings_document(evaluated(_year(request, Scope.FINDINGS, dept_id, fiscal_year)).checked.report)


@_get("/departments/{dept_id}/{fiscal_year}/reports", Scope.REPORTS, s.Reports)
def reports(request: HttpRequest, dept_id: Number, fiscal_year: FiscalYear):
    """封存的各版材料。"""
    found = list(queries.reports(_year(request, Scope.REPORTS, dept_id, fiscal_year)))
    return {"total": len(found), "items": found}


_BYTES = {
    "responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
}


@_get("/reports/{report_id}/files/{file_id}", Scope.REPORTS, None, openapi_extra=_BYTES)
def report_file(request: HttpRequest, report_id: Number, file_id: Number):
    """下载封存的一份文件。"""
    one = find_file(report_id, file_id)
    allow(request, Scope.REPORTS, one.department if one else None)
    assert one is not None
    year = one.submission.year
    answer = download(bytes(one.content), f"{year.department.name}-{year.fiscal_year}-{one.name}")
    answer["Content-Type"] = "application/octet-stream"
    return answer


# --- faults -----------------------------------------------------------------------------------------------------------


def told(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """One sentence."""
    return api.create_response(request, {"sentence": sentence}, status=status)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _error: Exception) -> HttpResponse:
    answer = told(request, 401, "没有令牌，或令牌不对、已过期、已吊销")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, _error: Exception) -> HttpResponse:
    return told(request, 403, "这个令牌或它的主人不能做这件事")


@api.exception_handler(Http404)
def _missing(request: HttpRequest, _error: Exception) -> HttpResponse:
    return told(request, 404, "没有这个对象，或不在令牌能看的范围内")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0] if error.errors else {}
    where = ".".join(str(one) for one in first.get("loc", ())[-1:])
    return told(request, 422, f"“{where}”写得不对，请对照 openapi.json" if where else "内容写得不对")


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return told(request, error.status_code, "请求的内容不是能读懂的 JSON" if error.status_code == 400 else str(error))


@api.exception_handler(JihengError)
def _bad_input(request: HttpRequest, error: JihengError) -> HttpResponse:
    return told(request, 422, error.sentence)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logging.getLogger(__name__).exception("api", exc_info=error)
    if is_disk_full(error):
        return told(request, STATUS, FULL)
    return told(request, 500, "程序自身出错，没有改动任何数据，已记录在日志里")
