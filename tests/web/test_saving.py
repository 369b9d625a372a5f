"""A save reads anew only what it touched; what it finds is what a whole evaluation finds."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiheng import workflow
from jiheng.checks import Memory, all_checks, run_checks
from jiheng.errors import BadInput
from jiheng.rulebook.check_rules import check_rules
from jiheng.rulebook.forms import workbook_form
from jiheng_web.years import bridge, queries, services
from jiheng_web.years.models import Year
from jiheng_web.years.queries import evaluated, rows_of_table, today

TEXTS = ("", "0", "3", "12.5", "95%", "1200000", "100万元", "按时完成", "P001", "2024-06-30", "不清楚")


def bare(year):
    return replace(year, source=None)


def told(result):
    report = result.checked.report
    return report.findings, report.passed, report.not_run, report.broken, result.sheet


def afresh(year):
    """The year read from its rows and evaluated with nothing kept from before."""
    kept = bridge._PARTS
    bridge._PARTS = type(kept)(most=6000)
    try:
        made = bridge.read(year, bridge.rows_of(year))
    finally:
        bridge._PARTS = kept
    result = workflow.evaluated_year(made.intake.year, today(), with_projects=False)
    report = replace(result.checked.report, findings=(*made.intake.faults, *result.checked.report.findings))
    return made, told(replace(result, checked=workflow.Checked(report, ())))


def change_something(actor, year, chance):
    form = chance.choice([one for one in workbook_form().sheets if one.record != "profile"])
    rows = rows_of_table(year, form.record)
    if form.kind == "table" and (not rows or chance.random() < 0.15):
        services.add_row(actor, year, form, {form.columns[0].field: chance.choice(TEXTS)})
    elif form.kind == "table" and chance.random() < 0.15:
        row = chance.choice(rows)
        services.remove_row(actor, year, form, row.pk, row.version)
    elif rows:
        row, column = chance.choice(rows), chance.choice(form.columns)
        services.edit_row(actor, year, form, row.pk, row.version, {column.field: chance.choice(TEXTS)})


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_it_says_what_a_whole_evaluation_says(seed, world):
    chance, actor, year = random.Random(seed), world.actor("finance"), world.year
    for _ in range(12):
        try:
            change_something(actor, year, chance)
        except BadInput:  # locked, or nothing that can be written there
            continue
        stored = Year.objects.get(pk=year.pk)
        made, whole = afresh(stored)
        assert bare(bridge.bound(stored).intake.year) == bare(made.intake.year)
        assert told(evaluated(stored)) == whole
        assert bridge.digest_of(made.tables, stored.state) == stored.digest == services.digest_now(year.pk)
        assert bridge.bound(stored).ids == made.ids


def test_a_save_reads_only_the_table_that_was_written(world):
    form = workbook_form().sheet("indicators")
    row = rows_of_table(world.year, "indicators")[0]
    services.edit_row(world.actor("finance"), world.year, form, row.pk, row.version, {"deviation_note": "先读一遍"})
    row.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        services.edit_row(world.actor("finance"), world.year, form, row.pk, row.version, {"deviation_note": "再改"})
    read = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert not any("y_payment" in one or "y_plain_row" in one for one in read)
    assert len(asked) <= 14


def test_a_change_of_state_reads_no_table(world):
    form = workbook_form().sheet("indicators")
    row = rows_of_table(world.year, "indicators")[0]
    services.edit_row(world.actor("finance"), world.year, form, row.pk, row.version, {"deviation_note": "先读一遍"})
    with CaptureQueriesContext(connection) as asked, services.writing(world.actor("finance"), world.year, "催办"):
        pass
    assert not any("y_indicator" in one["sql"] for one in asked)


def test_what_is_kept_is_not_taken_for_rows_that_changed_behind_it(world):
    """Another process saved: the year's digest is another, so everything is read again."""
    services.edit_row(*_note(world, "这里"))
    year = Year.objects.get(pk=world.year.pk)
    kept = bridge._LATELY.get(year.pk)
    services.edit_row(*_note(world, "那里"))
    bridge._LATELY.keep(year.pk, kept)  # as a process that did not see the second save
    now = Year.objects.get(pk=year.pk)
    assert bridge.bound(now) is not kept
    assert bridge.bound(now).intake.year.indicators[0].name == "那里"
    services.edit_row(*_note(world, "又这里"))
    now = Year.objects.get(pk=year.pk)
    assert now.digest == services.digest_now(now.pk)


def test_a_reading_between_two_saves_is_not_kept_under_the_older_name(world):
    services.edit_row(*_note(world, "一"))
    old = Year.objects.get(pk=world.year.pk)
    services.edit_row(*_note(world, "二"))
    bridge._LATELY = type(bridge._LATELY)(most=64)
    queries._LATELY = type(queries._LATELY)(most=64)
    assert evaluated(old).year.indicators[0].name == "二"  # the rows are newer than the year in hand
    assert bridge._LATELY.get(old.pk) is None
    assert queries._LATELY.get(old.pk) is None


def _note(world, text):
    row = rows_of_table(world.year, "indicators")[0]
    form = workbook_form().sheet("indicators")
    return world.actor("finance"), world.year, form, row.pk, row.version, {"name": text}


def test_only_checks_of_changed_tables_run_again(world):
    year = bridge.bound(world.year).intake.year
    rules, memory, ran = check_rules(year.profile.region, year.profile.fiscal_year), Memory(), []

    def watched(one):
        def rule(year, rules):
            ran.append(one.id)
            return one.rule(year, rules)

        return replace(one, rule=rule)

    checks = [watched(one) for one in all_checks()]
    first = run_checks(year, rules, checks, memory)
    every = set(ran)
    ran.clear()
    assert run_checks(year, rules, checks, memory) == first
    assert ran == []
    changed = replace(year, indicators=year.indicators[1:])
    assert run_checks(changed, rules, checks, memory) == run_checks(changed, rules, all_checks())
    assert {"targets.unit_unlike_name"} <= set(ran) < every
    assert "execution.sum" not in ran
