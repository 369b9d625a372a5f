"""Scales, regions and words: what people write, and what the rules call it."""

from decimal import Decimal
from itertools import pairwise

import pytest

from jiheng.rulebook.regions import region_name
from jiheng.rulebook.scales import scale_named, scales
from jiheng.rulebook.words import category_named, dimension_named
from jiheng.values import RegionCode


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("优良中低差", "优良中低差"),
        ("优、良、中、低、差", "优良中低差"),
        ("优/良/中/差", "优良中差"),
        ("优 良 中 差", "优良中差"),
        ("高中低", "高中低"),
        ("达成、部分达成、未达成", "达成部分达成未达成"),
        ("达成/部分达成/未达成", "达成部分达成未达成"),
        ("（好、一般、差）", "好一般差"),
    ],
)
def test_a_scale_goes_by_its_name_or_its_levels(text: str, names: str):
    scale = scale_named(text)
    assert scale is not None
    assert "".join(scale.names) == names


@pytest.mark.parametrize("text", ["", "优", "按时完成", "优良", "3级", "优良中"])
def test_other_words_name_no_scale(text: str):
    assert scale_named(text) is None


@pytest.mark.parametrize(
    ("scale", "text", "level"),
    [
        ("达成情况", "达成预期指标", "达成"),
        ("达成情况", "部分达成预期指标并具有一定效果", "部分达成"),
        ("达成情况", "未完成预期指标且效果较差", "未达成"),
        ("达成情况", "基本达成目标", "达成"),
        ("达成情况", "优", None),
        ("优良中低差", " 良 ", "良"),
        ("优良中差", "低", None),
    ],
)
def test_a_level_goes_by_its_name_or_an_alias(scale: str, text: str, level: str | None):
    found = scale_named(scale)
    assert found is not None
    assert found.level_of(text) == level


def test_bands_touch_and_reach_from_nothing_to_all():
    for scale in scales():
        bands = [scale.band(name) for name in scale.names]
        assert bands[0][1] == Decimal(100)
        assert bands[-1][0] == 0
        assert all(lower[1] == upper[0] for upper, lower in pairwise(bands))


def test_the_scales_that_no_text_scores_are_marked():
    verified = {scale.id for scale in scales() if not any(level.floor.is_unverified for level in scale.levels)}
    assert verified == {"achievement"}


@pytest.mark.parametrize(
    ("code", "name"),
    [("000000", "全国"), ("110105", "北京市朝阳区"), ("310107", "上海市普陀区"), ("659001", "")],
)
def test_regions_that_the_rules_mention_have_names(code: str, name: str):
    assert region_name(RegionCode(code)) == name


def test_the_many_words_for_one_thing():
    assert [dimension_named(word) for word in ("效果", "效益", "满意度", "成本", "产出", "决策")] == [
        "效益指标", "效益指标", "满意度指标", "成本指标", "产出指标", "决策",
    ]  # fmt: skip
    assert [category_named(word) for word in ("进度", "环境效益", "数量")] == ["时效指标", "生态效益指标", "数量指标"]
