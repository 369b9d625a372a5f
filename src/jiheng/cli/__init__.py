"""The command line: `jiheng …`. It reads the clock, prints, and sets the exit status; it holds no rule."""

from jiheng.cli.app import main

__all__ = ["main"]
