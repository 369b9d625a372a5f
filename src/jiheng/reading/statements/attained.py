"""计划A，完成B，完成率C; 发放A，收回B，回收率C; 有效A，满意B，满意度C: counts of one sentence and the rate behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.model.statement import Rate
from jiheng.reading.statements.flat import COUNT, MONEY, SHARE, Flat
from jiheng.reading.statements.terms import Term, alike, said
from jiheng.values import Bound

_TOLD = re.compile(
    rf"(?<=[，、；（])[^，。；：{COUNT}{MONEY}{SHARE}]{{0,8}}(?P<kind>完成率|回收率|满意度|满意率)(?:均|约)?(?:为|是|达到?)?(?P<rate>{SHARE})"
)
_PARTS = {
    "完成率": re.compile(r"完成|实际|实施|开展"),
    "回收率": re.compile(r"收回|回收"),
    "满意度": re.compile(r"(?<!不)(?<!基本)满意"),
    "满意率": re.compile(r"(?<!不)(?<!基本)满意"),
}
_WHOLES = {
    "完成率": re.compile(r"计划|目标|任务|应"),
    "回收率": re.compile(r"发放|发出|下发"),
    "满意度": re.compile(r"有效|收回|回收|发放|调查|访问|受访"),
    "满意率": re.compile(r"有效|收回|回收|发放|调查|访问|受访"),
}
_UNSAFE = re.compile(r"比|较|累计|上年|去年|每|人均|不满意|未")
_HUNDRED = Decimal(100)


def attained_rates(flat: Flat, terms: Sequence[Term]) -> Iterator[Rate]:
    """A rate with the one count that is its part and the counts in the same unit that may be its whole.

    Of several wholes (forms sent out, forms come back) the one that fits, else the nearest. 完成率 above the plan is
    often told as 100%.
    """
    by_place = {term.at: term for term in terms}
    for found in _TOLD.finditer(flat.text):
        rate, kind = by_place.get(found.start("rate")), found["kind"]
        if rate is None:
            continue
        start = max(flat.text.rfind(mark, 0, found.start("rate")) for mark in "。；：") + 1
        counts = [t for t in terms if start <= t.at < rate.at and t.letter == COUNT and t.figure.bound is Bound.EXACT]
        parts = [term for term in counts if _PARTS[kind].search(term.lead) and not _WHOLES[kind].search(term.lead)]
        if len(parts) != 1 or any(_UNSAFE.search(term.lead) for term in counts):
            continue
        part = parts[0]
        wholes = [t for t in counts if t.at < part.at and _WHOLES[kind].search(t.lead) and alike(t.figure, part.figure)]
        wholes = [term for term in wholes if term.figure.value]
        if not wholes or (kind == "完成率" and _capped(rate, part, wholes[-1])):
            continue
        rates = [
            Rate(
                words=flat.words(whole.start, found.end()),
                part=said(flat, part),
                whole=said(flat, whole),
                rate=said(flat, rate, kind),
            )
            for whole in wholes
        ]
        yield next((one for one in rates if one.fits), rates[-1])


def _capped(rate: Term, done: Term, planned: Term) -> bool:
    return rate.figure.value == _HUNDRED and done.figure.value >= planned.figure.value
