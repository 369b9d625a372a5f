"""The indicator library: names and units to begin with; targets are the department's own."""

from __future__ import annotations

from functools import cache

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from jiheng.rulebook.source import bind, packs, read

_STRICT = ConfigDict(extra="forbid")


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class LibraryIndicator:
    """One indicator. **Shape** `words` are what it is found by, apart from its name."""

    dimension: str
    category: str
    name: str
    comparator: str
    unit: str = ""
    words: str = ""


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class IndicatorLibrary:
    """A collection and where it comes from; `status` as in every rule file."""

    source: str
    status: str
    indicators: tuple[LibraryIndicator, ...]


@cache
def indicator_libraries() -> tuple[IndicatorLibrary, ...]:
    """The libraries of the installed packs.

    >>> all(one.indicators and one.source for one in indicator_libraries())
    True
    """
    shape = TypeAdapter(IndicatorLibrary)
    files = (path for pack in packs() for path in sorted((pack / "indicators").glob("*.yaml")))
    return tuple(bind(read(path), shape) for path in files)
