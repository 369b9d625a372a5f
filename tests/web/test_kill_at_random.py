"""kill -9 at moments nobody chose, in the middle of imports and seals: afterwards all of it is there, or nothing.

A few here; a hundred with JIHENG_KILLS=100 (`python -m bench.kill`).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from .test_kill import SUBMIT, look, prepared, run  # noqa: F401

KILLS = int(os.environ.get("JIHENG_KILLS", "4"))
WORKER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from jiheng_web.jobs import services
import jiheng.workflow, jiheng_web.evaluation.files, jiheng_web.years.imports
print("ready", flush=True)
services.work(once=True)
"""


def worker(data):
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"JIHENG_DATA": str(data), "JIHENG_JOBS_INLINE": "0", "JIHENG_DEMO": "1"}
    started = subprocess.Popen([sys.executable, "-c", WORKER], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stdout.readline() == b"ready\n", started.stderr.read() if started.stderr else ""
    return started


@pytest.mark.parametrize("kind", ["import", "seal"])
def test_all_or_nothing_whenever_it_is_killed(kind, prepared, tmp_path):  # noqa: F811
    folder, few = prepared
    waiting = tmp_path / "waiting"
    shutil.copytree(folder / "data", waiting)
    run(waiting, SUBMIT.replace("KIND", kind).replace("SAMPLES", str(few)))
    untouched = {"import": (5, 0, 0, "自评"), "seal": (0, 0, 0, "自评")}[kind]
    finished = {"import": (0, 0, 0, "自评"), "seal": (0, 1, 6, "已封存报送")}[kind]
    chance, longest = random.Random(2026), 0.0
    data = tmp_path / "data"
    shutil.copytree(waiting, data)
    begin = time.monotonic()
    assert worker(data).wait() == 0
    longest = time.monotonic() - begin
    assert look(data) == ("done", *finished)
    killed = early = late = 0
    fresh = True
    for number in range(KILLS // 2):
        if fresh:
            shutil.rmtree(data)
            shutil.copytree(waiting, data)
        started = worker(data)
        time.sleep(chance.uniform(0, longest))
        started.send_signal(signal.SIGKILL)
        killed += started.wait() == -signal.SIGKILL
        state, *found = look(data, fresh=True)
        assert (state, tuple(found)) in (
            ("waiting", untouched), ("running", untouched), ("done", finished)
        ), (number, state, found)  # fmt: skip
        early, late = early + (state == "waiting"), late + (state == "done")
        fresh = state == "done" or number % 3 == 2  # some are killed several times on the way
        if fresh and state != "done":
            assert worker(data).wait() == 0
            assert look(data) == ("done", *finished), number
            assert "没有发现问题" in run(data, "from jiheng_web.commands import main; main(['verify-audit'])")
    print(
        f"{kind}: killed {killed} of {KILLS // 2} within {longest:.2f} s, {early} before it began, {late} after its end"
    )
