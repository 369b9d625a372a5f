"""What the command line library says in English about wrong arguments, said in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

UsageError: type[Exception] = typer.BadParameter.__bases__[0]  # typer exports only this one of its errors
_HELP = "显示这份说明"


def sentence(error: Exception) -> str:
    """One sentence about wrong arguments, and where to read more."""
    fault: Any = error
    parameter = getattr(fault, "param", None)
    name = parameter.get_error_hint().strip("'").replace("' / '", " 或 ") if parameter else ""
    explained = f"（{getattr(parameter, 'help', '') or ''}）".replace("（）", "")
    kind = type(error).__name__
    if kind == "MissingParameter":
        what = f"还缺少“{name}”{explained}"
    elif kind == "NoSuchOption":
        what = f"没有“{fault.option_name}”这个选项"
    elif kind == "BadOptionUsage":
        what = f"选项“{fault.option_name}”后面要写一个值，或者不要写值"
    elif kind == "BadParameter":
        what = f"“{name}”写得不对{explained}" if name else fault.format_message()
    elif "command" in fault.format_message():
        what = "没有这个命令"
    else:
        what = "参数太多，或者写得不对"
    context = getattr(fault, "ctx", None)
    return f"{what}；用法见 {context.command_path if context else 'jiheng'} --help"


def in_chinese(command: Any) -> Any:
    """The command, and all below it, with a Chinese line for --help."""
    for one in _all(command):
        option = one.get_help_option(typer.Context(one))
        if option is not None:
            option.help = _HELP
    return command


def _all(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _all(below)


def harmless(text: str) -> str:
    """Text from a file, without the control characters by which it could command the terminal."""
    return "".join(character if character.isprintable() or character in "\n\t" else "�" for character in text)
