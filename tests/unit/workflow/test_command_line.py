"""`jiheng …` as a clerk meets it: exit status, one sentence, Chinese help, never a traceback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from jiheng.cli import usage, workbook
from jiheng.cli.app import application, main
from jiheng.errors import BadInput
from jiheng.reporting.findings_json import findings_json
from jiheng.workflow import check_workbook

Run = Callable[..., tuple[int, str, str]]
OURS = ("new", "check", "pack", "merge")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: status, output, errors."""
    import gc

    def running(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jiheng", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        gc.enable()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return end.value.code or 0, said.out, said.err  # type: ignore[return-value]

    return running


def test_new_check_pack_merge_from_end_to_end(run: Run, tmp_path: Path, base: Path, edit: Callable[..., None]) -> None:
    new = tmp_path / "新.xlsx"
    assert run("new", new, "--department", "某街道", "--region", "110105", "--year", "2024") == (
        0, f"已生成 {new}，打开后先看“填表说明”。\n", "",
    )  # fmt: skip
    status, said, _ = run("check", new, "-o", tmp_path / "结果")
    assert (status, said.splitlines()[0]) == (0, "某街道 2024 年（110105）")
    assert sorted(one.name for one in (tmp_path / "结果").iterdir()) == ["findings.json", "核查意见.html"]
    status, said, _ = run("pack", base, "-o", tmp_path / "分发")
    assert (status, said.splitlines()[-1]) == (0, "共 2 本。各科室填好后放进一个文件夹，用 jiheng merge 合并。")
    assert run("merge", base, tmp_path / "分发", "-o", tmp_path / "合1.xlsx") == (
        0, f"已写出 {tmp_path}/合1.xlsx：采用科室填写 0 格，新增 0 行。\n", "",
    )  # fmt: skip
    edit(base, {("项目", "执行数", 1): 110})
    edit(tmp_path / "分发" / "某街道-2023-城管科.xlsx", {("项目", "执行数", 1): 120})
    status, said, _ = run("merge", base, tmp_path / "分发", "-o", tmp_path / "合2.xlsx")
    assert (status, said.splitlines()[1:]) == (
        1,
        ["冲突 “项目”表 H4 项目“P1 环境整治”的“执行数”：总表 110，某街道-2023-城管科.xlsx 120",
         "有 1 处两边填得不同，总表的值没有改，两个值都列在“合并冲突”表里，请逐条定夺，定夺完删去这张表。"],
    )  # fmt: skip


def test_status_1_for_findings_2_for_cells_that_cannot_be_read(
    run: Run, year: Callable[..., Path], edit: Callable[..., None]
) -> None:
    budget = [{"part": "合计", "executed": 100}, {"part": "基本支出", "executed": 10}, {"part": "项目支出", "executed": 10},
              {"part": "其他支出", "executed": 0}]  # fmt: skip
    path = year(budget_lines=budget)
    assert run("check", path)[0] == 1
    edit(path, {("预算执行", "执行数", 1): "约100"})
    status, said, _ = run("check", path)
    assert status == 2
    assert "“预算执行”表 F4“执行数”填的是“约100”，应填确切的金额。" in said


def test_packs_go_into_a_folder_of_their_own(run: Run, base: Path, tmp_path: Path) -> None:
    assert run("pack", base, "-o", tmp_path / "分发")[0] == 0
    status, _, errors = run("pack", base, "-o", tmp_path / "分发")
    assert (status, errors) == (2, f"“{tmp_path / '分发'}”里已经有工作簿，没有写入：请换一个文件夹。\n")


def test_json_is_the_one_form(run: Run, base: Path) -> None:
    status, said, _ = run("check", base, "--format", "json")
    assert said == findings_json(check_workbook(base).report) + "\n"
    data = json.loads(said)
    assert {"document", "findings", "not_run", "broken"} <= set(data)
    assert data["document"] == {"kind": "年度工作簿", "department": "某街道", "fiscal_year": 2023, "region": "110105"}
    for one in data["findings"]:
        assert {"check", "level", "message", "quote", "where", "facts"} <= set(one)
        assert len(one["quote"]) <= 200
    assert status == (1 if any(one["level"] == "error" for one in data["findings"]) else 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "还缺少“工作簿”（年度工作簿（.xlsx；也可以是 .xls、.et））；用法见 jiheng check --help。\n"),
        (["chek"], "没有这个命令；用法见 jiheng --help。\n"),
        (["check", "a", "b"], "参数太多，或者写得不对；用法见 jiheng check --help。\n"),
        (["check", "a", "--formt", "json"], "没有“--formt”这个选项；用法见 jiheng check --help。\n"),
        (["check", "a", "--format", "xml"],
         "“--format”写得不对（结果的样式：table 给人看，json 给程序用）；用法见 jiheng check --help。\n"),
        (["new", "a.xlsx", "--department", "甲", "--region", "110105", "--year", "二〇二四"],
         "“--year”写得不对（预算年度，例如 2024）；用法见 jiheng new --help。\n"),
        (["check", "a", "-o"], "选项“-o”后面要写一个值；用法见 jiheng --help。\n"),
        (["report", "a.xlsx", "-o", "b.docx", "--decimals", "9"],
         "“--decimals”写得不对，只能是 0 到 6 的数（万元保留几位小数（0 到 6），不写则按账表需要的位数）；用法见 jiheng report --help。\n"),
        (["check", "没有.xlsx"], "没有.xlsx：没有这个文件；请核对文件名和所在的文件夹。\n"),
        (["check", "长" * 300 + ".xlsx"], None),
        (["check", "a\x1b[2J.xlsx"], None),
        (["check", ""], None),
        (["pack", ".", "-o", "x"], None),
        (["merge", "没有.xlsx", "没有", "-o", "x.xlsx"], "“没有”不是文件夹：请给出收回的工作簿所在的文件夹。\n"),
        (["new", "", "--department", "甲", "--region", "110105", "--year", "2024"], None),
    ],
)  # fmt: skip
def test_wrong_arguments_are_one_sentence_and_status_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, errors = run(*arguments)
    assert (status, out, errors.count("\n")) == (2, "", 1)
    assert errors == (said or errors)
    assert "\x1b" not in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (BadInput("不行"), 2, "不行。\n"),
        (KeyboardInterrupt(), 130, "已停止，没有留下写了一半的文件。\n"),
        (OSError(28, "No space left on device"), 2,
         "读写文件时出错（No space left on device），请检查磁盘空间和文件夹权限后再试。\n"),
        (ZeroDivisionError("秘密"), 2, "程序自身出错（ZeroDivisionError，"),
        (RecursionError(), 2, "程序自身出错（RecursionError，"),
        (MemoryError(), 2, "程序自身出错（MemoryError，"),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_there_is_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, said: str
) -> None:
    def fail(_path: Path) -> None:
        raise error

    monkeypatch.setattr(workbook.workflow, "check_workbook", fail)
    code, _, errors = run("check", "a.xlsx")
    assert code == status
    assert errors.startswith(said)
    assert "秘密" not in errors


