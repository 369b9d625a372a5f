"""Which sentences of a report say what an indicator reached. Nothing is matched on a hunch: what is not, is listed."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jiheng.model import Actual, Indicator
from jiheng.model.document import Document, Mention
from jiheng.reading.goal_table import unit_of
from jiheng.reading.letters import chinese_number
from jiheng.reading.likeness import best_assignment, pairs, shared
from jiheng.reading.places import of_mention, place
from jiheng.reading.sections import Section, before, clause_of, in_prose, sections
from jiheng.values import Dimension, Figure, unit_named

_RESULTS = re.compile(r"目标实现|完成情况|绩效目标")
_SATISFIED = re.compile(r"满意(?:度|率)")
_COST = re.compile(r"成本|费用|经费")
_SPENT = re.compile(r"花费|支付|支出|费用|费|投入|成本")
_BUDGETED = re.compile(r"预算(?:金额|数|资金)?")
_ALL_SPENT = re.compile(r"全部(?:支付|支出|执行|使用)|执行率(?:为)?100%")
_PLANNED = re.compile(r"预算|计划|目标|指标值")
_TARGET = re.compile(r"(?:目标|指标值|计划|要求)[^，。；]{0,6}$")
_LEVEL = re.compile(r"([一二三四五六七八九\d])级")


def with_actuals(document: Document, indicators: list[Indicator]) -> tuple[list[Indicator], set[str]]:
    """The indicators with what the prose says of them, and the places of the numbers used."""
    homes = _homes(document, indicators)
    used: set[str] = set()
    told: list[Indicator] = []
    for indicator in indicators:
        section = homes.get(indicator.task or indicator.activity)
        if _is_answered(indicator) or section is None:
            told.append(indicator)
            continue
        found = _actual(document, indicator, section)
        if found is None:
            told.append(indicator)
            continue
        actual, where = found
        used |= set(where)
        cells = {**(dict(indicator.origin.cells) if indicator.origin else {}), "reached": where[0]}
        origin = replace(indicator.origin, cells=cells) if indicator.origin else None
        told.append(replace(indicator, actual=actual, origin=origin))
    return told, used


def _is_answered(indicator: Indicator) -> bool:
    """Whether the table itself gives the actual, or says that nothing was filled in."""
    return indicator.actual is not None or (indicator.origin is not None and "actual" in indicator.origin.cells)


def _homes(document: Document, indicators: list[Indicator]) -> dict[str, Section]:
    """The section that speaks of each task: those that share most words with it and its indicators, one for each."""
    every = sections(document)
    chapter = next((one for one in every if _RESULTS.search(one.title) and one.level == 1), None)
    if chapter is None:
        return {}
    inner = [one for one in every if one.level == chapter.level + 1 and one.block in chapter.blocks]
    tasks: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.task or indicator.activity:
            tasks.setdefault(indicator.task or indicator.activity, []).append(indicator)
    words = [pairs(" ".join((task, *(one.name for one in group)))) for task, group in tasks.items()]
    texts = [
        pairs(" ".join(document.passage(index).text for index in one.blocks if _is_text(document, index)))
        for one in inner
    ]
    scores = [[shared(task, text) for text in texts] for task in words]
    return {task: inner[column] for row, column in best_assignment(scores, 3).items() for task in [list(tasks)[row]]}


def _is_text(document: Document, index: int) -> bool:
    return hasattr(document.blocks[index], "passage")


def _actual(document: Document, indicator: Indicator, section: Section) -> tuple[Actual, list[str]] | None:
    dimension = unit_of(indicator)
    if dimension is None:
        return None
    if dimension is Dimension.LEVEL:
        return _level(document, indicator, section)
    figures = [one for one in in_prose(document, section.blocks) if one.figure and _fits(one.figure, dimension)]
    if _SATISFIED.search(indicator.name):
        hits = [one for one in figures if _SATISFIED.search(clause_of(document, one))]
        hits = [one for one in hits if not _TARGET.search(before(document, one, 30))]
        return _one(document, hits)
    figures = [one for one in figures if not _SATISFIED.search(clause_of(document, one))]
    if _COST.search(indicator.name + indicator.category) and dimension is Dimension.MONEY:
        return _cost(document, indicator, figures)
    words = pairs(indicator.name)
    ranked = sorted(
        ((shared(words, pairs(clause_of(document, one))), one) for one in figures), key=lambda pair: -pair[0]
    )
    ranked = [pair for pair in ranked if pair[0]]
    if ranked and (len(ranked) == 1 or ranked[0][0] > ranked[1][0] or _same(ranked[0][1], ranked[1][1])):
        return _one(document, [ranked[0][1]])
    return _named_things(document, indicator, section) if dimension is Dimension.COUNT and not ranked else None


def _fits(figure: Figure, dimension: Dimension) -> bool:
    counted = (Dimension.COUNT, Dimension.OTHER)
    return figure.unit.dimension is dimension or (
        figure.unit.dimension in counted and dimension in counted and bool(figure.unit.symbol)
    )


def _same(a: Mention, b: Mention) -> bool:
    return a.figure is not None and b.figure is not None and a.figure.in_base == b.figure.in_base


def _one(document: Document, hits: list[Mention]) -> tuple[Actual, list[str]] | None:
    if not hits:
        return None
    first = hits[0]
    if any(not _same(first, other) for other in hits[1:]):
        return None
    text = clause_of(document, first).strip()
    return Actual(value=first.figure, text=text), [of_mention(one) for one in hits]


def _cost(document: Document, indicator: Indicator, figures: list[Mention]) -> tuple[Actual, list[str]] | None:
    words = pairs(re.sub(r"成本|费用|经费", "", indicator.name))
    named = [
        one
        for one in figures
        if shared(words, pairs(clause_of(document, one))) and _SPENT.search(clause_of(document, one))
    ]
    named = [one for one in named if not _PLANNED.search(clause_of(document, one))]
    if named and all(_same(named[0], one) for one in named):
        return _one(document, named)
    by_block = {one.block: one for one in named}
    cues = {found[0] for one in named if (found := re.search(r"花费|支付|支出|投入", clause_of(document, one)))}
    if len(named) > 1 and len(by_block) == len(named) and len(cues) == 1:
        return _sum(named)
    spent = [
        one
        for one in figures
        if _BUDGETED.search(clause_of(document, one)) and _ALL_SPENT.search(_behind(document, one))
    ]
    return _one(document, spent) if len(spent) == 1 else None


def _sum(parts: list[Mention]) -> tuple[Actual, list[str]]:
    """One amount from each paragraph of the section, spent in the same words: together they are the cost."""
    figures = [one.figure for one in parts if one.figure is not None]
    unit = figures[0].unit
    value = sum((figure.in_base for figure in figures), Decimal(0)) / unit.factor
    quantum = sum((figure.quantum * figure.unit.factor for figure in figures), Decimal(0)) / unit.factor
    text = "＋".join(one.text for one in parts)
    return Actual(value=Figure(value, unit, quantum, text), text=text), [of_mention(one) for one in parts]


def _behind(document: Document, mention: Mention) -> str:
    return document.passage(mention.block).text[mention.end : mention.end + 14]


def _level(document: Document, indicator: Indicator, section: Section) -> tuple[Actual, list[str]] | None:
    words = pairs(indicator.name)
    for index in section.blocks:
        text = document.passage(index).text if _is_text(document, index) else ""
        for clause in re.finditer(r"[^，。；、\n]+", text):
            found = _LEVEL.search(clause[0])
            if found and shared(words, pairs(clause[0])):
                digit = found[1]
                value = Decimal(digit) if digit.isdecimal() else chinese_number(digit)
                if value is not None:
                    figure = Figure(value, unit_named("级"), Decimal(0), found[0])
                    where = place(index, None, clause.start() + found.start())
                    return Actual(value=figure, text=clause[0].strip()), [where]
    return None


def _named_things(document: Document, indicator: Indicator, section: Section) -> tuple[Actual, list[str]] | None:
    """X社区数量: the paragraphs of the section, where each begins with the name of another X."""
    kind = re.search(r"([\u4e00-\u9fff]{2})(?:数量|个数|数)$", indicator.name)
    if kind is None:
        return None
    names: dict[str, str] = {}
    bodies = [index for index in section.blocks if index != section.block and _is_text(document, index)]
    for index in bodies:
        found = re.match(rf"[\u4e00-\u9fff]{{1,6}}?{kind[1]}", document.passage(index).text)
        if found:
            names.setdefault(found[0], place(index))
    if len(names) < 2 or len(names) < len(bodies):
        return None
    text = "、".join(names)
    return Actual(value=Figure(Decimal(len(names)), unit_named("个"), Decimal(0), text), text=text), list(
        names.values()
    )
