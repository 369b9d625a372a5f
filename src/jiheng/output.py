"""Writing files: nobody ever sees half of one, and nothing that is there is overwritten."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jiheng.errors import BadInput


class whole_file:  # noqa: N801  (reads as a phrase: with whole_file(path) as partial)
    """Write beside the target and move into place at the end, so that nobody ever sees half a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Path:
        try:
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".jiheng-", suffix=self.path.suffix)
        except OSError as error:
            raise BadInput(f"不能在“{self.path.parent}”里写文件（{_why(error)}）：请换一个有写权限的文件夹") from None
        os.close(handle)
        self.partial = Path(name)
        return self.partial

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if kind is None:
            try:
                os.chmod(self.partial, 0o644)
                os.replace(self.partial, self.path)
            except OSError as problem:
                self.partial.unlink(missing_ok=True)
                raise BadInput(f"“{self.path}”写不进去（{_why(problem)}）：文件可能正被打开，请关闭后再试") from None
            return
        self.partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BadInput(f"“{self.path.parent}”写不进去（{_why(error)}）：请换一个文件夹或腾出空间") from None


def _why(error: OSError) -> str:
    return {2: "文件夹不存在", 13: "没有权限", 17: "同名文件已存在", 20: "路径中有一段不是文件夹", 21: "同名文件夹已存在",
            28: "磁盘已满", 30: "只读"}.get(error.errno or 0, "系统拒绝")  # fmt: skip


def is_there(path: Path) -> bool:
    """Whether a file or folder exists. **Raises** BadInput for a path that the system does not take."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        raise BadInput(f"不能使用“{path}”：路径太长、含有不允许的字符，或没有权限，请换一个名称或位置") from None
    return True


def refuse_overwrite(path: Path) -> None:
    """**Raises** BadInput where something is already there."""
    if is_there(path):
        raise BadInput(f"“{path}”已经存在，没有覆盖：请换一个文件名，或先把它移走")


def make_folder(folder: Path) -> None:
    """Make a folder to write into. **Raises** BadInput when that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadInput(f"不能建立文件夹“{folder}”：可能没有权限，或同名文件已存在，请换一个位置") from None
