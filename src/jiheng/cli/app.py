"""The commands, and how they are started: a command's module is loaded only when the command is called."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from jiheng import __version__
from jiheng.cli import usage
from jiheng.cli.status import BAD_INPUT, CLEAN, STOPPED
from jiheng.errors import JihengError


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module and function that it is, and what its help says."""

    module: str
    function: str
    help: str


COMMANDS = {
    "new": Command("workbook", "new", "生成一本空白的年度工作簿。"),
    "check": Command("workbook", "check", "核查年度工作簿：数字对不对得上，哪里、怎么改。"),
    "pack": Command("workbook", "pack", "按责任科室把工作簿拆成小工作簿，发给各科室填。"),
    "merge": Command("workbook", "merge", "把各科室交回的小工作簿合并到总工作簿。"),
    "score": Command("score", "score", "按规则评分：部门、一个项目或全部项目；每一分都说得出为什么。"),
    "report": Command("report", "report", "生成评价报告、汇报稿或官方表格，写完逐个数字读回核对。"),
    "read": Command("read", "read", "读一份报告或表格：提纲、表格、每个数字和它的单位、位置。"),
    "review": Command("review", "review", "核查成文的报告、决算、预算或表格：数字对不对得上，说法和数字一不一致。"),
    "mutate": Command("mutate", "mutate", "给一份没有错误的报告设错：每份副本一处错，用来检验核查。"),
    "web": Command("web", "web", "网页版：启动服务、后台任务、演示、核对审计日志。"),
    "rules": Command("rules", "rules_app", "查看规则：有哪些、写了什么、依据是什么、某地某年用哪一套。"),
}


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"绩衡 {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    pass


def application(names: Iterable[str] | None = None) -> Any:
    """The command line, in Chinese, with these commands; without names, all of them."""
    app = typer.Typer(
        name="jiheng",
        help="绩衡：部门预算绩效管理。一年的账表进来，每个数字都说得清。",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name in COMMANDS if names is None else names:
        command = COMMANDS[name]
        module = import_module(f"jiheng.cli.{command.module}")
        found = getattr(module, command.function)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, help=command.help)
        else:
            app.command(name, help=command.help, context_settings=getattr(module, "PASS_ON", None))(found)
    return usage.in_chinese(typer.main.get_command(app))


def main() -> None:
    """Run the command line. Whatever goes wrong, the user reads one sentence."""
    gc.disable()  # a command ends before there is anything worth collecting
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        called = sys.argv[1] if len(sys.argv) > 1 else ""
        command = application((called,) if called in COMMANDS else () if called == "--version" else None)
        status = command(prog_name="jiheng", standalone_mode=False) or CLEAN
        if status == STOPPED:
            _complain("已停止，没有留下写了一半的文件。")
        raise SystemExit(status)
    except JihengError as error:
        _complain(f"{error.sentence}。")
    except usage.UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error))
        else:
            _complain(f"{usage.sentence(error)}。")
    except BrokenPipeError:
        _close_quietly()
    except OSError as error:
        _complain(f"读写文件时出错（{error.strerror or error}），请检查磁盘空间和文件夹权限后再试。")
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        _complain(
            f"程序自身出错（{type(error).__name__}，{Path(where.filename).name} 第 {where.lineno} 行），不是您的操作问题："
            "请把用的命令和文件交给维护人员。"
        )
    raise SystemExit(BAD_INPUT)


def _complain(sentence: str) -> None:
    try:
        typer.echo(usage.harmless(sentence), err=True)
    except OSError:
        _close_quietly()


def _close_quietly() -> None:
    """Nobody reads any more: keep the interpreter from complaining about that when it ends."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nothing, stream.fileno())
