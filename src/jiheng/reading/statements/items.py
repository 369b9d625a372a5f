"""Numbered items, one paragraph each: what an item is called, the amount it opens with, what it arranges; their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiheng.model.document import Document, Paragraph, Role
from jiheng.model.statement import Repeated, Said, Sum
from jiheng.reading.statements.flat import MONEY, Flat
from jiheng.reading.statements.terms import Term, core, said

_PATH = re.compile(
    r"[“\"]?(?P<first>[^。；，：“”\"（）]{2,30})（(?P<code1>\d{3})?类）(?P<second>[^。；，：“”\"（）]{2,30}(?:（[^（）]{1,8}）[^（）]{0,12})?)（(?P<code2>\d{2})?款）"
    r"(?P<third>[^。；，：“”\"（）]{2,30}(?:（[^（）]{1,8}）[^（）]{0,12})?)（(?P<code3>\d{2})?项）[”\"]?"
)
_NUMBER = re.compile(r"^(?P<value>\d{1,3})[、.．]")
_INTRO = re.compile(r"(?:如下|其中|以下(?:方面|内容)|包括)[：，。]?$")
_FEWEST = 3
_SHORTEST_SUBJECT = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a numbered list. **Shape** `path` is 类, 款, 项 where the item names them."""

    flat: Flat
    terms: tuple[Term, ...]
    number: int
    path: tuple[str, str, str] | None
    codes: str
    opening: Term | None

    @property
    def name(self) -> str:
        """The item's own name."""
        return self.path[2] if self.path else core(self.opening.name) if self.opening else ""


def item_of(flat: Flat, terms: Sequence[Term]) -> Item | None:
    """The paragraph as an item; None when it is none."""
    found = _PATH.search(flat.text[:160])
    number = _NUMBER.match(flat.text)
    if found is None and number is None:
        return None
    path = (found["first"], found["second"], found["third"]) if found else None
    if path is not None:
        path = (re.sub(r"^\d{1,3}[、.．]", "", path[0]), path[1], path[2])
    codes = "".join(found[name] or "" for name in ("code1", "code2", "code3")) if found else ""
    opening = None
    if found and flat.text[found.end() : found.end() + 1] == MONEY:
        opening = next((term for term in terms if term.at == found.end()), None)
    elif found is None and terms and terms[0].is_level and terms[0].sentence == 0 and terms[0].letter == MONEY:
        opening = terms[0]
    return Item(flat, tuple(terms), int(number["value"]) if number else 0, path, codes, opening)


def amounts_of(item: Item, fiscal_year: int | None, accounts: bool) -> Iterator[Term]:
    """The figures of an item that tell its amount of the year: the opening, 预算安排, 支出决算."""
    if item.opening is not None:
        yield item.opening
    for term in item.terms:
        if term is item.opening or not term.is_level or term.letter != MONEY or core(term.name):
            continue
        final = accounts and term.attribute == "final" and term.year in (None, fiscal_year)
        if final or (not accounts and term.attribute == "budget" and term.year == fiscal_year):
            yield term


def twice_in_item(item: Item, fiscal_year: int | None) -> Iterator[Repeated]:
    """An item that opens with one amount and arranges another."""
    if item.opening is None or item.path is None:
        return
    for term in item.terms:
        if term.at <= item.opening.at or not term.is_level or term.letter != MONEY or core(term.name):
            continue
        if term.attribute == "budget" and term.year == fiscal_year:
            yield Repeated(
                words=item.flat.words(term.start, term.at + 1),
                kind="item",
                name=item.name,
                one=_said(item.flat, term, "预算安排"),
                others=(_said(item.flat, item.opening, "本条开头"),),
            )


def _said(flat: Flat, term: Term, name: str) -> Said:
    return said(flat, term, name)


def item_sums(
    document: Document, items: dict[int, Item], flats: Sequence[Flat], terms: dict[int, list[Term]]
) -> Iterator[Sum]:
    """Items numbered 1 to n without a gap, and the total that the paragraph before them names."""
    run: list[Item] = []
    for flat in [*flats, None]:
        item = items.get(flat.block) if flat is not None else None
        if item is not None and item.number == len(run) + 1 and (run or item.number == 1):
            run.append(item)
            continue
        if flat is not None and run and _goes_on(document, flat):
            continue
        if len(run) >= _FEWEST:
            yield from _run_sum(run, flats, terms)
        run = [item] if item is not None and item.number == 1 else []


def _goes_on(document: Document, flat: Flat) -> bool:
    """Whether a paragraph between two items may belong to the first: text without a heading of its own."""
    block = document.blocks[flat.block]
    return isinstance(block, Paragraph) and block.role in (Role.NOTE, Role.CAPTION)


def _run_sum(run: Sequence[Item], flats: Sequence[Flat], terms: dict[int, list[Term]]) -> Iterator[Sum]:
    before = [flat for flat in flats if flat.block < run[0].flat.block][-4:]
    if not before or not _INTRO.search(before[-1].text):
        return
    opened = all(item.opening is not None for item in run)
    for attribute in ("opening",) if opened else ("final", "initial", "budget"):
        chosen = [_chosen(item, attribute) for item in run]
        parts = [(item, term) for item, term in zip(run, chosen, strict=True) if term is not None]
        if len(parts) < len(run) or any(item.path is None for item, _ in parts):
            continue
        total = _total(before, terms, attribute)
        if total is None:
            continue
        flat, term = total
        yield Sum(
            words=flat.words(term.start, term.at + 1),
            total=said(flat, term),
            parts=tuple(said(item.flat, one, f"{item.number}.{item.name}") for item, one in parts),
            # A list of what is called the main contents need not be the whole.
            is_whole="主要" not in before[-1].text,
        )


def _chosen(item: Item, attribute: str) -> Term | None:
    if attribute == "opening":
        return item.opening
    return next(
        (t for t in item.terms if t.is_level and t.letter == MONEY and t.attribute == attribute and not core(t.name)),
        None,
    )


def _total(before: Sequence[Flat], terms: dict[int, list[Term]], attribute: str) -> tuple[Flat, Term] | None:
    """What the items add up to: the thing that the introduction names, with its last amount before."""
    intro = before[-1]
    subject = re.sub(r"(?:主要)?(?:内容|情况|用途|安排|用于)?(?:具体)?(?:如下|其中|包括)[：，。]*$", "", intro.text)
    subject = re.sub("^(?:具体|主要|支出)?(?:情况|内容)?$", "", re.split("[。；，：]", subject)[-1])
    for flat in reversed(before):
        for term in reversed(terms.get(flat.block, [])):
            if not term.is_level or term.letter != MONEY or term.depth:
                continue
            if attribute in ("final", "initial"):
                if term.attribute == attribute and flat is intro:
                    return flat, term
            elif (len(subject) >= _SHORTEST_SUBJECT and core(term.name).endswith(subject)) or (
                len(subject) < _SHORTEST_SUBJECT and flat is intro
            ):
                return flat, term
    return None
