"""Script typed into the pages beside the tables, what is sent twice, and what comes from a page that is out of date."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.audit.models import Entry
from jiheng_web.evaluation.models import Submission
from jiheng_web.organisation.models import Unit, User
from jiheng_web.years import amending, imports, services
from jiheng_web.years.models import Amendment, GoalReviewSheet, ImportDraft, IndicatorRow, PlainRow, Year
from jiheng_web.years.states import State

from .conftest import FIRST
from .test_goals import sheet

SCRIPT = "{{7*7}}\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
FORM = workbook_form().sheet("indicators")


def harmless(client, *urls):
    for url in urls:
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        text = answer.content.decode()
        assert "<script>alert" not in text, url
        assert "<img src=x" not in text, url
        assert "onerror=alert(1)>" not in text, url


def test_script_in_the_review_sheet(world, to_state, sign_in):
    to_state(State.REVIEW)
    base = f"/years/{world.year.pk}"
    client = sign_in("bureau_business")
    marks = {f"level:{name}": level for name, level in sheet(world, "中").items()}
    reasons = {one.replace("level:", "reason:"): SCRIPT for one in marks}
    wrong = client.post(f"{base}/goals/review/", marks | {"to": "return_goals", "opinion": SCRIPT})
    assert wrong.status_code == 422
    assert "<script>alert" not in wrong.content.decode()
    sent = marks | reasons | {"to": "return_goals", "opinion": SCRIPT}
    assert client.post(f"{base}/goals/review/", sent).status_code == 302
    again = client.post(f"{base}/goals/review/", sent)  # sent twice: the goals are with the department already
    assert again.status_code in (403, 422)
    assert GoalReviewSheet.objects.filter(year=world.year).count() == 1
    harmless(client, f"{base}/goals/review/", f"{base}/goals/", "/bureau/")
    harmless(sign_in("finance"), f"{base}/", f"{base}/goals/", f"{base}/log/")


def test_script_in_an_amendment_and_every_step_sent_twice(world, to_state, sign_in):
    to_state(State.EXECUTION)
    base = f"/years/{world.year.pk}/goals"
    row = IndicatorRow.objects.filter(year=world.year, project="").first()
    client = sign_in("finance")
    for _ in range(2):
        client.post(f"{base}/amendments/indicators/{row.pk}/", {"basis": SCRIPT})
    draft = Amendment.objects.get(year=world.year)
    assert len(draft.lines) == 1
    words = {"reason": SCRIPT, "document_number": SCRIPT}
    send = f"{base}/amendments/{draft.pk}/send/"
    assert [client.post(send, words).status_code for _ in range(2)] == [302, 422]
    harmless(client, f"{base}/amendments/", f"{base}/amendments/indicators/{row.pk}/")
    bureau = sign_in("bureau_business")
    harmless(bureau, f"{base}/amendments/")
    decide, entries = f"{base}/amendments/{draft.pk}/decide/", Entry.objects.count()
    assert [bureau.post(decide, {"decision": SCRIPT}).status_code for _ in range(2)] == [302, 422]
    assert Entry.objects.count() == entries + 1
    row.refresh_from_db()
    assert row.version == 2
    harmless(bureau, f"{base}/amendments/", f"{base}/")
    harmless(sign_in("finance"), f"/years/{world.year.pk}/log/")


def test_script_in_prose_and_uploads(world, sign_in):
    base = f"/years/{world.year.pk}"
    client = sign_in("finance")
    for _ in range(2):
        client.post(f"{base}/report/passages/", {"section": "措施建议", "text": SCRIPT})
    assert PlainRow.objects.filter(year=world.year, table="passages").exists()
    typed = client.post(f"{base}/report/check/", {"section": SCRIPT, "text": SCRIPT}).content.decode()
    assert "<script>alert" not in typed
    assert "<img src=x" not in typed
    harmless(client, f"{base}/report/", f"{base}/report/page/", f"{base}/goals/library/?q={SCRIPT}")
    given = SimpleUploadedFile(
        f"{SCRIPT.replace('/', '')}.txt", f"{SCRIPT}预算1000.00万元，执行931.00万元，执行率95.1%。".encode()
    )
    made = client.post("/review/", {"files": given})
    assert made.status_code == 302
    harmless(client, "/review/", made.url, f"{made.url}page/" if made.url != "/review/" else "/review/")


def test_script_in_names_of_people_and_units(world, sign_in):
    client = sign_in("system_admin")
    assert client.post(
        "/manage/units/add/", {"name": SCRIPT, "kind": "department", "parent": world.year.department.parent_id}
    ).status_code in (302, 422)
    unit = Unit.objects.filter(name__contains="script").first() or world.year.department
    for _ in range(2):
        client.post("/manage/people/add/", {"username": "hostile", "name": SCRIPT, "unit": unit.pk})
    assert User.objects.filter(username="hostile").count() <= 1
    harmless(client, "/manage/people/", "/manage/units/")
    harmless(sign_in("security_admin"), "/manage/roles/")
    harmless(sign_in("audit_admin"), "/manage/audit/")


def test_script_by_the_api_is_text_on_the_pages(world, sign_in, client):
    from jiheng_web.api.scopes import Scope
    from jiheng_web.api.services import make_token

    owner = world.actor("finance").user
    _, secret = make_token(SCRIPT, owner, world.year.department, tuple(Scope), 30)
    headers = {"authorization": f"Bearer {secret}"}
    at = f"/api/v1/departments/{world.year.department_id}/{world.year.fiscal_year}"
    for path in (f"/api/v1/departments/{SCRIPT}", f"{at}/{SCRIPT}", f"{at}/indicators?limit={SCRIPT}"):
        answer = client.get(path, headers=headers)
        assert answer.status_code in (404, 422)
        assert answer["Content-Type"].startswith("application/json") or "<script>" not in answer.content.decode()
    harmless(sign_in("finance"), f"/years/{world.year.pk}/log/")


def test_an_import_and_a_seal_sent_twice(world, to_state, monkeypatch):
    from jiheng_web.evaluation.services import package, seal

    finance = world.actor("finance")
    row = IndicatorRow.objects.filter(year=world.year).first()
    services.edit_row(finance, world.year, FORM, row.pk, row.version, {"deviation_note": "先"})
    draft = imports.upload(finance, world.year, FIRST, FIRST.name, FIRST.read_bytes())
    imports.apply(finance, world.year, draft, set(), set(), world.year.revision)
    revision = world.year.revision
    with pytest.raises(BadInput, match="已经导入过了"):
        imports.apply(finance, world.year, draft, set(), set(), revision)
    assert Year.objects.get(pk=world.year.pk).revision == revision
    to_state(State.EVALUATION)
    monkeypatch.setattr("jiheng_web.years.transitions.what_is_missing", lambda *given: [])
    monkeypatch.setattr("jiheng_web.evaluation.services.require_move", moved_from(State.EVALUATION))
    ready = package(world.year, ())
    seal(world.actor("head"), world.year, ready, "说明")
    with pytest.raises(BadInput):
        seal(world.actor("head"), world.year, ready, "说明")
    assert Submission.objects.filter(year=world.year).count() == 1


def moved_from(state):
    def ask(actor, year, *_rest):
        if year.state != state:
            raise BadInput(f"现在是“{year.state}”")

    return ask


def test_the_second_click_on_import_does_nothing(world, sign_in):
    client = sign_in("finance")
    base = f"/years/{world.year.pk}"
    book = io.BytesIO(client.get(f"{base}/workbook/export/").content)
    row = IndicatorRow.objects.filter(year=world.year).first()
    client.post(f"{base}/tables/indicators/{row.pk}/save/", {"version": row.version, "deviation_note": "后来写的"})
    preview = client.post(f"{base}/workbook/", {"file": SimpleUploadedFile("年度.xlsx", book.getvalue())}).url
    given = {"revision": Year.objects.get(pk=world.year.pk).revision}
    pages = [client.get(client.post(preview, given).url).content.decode() for _ in range(2)]
    assert "已导入" in pages[0]
    assert "没有导入" in pages[1] or "已经导入过了" in pages[1]
    assert (
        ImportDraft.objects.exclude(applied_at=None).filter(year=world.year).count() == 2
    )  # the fixture's and this one


def test_going_back_and_saving_the_old_form_loses_nothing(world, sign_in):
    client = sign_in("finance")
    row = IndicatorRow.objects.filter(year=world.year).first()
    url = f"/years/{world.year.pk}/tables/indicators/{row.pk}/"
    old = client.get(url)
    assert "no-store" in old["Cache-Control"]
    assert client.post(url, {"version": row.version, "deviation_note": "新写的"}).status_code in (200, 302)
    back = client.post(url, {"version": row.version, "deviation_note": "旧页上写的"})
    assert back.status_code == 409
    assert "新写的" in back.content.decode()
    assert "旧页上写的" in back.content.decode()
    row.refresh_from_db()
    assert row.cells["deviation_note"] == "新写的"
    for state in ({"to": "approve_goals"}, {"to": "receive"}, {"to": "没有"}):
        assert client.post(f"/years/{world.year.pk}/state/", state).status_code in (302, 403, 404, 422)
    assert Year.objects.get(pk=world.year.pk).state == State.DRAFT
    assert amending.open_amendment(world.year) is None
