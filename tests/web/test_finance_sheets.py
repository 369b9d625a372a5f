"""Tables of a finance system come in by the same door as workbooks: seen before they are taken over."""

import pytest
from openpyxl import Workbook

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.years import bridge, imports, services


def sheet(tmp_path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / "指标执行表.xlsx"
    book.save(path)
    return path


def upload(world, path):
    return imports.upload(world.actor("finance"), world.year, path, path.name, path.read_bytes())


CODE, NAME = "J01", "雨水管网改造"


@pytest.fixture(autouse=True)
def project(world):
    """A project with a code of its own."""
    form = workbook_form().sheet("projects")
    services.add_row(world.actor("finance"), world.year, form, {"code": CODE, "name": NAME})
    world.year.refresh_from_db()


@pytest.mark.parametrize(
    "heading",
    [("项目代码", "项目名称", "调整预算数（元）", "累计支付数（元）"), ("项目名称", "全年预算数(元)", "支付数(元)")],
)
def test_amounts_by_project_change_just_those_projects(world, tmp_path, heading):
    names = [CODE, NAME] if len(heading) == 4 else [NAME]
    draft = upload(world, sheet(tmp_path, heading, [*names, 5200000, 1234567.89]))
    (table,) = [one for one in imports.changes_of(world.year, draft) if not one.is_empty]
    assert (table.form.record, len(table.changed), len(table.added)) == ("projects", 1, 0)
    assert {title: new for title, _, new in table.changed[0].fields} == {
        "全年预算数": "5200000元",
        "执行数": "1234567.89元",
    }
    imports.apply(world.actor("finance"), world.year, draft, set(), set(), world.year.revision)
    world.year.refresh_from_db()
    year = bridge.bound(world.year).intake.year
    taken = next(one for one in year.projects if one.code == CODE)
    assert (str(taken.annual_budget), str(taken.executed)) == ("5200000元", "1234567.89元")
    assert len(year.projects) == len(bridge.rows_of(world.year)["projects"])


def test_amounts_without_a_unit_are_not_guessed(world, tmp_path):
    path = sheet(tmp_path, ["项目编码", "项目名称", "全年预算数", "支付数"], [CODE, NAME, 520, 123])
    with pytest.raises(BadInput, match="没有写单位"):
        upload(world, path)


def test_a_table_of_something_else_is_refused_in_one_sentence(world, tmp_path):
    with pytest.raises(BadInput, match="没有认出任何一张表"):
        upload(world, sheet(tmp_path, ["姓名", "电话"], ["某人", "1"]))
