"""The review as a whole: kinds of document, the year's checks on what was read, another document, the workbook, the commands."""

import json
from pathlib import Path

import pytest

from jiheng.checks.document import document_checks
from jiheng.checks.document.check import DocumentCheck, DocumentRules, document_check
from jiheng.checks.document.runner import run_document_checks
from jiheng.cli.app import main
from jiheng.formats import flow
from jiheng.formats.document_opening import OpenedDocument
from jiheng.model import Level
from jiheng.model.statement import Claims
from jiheng.reading.opening import document_of
from jiheng.reading.review import review


@pytest.fixture
def run(monkeypatch, capsys):
    """The command line: its exit status and what it printed."""

    def called(*arguments):
        monkeypatch.setattr("sys.argv", ["jiheng", "review", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().out

    return called


GOLDEN = Path(__file__).parents[3] / "golden" / "review"
ACCOUNTS = "青禾市民政局2024年度部门决算"
REPORT = "云岭镇人民政府2023年度部门整体绩效评价报告"
CHAPTERS = ["部门概况", "当年预算执行情况", "整体绩效目标实现情况", "预算管理情况分析", "总体评价结论", "措施建议"]


def document(text, title=ACCOUNTS):
    return document_of(
        OpenedDocument("样.txt", "0" * 64, "txt", (flow.Lines("lines", [title, "", *text.splitlines()]),))
    )


def checks(report):
    return [one.check for one in report.findings]


def report_with(chapters):
    numbers = "一二三四五六"
    return document("\n".join(f"{numbers[n]}、{chapter}\n内容。" for n, chapter in enumerate(chapters)), REPORT)


def test_missing_chapter_is_named():
    found = [
        one for one in review(report_with(CHAPTERS[:-1])).report.findings if one.check == "document.missing_section"
    ]
    assert [one.message for one in found] == ["没有找到提纲要求的“措施建议”一节。"]
    assert "document.missing_section" not in checks(review(report_with(CHAPTERS)).report)


def test_another_outline_is_not_measured_by_this_one():
    report = review(report_with(["基本情况", "绩效情况", "问题", "建议"])).report
    assert "document.missing_section" not in checks(report)
    assert "document.missing_section" in [one.check for one in report.not_run]


def test_template_is_said_once():
    report = review(document("\n".join(f"{n}、XX收入XX万元，占XX%。主要原因：" for n in "一二三四五"))).report
    assert checks(report) == ["document.placeholder"]
    assert "模板" in report.findings[0].message


def test_survey_and_reasons_elsewhere_answer_the_year():
    text = (
        "二、当年预算执行情况\n2023年全年预算数90.00万元，其中，基本支出预算数40.00万元，项目支出预算数50.00万元。"
        "资金总体支出88.00万元，其中，基本支出40.00万元，项目支出48.00万元。\n"
    )
    assert "satisfaction.none" in checks(review(document(text, REPORT)).report)
    surveyed = text + "（二）满意度\n发放问卷400份，有效问卷386份，居民满意度92.50%。\n"
    assert "satisfaction.none" not in checks(review(document(surveyed, REPORT)).report)


def test_two_documents():
    one, other = (document(f"机关运行经费支出{amount}万元。") for amount in ("186.40", "184.60"))
    (found,) = review(one, other).report.findings
    assert (found.check, found.level) == ("document.other_document", Level.WARNING)
    assert review(one, one).report.findings == ()


def test_broken_check_is_told_and_stops_nothing():
    @document_check("x.broken", "", level=Level.ERROR, basis="", message="", reckoning="", mend="")
    def broken(_claims, _rules):
        raise ValueError("坏了")

    report = run_document_checks(Claims(), DocumentRules(), [broken, *document_checks()], "样.txt")
    assert isinstance(broken, DocumentCheck)
    assert [(one.check, one.error) for one in report.broken] == [("x.broken", "ValueError: 坏了")]
    assert len(report.passed) == len(document_checks())


@pytest.mark.parametrize(("name", "status"), [("市局决算-无误.txt", 0), ("区局预算-有误.txt", 1)])
def test_command(run, name, status):
    ended, printed = run(GOLDEN / name, "--format", "json")
    answer = json.loads(printed)
    assert ended == status
    assert answer["document"]["fiscal_year"] == (2024 if status == 0 else 2025)
    assert answer["broken"] == []
    assert all(set(one) >= {"check", "level", "message", "quote", "where", "facts"} for one in answer["findings"])
    assert all(len(one["quote"]) <= 200 and one["where"]["line"] for one in answer["findings"])


def test_command_with_several_files_and_table(run):
    ended, printed = run(GOLDEN / "市局决算-无误.txt", GOLDEN / "区局预算-有误.txt")
    assert ended == 1
    assert "市局决算-无误.txt" in printed
    assert "应予更正" in printed


def test_command_against_workbook(run, tmp_path):
    sample = Path(__file__).parents[4] / "samples" / "样例街道-2023.xlsx"
    report = tmp_path / "报告.txt"
    report.write_text(
        "样例街道办事处2023年度部门整体绩效评价报告\n\n二、当年预算执行情况\n2023年全年预算数31385.997668万元，其中，基本支出预算数"
        "4961.098592万元，项目支出预算数26424.988076万元，其他支出预算数0万元。\n",
        encoding="utf-8",
    )
    _, printed = run(report, "--against", sample, "--format", "json")
    found = [one for one in json.loads(printed)["findings"] if one["check"] == "against.workbook"]
    assert [one["message"] for one in found] == [
        "报告写 26424.988076万元，工作簿“预算执行”表“项目支出”的“全年预算数”是 26424.899076万元。"
    ]
