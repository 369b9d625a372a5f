"""Running checks: four outcomes, a region's own levels, checks that other packages bring."""

from dataclasses import dataclass, replace

import pytest

from jiheng import extension
from jiheng.checks import all_checks, check, hit, run_checks
from jiheng.checks.check import Missing
from jiheng.model import BudgetPart, Level
from jiheng.rulebook.check_rules import check_rules

from .case import clear, stated
from .right_year import percent, right_year


def made(id, rule, **rest):
    """A check with the least that one needs."""
    sentences = {"level": Level.ERROR, "basis": "依据", "message": "{what}不对。", "reckoning": "算式", "mend": "改"}
    return check(id, "标题", **{**sentences, **rest})(rule)


def passes(_year, _rules):
    return ()


def finds(year, _rules):
    yield hit(year.budget(BudgetPart.TOTAL), "executed", what="执行数")


def lacks(_year, _rules):
    yield Missing("一项输入")


def breaks(year, _rules):
    yield hit(year.profile, "department", what="部门")
    raise ZeroDivisionError("除以零")


def forgets_a_fact(year, _rules):
    yield hit(year.profile, "department")


RULES = check_rules(right_year().profile.region, right_year().profile.fiscal_year)


def run(*checks, rules=RULES, year=None):
    return run_checks(year or right_year(), rules, checks)


def test_four_outcomes():
    report = run(made("a.passes", passes), made("a.finds", finds), made("a.lacks", lacks), made("a.breaks", breaks))
    assert report.passed == ("a.passes",)
    assert [(one.check, one.level, one.message, str(one.where)) for one in report.findings] == [
        ("a.finds", Level.ERROR, "执行数不对。", "预算执行!F4")
    ]
    assert [(one.check, one.missing) for one in report.not_run] == [("a.lacks", "一项输入")]
    assert [(one.check, one.error) for one in report.broken] == [("a.breaks", "ZeroDivisionError: 除以零")]


def test_a_broken_check_stops_nothing():
    report = run(made("a.breaks", breaks), made("a.forgets", forgets_a_fact), *all_checks())
    assert [one.check for one in report.broken] == ["a.breaks", "a.forgets"]
    assert report.passed == tuple(one.id for one in all_checks())


def test_finding_and_missing_input_stand_side_by_side():
    def both(year, rules):
        yield from finds(year, rules)
        yield from lacks(year, rules)

    report = run(made("a.both", both))
    assert (len(report.findings), len(report.not_run), report.passed) == (1, 1, ())


def test_empty_table_is_missing_by_its_name():
    one = made("a.needs", finds, needs=("projects", "sub_items"))
    report = run(one, year=replace(right_year(), projects=(), sub_items=()))
    assert [missing.missing for missing in report.not_run] == ["“项目”表、“子项任务”表"]
    assert report.findings == ()


def test_head_says_whose_year():
    head = run().document
    assert (head.kind, head.department, head.fiscal_year, head.region) == (
        "年度工作簿",
        "云溪街道办事处",
        2024,
        "110105",
    )


def test_quote_has_two_hundred_characters_at_most():
    def long_quote(year, _rules):
        yield hit(year.profile, "department", quote="字" * 300, what="部门")

    assert len(run(made("a.long", long_quote)).findings[0].quote) == 200


# --- a region's own level ---------------------------------------------------------------------------------------------


def level_of(name, damage, **levels):
    rules = replace(RULES, levels={key.replace("_", "."): level for key, level in levels.items()})
    report = run_checks(damage(right_year()), rules, all_checks())
    return [one.level for one in report.findings if one.check == name]


def test_region_sets_its_own_level():
    damage = stated(execution_rate=percent("99.00"))
    assert level_of("rates.execution", damage) == [Level.ERROR]
    assert level_of("rates.execution", damage, rates_execution=Level.WARNING) == [Level.WARNING]


def test_lighter_case_is_never_made_graver_by_the_region():
    damage = stated(execution_rate=percent("112.05"))
    assert level_of("rates.execution", damage) == [Level.WARNING]
    assert level_of("rates.execution", damage, rates_execution=Level.HINT) == [Level.HINT]
    assert level_of("rates.execution", damage, rates_execution=Level.ERROR) == [Level.WARNING]


def test_region_file_is_rule_data(tmp_path, monkeypatch):
    """A file of a district changes one level and one number; everything else stays the nation's."""
    from jiheng.rulebook import check_rules as module

    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "110105.yaml").write_text(
        'region: "110105"\nfrom_year: "2020"\nlevels: {satisfaction.no_survey: error}\n'
        "parameters:\n  far_above: {value: '120', unit: '%', basis: 区文件, status: unverified}\n",
        encoding="utf-8",
    )
    packs = (*module.packs(), tmp_path)
    monkeypatch.setattr(module, "packs", lambda: packs)
    module._editions.cache_clear()
    try:
        rules = check_rules(right_year().profile.region, right_year().profile.fiscal_year)
    finally:
        module._editions.cache_clear()
    assert (rules.regions, rules.number("far_above"), rules.number("weight_total")) == (("110105", "000000"), 120, 100)
    report = run_checks(replace(right_year(), surveys=()), rules, all_checks())
    assert {one.check: one.level for one in report.findings} == {
        "satisfaction.no_survey": Level.ERROR,
        "satisfaction.stated_no_survey": Level.WARNING,
    }


# --- checks of other packages -----------------------------------------------------------------------------------------


@dataclass
class EntryPoint:
    """What importlib.metadata gives for an installed entry point."""

    name: str
    checks: tuple = ()

    def load(self):
        return lambda: self.checks


@pytest.fixture
def installed(monkeypatch):
    """Pretend that packages with checks are installed."""

    def install(*points):
        monkeypatch.setattr(extension, "entry_points", lambda group: points if group == "jiheng.checks" else ())
        all_checks.cache_clear()

    yield install
    all_checks.cache_clear()


def test_extension_checks_come_last(installed):
    ours = all_checks()
    installed(EntryPoint("b", (made("b.finds", finds),)), EntryPoint("a", (made("a.passes", passes),)))
    assert [one.id for one in all_checks()] == [*(one.id for one in ours), "a.passes", "b.finds"]
    report = run_checks(right_year(), RULES, all_checks())
    assert [one.check for one in report.findings] == ["b.finds"]
    assert report.passed[-1] == "a.passes"


def test_two_checks_of_one_id_are_refused(installed):
    installed(EntryPoint("b", (made("fund.sum", passes),)))
    with pytest.raises(ValueError, match=r"^核查编号重复：fund\.sum$"):
        all_checks()


def test_broken_extension_is_told_and_stops_nothing(installed):
    installed(EntryPoint("b", (made("b.breaks", breaks),)))
    report = run_checks(clear("stated", "score")(right_year()), RULES, all_checks())
    assert [one.check for one in report.broken] == ["b.breaks"]
    assert "fund.sum" in report.passed
