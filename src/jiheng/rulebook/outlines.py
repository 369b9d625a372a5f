"""Outlines of reports: their headings, annexes and signature places, as data."""

from __future__ import annotations

from functools import cache

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from jiheng.errors import BadInput
from jiheng.rulebook.source import bind, packs, read

_STRICT = ConfigDict(extra="forbid")


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class OutlineHeading:
    """One heading, or a section without one. **Shape** `section` names the composer of its text; `passages` the department's own paragraphs."""

    level: int = 1
    text: str = ""
    section: str = ""
    passages: str = ""


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class OutlineAnnex:
    """One annex and the composer of its table."""

    mark: str
    title: str
    section: str
    landscape: bool = False


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Outline:
    """The outline of a kind of report; `title` has a line each, with {department} and {year} in them; `compact` is for one page."""

    id: str
    kind: str
    name: str
    basis: str
    status: str
    title: tuple[str, ...]
    headings: tuple[OutlineHeading, ...]
    annexes: tuple[OutlineAnnex, ...] = ()
    signature: tuple[str, ...] = ()
    compact: bool = False


@cache
def outlines() -> dict[str, Outline]:
    """All outlines of the installed packs, by id."""
    shape = TypeAdapter(Outline)
    files = (path for pack in packs() for path in sorted((pack / "reports").glob("*.yaml")))
    found = [bind(read(path), shape) for path in files]
    return {outline.id: outline for outline in found}


def outline_named(name: str) -> Outline:
    """An outline by id. **Raises** BadInput naming those there are."""
    known = outlines()
    if name not in known:
        raise BadInput(f"没有“{name}”这种报告提纲，现有：{'、'.join(known)}")
    return known[name]
