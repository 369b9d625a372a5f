"""Scales of qualitative levels, best first, and the share of the points that each level may get."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter

from jiheng.errors import BadRules
from jiheng.rulebook import source
from jiheng.rulebook.parameters import STRICT, P, Parameter

_BREAKS = re.compile(r"[\s、，,/／|;；·\-—()（）“”\"]")
WHOLE = Decimal(100)


def _plain(text: str) -> str:
    return _BREAKS.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLevel:
    """One level; `floor` is the least share of the points it gets. **Unit** %."""

    name: str
    floor: P
    aliases: tuple[str, ...] = ()

    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A named scale, best level first.

    >>> scale = scale_named("优、良、中、低、差")
    >>> scale.names, scale.band("中")
    (('优', '良', '中', '低', '差'), (Decimal('60'), Decimal('80')))
    """

    id: str
    name: str
    levels: tuple[ScaleLevel, ...]
    aliases: tuple[str, ...] = ()

    __pydantic_config__ = STRICT

    @property
    def names(self) -> tuple[str, ...]:
        """The levels' names, best first."""
        return tuple(level.name for level in self.levels)

    def level_of(self, text: str) -> str | None:
        """The level that a text names; None when it is none of this scale.

        >>> scale_named("达成/部分达成/未达成").level_of("部分达成年度指标并具有一定效果")
        '部分达成'
        """
        plain = _plain(text)
        for level in self.levels:
            if plain in {_plain(word) for word in (level.name, *level.aliases)}:
                return level.name
        return None

    def band(self, level: str) -> tuple[Decimal, Decimal]:
        """Least and most share of a level. **Unit** %. The upper end counts for the best level only."""
        place = self.names.index(level)
        top = WHOLE if place == 0 else self.levels[place - 1].floor.value
        return self.levels[place].floor.value, top

    def limits(self, level: str) -> tuple[Parameter, ...]:
        """The parameters that make the band of a level."""
        place = self.names.index(level)
        return tuple(self.levels[at].floor for at in (place - 1, place) if at >= 0)

    def answers_to(self, text: str) -> bool:
        """Whether people mean this scale by the text: its name, an alias, or its levels in a row."""
        plain = _plain(text)
        return bool(plain) and plain in {_plain(word) for word in (self.name, *self.aliases, "".join(self.names))}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalesFile:
    """The file of scales."""

    scales: tuple[Scale, ...]

    __pydantic_config__ = STRICT


@cache
def scales() -> tuple[Scale, ...]:
    """All scales of the installed packs, ours first. **Raises** BadRules when levels do not descend."""
    shape = TypeAdapter(ScalesFile)
    found: list[Scale] = []
    for pack in source.packs():
        if (path := pack / "scales.yaml").exists():
            found.extend(source.bind(source.read(path), shape).scales)
    for scale in found:
        check_order(scale, "scales.yaml")
    return tuple(found)


def check_order(scale: Scale, where: str) -> None:
    """**Raises** BadRules unless the floors fall from level to level, from at most 100% to 0."""
    floors = [level.floor.value for level in scale.levels]
    if not floors or floors[-1] != 0 or floors[0] > WHOLE or floors != sorted(set(floors), reverse=True):
        raise BadRules(f"{where}：量表“{scale.name}”的下限要由高到低、各不相同，最差的等次为 0")


def scale_named(text: str) -> Scale | None:
    """The scale that a goal table's words name; None when they name none.

    >>> scale_named("优良中差").id, scale_named("优、良、中、低、差").id, scale_named("按时完成")
    ('four', 'five', None)
    """
    return next((scale for scale in scales() if scale.answers_to(text)), None)
