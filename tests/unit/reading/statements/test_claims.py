"""What sentences, lists and tables are read to claim; and what is left alone because it cannot be read surely."""

import pytest

from jiheng.formats import flow
from jiheng.formats.document_opening import OpenedDocument
from jiheng.model.statement import (
    Change,
    Comparison,
    CostPeriod,
    EmptyReason,
    FormsTotal,
    Formula,
    Impression,
    Placeholder,
    Product,
    Rate,
    Repeated,
    Sum,
    Uses,
    YearNamed,
)
from jiheng.reading.opening import document_of
from jiheng.reading.statements import claims_of

ACCOUNTS = "青禾市民政局2024年度部门决算"
BUDGET = "临泽县教育局2025年部门预算"
REPORT = "云岭镇人民政府2023年度部门整体绩效评价报告"


def claims(text, title=ACCOUNTS):
    lines = [title, "", *text.strip("\n").splitlines()]
    return claims_of(document_of(OpenedDocument("样.txt", "0" * 64, "txt", (flow.Lines("lines", lines),))))


def shown(one):
    """A claim as one short line."""
    if isinstance(one, Sum):
        return f"{one.total} = {' + '.join(map(str, one.parts))}{'' if one.is_whole else ' …'}"
    if isinstance(one, Change):
        parts = [
            one.way.value,
            *(f"{k} {v.figure}" for k in ("now", "before", "delta", "rate") if (v := getattr(one, k))),
        ]
        return " ".join(parts)
    if isinstance(one, Rate):
        return f"{one.part} ÷ {one.whole} = {one.rate.figure}"
    if isinstance(one, Comparison):
        return f"{one.left} {one.way.value} {one.right}{' 基本' if one.roughly else ''}"
    if isinstance(one, Repeated):
        return f"{one.kind} {one.name}: {one.one.figure} | {'、'.join(str(other.figure) for other in one.others)}"
    if isinstance(one, Product):
        return f"{one.price.figure} × {one.quantity.figure} = {one.total.figure}"
    return one.words.text


def of(kind, text, title=ACCOUNTS):
    return [shown(one) for one in claims(text, title).of(kind)]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            "支出900.10万元，其中：基本支出500.05万元；项目支出400.05万元。",
            ["支出 900.1万元 = 基本支出 500.05万元 + 项目支出 400.05万元"],
        ),
        ("支出900.10万元，其中：会议费5.00万元。", ["支出 900.1万元 = 会议费 5万元 …"]),
        ("车辆3辆（公务用车1辆，执法用车2辆）。", ["车辆 3辆 = 公务用车 1辆 + 执法用车 2辆"]),
        ("党员50人，其中：女党员30人，青年党员25人。", []),
        ("支出900.10万元，其中的项目支出400.05万元已完成。", []),
        ("支出约900万元，其中：基本支出500万元；项目支出400万元。", []),
        ("支出900.10万元。会议费5.00万元，培训费6.00万元。", []),
        (
            "支出80.00万元，其中：甲费30.00万元，比上年增加5.00万元；乙费50.00万元。",
            ["支出 80万元 = 甲费 30万元 + 乙费 50万元 …"],
        ),
    ],
)
def test_sums(text, sums):
    assert of(Sum, text) == sums


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("支出110.00万元，比2023年度增加10.00万元，增长10.00%。", ["增加 now 110万元 delta 10万元 rate 10%"]),
        (
            "总计110.00万元。与2023年度相比，总计减少10.00万元，下降8.33%。",
            ["减少 now 110万元 delta 10万元 rate 8.33%"],
        ),
        (
            "收、支总计均为110.00万元。与上年相比，收、支总计各增加10.00万元，增长10.00%。",
            ["增加 now 110万元 delta 10万元 rate 10%"],
        ),
        (
            "2024年决算数45.00万元，比2024年年初预算数60.00万元减少15.00万元。",
            ["减少 now 45万元 before 60万元 delta 15万元"],
        ),
        (
            "2023年执行数50.00万元，2024年执行数60.00万元，比2023年执行数增加20.00%。",
            ["增加 now 60万元 before 50万元 rate 20%"],
        ),
        ("区级财政收入8.8亿元，同比增长11.4%。", []),
        ("满意率95%，比上年提高2个百分点。", []),
        ("比上年增加10.00万元。", []),
    ],
)
def test_changes(text, changes):
    assert of(Change, text) == changes


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("甲费年初预算为80.00万元，支出决算为60.00万元，完成年初预算的75.00%。", ["支出决算 60万元 ÷ 甲费年初预算 80万元 = 75%"]),
        ("收入40.00万元，其中：拨款收入30.00万元，占75.00%；其他收入10.00万元，占25.00%。",
         ["拨款收入 30万元 ÷ 收入 40万元 = 75%", "其他收入 10万元 ÷ 收入 40万元 = 25%"]),
        ("合同金额30.00万元，占采购总额的75.00%。", []),
        ("企业入驻率达95%。", []),
    ],
)  # fmt: skip
def test_rates(text, rates):
    assert of(Rate, text) == rates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "年初预算为8.00万元，支出决算为6.00万元。决算数小于预算数的主要原因：节约。",
            ["支出决算 6万元 减少 年初预算 8万元"],
        ),
        (
            "年初预算为8.00万元，支出决算为8.10万元。决算数与预算数基本持平。",
            ["支出决算 8.1万元 持平 年初预算 8万元 基本"],
        ),
        ("决算数大于（小于）预算数的主要原因：节约。", []),
        ("甲费年初预算为8.00万元，支出决算为6.00万元。乙费支出决算数大于预算数。", []),
    ],
)
def test_comparisons(text, found):
    assert of(Comparison, text) == found


