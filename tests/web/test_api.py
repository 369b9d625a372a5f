"""The API opens exactly what owner, token and unit allow together; answers fit the schema; nothing is written past the log."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from jiheng_web.api.scopes import Scope
from jiheng_web.api.views import api
from jiheng_web.organisation.roles import TABLE, Action, Role

EVERY = tuple(Scope)


@pytest.fixture
def token(world):
    """`token("finance", scopes)` makes a token and gives its header."""
    from jiheng_web.api.services import make_token

    def make(role, scopes=EVERY, at=0, unit=None, days=30):
        owner = world.actor(role, at).user
        _, secret = make_token("测试", owner, unit or world.actor(role, at).memberships[0].reach, scopes, days)
        return {"authorization": f"Bearer {secret}"}

    return make


def at(year, what):
    return f"/api/v1/departments/{year.department_id}/{year.fiscal_year}/{what}"


READS = [one for one in EVERY if one != Scope.WRITE_ACTUALS]


@pytest.fixture
def sealed(world):
    """A sealed version in both departments."""
    from jiheng_web.audit.services import recording
    from jiheng_web.evaluation.models import Submission, SubmissionFile

    made = []
    for number, year in enumerate((world.year, world.other)):
        actor = world.actor("head", number)
        with recording(actor, year.department, "test"):
            one = Submission(year=year, version=1, sealed_at=timezone.now(), sealed_by=actor.user, as_of="2024-01-01",
                             engine_version="0", year_digest="", input_json="{}", findings_json="{}", score_json="[]",
                             errors=0, score_text="90", seal="x")  # fmt: skip
            one.save()
            SubmissionFile(submission=one, name="一.docx", sha256="", size=1, content=b"x").save()
        made.append(one)
    return made


def addresses(year, submission):
    """Every read of the API against a year's real objects, with the scope that it needs."""
    yield Scope.INDICATORS, at(year, "indicators")
    yield Scope.ACTUALS, at(year, "actuals")
    yield Scope.EXECUTION, at(year, "execution")
    yield Scope.FINDINGS, at(year, "findings")
    yield Scope.REPORTS, at(year, "reports")
    yield Scope.REPORTS, f"/api/v1/reports/{submission.pk}/files/{submission.files.first().pk}"


def operations():
    for bound in api.default_router.path_operations.values():
        yield from bound.operations


def test_every_operation_declares_its_scope():
    found = list(operations())
    assert len(found) == 8
    assert {one.view_func.scope for one in found} == set(Scope)


def test_what_is_in_it(world, token, sealed, client):
    headers = token("finance")
    answer = client.get("/api/v1/departments", headers=headers).json()
    assert answer == {
        "total": 1,
        "items": [
            {
                "dept_id": world.year.department_id,
                "dept_name": "样例街道办事处",
                "mof_div_code": "110105000",
                "years": [{"fiscal_year": 2023, "state": "目标编报", "revision": world.year.revision}],
            }
        ],
    }
    lines = client.get(at(world.year, "execution"), headers=headers).json()["items"]
    assert lines[0] == {
        "bgt_id": lines[0]["bgt_id"],
        "exp_type_name": "合计",
        "found_type_name": "",
        "reply_amt": None,
        "year_adj_amt": None,
        "cur_amt": "313859976.68",
        "year_exe_amt": "313859976.68",
        "exe_amt_rate": "100.0000",
    }
    first = client.get(at(world.year, "indicators") + "?limit=1", headers=headers).json()
    assert first["total"] == 26
    assert set(first["items"][0]) >= {"kpi_id", "lv1_perf_ind_name", "computesign", "kpi_val", "meterunit", "weight"}
    assert all(isinstance(one["weight"], str) for one in first["items"])
    found = client.get(at(world.year, "findings"), headers=headers).json()
    assert {"document", "findings", "not_run", "broken"} <= set(found)
    made = client.get(at(world.year, "reports"), headers=headers).json()["items"]
    assert made[0]["version"] == 1
    file = client.get(f"/api/v1/reports/{made[0]['report_id']}/files/{made[0]['files'][0]['file_id']}", headers=headers)
    assert (file.content, file["Content-Disposition"][:10]) == (b"x", "attachment")


