"""Numbers in tables, with the unit from the cell, its row, its column, the title, or the unit line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jiheng.model.document import Kind, Mention, Table, TableCell
from jiheng.reading.captions import unit_in
from jiheng.reading.letters import narrow
from jiheng.reading.mentions import mentions_in
from jiheng.reading.table_context import TableView
from jiheng.reading.tokens import NO_UNIT, figure_of
from jiheng.reading.units_beside import is_money, unit_alone
from jiheng.values import Dimension, Figure, Unit, unit_named
from jiheng.values.units import PERCENT

_ONE_NUMBER = re.compile(
    r"(?P<open>[(（])?(?P<sign>[-+])?[¥￥]? ?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)? ?(?P<percent>%)?(?P<close>[)）])?"
)
_CODED = re.compile(r"编码|代码|序号|电话|邮编|账号|证号|^[类款项]$|^(?:19|20)\d{2}$")
_CODE_NAMES = frozenset({"类", "款", "项", "号", "行次", "栏次"})
_NOT_MONEY = re.compile(
    r"人数|个数|次数|数量|面积|分值|得分|权重|比例|比重|占比|率|%|年度|时间|日期|年限|天数|户数|家数|指标值|完成值|目标值|实际值|行次|栏次|人员(?!经费|支出|工资|类)"
)
_SHARE_NAME = re.compile(r"(?:率|比例|比重|占比|%)(?:[(（][^()（）]*[)）])?$")
_MONEY_NAME = re.compile(r"资金|金额|总额|经费|拨款|支出|费$")
_PERCENT_NAME = re.compile(r"%|％|百分比")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{1,6})[)）]")
_LEAST_MONEY_DECIMALS = 2


def mentions_of_table(table: Table, block: int) -> Iterator[Mention]:
    """The numbers of all cells in order of reading."""
    view = TableView(table)
    for index, cell in enumerate(table.cells):
        if not any(letter.isdigit() or letter in "一二三四五六七八九十百" for letter in cell.text):
            continue
        yield from _of_cell(view, cell, index, block)


def _of_cell(view: TableView, cell: TableCell, index: int, block: int) -> Iterator[Mention]:
    text = narrow(cell.text)
    found = _ONE_NUMBER.fullmatch(text.strip())
    if found is None:
        for one in mentions_in(cell.passage, block, index):
            yield _with_unit(view, cell, one, text)
        return
    names = view.names_above(cell.row, cell.column)
    start = len(text) - len(text.lstrip())
    whole = Mention(
        kind=Kind.FIGURE,
        text=cell.text.strip(),
        block=block,
        cell=index,
        start=start,
        end=start + len(text.strip()),
        spot=cell.passage.spot(start),
    )
    digits = (found["sign"] or "").replace("+", "") + found["digits"] + (found["part"] or "")
    if _is_code(names, view.label(cell.row, cell.column), found, cell):
        yield replace(whole, kind=Kind.CODE)
        return
    if found["percent"]:
        yield replace(whole, figure=_stored(cell, figure_of(digits, PERCENT, text=whole.text)))
        return
    unit, source = _unit(view, cell, names)
    doubt = "括号里的数，可能是负数" if found["open"] and found["close"] else ""
    yield replace(whole, figure=_stored(cell, figure_of(digits, unit)), unit_from=source, doubt=doubt)


def _is_code(names: list[str], label: str, found: re.Match[str], cell: TableCell) -> bool:
    if cell.number or found["part"] or found["percent"]:
        named = [re.sub(r"\s", "", name) for name in names]
        return bool(cell.number) and any(_CODED.search(name) for name in named[-1:])
    if len(found["digits"]) > 1 and found["digits"][0] == "0":
        return True
    named = [re.sub(r"\s", "", name) for name in names]
    if any(name in _CODE_NAMES or _CODED.search(name) for name in named[-1:]):
        return True
    return any("编码" in name or "代码" in name for name in named) or bool(re.search(r"电话|编码|代码|邮编", label))


def _stored(cell: TableCell, figure: Figure) -> Figure:
    """A spreadsheet's number as stored: an amount is given to two decimals at least, a share as it is shown."""
    if not cell.number:
        return figure
    value = Decimal(cell.number)
    if figure.unit == PERCENT:
        exact = value * 100 if "%" in cell.format else value
        return replace(figure, value=exact, quantum=figure.quantum)
    decimals = len(cell.number.partition(".")[2])
    quantum = Decimal(0)
    if is_money(figure.unit) and value:
        quantum = Decimal(1).scaleb(-max(decimals, _LEAST_MONEY_DECIMALS))
    return replace(figure, value=value, quantum=quantum)


def _with_unit(view: TableView, cell: TableCell, one: Mention, text: str) -> Mention:
    """A number among words; a limit without a unit ("≥90") takes the unit of its row."""
    if one.kind not in (Kind.FIGURE, Kind.RANGE) or one.figure is None or one.figure.unit != NO_UNIT:
        return one
    rest = text[: one.start].strip(" ≥≤><=不低于高超过少多约近:：") + text[one.end :].strip()
    if rest:
        return one
    unit, source = _unit(view, cell, view.names_above(cell.row, cell.column))
    if unit is None:
        return one
    high = replace(one.high, unit=unit) if one.high else None
    quantum = one.figure.quantum if unit.dimension in (Dimension.MONEY, Dimension.SHARE) else Decimal(0)
    return replace(one, figure=replace(one.figure, unit=unit, quantum=quantum), high=high, unit_from=source)


def _is_no_money(name: str) -> bool:
    """Whether a name says that its numbers are no amounts, so that 单位：万元 does not speak of them."""
    if _SHARE_NAME.search(name):
        return True
    return _NOT_MONEY.search(name) is not None and not _MONEY_NAME.search(name)


def _unit(view: TableView, cell: TableCell, names: list[str]) -> tuple[Unit | None, str]:
    """The unit of a bare number and where it stands."""
    column = view.unit_column(cell.row, cell.column)
    header = re.sub(r"\s", "", "".join(names))
    if column is not None and re.search(r"值|数|情况", names[-1] if names else ""):
        word = view.text(cell.row, column).strip()
        if word:
            return unit_named(word), "单位列"
    for name in reversed(names):
        for found in _IN_BRACKETS.finditer(narrow(name)):
            if (unit := unit_alone(found[1].removeprefix("单位").strip(":："))) is not None:
                return unit, "列名"
    label = view.label(cell.row, cell.column)
    for found in _IN_BRACKETS.finditer(narrow(label)):
        if (unit := unit_alone(found[1])) is not None:
            return unit, "行名"
    if _PERCENT_NAME.search(narrow(header)):
        return PERCENT, "列名"
    if _is_no_money(header) or _is_no_money(re.sub(r"\s", "", label)):
        return None, ""
    if view.table.unit:
        from_title = bool(unit_in(view.table.title)) and unit_in(view.table.title) == view.table.unit
        return unit_named(view.table.unit), "表题" if from_title else "单位行"
    section = view.section_unit(cell.row)
    return (unit_named(section), "表内标题") if section else (None, "")