def test_other_claims_of_prose():
    assert of(Formula, "甲数450.00万元+50.00万元=500.00万元。") == ["450.00万元+50.00万元=500.00万元"]
    assert of(Product, "运行费12.00万元，保有量5辆，车均运行费2.40万元。") == ["2.4万元 × 5辆 = 12万元"]
    assert of(EmptyReason, "减少的主要原因是。") == ["减少的主要原因是。"]
    assert of(EmptyReason, "主要原因：\n人员减少。") == []
    assert of(Impression, "据平日观察，居民满意率达到90%以上。") == ["据平日观察，居民满意率达到90%以上。"]
    assert of(Impression, "通过问卷调查了解到，居民满意率达到90%。") == []
    assert of(CostPeriod, "2022年9月至2023年8月养护费8.00万元。", REPORT) == ["2022年9月至2023年8月养护费8.00万元"]
    assert of(CostPeriod, "2023年1月至2023年8月养护费8.00万元。", REPORT) == []
    uses = "年预算90.00万元，主要用于如下工作：\n1.甲费20.00万元。\n2.2023年乙费5.00万元，丙费6.00万元。"
    assert [len(one.parts) for one in claims(uses, REPORT).of(Uses)] == [3]


@pytest.mark.parametrize(
    ("title", "text", "kinds"),
    [
        (ACCOUNTS, "第三部分 2022年度部门决算情况说明", ["heading 2022"]),
        (ACCOUNTS, "（一）与2022年度决算比较的说明", []),
        (ACCOUNTS, "截至2022年12月31日，无车辆。", ["as_of 2022"]),
        (BUDGET, "截至2024年12月31日，无车辆。", []),
        (BUDGET, "支出9.00万元，与2025年预算持平。", ["own_year 2025"]),
        (ACCOUNTS, "支出9.00万元，比2024年预算减少1.00万元。", []),
        (REPORT, "开展2022年项目绩效自评和2023年运行监控。", ["self_evaluation 2022"]),
        (REPORT, "依据京财绩效〔2020〕2146号文件开展自评。", []),
        (REPORT, "2021年第三批老旧小区专项资金自评0分。", []),
    ],
)
def test_years(title, text, kinds):
    assert [f"{one.kind} {one.year}" for one in claims(text, title).of(YearNamed)] == kinds


def test_placeholders_are_counted_and_a_template_is_one():
    few = claims("第一部分 XX局概况\n收入增加（减少）3.00万元，支出增加（减少）2.00万元。")
    assert [(one.sign, one.count) for one in few.of(Placeholder)] == [("XX", 1), ("增加（减少）", 2)]
    template = claims("\n".join(f"{n}、XX收入XX万元。" for n in "一二三四五六"))
    assert [(one.count, one.is_template) for one in template.of(Placeholder)] == [(12, True)]
    filled = claims(
        "\n".join(f"{n}、XX收入{n_}.50万元，占{n_}.00%。" for n_, n in enumerate("一二三四五六七八九十", 1))
    )
    assert [(one.count, one.is_template) for one in filled.of(Placeholder)] == [(10, False)]


