"""A full disk: one sentence, nothing half, reading goes on, and everything works once there is room again.

In a process of its own: once with files that may not grow (RLIMIT_FSIZE), once on a small tmpfs that is really full.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_kill import prepared, run  # noqa: F401

ROOMS = (0, 48, 400)
"""Kilobytes left: not even a session can be written; something small can; it fails in the middle."""
PROOF = Path(__file__).parent / "full_disk.py"


def told(sentence: str) -> None:
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(sentence)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 24 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    sudo = ["sudo", "-n"] if os.name == "posix" and os.geteuid() and shutil.which("sudo") else []
    try:
        made = subprocess.run(
            [*sudo, "mount", "-t", "tmpfs", "-o", f"size=24m,mode=0700,uid={os.geteuid()}", "tmpfs", str(place)],
            capture_output=True, check=False,
        )  # fmt: skip
    except (OSError, AttributeError):
        made = None
    if made is None or made.returncode:
        told("不能挂一个小磁盘（要 root 或 sudo），真的写满的磁盘没有试")
    yield place
    subprocess.run([*sudo, "umount", str(place)], check=True)


def proved(data: Path, way: str, few: Path) -> list[dict[str, object]]:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    (data / "tmp").mkdir()
    env |= {"JIHENG_DATA": str(data), "TMPDIR": str(data / "tmp"), "JIHENG_JOBS_INLINE": "1", "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    rooms = ",".join(map(str, ROOMS))
    done = subprocess.run(
        [sys.executable, str(PROOF), way, str(few), rooms], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def holds(said: list[dict[str, object]]) -> None:
    refused = [one for one in said if one["full"]]
    for one in said:
        assert one["status"] in (200, 507), one
        assert "Traceback" not in str(one["text"]), one
        if one["full"]:
            assert str(one["text"]).count("服务器的磁盘满了，这次没有办成，原来的数据都在") == 1, one
            assert one["before"] == one["after"], one
    assert {one["kind"] for one in refused} == {"import", "review", "export", "seal", "row", "sign in"}
    assert {one["kind"] for one in said if one["room"] is None and not one["full"]} == {one["kind"] for one in said}
    assert all(one["status"] == 200 and not one["full"] for one in said if one["kind"] == "read")
    print("; ".join(f"{one['kind']} {one['room']}" for one in refused))


def test_files_that_may_not_grow(prepared, tmp_path):  # noqa: F811
    if sys.platform == "win32":
        told("这个系统没有 RLIMIT_FSIZE，写满的磁盘没有试")
    folder, few = prepared
    shutil.copytree(folder / "data", tmp_path / "data")
    holds(proved(tmp_path / "data", "limit", few))
    assert "没有发现问题" in run(tmp_path / "data", "from jiheng_web.commands import main; main(['verify-audit'])")


def test_a_disk_that_is_really_full(prepared, small_disk):  # noqa: F811
    folder, few = prepared
    shutil.copytree(folder / "data", small_disk / "data")
    holds(proved(small_disk / "data", "filler", few))
    assert "没有发现问题" in run(small_disk / "data", "from jiheng_web.commands import main; main(['verify-audit'])")


def test_postgresql_and_other_faults():
    from types import SimpleNamespace

    from django.db import OperationalError

    from jiheng_web.project.disk import is_disk_full

    def wrapped(cause):
        try:
            raise OperationalError("x") from cause
        except OperationalError as error:
            return error

    full, locked = RuntimeError(), RuntimeError()
    vars(full).update(vars(SimpleNamespace(sqlstate="53100")))
    vars(locked).update(vars(SimpleNamespace(sqlite_errorname="SQLITE_BUSY")))
    assert is_disk_full(wrapped(full))
    assert not is_disk_full(wrapped(locked))
    assert not is_disk_full(wrapped(None))
