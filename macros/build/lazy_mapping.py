"""A mapping whose values are made when they are asked for: the live server shows a page without all others' files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Generic, TypeVar

__all__ = ["AT_ONCE", "AsSeen", "LazyMapping", "Under"]

Key = TypeVar("Key")
Value = TypeVar("Value")

AT_ONCE = 300
"""Values that are made in one go. What they are made from, and pictures on their way, take memory until they are."""


class LazyMapping(Mapping[Key, Value], Generic[Key, Value]):
    """What is made of some sources: each when it is first asked for, and many in one go when all are listed."""

    def __init__(self, sources: Mapping[Key, Any], make: Callable[[list[Any]], Iterable[Value]]) -> None:
        """Take the sources by key; `make` gives what is made of some of them, in their order."""
        self._sources, self._make = sources, make
        self._made: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._made:
            (self._made[key],) = self._make([self._sources[key]])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._sources  # without making it

    def __iter__(self) -> Iterator[Key]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def everything(self) -> Iterator[Value]:
        """Yield all of it, in the order of the sources."""
        for some in self.batches():
            self.make(some)
            yield from (self._made[key] for key in some)

    def batches(self, size: int = AT_ONCE) -> Iterator[list[Key]]:
        """Yield all keys in their order, so many at a time."""
        keys = iter(self._sources)
        while some := list(islice(keys, size)):
            yield some

    def make(self, keys: Iterable[Key]) -> None:
        """Make in one go what is missing of some values."""
        missing = [key for key in keys if key not in self._made]
        self._made.update(zip(missing, self._make([self._sources[key] for key in missing]), strict=True))


class Under(Mapping[Any, Value], Generic[Value]):
    """What a mapping has under keys that begin alike, by the rest of each key; a rest of one is that one."""

    def __init__(self, whole: Mapping[Any, Value], *first: Any) -> None:
        """Take the mapping, and how the keys begin."""
        self._whole, self._first = whole, first

    def __getitem__(self, key: Any) -> Value:
        return self._whole[(*self._first, *(key if isinstance(key, tuple) else (key,)))]

    def __iter__(self) -> Iterator[Any]:
        for key in self._whole:
            first, rest = key[: len(self._first)], key[len(self._first) :]
            if first == self._first:
                yield rest[0] if len(rest) == 1 else rest

    def __len__(self) -> int:
        return sum(1 for _ in self)


class AsSeen(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping of which each value stays as it was first seen, for whoever asks for its size and name alone.

    The live server's pages name files that take long to make. A file that somebody opens is made anew all the same.
    """

    def __init__(self, now: Mapping[Key, Value], seen: dict[Key, Value]) -> None:
        """Take the mapping as it is now, and what was seen of earlier ones, to which is added what is seen of this."""
        self._now, self._seen = now, seen

    def __getitem__(self, key: Key) -> Value:
        if key not in self._now:
            raise KeyError(key)
        if key not in self._seen:
            self._seen[key] = self._now[key]
        return self._seen[key]

    def __contains__(self, key: object) -> bool:
        return key in self._now

    def __iter__(self) -> Iterator[Key]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)
