"""The log: append-only, chained, and nothing writes past it."""

import pytest
from django.db import DatabaseError, connection, transaction

from jiheng_web.audit.guard import NotRecorded
from jiheng_web.audit.models import Entry, Head
from jiheng_web.audit.services import broken_links
from jiheng_web.years.models import IndicatorRow, Year
from jiheng_web.years.services import digest_now


def sentences(world):
    return list(broken_links(world.year.department, digest_now))


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_whole_log_has_nothing_to_say(world):
    assert sentences(world) == []


@pytest.mark.parametrize("write", [
    lambda rows: rows.update(name="x"),
    lambda rows: rows.delete(),
    lambda rows: rows.bulk_update(list(rows), ["name"]),
    lambda rows: rows.bulk_create([IndicatorRow(year_id=1, position=1)]),
    lambda rows: rows.first().save(),
    lambda rows: rows.first().delete(),
    lambda rows: rows.create(year_id=1, position=1),
    lambda rows: Year.objects.update(state="已封存报送"),
])  # fmt: skip
def test_no_way_of_writing_passes_it_by(write, world):
    with pytest.raises(NotRecorded):
        write(IndicatorRow.objects.filter(year=world.year))


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(statement, world):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)


@pytest.mark.parametrize("statement", [
    "UPDATE y_indicator SET cells_text = '{}', version = version + 1",
    "UPDATE y_project SET executed_fen = 1 WHERE executed_fen IS NOT NULL",
    "UPDATE year SET state = '已封存报送'",
    "DELETE FROM y_budget_line",
])  # fmt: skip
def test_what_was_written_past_everything_is_found(statement, world):
    run(statement)
    assert any("在操作记录之外被改动过" in one for one in sentences(world))


def test_a_tampered_log_is_found(world):
    triggers = ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]
    for one in triggers:
        run(one + (" ON audit_entry" if connection.vendor == "postgresql" else ""))
    department = world.year.department
    last = Entry.objects.filter(department=department).order_by("-number").first()
    with transaction.atomic():
        Entry.objects.filter(pk=last.pk).update(actor_name="别人")
        assert f"第 {last.number} 条被改动过" in sentences(world)
        Entry.objects.filter(pk=last.pk).delete()
        assert any("末尾的记录被删除" in one for one in sentences(world))
        Entry.objects.filter(department=department, number=1).delete()
        assert "第 1 条缺失" in sentences(world)
    assert Head.objects.get(department=department).number == last.number
