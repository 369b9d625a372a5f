"""Packs with every kind of mistake: one plain sentence, with file and line."""

from pathlib import Path

import pytest

from jiheng.errors import BadRules
from jiheng.rulebook.catalogue import load
from jiheng.rulebook.parameters import Citation
from jiheng.rulebook.scales import Scale, ScaleLevel, check_order

REGULATIONS = """\
regulations:
  - {id: r1, title: 某办法, issuer: 某局, seen: full, source: 原文}
"""
GRADES = """\
id: g1
kind: grades
title: 等级
region: "110000"
dates: {issued: 2024-01-01, since: 2024, cite: r1 第一条, status: verified}
grades:
  - {name: 优, floor: {value: "90", unit: 分, cite: r1 第一条, status: verified}}
  - {name: 差, floor: {value: "0", unit: 分, cite: r1 第一条, status: verified}}
"""
SHEET = """\
id: s1
kind: department_evaluation
title: 评分表
region: "110000"
dates: {issued: 2024-01-01, since: 2024, cite: r1 第一条, status: verified}
full: {value: "20", unit: 分, cite: r1 第一条, status: verified}
blocks:
  - id: b
    name: 执行
    points: {value: "20", unit: 分, cite: r1 第一条, status: verified}
    items:
      - id: i
        name: 执行率
        points: {value: "20", unit: 分, cite: r1 第一条, status: verified}
        rule: {method: proportional, rate: execution, cite: r1 第一条, status: verified}
rates:
  - {id: execution, name: 执行率, shape: share, part: [budget.total.executed], whole: [budget.total.annual_budget], cite: r1 第一条, status: verified}
"""
NINETY = 'floor: {value: "90", unit: 分, cite: r1 第一条, status: verified}'

KINDS = "department_evaluation、project_self_evaluation、project_evaluation、grades、score_adjustment、goal_review、monitoring、results_use、recheck"


def pack(folder: Path, **files: str) -> Path:
    (folder / "regulations").mkdir()
    (folder / "schemes").mkdir()
    (folder / "regulations" / "all.yaml").write_text(REGULATIONS, encoding="utf-8")
    for name, text in files.items():
        (folder / "schemes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def sentence(folder: Path, **files: str) -> str:
    with pytest.raises(BadRules) as error:
        load((pack(folder, **files),))
    return error.value.sentence


def test_a_right_pack_loads(tmp_path: Path):
    assert sorted(load((pack(tmp_path, g=GRADES, s=SHEET),)).editions) == ["g1", "s1"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: 等级", "titel: 等级", "g.yaml 第 3 行：“titel”不是认识的键，请核对拼写"),
        ("title: 等级\n", "", "g.yaml 第 1 行：“title”没有给出"),
        ("kind: grades", "kind: marks", f"g.yaml 第 2 行：规则种类“marks”不认识，应是 {KINDS} 之一"),
        ("kind: grades\n", "", f"g.yaml 第 1 行：规则种类“”不认识，应是 {KINDS} 之一"),
        ("id: g1\n", "", "g.yaml 第 1 行：没有给出规则代号 id"),
        ("title: 等级", "title: 等级\ntitle: 级别", "g.yaml 第 4 行：“title”重复给出"),
        (
            'region: "110000"',
            'region: "990000"',
            "g.yaml 第 4 行：“region”不符合要求：没有以 99 开头的省级行政区划：990000",
        ),
        ('region: "110000"', "region: 北京", "g.yaml 第 4 行：“region”不符合要求：行政区划代码须为 6 位数字：北京"),
        (
            "since: 2024",
            "since: 二〇二四",
            "g.yaml 第 5 行：“dates.since”不符合要求：“二〇二四”不是年度（要写成 2024 这样的四位数字）",
        ),
        ("issued: 2024-01-01", "issued: 2024年", "g.yaml 第 5 行：“dates.issued”不是日期（应如 2024-01-31）"),
        ("since: 2024", "since: 2024, until: 2023", "g.yaml 第 5 行：规则在 2023 年终止，早于开始的 2024 年"),
        (
            NINETY,
            'floor: "90"',
            "g.yaml 第 7 行：“grades.0.floor”不符合要求：数字“90”没有单位和出处，要写成 {value: , unit: , cite: , status: }",
        ),
        (NINETY, 'floor: {value: "90", unit: 分, status: verified}', "g.yaml 第 7 行：“grades.0.floor.cite”没有给出"),
        (
            NINETY,
            'floor: {value: "90", unit: 分, cite: r1, status: verified}',
            "g.yaml 第 7 行：“grades.0.floor.cite”不符合要求：出处“r1”没有写条款，要写成“文件代号 条款”",
        ),
        (
            NINETY,
            'floor: {value: "90", unit: 分, cite: r9 第一条, status: verified}',
            "g.yaml 第 7 行：出处“r9 第一条”引用的文件没有登记在 regulations 中",
        ),
        (
            NINETY,
            'floor: {value: "90", cite: r1 第一条, status: verified}',
            "g.yaml 第 7 行：“grades.0.floor.unit”没有给出",
        ),
        (NINETY, 'floor: {value: "90", unit: 分, cite: r1 第一条}', "g.yaml 第 7 行：“grades.0.floor.status”没有给出"),
        (
            NINETY,
            'floor: {value: "90", unit: 分, cite: r1 第一条, status: sure}',
            "g.yaml 第 7 行：“grades.0.floor.status”不在允许的取值之内",
        ),
        (
            NINETY,
            'floor: {value: "90", unit: 分, cite: r1 第一条, status: confirmed}',
            "g.yaml 第 7 行：“grades.0.floor.status”不符合要求：规则数据里只能是 verified 或 unverified；确认由财务人员在年度数据里记录",
        ),
        (
            NINETY,
            'floor: {value: "9e1", unit: 分, cite: r1 第一条, status: verified}',
            "g.yaml 第 7 行：“grades.0.floor.value”不符合要求：“9e1”不是十进制数字（只接受 20、0.5 这样的写法，不接受浮点写法）",
        ),
        (
            NINETY,
            "floor: {value: .inf, unit: 分, cite: r1 第一条, status: verified}",
            "g.yaml 第 7 行：“grades.0.floor.value”不符合要求：“.inf”不是十进制数字（只接受 20、0.5 这样的写法，不接受浮点写法）",
        ),
        (
            NINETY,
            'floor: {value: "-90", unit: 分, cite: r1 第一条, status: verified}',
            "g.yaml 第 7 行：数字 -90分 不能是负数",
        ),
        (
            NINETY,
            'floor: {value: "1500", unit: "%", cite: r1 第一条, status: verified}',
            "g.yaml 第 7 行：百分数 1500% 超出 1000%",
        ),
        (
            NINETY,
            'floor: {value: "0", unit: 分, cite: r1 第一条, status: verified}',
            "g.yaml 第 6 行：各档的下限要由高到低、各不相同",
        ),
        (
            NINETY,
            NINETY.replace("status: verified", "status: verified, path: x"),
            "g.yaml：path、person、reason 由程序和确认记录给出，规则数据里不写",
        ),
        ("grades:\n", "grades: [}\n", "g.yaml 第 6 行不是正确的 YAML：did not find expected node content"),
    ],
)
def test_a_mistake_in_an_edition(tmp_path: Path, old: str, new: str, told: str):
    assert old in GRADES
    assert sentence(tmp_path, g=GRADES.replace(old, new)) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rate: execution,", "rate: speed,", "s.yaml 第 8 行：“执行率”用到的比率“speed”没有定义"),
        ("method: proportional", "method: eval", "s.yaml 第 15 行：“blocks.0.items.0.rule”不是认识的种类"),
        ("[budget.total.executed]", "[budget.total.tax]", "s.yaml 第 17 行：不认识的取数项“budget.total.tax”"),
        ('full: {value: "20"', 'full: {value: "100"', "s.yaml 第 6 行：各块分值合计 20，与总分 100 不等"),
        (
            '        points: {value: "20"',
            '        points: {value: "15"',
            "s.yaml 第 8 行：“执行”各项分值合计 15，与“执行”的 20 不等",
        ),
        (
            "    items:\n",
            "    frames: [{id: f, name: 甲, parts: []}]\n    items:\n",
            "s.yaml 第 8 行：“执行”要么列出评分项（items），要么给出指标框架（frames）",
        ),
        ("shape: share", "shape: product", "s.yaml 第 17 行：“rates.0.shape”不在允许的取值之内"),
    ],
)
def test_a_mistake_in_a_sheet(tmp_path: Path, old: str, new: str, told: str):
    assert old in SHEET
    assert sentence(tmp_path, s=SHEET.replace(old, new)) == told


