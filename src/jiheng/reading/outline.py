"""Titles, headings and their levels, from styles where the format has them and from their numbers everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiheng.model.document import Block, Paragraph, Role
from jiheng.reading.letters import chinese_number, narrow

_LEVELS = (
    re.compile(r"第 ?([一二三四五六七八九十\d]{1,3}) ?(?:部分|篇|编)"),
    re.compile(r"第 ?([一二三四五六七八九十\d]{1,3}) ?章"),
    re.compile(r"([一二三四五六七八九十]{1,3}) ?[、.．]"),
    re.compile(r"[(（] ?([一二三四五六七八九十]{1,3}) ?[)）][、.．]?"),
    re.compile(r"(\d{1,2}) ?(?:、|\.(?!\d))"),
    re.compile(r"[(（] ?(\d{1,2}) ?[)）][、.．]?"),
    re.compile(r"([①-⑳])"),
)
_CHINESE_TOP, _CHINESE_SUB, _DIGIT, _DIGIT_SUB = 2, 3, 4, 5
_ENDS_A_SENTENCE = re.compile(r"[。；;，,！!]$")
_LONGEST_HEADING = 45
_LONGEST_PLAIN_HEADING = 80
_LONGEST_LOW_HEADING = 30
_LONGEST_TITLE = 50
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Number:
    """The number at the head of a paragraph: as printed, its rank (0 the highest), its value."""

    text: str
    rank: int
    value: int


def number_of(text: str) -> Number | None:
    """The outline number that a text begins with.

    >>> number_of("（二）执行情况"), number_of("3、 整体绩效"), number_of("1.5亿元")
    (Number(text='（二）', rank=3, value=2), Number(text='3、', rank=4, value=3), None)
    """
    plain = narrow(text[:16]).replace("．", "、")
    for rank, pattern in enumerate(_LEVELS):
        if found := pattern.match(plain):
            word = found[1]
            if "①" <= word <= "⑳":
                value = ord(word) - ord("①") + 1
            else:
                value = int(word) if word.isdecimal() else int(chinese_number(word) or 0)
            return Number(text[: found.end()].strip(), rank, value)
    return None


def with_outline(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with titles, headings, levels and numbers told."""
    numbers = [number_of(block.text) if isinstance(block, Paragraph) else None for block in blocks]
    ranks = _true_ranks(blocks, numbers)
    styled = {block.level for block in blocks if isinstance(block, Paragraph) and block.role is Role.HEADING}
    used = sorted({rank for index, rank in ranks.items() if _may_head(blocks[index], rank)})
    level_of = {rank: place + 1 for place, rank in enumerate(used)}
    listed = _listed(blocks, numbers, ranks)
    if styled:
        level_of = _beside_styles(blocks, ranks, level_of)
    entries = {bare(block.text) for block in blocks if isinstance(block, Paragraph) and block.role is Role.CONTENTS}
    told: list[Block] = []
    for index, block in enumerate(blocks):
        number, rank = numbers[index], ranks.get(index)
        if not isinstance(block, Paragraph):
            told.append(block)
        elif number is None or rank is None:
            named = block.role is Role.BODY and len(block.text) > 2 and bare(block.text) in entries
            told.append(replace(block, role=Role.HEADING, level=1) if named else block)
        elif block.role is Role.HEADING:
            told.append(replace(block, number=number.text))
        elif (
            block.role is Role.BODY and rank in level_of and _may_head(_shortened(block), rank) and index not in listed
        ):
            told.append(replace(block, role=Role.HEADING, level=level_of[rank], number=number.text))
        else:
            told.append(replace(block, number=number.text))
    return _with_titles(told)


def bare(text: str) -> str:
    """A heading's words without its number, blanks and page number, as contents and body have them in common.

    >>> bare("三、 名词解释 12") == bare("名词解释")
    True
    """
    number = number_of(text.strip())
    rest = text.strip()[len(number.text) :] if number else text
    return re.sub(r"\s|\d+$", "", rest)


