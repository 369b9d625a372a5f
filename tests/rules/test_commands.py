"""`jiheng rules …` and `jiheng score …` as a person runs them."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from jiheng.cli.rules import rules_app
from jiheng.cli.score import score
from jiheng.errors import BadInput, JihengError

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "样例街道-2023.xlsx"
app = typer.Typer()
app.command("score")(score)
app.add_typer(rules_app)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    with pytest.raises(JihengError) as error:
        run(*arguments)
    return error.value.sentence


def test_list_names_every_edition():
    rows = json.loads(run("rules", "list", "--format", "json"))
    assert {"id": "bj-department-2022", "region_name": "北京市", "since": 2022}.items() <= next(
        row for row in rows if row["id"] == "bj-department-2022"
    ).items()
    assert "bj-department-2022" in run("rules", "list")


def test_show_gives_every_parameter_its_id_clause_and_status():
    shown = run("rules", "show", "bj-department-2022")
    assert "blocks.management.items.carryover.rule.each" in shown
    assert "未核实" in shown
    assert (
        json.loads(run("rules", "show", "mof-grades-2020", "--format", "json"))["grades"][0]["floor"]["value"] == "90"
    )


def test_explain_gives_documents_formulas_and_worked_cases():
    said = run("rules", "explain", "bj-department-2022")
    for words in (
        "财预〔2020〕10号",
        "部门预决算差异率 = (决算数（合计） − 年初预算数（合计）)",
        "23101.313452 / 23187.018390 * 20 = 19.93",
    ):
        assert words in said
    data = json.loads(run("rules", "explain", "mof-project-self-2021", "--format", "json"))
    assert len(data["cases"]) >= 2


def test_resolve_says_where_it_fell_back():
    said = run("rules", "resolve", "--region", "110105", "--year", "2023", "--as-of", "2024-03-01")
    assert "北京市朝阳区（110105）没有自己的规则，用北京市（110000）" in said
    data = json.loads(
        run("rules", "resolve", "--region", "000000", "--year", "2021", "--as-of", "2024-03-01", "--format", "json")
    )
    assert data["editions"]["project_self_evaluation"] == "mof-project-self-2020"
    assert len(data["sha256"]) == 64


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--region", "990000", "--year", "2023"), "没有以 99 开头的省级行政区划：990000"),
        (("--region", "朝阳", "--year", "2023"), "行政区划代码须为 6 位数字：朝阳"),
        (("--region", "110105", "--year", "1949"), "没有 1949 这个预算年度"),
        (
            ("--region", "110105", "--year", "2005", "--as-of", "2006-01-01"),
            "北京市朝阳区（110105） 2005 年没有任何适用的规则（截至 2006-01-01 发布的）",
        ),
        (("--region", "110105", "--year", "2023", "--as-of", "去年"), "“去年”不是日期（应如 2024-03-31）"),
        (
            ("--region", "110105", "--year", "2023", "--edition", "x"),
            "没有代号为“x”的规则；用 jiheng rules list 查看全部规则",
        ),
    ],
)
def test_resolve_refuses_in_one_sentence(arguments, sentence):
    assert refused("rules", "resolve", *arguments) == sentence


def test_an_unknown_rule_is_told():
    assert refused("rules", "show", "x") == "没有代号为“x”的规则；用 jiheng rules list 查看全部规则"


needs_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="样例还没有生成")


@needs_sample
def test_the_seed_s_street_has_49_points_and_51_open_by_its_own_table():
    data = json.loads(run("score", str(SAMPLE), "--format", "json", "--as-of", "2024-06-30"))
    lines = data["goal_table"]["lines"]
    opened = [line for line in lines if line["score"] is None]
    assert (data["goal_table"]["score"], data["goal_table"]["open_points"], len(opened), len(lines)) == (
        "49",
        "51",
        13,
        26,
    )
    assert (data["total"], data["state"]) == (None, "未评完")


@needs_sample
def test_score_prints_explains_and_writes(tmp_path: Path):
    form = tmp_path / "评分表.xlsx"
    said = run("score", str(SAMPLE), "-o", str(form))
    assert "用到" in said
    assert form.exists()
    assert "计算：未达" not in run("score", str(SAMPLE), "--explain", "绿化养护标准")
    assert "公式：得分 = A÷B × 分值" in run("score", str(SAMPLE), "--explain", "处理突发事件成本")
    assert "总分 未评完" in run("score", str(SAMPLE), "--explain", "总分")
    assert "共 6 个项目" in run("score", str(SAMPLE), "--projects")


@needs_sample
def test_score_never_overwrites(tmp_path: Path):
    book, bare = tmp_path / "年度.xlsx", tmp_path / "评分表"
    book.write_bytes(SAMPLE.read_bytes())
    said = f"“{book}”已经存在，没有覆盖：请换一个文件名，或先把它移走"
    assert refused("score", str(book), "-o", str(book)) == said
    assert book.read_bytes() == SAMPLE.read_bytes()
    assert refused("score", str(book), "-o", str(bare)) == "“评分表”的后缀不对：评分表写成 .xlsx"
    assert not bare.exists()


@needs_sample
def test_score_refuses_in_one_sentence():
    assert refused("score", str(SAMPLE), "--explain", "不存在").startswith("评分表里没有“不存在”")
    assert refused("score", str(SAMPLE), "--project", "不存在") == "没有编号或名称为“不存在”的项目"
    assert refused("score", str(SAMPLE), "--format", "pdf") == "--format 只能是 table 或 json，现在是“pdf”"
    with pytest.raises(BadInput):
        run("score", "没有.xlsx")
