"""Resolution by region, year and day; resolved editions as golden files (JIHENG_UPDATE_GOLDEN=1 writes them anew)."""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from jiheng.errors import BadInput, BadRules
from jiheng.rulebook.catalogue import catalogue, kind_of
from jiheng.rulebook.confirm import Confirmation
from jiheng.rulebook.editions import Kind
from jiheng.rulebook.resolve import RuleSet, resolve, with_confirmations
from jiheng.values import FiscalYear, RegionCode

GOLDEN = Path(__file__).parent.parent / "golden" / "rules"
ANY = TypeAdapter(Any)


def resolved(region: str, year: int, as_of: date = date(2026, 6, 30), **more) -> RuleSet:
    return resolve(RegionCode(region), FiscalYear(year), as_of, **more)


def ids(rules: RuleSet) -> dict[str, str]:
    return {kind_of(edition).value: edition.id for edition in rules.editions}


def compare(path: Path, text: str) -> None:
    if os.environ.get("JIHENG_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} 还没有；用 JIHENG_UPDATE_GOLDEN=1 生成，看过再提交"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(catalogue().editions))
def test_edition_is_what_was_reviewed(name: str):
    content = ANY.dump_python(catalogue().edition(name), mode="json", serialize_as_any=True)
    compare(GOLDEN / f"{name}.json", json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def test_no_golden_file_is_left_over():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(catalogue().editions)


WHERE = [
    ("110105", 2023),
    ("110000", 2021),
    ("000000", 2021),
    ("000000", 2023),
    ("410105", 2024),
    ("420100", 2024),
    ("430600", 2024),
    ("510100", 2025),
]


def test_resolved_rule_sets_are_what_was_reviewed():
    lines = []
    for region, year in WHERE:
        rules = resolved(region, year)
        lines.append(f"{region} {year}  {rules.sha256}")
        lines += [f"  {kind}: {name}" for kind, name in ids(rules).items()]
        lines += [f"  - {note}" for note in rules.notes]
    compare(GOLDEN / "resolved.txt", "\n".join(lines) + "\n")


def test_a_district_falls_back_in_the_open():
    rules = resolved("110105", 2023)
    assert ids(rules)["department_evaluation"] == "bj-department-2022"
    assert rules.notes[0] == (
        "部门整体绩效评价：北京市朝阳区（110105）没有自己的规则，用北京市（110000）的“部门整体绩效评价指标体系评分表（北京市）”"
    )


def test_the_year_evaluated_picks_the_edition():
    assert ids(resolved("000000", 2021))["project_self_evaluation"] == "mof-project-self-2020"
    assert ids(resolved("000000", 2023))["project_self_evaluation"] == "mof-project-self-2021"


def test_a_rule_for_central_departments_does_not_reach_a_district():
    assert ids(resolved("110105", 2023))["project_self_evaluation"] == "mof-project-self-2020"


def test_what_is_issued_later_is_not_known_yet():
    assert ids(resolved("000000", 2023, date(2021, 8, 17)))["project_self_evaluation"] == "mof-project-self-2020"
    assert ids(resolved("000000", 2023, date(2021, 8, 18)))["project_self_evaluation"] == "mof-project-self-2021"


def test_no_rule_at_all_is_an_error():
    with pytest.raises(BadInput, match="2005 年没有任何适用的规则"):
        resolved("110105", 2005)


def test_a_missing_kind_is_an_error_never_a_default():
    with pytest.raises(BadInput, match="没有“自评复核”的规则"):
        resolved("110105", 2023).edition(Kind.RECHECK)


def test_a_practice_applies_only_where_it_is_chosen():
    rules = resolved("110105", 2023, chosen=["practice-platform-adjustment"])
    assert rules.adjustment is not None
    assert rules.notes[-1] == "得分调整：由使用人指定“按执行率封顶、超额扣分（某平台的做法）”"
    assert resolved("110105", 2023).adjustment is None


def test_an_unknown_choice_is_told():
    with pytest.raises(BadRules, match="没有代号为“nothing”的规则"):
        resolved("110105", 2023, chosen=["nothing"])


def test_a_region_nobody_names_still_falls_back():
    assert resolved("659001", 2024).notes[0].startswith("部门整体绩效评价：659001没有自己的规则，用全国（000000）")


STEP = "bj-department-2022/blocks.management.items.variance.rule.deduct"


def test_a_confirmation_is_on_record_and_changes_the_hash():
    before = resolved("110105", 2023)
    said = Confirmation(path=STEP, person="李四", reason="区财政局2024年通知", value=Decimal("0.2"))
    after = with_confirmations(before, [said])
    rule = after.scheme(Kind.DEPARTMENT).blocks[2].items[-1].rule
    assert (rule.deduct.value, rule.deduct.status.label, rule.deduct.person) == (Decimal("0.2"), "已确认", "李四")
    assert before.sha256 != after.sha256
    assert resolved("110105", 2023, confirmations=[said]).sha256 == after.sha256


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Confirmation(path=STEP, person="", reason="通知"), "规则参数“{p}”的确认要写明判定人和理由"),
        (Confirmation(path=STEP, person="李四", reason="通知", value=Decimal(-1)), "规则参数“{p}”不能改成负数 -1"),
        (
            Confirmation(
                path="bj-department-2022/blocks.goals.convert", person="李四", reason="通知", value=Decimal(1)
            ),
            "“bj-department-2022/blocks.goals.convert”是计分方法，只能确认，不能换成数字 1",
        ),
        (
            Confirmation(path="bj-department-2022/blocks.nothing.points", person="李四", reason="通知"),
            "评分判定里的“bj-department-2022/blocks.nothing.points”不是现用规则的参数；用 jiheng rules show 查看参数编号",
        ),
        (
            Confirmation(
                path="bj-department-2022/blocks.execution.points", person="李四", reason="通知", value=Decimal(25)
            ),
            "按判定记录替换规则参数后，规则自相矛盾：判定记录 第 1 行：“当年预算执行情况”各项分值合计 20，与“当年预算执行情况”的 25 不等",
        ),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(said: Confirmation, sentence: str):
    with pytest.raises(BadInput) as error:
        with_confirmations(resolved("110105", 2023), [said])
    assert error.value.sentence == sentence.format(p=STEP)


def test_resolving_does_not_depend_on_the_order_of_anything():
    assert resolved("110105", 2023).sha256 == resolved("110105", 2023).sha256
    assert resolved("110105", 2023).sha256 != resolved("110105", 2024).sha256
