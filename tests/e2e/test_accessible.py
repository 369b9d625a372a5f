"""axe looks at every page of the permission table: nothing serious, nothing critical; each has a language and its own title."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from .test_browser import CHROMIUM, PASSWORD, SAMPLES, browser, free_port, needed  # noqa: F401

PEOPLE = {"caiwu": "FINANCE", "fuze": "HEAD", "caizheng": "BUREAU_BUSINESS", "xitong": "SYSTEM_ADMIN", "baomi": "SECURITY_ADMIN",
          "anquan": "AUDIT_ADMIN"}  # fmt: skip
"""Each page is looked at as the first of these who may see it."""
TABLES = ("profile", "indicators", "passages")
"""Their grid and their row: a form, a large table, long text."""
MAIN = (
    "year",
    "goals",
    "table indicators",
    "execution",
    "monitoring",
    "self-evaluation",
    "score",
    "report",
    "findings",
    "sealing",
)
"""Looked at on a phone's width, too."""
PREPARE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from django.urls import reverse
from django.utils import timezone
from jiheng.rulebook.forms import workbook_form
from jiheng_web.audit.services import recording
from jiheng_web.evaluation.models import Submission, SubmissionFile
from jiheng_web.jobs.models import Job
from jiheng_web.organisation.models import User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.review.services import review_here, take_in
from jiheng_web.years.amending import propose
from jiheng_web.years.models import IndicatorRow, Year
from jiheng_web.years.queries import rows_of_table
from tests.web.test_permissions import WRITING, address, routes

year = Year.objects.select_related("department").get()
head, finance = (Actor.person(User.objects.get(username=one)) for one in ("fuze", "caiwu"))
with recording(head, year.department, "测试"):
    one = Submission(year=year, version=1, sealed_at=timezone.now(), sealed_by=head.user, as_of="2024-01-01",
        engine_version="0", year_digest="", input_json="{}", findings_json="{}", score_json="[]", errors=0,
        score_text="90", seal="x")
    from jiheng_web.evaluation.services import package
    one.input_json = package(year, ()).input_json
    one.save()
    SubmissionFile(submission=one, name="评价报告.docx", sha256="", size=1, content=b"x").save()
import docx, io
paper, kept = docx.Document(), io.BytesIO()
paper.add_paragraph("全年预算1000万元，执行931万元，执行率95.1%。")
paper.save(kept)
review_here(take_in(finance, year.department, [("材料.docx", kept.getvalue())])[0])
row = IndicatorRow.objects.filter(year=year).first()
propose(finance, year, workbook_form().sheet("indicators"), row, {"target": "77"})
Job.objects.create(kind="import", year=year, user=finance.user, state="done", message="已导入")
people = json.loads(sys.argv[1])
for route in routes():
    if route.name in WRITING or route.name in ("home", "code", "health"):
        continue
    action, (at, _) = route.callback.permission, address(year, route)
    who = "" if not isinstance(action, Action) else next(one for one, role in people.items() if action in TABLE[Role[role]])
    if route.name not in ("table", "row"):
        print(json.dumps([who, route.name, at]))
        continue
    for record in json.loads(sys.argv[2]):
        if route.name == "table" and workbook_form().sheet(record).kind == "form":
            continue  # leads to its one row
        for row in list(rows_of_table(year, record))[:1]:
            keys = {"year": year.pk, "record": record} | ({"row": row.pk} if route.name == "row" else {})
            print(json.dumps([who, f"{route.name} {record}", reverse(route.name, kwargs=keys)]))
"""
RUN = """async () => {
  const found = await axe.run({exclude: [[".watermark"]]}, {resultTypes: ["violations"]});
  return found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one => ({
    id: one.id, help: one.help, nodes: one.nodes.slice(0, 3).map(node => [node.html.slice(0, 160), node.failureSummary.slice(0, 200)]),
    count: one.nodes.length}));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A served site in which every route has its object, and what to open as whom."""
    folder = tmp_path_factory.mktemp("axe")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JIHENG_", "DATABASE_URL"))}
    env |= {"JIHENG_DATA": str(folder / "data"), "JIHENG_DEMO": "1", "PYTHONUTF8": "1"}
    few = folder / "samples"
    few.mkdir()
    shutil.copy(SAMPLES / "示范街道-2024.xlsx", few)
    command, port = [sys.executable, "-m", "jiheng_web", "demo", "--samples", str(few)], free_port()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*command, "--port", str(port)], env=env, stdout=log, stderr=log)
        try:
            for _ in range(240):
                assert process.poll() is None, (folder / "log").read_text()
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=1)
                    break
                except OSError:
                    time.sleep(0.25)
            made = subprocess.run([sys.executable, "-c", PREPARE, json.dumps(PEOPLE), json.dumps(TABLES)], env=env,
                                  capture_output=True, text=True, check=False, cwd=SAMPLES.parent)  # fmt: skip
            assert made.returncode == 0, made.stderr
            yield f"http://127.0.0.1:{port}", [json.loads(line) for line in made.stdout.splitlines()]
        finally:
            process.kill()
            process.wait()


def test_every_page(browser, site):  # noqa: F811
    spec = importlib.util.find_spec("axe_playwright_python")
    needed(spec is not None, "没有 axe-playwright-python，无障碍检查没有运行")
    axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    address, pages = site
    assert len(pages) > 50
    assert {name for _, name, _ in pages} >= set(MAIN)
    faults, titles, looked = [], {}, 0

    def look(page, name):
        page.evaluate(axe)
        for one in page.evaluate(RUN):
            faults.append(f"{name} {one['id']}×{one['count']} {one['help']}: {one['nodes']}")
        if page.get_attribute("html", "lang") != "zh-CN":
            faults.append(f"{name}: no language")

    for user in ("", *PEOPLE):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        if user:
            page.goto(f"{address}/login/")
            page.fill("#id_username", user)
            page.fill("#id_password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_selector(".me .menu")
        mine = [(name, path) for who, name, path in pages if who == user]
        for name, path in mine:
            answer = context.request.get(f"{address}{path}", max_redirects=0)
            if answer.status != 200:
                faults.append(f"{user} {name} {path}: {answer.status}")
                continue
            attached = "attachment" in answer.headers.get("content-disposition", "")
            if attached or not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            page.goto(f"{address}{path}")
            look(page, f"{user} {path}")
            titles.setdefault(page.title(), []).append(name)
            looked += 1
        page.set_viewport_size({"width": 390, "height": 844})
        for name, path in mine:
            if name in MAIN:
                page.goto(f"{address}{path}")
                look(page, f"{user} {path} 390")
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > 390:
                    faults.append(f"{name}: {wide} wide on a phone")
                looked += 1
        context.close()
    faults += [f"one title for {names}: “{title}”" for title, names in titles.items() if len(names) > 1 or not title]
    print(f"{looked} pages")
    assert not faults, "\n".join(faults)
