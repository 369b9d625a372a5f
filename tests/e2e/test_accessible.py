"""axe looks at every page that any role can reach by links: nothing serious, nothing critical."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from .test_browser import CHROMIUM, PASSWORD, SAMPLES, browser, free_port, needed  # noqa: F401

ROLES = ("caiwu", "fuze", "tianbao", "caizheng", "jixiao", "shenji", "jijian", "fenguan", "anquan")
PREPARE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from django.utils import timezone
from jiheng_web.organisation.models import User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.audit.services import recording
from jiheng_web.evaluation.models import Submission, SubmissionFile
from jiheng_web.years.models import Year
year = Year.objects.select_related("department").first()
head = Actor.person(User.objects.get(username="fuze"))
with recording(head, year.department, "测试") as note:
    one = Submission(year=year, version=1, sealed_at=timezone.now(), sealed_by=head.user, as_of="2024-01-01",
        engine_version="0", year_digest="", input_json="{}", findings_json="{}", score_json="[]", errors=0,
        score_text="90", seal="x")
    one.save()
    SubmissionFile(submission=one, name="评价报告.docx", sha256="", size=1, content=b"x").save()
"""
RUN = """async () => {
  const found = await axe.run({exclude: [[".watermark"]]}, {resultTypes: ["violations"]});
  return found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one => ({
    id: one.id, help: one.help, nodes: one.nodes.slice(0, 3).map(node => [node.html.slice(0, 160), node.failureSummary.slice(0, 200)]),
    count: one.nodes.length}));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("axe")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JIHENG_", "DATABASE_URL"))}
    env |= {"JIHENG_DATA": str(folder / "data"), "JIHENG_DEMO": "1", "PYTHONUTF8": "1"}
    few = folder / "samples"
    few.mkdir()
    shutil.copy(SAMPLES / "示范街道-2024.xlsx", few)
    shutil.copy(SAMPLES / "样例街道-2023.xlsx", few)
    command = [sys.executable, "-m", "jiheng_web", "demo", "--samples", str(few)]
    subprocess.run([*command, "--load-only"], env=env, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True)
    port = free_port()
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
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def route_of(path):
    from django.urls import Resolver404, resolve

    try:
        found = resolve(path)
    except Resolver404:
        return None
    return (
        (found.url_name, found.kwargs.get("record")) if found.url_name in ("table", "row") else (found.url_name, None)
    )


def test_every_page(browser, site):  # noqa: F811
    spec = importlib.util.find_spec("axe_playwright_python")
    needed(spec is not None, "没有 axe-playwright-python，无障碍检查没有运行")
    axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    faults, seen = [], set()

    def look(page, name):
        page.evaluate(axe)
        for one in page.evaluate(RUN):
            faults.append(f"{name} {one['id']}×{one['count']} {one['help']}: {one['nodes']}")

    for user in ROLES:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.goto(f"{site}/login/")
        if "login" not in seen:
            seen.add("login")
            look(page, "login")
        page.fill("#id_username", user)
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(".me .menu")
        waiting = [page.url]
        while waiting:
            url = waiting.pop(0)
            route = route_of(urlsplit(url).path)
            key = (route, "edit" if user in ("caiwu", "tianbao") else "read")
            if route is None or key in seen:
                continue
            seen.add(key)
            answer = context.request.get(url)
            if answer.status != 200 or "attachment" in answer.headers.get("content-disposition", ""):
                continue
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            page.goto(url)
            look(page, f"{user} {urlsplit(url).path}")
            for link in page.eval_on_selector_all("a[href]", "found => found.map(one => one.getAttribute('href'))"):
                full = urljoin(url, link)
                if full.startswith(site):
                    waiting.append(full.split("#")[0])
        context.close()
    assert len(seen) > 30
    print(f"{len(seen)} pages")
    assert not faults, "\n".join(faults)
