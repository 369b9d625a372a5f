"""What the machine tells us: where data lie, which database, whether this is a demonstration."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

WAL = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA busy_timeout=20000; PRAGMA cache_size=-20000;"
)


def is_on(name: str, default: str = "") -> bool:
    """Whether a switch is set.

    >>> is_on("JIHENG_NO_SUCH_SWITCH"), is_on("JIHENG_NO_SUCH_SWITCH", "1")
    (False, True)
    """
    return os.environ.get(name, default).strip().lower() in ("1", "true", "yes", "on")


def data_folder() -> Path:
    """The folder of database and key. It keeps itself out of any git repository."""
    folder = Path(os.environ.get("JIHENG_DATA", "jiheng-data")).absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder


def secret_key(folder: Path) -> str:
    """The key from JIHENG_SECRET_KEY, or one made once and kept where only the owner can read it."""
    given = os.environ.get("JIHENG_SECRET_KEY", "")
    if given:
        return given
    file = folder / "secret-key"
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, Any]:
    """PostgreSQL where DATABASE_URL names it, otherwise SQLite in a file: WAL, immediate transactions."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        return postgresql(url)
    name = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else str(folder / "jiheng.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": WAL},
        "TEST": {"NAME": os.environ.get("JIHENG_TEST_DATABASE", str(folder / "test.sqlite3"))},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Django's words for a PostgreSQL address.

    >>> one = postgresql("postgresql://user:p%40ss@/jiheng?host=/run/pg")
    >>> one["USER"], one["PASSWORD"], one["HOST"], one["NAME"]
    ('user', 'p@ss', '/run/pg', 'jiheng')
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": options,
    }
