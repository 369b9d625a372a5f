"""比上年增加X，增长Y%: what a paragraph says has grown, shrunk or stayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.model.statement import Change, Said, Way
from jiheng.reading.statements.changed_level import changed_level, is_named
from jiheng.reading.statements.flat import MONEY, SHARE, UNSURE, YEAR, Flat
from jiheng.reading.statements.terms import (
    DOWN,
    UP,
    Role,
    Term,
    attribute_of,
    name_in,
    said,
    without_number,
)

_MOVED = f"{UP}|{DOWN}"
_THAN = re.compile(
    rf"(?:比|较|与|同|和)(?P<base>[^。；，：{MONEY}{SHARE}{UNSURE}]{{1,40}}?)(?P<figure>{MONEY})?"
    rf"(?:(?:相比)?，(?P<subject>[^。；，：{MONEY}{SHARE}{UNSURE}比较]{{0,40}}?)|相比)?"
    rf"(?:(?P<way>{_MOVED})(?:了|额|支出|收入|资金|金额|约|为)*(?:(?P<delta>{MONEY})|(?P<only>{SHARE}))"
    rf"(?:[，、（；]?(?:同比)?(?P<way2>{_MOVED}|增幅|降幅|增长率|下降率)(?:幅度|比例|率)?(?:了|约|为|达)*(?P<rate>{SHARE}))?"
    rf"|(?P<rough>基本)?(?P<same>持平|一致|相同|相等|无变化|没有变化))"
)
_LISTED = r"(?:[、，]?[和及与]?{0}){{1,6}}"
_PARALLEL = re.compile(
    rf"(?P<nows>{MONEY}{_LISTED.format(MONEY)})[，。][^。{MONEY}{SHARE}]{{0,12}}(?:比|较|与)[^。{MONEY}{SHARE}]{{1,40}}?"
    rf"(?P<way>{_MOVED})(?:了|额|约|为)*(?P<deltas>{MONEY}{_LISTED.format(MONEY)})[，、]?"
    rf"(?:(?:同比|分别|各)*(?P<way2>{_MOVED}|增幅|降幅)(?:分别|各)?(?:了|约|为|达)*(?P<rates>{SHARE}{_LISTED.format(SHARE)}))?"
)
_LAST_YEAR = re.compile(r"上年|去年|上一年")
_POINTS = "百分点"


def changes_in(flat: Flat, terms: Sequence[Term], fiscal_year: int | None) -> Iterator[Change]:
    """The changes of one paragraph, in order."""
    by_place = {term.at: term for term in terms}
    told: list[range] = []
    for listed in _PARALLEL.finditer(flat.text):
        if together := list(_together(flat, by_place, listed)):
            told.append(range(listed.start(), listed.end()))
            yield from together
    for found in _THAN.finditer(flat.text):
        if any(found.start() in span for span in told):
            continue
        way = Way.SAME if found["same"] else Way.UP if re.fullmatch(UP, found["way"]) else Way.DOWN
        now = changed_level(flat, terms, found)
        before = _before(flat, terms, found, by_place, now, fiscal_year)
        delta = by_place.get(found.start("delta")) if found["delta"] else None
        rate_at = found.start("rate") if found["rate"] else found.start("only") if found["only"] else -1
        rate = by_place.get(rate_at)
        if (found["delta"] and delta is None) or (rate_at >= 0 and rate is None):
            continue
        if rate is not None and rate.figure.unit.symbol == _POINTS:
            continue
        if now is None or (before is None and delta is None):
            continue
        first = min(term.start for term in (now, before) if term is not None)
        last = max([found.end(), *(term.at + 1 for term in (now, before) if term is not None)])
        yield Change(
            words=flat.words(min(first, found.start()), last),
            name=_name(found, now),
            way=way,
            rate_way=_rate_way(found),
            now=said(flat, now),
            before=said(flat, before) if before else None,
            delta=said(flat, delta) if delta else None,
            rate=_rate(flat, rate),
            roughly=bool(found["rough"]),
            is_named=is_named(flat, found, now),
        )


def _together(flat: Flat, by_place: dict[int, Term], listed: re.Match[str]) -> Iterator[Change]:
    """甲、乙分别为A、B，比上年分别增加C、D，增长E、F: a change each; none where the lists differ in length."""
    groups = [_listed(flat, by_place, listed, group) for group in ("nows", "deltas", "rates")]
    nows, deltas, rates = groups
    if len(nows) != len(deltas) or (rates and len(rates) != len(nows)):
        return
    way = Way.UP if re.fullmatch(UP, listed["way"]) else Way.DOWN
    for place, (now, delta) in enumerate(zip(nows, deltas, strict=True)):
        yield Change(
            words=flat.words(listed.start("nows"), listed.end()),
            name=f"{name_in(nows[0].lead)}第 {place + 1} 个数",
            way=way,
            rate_way=_rate_way(listed),
            now=said(flat, now),
            delta=said(flat, delta),
            rate=said(flat, rates[place]) if rates else None,
        )


def _listed(flat: Flat, by_place: dict[int, Term], listed: re.Match[str], group: str) -> list[Term]:
    places = range(listed.start(group), listed.end(group)) if listed[group] else ()
    return [by_place[at] for at in places if at in by_place and flat.text[at] in MONEY + SHARE]


def _rate(flat: Flat, rate: Term | None) -> Said | None:
    return said(flat, rate) if rate is not None else None


def _rate_way(found: re.Match[str]) -> Way | None:
    word = found["way2"]
    if not word:
        return None
    return Way.UP if re.fullmatch(f"{UP}|增幅|增长率", word) else Way.DOWN


def _name(found: re.Match[str], now: Term) -> str:
    return without_number(now.name) or name_in(found["subject"] or "")


def _before(
    flat: Flat,
    terms: Sequence[Term],
    found: re.Match[str],
    by_place: dict[int, Term],
    now: Term | None,
    fiscal_year: int | None,
) -> Term | None:
    if found["figure"]:
        return by_place.get(found.start("figure"))
    base = found["base"]
    years = [flat.numbers[at].year for at in range(found.start("base"), found.end("base")) if flat.text[at] == YEAR]
    year = years[-1] if years else None
    if year is None and _LAST_YEAR.search(base) and fiscal_year:
        year = fiscal_year - 1
    attribute = attribute_of(base)
    sentence = len(re.findall("[。！？]", flat.text[: found.start()]))
    for term in reversed(terms):
        if term.at >= found.start() or term is now or term.role is not Role.LEVEL or term.letter != MONEY:
            continue
        if term.sentence != sentence or "其中" in flat.text[term.at : found.start()]:
            break
        if attribute and term.attribute == attribute and year is not None and term.year == year and term != now:
            return term
        # 年初预算 of the same year, where the base names no other year
        if (
            year is None
            and attribute
            and term.attribute == attribute
            and now is not None
            and term.attribute != now.attribute
        ):
            return term
    return None