def test_writing_an_actual_and_the_second_writer(world, token, client):
    from jiheng_web.audit.models import Entry
    from jiheng_web.years.queries import row_named

    headers = token("finance")
    one = client.get(at(world.year, "actuals"), headers=headers).json()["items"][0]
    url = at(world.year, f"actuals/{one['kpi_id']}")

    def put(**body):
        return client.put(url, json.dumps(body), content_type="application/json", headers=headers)

    saved = put(revision=one["revision"], ind_comp="123.450", devi_analy="来件多")
    assert saved.status_code == 200, saved.content
    assert (saved.json()["ind_comp"], saved.json()["revision"]) == ("123.45", one["revision"] + 1)
    entry = Entry.objects.order_by("id").last()
    assert "令牌 测试" in entry.address
    assert entry.actor == world.actor("finance").user
    stale = put(revision=one["revision"], ind_comp="7")
    assert stale.status_code == 409
    assert stale.json()["differences"] == [{"field": "ind_comp", "theirs": "123.45", "yours": "7"}]
    assert row_named(world.year, "indicators", one["kpi_id"]).cells["actual"] == ["n", "123.45", ""]
    assert put(revision=one["revision"], ind_comp="123.45").status_code == 200, "the same once more changes nothing"
    assert put(revision=1, weight="1").json() == {"sentence": "“weight”写得不对，请对照 openapi.json"}
    assert put(revision=1, ind_comp="a\x00").status_code == 422
    broken = client.put(url, "{", content_type="application/json", headers=headers)
    assert (broken.status_code, broken.json()) == (400, {"sentence": "请求的内容不是能读懂的 JSON"})


@pytest.mark.parametrize("role", [role.name.lower() for role in Role if not role.is_admin])
def test_the_table_decides_here_too(role, world, token, sealed, client):
    allowed = [one for one in EVERY if one.action in TABLE[Role[role.upper()]]]
    headers = token(role, allowed)
    for scope, url in addresses(world.year, sealed[0]):
        assert client.get(url, headers=headers).status_code == 200, (scope, url)
    row = client.get(at(world.year, "actuals"), headers=headers).json()["items"][0]
    answer = client.put(at(world.year, f"actuals/{row['kpi_id']}"), json.dumps({"revision": 1, "ind_comp": "5"}),
                        content_type="application/json", headers=headers)  # fmt: skip
    if Action.EDIT_ROWS not in TABLE[Role[role.upper()]]:
        assert answer.status_code == 403


@pytest.mark.parametrize("role", [role.name.lower() for role in Role if not role.is_admin and not role.is_bureau])
def test_nobody_reaches_another_department(role, world, token, sealed, client):
    headers = token(role, [one for one in EVERY if one.action in TABLE[Role[role.upper()]]], at=1)
    for scope, url in addresses(world.year, sealed[0]):
        answer = client.get(url, headers=headers)
        assert (answer.status_code, list(answer.json())) == (404, ["sentence"]), (scope, url)
    row = world.year.pk
    url = at(world.year, f"actuals/{row}")
    answer = client.put(url, '{"revision":1,"ind_comp":"5"}', content_type="application/json", headers=headers)
    assert answer.status_code == 404
    listed = client.get("/api/v1/departments", headers=headers).json()["items"]
    assert [one["dept_name"] for one in listed] == ["样例乡人民政府"]


def test_an_office_writes_only_its_own_rows(world, token, client):
    headers = token("filer")
    row = client.get(at(world.year, "actuals"), headers=headers).json()["items"][0]
    answer = client.put(at(world.year, f"actuals/{row['kpi_id']}"), json.dumps({"revision": 1, "ind_comp": "5"}),
                        content_type="application/json", headers=headers)  # fmt: skip
    assert answer.status_code == 403


def test_a_token_opens_only_what_it_was_made_for(world, token, sealed, client):
    for scope in READS:
        headers = token("finance", [scope])
        for needed, url in addresses(world.year, sealed[0]):
            assert client.get(url, headers=headers).status_code == (200 if needed == scope else 403), (scope, url)
        listed = client.get("/api/v1/departments", headers=headers)
        assert listed.status_code == (200 if scope == Scope.DEPARTMENTS else 403)