def test_a_reader_that_goes_away_is_no_fault(base: Path) -> None:
    for command in ("check", "--help"):
        arguments = [sys.executable, "-m", "jiheng.cli", command, *([str(base)] if command == "check" else [])]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            assert process.stderr.read() == b""


def test_a_cell_cannot_command_the_terminal(run: Run, year: Callable[..., Path]) -> None:
    evil = "\x1b]0;x\x07\x1b[2J\x9b31m[bold]:smile:"
    path = year(projects=[{"name": evil, "executed": evil}], budget_lines=[{"part": evil}])
    _, said, _ = run("check", path)
    assert not set(said) & {"\x1b", "\x07", "\x9b"}
    assert "[bold]:smile:" in said
    assert usage.harmless("行\n列\t\x00") == "行\n列\t�"


def commands() -> list[Any]:
    group: Any = application()
    return [group, *(group.commands[name] for name in OURS)]


@pytest.mark.parametrize("command", commands(), ids=lambda one: one.name)
def test_help_is_chinese_for_every_option(command: Any) -> None:
    context = typer.Context(command)
    for parameter in command.get_params(context):
        words = getattr(parameter, "help", "") or ""
        assert any("\u4e00" <= character <= "\u9fff" for character in words), parameter.name
    assert any("\u4e00" <= character <= "\u9fff" for character in command.help)
