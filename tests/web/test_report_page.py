"""The report with own prose beside it, checked as it is written; and what differs between two versions."""

import json

import pytest
from django.urls import reverse

from jiheng.rulebook.forms import workbook_form
from jiheng_web.audit.models import Entry
from jiheng_web.evaluation import prose, versions
from jiheng_web.evaluation.services import package
from jiheng_web.years.models import PlainRow
from jiheng_web.years.services import add_row, edit_row

HTMX = {"HX-Request": "true"}


@pytest.fixture
def passage(world):
    form = workbook_form().sheet("passages")
    given = {"section": "措施建议", "text": "全年预算执行率{执行率}。"}
    return add_row(world.actor("finance"), world.year, form, given)


def texts(world):
    return [one.cells["text"] for one in PlainRow.objects.filter(year=world.year, table="passages")]


def test_the_page_shows_each_section_with_its_passages_and_why_it_is_a_draft(sign_in, world, passage):
    page = sign_in("finance").get(reverse("report", args=[world.year.pk])).content.decode()
    assert "六、措施建议" in page
    assert "全年预算执行率{执行率}。</textarea>" in page
    assert "<b title=" in page
    assert "100%</b>" in page
    assert reverse("findings", args=[world.year.pk]) + "#error" in page
    assert reverse("table", args=[world.year.pk, "key_tasks"]) in page
    assert "“重点任务”表没有填写" in page
    assert 'data-insert="{执行率}"' in page


def test_what_is_typed_is_checked_and_nothing_is_written(sign_in, world, passage):
    client, entries, digest = sign_in("finance"), Entry.objects.count(), world.year.digest
    typed = "执行率为80%。预算1000.00万元，执行931.00万元，执行率95.1%。{没有的数}"
    said = client.post(
        reverse("passage-check", args=[world.year.pk]), {"section": "措施建议", "text": typed}, headers=HTMX
    ).content.decode()
    assert "账表里的执行率是 100%" in said
    assert "执行率应为 93.1%" in said
    assert "没有的数" in said
    assert "还没有保存" in said
    world.year.refresh_from_db()
    assert (Entry.objects.count(), world.year.digest) == (entries, digest)


def test_saved_in_place_with_its_findings(sign_in, world, passage):
    client = sign_in("finance")
    address = reverse("passage-save", args=[world.year.pk, passage.pk])
    said = client.post(
        address, {"version": 1, "text": "执行率为80%。<script>x</script>"}, headers=HTMX
    ).content.decode()
    assert "data-saved" in said
    assert f'id="version{passage.pk}" value="2" hx-swap-oob="true"' in said
    assert "账表里的执行率是 100%" in said
    assert "<script>" not in said
    assert texts(world) == ["执行率为80%。<script>x</script>"]
    assert "<script>x" not in client.get(reverse("report", args=[world.year.pk])).content.decode()


def test_the_second_writer_sees_the_first_and_decides(sign_in, world, passage):
    edit_row(
        world.actor("specialist"), world.year, workbook_form().sheet("passages"), passage.pk, 1, {"text": "别人的。"}
    )
    client = sign_in("finance")
    address = reverse("passage-save", args=[world.year.pk, passage.pk])
    said = client.post(address, {"version": 1, "text": "我的。"}, headers=HTMX).content.decode()
    assert "别人的。" in said
    assert "data-saved" not in said
    assert 'name="version" value="2">用我的' in said
    assert texts(world) == ["别人的。"]
    assert client.post(address, {"version": 1, "text": "我的。"}).status_code == 422
    client.post(address, {"version": ["1", "2"], "text": "我的。"}, headers=HTMX)
    assert texts(world) == ["我的。"]


def test_adding_and_removing_a_paragraph(sign_in, world, passage):
    client = sign_in("finance")
    add = reverse("passage-add", args=[world.year.pk])
    answer = client.post(add, {"section": "财务管理", "text": "制度健全。"})
    made = PlainRow.objects.filter(year=world.year, table="passages").latest("pk")
    assert answer.url.endswith(f"#p{made.pk}")
    assert client.post(add, {"section": "财务管理", "text": "  "}).status_code == 422
    assert client.post(add, {"section": "没有的章节", "text": "一段"}).status_code == 422
    assert client.post(add, {"section": "财务管理", "text": "长" * 20_001}).status_code == 422
    client.post(reverse("passage-remove", args=[world.year.pk, made.pk]), {"version": made.version})
    assert texts(world) == ["全年预算执行率{执行率}。"]


