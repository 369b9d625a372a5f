"""The indicator table and the fund block of a goal table, wherever a document has one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jiheng.model import Actual, Comparator, FundBlock, Indicator
from jiheng.model.document import Document, Kind, Mention, Table
from jiheng.reading.letters import narrow
from jiheng.reading.places import origin, place
from jiheng.reading.table_context import TableView
from jiheng.values import Bound, Dimension, Figure, unit_named

_COLUMNS = (
    ("activity", re.compile(r"^活动$")),
    ("task", re.compile(r"^任务$")),
    ("dimension", re.compile(r"^一级指标$")),
    ("category", re.compile(r"^二级指标$")),
    ("name", re.compile(r"^(?:三级指标|指标名称|绩效指标名称)$")),
    ("comparator", re.compile(r"性质|计算符号|比较符")),
    ("unit", re.compile(r"^(?:绩效|指标)?(?:度量|计量)?单位$|度量单位|计量单位")),
    ("actual", re.compile(r"实际完成|完成值|实际值|全年实际")),
    ("target", re.compile(r"指标值|目标值")),
    ("weight", re.compile(r"^(?:权重|分值)(?:[(（].*[)）])?$")),
    ("score", re.compile(r"^得分$")),
)
_COMPARATORS = {
    "≥": Comparator.AT_LEAST, ">=": Comparator.AT_LEAST, "不低于": Comparator.AT_LEAST, ">": Comparator.MORE_THAN,
    "=": Comparator.EQUAL, "<": Comparator.LESS_THAN, "≤": Comparator.AT_MOST, "<=": Comparator.AT_MOST, "定性": Comparator.QUALITATIVE,
}  # fmt: skip
_BOUND_OF = {Bound.AT_LEAST: Comparator.AT_LEAST, Bound.AT_MOST: Comparator.AT_MOST, Bound.EXACT: Comparator.EQUAL}
_SCALE = re.compile(r"[优良中低差高好一般及格不合]{2,8}")
_NOTHING = re.compile(r"(?:未填写?|[-—－/／]*)")
"""What stands in a cell that nothing was filled into."""
_DIMENSION = re.compile(r"产出|效益|效果|满意|成本|决策|过程|履职|管理")
_POINTS_OF = re.compile(r"\s*[（(]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
"""产出指标（50分）: the points of a dimension behind its name."""
_LEVEL_WORDS = re.compile(
    r"[优良中低差高]|达成预期指标|部分达成.*|未完成预期.*"
    r"|(?:已|基本|全部|较为?|比较|部分|得到|有所)*(?:完成|达标|健全|完善|达成|实现|明显|显著|良好|稳定|提升|提高|规范|合理|及时|到位|有效|合格|落实|改善)(?:[^\d，。；]{0,4})"
)
_FUND_TITLE = re.compile(r"总体资金|资金总额|整体支出|支出总额|资金情况")


def indicators(document: Document) -> list[Indicator]:
    """Every row of every indicator table."""
    found: list[Indicator] = []
    for index, table in document.tables:
        view = TableView(table)
        for row in range(table.rows):
            columns = _columns(view, row)
            if columns:
                found += _rows(document, index, view, row, columns)
    return found


def _columns(view: TableView, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column in range(view.table.columns):
        name = re.sub(r"\s", "", view.text(row, column))
        for field, pattern in _COLUMNS:
            if name and field not in columns and pattern.search(name):
                columns[field] = column
                break
    return columns if "name" in columns and ("target" in columns or "dimension" in columns) else {}


def _rows(document: Document, block: int, view: TableView, header: int, columns: dict[str, int]) -> list[Indicator]:
    table = view.table
    figures = {one.cell: one for one in document.mentions if one.block == block and one.figure is not None}
    found: list[Indicator] = []
    last: dict[str, str] = {}
    for row in range(header + 1, table.rows):
        name_at = view.grid[row][columns["name"]]
        if row > 0 and _columns(view, row):
            break
        if name_at is None:
            continue
        cell = table.cells[name_at]
        if cell.row != row or not cell.text or cell.column_span > 2:
            continue
        texts = {field: view.text(row, column).strip() for field, column in columns.items()}
        # An empty cell below 产出指标 means the same: not every writer merges them.
        for field in ("dimension", "category"):
            texts[field] = last[field] = texts.get(field) or last.get(field, "")
        if "dimension" in columns and not _DIMENSION.search(texts.get("dimension", "")):
            continue
        if "target" in texts and not (texts["target"] or texts.get("comparator") or texts.get("dimension")):
            continue
        cells = {
            field: place(block, view.grid[row][column]) for field, column in columns.items() if view.text(row, column)
        }
        target_at = view.grid[row][columns["target"]] if "target" in columns else None
        actual_at = view.grid[row][columns["actual"]] if "actual" in columns else None
        target = figures.get(target_at) if target_at is not None else None
        comparator = _COMPARATORS.get(narrow(texts.get("comparator", "")).replace(" ", ""))
        text = texts.get("target", "")
        if comparator is None and target is not None and target.figure is not None:
            comparator = _BOUND_OF[target.figure.bound]
        is_scale = target is None and _SCALE.fullmatch(text) is not None
        found.append(
            Indicator(
                activity=texts.get("activity", ""),
                task=texts.get("task", ""),
                dimension=_POINTS_OF.sub("", texts.get("dimension", "")),
                category=_POINTS_OF.sub("", texts.get("category", "")),
                name=re.sub(r"\s", "", texts["name"]),
                comparator=Comparator.QUALITATIVE if comparator is None and is_scale else comparator,
                target=_exact(target) if target is not None else None,
                target_text=text,
                scale=text if is_scale else "",
                unit=texts.get("unit", ""),
                weight=_weight(texts.get("weight", "")),
                actual=_actual(figures.get(actual_at), texts["actual"])
                if actual_at is not None and not _NOTHING.fullmatch(texts["actual"])
                else None,
                origin=origin(document, block, cells),
            )
        )
    return found


def _exact(mention: Mention) -> Figure | None:
    """The target's figure; that it is a limit is what the comparator says."""
    if mention.kind is not Kind.FIGURE or mention.figure is None:
        return None
    return replace(mention.figure, bound=Bound.EXACT)


