"""What stands above a table: its title and its unit line; and where a table of contents ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiheng.model.document import Block, Paragraph, Role, Table
from jiheng.reading.letters import narrow
from jiheng.reading.outline import bare
from jiheng.reading.units_beside import unit_alone

_UNIT = re.compile(
    r"(?:金额|计量|货币|数量)?单位 ?[:：] ?(?:人民币)?(百万元|千元|万元|亿元|元|[^\s，。;；)）(（]{1,6})"
)
_UNIT_IN_TITLE = re.compile(r"[(（] ?(?:单位 ?[:：] ?)?(百万元|千元|万元|亿元|元) ?[)）]")
_LABEL = re.compile(
    r"^(?:编制|填报|填表|公开|制表|预算|部门|单位)[^:：]{0,6}[:：]|单位 ?[:：]|^(?:公开|附)?(?:表|附件)\s*\d+(?:[-—]\d+)?$"
)
_CONTENTS = re.compile(r"^目\s*[录次]$")
_LONGEST_CAPTION = 60
_REACH = 4
_LONGEST_CONTENTS_LINE = 60


def unit_in(text: str) -> str:
    """The unit that a line above a table or a title names; "" when it names none.

    >>> unit_in("编制部门：某局    单位：万元"), unit_in("总体资金情况（元）"), unit_in("单位：某街道办事处")
    ('万元', '元', '')
    """
    plain = narrow(text)
    for found in _UNIT.finditer(plain):
        if unit_alone(found[1]) is not None:
            return found[1]
    found_title = _UNIT_IN_TITLE.search(plain)
    return found_title[1] if found_title else ""


def with_captions(blocks: Sequence[Block]) -> list[Block]:
    """The tables with title, unit and the number of header rows; what names them is marked as caption."""
    told = list(blocks)
    for index, block in enumerate(told):
        if not isinstance(block, Table):
            continue
        inside = _title_rows(block)
        title = block.title or (inside[0] if inside else "")
        unit = next((found for text in [title, *inside] if (found := unit_in(text))), "")
        for back in range(1, _REACH + 1):
            above = told[index - back] if index >= back else None
            if not isinstance(above, Paragraph) or block.inside is not None:
                break
            text = above.text.strip()
            if len(text) > _LONGEST_CAPTION or re.search(r"[。；;]$", text) or above.role in (Role.NOTE, Role.BOX):
                break
            found = unit_in(text)
            unit = unit or found
            if found or _LABEL.search(text):
                told[index - back] = replace(above, role=Role.CAPTION)
                continue
            if not title:
                title = text
                if above.role is Role.BODY:
                    told[index - back] = replace(above, role=Role.CAPTION)
            break
        told[index] = replace(block, title=title, unit=unit or unit_in(title))
    return told


def _title_rows(table: Table) -> list[str]:
    """The texts of the first rows that are one cell across the whole table."""
    texts: list[str] = []
    for row in range(min(table.rows, 3)):
        cells = [cell for cell in table.cells if cell.row == row]
        if len(cells) != 1 or cells[0].column_span < table.columns or not 0 < len(cells[0].text) <= _LONGEST_CAPTION:
            break
        texts.append(cells[0].text.strip())
    return texts if len(texts) < table.rows else []


def with_contents(blocks: Sequence[Block]) -> list[Block]:
    """Everything between the word 目录 and the place where its first entry comes again is contents."""
    told = list(blocks)
    for index, block in enumerate(told):
        if not isinstance(block, Paragraph) or not _CONTENTS.match(block.text.strip()):
            continue
        end = _end_of_contents(told, index)
        for place in range(index, end):
            one = told[place]
            if isinstance(one, Paragraph):
                told[place] = replace(one, role=Role.CONTENTS, level=0)
        break
    return told


def _end_of_contents(blocks: Sequence[Block], start: int) -> int:
    entries: list[str] = []
    for place in range(start + 1, len(blocks)):
        block = blocks[place]
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_CONTENTS_LINE or "。" in block.text:
            break
        words = bare(block.text)
        # The body begins where the first entry, or the one above it, comes a second time.
        if len(entries) > 1 and words and words in entries[:2]:
            return place
        entries.append(words)
    marked = [place for place in range(start + 1, len(blocks)) if _is_contents(blocks[place])]
    return marked[-1] + 1 if marked else start + 1


def _is_contents(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.CONTENTS
