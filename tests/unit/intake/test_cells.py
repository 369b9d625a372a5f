"""One cell at a time: what is read, and what is refused in which words."""

from datetime import date
from decimal import Decimal

import pytest

from jiheng.formats import Cell
from jiheng.intake.cells import Doubt, Fault, parse
from jiheng.model import Comparator
from jiheng.rulebook.forms import CellType, Column
from jiheng.values import Bound, Figure, FiscalYear, RegionCode


def read(type_: str, value: object, heading: str = "", **column: object) -> object:
    """The value; ("doubt", value) or ("fault",) where the clerk is told."""
    kind, raw, number_format = value if isinstance(value, tuple) else ("s", value, "")
    form = Column(field="x", title="某列", type=CellType(type_), **column)  # type: ignore[arg-type]
    try:
        result = parse(form, Cell(5, 3, kind, str(raw), number_format, ""), heading)
    except Doubt as doubt:
        return "doubt", short(doubt.value)
    except Fault:
        return ("fault",)
    return short(result)


def short(value: object) -> object:
    """A figure as (value, unit, bound sign) so that a table of cases stays readable."""
    if not isinstance(value, Figure):
        return value
    sign = {Bound.EXACT: "", Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤"}[value.bound]
    return f"{sign}{value.value.normalize():f}{value.unit}"


def number(raw: str, number_format: str = "") -> tuple[str, str, str]:
    return "n", raw, number_format


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (number("31385.997668000001"), "", "31385.997668万元"),
        (number("0"), "", "0万元"),
        (number("-5.5"), "", "-5.5万元"),
        (number("2647200"), "元", "2647200元"),
        ("2647200元", "", "2647200元"),
        ("１，２３４．５０", "", "1234.5万元"),
        ("1,234.50万元", "元", "1234.5万元"),
        ("264.72万", "元", "264.72万元"),
        ("￥1,000", "元", "1000元"),
        (" 12 ", "", "12万元"),
        ("0.88亿元", "", "0.88亿元"),
        # what a number format says is what the clerk sees
        (number("2647200", '#,##0.00"元"'), "", "2647200元"),
        (number("264.72", '0.00"万元"'), "元", "264.72万元"),
        (number("2647200", '"¥"#,##0.00'), "元", "2647200元"),
        (number("2647200", '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '), "元", "2647200元"),
        (number("2647200", '0\\.0,"万"'), "", ("fault",)),
        (number("2647200", "#,##0,"), "元", ("fault",)),
        (number("2647200", "[>=10000]0\\.0,;0"), "元", ("fault",)),
        (number("100", "[$$-409]#,##0"), "元", ("fault",)),
        # never guessed
        ("12,34", "", ("fault",)),
        ("100 200", "", ("fault",)),
        ("100\n200", "", ("fault",)),
        ("100①", "", ("fault",)),
        ("10²", "", ("fault",)),
        ("约100万元", "", ("fault",)),
        ("100万元以上", "", ("fault",)),
        ("100左右", "", ("fault",)),
        ("100美元", "", ("fault",)),
        ("100", "美元", ("fault",)),
        ("100", "元/万元", ("fault",)),
        ("5次", "", ("fault",)),
        ("待定", "", ("fault",)),
        ("二百万元", "", ("fault",)),
        ("(500)", "", ("fault",)),
        ("1/3", "", ("fault",)),
        (number("0.333333333333333"), "", ("fault",)),
        (number("0.005"), "元", ("fault",)),
        (number("1E+300"), "", ("fault",)),
        (number("1E+18"), "", ("fault",)),
        ("9" * 32000, "", ("fault",)),
        ("0." + "1" * 200, "元", ("fault",)),
        (("f", "=A1", ""), "", ("fault",)),
        (("e", "#REF!", ""), "", ("fault",)),
        (("d", "2023-10-01", "yyyy-mm-dd"), "", ("fault",)),
        (("b", "TRUE", ""), "", ("fault",)),
    ],
)
def test_money(value: object, unit: str, expected: object) -> None:
    assert read("money", value, unit, unit="万元") == expected


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [
        ("99.63%", True, "99.63%"),
        ("９９．６３％", True, "99.63%"),
        (number("0.9963", "0.00%"), True, "99.63%"),
        (number("1", "0%"), True, "100%"),
        (number("1"), True, ("doubt", "100%")),
        ("1", True, ("doubt", "100%")),
        ("1.00", True, ("doubt", "100%")),
        (number("1", "0.00"), True, ("doubt", "100%")),
        (number("0.9963"), True, ("doubt", "99.63%")),
        (number("99.63"), True, ("doubt", "99.63%")),
        (number("0.37"), False, ("doubt", "0.37%")),
        (number("0"), True, "0%"),
        (number("5", '0"%"'), False, "5%"),
        ("5‰", False, "5‰"),
        ("90%以上", True, "≥90%"),
        ("约90%", True, ("fault",)),
        ("95分", True, ("fault",)),
        ("完成", True, ("fault",)),
    ],
)
def test_percent(value: object, whole: bool, expected: object) -> None:
    assert read("percent", value, usually_whole=whole) == expected