def test_a_bureaus_token_for_one_department(world, token, sealed, client):
    reads = [one for one in EVERY if one != Scope.WRITE_ACTUALS]
    whole, one = token("bureau_business", reads), token("bureau_business", reads, unit=world.other.department)
    assert client.get("/api/v1/departments", headers=whole).json()["total"] == 2
    assert client.get("/api/v1/departments", headers=one).json()["total"] == 1
    for _, url in addresses(world.year, sealed[0]):
        assert client.get(url, headers=whole).status_code == 200
        assert client.get(url, headers=one).status_code == 404


def test_expired_revoked_left_and_wrong_tokens_open_nothing(world, token, sign_in):
    from jiheng_web.api.models import Token
    from jiheng_web.api.services import revoke_token
    from jiheng_web.audit.services import recording

    client = sign_in("finance")
    url = "/api/v1/departments"
    assert client.get(url).status_code == 401, "a session opens nothing here"
    assert client.get(url).json() == {"sentence": "没有令牌，或令牌不对、已过期、已吊销"}
    assert client.get(url, headers={"authorization": "Bearer jiheng_x"}).status_code == 401
    headers = token("finance")
    made = Token.objects.get()
    assert made.secret_hash == hashlib.sha256(headers["authorization"][7:].encode()).hexdigest()
    assert client.get(url, headers=headers).status_code == 200
    assert timezone.now() - made.use.at < timedelta(minutes=1)
    with recording(world.actor("finance"), made.unit, "test"):
        Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(url, headers=headers).status_code == 401
    headers = token("finance")
    revoke_token(Token.objects.last().pk)
    assert client.get(url, headers=headers).status_code == 401
    headers = token("head", [Scope.DEPARTMENTS])
    world.actor("head").user.__class__.objects.filter(username="head0").update(is_active=False)
    assert client.get(url, headers=headers).status_code == 401


def test_no_token_is_larger_than_its_owner(world, token):
    from jiheng.errors import BadInput

    for role, scopes, unit in (
        ("head", [Scope.WRITE_ACTUALS], None),
        ("finance", [Scope.ACTUALS], world.other.department),
        ("system_admin", [Scope.DEPARTMENTS], None),
        ("finance", ["everything"], None),
        ("finance", [], None),
    ):
        with pytest.raises(BadInput):
            token(role, scopes, unit=unit)


def test_tokens_by_command_are_on_record(world, capsys):
    from jiheng_web.api.models import Token
    from jiheng_web.audit.guard import NotRecorded
    from jiheng_web.audit.models import Entry
    from jiheng_web.commands import main

    assert main(["add-token", "finance0", "一体化系统", "indicators:read", "actuals:write", "--days", "90"]) == 0
    shown = capsys.readouterr().out
    assert "jiheng_" in shown
    made = Token.objects.get()
    assert (made.scopes, made.unit.name) == ("actuals:write indicators:read", "样例街道办事处")
    assert shown.split("jiheng_")[1].strip() not in str(Entry.objects.values_list())
    assert main(["tokens"]) == 0
    assert "一体化系统" in capsys.readouterr().out
    assert main(["revoke-token", str(made.pk)]) == 0
    assert [one.action for one in Entry.objects.order_by("-id")[:2]] == ["吊销接口令牌", "增加接口令牌"]
    assert main(["revoke-token", str(made.pk)]) == 2
    with pytest.raises(NotRecorded):
        Token.objects.update(scopes="actuals:write")


def test_the_schema_is_served_and_nothing_comes_from_elsewhere(client):
    answer = client.get("/api/v1/openapi.json")
    schema = answer.json()
    assert len(schema["paths"]) == 8
    assert "://" not in answer.content.decode()
    assert client.get("/api/v1/docs").status_code == 404
    wrong = client.post("/api/v1/departments")
    assert (wrong.status_code, wrong.json(), wrong["Allow"]) == (405, {"sentence": "这个地址不支持这种请求"}, "GET")


def test_queries_do_not_grow(world, token, client, django_assert_max_num_queries):
    from jiheng_web.organisation.models import Unit

    headers = token("bureau_business", READS)
    client.get("/api/v1/departments", headers=headers)  # the first use is put down
    with django_assert_max_num_queries(8):
        client.get("/api/v1/departments", headers=headers)
    for number in range(20):
        Unit.objects.create(name=f"部门{number}", kind="department", parent=world.year.department.parent)
    with django_assert_max_num_queries(8):
        assert client.get("/api/v1/departments", headers=headers).json()["total"] == 22
    with django_assert_max_num_queries(8):
        client.get(at(world.year, "indicators"), headers=headers)
