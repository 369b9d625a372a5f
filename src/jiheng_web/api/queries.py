"""Reading: rows and sealed versions in the API's words. A fixed number of queries, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from jiheng_web.evaluation.models import Submission, SubmissionFile
from jiheng_web.organisation.models import Unit, UnitKind
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Role
from jiheng_web.years.entering import shown_cells
from jiheng_web.years.models import BudgetRow, IndicatorRow, Row, Year

SIGNS = {"≥": "1", ">": "2", "＞": "2", "=": "3", "＝": "3", "<": "4", "＜": "4", "≤": "5", "定性": "6"}
ACTUAL = {"ind_comp": "actual", "comp_date": "as_of", "evidence": "evidence", "devi_analy": "deviation_note"}
"""Element → field of the indicator's row; what may be written."""


def find_year(dept_id: int, fiscal_year: int) -> Year | None:
    """A department's year."""
    return Year.objects.select_related("department").filter(department=dept_id, fiscal_year=fiscal_year).first()


def departments(actor: Actor, within: Unit, action: Any) -> list[dict[str, Any]]:
    """The departments that actor and token both reach, with their years; three queries."""
    reach = Q(pk__in=())
    for one in actor.memberships:
        if action in TABLE[Role(one.role)]:
            reach |= Q(path__startswith=one.reach.path)
    units = list(
        Unit.objects.filter(reach, kind=UnitKind.DEPARTMENT, path__startswith=within.path).order_by("name", "id")
    )
    years: dict[int, list[Year]] = defaultdict(list)
    for one in Year.objects.filter(department__in=units).order_by("fiscal_year"):
        years[one.department_id].append(one)
    regions = dict(Unit.objects.filter(kind=UnitKind.REGION).values_list("path", "region"))
    return [
        {
            "dept_id": unit.pk,
            "dept_name": unit.name,
            "mof_div_code": next((f"{code}000" for path, code in regions.items() if unit.path.startswith(path)), ""),
            "years": [
                {"fiscal_year": one.fiscal_year, "state": one.state, "revision": one.revision} for one in years[unit.pk]
            ],
        }
        for unit in units
    ]


def _page(found: Any, offset: int, limit: int) -> tuple[int, list[Any]]:
    return found.count(), list(found[offset : offset + limit])


def indicators(year: Year, offset: int, limit: int) -> dict[str, Any]:
    """Indicators as they were set."""
    total, rows = _page(IndicatorRow.objects.filter(year=year), offset, limit)
    return {"total": total, "items": [_indicator(row) for row in rows]}


def _indicator(row: Row) -> dict[str, Any]:
    said = shown_cells(row)
    return {
        "kpi_id": row.pk,
        "pro_code": said.get("project", ""),
        "lv1_perf_ind_name": said.get("dimension", ""),
        "lv2_perf_ind_name": said.get("category", ""),
        "lv3_perf_ind_name": said.get("name", ""),
        "computesign": SIGNS.get(said.get("comparator", "").strip(), ""),
        "kpi_val": said.get("target", ""),
        "meterunit": said.get("unit", ""),
        "weight": said.get("weight", ""),
        "kpi_remark": said.get("basis", ""),
    }


def actuals(year: Year, offset: int, limit: int) -> dict[str, Any]:
    """What was reached."""
    total, rows = _page(IndicatorRow.objects.filter(year=year), offset, limit)
    return {"total": total, "items": [actual(row) for row in rows]}


def actual(row: Row) -> dict[str, Any]:
    """One of them."""
    said = shown_cells(row)
    return {
        "kpi_id": row.pk,
        "lv3_perf_ind_name": said.get("name", ""),
        "kpi_val": said.get("target", ""),
        **{element: said.get(field, "") for element, field in ACTUAL.items()},
        "revision": row.version,
    }


def execution(year: Year) -> dict[str, Any]:
    """Budget lines in 元."""
    rows = list(BudgetRow.objects.filter(year=year))
    return {"total": len(rows), "items": [_line(row) for row in rows]}


def _line(row: BudgetRow) -> dict[str, Any]:
    said = shown_cells(row)
    first, now, paid = row.initial_budget_fen, row.annual_budget_fen, row.executed_fen
    return {
        "bgt_id": row.pk,
        "exp_type_name": said.get("part", ""),
        "found_type_name": said.get("source", ""),
        "reply_amt": yuan(first),
        "year_adj_amt": yuan(now - first) if now is not None and first is not None else None,
        "cur_amt": yuan(now),
        "year_exe_amt": yuan(paid),
        "exe_amt_rate": rate(paid, now),
    }


def yuan(fen: int | None) -> str | None:
    """分 as 元.

    >>> yuan(-5), yuan(3138599766), yuan(None)
    ('-0.05', '31385997.66', None)
    """
    if fen is None:
        return None
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def rate(part: int | None, whole: int | None) -> str | None:
    """A share in %, four decimals, half up; one rounding of a ratio of integers.

    >>> rate(2310131345, 2318701839), rate(1, 0), rate(0, 3)
    ('99.6304', None, '0.0000')
    """
    if part is None or not whole:
        return None
    sign = "-" if (part < 0) != (whole < 0) and part else ""
    ten_thousandths = (2 * abs(part) * 1_000_000 + abs(whole)) // (2 * abs(whole))
    return f"{sign}{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


def reports(year: Year) -> Iterator[dict[str, Any]]:
    """The sealed versions, newest first, with their files' names."""
    made = (
        Submission.objects.filter(year=year)
        .select_related("sealed_by")
        .defer("input_json", "findings_json", "score_json")
    )
    files: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in SubmissionFile.objects.filter(submission__year=year).defer("content"):
        files[one.submission_id].append(
            {"file_id": one.pk, "file_name": one.name, "size": one.size, "sha256": one.sha256}
        )
    for one in made:
        yield {
            "report_id": one.pk,
            "version": one.version,
            "sealed_at": one.sealed_at.isoformat(timespec="seconds"),
            "sealed_by": one.sealed_by.name,
            "seal": one.seal,
            "score": one.score_text,
            "errors": one.errors,
            "files": files[one.pk],
        }
