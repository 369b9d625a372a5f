"""执行, 监控, 自评: what the pages say about a full year, one without figures, and what they may cost."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from jiheng.rulebook.forms import workbook_form
from jiheng_web.evaluation.self_evaluation import overview
from jiheng_web.organisation.models import Unit
from jiheng_web.progress.execution import execution
from jiheng_web.progress.monitoring import NO_LIGHTS, round_of, rules_of
from jiheng_web.years import services
from jiheng_web.years.imports import apply, upload
from jiheng_web.years.models import AdjustmentRow, MonitoringRow, ProjectRow
from jiheng_web.years.services import open_year

FULL = Path(__file__).parents[2] / "samples" / "示范街道-2024.xlsx"
PAGES = ("execution", "monitoring", "self-evaluation")


@pytest.fixture
def full(world):
    """A complete year of the first department, which bears the sample's name meanwhile: 106 projects."""
    Unit.objects.filter(pk=world.year.department_id).update(name="示范街道办事处")
    finance = world.actor("finance")
    year = open_year(finance, Unit.objects.get(pk=world.year.department_id), 2024)
    draft = upload(finance, year, FULL, FULL.name, FULL.read_bytes())
    apply(finance, year, draft, set(), set(), year.revision)
    return year


@pytest.fixture
def empty(world):
    """A year just opened."""
    return open_year(world.actor("finance"), world.year.department, 2025)


def text_of(client, name, *args, **given):
    answer = client.get(reverse(name, args=args), given)
    assert answer.status_code == 200
    return answer.content.decode()


def edit(world, year, record, row, **texts):
    form = workbook_form().sheet(record)
    row.refresh_from_db()
    outcome = services.edit_row(world.actor("finance"), year, form, row.pk, row.version, texts)
    assert outcome.is_saved


# --- 执行 -------------------------------------------------------------------------------------------------------------


def test_the_bridge_adds_up_and_says_so_when_it_does_not(full, world):
    page = execution(full)
    total = page.bridge.columns[0]
    assert page.bridge.is_right is True
    assert total.initial + sum(total.moved) == total.reached == total.annual
    assert [one.name for one in page.bridge.columns] == ["合计", "基本支出", "项目支出"]
    edit(world, full, "adjustments", AdjustmentRow.objects.filter(year=full).first(), amount="127.5")
    page = execution(full)
    assert page.bridge.is_right is False
    assert page.bridge.columns[0].gap == -1_000_000
    assert "多 1万元" in page.bridge.verdict[0]


def test_payments_add_up_month_by_month_and_the_title_says_what_is_seen(full):
    payments = execution(full).payments
    assert [one.number for one in payments.months] == list(range(1, 13))
    assert payments.months[-1].total == sum(one.paid for one in payments.months)
    assert payments.title == "项目支出到12月累计支付91.8%，比序时进度慢8.2个百分点"
    assert "累计执行率" in payments.drawing
    assert " style=" not in payments.drawing
    assert "<script" not in payments.drawing


def test_projects_behind_lead_to_their_rows_slowest_first(full, sign_in):
    lagging = execution(full).lagging
    assert len(lagging) == 14
    assert [one.rate for one in lagging] == sorted(one.rate for one in lagging)
    assert all(one.rate <= 90 for one in lagging)
    text = text_of(sign_in("finance"), "execution", full.pk)
    for one in lagging:
        assert ProjectRow.objects.get(pk=one.row).name == one.name
        assert reverse("row", args=[full.pk, "projects", one.row]) in text


def test_every_adjustment_shows_its_document_and_its_row(full, sign_in):
    text = text_of(sign_in("auditor"), "execution", full.pk)
    rows = list(AdjustmentRow.objects.filter(year=full))
    assert len(rows) == 25
    for row in rows:
        assert reverse("row", args=[full.pk, "adjustments", row.pk]) in text
    assert "示财预指〔2024〕21号" in text


def test_a_year_that_lacks_figures_says_what_to_fill(empty, world, sign_in):
    client = sign_in("finance")
    assert "还没有预算、调整和支付的数字" in text_of(client, "execution", empty.pk)
    assert "今年还没有做过运行监控" in text_of(client, "monitoring", empty.pk)
    assert "还没有项目" in text_of(client, "self-evaluation", empty.pk)
    text = text_of(client, "execution", world.year.pk)
    assert "还不能核对：缺合计的年初预算数" in text
    assert "<svg" not in text


# --- 监控 -------------------------------------------------------------------------------------------------------------


