"""管理情况: answers that contradict each other, and staff beyond the establishment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit
from jiheng.model import DepartmentYear, Level, ManagementFact
from jiheng.rulebook.check_rules import CheckRules, Contradiction
from jiheng.values import Dimension, Figure, Interval, show_number

_WITH_GOALS = "设定绩效目标的项目数"
_RELATIONS = {"≥": "不小于", "=": "等于", "≤": "不大于"}


@check(
    "management.contradiction",
    "管理情况前后一致",
    level=Level.WARNING,
    needs=("management_facts",),
    basis="管理情况各项之间的勾稽",
    message="“管理情况”表{premise}“{item}”填{filled}，应{expectation}。",
    reckoning="{premise}“{item}”应{expectation}。",
    mend="请核对这几项，改正填错的一项；确有特殊情况的，在说明栏写明。",
)
def contradiction(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """Pairs of answers that cannot both be true (rule data)."""
    facts = {fact.item: fact for fact in year.management_facts}
    if not any(rule.item in facts and (rule.if_yes or rule.other) in facts for rule in rules.contradictions.value):
        yield Missing("“管理情况”表里互相勾稽的事项")
    for rule in rules.contradictions.value:
        fact, premise = facts.get(rule.item), facts.get(rule.if_yes)
        if fact is None or (rule.if_yes and (premise is None or premise.answer is not True)):
            continue
        expectation = _broken(rule, fact, facts)
        if expectation:
            yield hit(
                fact,
                "answer",
                premise=f"“{rule.if_yes}”填“是”，" if rule.if_yes else "",
                item=rule.item,
                found=_in_words(fact),
                filled=_in_words(fact) if fact.figure is None else f" {fact.figure}",
                expectation=expectation,
            )


def _broken(rule: Contradiction, fact: ManagementFact, facts: dict[str, ManagementFact]) -> str:
    """What the rule expects, in words, when the fact is otherwise; empty when it holds or cannot be told."""
    if rule.must_be in ("是", "否"):
        wrong = fact.answer is not None and fact.answer is not (rule.must_be == "是")
        return f"为“{rule.must_be}”" if wrong else ""
    if fact.figure is None:
        return ""
    if rule.other:
        other = facts.get(rule.other)
        if other is None or other.figure is None or not _is_comparable(fact.figure, other.figure):
            return ""
        bound, words = other.figure.interval, f"“{rule.other}”的 {other.figure}"
    else:
        number = rule.number or Decimal(0)
        bound, words = Interval.exactly(number), show_number(number)
    given = fact.figure.interval
    holds = {
        "≥": given.high >= bound.low,
        "≤": given.low <= bound.high,
        "=": given.meets(bound),
    }[rule.must_be]
    return "" if holds else f"{_RELATIONS[rule.must_be]}{words}"


def _is_comparable(one: Figure, other: Figure) -> bool:
    """A count may stand without its unit; an amount without one is anybody's guess."""
    bare = not one.unit.symbol or not other.unit.symbol
    return one.is_like(other) or (bare and Dimension.MONEY not in (one.unit.dimension, other.unit.dimension))


def _in_words(fact: ManagementFact) -> str:
    if fact.answer is not None:
        return "“是”" if fact.answer else "“否”"
    return str(fact.figure) if fact.figure is not None else f"“{fact.text}”"


@check(
    "management.project_goals",
    "设定了绩效目标的项目，指标写明所属项目",
    level=Level.WARNING,
    needs=("management_facts", "indicators"),
    basis="项目指标在“所属项目”栏写明是哪个项目，空着的是部门整体指标",
    message="“管理情况”表“{item}”填 {goals}，“绩效指标”表却没有一个指标写明“所属项目”。",
    reckoning="“绩效指标”表 {count} 个指标的“所属项目”都是空的，都算作部门整体指标。",
    mend="请在项目指标的“所属项目”栏写上项目编号或名称，或核对设定绩效目标的项目数。",
)
def project_goals(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A column that was emptied as a whole makes project indicators the department's."""
    fact = next((one for one in year.management_facts if one.item == _WITH_GOALS), None)
    if fact is None or fact.figure is None:
        yield Missing(f"“管理情况”表的“{_WITH_GOALS}”")
    elif fact.figure.value > 0 and not any(one.project for one in year.indicators):
        yield hit(fact, "answer", quote=fact.figure.text, item=fact.item, goals=fact.figure, count=len(year.indicators))


@check(
    "management.staffing",
    "实有人数不超过编制数",
    level=Level.WARNING,
    needs=("staffing",),
    basis="财预〔2013〕53号：在职人员控制率 = 在职人员数 ÷ 编制数，应不大于 100%",
    message="{kind}年末实有 {employed} 人，超过编制数 {authorised} 人。",
    reckoning="{employed} 大于 {authorised}。",
    mend="请核对人数；经批准超编的，在说明栏写明。",
)
def staffing(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Kind by kind, where an establishment is given."""
    if not any(one.authorised is not None and one.employed is not None for one in year.staffing):
        yield Missing("同一类人员的编制数和年末实有人数")
    for one in year.staffing:
        if one.authorised is not None and one.employed is not None and one.employed > one.authorised:
            yield hit(
                one, "employed", quote=f"{one.employed:f}", kind=one.kind, employed=one.employed,
                authorised=one.authorised,
            )  # fmt: skip
