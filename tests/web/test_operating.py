"""What an operator does: backup and restore, the port, the door from the command line."""

import os
import socket
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from jiheng.cli.web import PASS_ON, web


def command(data, *words, **more):
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return subprocess.run(
        [sys.executable, "-m", "jiheng_web", *map(str, words)], env=env | {"JIHENG_DATA": str(data)}, capture_output=True,
        text=True, check=False, **more,
    )  # fmt: skip


def test_backup_and_restore(tmp_path):
    data = tmp_path / "data"
    assert command(data, "migrate").returncode == 0
    assert command(data, "add-unit", "测试区", "区", "--region", "110105").returncode == 0
    assert "核对过完整" in command(data, "backup", tmp_path / "one.bak").stdout
    assert "已经存在" in command(data, "backup", tmp_path / "one.bak").stderr
    assert command(data, "add-unit", "以后加的", "部门", "--parent", "测试区").returncode == 0
    (tmp_path / "broken.bak").write_bytes((tmp_path / "one.bak").read_bytes()[:5000])
    assert "不是完整的绩衡备份" in command(data, "restore", tmp_path / "broken.bak").stderr
    assert "已恢复" in command(data, "restore", tmp_path / "one.bak").stdout
    assert "没有“以后加的”" in command(data, "add-unit", "x", "科室", "--parent", "以后加的").stderr
    assert command(data, "add-unit", "某科", "科室", "--parent", "测试区").returncode == 0
    assert (data / "jiheng.sqlite3").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = command(tmp_path / "data", "serve", "--port", port)
    assert done.returncode == 2
    assert f"端口 {port} 已被占用" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(tmp_path):
    env = {
        "JIHENG_DATA": str(tmp_path / "data"),
        "DATABASE_URL": "postgresql://127.0.0.1:1/none",
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-m", "jiheng_web", "migrate"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "数据库连不上" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_door_from_the_command_line(monkeypatch):
    app = typer.Typer()
    app.command("web", context_settings=PASS_ON)(web)
    app.command("other")(lambda: None)

    class Point:
        def load(self):
            return lambda words: 0 if words == ["serve", "--port", "9"] else 2

    monkeypatch.setattr("jiheng.cli.web.entry_points", lambda group: [Point()])
    assert CliRunner().invoke(app, ["web", "serve", "--port", "9"]).exit_code == 0
    assert CliRunner().invoke(app, ["web", "nonsense"]).exit_code == 2


@pytest.mark.parametrize("words", [("nonsense",), ("serve", "--port", "x")])
def test_wrong_words_are_told_in_chinese(words, tmp_path):
    done = command(tmp_path / "data", *words)
    assert done.returncode == 2
    assert "命令写得不对" in done.stderr
