"""A disk without room, told apart from faults of the program: by the system, by SQLite, by PostgreSQL."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from jiheng.errors import JihengError

FULL = "服务器的磁盘满了，这次没有办成，原来的数据都在：请系统管理员腾出空间，再做一次"
STATUS = 507
_SYSTEM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_SQLITE = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHM")
_POSTGRESQL = "53100"


class NoRoom(JihengError):
    """There was no room for what had to be written."""

    def __init__(self) -> None:
        super().__init__(FULL)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error comes, in the end, from a disk without room.

    >>> is_disk_full(OSError(28, "No space left on device")), is_disk_full(OSError(2, "No such file")), is_disk_full(None)
    (True, False, False)
    """
    return any(_says_so(one) for one in _chain(error))


def _says_so(error: BaseException) -> bool:
    if isinstance(error, NoRoom):
        return True
    if isinstance(error, OSError) and (error.errno in _SYSTEM or "No usable temporary directory" in str(error)):
        return True
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(_SQLITE) or getattr(error, "sqlstate", None) == _POSTGRESQL


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
