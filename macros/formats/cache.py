"""What writers made before, so that nothing is made twice that says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, MutableMapping

__all__ = ["Cache", "key_of", "kept"]

Cache = MutableMapping[str, bytes]
"""What was made before, by the hash of all that it was made from; one lasts as long as a program, another on disk."""


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
