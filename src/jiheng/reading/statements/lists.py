"""其中、包括、分别为: a total and the list of its parts within one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiheng.model.statement import Sum
from jiheng.reading.statements.families import is_whole_family, overlaps
from jiheng.reading.statements.flat import COUNT, MONEY, SHARE, Flat
from jiheng.reading.statements.terms import Role, Term, alike, core, said, without_number
from jiheng.values import Interval

_OPENS = re.compile(
    r"其中[：，,]?|(?:主要)?(?:包括|用于以下方面|由以下部分组成|构成如下|构成为)(?:（[^（）]{1,10}）)?：|分别为：?|分别是：?"
    rf"|包括(?=[^。；，：{MONEY}]{{2,16}}{MONEY})"
    r"|(?:分项|具体|明细)(?:情况)?(?:是|为|如下)："
)
_NO_PART = re.compile(
    r"平均|人均|单价|每|标准|最高|以上|以下|同比|(?:上年|年初)(?!结转|结余)|去年|限额|比|较|预留|面向|授予|累计|另有|另外|此外|不含|不包括"
)
_USED_FOR = re.compile(rf"(?:是|系|主要)?(?:用于|用作|为)(?P<name>[^，。；{MONEY}{COUNT}{SHARE}]{{2,40}})")
_HUNDRED = Decimal(100)
_GRAND = re.compile("总计$|总额$|^总收入$|^总支出$")
_OF_THE_YEAR = re.compile("本年(?:度)?(?:支出|收入)")
_CARRIED = re.compile("结转|结余")
_FEWEST_FOR_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A total, the list behind it, and the shares that stand in the list."""

    total: Term
    parts: tuple[Term, ...]
    opens: int
    ends: int


def enumerations(flat: Flat, terms: Sequence[Term]) -> list[Enumeration]:
    """The lists of a paragraph. One list inside another is told apart only where semicolons part the outer one."""
    found: list[Enumeration] = []
    for opening in _OPENS.finditer(flat.text):
        opens, depth = opening.end(), depth_at(flat.text, opening.start())
        ends = _end(flat.text, opens, depth)
        if opening[0] == "其中" and flat.text[opens : opens + 1] == "的":
            continue
        found += _one(flat, terms, opening.start(), opens, ends, depth)
    found += _bracketed(flat, terms)
    return found


def _one(flat: Flat, terms: Sequence[Term], start: int, opens: int, ends: int, depth: int) -> list[Enumeration]:
    inner = [place.start() for place in re.finditer("其中", flat.text[opens:ends])]
    inner = [opens + at for at in inner if depth_at(flat.text, opens + at) == depth]
    first = flat.text.find("；", opens, ends)
    if inner and opens <= first < inner[0] and _listed(terms, opens, first, depth) > 1:
        # 编制46人，其中行政12人、事业34人；实有45人，其中…: the first list is whole before the second begins.
        inner, ends = [], first
    if inner:
        if "；" not in flat.text[opens:ends]:
            return []
        parts = [term for term in _segment_heads(flat, terms, opens, ends, depth) if _may_be_part(term)]
    else:
        parts = [term for term in terms if opens <= term.at < ends and term.depth == depth and _may_be_part(term)]
    if not parts:
        return []
    total = _total(flat, terms, start, parts[0], depth)
    if total is None:
        return []
    if "其中" in flat.text[_sentence_start(flat.text, start) : start] and flat.text.find("；", opens, ends) >= 0:
        # An inner list reaches only to the semicolon that ends its item.
        ends = min(at for at in (flat.text.find("；", opens, ends), ends) if at >= 0)
        parts = [term for term in parts if term.at < ends]
    parts = [term for term in parts if alike(term.figure, total.figure) and same_kind(term, total)]
    parts = parts[: next((at for at, term in enumerate(parts) if _is_other_total(term, total)), None)]
    if _OF_THE_YEAR.search(total.lead):
        parts = [term for term in parts if not _CARRIED.search(term.lead)]
    total = _that_fits(total, parts, terms)
    names = [part_name(flat, term) for term in parts]
    if not parts or len(set(names)) < len(names) or any(len(name) < 2 for name in names) or _are_two_sides(names):
        return []
    return [Enumeration(total, tuple(parts), opens, ends)]


def _listed(terms: Sequence[Term], start: int, end: int, depth: int) -> int:
    return sum(start <= term.at < end and term.depth == depth and _may_be_part(term) for term in terms)


def _is_other_total(term: Term, total: Term) -> bool:
    """收入总计A，其中：…；支出总计A，其中：… the other side begins a list of its own."""
    return bool(_GRAND.search(term.name)) or (
        term.figure == total.figure and term.name.startswith(("收入", "支出")) and not core(term.name)
    )


def _are_two_sides(names: Sequence[str]) -> bool:
    return any(name.endswith("收入") for name in names) and any(name.endswith("支出") for name in names)


def _that_fits(total: Term, parts: Sequence[Term], terms: Sequence[Term]) -> Term:
    """第一批A，第二批B。其中用于甲…，用于乙… may be of the whole that stands before the two: the one that the parts make."""
    reach = Interval.total(term.figure.interval for term in parts)
    if not parts or reach.meets(total.figure.interval):
        return total
    before = [t for t in terms if t.at < total.at and t.is_level and total.sentence - t.sentence <= 1]
    fit = [t for t in before if alike(t.figure, total.figure) and reach.meets(t.figure.interval) and t.figure.value]
    return fit[-1] if fit and not re.search("比|较", fit[-1].lead) else total


