"""The score workbook: its formulas, reckoned anew by LibreOffice, give the values they were written with."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jiheng.errors import BadInput
from jiheng.model import BudgetLine, BudgetPart, ScoreSheet
from jiheng.reporting.score_form import write_score_form
from jiheng.rulebook.resolve import resolve
from jiheng.scoring import score_department, score_projects
from jiheng.scoring.cases import figure
from jiheng.values import show_number

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")


@pytest.fixture
def sheet(indicator, year, chaoyang) -> ScoreSheet:
    """Rows with ties at the half hundredth, odd ratios, open rows, a name that looks like a formula."""
    odd = [
        ("3次", "1次"),
        ("7次", "5次"),
        ("8次", "1次"),
        ("800次", "799次"),
        ("97次", "96次"),
        ("64次", "33次"),
        ("16次", "3次"),
    ]
    rows = [
        indicator(target, actual, code=f"r{at}", name=f"=指标{at}", weight=str(at + 1))
        for at, (target, actual) in enumerate(odd)
    ]
    rows += [indicator("121057.86平方米", "120333.33平方米", code="x", name="面积", dimension="效益指标", weight="7")]
    rows += [indicator("90%", "", code="y", name="满意度", dimension="满意度指标", weight="9")]
    total = BudgetLine(
        part=BudgetPart.TOTAL, annual_budget=figure("23187.018390万元"), executed=figure("23101.313452万元"),
        initial_budget=figure("11133.70万元"), final_accounts=figure("23101.313452万元"),
        carried_over=figure("85.704938万元"), surplus=figure("0万元"),
    )  # fmt: skip
    return score_department(year(*rows, budget_lines=(total,)), chaoyang)


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


@pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")
def test_libreoffice_reckons_the_same_values(tmp_path: Path, sheet: ScoreSheet):
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [sheet])
    bare, out = tmp_path / "bare.xlsx", tmp_path / "out"
    assert without_cached_values(form, bare) > 20
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(bare)], check=True, capture_output=True, timeout=180)
    written = openpyxl.load_workbook(form, data_only=True)
    reckoned = openpyxl.load_workbook(out / "bare.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(form)
    differing = [
        (
            page.title,
            cell.coordinate,
            cell.value,
            written[page.title][cell.coordinate].value,
            reckoned[page.title][cell.coordinate].value,
        )
        for page in formulas
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
        and abs(written[page.title][cell.coordinate].value - reckoned[page.title][cell.coordinate].value) > 1e-9
    ]
    assert differing == []


def rows_of(path: Path, name: str) -> list[list[object]]:
    page = openpyxl.load_workbook(path, data_only=True)[name]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_the_form_shows_what_the_sheet_says(tmp_path: Path, sheet: ScoreSheet):
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [sheet])
    rows = rows_of(form, "评分表")
    shown = {row[2]: (row[5], row[6], row[7]) for row in rows if row[2]}
    for line in sheet.lines:
        points, score, state = shown[line.name]
        assert Decimal(str(points)) == line.points
        assert (None if score is None else Decimal(str(score))) == (
            None if line.score is None else line.score.normalize() + 0
        )
        assert state.removesuffix("，规则未核实") == line.standing
    words = [str(cell) for row in rows for cell in row if cell]
    assert rows[0][0] == "部门整体绩效评价指标体系评分表（北京市）（2024年度）"
    assert any("部门负责人（签字）" in word for word in words)
    assert any("单位（公章）" in word for word in words)
    total = next(row for row in rows if row[0] == "已评合计（未评完）")
    assert (total[5], Decimal(str(total[6]))) == (100, Decimal(show_number(sheet.scored)))
    opened = {str(row[0]): Decimal(str(row[5])) for row in rows if str(row[0]).startswith("未评：")}
    assert list(opened) == ["未评：待判定的分值", "未评：缺数据的分值"]
    assert list(opened.values()) == [sheet.awaiting_points, sheet.open_points - sheet.awaiting_points]


def test_the_reckoning_and_the_rules_are_in_the_file(tmp_path: Path, sheet: ScoreSheet):
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [sheet])
    reckoning = rows_of(form, "计算过程")
    at = next(at for at, row in enumerate(reckoning) if row[0] == "=指标0")
    assert "取数：指标值：≥3次（绩效指标!G8）" in [row[1] for row in reckoning[at : at + 5]]
    convert = next(row for row in rows_of(form, "规则依据") if row[6] == "bj-department-2022/blocks.goals.convert")
    assert convert[:4] == ["整体绩效目标实现情况的权重换算", "权重换算", "《本程序的默认值》 权重换算", "未核实"]
    assert rows_of(form, "目标表对照")[-1][0] == "合计（仅供对照）"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, sheet: ScoreSheet):
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [sheet])
    page = openpyxl.load_workbook(form)["评分表"]
    assert {
        cell.data_type
        for row in page.iter_rows(min_col=3, max_col=3)
        for cell in row
        if str(cell.value).startswith("=指标")
    } == {"s"}


def test_many_projects_have_an_overview_and_a_page_each(tmp_path: Path, indicator, year, chaoyang):
    from jiheng.model import Project

    projects = tuple(
        Project(code=f"P{at}", name="道路[修缮]", annual_budget=figure("1万元"), executed=figure("1万元"))
        for at in range(3)
    )
    one = year(indicator("1次", "1次", project="P0"), projects=projects)
    form = tmp_path / "自评.xlsx"
    write_score_form(form, score_projects(one, chaoyang))
    assert openpyxl.load_workbook(form).sheetnames == [
        "汇总",
        "道路修缮",
        "道路修缮(2)",
        "道路修缮(3)",
        "计算过程",
        "规则依据",
    ]


def test_a_capped_total_is_a_formula_too(tmp_path: Path, indicator, year, chaoyang):
    rules = resolve(chaoyang.region, chaoyang.fiscal_year, chaoyang.as_of, chosen=["practice-platform-adjustment"])
    total = BudgetLine(part=BudgetPart.TOTAL, annual_budget=figure("100万元"), executed=figure("75万元"))
    sheet = replace(score_department(year(budget_lines=(total,)), rules))
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [sheet])
    row = next(row for row in rows_of(form, "评分表") if row[0] == "按执行率封顶（89分）")
    assert row[6] == 15


@pytest.mark.skipif(SOFFICE is None or PDFTOTEXT is None, reason="没有 LibreOffice 或 poppler")
@pytest.mark.parametrize(("rows", "page"), [(30, 1), (70, None)])
def test_the_signatures_are_printed_with_the_table(tmp_path: Path, indicator, year, chaoyang, rows, page):
    many = [indicator("3次", "1次", code=f"r{at}", name=f"指标{at}") for at in range(rows)]
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [score_department(year(*many), chaoyang)])
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(form)], check=True, capture_output=True, timeout=180)
    text = subprocess.run([str(PDFTOTEXT), "-layout", form.with_suffix(".pdf"), "-"], check=True, capture_output=True)
    printed = text.stdout.decode().split("\f")
    signed = [at for at, words in enumerate(printed, 1) if "单位（公章）" in words]
    assert len(signed) == 1
    assert page is None or signed == [page]
    last = printed[signed[0] - 1]
    assert all(words in last for words in ("评价内容", "预算管理情况小计", "部门预决算差异率", "部门负责人（签字）"))


def test_every_wrapped_row_is_as_high_as_its_lines(tmp_path: Path, sheet: ScoreSheet):
    form = tmp_path / "评分表.xlsx"
    write_score_form(form, [sheet])
    page = openpyxl.load_workbook(form)["计算过程"]
    wide = [row for row in range(2, page.max_row + 1) if len(str(page.cell(row, 2).value)) > 120]
    assert wide
    assert {row: page.row_dimensions[row].height for row in wide if page.row_dimensions[row].height < 27} == {}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, sheet: ScoreSheet):
    with pytest.raises(BadInput, match="不能在"):
        write_score_form(tmp_path / "没有" / "评分表.xlsx", [sheet])
