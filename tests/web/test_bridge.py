"""Rows ↔ records: what the database keeps means exactly what the workbook says."""

from dataclasses import fields, is_dataclass, replace

import pytest
from django.apps import apps
from django.db import connection

from jiheng.intake.reader import read_workbook
from jiheng.rulebook.forms import CellType, workbook_form
from jiheng_web.evaluation.files import one_file
from jiheng_web.years import bridge, entering
from jiheng_web.years.models import BIG, AdjustmentRow, BudgetRow

from .conftest import FIRST, SAMPLES, SECOND


def bare(value):
    """A record without the places it came from."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name for one in fields(value)}
        if "origin" in named:
            value = replace(value, origin=None)
        return replace(value, source=None) if "source" in named and hasattr(value, "profile") else value
    return value


def bare_year(year):
    return {
        one.name: tuple(bare(item) for item in value)
        if isinstance(value := getattr(year, one.name), tuple)
        else bare(value)
        for one in fields(year)
        if one.name != "source"
    }


@pytest.mark.parametrize(("at", "file"), [(0, FIRST), (1, SECOND)])
def test_rows_give_the_very_year_of_the_workbook(at, file, world):
    year = (world.year, world.other)[at]
    assert bare_year(bridge.bound(year).intake.year) == bare_year(read_workbook(file).year)


def test_the_exported_workbook_says_the_same(world, tmp_path):
    path = tmp_path / "out.xlsx"
    path.write_bytes(one_file(world.year, "年度工作簿.xlsx"))
    again, here = read_workbook(path), bridge.bound(world.year).intake
    assert bare_year(again.year) == bare_year(here.year)
    places = [(one.where.sheet, one.where.cell, one.message) for one in again.faults]
    assert places == [(one.where.sheet, one.where.cell, one.message) for one in here.faults]


def test_money_is_exact_to_the_fen(world):
    total = BudgetRow.objects.get(year=world.year, name="合计")
    assert total.executed_fen == 31385_997668
    assert {one.amount_fen for one in AdjustmentRow.objects.filter(year=world.year)} == {
        one.amount.money.fen for one in bridge.bound(world.year).intake.year.adjustments if one.amount
    }


@pytest.mark.parametrize("model", BIG)
def test_every_money_column_of_the_form_has_a_column_in_fen(model):
    form = workbook_form().sheet(model.record)
    assert {one.field for one in form.columns if one.type is CellType.MONEY} == set(model.money)
    assert {one.name for one in model._meta.get_fields()} >= {f"{name}_fen" for name in model.money}


def test_small_tables_hold_no_money_that_the_database_would_sum():
    big = {model.record for model in BIG}
    forms = [one for one in workbook_form().sheets if one.record not in big and one.kind == "table"]
    assert not [one.record for one in forms if any(column.type is CellType.MONEY for column in one.columns)]


def test_names_stay_within_thirty_characters():
    own = [one for app in apps.get_app_configs() if app.name.startswith("jiheng_web.") for one in app.get_models()]
    assert len(own) > 10
    long = [one._meta.db_table for one in own if len(one._meta.db_table) > 30]
    long += [field.column for one in own for field in one._meta.local_fields if len(field.column) > 30]
    long += [
        one.name for model in own for one in (*model._meta.constraints, *model._meta.indexes) if len(one.name) > 30
    ]
    assert long == []


def test_no_type_that_only_postgresql_has():
    own = [one for app in apps.get_app_configs() if app.name.startswith("jiheng_web.") for one in app.get_models()]
    kinds = {field.get_internal_type() for one in own for field in one._meta.local_fields}
    assert not kinds & {"JSONField", "ArrayField", "HStoreField", "DecimalField", "FloatField"}


def test_findings_lead_back_to_rows(world):
    from jiheng_web.years.queries import placed_findings, row_named

    spots = [(one, spot) for _, found in placed_findings(world.year) for one, spot in found]
    led = [(one, spot) for one, spot in spots if spot and spot.row_id and spot.field]
    assert len(led) > 10
    for one, spot in led:
        row = row_named(world.year, spot.record, spot.row_id)
        if one.quote and one.check == "actuals.missing":
            assert entering.shown_cells(row).get(spot.field, "") in one.quote


def test_constant_queries_whatever_the_number_of_rows(world, django_assert_num_queries):
    with django_assert_num_queries(len(BIG) + 1):
        bridge.rows_of(world.year)


def test_it_runs_on_the_database_that_was_asked_for():
    from jiheng_web.project.testing import WANTED

    assert connection.vendor == WANTED


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.xlsx")), ids=lambda file: file.stem)
def test_tables_read_one_by_one_make_the_year_that_the_whole_makes(file, world):
    """What the web keeps by table is what the engine reads at once: records, faults, what is left over."""
    from jiheng.formats import Book
    from jiheng.intake.reader import bind_book, read_workbook
    from jiheng.rulebook.forms import workbook_form
    from jiheng_web.years import bridge, entering
    from jiheng_web.years.services import new_row

    world.year.digest = ""
    rows = {}
    for record, found in entering.cells_of_workbook(read_workbook(file)).items():
        form = workbook_form().sheet(record)
        rows[record] = [new_row(world.year, form, at, cells, world.actor("finance")) for at, cells in enumerate(found)]
    if len(rows["indicators"]) > 3:  # something to complain about, in several tables
        rows["indicators"][2].cells = rows["indicators"][2].cells | {"target": "不少于", "weight": "很多"}
        rows["budget_lines"][0].cells = rows["budget_lines"][0].cells | {"executed": "约一百"}
    sheets = tuple(bridge._sheet(form, rows[form.record]) for form in workbook_form().sheets if rows.get(form.record))
    whole, parts = bind_book(Book(bridge.NAME, "", sheets)), bridge.read(world.year, rows).intake
    assert parts.year == whole.year
    assert (parts.faults, parts.unrecognised) == (whole.faults, whole.unrecognised)
    assert len(whole.faults) >= 2 or len(rows["indicators"]) <= 3
