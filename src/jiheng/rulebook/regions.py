"""Names of the regions that rule data mention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from jiheng.rulebook import source
from jiheng.rulebook.parameters import STRICT
from jiheng.values import RegionCode
from jiheng.values.region import PROVINCE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    code: str
    name: str

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    regions: tuple[_Region, ...]

    __pydantic_config__ = STRICT


@cache
def _names() -> dict[str, str]:
    shape = TypeAdapter(_File)
    names: dict[str, str] = {}
    for pack in reversed(source.packs()):
        if (path := pack / "regions.yaml").exists():
            names |= {region.code: region.name for region in source.bind(source.read(path), shape).regions}
    return names


def region_name(code: RegionCode) -> str:
    """The region's name, empty when no rule data name it; any six-digit code may be used.

    >>> region_name(RegionCode("110105")), region_name(RegionCode("659001"))
    ('北京市朝阳区', '')
    """
    return _names().get(code.digits, "")


@cache
def region_codes() -> dict[str, str]:
    """Code by whole name: all provinces, and every region that rule data name."""
    return {**PROVINCE_NAMES, **{name: code for code, name in _names().items()}}
