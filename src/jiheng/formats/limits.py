"""How much a workbook may ask of the machine before it is refused."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from jiheng.errors import BadInput

MEGABYTE = 1024 * 1024


def _setting(variable: str, default: int, scale: int = 1) -> Callable[[], int]:
    def value() -> int:
        text = os.environ.get(variable, str(default))
        if not (text.isascii() and text.isdecimal() and int(text)):
            raise BadInput(f"环境变量 {variable} 应为正整数，现为“{text}”；请改正或删去后再试")
        return int(text) * scale

    return value


@dataclass(frozen=True, slots=True)
class Limits:
    """What one workbook may cost; each default can be set by the environment variable named with it.

    **Unit** bytes, seconds, pieces; the environment variables of sizes are in MB.
    """

    file_bytes: int = field(default_factory=_setting("JIHENG_LIMIT_FILE_MB", 50, MEGABYTE))
    unzipped_bytes: int = field(default_factory=_setting("JIHENG_LIMIT_UNZIPPED_MB", 400, MEGABYTE))
    """All that is inflated from the file, and all that the child may answer."""
    parts: int = field(default_factory=_setting("JIHENG_LIMIT_PARTS", 10_000))
    """Entries in the zip package."""
    sheets: int = field(default_factory=_setting("JIHENG_LIMIT_SHEETS", 255))
    rows: int = field(default_factory=_setting("JIHENG_LIMIT_ROWS", 200_000))
    """The last row that may hold something; empty rows beyond it do no harm."""
    cells: int = field(default_factory=_setting("JIHENG_LIMIT_CELLS", 1_000_000))
    """Non-empty cells of the whole workbook; also merged blocks of one sheet."""
    pages: int = field(default_factory=_setting("JIHENG_LIMIT_PAGES", 2_000))
    """Pages of a pdf."""
    seconds: float = field(default_factory=_setting("JIHENG_LIMIT_SECONDS", 30))
    memory_bytes: int = field(default_factory=_setting("JIHENG_LIMIT_MEMORY_MB", 1024, MEGABYTE))
    """Address space of the child process (where the system can limit it)."""
