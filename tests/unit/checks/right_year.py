"""One complete department year without a fault: invented, plausible, every table filled.

Every check runs on it and finds nothing; a test damages it in one place and gets exactly that finding. Records say where
they stand as intake does: columns in the form's order, data from row 4.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jiheng.model import (
    Achievement,
    Actual,
    Adjustment,
    AdjustmentKind,
    BudgetLine,
    BudgetPart,
    Comparator,
    DepartmentYear,
    Direction,
    Duty,
    Evidence,
    FundBlock,
    Indicator,
    JudgedScore,
    KeyTask,
    ManagementFact,
    MonitoringEntry,
    Office,
    Origin,
    OverallGoal,
    Passage,
    Payment,
    PolicyBasis,
    Problem,
    Profile,
    Project,
    ProjectStatus,
    Quantity,
    SelfEvaluation,
    SourceFile,
    Staffing,
    StatedResults,
    SubItem,
    Survey,
)
from jiheng.rulebook.forms import workbook_form
from jiheng.values import Bound, Dimension, Figure, FiscalYear, RegionCode, unit_named

FIRST_ROW = 4
_TYPES = {
    "profile": Profile,
    "fund_block": FundBlock,
    "stated": StatedResults,
    "offices": Office,
    "staffing": Staffing,
    "duties": Duty,
    "key_tasks": KeyTask,
    "policies": PolicyBasis,
    "goals": OverallGoal,
    "indicators": Indicator,
    "budget_lines": BudgetLine,
    "adjustments": Adjustment,
    "projects": Project,
    "sub_items": SubItem,
    "quantities": Quantity,
    "payments": Payment,
    "monitoring": MonitoringEntry,
    "self_evaluations": SelfEvaluation,
    "judged_scores": JudgedScore,
    "surveys": Survey,
    "management_facts": ManagementFact,
    "achievements": Achievement,
    "problems": Problem,
    "evidence": Evidence,
    "passages": Passage,
}


# --- figures as a clerk types them ------------------------------------------------------------------------------------


def figure(text: str, unit: str = "", bound: Bound = Bound.EXACT) -> Figure:
    """A typed number as intake reads it: money to two decimals at least, a rate to the decimals shown, counts exact."""
    value = Decimal(text)
    decimals = max(-int(value.as_tuple().exponent), 0)
    dimension = unit_named(unit).dimension
    quantum = Decimal(0)
    if dimension is Dimension.MONEY and value:
        quantum = Decimal(1).scaleb(-max(decimals, 2))
    elif dimension is Dimension.SHARE:
        quantum = Decimal(1).scaleb(-decimals)
    return Figure(value, unit_named(unit), quantum, text, bound)


def wan(text: str) -> Figure:
    """万元."""
    return figure(text, "万元")


def yuan(text: str) -> Figure:
    """元."""
    return figure(text, "元")


def percent(text: str) -> Figure:
    """A rate, given without its sign; the text carries it."""
    rate = figure(text, "%")
    return Figure(rate.value, rate.unit, rate.quantum, f"{text}%")


# --- places as intake gives them --------------------------------------------------------------------------------------


def origin(record: str, row: int) -> Origin:
    """The place of a table's row; of a form, its first line."""
    form = workbook_form().sheet(record)
    if form.kind == "form":
        return Origin(form.name, 1, {c.field: f"B{FIRST_ROW + at}" for at, c in enumerate(form.columns)})
    return Origin(form.name, row, {c.field: chr(ord("A") + at) for at, c in enumerate(form.columns)})


def _rows(record: str, *rows: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_TYPES[record](**row, origin=origin(record, FIRST_ROW + at)) for at, row in enumerate(rows))


def _form(record: str, **values: Any) -> Any:
    return _TYPES[record](**values, origin=origin(record, 1))


# --- the year ---------------------------------------------------------------------------------------------------------


def _budget_lines() -> tuple[Any, ...]:
    columns = ("initial_budget", "annual_budget", "executed", "final_accounts", "carried_over", "surplus")
    lines = {
        BudgetPart.TOTAL: "1000.00 1140.00 1120.50 1120.50 15.00 4.50",
        BudgetPart.BASIC: "600.00 560.00 555.00 555.00 5.00 0",
        BudgetPart.PROJECT: "380.00 560.00 545.50 545.50 10.00 4.50",
        BudgetPart.OTHER: "20.00 20.00 20.00 20.00 0 0",
    }
    rows: list[dict[str, Any]] = [
        {"part": part, **dict(zip(columns, map(wan, line.split()), strict=True))} for part, line in lines.items()
    ]
    for by, name, annual, executed in (
        ("source", "一般公共预算拨款", "500.00", "490.50"),
        ("source", "其他资金", "60.00", "55.00"),
        ("activity", "城市管理", "300.00", "290.50"),
        ("activity", "民生保障", "260.00", "255.00"),
    ):
        rows.append({"part": BudgetPart.PROJECT, by: name, "annual_budget": wan(annual), "executed": wan(executed)})
    return _rows("budget_lines", *rows)


