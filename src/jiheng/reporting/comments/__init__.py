"""Findings as comments in the very Word file they concern: nothing else of the file changes."""

from jiheng.reporting.comments.writing import write_comments

__all__ = ["write_comments"]
