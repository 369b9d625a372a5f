"""Findings of the year's checks, put back into the document the year was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from jiheng.model import DepartmentYear, Finding, Level, Place
from jiheng.model.document import Document, Paragraph, Role
from jiheng.model.statement import QUOTE_LENGTH, Words
from jiheng.rulebook.forms import workbook_form

_PLACE = re.compile(r"(?P<block>\d+)(?:\.(?P<cell>\d+))?@(?P<start>\d+)|(?P<row>\d+):\d+")
_QUOTED = re.compile("“([^”]+)”")
_ONCE_A_PLACE = frozenset({"goals.category_place"})
"""Told once for a cell, however many indicators stand under it."""
_LIGHTER = {"targets.no_unit": Level.HINT}
"""A form may leave the unit to the indicator's name."""
_SECTIONS = {"satisfaction.none": "满意"}
_SHORTEST_QUOTE = 3
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")


def of_document(findings: Iterable[Finding], document: Document) -> Iterator[Finding]:
    """The findings with the words and places of the document, and without the workbook's words."""
    told: dict[tuple[str, Words], int] = {}
    kept: list[Finding] = []
    for one in findings:
        words = _quoted_figure(document, one) or words_at(document, one.where.cell, _QUOTED.findall(one.message))
        words = words or _section(document, one.check)
        if words is not None and one.check in _ONCE_A_PLACE:
            told[one.check, words] = told.get((one.check, words), 0) + 1
            if told[one.check, words] > 1:
                continue
        kept.append(_placed(one, document, words))
    for one in kept:
        more = told.get((one.check, one.words), 0) if one.words else 0
        yield replace(one, message=f"{one.message}同一处这样的情况共 {more} 个。") if more > 1 else one


def _placed(one: Finding, document: Document, words: Words | None) -> Finding:
    return replace(
        one,
        level=max(one.level, _LIGHTER.get(one.check, one.level), key=list(Level).index),
        message=_without_workbook(one.message),
        reckoning=_without_workbook(one.reckoning),
        mend=_without_workbook(one.mend),
        quote=words.text if words else "",
        where=Place.at(document.name, words.spot) if words else Place(document.name),
        words=words,
    )


def _quoted_figure(document: Document, one: Finding) -> Words | None:
    """Where a record has no field for what was stated, the place of the figure that the finding quotes."""
    found = _PLACE.fullmatch(one.where.cell)
    if found is None or not found["row"] or not any(letter.isdigit() for letter in one.quote):
        return None
    for mention in document.mentions:
        if mention.cell is None and mention.text in one.quote and len(mention.text) > _SHORTEST_QUOTE:
            return words_at(document, f"{mention.block}@{mention.start}")
    return None


def _section(document: Document, check: str) -> Words | None:
    """The heading under which something should stand."""
    subject = _SECTIONS.get(check)
    for index, paragraph in document.paragraphs if subject else ():
        if paragraph.role is Role.HEADING and subject and subject in paragraph.text:
            return words_at(document, f"{index}@0")
    return None


def with_counted(year: DepartmentYear) -> DepartmentYear:
    """The year with each total of counts joined to the indicator whose words one of its kinds bears.

    A report does not say which indicator a count belongs to; a kind that repeats six letters of its name does.
    """
    joined = []
    for total in year.quantities:
        kinds = [one for one in year.quantities if one.subject == total.subject and not one.is_total]
        named = [i.name for i in year.indicators if any(_shares(one.kind, i.name) for one in kinds)]
        single = len(set(named)) == 1 and total.is_total and not total.indicator
        joined.append(replace(total, indicator=named[0]) if single else total)
    return replace(year, quantities=tuple(joined))


def _shares(one: str, other: str, length: int = 6) -> bool:
    return any(one[at : at + length] in other for at in range(len(one) - length + 1))


def words_at(document: Document, place: str, names: Sequence[str] = ()) -> Words | None:
    """The sentence or cell at a place of a record; of a record in a table, the cell that has its name."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    block = int(found["block"] or found["row"])
    if block >= len(document.blocks):
        return None
    cell = int(found["cell"]) if found["cell"] else None
    whole = document.blocks[block]
    if found["row"] and not isinstance(whole, Paragraph):
        cell = next((i for i, one in enumerate(whole.cells) if one.text.strip() in names and len(one.text) > 2), None)
        if cell is None:
            return None
    passage = document.passage(block, cell)
    at = int(found["start"] or 0)
    start, end = (0, len(passage.text)) if cell is not None else _sentence(passage.text, at)
    if end - start > QUOTE_LENGTH:
        start = max(start, min(at, end - QUOTE_LENGTH))
        end = start + QUOTE_LENGTH
    return Words(passage.text[start:end].replace("\n", ""), passage.spot(start), block, start, end, cell)


def _sentence(text: str, at: int) -> tuple[int, int]:
    for found in _SENTENCE.finditer(text):
        if found.start() <= at < found.end():
            return found.span()
    return 0, len(text)


@cache
def _sheets() -> re.Pattern[str]:
    names = "|".join(re.escape(sheet.name) for sheet in workbook_form().sheets)
    return re.compile(rf"“({names})”表")


def _without_workbook(text: str) -> str:
    """Sentences of the year's checks speak of the workbook's sheets; a report has parts.

    >>> _without_workbook("工作簿里没有填年初预算数，请在“预算调整”表写明文号。")
    '文中没有写年初预算数，请在“预算调整”部分写明文号。'
    """
    text = _sheets().sub(r"“\1”部分", text)
    return text.replace("工作簿里没有填", "文中没有写").replace("工作簿里", "文中").replace("工作簿", "文中")


def told_once(findings: Sequence[Finding]) -> list[Finding]:
    """Without what another check has already said of the same figures; the more telling finding stays.

    Where it is open which count an indicator means, it is not called unmet.
    """
    unclear = {one.facts.get("name") for one in findings if one.check == "projects.which_count"}
    findings = [
        one for one in findings if one.check != "actuals.unmet_without_reason" or one.facts.get("name") not in unclear
    ]
    kept: list[Finding] = []
    for one in findings:
        twin = next((i for i, other in enumerate(kept) if _same(one, other)), None)
        if twin is None:
            kept.append(one)
        elif _telling(one) > _telling(kept[twin]):
            kept[twin] = one
    return kept


def _same(one: Finding, other: Finding) -> bool:
    if one.check == other.check or one.words is None or other.words is None:
        return False
    if one.words.block != other.words.block:
        return False
    mine, theirs = _figures(one), _figures(other)
    return len(mine & theirs) > 2 and (mine <= theirs or theirs <= mine)


def _figures(one: Finding) -> set[str]:
    return {number for text in one.facts.values() for number in re.findall(r"\d+(?:\.\d+)?", text) if number != "0"}


def _telling(one: Finding) -> tuple[bool, bool, int]:
    return bool(one.expected), bool(one.likely_cause), len(one.facts)
