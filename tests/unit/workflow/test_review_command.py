"""`jiheng review` and `jiheng mutate` as a colleague meets them: files written, status, one sentence."""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jiheng.cli.app import main

Run = Callable[..., tuple[int, str, str]]
TEXT = "某街道办事处2023年度部门决算\n一、收入支出情况\n2023年支出合计120万元，其中：基本支出50万元，项目支出60万元。\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: status, output, errors."""

    def running(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jiheng", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        gc.enable()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return int(end.value.code or 0), said.out, said.err

    return running


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "材料" / "决算.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_page_and_paper_for_a_text(run: Run, text: Path, tmp_path: Path) -> None:
    page, paper = tmp_path / "标注.html", tmp_path / "意见书.docx"
    status, said, _ = run("review", text, "--html", page, "--opinion", paper)
    assert status in (0, 1)
    assert said.splitlines()[-2:] == [f"已写出 {page}", f"已写出 {paper}"]
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_comments_need_word_and_nothing_is_left_behind(run: Run, text: Path, tmp_path: Path) -> None:
    status, _, complaint = run("review", text, "--comments", tmp_path / "批注.docx")
    assert (status, complaint) == (
        2, "决算.txt：批注只能写进 Word 文档（.docx）；其他格式请用 --html 或 --opinion。\n",
    )  # fmt: skip
    assert sorted(one.name for one in tmp_path.iterdir()) == ["材料"]


def test_a_folder_gives_a_table_and_json(run: Run, text: Path, tmp_path: Path) -> None:
    (text.parent / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    status, said, _ = run("review", text.parent, "-o", tmp_path / "出")
    assert status == 2
    assert f"共 2 份，1 份没有核查。汇总见 {tmp_path}/出/汇总.html" in said
    status, said, _ = run("review", text.parent, "-o", tmp_path / "出", "--format", "json")
    assert [(one["file"], bool(one["fault"])) for one in json.loads(said)] == [("决算.txt", False), ("坏.pdf", True)]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("材料",), "核查文件夹要用 -o 指定结果写到哪个文件夹。\n"),
        (("材料/决算.txt", "-o", "出"), "-o 只用于核查文件夹；一份材料请用 --comments、--html 或 --opinion。\n"),
    ],
)
def test_wrong_combinations(
    run: Run, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("review", *options) == (2, "", sentence)


def test_mutate_refuses_what_is_not_word(run: Run, text: Path, tmp_path: Path) -> None:
    assert run("mutate", text, "-o", tmp_path / "出") == (2, "", "决算.txt：只能在 Word 文档（.docx）里设错。\n")
