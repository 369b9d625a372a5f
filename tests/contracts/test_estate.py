"""What must hold for the whole tree."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def test_locks_carry_hashes_and_no_addresses():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^--(index|extra-index|find-links)", text, re.M)
        pins = re.findall(r"^[a-z0-9._-]+==.*$", text, re.M)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)


def test_modules_have_no_vague_names():
    vague = {"utils.py", "helpers.py", "common.py", "manager.py"}
    assert not [path for path in SOURCES if path.name in vague]


def test_modules_stay_one_subject():
    long = {
        str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text("utf-8").splitlines())) > 450
    }
    assert not long


def test_command_line_starts_without_heavy_packages():
    heavy = {"django", "altair", "duckdb", "jinja2", "xlsxwriter", "lxml", "python_calamine"}
    code = "import sys, jiheng.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert heavy.isdisjoint(loaded)