def _indicator(dimension: str, category: str, name: str, weight: str, **rest: Any) -> dict[str, Any]:
    shared: dict[str, Any] = {"task": "年度任务", "office": "城市管理科", "duties": ("Z1",), "goals": ("M1",)}
    if target := rest.get("target"):
        rest.setdefault("target_text", target.text)
        rest.setdefault("unit", target.unit.symbol)
    return {**shared, "dimension": dimension, "category": category, "name": name, "weight": Decimal(weight), **rest}


def reached(value: Figure | str, **rest: Any) -> Actual:
    """An actual with its day and its evidence: a figure, or a level in words."""
    given = {"as_of": date(2024, 12, 31), "evidence": ("C1",), **rest}
    if isinstance(value, Figure):
        return Actual(value=value, text=value.text, **given)
    return Actual(level=value, text=value, **given)


def _indicators() -> tuple[Any, ...]:
    at_least, at_most, equal = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUAL
    return _rows(
        "indicators",
        _indicator("产出指标", "数量指标", "保洁道路条数", "20", comparator=at_least, target=figure("24", "条"),
                   actual=reached(figure("24", "条")), history=figure("22", "条"), policies=("Y1",), code="I01"),
        _indicator("产出指标", "质量指标", "道路保洁达标率", "15", comparator=at_least, target=percent("95"),
                   actual=reached(percent("96.5")), history=percent("94.0"), code="I02"),
        _indicator("产出指标", "时效指标", "诉求办理及时率", "15", comparator=equal, target=percent("100"),
                   actual=reached(percent("100")), direction=Direction.HIGHER, code="I03"),
        _indicator("产出指标", "成本指标", "道路保洁成本", "10", comparator=at_most, target=wan("200"),
                   actual=reached(wan("198.00")), history=wan("205.00"), code="I04"),
        _indicator("产出指标", "数量指标", "便民服务事项数量", "10", comparator=at_least, target=figure("60", "项"),
                   actual=reached(figure("70", "项")), history=figure("58", "项"), code="I05", office="社区建设科"),
        _indicator("效益指标", "社会效益指标", "居民获得感", "10", comparator=Comparator.QUALITATIVE,
                   scale="优良中低差", target_text="优良中低差", target_level="优", actual=reached("优"), code="I06"),
        _indicator("效益指标", "可持续影响指标", "绿地养护等级", "5", comparator=equal, target=figure("3", "级"),
                   actual=reached(figure("3", "级")), direction=Direction.NEAREST, code="I07"),
        _indicator("满意度指标", "服务对象满意度指标", "辖区居民满意度", "15", comparator=at_least,
                   target=percent("90"), actual=reached(percent("92.9"), evidence=("C2",)), code="I08"),
        _indicator("产出指标", "数量指标", "装修站点个数", "30", comparator=at_least, target=figure("3", "个"),
                   actual=reached(figure("2", "个"), deviation_note="一处站点产权手续未办妥，已改到次年"),
                   project="X02", code="I21", office="社区建设科"),
        _indicator("产出指标", "质量指标", "装修验收合格率", "40", comparator=equal, target=percent("100"),
                   actual=reached(percent("100")), project="X02", code="I22", office="社区建设科"),
        _indicator("效益指标", "社会效益指标", "装修后服务覆盖率", "20", comparator=at_least, target=percent("80"),
                   actual=reached(percent("85")), project="X02", code="I23", office="社区建设科"),
    )  # fmt: skip


def _projects() -> tuple[Any, ...]:
    shared: dict[str, Any] = {
        "starts": date(2024, 1, 1),
        "ends": date(2024, 12, 31),
        "duties": ("Z1",),
        "goals": ("M1",),
    }
    return _rows(
        "projects",
        {"code": "X01", "name": "道路保洁服务", "office": "城市管理科", "initial_budget": wan("180.00"),
         "annual_budget": wan("200.00"), "executed": wan("198.00"), "status": ProjectStatus.DONE,
         "policies": ("Y1",), **shared},
        {"code": "X02", "name": "社区服务站装修", "office": "社区建设科", "initial_budget": wan("120.00"),
         "annual_budget": wan("150.00"), "executed": wan("140.00"), "status": ProjectStatus.PARTLY_DONE,
         "reason": "一处站点产权手续未办妥", **shared},
        {"code": "X03", "name": "便民服务采购", "office": "社区建设科", "initial_budget": wan("80.00"),
         "annual_budget": wan("210.00"), "executed": wan("207.50"), "status": ProjectStatus.DONE, **shared},
    )  # fmt: skip


