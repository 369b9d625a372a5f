"""The samples: what is found in each of them, and nothing else.

The golden files hold every finding of a small sample. After a change that is meant to alter them, write them again with
`.venv/bin/python tests/golden/test_samples.py` and read the difference before it is committed.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from jiheng.checks import all_checks
from jiheng.model import CheckReport, DepartmentYear, Level
from jiheng.workflow import check_workbook, read_year

ROOT = Path(__file__).parents[2]
SAMPLES, GOLDEN = ROOT / "samples", Path(__file__).parent / "findings"
STREET, TOWNSHIP = "样例街道-2023", "样例乡-2023"
DEMO, WRONG = "示范街道-2024", "示范街道-2024-有误"
FAULTS = tomllib.loads((SAMPLES / "planted-faults.toml").read_text(encoding="utf-8"))["fault"]


@cache
def report(name: str) -> CheckReport:
    return check_workbook(SAMPLES / f"{name}.xlsx").report


@cache
def year(name: str) -> DepartmentYear:
    return read_year(SAMPLES / f"{name}.xlsx")


def told(name: str) -> list[list[str]]:
    return [[one.check, one.level.value, str(one.where), one.message] for one in report(name).findings]


def messages(name: str, check: str) -> list[str]:
    return [one.message for one in report(name).findings if one.check == check]


def golden_text(name: str) -> str:
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in told(name)) + "\n]\n"


# --- the two small samples ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [STREET, TOWNSHIP])
def test_findings_are_those_of_the_golden_file(name: str) -> None:
    assert told(name) == json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [STREET, TOWNSHIP, DEMO, WRONG])
def test_every_check_ran_through_and_every_cell_was_read(name: str) -> None:
    assert (report(name).broken, report(name).unrecognised) == ((), ())


def test_project_spending_is_wrong_and_its_right_value_is_said() -> None:
    errors = [(one.check, str(one.where), one.expected) for one in report(STREET).at(Level.ERROR)]
    assert errors == [("execution.sum", "预算执行!F6", "26424.899076万元")]
    assert "“项目支出”应为 26424.899076万元" in messages(STREET, "execution.sum")[0]


def test_goal_table_and_variance_have_the_same_71_85_percent() -> None:
    assert ["71.85%" in text for text in messages(STREET, "execution.goal_table")] == [True]
    assert ["71.85%" in text for text in messages(STREET, "rates.variance")] == [True]


def test_thirteen_indicators_of_weight_51_have_no_actual() -> None:
    (text,) = messages(STREET, "actuals.missing_against_score")
    assert text.startswith("26 个指标中有 13 个没有实际完成值，涉及权重 51（总权重 100），而自评分为 100 分")
    assert len(messages(STREET, "actuals.missing")) == 13


@pytest.mark.parametrize("check", ["goals.weights", "fund.sum", "projects.quantities", "projects.over_budget",
                                   "execution.projects", "workbook.cell", "workbook.doubt"])  # fmt: skip
def test_what_is_right_in_the_street_stays_silent(check: str) -> None:
    assert messages(STREET, check) == []


def test_the_silent_figures_are_there() -> None:
    street = year(STREET)
    assert sum(one.weight or 0 for one in street.indicators) == 100
    total, *kinds = [one.count.value for one in street.quantities if one.count]
    assert (total, sum(kinds)) == (109, 43 + 7 + 22 + 2 + 7 + 28)
    renovation = next(one for one in street.indicators if one.name == "装修成本")
    assert renovation.actual is not None
    assert renovation.actual.value is not None
    assert renovation.target is not None
    assert (renovation.actual.value.value, renovation.target.value) == (57 + 50, 114)


def test_township_sums_are_silent_and_the_initial_budget_is_derived() -> None:
    assert report(TOWNSHIP).at(Level.ERROR) == ()
    for check in ("execution.sum", "rates.execution", "rates.carryover"):
        assert messages(TOWNSHIP, check) == []
    (text,) = messages(TOWNSHIP, "rates.implied_budget")
    assert "约为 11133.70万元" in text
    assert [one.quote for one in report(TOWNSHIP).findings if one.check == "workbook.doubt"] == ["0.37", "107.49"]


# --- the complete year ----------------------------------------------------------------------------------------------------


def test_demo_year_is_complete() -> None:
    demo = year(DEMO)
    offices = [one for one in demo.offices if one.kind != "社区（村）"]
    assert (len(offices), len(demo.projects), len(demo.self_evaluations)) == (8, 106, 106)
    assert 880 <= len(demo.indicators) <= 930
    goals = Counter(one.goal for one in demo.projects)
    assert len(goals) == 106
    assert all(goals)
    assert len({one.achieved for one in demo.self_evaluations}) == 106


def test_demo_year_is_clean_but_for_one_honest_warning() -> None:
    assert report(DEMO).at(Level.ERROR) == ()
    assert [(one.check, one.quote) for one in report(DEMO).at(Level.WARNING)] == [("periods.sub_item", "")]
    assert len(report(DEMO).at(Level.HINT)) <= 10
    assert report(DEMO).not_run == ()


def test_demo_execution_runs_from_40_to_100_percent() -> None:
    rates = [
        one.executed.in_base / one.annual_budget.in_base * 100
        for one in year(DEMO).projects
        if one.executed and one.annual_budget
    ]
    assert len(rates) == 106
    assert 40 <= min(rates) < 45
    assert max(rates) == 100
    assert sum(rate < 80 for rate in rates) >= 8
    assert sum(str(one.status) == "未完成" for one in year(DEMO).projects) == 3


def test_both_large_samples_are_small_files() -> None:
    assert all((SAMPLES / f"{name}.xlsx").stat().st_size < 1_000_000 for name in (DEMO, WRONG))


# --- the planted faults ---------------------------------------------------------------------------------------------------


def test_thirty_faults_of_different_kinds_are_listed() -> None:
    assert len(FAULTS) == 30
    assert len({one["check"] for one in FAULTS}) == 30
    known = {one.id for one in all_checks()} | {"workbook.cell"}
    assert {one["check"] for one in FAULTS} <= known


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one["id"])
def test_fault_is_found_at_its_level_and_place(fault: dict[str, str]) -> None:
    place = f"{fault.get('found_sheet', fault['sheet'])}!{fault.get('found_at', fault['cell'])}"
    found = [(one.level.value, str(one.where)) for one in report(WRONG).findings if one.check == fault["check"]]
    assert found == [(fault["level"], place)]


def test_nothing_else_is_called_an_error() -> None:
    planted = sorted(one["check"] for one in FAULTS if one["level"] == "error")
    assert sorted(one.check for one in report(WRONG).at(Level.ERROR)) == planted


def test_beyond_the_faults_the_wrong_year_has_only_what_the_right_one_has() -> None:
    planted = Counter((one["check"], one["level"]) for one in FAULTS)
    right = Counter((one.check, one.level.value) for one in report(DEMO).findings)
    # 197.4% is also far above its target: one damaged cell, two true sentences.
    also = Counter([("actuals.far_above", "hint")])
    assert Counter((one.check, one.level.value) for one in report(WRONG).findings) == planted + right + also


if __name__ == "__main__":
    for sample in (STREET, TOWNSHIP):
        (GOLDEN / f"{sample}.json").write_text(golden_text(sample), encoding="utf-8")
