"""Charts: what they say, that months keep their order, and that they need no font of the machine."""

import os
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from jiheng.reporting import drawing
from jiheng.reporting.charts import (
    Executed,
    Reached,
    execution_by_part,
    indicators_by_dimension,
    png,
    progress_by_month,
    svg,
)

Image = pytest.importorskip("PIL.Image", reason="没有 Pillow，不能看图里有没有墨迹")


def rows(spec: dict[str, Any], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row[field] for field in fields) for row in spec["data"]["values"]]


def test_bars_carry_their_exact_figures():
    spec = execution_by_part(
        "预算执行",
        [Executed("基本支出", Decimal("4961.098592"), Decimal("4961.095")), Executed("其他支出", None, Decimal(0))],
    )
    assert rows(spec, "name", "kind", "label", "value") == [
        ("基本支出", "全年预算数", "4961.10", 4961.098592),
        ("基本支出", "执行数", "4961.10", 4961.095),
        ("其他支出", "全年预算数", "无数据", None),
        ("其他支出", "执行数", "0.00", 0.0),
    ]


def test_months_are_sorted_as_months_and_a_missing_one_leaves_a_gap():
    spec = progress_by_month("进度", [(12, Decimal("99.66")), (2, None), (10, Decimal(80)), (1, Decimal("8.25"))])
    executed = [row for row in rows(spec, "month", "kind", "value", "label") if row[1] == "累计执行率"]
    assert executed == [
        ("1月", "累计执行率", 8.25, "8.3%"),
        ("2月", "累计执行率", None, ""),
        ("10月", "累计执行率", 80.0, "80%"),
        ("12月", "累计执行率", 99.66, "99.7%"),
    ]
    assert spec["layer"][0]["encoding"]["x"]["sort"] == ["1月", "2月", "10月", "12月"]
    assert [row[1] for row in rows(spec, "kind", "value") if row[0] == "序时进度"][-1] == 100


def test_the_plan_stands_between_execution_and_time_where_there_is_one():
    spec = progress_by_month("进度", [(1, Decimal(5)), (2, None)], [(1, Decimal(6)), (2, Decimal(12))])
    assert [row[1:] for row in rows(spec, "kind", "month", "value") if row[0] == "计划进度"] == [
        ("1月", 6.0),
        ("2月", 12.0),
    ]
    assert "计划进度" in svg(spec)


def test_the_lines_of_the_progress_are_named():
    drawn = svg(progress_by_month("进度", [(month, Decimal(month * 8)) for month in range(1, 13)]))
    assert "累计执行率" in drawn
    assert "role-legend" in drawn


def test_pieces_of_a_bar_follow_one_another():
    spec = indicators_by_dimension("指标", [Reached("产出指标", 9, 0, 4)])
    assert rows(spec, "kind", "from", "to", "label") == [
        ("达到目标", 0, 9, "9"),
        ("未达到目标", 9, 9, ""),
        ("无实际完成值", 9, 13, "4"),
    ]


@pytest.mark.parametrize("draw", [execution_by_part, progress_by_month, indicators_by_dimension])
def test_a_chart_of_nothing_is_drawn(draw: Any):
    assert png(draw("没有数据", []))[:4] == b"\x89PNG"


def test_svg_names_the_desktops_fonts_first_and_its_own_ids():
    drawn = svg(progress_by_month("进度 <&>", [(1, Decimal(8))]), "c7")
    assert "'Microsoft YaHei', 微软雅黑, 'Noto Sans CJK SC'" in drawn
    assert 'id="clip' not in drawn
    assert "url(#clip" not in drawn
    assert "进度 &lt;&amp;&gt;" in drawn
    assert "<script" not in drawn


DRAW = """
import sys
from decimal import Decimal
from jiheng.reporting import charts, drawing
if sys.argv[1] == "without":
    import vl_convert
    drawing.renderer = lambda: vl_convert
spec = charts.execution_by_part("预算执行情况", [charts.Executed("项目支出", Decimal(9), Decimal(8))])
sys.stdout.buffer.write(charts.png(spec))
"""


def ink_in_title(drawn: bytes) -> int:
    """In how many upright strips of the title's line something dark stands."""
    picture = Image.open(BytesIO(drawn)).convert("L")
    strips = (picture.crop((x, 0, x + 12, 50)) for x in range(0, picture.width - 12, 12))
    return sum(strip.getextrema()[0] < 128 for strip in strips)


@pytest.fixture
def without_fonts(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has no font: fontconfig is given an empty folder."""
    (tmp_path / "none").mkdir()
    config = tmp_path / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>'
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(tmp_path)}


@pytest.mark.parametrize(("wheel", "has_ink"), [("with", True), ("without", False)])
def test_on_a_machine_without_fonts_the_title_is_drawn_with_the_font_wheel(
    without_fonts: dict[str, str], wheel: str, has_ink: bool
):
    command = [sys.executable, "-c", DRAW, wheel]
    drawn = subprocess.run(command, env=without_fonts, capture_output=True, check=True).stdout
    assert (ink_in_title(drawn) >= 12) is has_ink


def test_what_is_drawn_ahead_is_the_same_picture(monkeypatch: pytest.MonkeyPatch):
    specs = [
        progress_by_month("进度", [(1, Decimal(8))]),
        indicators_by_dimension("指标", [Reached("产出指标", 9, 0, 4)]),
    ]
    here = [png(spec) for spec in specs]
    drawing.draw_ahead()
    assert drawing._ahead is not None
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "renderer", lambda: pytest.fail("没有用先起的进程"))
        assert [png(spec) for spec in specs] == here
    drawing._ahead.kill()
    drawing._ahead.wait()
    assert png(specs[0]) == here[0]
    assert drawing._ahead is None
