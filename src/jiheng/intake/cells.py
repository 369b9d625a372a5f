"""One parser for each kind of cell; what cannot be read is a fault that says what was expected and how to mend it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jiheng.formats import Cell
from jiheng.intake.number_look import look_of
from jiheng.intake.quantity import Quantity, plain, quantity_in
from jiheng.model import Comparator
from jiheng.rulebook.forms import CellType, Column
from jiheng.values import Bound, Dimension, Figure, FiscalYear, RegionCode, Unit, exact_from_spreadsheet, unit_named
from jiheng.values.exact import LARGEST, SPREADSHEET_DIGITS, show_number
from jiheng.values.units import PERCENT

COMPARATORS = {
    "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST,
    "不低于": Comparator.AT_LEAST,
    "不少于": Comparator.AT_LEAST,
    "不小于": Comparator.AT_LEAST,
    "至少": Comparator.AT_LEAST,
    "大于或等于": Comparator.AT_LEAST,
    "大于等于": Comparator.AT_LEAST,
    ">": Comparator.MORE_THAN,
    "大于": Comparator.MORE_THAN,
    "=": Comparator.EQUAL,
    "等于": Comparator.EQUAL,
    "<": Comparator.LESS_THAN,
    "小于": Comparator.LESS_THAN,
    "≤": Comparator.AT_MOST,
    "<=": Comparator.AT_MOST,
    "不高于": Comparator.AT_MOST,
    "不超过": Comparator.AT_MOST,
    "不大于": Comparator.AT_MOST,
    "不多于": Comparator.AT_MOST,
    "至多": Comparator.AT_MOST,
    "小于或等于": Comparator.AT_MOST,
    "小于等于": Comparator.AT_MOST,
    "定性": Comparator.QUALITATIVE,
}
_YES, _NO = ("是", "有", "√", "y", "yes"), ("否", "无", "没有", "×", "n", "no")
NO_UNIT = ("", "-", "/", "无")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?|月)?|(\d{4})(\d{2})(\d{2})")
_MIDNIGHT = re.compile(r"\s+0?0:00(:00)?\s*$")
_FORMAT_DECIMALS = re.compile(r"\.(0+)")
_COUNTED = (Dimension.COUNT, Dimension.PEOPLE, Dimension.OCCASION)


class Fault(Exception):
    """A cell that cannot be read: what should stand there, and how to mend it."""

    def __init__(self, expected: str, mend: str) -> None:
        super().__init__(expected)
        self.expected, self.mend = expected, mend


class Doubt(Exception):
    """A cell that can be read in one sensible way, which the clerk should know of."""

    def __init__(self, value: object, reading: str, mend: str) -> None:
        super().__init__(reading)
        self.value, self.reading, self.mend = value, reading, mend


def parse(column: Column, cell: Cell, unit: str = "") -> object:
    """The value of a cell, in the type of its column.

    **Unit** `unit` is what the heading or the row's unit column says; a unit in the cell itself comes first.
    **Raises** Fault, Doubt.
    """
    if cell.kind == "f":
        raise Fault("公式的计算结果", "公式还没有计算：用 Excel 或 WPS 打开文件，重新计算后保存，或直接填数字")
    if cell.kind == "e":
        raise Fault("数值或文字", f"公式出错（{cell.raw}）：请改正公式，或直接填数字")
    return _PARSERS[column.type](column, cell, unit)


def unit_beside(cell: Cell) -> str:
    """The unit that a cell itself shows beside its number; empty when it shows none."""
    try:
        quantity = _quantity(cell)
    except Fault:
        return ""
    return quantity.unit if quantity else ""


def shown(cell: Cell) -> str:
    """The cell as its reader sees it, as far as that matters: without the noise of binary fractions, with percent
    signs and words that the number format adds.
    """
    number = _number(cell.raw) if cell.kind == "n" else None
    if number is None:
        return cell.raw.strip()
    look = look_of(cell.number_format)
    if look.is_percent:
        return f"{show_number(number * 100)}%"
    return f"{show_number(number).zfill(look.padded_to)}{look.words}"


@lru_cache(maxsize=4096)
def _number(raw: str) -> Decimal | None:
    try:
        return exact_from_spreadsheet(raw)
    except ValueError:
        return None


def _text(column: Column, cell: Cell, _unit: str) -> str:
    if cell.kind == "s":
        return cell.raw.strip()
    if cell.kind == "n" and (number := _number(cell.raw)) is not None and abs(number) >= 10**SPREADSHEET_DIGITS:
        raise Fault(
            "文字或不超过 15 位的数字", "超过 15 位的数字在表格里会丢掉末几位：请把单元格格式改为文本，再重新输入"
        )
    if cell.kind == "d" and column.type is CellType.TEXT:
        raise Doubt(cell.raw, f"表格软件把它存成了日期，按文字“{cell.raw}”理解", "请把单元格格式改为文本，再重新输入")
    return shown(cell)


def _quantity(cell: Cell) -> Quantity | None:
    if cell.kind == "n":
        look = look_of(cell.number_format)
        if look.is_scaled:
            raise Fault(
                "按原样显示的数字", "单元格的数字格式把数缩小了显示，看到的和存的不同：请改用常规格式，再核对数字"
            )
        number, unit = _number(cell.raw), look.words
        if number is None:
            raise Fault("合理大小的数字", "数字过大，请检查是否多打了几位")
        if look.is_percent:
            number, unit = number * 100, "%"
        places = _FORMAT_DECIMALS.search(cell.number_format)
        decimals = max(_decimals(number), len(places[1]) if places else 0)
        return _in_reach(Quantity(number, decimals, unit, Bound.EXACT))
    if cell.kind == "s":
        found = quantity_in(cell.raw)
        return _in_reach(found) if found else None
    return None


def _in_reach(quantity: Quantity) -> Quantity:
    if abs(quantity.value) >= LARGEST:
        raise Fault("合理大小的数字", "数字过大，请检查是否多打了几位")
    if quantity.decimals > SPREADSHEET_DIGITS:
        raise Fault("小数不超过 15 位的数字", "小数位数过多，请先四舍五入")
    return quantity


def _is_exact(quantity: Quantity) -> bool:
    return quantity.bound is Bound.EXACT and not quantity.is_about


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _figure_of(quantity: Quantity, unit: Unit, text: str) -> Figure:
    """Money is given to two decimals at least, a zero exactly; other figures mean just what they say."""
    exactly = Decimal(0)
    if unit.dimension is Dimension.MONEY:
        decimals = max(quantity.decimals, 2)
        exactly = Decimal(0) if quantity.value == 0 else Decimal(1).scaleb(-decimals)
    elif unit.dimension is Dimension.SHARE:
        exactly = Decimal(1).scaleb(-quantity.decimals)
    return Figure(quantity.value, unit, exactly, text, quantity.bound)


def _money(column: Column, cell: Cell, unit: str) -> Figure:
    quantity = _quantity(cell)
    if quantity is None:
        raise Fault(f"金额（{unit or column.unit}）", "只填数字；单位不同时把单位写在数字后面，例如 2647200元")
    given = unit_named(quantity.unit or unit or column.unit)
    if given.dimension is not Dimension.MONEY:
        raise Fault(f"金额（{column.unit}）", f"“{given}”不是认得的金额单位，请改为元、万元或亿元")
    if not _is_exact(quantity):
        raise Fault("确切的金额", "去掉“以上”“不超过”“约”一类的字，填实际金额")
    if quantity.value * given.factor != round(quantity.value * given.factor, 2):
        is_yuan = given.symbol == "元" and not quantity.unit and quantity.decimals <= 6
        as_wan = "；按万元填的，把标题的单位改为万元，或在数字后面写上“万元”" if is_yuan else ""
        raise Fault(
            "最小到分的金额",
            "金额不能小于 1 分：万元最多六位小数，元最多两位小数；可能是公式算出的长小数，请先四舍五入" + as_wan,
        )
    return _figure_of(quantity, given, shown(cell))


def _percent(column: Column, cell: Cell, unit: str) -> Figure:
    quantity = _quantity(cell)
    if quantity is None or quantity.is_about:
        raise Fault("百分比", "填百分比并写上百分号，例如 99.63%")
    given = unit_named(quantity.unit or unit or "%")
    if given.dimension is not Dimension.SHARE:
        raise Fault("百分比", f"“{given}”不是百分比，请写百分号")
    figure = _figure_of(quantity, given, shown(cell))
    if quantity.unit or quantity.value == 0:
        return figure
    if column.usually_whole and 0 < quantity.value <= 1:
        raise _unsigned(_hundredfold(figure))
    if unit:
        return figure
    raise _unsigned(figure)


def _hundredfold(figure: Figure) -> Figure:
    return Figure(figure.value * 100, PERCENT, figure.quantum * 100, figure.text, figure.bound)


def _unsigned(figure: Figure) -> Doubt:
    return Doubt(figure, f"没有写百分号，按 {show_number(figure.value)}{figure.unit} 理解", "请写上百分号")


def _figure(column: Column, cell: Cell, unit: str) -> Figure | str:
    """A figure where there is one; otherwise the words, of which the record decides what they are."""
    quantity = _quantity(cell)
    if quantity is None:
        return _text(column, cell, unit)
    unit = "" if plain(unit) in NO_UNIT else unit
    row_unit, own_unit = unit_named(unit), unit_named(quantity.unit)
    if unit and quantity.unit and not _agree(row_unit, own_unit):
        raise Fault(
            f"以“{unit}”为单位的数字", f"单元格里写的单位是“{quantity.unit}”，与度量单位“{unit}”不一致，请改成一致"
        )
    figure = _figure_of(quantity, own_unit if quantity.unit else row_unit, shown(cell))
    if not quantity.unit and row_unit is PERCENT and 0 < quantity.value <= 1:
        raise _unsigned(_hundredfold(figure) if column.usually_whole else figure)
    if quantity.is_about:
        raise Doubt(figure, f"按 {show_number(figure.value)}{figure.unit} 理解", "请填确切的数")
    return figure


def _agree(one: Unit, other: Unit) -> bool:
    if one.dimension is Dimension.OTHER and other.dimension is Dimension.OTHER:
        return one.symbol in other.symbol or other.symbol in one.symbol
    return one.dimension is other.dimension


def _points(_column: Column, cell: Cell, _unit: str) -> Decimal:
    quantity = _quantity(cell)
    if quantity is None or quantity.unit not in ("", "分", "%") or not _is_exact(quantity):
        raise Fault("数字", "只填数字，例如 4 或 92.5")
    return quantity.value


def _count(_column: Column, cell: Cell, _unit: str) -> Decimal:
    quantity = _quantity(cell)
    if quantity is None or not _is_exact(quantity):
        raise Fault("整数", "只填整数，例如 106")
    unit = unit_named(quantity.unit)
    if quantity.unit and unit.dimension not in _COUNTED:
        raise Fault("整数", f"“{quantity.unit}”不是计数的单位，只填整数，例如 106")
    count = quantity.value * unit.factor
    if count != int(count):
        raise Fault("整数", "只填整数，例如 106")
    if count < 0:
        raise Fault("不小于 0 的整数", "数量不能是负数")
    return count


def _date(column: Column, cell: Cell, _unit: str) -> date:
    if cell.kind == "d":
        return _date_as_seen(column, cell)
    text = shown(cell)
    found = _DAY.fullmatch(plain(_MIDNIGHT.sub("", text)))
    if found is None or (cell.kind == "n" and not found[4]):
        # A number such as 2023.1 may have been typed as 2023.10.
        raise Fault("日期", "日期写成 2023-10-31 的样子；如果显示为一串数字，请把单元格格式改为日期")
    year, month, day, *packed = found.groups()
    try:
        if packed[0]:
            return date(int(packed[0]), int(packed[1]), int(packed[2]))
        if day:
            return date(int(year), int(month), int(day))
        return _day_of_month(column, int(year), int(month))
    except ValueError:
        raise Fault("日历上有的日期", "没有这一天，请核对年、月、日") from None


def _date_as_seen(column: Column, cell: Cell) -> date:
    """A stored date; of one that shows no day or no year, the spreadsheet has made up what was not typed."""
    day = date.fromisoformat(cell.raw[:10])
    look = look_of(cell.number_format)
    if cell.number_format and look.shows_year and not look.shows_day and day.day == 1:
        return _day_of_month(column, day.year, day.month)
    if cell.number_format and not look.shows_year:
        raise Doubt(day, f"没有显示年份，按 {day} 理解", "请写出年份，例如 2023-10-31")
    return day


def _day_of_month(column: Column, year: int, month: int) -> date:
    if not column.month_means:
        raise Fault("日期", "请写到日，例如 2023-10-31")
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    return date(year, month, 1 if column.month_means == "first" else last)


def _month(_column: Column, cell: Cell, _unit: str) -> int:
    look = look_of(cell.number_format)
    if cell.kind == "d" and cell.number_format and not look.shows_year and not look.shows_day:
        return int(cell.raw[5:7])  # "1月", which the spreadsheet took for a date
    found = re.fullmatch(r"(\d{1,2})月?(份)?", plain(shown(cell)))
    if found and 1 <= int(found[1]) <= 12:
        return int(found[1])
    raise Fault("1 到 12 的月份", "填 1 到 12 的数字")


def _choice(column: Column, cell: Cell, unit: str) -> str:
    text = _text(column, cell, unit)
    for choice in column.choices:
        if plain(text) == plain(choice):
            return choice
    raise Fault(f"“{'”“'.join(column.choices)}”之一", "从下拉列表中选择")


def _yes_no(_column: Column, cell: Cell, _unit: str) -> bool:
    answer = _said_yes(cell)
    if answer is None:
        raise Fault("“是”或“否”", "填“是”或“否”")
    return answer


def _said_yes(cell: Cell) -> bool | None:
    word = plain(cell.raw).lower()
    if word in _YES or (cell.kind == "b" and word == "true"):
        return True
    return False if word in _NO or (cell.kind == "b" and word == "false") else None


def _answer(column: Column, cell: Cell, unit: str) -> bool | Figure | str:
    answer = _said_yes(cell)
    return answer if answer is not None else _figure(column, cell, unit)


def _codes(column: Column, cell: Cell, unit: str) -> tuple[str, ...]:
    if cell.kind == "d":
        raise Fault("编号", "表格软件把它存成了日期：请把单元格格式改为文本，再重新输入编号")
    return tuple(code for code in re.split(r"[、,，;；\s]+", _text(column, cell, unit)) if code)


@lru_cache(maxsize=512)
def comparator_in(text: str) -> Comparator | None:
    """The comparator that a text is; None when it is anything else."""
    return COMPARATORS.get(plain(text))


def _comparator(_column: Column, cell: Cell, _unit: str) -> Comparator:
    comparator = comparator_in(cell.raw)
    if comparator is None:
        raise Fault("≥、>、=、<、≤ 或 定性", "从下拉列表中选择")
    return comparator


@lru_cache(maxsize=512)
def _unit_symbol(text: str) -> str:
    return unit_named(text).symbol


def _unit(column: Column, cell: Cell, unit: str) -> str:
    text = _text(column, cell, unit)
    return "" if plain(text) in NO_UNIT else _unit_symbol(text)


def _region(_column: Column, cell: Cell, _unit: str) -> RegionCode:
    digits = plain(shown(cell))
    digits = digits[:6] if len(digits) in (9, 12) and digits.isdigit() else digits
    try:
        return RegionCode(digits)
    except ValueError as error:
        raise Fault("六位行政区划代码", f"{error}；例如北京市朝阳区填 110105") from None


def _year(_column: Column, cell: Cell, _unit: str) -> FiscalYear:
    found = re.fullmatch(r"(\d{4})(年度?)?", plain(shown(cell)))
    try:
        return FiscalYear(int(found[1]) if found else 0)
    except ValueError:
        raise Fault("四位数字的预算年度", "填四位数字，例如 2023") from None


_PARSERS: dict[CellType, Callable[[Column, Cell, str], object]] = {
    CellType.TEXT: _text,
    CellType.LONG: _text,
    CellType.MONEY: _money,
    CellType.PERCENT: _percent,
    CellType.FIGURE: _figure,
    CellType.POINTS: _points,
    CellType.COUNT: _count,
    CellType.DATE: _date,
    CellType.MONTH: _month,
    CellType.CHOICE: _choice,
    CellType.YES_NO: _yes_no,
    CellType.ANSWER: _answer,
    CellType.CODES: _codes,
    CellType.COMPARATOR: _comparator,
    CellType.UNIT: _unit,
    CellType.REGION: _region,
    CellType.YEAR: _year,
}
