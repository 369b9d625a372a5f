"""占: a part and its share, of its list's total, of a whole named before, or of the whole that the parts of a list make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jiheng.model.statement import Rate, Said, Shares, Words
from jiheng.reading.statements.flat import COUNT, MONEY, SHARE, Flat
from jiheng.reading.statements.lists import Enumeration, depth_at, same_kind
from jiheng.reading.statements.terms import Term, alike, said, without_number

_OF = rf"占(?P<base>[^。；，：、{MONEY}{COUNT}{SHARE}]{{0,30}}?)(?:的比[例重]|的|比[例重]?)?(?:分别)?(?:为|是|达到?)?"
_SHARE_OF = re.compile(rf"{_OF}(?P<rate>{SHARE})(?![、和及与]{SHARE})")
_LISTED = r"(?:[、，]?[和及与]?{0}){{1,8}}"
_SHARES_OF = re.compile(
    rf"(?P<parts>{MONEY}{_LISTED.format(MONEY)})，(?:分别|各)?{_OF}(?P<rates>{SHARE}{_LISTED.format(SHARE)})"
)
_NAMES = re.compile(
    r"(?P<names>[^。；，：]+?)(?:采购|支出|收入|预算|决算|的)?(?:金额|规模|数额)?(?:分别|各)(?:为|是|达到?)?$"
)
_OTHER_YEARS = re.compile(r"比|较|上年|去年|同期")
_AMOUNT = re.compile(r"(?:决算|执行)?(?:总额|总计|合计|金额|数|决算)$")
_KIND = re.compile(r"(?:支出|收入)$")
_SHORTEST_BASE = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and its share, with the words for the whole. **Shape** `base` is empty where none are said."""

    part: Term
    rate: Term
    base: str
    name: str
    words: Words


@dataclass(slots=True)
class Wholes:
    """The amounts that a document has named so far: a share may be of one that stands paragraphs before."""

    named: dict[str, list[tuple[Term, Said]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, flat: Flat, terms: Sequence[Term]) -> None:
        """The levels of a paragraph that is done."""
        for term in terms:
            if term.is_level and term.letter == MONEY and not term.depth and not _OTHER_YEARS.search(term.lead):
                for name in _known_as(term):
                    self.named[name].append((term, said(flat, term)))

    def find(self, base: str, part: Term) -> Said | None:
        """The one amount by that name; None where the name stands for several."""
        found = [one for term, one in self.named.get(_bare(base), ()) if same_kind(part, term)]
        return found[-1] if len({one.figure.in_base for one in found}) == 1 else None


def shares_in(
    flat: Flat, terms: Sequence[Term], lists: Sequence[Enumeration], wholes: Wholes
) -> Iterator[Rate | Shares]:
    """The shares of a paragraph; those whose whole is said nowhere together, as the shares of one list."""
    alone: dict[tuple[int, str], list[Pair]] = defaultdict(list)
    for pair in _pairs(flat, terms):
        term = _within(pair, terms, lists)
        whole = said(flat, term) if term is not None else wholes.find(pair.base, pair.part) if pair.base else None
        if whole is None:
            alone[pair.part.sentence, pair.base].append(pair)
        elif alike(pair.part.figure, whole.figure) and (term is None or same_kind(pair.part, term)):
            rate = said(flat, pair.rate, "占比")
            yield Rate(words=pair.words, part=said(flat, pair.part, pair.name), whole=whole, rate=rate)
    for pairs in alone.values():
        if sum(bool(pair.part.figure.value) for pair in pairs) > 1 and _are_one_list(pairs):
            yield Shares(
                words=pairs[0].words,
                parts=tuple(said(flat, pair.part, pair.name) for pair in pairs),
                rates=tuple(said(flat, pair.rate, "占比") for pair in pairs),
            )


def _pairs(flat: Flat, terms: Sequence[Term]) -> Iterator[Pair]:
    by_place = {term.at: term for term in terms}
    for share in _SHARE_OF.finditer(flat.text):
        rate = by_place.get(share.start("rate"))
        depth = depth_at(flat.text, share.start())
        part = next((t for t in reversed(terms) if t.at < share.start() and t.is_level and t.depth == depth), None)
        if rate is not None and part is not None and not re.search("[。；]", flat.text[part.at : share.start()]):
            yield Pair(part, rate, share["base"], "", flat.words(part.start, share.end()))
    for listed in _SHARES_OF.finditer(flat.text):
        parts = [by_place.get(at) for at in _figures(flat, listed, "parts")]
        rates = [by_place.get(at) for at in _figures(flat, listed, "rates")]
        first = parts[0]
        if first is None or None in parts or None in rates or len(parts) != len(rates):
            continue
        names = _names_of(first, len(parts))
        for part, rate, name in zip(parts, rates, names, strict=True):
            if part is not None and rate is not None:
                yield Pair(part, rate, listed["base"], name, flat.words(first.start, listed.end()))


def _figures(flat: Flat, listed: re.Match[str], group: str) -> list[int]:
    return [at for at in range(listed.start(group), listed.end(group)) if flat.text[at] in MONEY + SHARE]


def _names_of(first: Term, count: int) -> list[str]:
    """甲、乙和丙分别为: the names of a list that stand together before its figures."""
    found = _NAMES.search(first.lead)
    names = re.split("[、和及与]", found["names"]) if found else []
    return names if len(names) == count else [f"第 {place} 项" for place in range(1, count + 1)]


def _within(pair: Pair, terms: Sequence[Term], lists: Sequence[Enumeration]) -> Term | None:
    """The whole within the paragraph: the total of the list that the part stands in, or what the words name."""
    total = next((one.total for one in lists if pair.part in one.parts), None)
    if total is not None and (not pair.base or _names(pair.base, total)):
        return total
    if not pair.base:
        return None
    return next((t for t in reversed(terms) if t.at < pair.part.at and t.is_level and _names(pair.base, t)), None)


def _names(base: str, term: Term) -> bool:
    """Whether words name a term: all their letters, in order, end its name."""
    name, words = without_number(term.name), re.sub("[“”]|^(?:全部|其|本年度?|当年|全年)", "", base)
    if name and len(words) >= _SHORTEST_BASE and (name.endswith(words) or words.endswith(name)):
        return True
    words = _bare(base)
    return len(words) >= _SHORTEST_BASE and any(known.endswith(words) for known in _known_as(term))


def _known_as(term: Term) -> set[str]:
    """The names a share may call a term by: 三公经费支出合计 is also 三公经费支出 and 三公经费."""
    name = _bare(without_number(term.name))
    return {known for known in (name, _KIND.sub("", name)) if len(known) >= _SHORTEST_BASE}


def _bare(name: str) -> str:
    """A name without quotes, without what says that it is this year's, and without the words for an amount."""
    words = re.sub('[“”"]|^(?:全部|其|度|本年度?|当年|全年|本部门|本单位)+', "", name)
    return next((rest for rest in (_AMOUNT.sub("", words),) if len(rest) >= _SHORTEST_BASE), words)


def _are_one_list(pairs: Sequence[Pair]) -> bool:
    parts = [pair.part for pair in pairs]
    same = all(alike(one.figure, parts[0].figure) and same_kind(one, parts[0]) for one in parts)
    return same and len({one.depth for one in parts}) == 1 and len(set(parts)) == len(parts)
