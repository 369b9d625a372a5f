"""Changing rows: two editors, locks, offices, and what a workbook may change."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.audit.models import Entry
from jiheng_web.years import imports, services
from jiheng_web.years.entering import said
from jiheng_web.years.models import IndicatorRow
from jiheng_web.years.states import State

from .conftest import FIRST

FORM = workbook_form().sheet("indicators")


@pytest.fixture
def row(world):
    return IndicatorRow.objects.filter(year=world.year).first()


def test_saving_counts_the_version_and_writes_the_log(world, row):
    outcome = services.edit_row(world.actor("finance"), world.year, FORM, row.pk, row.version, {"actual": "95"})
    assert outcome.is_saved
    row.refresh_from_db()
    assert (said(row.cells, "actual"), row.version) == ("95", 2)
    entry = Entry.objects.filter(department=world.year.department).last()
    assert entry.action == "修改绩效指标"
    assert json.loads(entry.detail)[0]["after"] == "95"
    assert entry.digest == world.year.digest


def test_saving_what_is_there_leaves_no_trace(world, row):
    before = Entry.objects.count(), world.year.revision
    same = {name: said(row.cells, name) for name in ("name", "target", "weight")}
    assert services.edit_row(world.actor("finance"), world.year, FORM, row.pk, row.version, same).is_saved
    world.year.refresh_from_db()
    assert (Entry.objects.count(), world.year.revision) == before


def test_the_second_editor_sees_the_difference_and_loses_nothing(world, row):
    services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"actual": "95"})
    outcome = services.edit_row(world.actor("specialist"), world.year, FORM, row.pk, 1, {"actual": "92"})
    assert not outcome.is_saved
    assert [(one.title, one.theirs, one.mine) for one in outcome.differences] == [("实际完成值", "95", "92")]
    row.refresh_from_db()
    assert said(row.cells, "actual") == "95"
    assert services.edit_row(world.actor("specialist"), world.year, FORM, row.pk, 2, {"actual": "92"}).is_saved


def test_goals_are_locked_once_approved_and_actuals_are_not(world, row, to_state):
    to_state(State.EVALUATION)
    with pytest.raises(BadInput, match="“绩效指标值”已锁定"):
        services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"target": "1"})
    assert services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"actual": "95"}).is_saved
    with pytest.raises(BadInput, match="不能加行"):
        services.add_row(world.actor("finance"), world.year, FORM)


def test_an_office_writes_its_own_rows_only(world, row):
    with pytest.raises(PermissionDenied):
        services.edit_row(world.actor("filer"), world.year, FORM, row.pk, 1, {"actual": "95"})
    mine = services.add_row(world.actor("filer"), world.year, FORM)
    assert mine.office == "城管科0"
    assert services.edit_row(world.actor("filer"), world.year, FORM, mine.pk, 1, {"name": "新指标"}).is_saved
    with pytest.raises(PermissionDenied):  # and cannot give it away to write it as another's
        services.edit_row(world.actor("filer"), world.year, FORM, mine.pk, 2, {"office": "财政科"})


def test_auditors_cannot_write_even_past_the_routes(world, row):
    for role in ("auditor", "discipline", "bureau_business", "head"):
        with pytest.raises(PermissionDenied):
            services.edit_row(world.actor(role), world.year, FORM, row.pk, 1, {"actual": "1"})
    with pytest.raises(PermissionDenied):
        services.edit_row(world.actor("finance", 1), world.year, FORM, row.pk, 1, {"actual": "1"})


def test_a_deleted_row_stays_in_the_log(world, row):
    name = row.name
    with pytest.raises(BadInput, match="刚被别人改过"):
        services.remove_row(world.actor("finance"), world.year, FORM, row.pk, 7)
    services.remove_row(world.actor("finance"), world.year, FORM, row.pk, 1)
    assert name in Entry.objects.filter(department=world.year.department).last().detail
    with pytest.raises(BadInput, match="已被别人删除"):
        services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"actual": "1"})


# --- workbooks --------------------------------------------------------------------------------------------------------


def uploaded(world):
    return imports.upload(world.actor("finance"), world.year, FIRST, FIRST.name, FIRST.read_bytes())


def test_the_same_workbook_changes_nothing(world):
    assert all(one.is_empty for one in imports.changes_of(world.year, uploaded(world)))


def test_each_change_is_accepted_or_refused(world):
    rows = list(IndicatorRow.objects.filter(year=world.year)[:3])
    for row, text in zip(rows, ("7001", "7002", "7003"), strict=True):
        services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"target": text})
    services.remove_row(world.actor("finance"), world.year, FORM, rows[2].pk, 2)
    extra = services.add_row(world.actor("finance"), world.year, FORM, {"name": "多出来的", "dimension": "产出指标"})
    draft = uploaded(world)
    table = next(one for one in imports.changes_of(world.year, draft) if one.form is FORM)
    assert (len(table.added), len(table.changed), [one.name for one in table.absent]) == (1, 2, ["多出来的"])
    refused = {table.changed[0].id}
    count = imports.apply(world.actor("finance"), world.year, draft, refused, {table.absent[0].id}, world.year.revision)
    assert count == 3
    rows[0].refresh_from_db()
    rows[1].refresh_from_db()
    assert said(rows[0].cells, "target") == "7001"
    assert said(rows[1].cells, "target") != "7002"
    assert not IndicatorRow.objects.filter(pk=extra.pk).exists()
    with pytest.raises(BadInput, match="已经导入过"):
        imports.apply(world.actor("finance"), world.year, draft, set(), set(), world.year.revision)


def test_a_preview_that_is_out_of_date_is_not_applied(world):
    draft, seen = uploaded(world), world.year.revision
    row = IndicatorRow.objects.filter(year=world.year).first()
    services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"actual": "1"})
    with pytest.raises(BadInput, match="再看一遍预览"):
        imports.apply(world.actor("finance"), world.year, draft, set(), set(), seen)
    draft.refresh_from_db()
    assert draft.applied_at is None


def test_another_departments_workbook_is_refused(world):
    with pytest.raises(BadInput, match="请核对“基本信息”"):
        imports.upload(world.actor("finance", 1), world.other, FIRST, FIRST.name, b"")


def test_a_workbook_cannot_change_locked_goals(world, to_state):
    row = IndicatorRow.objects.filter(year=world.year).first()
    services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"target": "7001"})
    to_state(State.EVALUATION)
    draft = uploaded(world)
    table = next(one for one in imports.changes_of(world.year, draft) if one.form is FORM)
    assert table.changed[0].locked == ("绩效指标值",)
    imports.apply(world.actor("finance"), world.year, draft, set(), set(), world.year.revision)
    row.refresh_from_db()
    assert said(row.cells, "target") == "7001"