def _project_details() -> dict[str, tuple[Any, ...]]:
    whole = {"starts": date(2024, 1, 1), "ends": date(2024, 12, 31)}
    return {
        "sub_items": _rows(
            "sub_items",
            {"project": "X01", "name": "保洁人工", "budget": yuan("1500000"), "paid": yuan("1480000.00"), **whole},
            {"project": "X01", "name": "垃圾清运", "budget": yuan("500000"), "paid": yuan("490000.00"), **whole},
            {"project": "X02", "name": "站点装修", "budget": yuan("1500000"), "paid": yuan("1400000.00"), **whole},
        ),
        "quantities": _rows(
            "quantities",
            *(
                {"project": "X03", "subject": "便民服务事项", "kind": kind, "count": figure(count, "项"), **rest}
                for kind, count, rest in (
                    ("生活服务", "30", {}),
                    ("家电维修", "25", {}),
                    ("健康咨询", "15", {}),
                    ("合计", "70", {"indicator": "I05"}),
                )
            ),
        ),
        "payments": _rows(
            "payments",
            *(
                {"project": project, "month": month, "planned": wan(planned), "paid": wan(paid)}
                for project, month, planned, paid in (
                    ("X01", 3, "50.00", "48.00"),
                    ("X01", 6, "50.00", "50.00"),
                    ("X01", 9, "50.00", "50.00"),
                    ("X01", 12, "50.00", "50.00"),
                    ("X02", 6, "60.00", "60.00"),
                    ("X02", 12, "90.00", "80.00"),
                )
            ),
        ),
        "monitoring": _rows(
            "monitoring",
            {"round": "1-7月", "cutoff": date(2024, 7, 31), "project": "X01", "executed": wan("110.00"),
             "expected_executed": wan("200.00"), "likelihood": "确定能"},
            {"round": "1-7月", "cutoff": date(2024, 7, 31), "indicator": "I01", "reached": figure("14", "条")},
        ),
        "self_evaluations": _rows(
            "self_evaluations",
            *(
                {"project": project, "execution_score": Decimal(a), "output_score": Decimal(b),
                 "benefit_score": Decimal(c), "satisfaction_score": Decimal(d), "total": Decimal(total),
                 "grade": grade, "deviation_note": note}
                for project, a, b, c, d, total, grade, note in (
                    ("X01", "9.9", "50", "28", "10", "97.9", "优", ""),
                    ("X02", "9.33", "40", "25", "10", "84.33", "良", "一处站点改到次年"),
                    ("X03", "9.88", "50", "30", "10", "99.88", "优", ""),
                )
            ),
        ),
    }  # fmt: skip


def _management_facts() -> tuple[Any, ...]:
    answers: dict[str, bool | Figure] = {
        "财务管理制度健全": True,
        "现行财务管理制度数量": figure("6", "项"),
        "专款专用": True,
        "存在截留挤占挪用或虚列支出": False,
        "会计资料真实完整": True,
        "账实相符": True,
        "资产盘点差异件数": figure("0", "件"),
        "账账相符": True,
        "固定资产账面原值": wan("860.00"),
        "资产卡片原值合计": yuan("8600000.00"),
        "在用固定资产原值": wan("845.00"),
        "项目总数": figure("3"),
        "设定绩效目标的项目数": figure("3", "个"),
        "开展绩效监控的项目数": figure("3"),
        "开展绩效自评的项目数": figure("3"),
    }
    return _rows(
        "management_facts",
        *({"item": item, "answer" if isinstance(a, bool) else "figure": a} for item, a in answers.items()),
    )


