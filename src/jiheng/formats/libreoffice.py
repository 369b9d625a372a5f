"""Conversions by LibreOffice, where it is installed: WPS's own .et to xlsx, our reports to PDF."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.formats import confined
from jiheng.formats.limits import Limits
from jiheng.formats.sentences import SAVE_AGAIN

_MEMORY_FACTOR = 4
"""LibreOffice maps more than a gigabyte of its own libraries before it opens anything."""

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"\
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"\
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"\
 oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""
"""No macros, no links to other files (1 is "never")."""


def libreoffice() -> str | None:
    """The LibreOffice program of this machine, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def xlsx_from_et(data: bytes, limits: Limits) -> bytes:
    """The same workbook as an xlsx file.

    Raises: BadInput when LibreOffice is not installed, cannot read the file or takes too long.
    """
    if libreoffice() is None:
        raise BadInput("这是 WPS 的 .et 工作簿，本机没有可以转换它的 LibreOffice；请用 WPS 打开，另存为 .xlsx 后再试")
    book = converted(data, "et", "xlsx", limits)
    if book is None:
        raise BadInput(f"LibreOffice 没能转换这个 .et 工作簿（可能设有密码，或者已损坏）；{SAVE_AGAIN}")
    if len(book) > limits.file_bytes:
        raise BadInput(".et 工作簿转换后过大；请用 WPS 打开，拆成几个文件，另存为 .xlsx 后再试")
    return book


def converted(data: bytes, source: str, target: str, limits: Limits) -> bytes | None:
    """A file as LibreOffice converts it from one suffix to another; None when it makes nothing of it.

    Raises: BadInput when LibreOffice is not installed or takes too long.
    """
    program = libreoffice()
    if program is None:
        raise BadInput("本机没有安装 LibreOffice，不能转换文件；请先安装，或去掉需要它的选项")
    with tempfile.TemporaryDirectory(prefix="jiheng-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile, given, made = folder / "profile", folder / f"file.{source}", folder / "out" / f"file.{target}"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        given.write_bytes(data)
        _convert(program, profile, given, made, limits)
        return made.read_bytes() if made.is_file() else None


def _convert(program: str, profile: Path, source: Path, target: Path, limits: Limits) -> None:
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", target.suffix[1:], "--outdir", str(target.parent), str(source)]
    if sys.platform != "win32":
        memory = str(limits.memory_bytes * _MEMORY_FACTOR)
        command = [sys.executable, "-I", confined.__file__, memory, *command]
    # A session of its own: soffice starts others, and all must end together.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired:
        raise BadInput(f"LibreOffice 在 {limits.seconds:g} 秒内没有转换完，已停止；{SAVE_AGAIN}") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
