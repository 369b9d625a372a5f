"""Whatever is done to a workbook: every cell is read, at fault or listed, and every figure knows its cell."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiheng.errors import BadInput
from jiheng.formats import Book, Cell, Merge, Sheet, address
from jiheng.intake.cells import shown
from jiheng.intake.headings import is_unit_line, label, names_of
from jiheng.intake.quantity import plain
from jiheng.intake.reader import Intake, bind_book
from jiheng.model import Actual, Origin
from jiheng.rulebook.forms import workbook_form
from jiheng.values import Figure

TABLES: dict[str, list[list[object]]] = {
    "基本信息": [["项目", "填写内容"], ["部门名称", "某街道"], ["行政区划代码", "110105"], ["预算年度", "2023"], ["填报人", "甲"]],
    "总体资金": [["总体资金合计（元）", "300"], ["基本支出合计（元）", "100.5"], ["项目支出合计", "199.5元"]],
    "绩效指标": [
        ["活动", "任务", "一级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重", "实际完成值", "历史值"],
        ["01", "养护", "产出指标", "面积", "≥", "100", "平方米", "10", "120", "90"],
        [None, None, None, "次数", "=", "20次", "次", "5", "按时完成", None],
        [None, None, "效益指标", "环境", "定性", "优良中差", None, "5", "优", "良"],
        ["合计", None, None, None, None, None, None, "20"],
    ],
    "预算执行": [["支出类别", "年初预算数（万元）", "执行数"], ["合计", "100", "90"], ["基本支出", None, "90"], ["项目支出"]],
    "子项任务": [["单位：万元"], ["所属项目", "子项名称", "预算金额"], ["P1", "甲", "1"], [None, "乙", "2.5万元"], ["注：略"]],
    "管理情况": [["事项", "情况"], ["专款专用", "是"], ["项目总数", "106"], ["独立核算"]],
    "自报结果": [["预算执行率", "99.63%"], ["整体绩效自评分", "98"]],
    "说明": [["这是单位自己加的表", "1"]],
}  # fmt: skip

JUNK = ["", "合计", "注：略", "100", "－5", "12月底前", "≥90%", "项目名称", "执行数", "单位：元", "2023.1", "一级指标", "\x1b[2J",
        "=1+1", "填写说明", "优", "某" * 200, "①", "1\n2", "部门名称", "9" * 40, "P1"]  # fmt: skip
KINDS = [
    ("n", "1E+300"),
    ("n", "0.1"),
    ("n", "45200"),
    ("f", "=A1"),
    ("e", "#REF!"),
    ("b", "TRUE"),
    ("d", "2023-10-01"),
]

places = st.tuples(st.sampled_from(sorted(TABLES)), st.integers(0, 6), st.integers(0, 10))
damage = st.one_of(
    st.tuples(st.just("write"), places, st.sampled_from(JUNK)),
    st.tuples(st.just("put"), places, st.sampled_from(KINDS)),
    st.tuples(st.just("text"), places, st.text(min_size=1, max_size=6)),
    st.tuples(st.just("drop column"), places),
    st.tuples(st.just("move column"), places, st.integers(0, 6)),
    st.tuples(st.just("drop row"), places),
    st.tuples(st.just("move row"), places, st.integers(0, 6)),
    st.tuples(st.just("blank row"), places),
    st.tuples(st.just("merge"), places, st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("drop sheet"), places),
    st.tuples(st.just("copy sheet"), places, st.sampled_from([" (2)", "表", "一"])),
    st.tuples(
        st.just("rename"),
        places,
        st.sampled_from(["项目", "分发原值", "未识别内容", "Sheet1", "绩效 指标", "基本情况"]),
    ),
)


def damaged(changes: list[tuple]) -> Book:
    """The tables above after all changes."""
    tables: dict[str, list[list[object]]] = {name: [list(row) for row in rows] for name, rows in TABLES.items()}
    merges: dict[str, list[Merge]] = {}
    for change, (name, row, column), *rest in changes:
        rows = tables.get(name)
        if rows is None:
            continue
        if change in ("write", "put", "text"):
            while len(rows) <= row:
                rows.append([])
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = rest[0]
        elif change == "drop column":
            for line in rows:
                del line[column : column + 1]
        elif change == "move column":
            for line in rows:
                line += [None] * (column + 1 - len(line))
                line.insert(rest[0], line.pop(column))
        elif change == "drop row":
            del rows[row : row + 1]
        elif change == "move row" and row < len(rows):
            rows.insert(rest[0], rows.pop(row))
        elif change == "blank row":
            rows.insert(row, [])
        elif change == "merge":
            merges.setdefault(name, []).append(Merge(row + 1, column + 1, row + 1 + rest[0], column + 1 + rest[1]))
        elif change == "drop sheet":
            del tables[name]
        elif change == "copy sheet":
            tables.setdefault(name + rest[0], [list(line) for line in rows])
        elif change == "rename":
            tables = {rest[0] if known == name else known: lines for known, lines in tables.items()}
    return Book("某街道.xlsx", "", tuple(_sheet(name, rows, merges.get(name, [])) for name, rows in tables.items()))


def _sheet(name: str, rows: list[list[object]], merges: list[Merge]) -> Sheet:
    cells = []
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            kind, raw = value if isinstance(value, tuple) else ("s", value)
            if raw and not str(raw).isspace():
                cells.append(Cell(number, column, kind, raw, "", ""))
    return Sheet(name, name == "分发原值", cells, tuple(merges), frozenset())


FORM = workbook_form()
OWN_WORDS = {plain(word) for word in (FORM.title, FORM.secrecy, *FORM.instructions, "项目", "填写内容", "填写说明")}
OWN_WORDS |= {plain(word) for one in FORM.sheets for word in (one.name, one.help, *one.aliases)}
OWN_WORDS |= {plain(column.help) for one in FORM.sheets for column in one.columns}
NAMES = {name for one in FORM.sheets for column in one.columns for name in names_of(column)}


def is_of_the_form(cell: Cell, sheet: Sheet, hinted: set[tuple[str, str]]) -> bool:
    """Whether a cell is a heading, a title or an explanation of the form, or a heading that the reading spoke of."""
    text = plain(cell.raw)
    return (
        text in OWN_WORDS
        or text == plain(sheet.name)
        or label(cell.raw) in NAMES
        or is_unit_line(cell.raw)
        or (sheet.name, address(cell.row, cell.column)) in hinted
    )


def check_accounts(book: Book, intake: Intake) -> None:
    """Every cell exactly once: in a row that was read, of the form, or listed; every row a record or at fault."""
    read = {id(cell) for rows in intake.rows.values() for row in rows for cell in row.cells.values()}
    listed = {(one.where.sheet, one.where.cell) for one in intake.unrecognised}
    told = {(one.where.sheet, one.where.cell) for one in intake.faults}
    for sheet in book.sheets:
        for cell in sheet.cells:
            place = (sheet.name, address(cell.row, cell.column))
            accounts = (id(cell) in read) + (place in listed)
            assert accounts == 1 or (accounts == 0 and (is_of_the_form(cell, sheet, told) or place in told)), (
                f"{place} {cell.raw!r}: read {id(cell) in read}, listed {place in listed}"
            )
    prefilled = {(one.record, plain(line[0])) for one in FORM.sheets for line in one.prefill}
    for record, rows in intake.rows.items():
        if FORM.sheet(record).kind == "form":
            continue
        made = {one.origin.row for one in getattr(intake.year, record)}
        for row in rows:
            untouched = len(row.cells) == 1 and (record, plain(next(iter(row.cells.values())).raw)) in prefilled
            at_fault = any(one.where.cell.endswith(str(row.number)) for one in intake.faults)
            assert row.number in made or untouched or at_fault


def check_provenance(book: Book, intake: Intake) -> None:
    """Every figure's Origin.cell is the cell that holds it."""
    cells = {(sheet.name, address(cell.row, cell.column)): cell for sheet in book.sheets for cell in sheet.cells}
    for name, origin, figure in figures(intake):
        assert shown(cells[origin.sheet, origin.cell(name)]) == figure.text


