"""The three separated administrators: each does one thing, everything is recorded, nobody sees a figure."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import PermissionDenied

from jiheng.errors import BadInput
from jiheng_web.audit.models import Entry
from jiheng_web.audit.services import broken_links
from jiheng_web.organisation.models import Membership, Unit, User
from jiheng_web.organisation.roles import Role
from jiheng_web.people import services
from jiheng_web.years.services import digest_now


@pytest.fixture
def district():
    return Unit.objects.get(kind="region")


@pytest.fixture
def department(world):
    return world.year.department


def entries(district):
    return list(Entry.objects.filter(department=district).order_by("number"))


def test_a_new_person_changes_the_one_time_password_and_waits_for_a_role(world, department, sign_in, client, district):
    page = sign_in("system_admin").post(
        "/manage/people/add/", {"name": "新来的", "username": "xinlai", "unit": department.pk}
    )
    password = re.search(r'class="once">([^<]+)<', page.content.decode())[1]
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", password)
    client.logout()
    entered = client.post("/login/", {"username": "xinlai", "password": password}, follow=True)
    assert entered.redirect_chain[-1][0] == "/password/"
    assert "一次性密码" in entered.content.decode()
    assert client.get("/permissions/").url == "/password/"
    new = {"old_password": password, "new_password1": "bu-yao-gaosu-2", "new_password2": "bu-yao-gaosu-2"}
    assert client.post("/password/", new).url == "/"
    assert "安全保密管理员授予角色" in client.get("/").content.decode()
    services.grant(world.actor("security_admin"), User.objects.get(username="xinlai"), "财务", department)
    assert client.get("/").url == f"/years/{world.year.pk}/"
    assert [(one.action, one.actor_name) for one in entries(district)] == [
        ("增加人员", "系统管理员0"),
        ("授予角色", "安全保密管理员0"),
    ]
    assert password not in "".join(one.detail + one.subject for one in entries(district))
    assert list(broken_links(district, digest_now)) == []


def test_a_reset_ends_the_old_password_and_its_sessions(world, sign_in, client):
    person = User.objects.get(username="finance0")
    sign_in("finance")
    assert client.get(f"/years/{world.year.pk}/").status_code == 200
    password = services.reset_password(world.actor("system_admin"), person)
    assert client.get(f"/years/{world.year.pk}/").url.startswith("/login/")
    person.refresh_from_db()
    assert (person.must_change, person.check_password(password)) == (True, True)
    with pytest.raises(BadInput, match="不能在网页上互相重置"):
        services.reset_password(world.actor("system_admin"), User.objects.get(username="security_admin0"))
    with pytest.raises(BadInput, match="自己的密码"):
        services.reset_password(world.actor("system_admin"), User.objects.get(username="system_admin0"))


def test_a_closed_account_is_out_at_the_next_click(world, sign_in, client):
    person = User.objects.get(username="filer0")
    sign_in("filer")
    services.set_active(world.actor("system_admin"), person, active=False)
    assert client.get(f"/years/{world.year.pk}/").url.startswith("/login/")
    services.set_active(world.actor("system_admin"), person, active=True)
    with pytest.raises(BadInput, match="自己"):
        services.set_active(world.actor("system_admin"), User.objects.get(username="system_admin0"), active=False)


@pytest.mark.parametrize("role", ["finance", "head", "security_admin", "audit_admin", "bureau_business"])
def test_only_the_system_administrator_manages_people(role, world, department):
    person = User.objects.get(username="filer0")
    with pytest.raises(PermissionDenied):
        services.add_person(world.actor(role), "somebody", "某人", department)
    with pytest.raises(PermissionDenied):
        services.set_active(world.actor(role), person, active=False)
    with pytest.raises(PermissionDenied):
        services.reset_password(world.actor(role), person)
    with pytest.raises(PermissionDenied):
        services.add_unit(world.actor(role), "新科", "office", department)


@pytest.mark.parametrize("role", ["finance", "head", "system_admin", "audit_admin", "bureau_business"])
def test_only_the_security_administrator_grants_roles(role, world, department):
    person = User.objects.get(username="filer0")
    with pytest.raises(PermissionDenied):
        services.grant(world.actor(role), person, "财务", department)
    with pytest.raises(PermissionDenied):
        services.take(world.actor(role), person.memberships.first())


def test_offices_stay_apart(world, department, district):
    security = world.actor("security_admin")
    with pytest.raises(BadInput, match="不能给自己"):
        services.grant(security, security.user, "审计", department)
    with pytest.raises(BadInput, match="互不兼任"):
        services.grant(security, User.objects.get(username="finance0"), Role.SYSTEM_ADMIN.value, district)
    with pytest.raises(BadInput, match="不能再有别的角色"):
        services.grant(security, User.objects.get(username="system_admin0"), "财务", department)
    with pytest.raises(BadInput, match="只能授在财政局"):
        services.grant(security, User.objects.get(username="finance0"), Role.BUREAU_BUSINESS.value, department)
    with pytest.raises(BadInput, match="不能收回自己"):
        services.take(security, security.user.memberships.first())


def test_a_role_taken_away_ends_at_once(world, sign_in, client, district):
    sign_in("finance")
    held = Membership.objects.get(user__username="finance0")
    services.take(world.actor("security_admin"), held)
    assert client.get(f"/years/{world.year.pk}/").status_code == 404
    last = entries(district)[-1]
    assert json.loads(last.detail) == [{"field": "角色", "before": "样例街道办事处 财务", "after": ""}]
    assert User.objects.get(username="finance0").unit == world.year.department


def test_units_are_added_where_they_belong_and_closed_when_empty(world, department, district):
    system = world.actor("system_admin")
    made = services.add_unit(system, "新成立的科", "office", department)
    assert made.path.startswith(department.path)
    for name, kind, parent, words in (
        ("新成立的科", "office", department, "已经有"),
        ("某局", "department", department, "上级应是区"),
        ("", "office", department, "名称要写"),
        ("x", "region", district, "请选单位类别"),
    ):
        with pytest.raises(BadInput, match=words):
            services.add_unit(system, name, kind, parent)
    services.set_unit_active(system, made, active=False)
    with pytest.raises(BadInput, match="已停用"):
        services.add_person(system, "somebody", "某人", made)
    with pytest.raises(BadInput, match="在用的人员"):
        services.set_unit_active(system, department, active=False)


def test_the_auditor_verifies_and_finds_what_was_changed(world, sign_in, district):
    from django.db import connection

    client = sign_in("audit_admin")
    page = client.get("/manage/audit/").content.decode()
    assert "没有核验" in page
    page = client.post("/manage/audit/").content.decode()
    assert "都完整" in page
    assert entries(district)[-1].action == "核验操作记录"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE y_indicator SET cells_text = '{}' WHERE year_id = %s", [world.year.pk])
    page = client.post("/manage/audit/").content.decode()
    assert "在操作记录之外被改动过" in page


def test_the_auditor_reads_the_log_without_figures(world, sign_in):
    from jiheng.rulebook.forms import workbook_form
    from jiheng_web.years.models import IndicatorRow
    from jiheng_web.years.services import edit_row

    row = IndicatorRow.objects.filter(year=world.year).first()
    edit_row(world.actor("finance"), world.year, workbook_form().sheet("indicators"), row.pk, 1, {"actual": "918273"})
    client = sign_in("audit_admin")
    page = client.get(f"/manage/audit/{world.year.department_id}/").content.decode()
    assert "修改绩效指标" in page
    assert "918273" not in page
    for role in ("system_admin", "security_admin", "finance"):
        assert sign_in(role).get(f"/manage/audit/{world.year.department_id}/").status_code == 403


@pytest.mark.parametrize(
    ("role", "page"), [("system_admin", "people"), ("security_admin", "roles"), ("audit_admin", "audit")]
)
def test_an_administrator_begins_at_the_own_page_and_sees_no_year(role, page, world, sign_in):
    client = sign_in(role)
    assert client.get("/").url == f"/manage/{page}/"
    for path in ("", "goals/", "tables/indicators/", "log/"):
        assert client.get(f"/years/{world.year.pk}/{path}").status_code == 404


def test_another_districts_administrators_reach_nothing_here(world, department, client):
    other = Unit.objects.create(name="另一个区", kind="region", region="110108")
    held = Membership.objects.filter(unit=department).first()
    for number, role in enumerate((Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)):
        user = User.objects.create_user(f"other{number}", "a-long-password-1", name="别区")
        Membership.objects.create(user=user, unit=other, role=role.value)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for path in (f"people/{held.user_id}/active/", f"people/{held.user_id}/reset/", f"units/{department.pk}/active/",
                     f"roles/{held.pk}/take/"):  # fmt: skip
            assert client.post(f"/manage/{path}").status_code in (403, 404), (role, path)
        assert client.get(f"/manage/audit/{department.pk}/").status_code in (403, 404)
        for page in ("people", "roles", "audit", "units"):
            answer = client.get(f"/manage/{page}/")
            assert answer.status_code == 403 or held.user.name not in answer.content.decode()
    held.user.refresh_from_db()
    assert held.user.is_active
