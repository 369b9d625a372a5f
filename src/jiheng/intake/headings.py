"""What a heading says: its name, the unit it names, and whether it may stand for a name of the form."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jiheng.formats import Cell
from jiheng.intake.quantity import plain
from jiheng.rulebook.forms import CellType, Column
from jiheng.values import Dimension, unit_named

_ALIKE = 0.75
_LONGEST = 40
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_MONEY = "亿元|百万元|万元|千元|元"
_UNIT_WORDS = re.compile(r"(?:金额|计量)?(?:单位)?:?(?:人民币)?:?(.+)")
_TRAILING_UNIT = re.compile(rf"(?<=..)[/,、:-]?(?:单位)?:?(?<![美欧港日澳韩十百千万亿])(?P<unit>{_MONEY}|%)$")
_SHEET_UNIT = re.compile(rf"单位:?(?:人民币)?:?({_MONEY})(?![\u4e00-\u9fff])|[(]({_MONEY})[)]$")
_ONLY_UNIT = re.compile(rf"[(]?(?:金额)?单位:?(?:人民币)?:?({_MONEY})[)]?")
_TELLING = frozenset(
    "上下前后去今初末终始起止生失未已不非无可应拟计划实际预其中累本次调整增减差率比得分说明原因依据月季日超欠欠占均"
)
"""Characters that turn a name into the name of something else: 上年执行数, 未完成项目数, 年末预算数, 执行数差异."""


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """A heading without spaces, stars, colons, numbers in front, units and harmless remarks in brackets.

    >>> label(" *年初预算数（万元）："), label("二、 年初\\n预算数"), label("预算金额 万元")
    ('年初预算数', '年初预算数', '预算金额')
    >>> label("执行数（上年）")
    '执行数(上年)'
    """
    bare = plain(_BRACKETS.sub(_harmless_gone, text)).strip("*:") or plain(text)
    bare = re.sub(r"^[一二三四五六七八九十\d]+[、.]", "", bare)
    return _TRAILING_UNIT.sub("", bare).strip("*:")


def _harmless_gone(remark: re.Match[str]) -> str:
    inside = plain(remark[1])
    tells = not _unit_named_in(inside) and (_TELLING.intersection(inside) or re.search(r"\d", inside))
    return remark[0] if tells else ""


def _unit_named_in(remark: str) -> str:
    """The unit of a remark; words that end like money but are no unit we know stay as they are, to be refused."""
    found = _UNIT_WORDS.fullmatch(remark)
    if found is None:
        return ""
    unit = unit_named(found[1])
    if unit.dimension is not Dimension.OTHER:
        return unit.symbol
    return found[1] if found[1].endswith("元") else ""


@lru_cache(maxsize=4096)
def unit_in(heading: str) -> str:
    """The unit that a heading names in brackets or at its end; empty when it names none.

    >>> unit_in("年初预算数（万元）"), unit_in("部门（单位）名称"), unit_in("执行率(%)"), unit_in("预算金额/万元")
    ('万元', '', '%', '万元')
    >>> unit_in("预算金额（单位：人民币万元）"), unit_in("预算金额（美元）")
    ('万元', '美元')
    >>> unit_in("预算金额美元"), unit_in("预算金额十万元")
    ('', '')
    """
    for remark in _BRACKETS.findall(heading):
        if unit := _unit_named_in(plain(remark)):
            return unit
    found = _TRAILING_UNIT.search(plain(heading))
    return found["unit"] if found else ""


def sheet_units(cells: Iterable[Cell]) -> frozenset[str]:
    """The units of money that lines such as "单位：万元" name for a whole sheet."""
    found = (_SHEET_UNIT.search(plain(cell.raw)) for cell in cells if cell.kind == "s")
    return frozenset(one[1] or one[2] for one in found if one)


def is_unit_line(text: str) -> bool:
    """Whether a cell says "单位：万元" and nothing else."""
    return _ONLY_UNIT.fullmatch(plain(text)) is not None


@lru_cache(maxsize=4096)
def names_of(column: Column) -> tuple[str, ...]:
    """Every heading a column goes by."""
    return tuple(label(name) for name in (column.title, *column.aliases))


def takes_unit(column: Column) -> bool:
    """Whether a unit in the heading means anything for the cells below it."""
    return column.type in (CellType.MONEY, CellType.PERCENT, CellType.FIGURE, CellType.ANSWER)


def similarity(name: str, known: str) -> float:
    """How alike two names are, from 0 to 1; 0 for what is too long to be a name."""
    if not name or len(name) > _LONGEST or not set(name) & set(known):
        return 0
    return difflib.SequenceMatcher(None, name, known).ratio()


def means_the_same(name: str, known: str) -> bool:
    """Whether a name is the known one with some harmless characters more or fewer.

    >>> means_the_same("责任科室名称", "责任科室"), means_the_same("年末预算数", "年初预算数")
    (True, False)
    >>> means_the_same("上年执行数", "执行数"), means_the_same("执行数差异", "执行数")
    (False, False)
    """
    longer, shorter = (name, known) if len(name) > len(known) else (known, name)
    rest = iter(longer)
    extra: set[str] = set()
    for wanted in shorter:
        for character in rest:
            if character == wanted:
                break
            extra.add(character)
        else:
            return False
    extra.update(rest)
    return not extra & _TELLING and not any(character.isdigit() for character in extra)


@dataclass(frozen=True, slots=True)
class Guess:
    """A heading that is nearly one of the form's: which column it is like, and whether it was taken for it."""

    cell: Cell
    column: Column
    is_taken: bool


def guess(cell: Cell, columns: Iterable[Column]) -> Guess | None:
    """The column that a heading is most like. It is taken for that one when no other is as near and it means the same."""
    name = label(cell.raw) if cell.kind == "s" else ""
    bare = _BRACKETS.sub("", name)
    scored = sorted(
        ((max(similarity(bare, known) for known in names_of(one)), one) for one in columns), key=lambda pair: -pair[0]
    )
    if not scored or scored[0][0] < _ALIKE:
        return None
    is_certain = len(scored) == 1 or scored[1][0] < scored[0][0]
    same = any(means_the_same(name, known) and is_near(name, known) for known in names_of(scored[0][1]))
    return Guess(cell, scored[0][1], is_certain and same)


def is_near(name: str, known: str) -> bool:
    """Whether a name is like the known one."""
    return similarity(name, known) >= _ALIKE
