"""Slips in words: the direction of a change, and last year's year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.model import document as documents
from jiheng.mutate.mutation import Kind, Mutation
from jiheng.mutate.tie import Law
from jiheng.mutate.ties import Known

_OPPOSITES = (
    ("增长", "下降"),
    ("增加", "减少"),
    ("高于", "低于"),
    ("大于", "小于"),
    ("上升", "下降"),
    ("提高", "降低"),
)
_OPPOSITE = {word: other for pair in _OPPOSITES for word, other in (pair, pair[::-1])}
_WORD = re.compile("|".join(_OPPOSITE))
_END = "。；！？\n"
_CONTEXT = 30
_TITLES = frozenset({documents.Role.TITLE, documents.Role.HEADING, documents.Role.CAPTION})
_OF_THE_YEAR = re.compile(r"^(?:度|全年|部门|年度)")


def flips(known: Known) -> Iterator[Mutation]:
    """Every word of direction beside a figure, turned round; determined where both figures stand in its sentence."""
    for index, block in known.document.paragraphs:
        for found in _WORD.finditer(block.text):
            start = max((block.text.rfind(sign, 0, found.start()) for sign in _END), default=-1) + 1
            ends = [at for sign in _END if (at := block.text.find(sign, found.end())) >= 0]
            end = min(ends, default=len(block.text))
            inside = {n for n, one in known.figures.items() if one.block == index and start <= one.start < end}
            if not inside:
                continue
            ties = [
                tie
                for one in inside
                for tie in known.ties.get(one, ())
                if tie.law is Law.GROWTH and inside.issuperset(tie.members)
            ]
            yield Mutation(
                kind=Kind.WORD_FLIPPED,
                block=index,
                start=found.start(),
                end=found.end(),
                before=found.group(),
                after=_OPPOSITE[found.group()],
                place=str(block.passage.spot(found.start())),
                context=block.text[max(found.start() - _CONTEXT, 0) : found.end() + _CONTEXT],
                is_determined=bool(ties),
                determined_by="同一句里有前后两个数" if ties else "",
                related=(index,),
            )


def stale_years(document: documents.Document) -> Iterator[Mutation]:
    """Every mention of the document's own year, one year back; determined in titles and before 度 and 全年."""
    for one in document.mentions:
        if one.kind is not documents.Kind.YEAR or one.year is None or one.year != document.head.year:
            continue
        block = document.blocks[one.block]
        text = document.passage(one.block, one.cell).text
        if not one.text.startswith(str(one.year)) or text[one.start : one.end] != one.text:
            continue
        role = block.role if isinstance(block, documents.Paragraph) else None
        is_told = role in _TITLES or bool(_OF_THE_YEAR.match(text[one.start + 5 :]))
        yield Mutation(
            kind=Kind.YEAR_STALE,
            block=one.block,
            cell=one.cell,
            start=one.start,
            end=one.end,
            before=one.text,
            after=one.text.replace(str(one.year), str(one.year - 1), 1),
            place=str(one.spot),
            context=text[max(one.start - _CONTEXT, 0) : one.end + _CONTEXT],
            is_determined=is_told,
            determined_by=f"全文是 {one.year} 年度的" if is_told else "",
            related=(one.block,),
        )
