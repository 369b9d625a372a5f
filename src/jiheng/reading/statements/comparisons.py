"""决算数大于预算数的主要原因: which of two figures is called the larger; and 完成预算的X%, which rests on the same pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jiheng.model.statement import Comparison, Completion, Rate, Way
from jiheng.reading.statements.flat import MONEY, SHARE, Flat
from jiheng.reading.statements.terms import Term, attribute_of, core, name_in, said, without_number

_CALLED = re.compile(
    r"(?P<left>[^。；，：Ⓜ]{0,40}?(?:决算数?|执行数|支出数|完成数))"
    r"(?:(?P<more>大于|高于|超过|多于|超出)|(?P<less>小于|低于|少于)|(?P<equal>等于)|(?:与|和|同)(?=[^。；，：]{0,24}(?:持平|一致|相等|相同)))"
    r"(?P<right>[^。；，：Ⓜ]{0,20}?预算数?)(?P<rough>基本)?(?P<same>持平|一致|相等|相同)?"
)
_DONE = re.compile(
    rf"(?:完成(?P<bare>(?:了)?(?:年初|全年|调整)?预算数?)|(?:完成|为|是|占)(?P<base>[^。；，：Ⓜ]{{0,16}}?预算(?:数|额)?)的)(?P<rate>{SHARE})"
)
_DONE_OF = re.compile(rf"完成(?:了)?(?:年初|全年|调整后?)?预算(?:数)?(?:的)?(?P<budget>{MONEY})的(?P<rate>{SHARE})")
_BEHIND_TURNED = ("，完成", "相比，完成")
_TOLD = re.compile(
    rf"(?<=[，；、（])(?:(?P<executed>(?:全年|当年|总体|资金)?(?:预算)?执行率)|(?P<apart>(?:部门)?(?:预决算)?差异率))"
    rf"(?:约?为|是|达到?|约)?(?P<rate>{SHARE})"
)
_BUDGETS = ("initial", "annual", "budget")
_SPENT = ("final", "executed")

Pair = tuple[Term, Term]
"""A budget and what was spent of it."""


def pairs_in(flat: Flat, terms: Sequence[Term]) -> list[Pair]:
    """年初预算为A，支出决算为B: a budget and the figure of what was spent right behind it, in one sentence."""
    levels = [term for term in terms if term.is_level and term.letter == MONEY]
    return [
        (one, other)
        for one, other in pairwise(levels)
        if one.attribute in _BUDGETS
        and other.attribute in _SPENT
        and one.sentence == other.sentence
        and one.depth == other.depth
        and (one.year == other.year or None in (one.year, other.year))
        and "其中" not in flat.text[one.at : other.at]
        and "比" not in one.lead
        and "较" not in one.lead
    ]


def comparisons_in(flat: Flat, pairs: Sequence[Pair]) -> Iterator[Comparison]:
    """Larger, smaller or equal, said of the pair right before."""
    for found in _CALLED.finditer(flat.text):
        if "（" in found["left"][-3:] or flat.text[found.end("right") : found.end("right") + 2] == "（减":
            continue
        way = _way(found)
        pair = _pair_before(flat, pairs, found.start(), found["left"])
        if pair is None or way is None:
            continue
        budget, spent = pair
        yield Comparison(
            words=flat.words(budget.start, found.end()),
            left=said(flat, spent),
            way=way,
            right=said(flat, budget),
            roughly=bool(found["rough"]),
        )


def _way(called: re.Match[str]) -> Way | None:
    if called["more"] or called["less"]:
        return Way.UP if called["more"] else Way.DOWN
    return Way.SAME if called["equal"] or called["same"] else None


def _pair_before(flat: Flat, pairs: Sequence[Pair], at: int, left: str) -> Pair | None:
    sentence = len(re.findall("[。！？]", flat.text[:at]))
    near = [pair for pair in pairs if pair[1].at < at and sentence - pair[0].sentence <= 1]
    subject = re.sub(r"(?:支出)?(?:财政拨款)?(?:支出)?(?:决算|执行|完成|支出)数?$", "", name_in(left))
    if subject:
        near = [pair for pair in near if subject in re.sub("[“”]", "", flat.text[pair[0].start : pair[1].at])]
    return near[-1] if near else None


def completion_rates(flat: Flat, terms: Sequence[Term], pairs: Sequence[Pair]) -> Iterator[Rate]:
    """完成预算的X%, said of the pair in the same sentence."""
    by_place = {term.at: term for term in terms}
    for found in _DONE_OF.finditer(flat.text):
        # 支出决算A，完成预算B的X%: the budget stands within the words.
        rate, budget = by_place.get(found.start("rate")), by_place.get(found.start("budget"))
        spent = next((t for t in reversed(terms) if t.at < found.start() and t.is_level and t.letter == MONEY), None)
        if (
            rate
            and budget
            and spent
            and spent.sentence == rate.sentence
            and spent.depth == rate.depth
            and spent.attribute not in _BUDGETS
        ):
            words = flat.words(spent.start, found.end())
            yield Rate(
                words=words, part=said(flat, spent), whole=said(flat, budget), rate=said(flat, rate, "预算完成率")
            )
    pairs = [*pairs, *_turned(flat, terms, pairs)]
    for found in _DONE.finditer(flat.text):
        rate = by_place.get(found.start("rate"))
        near = [pair for pair in pairs if pair[1].at < found.start()]
        if rate is None or not near:
            continue
        budget, spent = near[-1]
        meant = attribute_of(found["base"] or found["bare"])
        if meant in ("initial", "annual") and budget.attribute in ("initial", "annual") and budget.attribute != meant:
            # 年初预算A，调整预算B，支出决算C，完成年初预算的…，完成调整预算的…
            others = [
                t
                for t in terms
                if t.attribute == meant and t.is_level and t.sentence == spent.sentence and t.at < spent.at
            ]
            if not others:
                continue
            budget = others[-1]
        between = re.sub(_DONE, "", flat.text[max(spent.at, budget.at) + 1 : found.start()])
        if rate.sentence != spent.sentence or "其中" in between or MONEY in between or rate.depth != spent.depth:
            continue
        yield Rate(
            words=flat.words(budget.start, found.end()),
            part=said(flat, spent),
            whole=said(flat, budget),
            rate=said(flat, rate, without_number(name_in(f"占{found['base'] or found['bare']}的比例"))),
        )


def _turned(flat: Flat, terms: Sequence[Term], pairs: Sequence[Pair]) -> list[Pair]:
    """支出A，年初预算B，完成年初预算的X%: the budget behind what was spent, and nothing else between the two and the rate."""
    levels = [term for term in terms if term.is_level and term.letter == MONEY]
    return [
        (budget, spent)
        for spent, budget in pairwise(levels)
        if budget.attribute in _BUDGETS
        and spent.attribute not in _BUDGETS
        and spent.sentence == budget.sentence
        and spent.depth == budget.depth
        and not re.search("比|较", spent.lead)
        and not any(budget in pair for pair in pairs)
        and flat.text.startswith(_BEHIND_TURNED, budget.at + 1)
    ]


def completions_in(flat: Flat, terms: Sequence[Term], pairs: Sequence[Pair]) -> Iterator[Completion]:
    """完成预算的X%，决算数小于预算数, where the budget itself is not said."""
    by_place = {term.at: term for term in terms}
    done = list(_DONE.finditer(flat.text))
    for called in _CALLED.finditer(flat.text):
        found = next((one for one in reversed(done) if one.end() <= called.start()), None)
        rate = by_place.get(found.start("rate")) if found is not None else None
        way = _way(called)
        if found is None or rate is None or way is None or called["rough"] or core(name_in(called["left"])):
            continue
        between = flat.text[found.end() : called.start()]
        said_before = any(pair[1].sentence == rate.sentence for pair in pairs)
        if len(re.findall("[。！？]", between)) > 1 or MONEY in between or SHARE in between or said_before:
            continue
        yield Completion(words=flat.words(rate.start, called.end()), rate=said(flat, rate, "预算完成率"), way=way)


def told_rates(flat: Flat, terms: Sequence[Term]) -> Iterator[Rate]:
    """预算A，执行B，执行率C and 年初预算A，决算B，差异率C: three figures of one sentence, nothing else between them."""
    by_place = {term.at: term for term in terms}
    for found in _TOLD.finditer(flat.text):
        rate = by_place.get(found.start("rate"))
        if rate is None:
            continue
        before = [term for term in terms if term.at < rate.at and term.sentence == rate.sentence]
        spent = before[-1] if before else None
        if spent is None or not _is_spent(spent) or not _may_be_whole(spent, rate) or "其中" in spent.lead:
            continue
        budgets = [term for term in before[:-1] if term.attribute in _BUDGETS and _may_be_whole(term, rate)]
        budgets = [term for term in budgets if core(spent.name) in ("", "实际支出", "实际执行", core(term.name))]
        if found["apart"]:
            budgets = [term for term in budgets if term.attribute != "annual"]
        if not budgets or "其中" in flat.text[budgets[-1].at : found.start()]:
            continue
        rates = [_rate(flat, found, spent, budget, rate) for budget in budgets]
        # A sentence with two budgets may mean either: the one that fits, else the nearer.
        yield next((one for one in rates if one.fits), rates[-1])


def _is_spent(term: Term) -> bool:
    return term.attribute in _SPENT or (not term.attribute and term.name.endswith("支出") and not core(term.name))


def _may_be_whole(term: Term, rate: Term) -> bool:
    return (
        term.is_level
        and term.letter == MONEY
        and term.depth == rate.depth
        and bool(term.figure.value)
        and not re.search("比|较|上年|去年|累计", term.lead)
    )


def _rate(flat: Flat, found: re.Match[str], spent: Term, budget: Term, rate: Term) -> Rate:
    return Rate(
        words=flat.words(budget.start, found.end()),
        part=said(flat, spent),
        whole=said(flat, budget),
        rate=said(flat, rate, "执行率" if found["executed"] else "差异率"),
        is_change=bool(found["apart"]),
    )
