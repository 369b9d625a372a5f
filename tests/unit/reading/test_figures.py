"""Every shape in which people write numbers, with unit, precision and what it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiheng.formats.number_words import chinese
from jiheng.model.document import Kind, Passage
from jiheng.reading.letters import chinese_number
from jiheng.reading.mentions import mentions_in

CASES = """
31385.997668万元      | 数值 31385.997668 万元 0.000001 =
5,360,030.22元        | 数值 5360030.22 元 0.01 =
1.75亿元              | 数值 1.75 亿元 0.01 =
花费57万进行装修      | 数值 57 万元 1 =
合同价12.5W           | 数值 12.5 万元 0.1 = 存疑
12W元                 | 数值 12 万元 1 =
１２，３４５．６０元  | 数值 12345.60 元 0.01 =
10.00 万 元           | 数值 10.00 万元 0.01 =
99.63%                | 数值 99.63 % 0.01 =
99.63％               | 数值 99.63 % 0.01 =
提高5.27个百分点      | 数值 5.27 百分点 0.01 =
百分之九十五          | 数值 95 % 1 =
80%-90%               | 区间 80..90 %
3至5个                | 区间 3..5 个
不低于90%             | 数值 90 % 1 >=
90%以上               | 数值 90 % 1 >=
≤114万元              | 数值 114 万元 1 <=
约500万元             | 数值 500 万元 1 = 约
近500万元             | 数值 500 万元 1 = 近
30余人                | 数值 30 人 0 >= 余
100分                 | 数值 100 分 0 =
109个，43项           | 数值 109 个 0 =；数值 43 项 0 =
121057.86平方米       | 数值 121057.86 平方米 0 =
1.2万平方米           | 数值 12000.0 平方米 1000.0 =
三百二十万元          | 数值 3200000 元 0 =
下降-5%               | 数值 -5 % 1 =
0万元                 | 数值 0 万元 0 =
2023年                | 年份 2023
2.2023年完成2.5公里   | 年份 2023；数值 2.5 公里 0 =
12. 2023年度          | 年份 2023
3.2022年11月          | 日期 2022
2.2022-2023年         | 年份 2022-2023
如下：1.2023年3处     | 编号；年份 2023；数值 3 处 0 =
2.2023万元            | 数值 2.2023 万元 0.0001 =
2021-2023年           | 年份 2021-2023
二〇二三年度          | 年份 2023
2022年10月            | 日期 2022
2023年8月31日         | 日期 2023 2023-08-31
1-7月                 | 日期
2023.05.12            | 日期 2023 2023-05-12
2023年2月30日         | 残损 2023
京财绩效〔2020〕2146号 | 文号 2020
2022年第三批专项资金  | 名称中的年份 2022；序数
《2021年规划纲要》    | 名称中的年份 2021
2022年老旧小区改造项目 | 名称中的年份 2022
2022年预算部门项目支出 | 年份 2022
2021年部门项目绩效自评 | 年份 2021
第五次普查            | 序数
PM2.5                 | 编号
3号楼                 | 编号
按1:2:3比例           | 编号
04-综合工作           | 编号
1,234.562,345.67元    | 残损
12,34元               | 残损
23 187.018390万元     | 数值 23187.018390 万元 0.000001 = 存疑
2,961.68 2,940.05     | 数值 2961.68 - 0.01 = 存疑；数值 2940.05 - 0.01 = 存疑
8.8亿元               | 数值 8.8 亿元 0.1 =
1.机构设置            |
（2）职责             |
目标1：完成           | 编号
两会                  |
一个中心              |
统一                  |
""".strip().splitlines()  # fmt: skip


def told(text):
    for one in mentions_in(Passage(text), 0):
        words = [one.kind.value]
        if one.kind is Kind.RANGE:
            words += [f"{one.figure.value}..{one.high.value}", one.figure.unit.symbol]
        elif one.figure:
            figure = one.figure
            words += [
                f"{figure.value:f}",
                figure.unit.symbol or "-",
                f"{figure.quantum:f}",
                figure.bound.value,
                one.near,
            ]
        elif one.year:
            words.append(f"{one.year}-{one.last_year}" if one.last_year else str(one.year))
        if one.day:
            words.append(one.day.isoformat())
        if one.doubt and one.kind is not Kind.DAMAGED:
            words.append("存疑")
        yield " ".join(word for word in words if word)


@pytest.mark.parametrize("case", CASES)
def test_shapes(case):
    text, expected = (part.strip() for part in case.split("|"))
    assert "；".join(told(text)) == expected


def test_a_number_written_in_steps_is_flagged_not_guessed():
    one, two = mentions_in(Passage("1亿2千万元"), 0)
    assert one.doubt == two.doubt == "由几段写成的一个数，没有合并"


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["元", "万元", "亿元", "%"]))
def test_what_was_printed_is_what_is_read(value, unit):
    (one,) = mentions_in(Passage(f"预算执行{value:,.2f}{unit}，"), 0)
    assert one.figure.value == value
    assert one.figure.unit.symbol == unit
    assert one.figure.quantum == (Decimal("0.01") if value else 0)
    assert not one.doubt


@given(st.text("0123456789.,，。年月日万亿元%个至-（）() \n第〔〕号约余一二三百千", max_size=40))
def test_any_text_is_read_without_overlaps(text):
    end = 0
    for one in mentions_in(Passage(text), 0):
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        end = one.end


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_both_ways(number):
    assert chinese_number(chinese(number)) == number
