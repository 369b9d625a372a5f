"""What was reckoned lately, kept by the hash of the content it was reckoned from; so it can never be stale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Lately(Generic[_Value]):
    """A few values, the oldest forgotten first; safe among threads.

    >>> kept = Lately[int](most=2)
    >>> for name in "abc":
    ...     kept.keep(name, ord(name))
    >>> kept.get("a"), kept.get("c")
    (None, 99)
    """

    def __init__(self, most: int = 16) -> None:
        self._most, self._lock = most, Lock()
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()

    def get(self, key: Hashable) -> _Value | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: Hashable, value: _Value) -> None:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)


class Later(Sequence[_Value]):
    """A sequence that is reckoned when somebody first looks at it.

    >>> words = Later(lambda: ("a", "b"))
    >>> words[1], len(words), list(words)
    ('b', 2, ['a', 'b'])
    """

    def __init__(self, reckon: Callable[[], Sequence[_Value]]) -> None:
        self._reckon, self._lock = reckon, Lock()
        self._found: Sequence[_Value] | None = None

    def _known(self) -> Sequence[_Value]:
        with self._lock:
            if self._found is None:
                self._found = self._reckon()
            return self._found

    def __getitem__(self, at):
        return self._known()[at]

    def __len__(self) -> int:
        return len(self._known())
