"""Charts: figures become Vega-Lite specs (plain dicts); one renderer draws them for Word, page and print.

Everything can be told apart in black and white: greys with outlines, dashes, shapes, and the figure beside its mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jiheng.reporting.drawing import draw, renderer
from jiheng.reporting.visible import showable
from jiheng.values import Exact, round_half_up, show_number

Spec = dict[str, Any]

PAGE_FONTS = (
    "'Microsoft YaHei', 微软雅黑, 'Noto Sans CJK SC', 'Source Han Sans SC', 'HarmonyOS Sans SC', "
    "'WenQuanYi Micro Hei', SimHei, sans-serif"
)
"""Fonts of a chart in a page: Windows', then UOS's and 麒麟's."""

_WHEEL_FONT = "Noto Sans CJK SC"
_DARK, _MIDDLE, _LIGHT, _LINE = "#333333", "#9a9a9a", "#f0f0f0", "#222222"
_WIDTH = 600
_LETTER = 7.5
_NAMED = "name"


@dataclass(frozen=True, slots=True)
class Executed:
    """A part's 全年预算数 and 执行数. **Unit** one for all of a chart."""

    name: str
    budget: Exact | None
    executed: Exact | None


@dataclass(frozen=True, slots=True)
class Reached:
    """Indicators of a dimension: how many reached their target, how many did not, how many have no actual."""

    dimension: str
    reached: int
    missed: int
    unknown: int


def execution_by_part(title: str, parts: Sequence[Executed], *, unit: str = "万元", places: int = 2) -> Spec:
    """Budget and execution of each part as bars, the figures at their ends. A missing figure has no bar, only 无数据."""
    bars = [
        {
            _NAMED: part.name,
            "kind": kind,
            "value": _place(value),
            "at": _place(value) or 0,
            "label": _label(value, places),
        }
        for part in parts
        for kind, value in (("全年预算数", part.budget), ("执行数", part.executed))
    ]
    kinds = ["全年预算数", "执行数"]
    ends = [float(value) for part in parts for value in (part.budget, part.executed) if value is not None]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    # Room for the figures beside the longest bars, as wide as the longest figure.
    letter_share = min(0.4, max([len(str(bar["label"])) for bar in bars], default=0) * _LETTER / (_WIDTH * 0.7))
    room = (high - low) * letter_share / (1 - letter_share * (2 if low else 1))
    scale = {"domain": [low - room if low else 0, high + room or 1], "nice": False}
    rows: Spec = {
        "y": {"field": _NAMED, "type": "nominal", "sort": None, "title": None},
        "yOffset": {"field": "kind", "sort": kinds},
    }
    axis = {"type": "quantitative", "title": unit, "scale": scale, "axis": {"format": "~f", "tickCount": 6}}
    fill = {"field": "kind", "sort": kinds, "scale": {"domain": kinds, "range": [_LIGHT, _DARK]},
            "legend": {"title": None, "orient": "top", "symbolStrokeColor": _LINE}}  # fmt: skip
    labels = {"align": {"expr": "datum.at < 0 ? 'right' : 'left'"}, "dx": {"expr": "datum.at < 0 ? -4 : 4"}}
    layers = [
        {"mark": {"type": "bar", "stroke": _LINE, "strokeWidth": 0.8}, "encoding": {**rows, "x": {"field": "value", **axis}, "fill": fill}},
        {"mark": {"type": "text", "baseline": "middle", **labels},
         "encoding": {**rows, "x": {"field": "at", **axis}, "text": {"field": "label"}}},
    ]  # fmt: skip
    return _spec(title, bars, layers, height={"step": 22})


def progress_by_month(
    title: str, progress: Sequence[tuple[int, Exact | None]], planned: Sequence[tuple[int, Exact | None]] = ()
) -> Spec:
    """Cumulative execution by month against 序时进度 (month ÷ 12) and, where there is one, the plan.

    **Unit** %. Months without a figure leave a gap.
    """
    rows: list[Mapping[str, Any]] = [
        {"month": f"{month}月", "kind": "计划进度", "value": _place(value), "label": ""} for month, value in planned
    ]
    for month, value in sorted(progress):
        pace = Decimal(month) * 100 / 12
        rows.append({"month": f"{month}月", "kind": "序时进度", "value": _place(pace), "label": ""})
        rows.append({"month": f"{month}月", "kind": "累计执行率", "value": _place(value), "behind": bool(value and value < pace),
                     "label": "" if value is None else f"{show_number(round_half_up(value, 1))}%"})  # fmt: skip
    months = [f"{month}月" for month, _ in sorted(progress)]
    kinds = ["累计执行率", *(["计划进度"] if planned else ()), "序时进度"]
    dashes = [[1, 0], *([[2, 3]] if planned else ()), [6, 4]]
    shapes = ["circle", *(["triangle-up"] if planned else ()), "square"]
    legend = {"title": None, "orient": "top", "symbolSize": 90, "symbolStrokeWidth": 1.6}
    base: Spec = {
        "x": {"field": "month", "type": "ordinal", "sort": months, "title": None, "axis": {"labelAngle": 0}},
        "y": {"field": "value", "type": "quantitative", "title": "%", "axis": {"titleAngle": 0, "titlePadding": 12}},
    }
    look = {
        "strokeDash": {"field": "kind", "sort": kinds, "scale": {"domain": kinds, "range": dashes},
                       "legend": None},
        "shape": {"field": "kind", "sort": kinds, "scale": {"domain": kinds, "range": shapes},
                  "legend": legend},
    }  # fmt: skip
    points = {"type": "point", "size": 46, "stroke": _LINE, "fill": "white", "opacity": 1}
    layers = [
        {"mark": {"type": "line", "color": _LINE, "strokeWidth": 1.6, "invalid": "break-paths-filter-domains"},
         "encoding": {**base, "strokeDash": look["strokeDash"]}},
        {"mark": points, "encoding": {**base, "shape": look["shape"]}},
        {"mark": {"type": "text", "dy": {"expr": "datum.behind ? 14 : -12"}, "dx": {"expr": "datum.behind ? 10 : -10"}},
         "encoding": {**base, "text": {"field": "label"}}},
    ]  # fmt: skip
    # Dashes and shapes share one legend otherwise, and a legend that one of them leaves out is not drawn at all.
    apart = {"legend": {"shape": "independent", "strokeDash": "independent"}}
    return _spec(title, rows, layers, height=230) | {"resolve": apart}


