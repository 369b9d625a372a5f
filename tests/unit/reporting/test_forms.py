"""The official forms in Excel: filled as their rules say, text as text, formulas that give the values written."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jiheng.errors import BadInput
from jiheng.model import (
    Actual,
    Comparator,
    DepartmentYear,
    FundBlock,
    Indicator,
    OverallGoal,
    Profile,
    Project,
    ScoreSheet,
    SelfEvaluation,
)
from jiheng.reporting.forms_xlsx import Form, write_forms
from jiheng.rulebook.resolve import resolve
from jiheng.scoring import score_projects
from jiheng.values import Figure, FiscalYear, RegionCode, unit_named


def amount(text: str, unit: str = "万元") -> Figure:
    return Figure(Decimal(text), unit_named(unit), text=text)


def indicator(name: str, target: str, done: str, project: str = "P1", **more: object) -> Indicator:
    actual = Actual(value=amount(done, "件"), text=done, deviation_note="=cmd|'/c calc'!A1") if done else None
    number = amount(target, "件") if target.isdigit() else None
    fields: dict[str, object] = {
        "name": name, "code": name, "dimension": "产出指标", "category": "数量指标", "comparator": Comparator.AT_LEAST,
        "target": number, "target_text": target, "unit": "件", "weight": Decimal(10), "project": project,
        "actual": actual,
    }  # fmt: skip
    return Indicator(**(fields | more))  # type: ignore[arg-type]


@pytest.fixture
def year() -> DepartmentYear:
    money = {"initial_budget": amount("100"), "annual_budget": amount("90.5"), "executed": amount("88.123456")}
    return DepartmentYear(
        profile=Profile(department="某街道", region=RegionCode("110105"), fiscal_year=FiscalYear(2024)),
        fund_block=FundBlock(
            total=amount("182637354.64", "元"), basic=amount("52206546.96", "元"), basic_fiscal=amount("52206546.96", "元"),
            project=amount("130430807.68", "元"), project_fiscal=amount("130430807.00", "元"),
        ),
        goals=(OverallGoal(code="M1", text="办好实事", background="需求多", content="三件事", expected_results="办结"),),
        projects=(
            Project(code="P1", name="+道路[一期]/保洁", office="城管办", goal="按期保洁", **money),
            Project(code="P2", name="空项目"),
        ),
        self_evaluations=(SelfEvaluation(project="P1", achieved="@完成", deviation_note="-无", total=Decimal(99)),),
        indicators=(
            indicator("甲", "3", "1"),
            indicator("乙", "7", "5", category="质量指标"),
            indicator("丙", "10", "12", dimension="效益指标", category="社会效益指标"),
            indicator("丁", "9", "", dimension="满意度指标", category="服务对象满意度指标"),
            indicator("戊", "20", "1", project="", activity="04-综合", task="任务", comparator=Comparator.EQUAL, weight=Decimal(60)),
            indicator("己", "优良中低差", "", project="", activity="04-综合", task="任务",
                      comparator=Comparator.QUALITATIVE, scale="优良中低差", unit="", weight=Decimal(40)),
        ),
    )  # fmt: skip


@pytest.fixture
def scored(year: DepartmentYear) -> list[tuple[Project, ScoreSheet]]:
    rules = resolve(RegionCode("110105"), FiscalYear(2024), date(2026, 1, 1))
    return list(zip(year.projects, score_projects(year, rules), strict=True))


def rows(path: Path, name: str) -> list[list[object]]:
    page = openpyxl.load_workbook(path, data_only=True)[name]
    return [[value for value in row if value not in (None, "")] for row in page.iter_rows(values_only=True)]


def test_the_self_evaluation_form(year: DepartmentYear, scored: list[tuple[Project, ScoreSheet]], tmp_path: Path):
    write_forms(tmp_path / "表.xlsx", year, scored[:1], [Form.SELF_EVALUATIONS])
    assert rows(tmp_path / "表.xlsx", "+道路一期保洁")[:18] == [
        ["项目支出绩效自评表"],
        ["（2024年度）"],
        ["项目名称", "+道路[一期]/保洁"],
        ["主管部门", "某街道", "实施单位", "某街道（城管办）"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", 100, 90.5, 88.123456, 10, pytest.approx(0.9737398), 9.74],
        ["其中：当年财政拨款", "—", "—"],
        ["上年结转资金".rjust(9, "　"), "—", "—"],
        ["其他资金".rjust(7, "　"), "—", "—"],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["按期保洁", "@完成"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标（50分）", "数量指标", "甲", "≥3件", "1件", 25, 8.33, "=cmd|'/c calc'!A1"],
        ["质量指标", "乙", "≥7件", "5件", 25, 17.86, "=cmd|'/c calc'!A1"],
        ["效益指标（30分）", "社会效益指标", "丙", "≥10件", "12件", 30, 30, "=cmd|'/c calc'!A1"],
        ["满意度指标（10分）", "服务对象满意度指标", "丁", "≥9件", 10, "未评", "缺完成值（空着不等于零）"],
        ["总分", 100, pytest.approx(65.93), "未评完"],
        ["填表人（签字）：　　　　　项目负责人（签字）：　　　　　单位（盖章）：　　　　　　　年　　月　　日"],
    ]  # fmt: skip


def test_the_summary_of_all(year: DepartmentYear, scored: list[tuple[Project, ScoreSheet]], tmp_path: Path):
    write_forms(tmp_path / "表.xlsx", year, scored, [Form.SUMMARY])
    assert rows(tmp_path / "表.xlsx", "自评结果汇总表") == [
        ["某街道2024年度项目支出绩效自评结果汇总表"],
        ["序号", "项目编码", "项目名称", "责任科室", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）", "执行率",
         "预算执行率", "产出指标", "效益指标", "满意度指标", "总分", "等级", "状态", "偏差原因及改进措施"],
        ["1", "P1", "+道路[一期]/保洁", "城管办", 100, 90.5, 88.123456, pytest.approx(0.9737398), 9.74, 26.19, 30,
         "未评完", "未评完", "-无"],
        ["2", "P2", "空项目", "未评完", "未评完"],
        ["合计", 100, 90.5, 88.123456, pytest.approx(0.9737398)],
    ]  # fmt: skip


def test_the_goal_table_of_chaoyang(year: DepartmentYear, scored: list[tuple[Project, ScoreSheet]], tmp_path: Path):
    write_forms(tmp_path / "表.xlsx", year, scored, [Form.GOALS_CHAOYANG])
    found = rows(tmp_path / "表.xlsx", "整体绩效目标表（朝阳区）")
    assert found[2:5] == [
        ["总体资金情况（元）", "支出总额", "基本支出", "项目支出"],
        ["合计", "财政拨款", "专户资金", "单位资金", "合计", "财政拨款", "单位资金"],
        [182637354.64, 52206546.96, 52206546.96, 130430807.68, 130430807],
    ]
    assert found[7:] == [
        ["活动", "任务", "一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重"],
        ["04-综合", "任务", "产出指标", "数量指标", "戊", "=", 20, "件", 60],
        ["己", "定性", "优良中低差", 40],
        ["权重合计", 100],
    ]
    page = openpyxl.load_workbook(tmp_path / "表.xlsx")["整体绩效目标表（朝阳区）"]
    formulas = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"}
    # 项目支出's parts do not give what was stated, so the stated number stands.
    assert formulas == {"B5": "=C5+G5", "C5": "=SUM(D5:F5)", "I11": "=SUM(I9:I10)"}


def test_the_goal_table_of_the_ministry(year: DepartmentYear, scored: list[tuple[Project, ScoreSheet]], tmp_path: Path):
    write_forms(tmp_path / "表.xlsx", year, scored, [Form.GOALS_MINISTRY])
    found = rows(tmp_path / "表.xlsx", "整体绩效目标表（财政部）")
    assert ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"] in found
    assert ["产出指标", "数量指标", "戊", "=20件"] in found
    assert ["己", "优良中低差"] in found
    assert "版式未核对原文" in str(found[-1][0])


def without_cached_values(source: Path, target: Path) -> int:
    """The workbook with every formula's value taken out, so that whoever opens it must reckon."""
    count = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                text, found = re.subn(r"(</f>)<v>[^<]*</v>", r"\1", data.decode())
                count, data = count + found, text.encode()
            new.writestr(entry, data)
    return count


