"""What writers made before, so that nothing is made twice that says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, MutableMapping

from macros.formats.content import Content

__all__ = ["Cache", "OneRun", "key_of", "kept"]

Cache = MutableMapping[str, bytes]
"""What was made before, by the hash of all that it was made from; one lasts as long as a program, another on disk."""


class OneRun(MutableMapping[str, bytes]):
    """What was made before in the same program; nothing of it is there for the next."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._kept: dict[str, Content] = {}

    def __getitem__(self, key: str) -> bytes:
        return self._kept[key].read()

    def __setitem__(self, key: str, content: bytes) -> None:
        self._kept[key] = Content(content)

    def __delitem__(self, key: str) -> None:
        del self._kept[key]

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def key_of(parts: Iterable[str | bytes]) -> str:
    """Give the hash of all that something is made from, part by part."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(f"{len(content)}:".encode() + content)
    return whole.hexdigest()


def kept(cache: Cache, parts: Iterable[str | bytes], make: Callable[[], bytes]) -> bytes:
    """Give what is made from some parts: as it was kept, or else made now and kept."""
    key = key_of(parts)
    try:
        return cache[key]
    except KeyError:
        cache[key] = made = make()
        return made
