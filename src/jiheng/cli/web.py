"""`jiheng web`: hands everything over to the web application where it is installed; the engine never imports Django."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import typer

from jiheng.errors import BadInput

GROUP = "jiheng.web"
PASS_ON: dict[str, Any] = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""Options belong to the web's own commands."""


def web(context: typer.Context) -> None:
    """Run a command of the web application. **Raises** BadInput when it is not installed."""
    point = next(iter(entry_points(group=GROUP)), None)
    if point is None:
        raise BadInput("没有装网页版：请用 make setup 重新安装")
    status = point.load()(context.args)
    if status:
        raise typer.Exit(status)
