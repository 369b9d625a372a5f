"""Pages: plain sentences, safe headers, hostile text, and what a bare browser sees."""

import io
from datetime import UTC, datetime

import pyotp
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from jiheng.rulebook.forms import workbook_form
from jiheng_web.organisation.models import User
from jiheng_web.years import services
from jiheng_web.years.models import IndicatorRow

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_headers_leave_no_room_for_script(client):
    answer = client.get("/login/")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        "DENY",
        "nosniff",
        "no-store",
    )
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


def test_demo_accounts_exist_in_demo_mode_only(client, settings):
    User.objects.filter(username="finance0").update(is_demo=True)
    assert "演示账号" not in client.get("/login/").content.decode()
    settings.DEMO = True
    assert "finance0" in client.get("/login/").content.decode()


def test_signing_in_wrongly_locks_after_five(client):
    for _ in range(5):
        answer = client.post("/login/", {"username": "finance0", "password": "wrong"})
    assert answer.status_code == 429
    answer = client.post("/login/", {"username": "finance0", "password": "a-long-password-1"})
    assert "锁定半小时" in answer.content.decode()


def test_signing_in_and_out(client):
    answer = client.post(
        "/login/", {"username": "finance0", "password": "a-long-password-1", "next": "//evil.example/"}, follow=True
    )
    assert "工作台" in answer.content.decode()
    assert client.post("/logout/", follow=True).redirect_chain == [("/login/", 302)]


def test_administrators_need_a_second_factor_and_each_code_holds_once(client):
    client.post("/login/", {"username": "audit_admin0", "password": "a-long-password-1"})
    assert client.get("/").status_code == 302
    secret = User.objects.get(username="audit_admin0").totp_secret or (
        client.get("/code/") and User.objects.get(username="audit_admin0").totp_secret
    )
    code = pyotp.TOTP(secret).at(datetime.now(UTC))
    assert client.post("/code/", {"code": "000000"}).status_code == 200
    assert client.post("/code/", {"code": code}).url == "/"
    client.post("/logout/")
    client.post("/login/", {"username": "audit_admin0", "password": "a-long-password-1"})
    assert "口令不对或已用过" in client.post("/code/", {"code": code}).content.decode()
    assert secret not in client.get("/code/").content.decode()


def test_an_expired_session_says_so_and_loses_nothing(client, world):
    row = IndicatorRow.objects.filter(year=world.year).first()
    url = reverse("row-save", args=[world.year.pk, "indicators", row.pk])
    answer = client.post(url, {"actual": "1"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "这里填的内容还在" in answer.content.decode()


@pytest.mark.parametrize("record", [one.record for one in workbook_form().sheets])
def test_every_table_has_its_page(record, world, sign_in):
    answer = sign_in("finance").get(reverse("table", args=[world.year.pk, record]), follow=True)
    assert answer.status_code == 200
    assert workbook_form().sheet(record).name in answer.content.decode()


def test_script_in_every_field_stays_text(world, sign_in):
    form = workbook_form().sheet("indicators")
    row = services.add_row(world.actor("finance"), world.year, form, {one.field: SCRIPT for one in form.columns})
    client = sign_in("finance")
    pages = ["table", "row", "year", "findings", "score", "log", "workbook", "report-page"]
    for name in pages:
        args = {"table": ["indicators"], "row": ["indicators", row.pk]}.get(name, [])
        text = client.get(
            reverse(name, args=[world.year.pk, *args]) + (f"?project={SCRIPT}" if name == "table" else "")
        ).content.decode()
        assert "<script>alert" not in text, name
        assert "<img src=x" not in text, name


def test_the_grid_answers_with_marks_and_never_with_fields(world, sign_in):
    row = IndicatorRow.objects.filter(year=world.year).first()
    url = reverse("row-save", args=[world.year.pk, "indicators", row.pk])
    text = (
        sign_in("finance")
        .post(url, {"version": "1", "actual": "按时完成"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "已保存" in text
    assert 'value="2"' in text
    assert 'name="actual"' not in text
    stale = (
        sign_in("specialist")
        .post(url, {"version": "1", "actual": "77"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "用我的" in stale
    assert "77" in stale


@pytest.mark.parametrize(("name", "content", "said"), [
    ("x.txt", b"x", "不是工作簿"),
    ("x.xlsx", b"", "文件是空的"),
    ("x.xlsx", b"PK\x03\x04broken", ""),
    ("x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ""),
])  # fmt: skip
def test_bad_uploads_get_one_sentence(name, content, said, world, sign_in):
    url = reverse("workbook", args=[world.year.pk])
    answer = sign_in("finance").post(url, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code in (200, 422)
    text = answer.content.decode()
    assert "Traceback" not in text
    assert said in text or answer.status_code == 200


def test_report_downloads_are_word_files(world, sign_in):
    for name in ("report-word", "report-briefing"):
        answer = sign_in("auditor").get(reverse(name, args=[world.year.pk]))
        assert answer.content[:2] == b"PK"
        assert "attachment" in answer["Content-Disposition"]


def test_the_report_page_may_run_nothing(world, sign_in):
    answer = sign_in("auditor").get(reverse("report-page", args=[world.year.pk]))
    assert "script" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_bureau_sees_its_departments_and_reminds(world, sign_in):
    client = sign_in("bureau_business")
    text = client.get("/bureau/").content.decode()
    assert "样例街道办事处" in text
    assert "样例乡人民政府" in text
    client.post(reverse("remind", args=[world.year.pk]), {"due_on": "2024-03-15", "message": "请尽快报送"})
    desk = sign_in("finance").get(reverse("year", args=[world.year.pk])).content.decode()
    assert "请尽快报送" in desk
    assert "2024-03-15" in desk


@pytest.mark.parametrize(("name", "most"), [("year", 24), ("findings", 12), ("score", 12), ("report", 12)])
def test_queries_a_page_are_few(name, most, world, sign_in, django_assert_max_num_queries):
    client = sign_in("finance")
    url = reverse(name, args=[world.year.pk])
    client.get(url)
    with django_assert_max_num_queries(most):
        client.get(url)


def test_the_grid_asks_the_database_no_more_for_more_rows(world, sign_in, django_assert_max_num_queries):
    client = sign_in("finance")
    with django_assert_max_num_queries(14):
        client.get(reverse("table", args=[world.year.pk, "projects"]))


def test_health(client):
    assert client.get("/health/").json()["status"] == "ok"


def test_commands_say_what_is_wrong(capsys, monkeypatch):
    from jiheng_web.commands import main

    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["add-user", "new", "新人", "财务", "样例街道办事处"]) == 2
    assert "密码不合要求" in capsys.readouterr().err
    assert main(["add-user", "new", "新人", "国王", "样例街道办事处"]) == 2
    assert "没有“国王”这个角色" in capsys.readouterr().err
    assert main(["verify-audit"]) == 0
    assert "没有发现问题" in capsys.readouterr().out
