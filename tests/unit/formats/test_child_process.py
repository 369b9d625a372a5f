"""The child may hang, die, flood or lie; the parent says so in one sentence and goes on."""

import os
import stat
import subprocess
import sys
import textwrap
import time

import pytest

from jiheng.errors import BadInput
from jiheng.formats import Limits, open_book
from jiheng.formats.child_process import read_in_child

REAL = sys.executable
posix = pytest.mark.skipif(os.name != "posix", reason="这里用脚本冒充 Python，只在 POSIX 上可行")


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Puts another program in the child's place."""

    def put(code):
        path = tmp_path / "child"
        path.write_text(f"#!{REAL}\nimport json, os, sys, time\n{textwrap.dedent(code)}", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(sys, "executable", str(path))

    return put


def refusal(**limits):
    with pytest.raises(BadInput) as caught:
        read_in_child(b"x" * 1_000_000, ".xlsx", False, Limits(**limits))
    return caught.value.sentence


@posix
@pytest.mark.parametrize(
    "code", ["time.sleep(60)", "sys.stdin.buffer.read(); print('[', end='', flush=True); time.sleep(60)"]
)
def test_a_child_that_hangs_is_stopped(child, code):
    child(code)
    before = time.monotonic()
    assert refusal(seconds=0.5) == "0.5 秒内没有读完，已停止；请只留下需要的工作表和行后再试"
    assert time.monotonic() - before < 5


@posix
@pytest.mark.parametrize(
    "code",
    [
        "os._exit(0)",
        "os.abort()",
        "sys.stdin.buffer.read()",
        "print('{\"formats\": []}')",
        "print('not json')",
        "sys.stdin.buffer.read(); print('[' * 100000)",
        "print('{\"done\": 1}')",
        'print(\'[[1],[1],[1],"n",[1],[0],[""]]\')',
        'print(\'[[1],[1],[1],"n",["1"],[9],[""]]\')',
        'print(\'[[1],[1000000000000],[1],"n",["1"],[0],[""]]\')',
        "print('[1, 2]')",
        'print(\'{"merges": [[1, 2]], "hidden_rows": []}\')',
        "print('{\"done\": true}', end='')",
    ],
)
def test_a_child_that_dies_or_talks_nonsense(child, code):
    child(code)
    assert refusal().startswith("读取程序中途退出，没有读完（文件可能已损坏，或者大得超出内存）；请用 Excel")


@posix
@pytest.mark.parametrize("ending", ["", "\\n"])
def test_a_child_that_floods(child, ending):
    child(f"sys.stdin.buffer.read()\nwhile True: sys.stdout.write('[]' * 5000 + '{ending}')")
    assert refusal(unzipped_bytes=1_000_000, seconds=20).startswith("读取程序中途退出，没有读完")


@posix
def test_a_sentence_from_the_child_stays_one_sentence(child):
    child("print(json.dumps({'fault': '坏了\\n' + 'x' * 5000}))")
    assert refusal() == "坏了?" + "x" * 397 + "…"


def test_the_time_limit_holds_for_the_real_child(parts, write):
    path = write(parts("<row><c><v>1</v></c></row>" * 150_000))
    with pytest.raises(BadInput, match=r"表\.xlsx：0\.2 秒内没有读完，已停止；请只留下需要的工作表和行后再试"):
        open_book(path, Limits(seconds=0.2))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="这个系统不能限制地址空间")
def test_the_memory_limit_holds_for_the_real_child(parts, write):
    strings = "<si><t>" + "长" * 1000 + "</t></si>"
    path = write(parts("", strings=strings * 60_000))
    with pytest.raises(BadInput) as caught:
        open_book(path, Limits(memory_bytes=128 * 1024 * 1024))
    assert "内存" in caught.value.sentence


def test_nothing_is_imported_from_the_folder_of_the_caller(parts, write, tmp_path, monkeypatch):
    (tmp_path / "lxml.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert open_book(write(parts('<row r="1"><c r="A1"><v>1</v></c></row>'))).sheets[0].cells[0].raw == "1"


def test_the_child_starts_without_what_it_does_not_need():
    code = "import sys, jiheng.formats.child, jiheng.formats.workbook_xlsx; print(*sys.modules)"
    loaded = set(subprocess.run([REAL, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"pydantic", "jiheng.values", "python_calamine", "openpyxl", "yaml"}
