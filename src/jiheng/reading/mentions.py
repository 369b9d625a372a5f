"""All numbers of a text: what concerns time first, then everything else."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.model.document import Kind, Mention, Passage
from jiheng.reading.letters import narrow
from jiheng.reading.numerals import numbers
from jiheng.reading.tokens import Token
from jiheng.reading.years import Dated, dated

_OTHER_LINE = "数字跨行，按连在一起读"


def mentions_in(passage: Passage, block: int, cell: int | None = None) -> Iterator[Mention]:
    """The numbers of one passage in order.

    >>> [m.kind.value for m in mentions_in(Passage("2023年全年预算数31385.997668万元，执行率为100%。"), 0)]
    ['年份', '数值', '数值']
    """
    if not passage.text:
        return
    text = narrow(passage.text)
    dates = list(dated(text))
    tokens = numbers(text, [(one.start, one.end) for one in dates])
    found = [
        *(_of_date(one, passage, block, cell) for one in dates),
        *(_of(one, passage, block, cell) for one in tokens),
    ]
    yield from sorted(found, key=lambda mention: mention.start)


def _of_date(one: Dated, passage: Passage, block: int, cell: int | None) -> Mention:
    doubt = "没有这样的日期" if one.kind is Kind.DAMAGED else ""
    return Mention(
        kind=one.kind,
        text=passage.text[one.start : one.end],
        block=block,
        cell=cell,
        start=one.start,
        end=one.end,
        spot=passage.spot(one.start),
        year=one.year,
        last_year=one.last_year,
        day=one.day,
        doubt=doubt,
    )


def _of(one: Token, passage: Passage, block: int, cell: int | None) -> Mention:
    doubt = one.doubt
    if not doubt and one.kind is Kind.FIGURE and _is_broken(passage, one):
        doubt = _OTHER_LINE
    return Mention(
        kind=one.kind,
        text=passage.text[one.start : one.end],
        block=block,
        cell=cell,
        start=one.start,
        end=one.end,
        spot=passage.spot(one.start),
        figure=one.figure,
        high=one.high,
        near=one.near,
        doubt=doubt,
    )


def _is_broken(passage: Passage, one: Token) -> bool:
    """Whether the digits themselves go over from one printed line to the next."""
    for offset, spot in passage.anchors:
        if one.start < offset < one.end and (spot.box or spot.line):
            before, after = passage.text[offset - 1], passage.text[offset]
            if (before.isdigit() or before in ".,") and (after.isdigit() or after in ".,"):
                return True
    return False