def test_reference_lights_are_called_so_and_can_be_put_out(full, sign_in):
    rules = rules_of(full)
    assert rules.is_reference
    seen = round_of(full, rules)
    assert sum(count for _, _, count in seen.lights) == len(seen.projects) == seen.known_projects == 106
    dark = round_of(full, rules_of(full, NO_LIGHTS))
    assert dark.lights == []
    client = sign_in("finance")
    text = text_of(client, "monitoring", full.pk)
    assert "下面的灯是参考" in text
    assert 'class="light red"' in text
    text = text_of(client, "monitoring", full.pk, lights=NO_LIGHTS)
    assert 'class="light ' not in text


def test_a_light_follows_its_figures(full, world):
    row = MonitoringRow.objects.filter(year=full, project="DQ01").order_by("position").first()
    light = {one.row: one.light for one in round_of(full, rules_of(full)).projects}
    assert light[row.pk] in ("黄", "绿")
    edit(world, full, "monitoring", row, executed="1")
    light = {one.row: one.light for one in round_of(full, rules_of(full)).projects}
    assert light[row.pk] == "红"


def test_rectification_is_tracked_to_done(full, world, sign_in):
    seen = round_of(full, rules_of(full))
    assert (len(seen.rectifications), len(seen.mended), seen.overdue) == (33, 26, 7)
    first = seen.unmended[0]
    edit(world, full, "monitoring", MonitoringRow.objects.get(pk=first.row), state="已完成")
    seen = round_of(full, rules_of(full))
    assert (len(seen.mended), seen.overdue) == (27, 6)
    edit(world, full, "monitoring", MonitoringRow.objects.get(pk=first.row), measure="")
    again = next(one for one in round_of(full, rules_of(full)).watched if one.row == first.row)
    assert again.lacks == "整改措施"
    assert f"{reverse('row', args=[full.pk, 'monitoring', seen.unmended[0].row])}#f-state" in text_of(
        sign_in("finance"), "monitoring", full.pk
    )


def test_the_bureaus_table_says_how_far_monitoring_is(full, sign_in):
    assert "1-7月，整改 26／33" in text_of(sign_in("bureau_business"), "bureau", year=2024)


def test_a_project_that_nobody_watched_is_named(full, world):
    form = workbook_form().sheet("projects")
    services.add_row(world.actor("finance"), full, form, {"code": "ZZ99", "name": "没有监控的项目"})
    assert [one.name for one in round_of(full, rules_of(full)).missing] == ["没有监控的项目"]


# --- 自评 -------------------------------------------------------------------------------------------------------------


def test_all_projects_stand_with_their_scores(full, sign_in):
    text = text_of(sign_in("vice_head"), "self-evaluation", full.pk)
    for row in ProjectRow.objects.filter(year=full):
        assert reverse("self-evaluation-one", args=[full.pk, row.pk]) in text
    assert "99.55" in text


def test_the_form_opens_each_score_to_its_reckoning(full, sign_in):
    row = ProjectRow.objects.get(year=full, code="DQ01")
    text = text_of(sign_in("finance"), "self-evaluation-one", full.pk, row.pk)
    assert "99.55" in text
    opened = re.findall(r'aria-controls="(why-\d+)"', text)
    assert len(opened) == 12
    assert all(f'id="{one}" hidden' in text for one in opened)
    assert re.search(r'href="[^"]*#f-actual"><code>绩效指标!J\d+</code>', text)


def test_judgements_stand_with_person_and_reason(full, sign_in):
    row = ProjectRow.objects.get(year=full, code="DQ05")
    text = text_of(sign_in("finance"), "self-evaluation-one", full.pk, row.pk)
    assert "党群工作办公室评审员" in text
    assert "线上线下回收感受问卷912份" in text


def test_outside_the_department_names_are_masked(full, sign_in):
    row = ProjectRow.objects.get(year=full, code="DQ05")
    for name, args, person in (
        ("self-evaluation-one", [full.pk, row.pk], "党群工作办公室评审员（"),
        ("monitoring", [full.pk], "消防安全组组长"),
        ("score", [full.pk], "财务科评审员判定"),
    ):
        assert person in text_of(sign_in("finance"), name, *args)
        assert person not in text_of(sign_in("bureau_business"), name, *args)


def test_a_rate_counts_only_projects_with_both_amounts(world):
    page = overview(world.year)
    assert page.without_amounts == 4
    assert page.executed == page.budget == 1_536_003_022


