"""A hundred kills at random moments of imports and seals; the test itself is tests/web/test_kill_at_random.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main(kills: int = 100) -> int:
    """Run the test with so many kills."""
    root = Path(__file__).parents[1]
    test = str(root / "tests/web/test_kill_at_random.py")
    return subprocess.call(
        [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", test],
        env=os.environ | {"JIHENG_KILLS": str(kills)},
        cwd=root,
    )


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
