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
        wants_value = "requires" in fault.format_message()
        what = f"选项“{fault.option_name}”后面{'要写一个值' if wants_value else '不要写值'}"
    elif kind == "BadParameter":
        what = f"“{name}”写得不对{_range(parameter)}{explained}" if name else fault.format_message()
    elif "command" in fault.format_message():
        what = "没有这个命令"
    else:
        what = "参数太多，或者写得不对"
    context = getattr(fault, "ctx", None)
    return f"{what}；用法见 {context.command_path if context else 'jiheng'} --help"


def _range(parameter: Any) -> str:
    """The numbers an option takes, where there is a lowest and a highest."""
    low, high = (getattr(parameter, end, None) for end in ("min", "max"))
    return f"，只能是 {low} 到 {high} 的数" if low is not None and high is not None else ""


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