def test_what_is_open_leads_to_the_very_field(world, sign_in):
    client = sign_in("finance")
    text = text_of(client, "score", world.year.pk)
    assert "还没有评的" in text
    link = re.search(r'href="([^"]*/tables/indicators/\d+/#f-actual)">绩效指标', text)[1]
    assert 'id="f-actual"' in client.get(link.partition("#")[0]).content.decode()
    assert reverse("table", args=[world.year.pk, "judged_scores"]) in text
    project = ProjectRow.objects.filter(year=world.year).first()
    assert "还没有评的" in text_of(client, "self-evaluation-one", world.year.pk, project.pk)


def test_what_is_open_for_want_of_a_table_leads_to_that_table(empty, sign_in):
    text = text_of(sign_in("finance"), "score", empty.pk)
    assert f'<a href="{reverse("table", args=[empty.pk, "budget_lines"])}">预算执行</a>' in text


def test_lost_points_are_listed(full, sign_in):
    text = text_of(sign_in("finance"), "score", full.pk)
    assert "丢了分的" in text
    assert "9 项，共 3.85 分" in text


def test_downloads_are_the_official_forms(full, sign_in):
    row = ProjectRow.objects.get(year=full, code="DQ03")
    other = ProjectRow.objects.get(year=full, code="DQ01")
    client = sign_in("auditor")
    for name, args in (("monitoring-word", [full.pk]), ("self-evaluation-file", [full.pk, row.pk])):
        answer = client.get(reverse(name, args=args))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            written = package.read("word/document.xml").decode()
        assert row.name in written
        assert (other.name in written) is (name == "monitoring-word")


def test_all_forms_in_one_file(world, sign_in):
    answer = sign_in("auditor").get(reverse("self-evaluation-word", args=[world.year.pk]))
    assert answer.content[:2] == b"PK"


def test_a_project_of_another_year_is_not_there(full, world, sign_in):
    row = ProjectRow.objects.filter(year=full).first()
    client = sign_in("finance")
    assert client.get(reverse("self-evaluation-one", args=[world.year.pk, row.pk])).status_code == 404


# --- cost and safety --------------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_rows(full, world, sign_in, django_assert_max_num_queries):
    for role in ("finance", "filer"):
        client = sign_in(role)
        for name in (*PAGES, "score", "self-evaluation-one"):
            for year in (world.year, full):
                args = [year.pk]
                if name == "self-evaluation-one":
                    args.append(ProjectRow.objects.filter(year=year).first().pk)
                url = reverse(name, args=args)
                client.get(url)
                with django_assert_max_num_queries(9):
                    client.get(url)


def test_a_page_reckons_the_year_once(full, world, sign_in, monkeypatch):
    from jiheng import workflow
    from jiheng_web.years import bridge, queries
    from jiheng_web.years.lately import Lately

    client, calls = sign_in("finance"), []
    for name in (*PAGES, "score"):
        monkeypatch.setattr(queries, "_LATELY", Lately())
        monkeypatch.setattr(bridge, "_LATELY", Lately())
        reckon = workflow.evaluated_year
        monkeypatch.setattr(
            workflow,
            "evaluated_year",
            lambda *given, reckon=reckon, **named: calls.append(1) or reckon(*given, **named),
        )
        text_of(client, name, full.pk)
        monkeypatch.setattr(workflow, "evaluated_year", reckon)
        assert len(calls) <= 1, name
        calls.clear()


def test_script_in_the_rows_stays_text(full, world, sign_in):
    script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    finance = world.actor("finance")
    for record in ("projects", "adjustments", "monitoring", "self_evaluations", "budget_lines"):
        form = workbook_form().sheet(record)
        choices = {one.field: one.choices[0] if one.choices else script for one in form.columns}
        services.add_row(finance, full, form, choices | {"amount": "1", "part": "项目支出", "measure": script})
    client = sign_in("finance")
    row = ProjectRow.objects.filter(year=full).last()
    for name, args in [*((one, [full.pk]) for one in PAGES), ("self-evaluation-one", [full.pk, row.pk])]:
        text = client.get(reverse(name, args=args)).content.decode()
        assert "<script>alert" not in text, name
        assert "<img src=x" not in text, name
        assert " style=" not in text, name


def test_pages_are_light(full, sign_in):
    import gzip

    client = sign_in("finance")
    for name in PAGES:
        assert len(gzip.compress(client.get(reverse(name, args=[full.pk])).content)) < 60_000, name