def test_who_may_not_write_sees_it_as_it_is_printed(sign_in, world, passage):
    page = sign_in("vice_head").get(reverse("report", args=[world.year.pk])).content.decode()
    assert "<textarea" not in page
    assert "100%</b>" in page
    filer = sign_in("filer")
    assert "<textarea" not in filer.get(reverse("report", args=[world.year.pk])).content.decode()
    address = reverse("passage-save", args=[world.year.pk, passage.pk])
    assert filer.post(address, {"version": 1, "text": "我的。"}, headers=HTMX).status_code == 403


def test_every_missing_thing_leads_somewhere(world):
    lacking = next(one for one in prose.draft_reasons(world.year) if one.parts)
    places = {one.text.split("：")[0]: (one.route, one.record) for one in lacking.parts}
    assert places["1.机构设置"] == ("table", "staffing")
    assert places["5.服务对象满意度"] == ("table", "surveys")
    assert places["（一）评价得分情况"] == ("score", "")
    assert all(reverse(one.route, args=[1, one.record] if one.record else [1]) for one in lacking.parts)


def test_what_differs_between_two_versions(world, passage):
    before = package(world.year, ())
    form = workbook_form()
    projects = form.sheet("projects")
    row = add_row(world.actor("finance"), world.year, projects, {"name": "新的项目", "annual_budget": "12.5"})
    edit_row(world.actor("finance"), world.year, form.sheet("passages"), passage.pk, 1, {"text": "执行率为80%。"})
    middle = versions.difference(before, package(world.year, ()))
    assert ("报告文字", "措施建议", "段落", "全年预算执行率{执行率}。", "执行率为80%。") in [
        (one.table, one.row, one.column, one.before, one.after) for one in middle.changes
    ]
    whole = next(one for one in middle.changes if one.column == "整行")
    assert (whole.table, whole.row, whole.before) == ("项目", "新的项目", "")
    assert "12.5万元" in whole.after
    assert any("80%" in one.message for one in middle.new)

    between = package(world.year, ())
    edit_row(world.actor("finance"), world.year, projects, row.pk, 1, {"annual_budget": "1234.5"})
    after = versions.difference(between, package(world.year, ()))
    assert [(one.row, one.column, one.before, one.after) for one in after.changes] == [
        ("新的项目", "全年预算数", "12.5万元", "1,234.5万元")
    ]
    assert versions.difference(between, between).is_empty
    back = versions.difference(package(world.year, ()), before)
    assert any("80%" in one.message for one in back.gone)


def test_an_actual_that_changes_is_one_change(world):
    from jiheng_web.years.models import IndicatorRow

    before = package(world.year, ())
    row = IndicatorRow.objects.filter(year=world.year, project="").first()
    edit_row(
        world.actor("finance"), world.year, workbook_form().sheet("indicators"), row.pk, row.version, {"actual": "21"}
    )
    after = versions.difference(before, package(world.year, ()))
    assert [(one.column, one.before, one.after) for one in after.changes] == [("实际完成值", "", "21次")]
    total = after.scores[0]
    assert (total.name, total.before, total.after) == ("总分", "未评完，已定 49.55", "未评完，已定 51.32")
    assert (after.scores[1].before, after.scores[1].after) == ("未评", "1.77")


def test_the_page_of_versions(sign_in, world, to_state, monkeypatch):
    from jiheng_web.evaluation import services
    from jiheng_web.years.states import State

    client = sign_in("head")
    address = reverse("versions", args=[world.year.pk])
    assert "还没有封存过" in client.get(address).content.decode()
    to_state(State.EVALUATION)
    monkeypatch.setattr(services, "require_move", lambda *given: None)
    services.seal(world.actor("head"), world.year, package(world.year, ()), "说明一")
    page = client.get(address).content.decode()
    assert "说明一" in page
    assert "内容相同" in page
    assert client.get(address + "?from=1&to=7").status_code == 422
    assert client.get(address + "?from=now&to=now").status_code == 200
    assert "已封存第 1 版" in client.get(reverse("report", args=[world.year.pk])).content.decode()
    assert json.loads(package(world.year, ()).input_json)["profile"]["department"] == "样例街道办事处"