def right_year() -> DepartmentYear:
    """The year. Built anew each time: records are frozen, the tables are tuples."""
    return DepartmentYear(
        profile=_form("profile", department="云溪街道办事处", region=RegionCode("110105"),
                      fiscal_year=FiscalYear(2024), supervising_department="云溪街道办事处", introduction="简介"),
        offices=_rows("offices", {"name": "城市管理科", "kind": "内设机构"}, {"name": "社区建设科", "kind": "内设机构"}),
        staffing=_rows(
            "staffing",
            {"kind": "行政编制", "authorised": Decimal(40), "employed": Decimal(38)},
            {"kind": "事业编制", "authorised": Decimal(20), "employed": Decimal(20)},
            {"kind": "其他人员", "employed": Decimal(15)},
        ),
        duties=_rows(
            "duties",
            {"code": "Z1", "text": "城市管理", "office": "城市管理科"},
            {"code": "Z2", "text": "社区建设", "office": "社区建设科"},
        ),
        key_tasks=_rows("key_tasks", {"code": "R1", "name": "建成服务站", "office": "社区建设科", "duties": ("Z2",),
                                      "goals": ("M1",), "progress": percent("80")}),
        policies=_rows(
            "policies",
            {"code": "Y1", "title": "道路保洁服务标准", "valid_from": date(2020, 1, 1)},
            {"code": "Y2", "title": "社区服务站建设办法", "valid_from": date(2023, 1, 1),
             "valid_to": date(2026, 12, 31)},
        ),
        fund_block=_form(
            "fund_block", total=yuan("10000000.00"), basic=yuan("6000000.00"), basic_fiscal=yuan("5900000.00"),
            basic_special_account=yuan("0"), basic_own=yuan("100000.00"), project=yuan("4000000.00"),
            project_fiscal=yuan("3900000.00"), project_own=yuan("100000.00"),
        ),
        goals=_rows("goals", {"code": "M1", "text": "道路整洁，服务就近", "background": "居民需要", "content": "保洁和便民服务",
                              "expected_results": "保洁道路 24 条，服务 60 项", "duties": ("Z1",)}),
        indicators=_indicators(),
        budget_lines=_budget_lines(),
        adjustments=_rows(
            "adjustments",
            *(
                {"kind": kind, "part": part, "amount": wan(amount), "document_number": number,
                 "approved_on": date(2024, month, 15), **rest}
                for kind, part, amount, number, month, rest in (
                    (AdjustmentKind.ADDED, BudgetPart.PROJECT, "150.00", "财预指〔2024〕12号", 5, {"project": "X03"}),
                    (AdjustmentKind.REDUCED, BudgetPart.BASIC, "10.00", "财预指〔2024〕30号", 9, {}),
                    (AdjustmentKind.TRANSFER_IN, BudgetPart.PROJECT, "30.00", "街财〔2024〕8号", 10, {"project": "X02"}),
                    (AdjustmentKind.TRANSFER_OUT, BudgetPart.BASIC, "30.00", "街财〔2024〕8号", 10, {}),
                )
            ),
        ),
        projects=_projects(),
        **_project_details(),
        judged_scores=_rows("judged_scores", {"subject": "I06", "level": "优", "score": Decimal("9.5"),
                                              "person": "评价组", "reason": "座谈会记录"}),
        surveys=_rows("surveys", {"code": "D1", "name": "居民满意度调查", "indicators": ("I08",), "group": "辖区居民",
                                  "starts": date(2024, 11, 1), "ends": date(2024, 11, 20), "issued": Decimal(500),
                                  "valid": Decimal(480), "satisfied": Decimal(446), "satisfaction": percent("92.9"),
                                  "evidence": ("C2",)}),
        management_facts=_management_facts(),
        achievements=_rows("achievements", {"name": "便民服务人次", "value": figure("12000", "人次"),
                                            "growth": percent("8.5"), "evidence": ("C3",)}),
        stated=_form(
            "stated", execution_rate=percent("98.29"), carryover_amount=wan("19.50"), carryover_rate=percent("1.71"),
            budget_final_variance=percent("12.05"), final_accounts=wan("1120.50"), score=Decimal("92.5"), grade="优",
            evaluated_projects=Decimal(3), unfinished_projects=Decimal(1), satisfaction=percent("92.9"),
        ),
        problems=_rows("problems", {"code": "W1", "text": "一处站点没有完工", "cause": "产权手续", "measure": "次年建成",
                                    "office": "社区建设科", "state": "进行中"}),
        evidence=_rows(
            "evidence",
            {"code": "C1", "name": "验收单"},
            {"code": "C2", "name": "满意度调查报告"},
            {"code": "C3", "name": "服务台账"},
        ),
        passages=_rows("passages", {"section": "当年预算执行情况",
                                    "text": "全年预算数{全年预算数}，执行数1120.50万元，执行率98.29%。"}),
        source=SourceFile("云溪街道-2024.xlsx", "0" * 64),
    )  # fmt: skip