def _weight(text: str) -> Decimal | None:
    plain = narrow(text).rstrip("%分 ")
    return Decimal(plain) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", plain) else None


def _actual(mention: Mention | None, text: str) -> Actual:
    figure = mention.figure if mention is not None and mention.kind is Kind.FIGURE else None
    level = text if figure is None and _LEVEL_WORDS.fullmatch(text) else ""
    return Actual(value=figure, level=level, text=text)


def fund_block(document: Document) -> FundBlock:
    """总体资金情况: bound only where the sums prove which number is which."""
    for index, table in document.tables:
        for row in _fund_rows(document, index, table):
            if bound := _bound(document, index, row):
                return bound
    return FundBlock()


def _fund_rows(document: Document, index: int, table: Table) -> list[list[Mention | None]]:
    """For each row near a fund title the amounts in order, None for an empty cell."""
    view = TableView(table)
    titled = [
        row for row in range(table.rows) if any(_FUND_TITLE.search(view.text(row, c)) for c in range(table.columns))
    ]
    amounts = {one.cell: one for one in document.mentions if one.block == index and one.kind is Kind.FIGURE}
    rows = []
    for row in range(table.rows):
        if not any(0 <= row - start <= 3 for start in titled):
            continue
        line = [cell for cell in range(len(table.cells)) if table.cells[cell].row == row]
        line.sort(key=lambda cell: table.cells[cell].column)
        values = [None if not table.cells[cell].text else amounts.get(cell) for cell in line]
        first = next((at for at, one in enumerate(values) if one is not None and _is_money(one)), None)
        if first is not None:
            rows.append(values[first:])
    return rows


def _is_money(mention: Mention) -> bool:
    return mention.figure is not None and mention.figure.unit.dimension is Dimension.MONEY


def _bound(document: Document, index: int, row: list[Mention | None]) -> FundBlock | None:
    """合计 | 基本: 合计 财政 专户 单位 | 项目: 合计 财政 单位, if its three sums hold."""
    if len(row) < 7:
        return None
    fields = (
        "total",
        "basic",
        "basic_fiscal",
        "basic_special_account",
        "basic_own",
        "project",
        "project_fiscal",
        "project_own",
    )
    values = {field: one for field, one in zip(fields, row, strict=False) if one is not None and _is_money(one)}

    def amount(*names: str) -> Decimal:
        given = (values[name].figure for name in names if name in values)
        return sum((figure.in_base for figure in given if figure is not None), Decimal(0))

    if not {"total", "basic", "project"} <= values.keys():
        return None
    holds = (
        amount("total") == amount("basic", "project")
        and amount("basic") == amount("basic_fiscal", "basic_special_account", "basic_own")
        and amount("project") == amount("project_fiscal", "project_own")
    )
    if not holds:
        return None
    cells = {field: place(index, one.cell) for field, one in values.items()}
    figures = {field: one.figure for field, one in values.items()}
    return FundBlock(**figures, origin=origin(document, index, cells))


def unit_of(indicator: Indicator) -> Dimension | None:
    """What an indicator's target measures; None for a qualitative one."""
    if indicator.target is not None:
        return indicator.target.unit.dimension
    return unit_named(indicator.unit).dimension if indicator.unit else None