def indicators_by_dimension(title: str, rows: Sequence[Reached]) -> Spec:
    """How many indicators of each dimension reached their target, as stacked bars with the number in each piece."""
    kinds = ["达到目标", "未达到目标", "无实际完成值"]
    pieces = []
    for row in rows:
        start = 0
        for order, (kind, count) in enumerate(zip(kinds, (row.reached, row.missed, row.unknown), strict=True)):
            pieces.append({_NAMED: row.dimension, "kind": kind, "order": order, "from": start, "to": start + count,
                           "middle": start + count / 2, "label": str(count) if count else ""})  # fmt: skip
            start += count
    y: Spec = {"y": {"field": _NAMED, "type": "nominal", "sort": None, "title": None}}
    fill = {"field": "kind", "sort": kinds, "scale": {"domain": kinds, "range": [_DARK, _MIDDLE, "#ffffff"]},
            "legend": {"title": None, "orient": "top", "symbolStrokeColor": _LINE}}  # fmt: skip
    axis = {
        "field": "from",
        "type": "quantitative",
        "title": "指标（个）",
        "axis": {"format": "d", "tickMinStep": 1, "tickCount": 8},
    }
    layers = [
        {"mark": {"type": "bar", "stroke": _LINE, "strokeWidth": 0.8, "height": 22},
         "encoding": {**y, "x": axis, "x2": {"field": "to"}, "fill": fill}},
        {"mark": {"type": "text", "baseline": "middle"},
         "encoding": {**y, "x": {"field": "middle", "type": "quantitative"}, "text": {"field": "label"},
                      "color": {"condition": {"test": "datum.order == 0", "value": "#ffffff"}, "value": "#000000"}}},
    ]  # fmt: skip
    return _spec(title, pieces, layers, height={"step": 34})


def png(spec: Mapping[str, Any], scale: float = 2.5) -> bytes:
    """The chart as a PNG, drawn with the CJK font that we bring along."""
    return draw(_with_font(spec, _WHEEL_FONT), scale)


def svg(spec: Mapping[str, Any], prefix: str = "chart") -> str:
    """The chart as an SVG element for a page; `prefix` keeps the ids of several charts in one page apart."""
    drawn: str = renderer().vegalite_to_svg(_with_font(spec, _WHEEL_FONT))
    drawn = re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{prefix}-", drawn)
    return drawn.replace(f'"{_WHEEL_FONT}"', f'"{PAGE_FONTS}"')


def _spec(title: str, rows: Sequence[Mapping[str, Any]], layers: Sequence[Spec], height: Any) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": showable(title), "anchor": "middle", "frame": "bounds", "fontSize": 16, "fontWeight": "normal", "offset": 10},
        "data": {"values": [{key: showable(it) if isinstance(it, str) else it for key, it in row.items()} for row in rows]},
        "width": _WIDTH,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": "white",
        "layer": list(layers),
        "config": {
            "axis": {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "gridColor": "#dddddd",
                     "labelLimit": 180, "labelColor": "#000000", "titleColor": "#000000"},
            "legend": {"labelFontSize": 13, "labelColor": "#000000"},
            "text": {"fontSize": 12, "color": "#000000"},
            "view": {"stroke": None},
        },
    }  # fmt: skip


def _with_font(spec: Mapping[str, Any], font: str) -> Spec:
    return {**spec, "config": {**spec.get("config", {}), "font": font}}


def _place(value: Exact | None) -> float | None:
    """Where a mark stands. Only the drawing is a float; what is read is the label."""
    return None if value is None else float(value)


def _label(value: Exact | None, places: int) -> str:
    return "无数据" if value is None else f"{round_half_up(value, places):f}"
