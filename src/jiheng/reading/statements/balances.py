"""Sums that prose spells out without 其中: the bridge from 年初 to 全年预算, scores and their total, done and not done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jiheng.model.statement import Repeated, Said, Sum
from jiheng.reading.statements.flat import COUNT, MONEY, Flat
from jiheng.reading.statements.terms import Term, alike, said, without_number
from jiheng.values import Dimension

_RAISED = re.compile(r"追加|调增|增拨|调剂增加|调入")
_LOWERED = re.compile(r"调减|核减|调剂减少|收回|压减|调出")
_INCOME, _SPENDING = re.compile(".{0,8}(?:收入总计|总收入)"), re.compile(".{0,8}(?:支出总计|总支出)")
_TOTAL_BEHIND = re.compile(r"(?:共计|合计|总计|共)(?:为|金额)?")
_NOT_ADDED = re.compile(r"其中|包括|比|较|预算数?为|决算|执行|累计|占|上年|去年|（")
_GOT = re.compile(rf"{COUNT}(?:，|（)?(?:自评|评价|实际)?得分?(?:为|：)?(?P<got>{COUNT})")
_TOTAL_SCORE = re.compile(rf"(?:总分|总得分|合计得?分?|综合得分|评价得分|自评得分)(?:为|是|：)?(?P<total>{COUNT})")
_DONE = re.compile(
    rf"(?P<total>{COUNT})，(?:其中[：，]?)?(?:已|按时|全部)?完成(?:的|了)?[^，。；{COUNT}]{{0,4}}(?P<done>{COUNT})[，、；]"
    rf"(?:未|没有|尚未)完成(?:的)?[^，。；{COUNT}]{{0,4}}(?P<open>{COUNT})"
)


def bridges_in(flat: Flat, terms: Sequence[Term]) -> Iterator[Sum]:
    """年初预算A，追加B，调减C，全年预算D: A + B − C = D, all in one sentence."""
    money = [term for term in terms if term.letter == MONEY]
    for place, first in enumerate(money):
        if first.attribute != "initial" or "比" in first.lead:
            continue
        parts = [said(flat, first, "年初预算")]
        for term in money[place + 1 :]:
            if term.sentence != first.sentence:
                break
            clause = _clause(flat, term)
            if term.attribute == "annual" and len(parts) > 1:
                total = said(flat, term, "全年预算")
                yield Sum(words=flat.words(first.start, term.at + 1), total=total, parts=tuple(parts))
                break
            if _LOWERED.search(clause):
                one = said(flat, term, "调减")
                parts.append(replace(one, figure=replace(one.figure, value=-one.figure.value)))
            elif _RAISED.search(clause):
                parts.append(said(flat, term, "追加"))
            else:
                break


def sides_in(flat: Flat, terms: Sequence[Term]) -> Iterator[Repeated]:
    """收入总计A，支出总计B in one sentence: always the same."""
    levels = [term for term in terms if term.is_level and term.letter == MONEY and not term.depth]
    for one, other in pairwise(levels):
        names = re.sub("^度", "", without_number(one.name)), without_number(other.name)
        if one.sentence == other.sentence and _INCOME.fullmatch(names[0]) and _SPENDING.fullmatch(names[1]):
            words = flat.words(one.start, other.at + 1)
            yield Repeated(
                words=words, kind="balance", name="收支总计", one=said(flat, other), others=(said(flat, one),)
            )


def totals_behind(flat: Flat, terms: Sequence[Term]) -> Iterator[Sum]:
    """甲资金A，乙资金B，合计C: named amounts of one sentence and the total behind them."""
    for total in terms:
        if total.letter != MONEY or total.depth or not _TOTAL_BEHIND.fullmatch(total.lead):
            continue
        start = max(flat.text.rfind(mark, 0, total.at) for mark in "。；：") + 1
        parts = [term for term in terms if start <= term.at < total.at]
        if _NOT_ADDED.search(flat.text[start : total.at]) or len(parts) < 2:
            continue
        if all(term.is_level and term.letter == MONEY and term.name for term in parts):
            names = tuple(said(flat, term) for term in parts)
            yield Sum(words=flat.words(start, total.at + 1), total=said(flat, total, "合计"), parts=names)


def _clause(flat: Flat, term: Term) -> str:
    start = max(flat.text.rfind(mark, 0, term.at) for mark in "，。；：") + 1
    return flat.text[start : term.at]


def scores_in(flats: Sequence[Flat], terms: dict[int, list[Term]]) -> Iterator[Sum]:
    """甲20分，得18分；乙60分，得55分……总分X分: in one paragraph, or the total in the next."""
    for place, flat in enumerate(flats):
        by_place = {term.at: term for term in terms[flat.block]}
        got = [by_place.get(found.start("got")) for found in _GOT.finditer(flat.text)]
        parts = [term for term in got if term is not None and term.figure.unit.dimension is Dimension.POINTS]
        if len(parts) < 2 or len(parts) < len(got):
            continue
        for other in flats[place : place + 2]:
            found = _TOTAL_SCORE.search(other.text, parts[-1].at if other is flat else 0)
            if found is None and other is flat and "其中" in flat.text[: parts[0].at]:
                found = _TOTAL_SCORE.search(flat.text, 0, parts[0].at)
            total = {t.at: t for t in terms[other.block]}.get(found.start("total")) if found else None
            if total is not None and total.figure.unit.dimension is Dimension.POINTS:
                names = tuple(_scored(flat, term) for term in parts)
                yield Sum(words=other.words(total.start, total.at + 1), total=said(other, total, "总分"), parts=names)
                break


def _scored(flat: Flat, term: Term) -> Said:
    """A score with the name of what it is for, which stands before the full marks."""
    start = max(flat.text.rfind(mark, 0, term.at - 3) for mark in "。；：") + 1
    name = re.sub(rf"[{COUNT}，].*$", "", flat.text[start : term.at])
    return said(flat, term, name or "得分")


def done_in(flat: Flat, terms: Sequence[Term]) -> Iterator[Sum]:
    """共31个，完成27个，没有完成4个."""
    by_place = {term.at: term for term in terms}
    for found in _DONE.finditer(flat.text):
        total, done, left = (by_place.get(found.start(name)) for name in ("total", "done", "open"))
        if (
            total is None
            or done is None
            or left is None
            or not (alike(done.figure, total.figure) and alike(left.figure, total.figure))
        ):
            continue
        yield Sum(
            words=flat.words(total.start, found.end()),
            total=said(flat, total),
            parts=(said(flat, done, "完成"), said(flat, left, "没有完成")),
        )
