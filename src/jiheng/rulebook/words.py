"""The glossary: what people call dimensions and categories, and what rules call them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from jiheng.rulebook import source
from jiheng.rulebook.parameters import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    name: str
    aliases: tuple[str, ...] = ()

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    dimensions: tuple[_Word, ...] = ()
    categories: tuple[_Word, ...] = ()

    __pydantic_config__ = STRICT


@cache
def _names(table: str) -> dict[str, str]:
    shape = TypeAdapter(_File)
    names: dict[str, str] = {}
    for pack in reversed(source.packs()):
        if (path := pack / "glossary.yaml").exists():
            for word in getattr(source.bind(source.read(path), shape), table):
                names |= dict.fromkeys((word.name, *word.aliases), word.name)
    return names


def dimension_named(text: str) -> str:
    """The 一级指标 that a text means; the text itself when the glossary does not know it.

    >>> dimension_named("效果"), dimension_named("决策")
    ('效益指标', '决策')
    """
    plain = text.strip()
    return _names("dimensions").get(plain, plain)


def category_named(text: str) -> str:
    """The 二级指标 that a text means.

    >>> category_named("进度"), category_named("环境效益")
    ('时效指标', '生态效益指标')
    """
    plain = text.strip()
    return _names("categories").get(plain, plain)
