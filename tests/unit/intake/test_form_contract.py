"""The workbook's form and the records agree: every column has its field, every field its place."""

from dataclasses import fields

import pytest

from jiheng.intake.headings import names_of
from jiheng.intake.records import field_names
from jiheng.model import Actual, DepartmentYear
from jiheng.rulebook.forms import SheetForm, workbook_form

FORM = workbook_form()
SETTLED = {
    "indicators": ({"actual", "as_of", "evidence", "deviation_note"}, {"scale", "target_text", "actual"}),
    "monitoring": (set(), {"reached_level"}),
    "management_facts": (set(), {"figure", "text"}),
}
"""Columns that end up inside another field, and fields that are settled from another column (`intake.records`)."""


def sheets() -> list[object]:
    return [pytest.param(one, id=one.record) for one in FORM.sheets]


@pytest.mark.parametrize("sheet", sheets())
def test_every_column_is_a_field_and_every_field_has_a_column(sheet: SheetForm) -> None:
    columns = {column.field for column in sheet.columns}
    inside, settled = SETTLED.get(sheet.record, (set(), set()))
    assert (columns - inside) | settled | {"origin"} == set(field_names(sheet.record))


def test_what_is_inside_an_actual_is_a_field_of_it() -> None:
    inside = SETTLED["indicators"][0] - {"actual"} | {"value", "level", "text"}
    assert inside == {one.name for one in fields(Actual)}


def test_every_record_of_a_year_has_its_sheet() -> None:
    assert {one.name for one in fields(DepartmentYear)} - {"source"} == {one.record for one in FORM.sheets}


@pytest.mark.parametrize("sheet", sheets())
def test_no_heading_may_mean_two_columns(sheet: SheetForm) -> None:
    names = [name for column in sheet.columns for name in set(names_of(column))]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("sheet", sheets())
def test_keys_offices_and_ways_through_are_columns(sheet: SheetForm) -> None:
    named = {*sheet.key, *(name for name in (sheet.office, sheet.through) if name)}
    assert named <= {column.field for column in sheet.columns}


def test_sheet_names_and_their_other_names_are_all_different() -> None:
    names = [name for one in FORM.sheets for name in (one.name, *one.aliases)]
    assert sorted(names) == sorted(set(names))
