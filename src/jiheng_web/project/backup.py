"""Backup and restore of the SQLite database: one file, proven whole before it counts."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.db import connection

from jiheng.errors import BadInput
from jiheng.output import whole_file

PARTS = ("", "-wal", "-shm")


def backup(target: Path) -> int:
    """Copy the running database into a file; returns its size. **Raises** BadInput when the file exists."""
    if target.exists():
        raise BadInput(f"“{target}”已经存在，没有覆盖：请换一个文件名")
    source = _database()
    with whole_file(target) as partial:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(partial)) as there:
            here.backup(there)
        _prove(partial)
    target.chmod(0o600)
    return target.stat().st_size


def restore(file: Path) -> Path:
    """Put a backup in the database's place; the old one is kept under the name that is returned."""
    if not file.is_file():
        raise BadInput(f"没有“{file}”这个文件")
    _prove(file)
    database = _database()
    connection.close()
    kept = database.with_name(f"{database.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
    with whole_file(database.with_name(f"{database.name}.restored")) as partial:
        shutil.copyfile(file, partial)
    for part in PARTS:
        old = Path(f"{database}{part}")
        if old.exists():
            os.replace(old, f"{kept}{part}")
    os.replace(database.with_name(f"{database.name}.restored"), database)
    database.chmod(0o600)
    return kept


def _database() -> Path:
    if connection.vendor != "sqlite":
        raise BadInput("现在用的是 PostgreSQL：请用 pg_dump 备份、pg_restore 恢复，见 docs/guide/web.md")
    return Path(connection.settings_dict["NAME"])


def _prove(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            whole = opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = opened.execute("SELECT count(*) FROM sqlite_master WHERE name = 'audit_entry'").fetchone()[0] == 1
    except sqlite3.DatabaseError:
        whole = ours = False
    if not (whole and ours):
        raise BadInput(f"“{file}”不是完整的绩衡备份，没有使用")
