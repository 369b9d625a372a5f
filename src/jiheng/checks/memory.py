"""What was found on a year's tables, told again as long as every table that was looked at is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import is_
from typing import Any, Generic, TypeVar, cast

from jiheng.model import DepartmentYear, SourceFile
from jiheng.rulebook.check_rules import CheckRules

_Found = TypeVar("_Found")
_TABLES = frozenset(one.name for one in fields(DepartmentYear))


@dataclass(frozen=True, slots=True)
class _Known(Generic[_Found]):
    rules: CheckRules
    looked_at: Mapping[str, Any]
    found: _Found


class Memory:
    """Of one department's year. Nobody says which tables a check needs: what it looks at is watched while it runs.

    A table is the same when its records are the very same objects, so nothing is taken for the same that is merely
    equal. Safe among threads: what is kept is replaced whole.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known[Any]] = {}

    def recall(
        self, name: str, year: DepartmentYear, rules: CheckRules, reckon: Callable[[DepartmentYear], _Found]
    ) -> _Found:
        """What `reckon` finds on the year, reckoned anew only where a table it looked at is another."""
        known = self._known.get(name)
        if known is not None and known.rules == rules and _is_same(year, known.looked_at):
            return cast(_Found, known.found)
        watched = _Watched(year)
        found = reckon(cast(DepartmentYear, watched))
        self._known[name] = _Known(rules, watched.looked_at, found)
        return found


class _Watched:
    """A year that remembers which of its tables were looked at; to a check it is the year, `dataclasses.replace` included."""

    __class__ = DepartmentYear  # type: ignore[assignment]
    __dataclass_fields__ = DepartmentYear.__dataclass_fields__

    def __init__(self, year: DepartmentYear) -> None:
        self.year = year
        self.looked_at: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name in _TABLES:
            found = self.looked_at[name] = getattr(self.year, name)
            return found
        method = getattr(DepartmentYear, name)  # asked of the watched year, so that what it reads is seen, too
        return method.__get__(self, DepartmentYear)


def _is_same(year: DepartmentYear, looked_at: Mapping[str, Any]) -> bool:
    return all(_is_table(getattr(year, name), before) for name, before in looked_at.items())


def _is_table(now: Any, before: Any) -> bool:
    if now is before:
        return True
    if isinstance(now, tuple) and isinstance(before, tuple):
        return len(now) == len(before) and all(map(is_, now, before))
    # a finding says the name of its file; its hash is another after every change
    return isinstance(now, SourceFile) and isinstance(before, SourceFile) and now.name == before.name
