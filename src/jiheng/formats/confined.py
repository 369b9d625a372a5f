"""Limiting this process before it touches a stranger's file; also as a wrapper for another program.

`python confined.py BYTES PROGRAM ARGUMENT…` limits itself and becomes PROGRAM (POSIX only).
"""

import contextlib
import os
import sys


def confine(memory_bytes: int) -> None:
    """Limit this process's address space and write no core dumps; where the system cannot, do nothing."""
    if sys.platform == "win32":
        return
    import resource

    # macOS refuses RLIMIT_AS; the time limit of the parent still holds there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


if __name__ == "__main__":
    confine(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
