"""A page is light, and the number of its queries does not grow with the year."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from .conftest import SAMPLES

MOST = 150 * 1024
POINTER = "vega"
"""A page whose charts answer the pointer brings this, and is weighed by its own test."""


def route_of(path):
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found.url_name, found.kwargs.get("record") if found.url_name == "table" else None


def pages(client, start="/"):
    """Every page that the links of the person's first page lead to, one a route."""
    waiting, seen = [start], set()
    while waiting:
        url = waiting.pop(0)
        route = route_of(urlsplit(url).path)
        if route is None or route in seen:
            continue
        seen.add(route)
        answer = client.get(url)
        if answer.status_code in (301, 302):
            waiting.append(urljoin(url, answer.url))
            continue
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code != 200 or not is_page or "Content-Disposition" in answer.headers:
            continue
        text = b"".join(answer).decode()
        yield url, text
        waiting += [urljoin(url, one.split("#")[0]) for one in re.findall(r'<a [^>]*href="([^"]+)"', text)]


def weight(text):
    parts = [text.encode()]
    for name in sorted(set(re.findall(r'(?:src|href)="/static/([^"?]+)"', text))):
        found = finders.find(name)
        assert found, f"{name} is not there"
        parts.append(Path(found).read_bytes())
    return sum(len(gzip.compress(one)) for one in parts)


@pytest.fixture
def grown(world):
    """The first department gets a year with 106 projects beside its small one."""
    import openpyxl

    from jiheng_web.years.imports import apply, upload
    from jiheng_web.years.services import open_year

    def grow(tmp_path):
        file = tmp_path / "large.xlsx"
        book = openpyxl.load_workbook(SAMPLES / "示范街道-2024.xlsx")
        for line in book["基本信息"].iter_rows():
            for cell in line:
                if cell.value == "部门名称":
                    line[cell.column].value = world.year.department.name
        book.save(file)
        finance = world.actor("finance")
        year = open_year(finance, world.year.department, 2024)
        apply(finance, year, upload(finance, year, file, file.name, file.read_bytes()), set(), set(), year.revision)
        return year

    return grow


@pytest.mark.parametrize("role", ["finance", "bureau_business"])
def test_pages_are_light(role, grown, sign_in, tmp_path):
    grown(tmp_path)
    heavy, count = [], 0
    for url, text in pages(sign_in(role)):
        count += 1
        if POINTER not in text and (taken := weight(text)) > MOST:
            heavy.append(f"{url}: {taken // 1024} kB")
    assert count > 10
    assert heavy == []


def test_queries_do_not_grow_with_the_year(grown, world, sign_in, tmp_path, monkeypatch):
    """Each page of the small year, and the same page of the large one, with nothing kept from before."""
    from jiheng_web.progress import execution
    from jiheng_web.years import bridge, queries
    from jiheng_web.years.lately import Lately

    large = grown(tmp_path)
    client = sign_in("finance")
    more = []
    for url, _ in pages(client, f"/years/{world.year.pk}/"):
        if not url.startswith(f"/years/{world.year.pk}/") or re.search(
            r"/\d+/", url[len(f"/years/{world.year.pk}/") :]
        ):
            continue
        other = url.replace(f"/years/{world.year.pk}/", f"/years/{large.pk}/", 1)
        counts = []
        for one in (url, other):
            for module in (bridge, queries, execution):
                monkeypatch.setattr(module, "_LATELY", Lately())
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(one)
            counts.append((len(asked), answer.status_code))
        if counts[1][1] == 200 and counts[1][0] > counts[0][0] + 3:
            more.append(f"{url}: {counts[0][0]} → {counts[1][0]}")
    assert more == []


def test_the_bureaus_table_takes_the_same_queries_for_many(world, sign_in):
    from jiheng_web.organisation.models import Unit

    client = sign_in("bureau_business")
    with CaptureQueriesContext(connection) as few:
        assert client.get("/bureau/").status_code == 200
    for at in range(60):
        Unit.objects.create(name=f"部门{at}", kind="department", parent=world.year.department.parent)
    with CaptureQueriesContext(connection) as many:
        assert "部门59" in client.get("/bureau/").content.decode()
    assert len(many) <= len(few)


def test_saving_a_row_takes_the_same_queries_in_a_large_year(grown, world, tmp_path):
    from jiheng.rulebook.forms import workbook_form
    from jiheng_web.years.models import IndicatorRow
    from jiheng_web.years.services import edit_row

    counts = []
    for year in (world.year, grown(tmp_path)):
        row = IndicatorRow.objects.filter(year=year).first()
        with CaptureQueriesContext(connection) as asked:
            edit_row(world.actor("finance"), year, workbook_form().sheet("indicators"), row.pk, row.version,
                     {"deviation_note": "原因"})  # fmt: skip
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
