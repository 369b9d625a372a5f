"""Whose change it is: the figure that is said to have grown or shrunk, where the words leave it to the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiheng.reading.statements.flat import MONEY, Flat
from jiheng.reading.statements.terms import Term, clause_start, core, name_in, without_number

_BASE = re.compile("比|较|与|同期|完成[^，；。]*预算$")
_BOTH_SIDES = re.compile("收、?支|收入、支出")
_NOTHING_OWN = ("", "费用支出", "费用", "该项支出", "此项支出")
_BUDGETS = ("initial", "annual", "budget")


def changed_level(flat: Flat, terms: Sequence[Term], found: re.Match[str]) -> Term | None:
    """The level that changed: the nearest before in the sentence; else from a sentence before, by its name, or as the only
    one where the change names nothing of its own. **Shape** `found` has the group `subject`, what stands between 相比 and the
    change."""
    sentence = len(re.findall("[。！？]", flat.text[: found.start()]))
    depth = flat.text.count("（", 0, found.start()) - flat.text.count("）", 0, found.start())
    levels = [
        t for t in terms if t.at < found.start() and t.is_level and t.letter == MONEY and not _BASE.search(t.lead)
    ]
    # What was spent has grown, not the budget that stands beside it.
    budgets = [t for t in levels if t.attribute in _BUDGETS and _spent_beside(t, levels)]
    levels = [t for t in levels if t not in budgets]
    own = [t for t in levels if t.sentence == sentence]
    subject = name_in(found["subject"] or "")
    if own and not subject:
        nearest = own[-1]
        return nearest if nearest.depth <= depth else None
    lead = flat.text[clause_start(flat.text, found.start()) : found.start()]
    words = core(name_in(lead.strip("同，")))
    before = _last_told(flat, levels, sentence)
    if _BOTH_SIDES.search(subject or words) or (not subject and words in _NOTHING_OWN):
        # 收入A，支出A。与上年相比，收支增加B: two figures that are one; 决算数比上年增加B: that of the sentence before.
        return before[0] if len({term.figure.in_base for term in before}) == 1 else _called(subject, before)
    if subject:
        near = [t for t in levels if t.sentence >= sentence - 1]
        budget = _called(subject, [t for t in budgets if t.sentence >= sentence - 1])
        # 甲费年初预算A，支出决算B: B has no name of its own.
        beside = [t for t in near if budget and t.at > budget.at and t.sentence == budget.sentence and not core(t.name)]
        return _called(subject, near) or next(iter(beside), None)
    return _called(words, before) if not own else None


def is_named(flat: Flat, found: re.Match[str], now: Term) -> bool:
    """Whether the level stands in the sentence of its change, or is named there again."""
    if now.sentence == len(re.findall("[。！？]", flat.text[: found.start()])):
        return True
    lead = flat.text[clause_start(flat.text, found.start()) : found.start()]
    return _called(name_in(found["subject"] or "") or core(name_in(lead.strip("同，"))), [now]) is not None


def _last_told(flat: Flat, levels: Sequence[Term], sentence: int) -> list[Term]:
    """The levels of the nearest sentence before that has any, without what stands behind its 其中."""
    for earlier in range(sentence - 1, -1, -1):
        found = [term for term in levels if term.sentence == earlier and not term.depth]
        if found:
            return [term for term in found if "其中" not in flat.text[found[0].at : term.at]]
    return []


def _spent_beside(budget: Term, levels: Sequence[Term]) -> bool:
    """Whether a figure of the same year that is no budget stands in its sentence; next year's budget is a level itself."""
    beside = [one for one in levels if one.sentence == budget.sentence and one.attribute not in _BUDGETS]
    return any(one.year == budget.year or None in (one.year, budget.year) for one in beside)


def _called(subject: str, terms: Sequence[Term]) -> Term | None:
    """The nearest term by that name, or by a longer or shorter form of it."""
    for term in reversed(terms) if subject else ():
        for name in (without_number(term.name), core(term.name), _plain(term.name)):
            if name and (name.endswith(subject) or (subject.endswith(name) and len(name) > 2)):
                return term
    return None


def _plain(name: str) -> str:
    """机关运行经费支出 and 财政拨款预算支出 are also called 机关运行经费 and 财政拨款支出."""
    words = re.sub("预算|决算", "", without_number(name))
    return words if words != name else re.sub("(?:支出|收入)$", "", words)
