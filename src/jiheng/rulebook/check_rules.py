"""Parameters of the checks, resolved for a region: thresholds, required dimensions, a region's own levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from jiheng.errors import BadRules
from jiheng.model import Level
from jiheng.rulebook.source import bind, packs, read
from jiheng.values import Exact, FiscalYear, RegionCode

Value = TypeVar("Value")
Status = Literal["verified", "unverified"]
_STRICT = ConfigDict(extra="forbid")


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Cited(Generic[Value]):
    """A value with the sentence it rests on, and whether that was verified against the text."""

    value: Value
    basis: str
    status: Status
    unit: str = ""


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class UnitByName:
    """Indicators whose names end so measure this."""

    ends: tuple[str, ...]
    measures: str


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class GradeBand:
    """A grade and the score it begins at (included)."""

    name: str
    lowest: Exact = Field(alias="from")


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Contradiction:
    """Two answers that cannot both be true: where `if_yes` is answered yes, `item` must be so."""

    item: str
    must_be: Literal["≥", "=", "≤", "是", "否"]
    if_yes: str = ""
    number: Exact | None = None
    other: str = ""


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class _Edition:
    region: str
    from_year: int
    levels: Mapping[str, Level] = Field(default_factory=dict)
    parameters: Mapping[str, Cited[Exact]] = Field(default_factory=dict)
    required_dimensions: Cited[tuple[str, ...]] | None = None
    dimensions: Cited[Mapping[str, tuple[str, ...]]] | None = None
    units_by_name: Cited[tuple[UnitByName, ...]] | None = None
    bounded_shares: Cited[tuple[str, ...]] | None = None
    vague_words: Cited[tuple[str, ...]] | None = None
    grades: Cited[tuple[GradeBand, ...]] | None = None
    contradictions: Cited[tuple[Contradiction, ...]] | None = None


@dataclass(frozen=True, slots=True)
class CheckRules:
    """What the checks need to know of a region. `regions` says which files it was put together from, nearest first."""

    regions: tuple[str, ...]
    levels: Mapping[str, Level]
    parameters: Mapping[str, Cited[Exact]]
    required_dimensions: Cited[tuple[str, ...]]
    dimensions: Cited[Mapping[str, tuple[str, ...]]]
    units_by_name: Cited[tuple[UnitByName, ...]]
    bounded_shares: Cited[tuple[str, ...]]
    vague_words: Cited[tuple[str, ...]]
    grades: Cited[tuple[GradeBand, ...]]
    contradictions: Cited[tuple[Contradiction, ...]]

    def number(self, name: str) -> Exact:
        """A numeric parameter."""
        return self.parameters[name].value

    def words(self, name: str) -> str:
        """The parameter for a reader, who is told when it was not verified."""
        cited = self.parameters[name]
        return f"{cited.value:f}{cited.unit}" + ("" if cited.status == "verified" else "（未核实）")


def check_rules(region: RegionCode, year: FiscalYear) -> CheckRules:
    """The parameters for a region and year; what a region does not say, the one above it says.

    **Raises** BadRules when there is no nationwide file for the year.
    """
    known = {edition.region: edition for edition in _editions() if edition.from_year <= year.year}
    chain = [known[code.digits] for code in region.lineage if code.digits in known]
    if not chain or chain[-1].region != "000000":
        raise BadRules(
            f"没有适用于 {year} 年的核查参数：本系统的核查参数自 {min(e.from_year for e in _editions())} 年起"
        )
    merged = {
        name: next(getattr(edition, name) for edition in chain if getattr(edition, name) is not None)
        for name in _Edition.__dataclass_fields__
        if name not in ("region", "from_year", "levels", "parameters")
    }
    levels: dict[str, Level] = {}
    parameters: dict[str, Cited[Exact]] = {}
    for edition in reversed(chain):
        levels |= edition.levels
        parameters |= edition.parameters
    return CheckRules(tuple(edition.region for edition in chain), levels, parameters, **merged)


@cache
def _editions() -> tuple[_Edition, ...]:
    shape = TypeAdapter(_Edition)
    files = [path for pack in packs() for path in sorted((pack / "checks").glob("*.yaml"))]
    return tuple(bind(read(path), shape) for path in files)