def _segment_heads(flat: Flat, terms: Sequence[Term], opens: int, ends: int, depth: int) -> Iterator[Term]:
    """The first level figure of each item between semicolons."""
    at = opens
    for segment in flat.text[opens:ends].split("；"):
        stop = at + len(segment)
        inside = [term for term in terms if at <= term.at < stop and term.depth == depth and term.is_level]
        yield from inside[:1]
        at = stop + 1


def _bracketed(flat: Flat, terms: Sequence[Term]) -> Iterator[Enumeration]:
    """车辆7辆（甲3辆，乙4辆）: a bracket right behind a count that lists counts in the same unit."""
    for total in terms:
        if total.letter not in (COUNT, MONEY) or not total.is_level or flat.text[total.at + 1 : total.at + 2] != "（":
            continue
        opens, depth = total.at + 2, total.depth + 1
        if flat.text.startswith("其中", opens):
            continue
        ends = _end(flat.text, opens, depth)
        parts = [term for term in terms if opens <= term.at < ends and term.depth == depth and _may_be_part(term)]
        if len(parts) < 2 or not all(alike(term.figure, total.figure) for term in parts):
            continue
        if all(len(term.name) >= 2 for term in parts):
            yield Enumeration(total, tuple(parts), opens, ends)


def _may_be_part(term: Term) -> bool:
    return term.role is Role.LEVEL and term.is_level and not _NO_PART.search(term.lead)


def same_kind(part: Term, total: Term) -> bool:
    """A budget is no part of an expenditure, nor last year's figure of this year's."""
    if part.year is not None and total.year is not None and part.year != total.year:
        return False
    groups = {"final": 1, "executed": 1, "initial": 2, "annual": 2, "budget": 2}
    one, other = groups.get(part.attribute, 0), groups.get(total.attribute, 0)
    return not one or not other or one == other


def _total(flat: Flat, terms: Sequence[Term], at: int, first: Term, depth: int) -> Term | None:
    """The figure that a list is the list of: the last level before it of the same kind and depth, in the same sentence or,
    where the list opens a sentence, in the one before."""
    sentence = len(re.findall("[。！？]", flat.text[:at]))
    opens_sentence = flat.text[at - 1 : at] in ("。", "")
    begins = _sentence_start(flat.text, at)
    if flat.text.rfind("；", begins, at) > 0 and re.search(
        "收入|支出$", flat.text[flat.text.rfind("；", begins, at) : at]
    ):
        # 收入包括：…；支出包括：… are two lists of one total, which stands before the first.
        at, opens_sentence = begins, True
    for term in reversed(terms):
        if term.at >= at or not term.is_level or not alike(term.figure, first.figure):
            continue
        if term.sentence < sentence - (1 if opens_sentence else 0):
            return None
        if term.depth not in (depth, depth - 1):
            continue
        if re.search("比|较", term.lead) or not same_kind(first, term):
            continue
        return term
    return None


def sums_in(flat: Flat, found: Sequence[Enumeration]) -> Iterator[Sum]:
    """What the lists of a paragraph claim to add up to."""
    for one in found:
        if overlaps([term.name for term in one.parts]):
            continue
        money = one.total.letter == MONEY
        names = [part_name(flat, term) for term in one.parts]
        whole = is_whole_family(names) or _has_others(names) or _is_bracket(flat, one) or _shares_are_whole(flat, one)
        if not money and not whole:
            continue
        yield Sum(
            words=flat.words(one.total.start, one.ends),
            total=said(flat, one.total),
            parts=tuple(said(flat, term, name) for term, name in zip(one.parts, names, strict=True)),
            is_whole=whole,
            is_flat=not money and _has_others(names),
        )


def part_name(flat: Flat, term: Term) -> str:
    """What a part is called: before its figure, or behind it where it reads 30万元用于甲."""
    found = None if term.lead.strip("：、，") else _USED_FOR.match(flat.text, term.at + 1)
    return found["name"] if found else without_number(term.name)


def _is_bracket(flat: Flat, one: Enumeration) -> bool:
    return one.opens == one.total.at + 2 and flat.text[one.opens - 1] == "（" and len(one.parts) > 1


def _shares_are_whole(flat: Flat, one: Enumeration) -> bool:
    """Whether every part has its share printed and the shares come to 100%: then the list leaves nothing out."""
    shares = [flat.numbers[at].figure for at in range(one.opens, one.ends) if flat.text[at] == SHARE]
    given = [figure for figure in shares if figure is not None]
    if len(given) != len(one.parts) or len(given) < 2:
        return False
    return Interval.total(figure.interval for figure in given).holds(_HUNDRED)


def _has_others(names: Sequence[str]) -> bool:
    """A list that ends in 其他 leaves nothing out."""
    return len(names) > _FEWEST_FOR_OTHERS and any("其他" in name for name in names[1:])


def depth_at(text: str, at: int) -> int:
    """How many brackets are open at a letter."""
    return text.count("（", 0, at) - text.count("）", 0, at)


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。！？") + 1


def _end(text: str, at: int, depth: int) -> int:
    """Where a list ends: with its sentence, or with the bracket it stands in."""
    level = depth
    for place in range(at, len(text)):
        if text[place] == "（":
            level += 1
        elif text[place] == "）":
            level -= 1
            if level < depth:
                return place
        elif text[place] in "。！？" and level <= depth:
            return place
    return len(text)
