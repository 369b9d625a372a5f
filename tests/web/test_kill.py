"""kill -9 in the middle of an import and of a seal: afterwards all of it is there, or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PREPARE = """
import os, sys
sys.argv = ["jiheng"]
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0)
from jiheng_web.project.demo import load
load(Path("SAMPLES"))
"""
SUBMIT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from pathlib import Path
from jiheng_web.organisation.models import User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.years.models import Year, IndicatorRow
from jiheng_web.years import imports, services
from jiheng_web.jobs.services import submit
from jiheng.rulebook.forms import workbook_form
year = Year.objects.select_related("department").get()
finance = Actor.person(User.objects.get(username="caiwu"))
if "KIND" == "import":
    form = workbook_form().sheet("indicators")
    for row in [one for one in IndicatorRow.objects.filter(year=year) if "actual" in one.cells][:5]:
        services.edit_row(finance, year, form, row.pk, row.version, {"actual": "7777"})
    file = Path("SAMPLES") / "样例街道-2023.xlsx"
    draft = imports.upload(finance, year, file, file.name, file.read_bytes())
    submit(finance, year, "import", {"draft": draft.pk, "refused": [], "removed": [], "revision": year.revision})
else:
    from jiheng_web.evaluation.services import confirm_rules
    from jiheng_web.years.queries import evaluated
    confirm_rules(finance, year, "问过区财政局", {one.path: "" for one in evaluated(year).sheet.marks})
    submit(Actor.person(User.objects.get(username="fuze")), year, "seal", {"explanation": "正在补材料"})
"""
WORK = """
import os, signal
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from jiheng_web.jobs import services
from jiheng_web.jobs.models import Job
from jiheng_web.evaluation import models as sealed
from jiheng_web.years import services as years
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
AT
services.work(once=True)
"""
STAGES = {
    "just claimed": "services.run = die",
    "while preparing": "import django.db.models.query as q; old = q.QuerySet.update\n"
    "def update(self, **v):\n    done = old(self, **v)\n    if 'progress' in v and v.get('progress'): die()\n    return done\n"
    "q.QuerySet.update = update",
    "inside the commit": "years.settle = die",
    "after the writes, before the end": "import jiheng_web.audit.services as a; a._hash = die",
}


def look(data, *, fresh=False):
    """What is there after the kill, read past Django; the job's heartbeat is set back, as if its lease had run out."""
    with closing(sqlite3.connect(data / "jiheng.sqlite3")) as database:
        (state,) = database.execute("SELECT state FROM job ORDER BY id DESC").fetchone()
        marked = database.execute("SELECT count(*) FROM y_indicator WHERE cells_text LIKE '%7777%'").fetchone()
        sealed = database.execute("SELECT count(*), (SELECT count(*) FROM submission_file) FROM submission").fetchone()
        year = database.execute("SELECT state FROM year").fetchone()
        database.execute("UPDATE job SET heartbeat = '2020-01-01 00:00:00' WHERE state = 'running'")
        if fresh:
            database.execute("UPDATE job SET attempts = 0")
        database.commit()
    return (state, *marked, *sealed, *year)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kill")
    few = folder / "samples"
    few.mkdir()
    (few / "样例街道-2023.xlsx").write_bytes((ROOT / "samples/样例街道-2023.xlsx").read_bytes())
    run(folder / "data", PREPARE.replace("SAMPLES", str(few)))
    return folder, few


def run(data, code, *, dies=False):
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"JIHENG_DATA": str(data), "JIHENG_JOBS_INLINE": "0", "JIHENG_DEMO": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode == -9) is dies, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("kind", ["import", "seal"])
def test_all_or_nothing_after_kill_9(kind, prepared, tmp_path):
    """One database is killed at every stage in turn; then a worker that lives finishes the job."""
    folder, few = prepared
    data = tmp_path / "data"
    shutil.copytree(folder / "data", data)
    run(data, SUBMIT.replace("KIND", kind).replace("SAMPLES", str(few)))
    untouched = {"import": (5, 0, 0, "自评"), "seal": (0, 0, 0, "自评")}[kind]
    finished = {"import": ("done", 0, 0, 0, "自评"), "seal": ("done", 0, 1, 6, "已封存报送")}[kind]
    for number, stage in enumerate(STAGES):
        run(data, WORK.replace("AT", STAGES[stage]), dies=True)
        # after two attempts a fresh count, so that every stage gets its turn
        assert look(data, fresh=bool(number % 2)) == ("running", *untouched), stage
    run(data, WORK.replace("AT", ""))
    assert look(data) == finished
    assert "没有发现问题" in run(data, "from jiheng_web.commands import main; main(['verify-audit'])")
