"""Every number and method that a score rests on has a Chinese name of its own."""

from datetime import date

import pytest

from jiheng.errors import BadInput
from jiheng.rulebook.catalogue import catalogue
from jiheng.rulebook.naming import names_of, path_named, scoring_editions
from jiheng.rulebook.parameters import cited_parts
from jiheng.rulebook.resolve import resolve
from jiheng.values import FiscalYear, RegionCode

SCORED = [edition.id for edition in scoring_editions(catalogue().editions.values())]


def rules_with(name):
    return resolve(RegionCode("110105"), FiscalYear(2024), date(2026, 1, 1), chosen=[name])


@pytest.mark.parametrize("name", SCORED)
def test_every_part_has_one_name_and_every_name_one_part(name):
    rules = rules_with(name)
    paths = {part.path for one in (*scoring_editions(rules.editions), *rules.scales) for part in cited_parts(one)}
    assert paths <= {path for path, said in rules.names.items() if said}
    assert len(set(rules.names.values())) == len(rules.names)
    known = names_of(rules.editions, rules.scales)
    assert {path: path_named(said, known) for path, said in rules.names.items()} == {path: path for path in rules.names}


def test_names_read_as_a_clerk_would_say_them():
    names = rules_with("practice-platform-adjustment").names
    assert [
        names["bj-department-2022/blocks.management.items.carryover.rule.deduct"],
        names["bj-department-2022/blocks.goals.frames.two_halves.parts.effect.points"],
        names["mof-grades-2020/grades.优.floor"],
        names["scales/five.levels.良.floor"],
        names["practice-platform-adjustment/caps.bands.2.award"],
    ] == [
        "结转结余率的每步扣分",
        "效果（含满意度）的分值",
        "等级“优”的下限",
        "优良中低差“良”的下限",
        "得分封顶第2档的得分",
    ]


def test_a_name_that_fits_several_is_told_in_one_sentence():
    rules = rules_with("bj-department-2022")
    with pytest.raises(BadInput) as error:
        path_named("满分", names_of(rules.editions, rules.scales))
    assert error.value.sentence == ("评分判定里的“满分”可以指 3 个规则参数，请写全名，如“部门整体绩效评价·满分”")
