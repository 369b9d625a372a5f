"""Reports and forms as text: every sentence right with none, one and many, with data missing, with a fall instead of a rise.

JIHENG_UPDATE_GOLDEN=1 writes the golden texts anew; read them aloud before committing.
"""

import importlib.util
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jiheng.model import DepartmentYear, FundBlock, Passage, ProjectStatus, StatedResults
from jiheng.model.report import Annex, Chart, Heading, Paragraph, SignatureBlock, Style, Table, plain_text
from jiheng.workflow import compose_report, evaluated_year

GOLDEN = Path(__file__).parent / "reports"
DAY = date(2025, 3, 1)


def _right_year():
    path = Path(__file__).parents[1] / "unit" / "checks" / "right_year.py"
    spec = importlib.util.spec_from_file_location("right_year_for_reports", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.right_year()


RIGHT = _right_year()


def only(year, *tables):
    """The year with nothing but its profile and these tables."""
    return replace(DepartmentYear(profile=year.profile), **{name: getattr(year, name) for name in tables})


def first(year):
    """The year with one row in every table."""
    tables = [name for name in DepartmentYear.__dataclass_fields__ if isinstance(getattr(year, name), tuple)]
    return replace(year, **{name: getattr(year, name)[:1] for name in tables if name != "budget_lines"})


def fallen(year):
    """Less executed than planned, budgets cut, achievements falling or level."""
    lines = tuple(
        replace(line, executed=replace(line.executed, value=line.executed.value / 2), final_accounts=None)
        if line.executed
        else line
        for line in year.budget_lines
    )
    achievements = tuple(
        replace(one, growth=replace(one.growth, value=-one.growth.value) if one.growth else None)
        for one in year.achievements
    )
    return replace(year, budget_lines=lines, achievements=achievements, adjustments=())


def unfinished(year):
    """No project done, no reason given."""
    projects = tuple(replace(one, status=ProjectStatus.NOT_DONE, reason="") for one in year.projects)
    return replace(year, projects=projects)


def without_actuals(year):
    """Goals without results."""
    return replace(year, indicators=tuple(replace(one, actual=None) for one in year.indicators), surveys=())


def own_words(year):
    """Paragraphs of the department's own, with names known and unknown, braces, markup and a formula."""
    texts = ("全年预算执行率为{执行率}，{没有这个数}。", "<b>加粗</b> {{ 1+1 }} =SUM(A1) 😀")
    sections = ("当年预算执行情况", "措施建议")
    passages = tuple(Passage(section=section, text=text) for section, text in zip(sections, texts, strict=True))
    return replace(year, passages=passages)


REPORTS = {
    "完整": ("department", RIGHT),
    "逐个项目": ("department-by-project", RIGHT),
    "汇报稿": ("briefing", RIGHT),
    "只有名称": ("department", only(RIGHT)),
    "只有预算执行": ("department", only(RIGHT, "budget_lines")),
    "各表一行": ("department", first(RIGHT)),
    "下降": ("department", fallen(RIGHT)),
    "项目都没完成": ("department-by-project", unfinished(RIGHT)),
    "没有完成值和调查": ("department", without_actuals(RIGHT)),
    "目标申报表": ("goal-form", RIGHT),
    "项目自评表": ("self-evaluation", RIGHT),
    "监控表": ("monitoring", RIGHT),
    "空的自评表": ("self-evaluation", only(RIGHT)),
    "自撰文字": ("department", replace(own_words(RIGHT), fund_block=FundBlock(), stated=StatedResults())),
}


def as_text(model):
    """The report as a reader sees it, block by block."""
    lines = ["".join(model.title), f"草稿：{'；'.join(model.draft_because)}"]
    for block in model.blocks:
        match block:
            case Heading():
                lines.append(f"{'#' * block.level} {block.text}")
            case Paragraph():
                lines.append(("" if block.style is Style.BODY else f"［{block.style}］") + plain_text(block.text))
            case Table():
                lines += _rows(block)
            case Chart():
                lines += [f"［图］{block.title}", *_rows(block.behind)]
            case Annex():
                lines.append(f"== {block.mark} {block.title}")
            case SignatureBlock():
                lines += [f"［签署］{line}" for line in block.lines]
    return "\n".join(lines) + "\n"


def _rows(table):
    return [f"［表］{table.caption}", *(" | ".join(plain_text(cell.text) for cell in row) for row in table.rows)]


@pytest.mark.parametrize("name", REPORTS)
def test_report_reads_as_it_should(name):
    outline, year = REPORTS[name]
    text = as_text(compose_report(evaluated_year(year, DAY), outline))
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("JIHENG_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_no_sentence_is_broken(name):
    outline, year = REPORTS[name]
    text = as_text(compose_report(evaluated_year(year, DAY), outline))
    for slip in ("None", "。。", "，。", "；。", "：。", "、。", "，，", "0个，共0个"):
        assert slip not in text.replace("　　", ""), slip