def test_libreoffice_reckons_the_same_values(
    year: DepartmentYear, scored: list[tuple[Project, ScoreSheet]], to_pdf: Callable[..., Path], tmp_path: Path
):
    write_forms(tmp_path / "表.xlsx", year, scored)
    assert without_cached_values(tmp_path / "表.xlsx", tmp_path / "无值.xlsx") > 15
    written = openpyxl.load_workbook(tmp_path / "表.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(tmp_path / "表.xlsx")
    reckoned = openpyxl.load_workbook(to_pdf(tmp_path / "无值.xlsx", "xlsx"), data_only=True)
    differing = [
        (page.title, cell.coordinate, cell.value)
        for page in formulas
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
        and abs(written[page.title][cell.coordinate].value - reckoned[page.title][cell.coordinate].value) > 1e-9
    ]
    assert differing == []


def test_what_cannot_be_written_is_said(year: DepartmentYear, scored: list[tuple[Project, ScoreSheet]], tmp_path: Path):
    with pytest.raises(BadInput, match=r"“表.xls”的后缀不是 .xlsx：表格请存为 .xlsx"):
        write_forms(tmp_path / "表.xls", year, scored)
    with pytest.raises(BadInput, match="没有项目"):
        write_forms(tmp_path / "表.xlsx", year, [], [Form.SELF_EVALUATIONS])
    write_forms(tmp_path / "空.xlsx", replace(year, projects=(), indicators=(), goals=(), fund_block=FundBlock()), [])
    assert openpyxl.load_workbook(tmp_path / "空.xlsx").sheetnames == [form.value for form in list(Form)[:3]]