def test_a_heading_with_a_percent_sign_leaves_no_doubt() -> None:
    assert read("percent", number("99.63"), "%", usually_whole=True) == "99.63%"
    assert read("percent", number("0.37"), "%") == "0.37%"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (number("20"), "次", "20次"),
        ("20次", "次", "20次"),
        ("20次", "", "20次"),
        (number("20", '0"次"'), "次", "20次"),
        ("≥90%", "%", "≥90%"),
        ("≧90%", "%", "≥90%"),
        (">=90", "%", "≥90%"),
        ("不低于90%", "%", "≥90%"),
        ("90%以上", "%", "≥90%"),
        ("90%及以上", "%", "≥90%"),
        ("90以上", "%", "≥90%"),
        ("90以上", "", "≥90"),
        ("100余人", "人", "≥100人"),
        ("8亿元", "", "8亿元"),
        ("3个月", "月", "3月"),
        ("5人次", "人次", "5人次"),
        ("不超过5天", "天", "≤5天"),
        ("30天内", "天", "≤30天"),
        ("121057.86㎡", "平方米", "121057.86平方米"),
        ("5m²", "平方米", "5平方米"),
        (number("20"), "-", "20"),
        ("20次", "无", "20次"),
        (number("1"), "%", ("doubt", "1%")),
        (number("95"), "%", "95%"),
        (number("0.95", "0%"), "%", "95%"),
        ("约20次", "次", ("doubt", "20次")),
        ("20项", "次", ("fault",)),
        ("20个网格", "网格", "20个网格"),
        ("30分钟", "小时", ("fault",)),
        ("按时完成", "次", "按时完成"),
        ("12月底前", "", "12月底前"),
        ("12月底前完成", "", "12月底前完成"),
        ("2023年", "", "2023年"),
        ("2023年底", "", "2023年底"),
        ("85%②", "%", "85%②"),
        ("10-20", "次", "10-20"),
        ("优", "", "优"),
    ],
)
def test_figures_and_words(value: object, unit: str, expected: object) -> None:
    assert read("figure", value, unit) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("106", Decimal(106)), (number("106"), Decimal(106)), ("106人", Decimal(106)), ("１０６ 个", Decimal(106)), ("12万人", Decimal(120000)),
        ("0", Decimal(0)), ("106.5", ("fault",)), ("-1", ("fault",)), ("12万", ("fault",)), ("50%", ("fault",)),
        (number("0.5", "0%"), ("fault",)), ("约100", ("fault",)), ("100多", ("fault",)), ("10①", ("fault",)),
        ("很多", ("fault",)),
    ],
)  # fmt: skip
def test_counts(value: object, expected: object) -> None:
    assert read("count", value) == expected