def extending(name: str, base: str) -> str:
    return GRADES.replace("id: g1\n", f"id: {name}\nextends: {base}\n")


def test_extends_takes_the_rest_from_the_base(tmp_path: Path):
    short = 'id: g2\nkind: grades\nextends: g1\nregion: "310000"\n'
    editions = load((pack(tmp_path, a=GRADES, b=short),)).editions
    assert (editions["g2"].region.digits, editions["g2"].title) == ("310000", "等级")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a": extending("a", "b"), "b": extending("b", "a")}, "a.yaml 第 2 行：扩展关系成了循环：a → b → a"),
        ({"a": extending("a", "a")}, "a.yaml 第 2 行：扩展关系成了循环：a → a"),
        ({"a": extending("a", "nothing")}, "a.yaml 第 2 行：要扩展的规则“nothing”不存在"),
        (
            {"a": extending("a", "b"), "b": extending("b", "g1"), "c": GRADES},
            "a.yaml 第 2 行：“b”本身又扩展了“g1”，规则只能扩展一层",
        ),
        ({"a": GRADES, "b": GRADES}, "b.yaml 第 1 行：规则代号“g1”在 a.yaml 中已经用过"),
    ],
)
def test_extends_and_ids(tmp_path: Path, files: dict[str, str], told: str):
    assert sentence(tmp_path, **files) == told


def test_a_scale_must_descend():
    def level(name: str, floor: int) -> ScaleLevel:
        from decimal import Decimal

        from jiheng.rulebook.parameters import Parameter, Status

        number = Parameter(value=Decimal(floor), unit="%", cite=Citation("r1", "一"), status=Status.VERIFIED)
        return ScaleLevel(name=name, floor=number)

    scale = Scale(id="x", name="好坏", levels=(level("好", 50), level("坏", 60)))
    with pytest.raises(BadRules, match=r"x\.yaml：量表“好坏”的下限要由高到低、各不相同，最差的等次为 0"):
        check_order(scale, "x.yaml")
