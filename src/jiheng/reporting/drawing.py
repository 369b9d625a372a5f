"""Drawing charts, in this process or ahead of time in one of their own.

The renderer needs half a second to start and holds Python's lock while it draws. A command that will need charts starts a
process for them first (`draw_ahead`) and reads and scores the workbook meanwhile. Nothing depends on it: without that
process, or when it fails, the chart is drawn here.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

_LENGTH = struct.Struct(">I")
_SCALE: dict[str, Any] = {"field": "a", "type": "quantitative"}
_WARM_UP: dict[str, Any] = {
    "title": "预算",
    "data": {"values": [{"a": 1, "b": "甲"}, {"a": 2, "b": "乙"}]},
    "layer": [
        {"mark": mark, "encoding": {"x": {"field": "b", "type": "nominal"}, "y": _SCALE, shown: {"field": "b"}}}
        for mark, shown in (("bar", "fill"), ("line", "strokeDash"), ("point", "shape"), ("text", "text"))
    ],
    "config": {"font": "Noto Sans CJK SC"},
}
"""Something of everything that our charts use."""

_ahead: subprocess.Popen[bytes] | None = None


def draw_ahead() -> None:
    """Start the process that draws, unless it runs already. It ends with this one."""
    global _ahead
    if _ahead is None and sys.executable:
        try:
            _ahead = subprocess.Popen(
                [sys.executable, "-m", "jiheng.reporting.drawing"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            _ahead = None


def draw(spec: Mapping[str, Any], scale: float) -> bytes:
    """A Vega-Lite spec as a PNG."""
    drawn = _from_ahead(spec, scale)
    return _png(spec, scale) if drawn is None else drawn


def _from_ahead(spec: Mapping[str, Any], scale: float) -> bytes | None:
    global _ahead
    if _ahead is None or _ahead.stdin is None or _ahead.stdout is None:
        return None
    try:
        _ahead.stdin.write(json.dumps([spec, scale]).encode() + b"\n")
        _ahead.stdin.flush()
        (length,) = _LENGTH.unpack(_ahead.stdout.read(_LENGTH.size))
        drawn = _ahead.stdout.read(length)
        if length and len(drawn) == length:
            return drawn
    except (OSError, struct.error):
        pass
    _ahead.kill()
    _ahead.wait()
    _ahead = None
    return None


@cache
def renderer() -> Any:
    """vl-convert with the font wheel: without a CJK font it would leave out every letter, digits too."""
    import noto_cjk_sans_otc  # type: ignore[import-untyped]
    import vl_convert

    vl_convert.register_font_directory(str(noto_cjk_sans_otc.FONT_PATH.parent))
    return vl_convert


def _png(spec: Mapping[str, Any], scale: float) -> bytes:
    drawn: bytes = renderer().vegalite_to_png(spec, scale=scale)
    return drawn


def _serve() -> None:
    """Draw what comes in, one line a chart, until nothing more comes."""
    _png(_WARM_UP, 1)
    for line in sys.stdin.buffer:
        try:
            drawn = _png(*json.loads(line))
        except ValueError:
            drawn = b""
        sys.stdout.buffer.write(_LENGTH.pack(len(drawn)) + drawn)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