@pytest.mark.parametrize(
    ("value", "means", "expected"),
    [
        ("2023-10-31", "", date(2023, 10, 31)),
        ("2023/1/5", "", date(2023, 1, 5)),
        ("2023.10.31", "", date(2023, 10, 31)),
        ("２０２３年１０月３１日", "", date(2023, 10, 31)),
        ("2023年10月31号", "", date(2023, 10, 31)),
        ("2023-10-31 00:00:00", "", date(2023, 10, 31)),
        ("20231031", "", date(2023, 10, 31)),
        (number("20231031"), "", date(2023, 10, 31)),
        (("d", "2023-10-31", "yyyy-mm-dd"), "", date(2023, 10, 31)),
        (("d", "2023-10-31T12:30:00", ""), "", date(2023, 10, 31)),
        ("2023年10月", "last", date(2023, 10, 31)),
        ("2023年2月", "last", date(2023, 2, 28)),
        ("2023-10", "first", date(2023, 10, 1)),
        ("2023年10月", "", ("fault",)),
        # the spreadsheet makes 1 October of a typed "2023年10月", and this year's of "10月31日"
        (("d", "2023-10-01", 'yyyy"年"m"月"'), "last", date(2023, 10, 31)),
        (("d", "2023-10-01", 'yyyy"年"m"月"'), "", ("fault",)),
        (("d", "2024-10-31", 'm"月"d"日"'), "", ("doubt", date(2024, 10, 31))),
        (number("2023.1"), "first", ("fault",)),
        (number("45200"), "", ("fault",)),
        ("2023-13", "last", ("fault",)),
        ("2023-02-30", "", ("fault",)),
        ("10月31日", "", ("fault",)),
        ("年底", "", ("fault",)),
    ],
)
def test_dates(value: object, means: str, expected: object) -> None:
    assert read("date", value, month_means=means) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, Comparator.AT_LEAST) for text in ("≥", "≧", ">=", "＞＝", "⩾", "不低于", "大于等于", "不小于", "不少于")),
        *((text, Comparator.AT_MOST) for text in ("≤", "≦", "<=", "不超过", "不高于", "小于或等于", " ≤ ")),
        (">", Comparator.MORE_THAN), ("＜", Comparator.LESS_THAN), ("＝", Comparator.EQUAL), ("=", Comparator.EQUAL),
        ("定性", Comparator.QUALITATIVE), ("=>", ("fault",)), ("约", ("fault",)), ("≥90", ("fault",)),
    ],
)  # fmt: skip
def test_comparators(text: str, expected: object) -> None:
    assert read("comparator", text) == expected


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("text", number("1", "000"), "001"),
        ("text", number("110105001"), "110105001"),
        ("text", number("0.30000000000000004"), "0.3"),
        ("text", number("110105000000000000001"), ("fault",)),
        ("text", ("d", "2024-01-07", "yyyy-mm-dd"), ("doubt", "2024-01-07")),
        ("text", "  两边有空格 ", "两边有空格"),
        ("long", ("d", "2024-01-07", ""), "2024-01-07"),
        ("codes", "C1、C2,C3；C4", ("C1", "C2", "C3", "C4")),
        ("codes", number("12"), ("12",)),
        ("codes", ("d", "2024-01-02", "m-d"), ("fault",)),
        ("yes_no", "是", True),
        ("yes_no", " 否 ", False),
        ("yes_no", ("b", "TRUE", ""), True),
        ("yes_no", "也许", ("fault",)),
        ("answer", "是", True),
        ("answer", "120.5万元", "120.5万元"),
        ("answer", "没有检查", "没有检查"),
        ("month", number("1"), 1),
        ("month", "12月", 12),
        ("month", ("d", "2024-03-01", 'm"月"'), 3),
        ("month", "13", ("fault",)),
        ("unit", "㎡", "平方米"),
        ("unit", "／", ""),
        ("points", "4分", Decimal(4)),
        ("points", number("0.04", "0%"), Decimal(4)),
        ("points", "约4", ("fault",)),
        ("points", "满分", ("fault",)),
        ("region", number("110105"), RegionCode("110105")),
        ("region", "110105000000", RegionCode("110105")),
        ("region", "990105", ("fault",)),
        ("region", "朝阳区", ("fault",)),
        ("year", number("2023"), FiscalYear(2023)),
        ("year", "2023年度", FiscalYear(2023)),
        ("year", "1023", ("fault",)),
        ("year", "23", ("fault",)),
    ],
)
def test_other_kinds(type_: str, value: object, expected: object) -> None:
    assert read(type_, value) == expected


def test_choices_are_read_through_full_width_brackets_only_whole() -> None:
    choices = ("社区（村）", "完成", "未完成")
    assert read("choice", "社区(村)", choices=choices) == "社区（村）"
    assert read("choice", "已完成", choices=choices) == ("fault",)
