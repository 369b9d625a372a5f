"""The append-only log, one hash chain a department."""
