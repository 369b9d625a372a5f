"""An empty installation: a year is opened in the browser, rows are added in blocks, what is refused leads back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.years.models import Year
from jiheng_web.years.queries import rows_of_table
from jiheng_web.years.services import add_rows, open_year


def test_a_clerk_without_a_year_is_led_to_open_one(world, sign_in, monkeypatch):
    client = sign_in("finance")
    monkeypatch.setattr("jiheng_web.years.views.years_within_reach", lambda actor: [])
    assert client.get(reverse("home")).url == reverse("open-year")
    assert "建立年度" in client.get(reverse("open-year")).content.decode()


def test_a_year_is_opened_once_and_the_refusal_leads_back(world, sign_in):
    client = sign_in("finance")
    given = {"department": world.year.department_id, "fiscal_year": timezone.localdate().year}
    made = client.post(reverse("open-year"), given)
    assert made.url == reverse("year", args=[Year.objects.latest("id").pk])
    again = client.post(reverse("open-year"), given, headers={"referer": "http://testserver/open-year/"})
    assert again.status_code == 422
    assert "年度已经有了" in again.content.decode()
    assert 'href="http://testserver/open-year/" data-back' in again.content.decode()
    assert "example" not in client.post(reverse("open-year"), given, headers={"referer": "http://example.com/"}).content.decode()  # fmt: skip


def test_nobody_opens_a_year_elsewhere(world, sign_in):
    answer = sign_in("finance").post(
        reverse("open-year"), {"department": world.other.department_id, "fiscal_year": timezone.localdate().year}
    )
    assert answer.status_code == 200
    assert not Year.objects.filter(department=world.other.department, fiscal_year=timezone.localdate().year).exists()
    with pytest.raises(PermissionDenied):
        open_year(world.actor("filer"), world.year.department, 2030)


def test_an_empty_year_says_what_to_do_first(world, sign_in):
    year = open_year(world.actor("finance"), world.year.department, 2025)
    page = sign_in("finance").get(reverse("year", args=[year.pk])).content.decode()
    assert "填部门概况、职责、任务和总体目标" in page
    assert "还没有可以核查的数据" in sign_in("finance").get(reverse("findings", args=[year.pk])).content.decode()


def test_the_fund_block_of_an_empty_year_can_be_begun(world, sign_in):
    year = open_year(world.actor("finance"), world.year.department, 2025)
    client = sign_in("finance")
    assert "开始填写" in client.get(reverse("table", args=[year.pk, "fund_block"])).content.decode()
    client.post(reverse("row-add", args=[year.pk, "fund_block"]))
    assert len(rows_of_table(year, "fund_block")) == 1
    assert "只有一份" in client.post(reverse("row-add", args=[year.pk, "fund_block"])).content.decode()


def test_ten_empty_rows_change_no_finding_and_stay_in_the_table(world, sign_in):
    before = world.year.errors, world.year.warnings, world.year.hints
    rows = len(rows_of_table(world.year, "duties"))
    answer = sign_in("finance").post(reverse("row-add", args=[world.year.pk, "duties"]), {"count": "10"})
    assert answer.url.startswith(reverse("table", args=[world.year.pk, "duties"]))
    world.year.refresh_from_db()
    assert len(rows_of_table(world.year, "duties")) == rows + 10
    assert (world.year.errors, world.year.warnings, world.year.hints) == before
    with pytest.raises(BadInput, match="1 到 50 行"):
        add_rows(world.actor("finance"), world.year, workbook_form().sheet("duties"), 51)


def test_a_short_password_is_refused_in_chinese(sign_in):
    answer = sign_in("finance").post(
        reverse("password"), {"old_password": "a-long-password-1", "new_password1": "short", "new_password2": "short"}
    )
    assert "密码太短，至少要 10 个字符" in answer.content.decode()
    assert "This password" not in answer.content.decode()
