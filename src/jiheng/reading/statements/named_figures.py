"""Figures that prose tells right behind their name, told again: in the table of indicators, in another paragraph.

登记失业人员再就业人数1086人，比上年增长8.4%: an amount and its change, both known by the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jiheng.model.statement import Repeated, Said
from jiheng.reading.statements.flat import MONEY, SHARE, Flat
from jiheng.reading.statements.grids import Grid
from jiheng.reading.statements.indicators import actuals_of, odd_one, targets_of
from jiheng.reading.statements.terms import DOWN, UP, Role, Term, name_in, said, without_number
from jiheng.values import Dimension

_SHORTEST = 5
_MOVED = re.compile(rf"，?(?:比上年|较上年|比去年|较去年|同比)(?:同期)?(?P<way>{UP}|{DOWN})(?:了|约)?(?P<rate>{SHARE})")
_RATE_NAME = re.compile(rf"^(?P<base>.+?)(?:同比)?(?P<way>{UP}|{DOWN})(?:率|幅度|比例)$")
_NOT_DONE = re.compile(r"目标|计划|预计|预期|拟|力争|确保|年度成果|将|应当|不低于|不少于")
_OTHER_TIME = re.compile(r"上年|去年|同期|截[至止]|累计|季度|上半年|下半年|月|前\S年|其中|人均|平均|每")

Key = tuple[str, str, str]
"""What is told; of it the amount (empty) or the change (增加 or 减少); of a change, the amount it is told with, where the
other place is no table of indicators but another paragraph with the same amount."""


def figures_twice(
    flats: Sequence[Flat], terms: Mapping[int, Sequence[Term]], grids: Sequence[Grid], year: int | None
) -> Iterator[Repeated]:
    """Every named figure whose places do not agree; an amount that differs by more than a slip is another amount."""
    places: dict[Key, list[Said]] = {}
    targets: dict[Key, set[Decimal]] = {}
    for grid in grids:
        of_table = actuals_of(grid)
        names = [name for name, _ in of_table]
        for name, one in of_table:
            if names.count(name) == 1:
                places.setdefault(_indicator(name, one), []).append(one)
                targets.setdefault(_indicator(name, one), set()).update(targets_of(grid, name))
    for flat in flats:
        for key, one in _told(flat, terms[flat.block], year):
            if one.figure.value not in targets.get(key, ()):
                places.setdefault(key, []).append(one)
    for key, found in places.items():
        in_tables = sum(one.words.cell is not None for one in found)
        if in_tables == len(found) or not (in_tables or key[2]):
            continue
        if any(not one.figure.is_like(found[0].figure) for one in found):
            continue
        odd = odd_one(found)
        others = tuple(one for one in found if one is not odd and not one.agrees(odd))
        if others:
            name = f"{key[0]}比上年{key[1]}" if key[1] else odd.name
            yield Repeated(words=odd.words, kind="named" if key[1] else "text", name=name, one=odd, others=others[:1])


def _indicator(name: str, actual: Said) -> Key:
    """X下降率 tells the change of X, any other indicator its amount."""
    found = _RATE_NAME.match(name)
    if found and actual.figure.unit.dimension is Dimension.SHARE:
        return _core(found["base"], ""), _way(found["way"]), ""
    return _core(name, actual.figure.unit.symbol), "", ""


def _told(flat: Flat, terms: Sequence[Term], year: int | None) -> Iterator[tuple[Key, Said]]:
    """The named figures of one paragraph with their changes."""
    by_place = {term.at: term for term in terms}
    for term in terms:
        name = _core(without_number(name_in(term.lead)), term.figure.unit.symbol)
        if len(name) < _SHORTEST or term.depth or term.role is Role.DELTA or term.year not in (None, year):
            continue
        if _OTHER_TIME.search(term.lead) or _NOT_DONE.search(_sentence_to(flat, term.at)):
            continue
        if term.letter == MONEY and term.attribute:
            continue  # budgets and accounts have checks of their own
        yield (name, "", ""), said(flat, term)
        moved = _MOVED.match(flat.text, term.at + 1)
        rate = by_place.get(moved.start("rate")) if moved else None
        if moved and rate is not None:
            change = said(flat, rate, f"{name}比上年{_way(moved['way'])}")
            yield (name, _way(moved["way"]), ""), change
            yield (name, _way(moved["way"]), f"{term.figure.in_base}"), change


def _sentence_to(flat: Flat, at: int) -> str:
    return flat.text[max(flat.text.rfind(mark, 0, at) for mark in "。！？") + 1 : at]


def _way(word: str) -> str:
    return "增加" if re.fullmatch(UP, word) else "减少"


def _core(name: str, unit: str) -> str:
    """A name as it compares: 助餐人次 and 助餐, 案件数 and 案件.

    >>> _core("上门助浴服务人次", "人次"), _core("盗窃案件数", "件"), _core("培训人数", "人")
    ('上门助浴服务', '盗窃案件', '培训人')
    """
    words = re.sub('[“”"]', "", name)
    if unit and words.endswith(unit):
        words = words.removesuffix(unit)
    return re.sub("(?:数量|数)$", "", words)
