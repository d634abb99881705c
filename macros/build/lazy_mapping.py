"""A mapping whose values are made when they are asked for: the live server shows a page without all others' files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

__all__ = ["AsSeen", "InLanguage", "LazyMapping"]

Key = TypeVar("Key")
Value = TypeVar("Value")


class LazyMapping(Mapping[Key, Value], Generic[Key, Value]):
    """What is made of some sources, each when it is first asked for, and all that is missing in one go when listed."""

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
        """Give all of it, in the order of the sources."""
        missing = [key for key in self._sources if key not in self._made]
        self._made.update(zip(missing, self._make([self._sources[key] for key in missing]), strict=True))
        return (self._made[key] for key in self._sources)


class InLanguage(Mapping[Any, Value], Generic[Value]):
    """What a mapping has of one language, by the rest of those keys that begin with it; a rest of one is that one."""

    def __init__(self, whole: Mapping[tuple[Any, ...], Value], language: str) -> None:
        """Take the mapping and the language."""
        self._whole, self._language = whole, language

    def __getitem__(self, key: Any) -> Value:
        return self._whole[(self._language, *(key if isinstance(key, tuple) else (key,)))]

    def __iter__(self) -> Iterator[Any]:
        for language, *rest in self._whole:
            if language == self._language:
                yield rest[0] if len(rest) == 1 else tuple(rest)

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