def _may_head(block: Block, rank: int) -> bool:
    if not isinstance(block, Paragraph) or block.role not in (Role.BODY, Role.HEADING):
        return False
    text = block.text.strip()
    if "\n" in text or len(text) < 3:
        return False
    if rank >= _DIGIT:
        return len(text) <= _LONGEST_LOW_HEADING and not re.search(r"[。；;，,！!：:]", text)
    if len(text) > _LONGEST_HEADING and (len(text) > _LONGEST_PLAIN_HEADING or re.search(r"[。；，：:]", text)):
        return False
    return not _ENDS_A_SENTENCE.search(text)


def _true_ranks(blocks: Sequence[Block], numbers: Sequence[Number | None]) -> dict[int, int]:
    """The rank of each number. Conversions from Word turn （二） into （2） and 三、 into 3、: where such a number goes on
    the count of the Chinese rank and not the count of its own, it belongs there."""
    ranks: dict[int, int] = {}
    last: dict[int, int] = {}
    pending: tuple[int, int] | None = None
    for index, number in enumerate(numbers):
        if number is None:
            continue
        block = blocks[index]
        if isinstance(block, Paragraph) and block.role is Role.CONTENTS:
            continue
        rank = number.rank
        for digits, words in ((_DIGIT, _CHINESE_TOP), (_DIGIT_SUB, _CHINESE_SUB)):
            if rank == digits and number.value > 1 and last.get(words) == number.value - 1:
                goes_on = last.get(digits) == number.value - 1
                if not goes_on and _may_head(_shortened(block), words):
                    rank = words
        before = number.value - 1
        if rank == _CHINESE_SUB and before and _CHINESE_SUB not in last and pending and pending[1] == before:
            # （1） … （二）: the first of the two is （一）.
            ranks[pending[0]] = _CHINESE_SUB
        if rank <= _CHINESE_SUB:
            pending = None
        elif rank == _DIGIT_SUB and not pending and _may_head(_shortened(block), _CHINESE_SUB):
            pending = (index, number.value)
        ranks[index] = rank
        last[rank] = number.value
        for lower in range(rank + 1, len(_LEVELS)):
            last.pop(lower, None)
    return ranks


def _listed(blocks: Sequence[Block], numbers: Sequence[Number | None], ranks: dict[int, int]) -> set[int]:
    """Short items that follow one another with nothing between them are a list, no headings."""
    listed: set[int] = set()
    for index, number in enumerate(numbers[:-1]):
        after = numbers[index + 1]
        if number is None or after is None or ranks.get(index, 0) < _DIGIT:
            continue
        if ranks.get(index) == ranks.get(index + 1) and after.value == number.value + 1:
            listed |= {index, index + 1}
    return listed


def _shortened(block: Block) -> Block:
    """The paragraph without a bracketed remark and the stop behind it, which some headings carry."""
    if not isinstance(block, Paragraph):
        return block
    head = re.sub(r"(?<=.)[(（][^()（）]*[)）]。?$", "", block.text.strip())
    return replace(block, passage=replace(block.passage, text=head))


def _beside_styles(blocks: Sequence[Block], ranks: dict[int, int], level_of: dict[int, int]) -> dict[int, int]:
    known: dict[int, int] = {}
    for index, rank in ranks.items():
        block = blocks[index]
        if isinstance(block, Paragraph) and block.role is Role.HEADING:
            known.setdefault(rank, block.level)
    if not known:
        return {}
    for rank in sorted(level_of):
        above = [known[one] for one in known if one < rank]
        known.setdefault(rank, max(above) + 1 if above else 1)
    return known


def _with_titles(blocks: list[Block]) -> tuple[Block, ...]:
    """The first lines before anything numbered are the title, unless a style already names one."""
    if any(isinstance(block, Paragraph) and block.role is Role.TITLE for block in blocks):
        return tuple(blocks)
    for index, block in enumerate(blocks[:_TITLE_LINES]):
        if not isinstance(block, Paragraph) or block.role is not Role.BODY or block.number:
            break
        text = block.text.strip()
        if len(text) > _LONGEST_TITLE or re.search(r"[。；，：:]", text) or re.fullmatch(r"目\s*录", text):
            break
        blocks[index] = replace(block, role=Role.TITLE, level=0)
    return tuple(blocks)