CODED = """
支出预算总表
单位：元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 205 | 教育支出 | 300.00 | 100.00 | 200.00 |
| 20502 | 普通教育 | 300.00 | 100.00 | 200.00 |
| 2050201 | 学前教育 | 120.00 | 40.00 | 80.00 |
| 2050202 | 小学教育 | 180.00 | 60.00 | 120.00 |
| 合计 |  | 300.00 | 100.00 | 200.00 |
"""


def test_coded_table():
    sums = of(Sum, CODED, BUDGET)
    assert len(sums) == 14
    assert sums[:3] == [
        "205教育支出 300元 = 20502普通教育 300元",
        "20502普通教育 300元 = 2050201学前教育 120元 + 2050202小学教育 180元",
        "合计 300元 = 205教育支出 300元",
    ]
    assert sums[-1] == "合计 300元 = 基本支出 100元 + 项目支出 200元"


def test_columns_that_rarely_add_up_are_no_rule():
    table = """
| 名称 | 合计 | 甲 | 乙 |
| 一 | 10.00 | 4.00 | 5.00 |
| 二 | 20.00 | 4.00 | 5.00 |
| 三 | 9.00 | 4.00 | 5.00 |
| 四 | 40.00 | 4.00 | 5.00 |
"""
    assert of(Sum, table) == []


def test_rows_without_numbers_need_not_be_the_whole():
    table = """
| 项目 | 金额 | 数量 |
| 基本支出 | 60.00 | 6 |
| 人员经费 | 40.00 | 4 |
| 公用经费 | 20.00 | 2 |
| 项目支出 | 40.00 | 4 |
| 合计 | 100.00 | 10 |
"""
    assert of(Sum, table) == ["合计 100 = 基本支出 60 + 人员经费 40 + 公用经费 20 + 项目支出 40 …"]


def test_form_and_forms():
    form = """
| 项目名称 | {name} |  |
| 项目资金（元） | 年度资金申请总额 | {total} |
|  | 其中：当年财政拨款 | {part} |
|  | 其他资金 | 0.00 |
"""
    text = "编报绩效目标的项目2个，涉及资金3.00万元。\n" + "\n".join(
        form.format(name=name, total=total, part=total)
        for name, total in (("甲校修缮", "10,000.00"), ("乙校修缮", "20,000.00"))
    )
    found = claims(text, BUDGET)
    assert [shown(one) for one in found.of(Sum)] == [
        "年度资金申请总额 10000元 = 当年财政拨款 10000元 + 其他资金 0元",
        "年度资金申请总额 20000元 = 当年财政拨款 20000元 + 其他资金 0元",
    ]
    (total,) = found.of(FormsTotal)
    assert [(one.project, str(one.amount.figure)) for one in total.forms] == [
        ("甲校修缮", "10000元"),
        ("乙校修缮", "20000元"),
    ]
    assert list(claims(text.replace("项目2个", "项目3个"), BUDGET).of(FormsTotal)) == []


ITEM = "1、教育支出（类）普通教育（款）小学教育（项）0.02万元，主要用于小学。2024年预算执行数为0.01万元，2025年预算安排0.02万元。"


def test_item_and_table():
    assert of(Repeated, ITEM + CODED, BUDGET) == ["item 小学教育: 0.02万元 | 0.02万元"]
    wrong = ITEM.replace("（项）0.02", "（项）0.18")
    assert of(Repeated, wrong + CODED, BUDGET) == [
        "item 小学教育: 0.02万元 | 0.18万元",
        "table 小学教育: 0.18万元 | 180元",
    ]


def test_places_count_letters():
    (one,) = claims("全年情况如下。年初预算为8.00万元，支出决算为6.00万元，完成年初预算的57.00%。").of(Rate)
    assert (one.words.spot.line, one.words.spot.column) == (3, 8)
    assert one.words.text == "年初预算为8.00万元，支出决算为6.00万元，完成年初预算的57.00%"
