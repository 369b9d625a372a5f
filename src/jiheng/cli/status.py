"""Exit statuses, the same for every command."""

CLEAN, FINDINGS, BAD_INPUT, STOPPED = 0, 1, 2, 130
