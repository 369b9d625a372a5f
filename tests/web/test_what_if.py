"""试算: the score with another value in one field, reckoned as the real one would be, and nothing kept."""

from decimal import Decimal

import pytest
from django.urls import reverse

from jiheng_web.evaluation.what_if import trial
from jiheng_web.years.models import IndicatorRow
from jiheng_web.years.queries import evaluated
from jiheng_web.years.services import edit_row


def own_rows(year):
    """The department's own indicators that have an actual and did not reach it, or have none."""
    return IndicatorRow.objects.filter(year=year, project="").order_by("position")


def the_form():
    from jiheng.rulebook.forms import workbook_form

    return workbook_form().sheet("indicators")


def test_a_trial_says_what_saving_would_give(world):
    year = world.year
    row = next(one for one in own_rows(year) if "actual" not in one.cells)
    before = evaluated(year).sheet
    made = trial(year, the_form(), row, "actual", "100")
    (compared,) = made.sheets
    assert compared.before.scored == before.scored
    assert [one.after.name for one in compared.moved] == [row.name]

    edit_row(world.actor("finance"), year, the_form(), row.pk, row.version, {"actual": "100"})
    year.refresh_from_db()
    after = evaluated(year).sheet
    assert (after.scored, after.open_points, after.grade) == (
        compared.after.scored,
        compared.after.open_points,
        compared.after.grade,
    )


def test_nothing_is_kept(world, sign_in):
    row = own_rows(world.year).first()
    digest, cells = world.year.digest, row.cells
    address = reverse("what-if", args=[world.year.pk, "indicators", row.pk])
    page = sign_in("finance").get(address, {"field": "actual", "value": "3"}).content.decode()
    assert "只算不存" in page
    assert "试算怎么来的" in page or "没有变化" in page
    world.year.refresh_from_db()
    row.refresh_from_db()
    assert (world.year.digest, row.cells) == (digest, cells)
    assert evaluated(world.year).sheet.scored >= Decimal(0)


@pytest.mark.parametrize("text", ["九十五点", "<script>alert(1)</script>", "=1+1", "9" * 300])
def test_what_cannot_be_read_is_said(world, sign_in, text):
    row = own_rows(world.year).first()
    address = reverse("what-if", args=[world.year.pk, "indicators", row.pk])
    answer = sign_in("finance").get(address, {"field": "actual", "value": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_only_what_scores_rest_on_can_be_tried(world, sign_in):
    row = own_rows(world.year).first()
    address = reverse("what-if", args=[world.year.pk, "indicators", row.pk])
    answer = sign_in("finance").get(address, {"field": "name", "value": "别的"})
    assert answer.status_code == 422
    assert "不影响得分" in answer.content.decode()


def test_the_score_page_leads_to_it(world, sign_in):
    page = sign_in("finance").get(reverse("score", args=[world.year.pk])).content.decode()
    assert "/score/try/indicators/" in page