def figures(intake: Intake) -> Iterator[tuple[str, Origin, Figure]]:
    """Every figure of a year with its field and its record's origin."""
    for part in fields(intake.year):
        value = getattr(intake.year, part.name)
        for record in value if isinstance(value, tuple) else (value,):
            if not is_dataclass(record) or not getattr(record, "origin", None):
                continue
            for one in fields(record):
                held = getattr(record, one.name)
                held = held.value if isinstance(held, Actual) else held
                if isinstance(held, Figure):
                    name = "answer" if part.name == "management_facts" and one.name == "figure" else one.name
                    yield name, record.origin, held


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(damage, max_size=12))
def test_no_cell_is_lost_whatever_is_done_to_the_workbook(changes: list[tuple]) -> None:
    book = damaged(changes)
    try:
        intake = bind_book(book)
    except BadInput:
        return
    check_accounts(book, intake)
    check_provenance(book, intake)


def test_the_undamaged_workbook_is_read_whole() -> None:
    intake = bind_book(damaged([]))
    assert [one.name for one in intake.year.indicators] == ["面积", "次数", "环境"]
    assert [str(one.budget) for one in intake.year.sub_items] == ["1万元", "2.5万元"]
    assert [(str(one.where), one.text) for one in intake.unrecognised] == [
        ("绩效指标!A5", "合计"), ("绩效指标!H5", "20"), ("子项任务!A5", "注：略"),
        ("说明!A1", "这是单位自己加的表"), ("说明!B1", "1"),
    ]  # fmt: skip


def test_the_samples_are_accounted_for_to_the_last_cell(samples: list[Path]) -> None:
    from jiheng.formats import open_book

    assert len(samples) >= 2
    for path in samples:
        book = open_book(path)
        intake = bind_book(book)
        check_accounts(book, intake)
        check_provenance(book, intake)
        assert intake.unrecognised == ()


def test_a_sheet_that_only_looks_like_a_pack_memory_is_listed(
    read: Callable[..., Intake], left: Callable[..., object]
) -> None:
    assert left(read(分发原值=[["随手写的"]])) == [("分发原值!A1", "随手写的")]
