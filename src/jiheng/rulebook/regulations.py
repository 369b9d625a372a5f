"""Regulations: what rule data may cite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from jiheng.errors import BadRules
from jiheng.rulebook import source
from jiheng.rulebook.parameters import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One document: its number, issuer, the day it was issued (none: not known), and how its text was had."""

    id: str
    title: str
    issuer: str
    source: str
    seen: Literal["full", "excerpt", "summary", "not_seen"]
    number: str = ""
    issued: date | None = None

    __pydantic_config__ = STRICT

    @property
    def short(self) -> str:
        """The name people use: the number where there is one, else the title."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationsFile:
    """A file of regulations."""

    regulations: tuple[Regulation, ...]

    __pydantic_config__ = STRICT


def read_regulations(folders: tuple[Path, ...]) -> dict[str, Regulation]:
    """The regulations of some packs by id. **Raises** BadRules for an id given twice."""
    shape = TypeAdapter(RegulationsFile)
    found: dict[str, Regulation] = {}
    for folder in folders:
        for path in sorted((folder / "regulations").glob("*.yaml")):
            for regulation in source.bind(source.read(path), shape).regulations:
                if regulation.id in found:
                    raise BadRules(f"{path.name}：文件代号“{regulation.id}”重复给出")
                found[regulation.id] = regulation
    return found


@cache
def regulations() -> dict[str, Regulation]:
    """All regulations of the installed packs."""
    return read_regulations(source.packs())
