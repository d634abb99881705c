"""What is expensive and unchanged, kept in a folder from one build to the next by the hash of what it is made from.

The folder may be deleted at any time, also while a build runs: what is missing is made anew, with the same bytes. What
no build has asked for longest goes first once the folder is larger than `LIMIT`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterator, MutableMapping
from functools import cache
from pathlib import Path

from macros.checkout import ROOT, cache_path

__all__ = ["LIMIT", "DiskCache", "code_digest", "opened", "prune"]

LIMIT = 300_000_000
"""Bytes of all entries together; a build of today's data asks for about a tenth."""

_SOURCES = ("macros", "theme", "docs/assets", "mkdocs.yml", "requirements/site.txt")
"""What makes the same data into something else when it changes."""

_CHECK = hashlib.sha256().digest_size
"""Bytes at the start of each entry that tell whether the rest is what was written."""


class DiskCache(MutableMapping[str, bytes]):
    """A mapping that lies in a folder; where the folder cannot be written, it lasts as long as the program.

    Entries of other code are never found: `salt` is part of every name. A damaged entry counts as missing.
    """

    def __init__(self, folder: Path, salt: str) -> None:
        """Open the cache in a folder, which is made when the first entry is written."""
        self.folder, self._salt = folder, salt
        self._unwritten: dict[str, bytes] = {}
        self._last: tuple[str, bytes] | None = None

    def _place(self, key: str) -> Path:
        name = hashlib.sha256(f"{self._salt}\0{key}".encode()).hexdigest()
        return self.folder / name[:2] / name[2:]

    def __getitem__(self, key: str) -> bytes:
        """Give an entry; raises KeyError where there is none."""
        if self._last and self._last[0] == key:
            return self._last[1]
        if key in self._unwritten:
            return self._unwritten[key]
        place = self._place(key)
        try:
            whole = place.read_bytes()
            os.utime(place)
        except OSError:
            raise KeyError(key) from None
        check, content = whole[:_CHECK], whole[_CHECK:]
        if hashlib.sha256(content).digest() != check:
            raise KeyError(key)
        self._last = key, content  # whoever asks whether it is there asks for it next
        return content

    def __contains__(self, key: object) -> bool:
        """Say whether an entry is there, whole."""
        try:
            self[str(key)]
        except KeyError:
            return False
        return True

    def __setitem__(self, key: str, content: bytes) -> None:
        """Keep an entry; one that another build writes at the same time says the same."""
        self._last = key, content
        place = self._place(key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                Path(beside).replace(place)
            except OSError:
                Path(beside).unlink(missing_ok=True)
                raise
        except OSError:  # no room, or no right to write: the build needs neither
            self._unwritten[key] = content

    def __delitem__(self, key: str) -> None:
        """Forget an entry; raises KeyError where there is none."""
        self[key]
        self._last = None
        self._unwritten.pop(key, None)
        with contextlib.suppress(OSError):
            self._place(key).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[str]:
        """Yield nothing that is in the folder: names there are hashes, and say nothing of what they stand for."""
        return iter(self._unwritten)

    def __len__(self) -> int:
        """Give how many entries `__iter__` yields."""
        return len(self._unwritten)

    def prune(self, limit: int = LIMIT) -> None:
        """Take away what was asked for longest ago until the rest is no larger than `limit` (bytes)."""
        found = []
        for place in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                about = place.stat()
                found.append((about.st_mtime_ns, about.st_size, place))
        whole = sum(size for _, size, _ in found)
        for _, size, place in sorted(found):
            if whole <= limit:
                break
            whole -= size
            with contextlib.suppress(OSError):
                place.unlink()


class OneRun(DiskCache):
    """A cache that is there as long as the program, and for copies of its process."""

    def __init__(self) -> None:
        """Open an empty one in a folder of its own, which goes with it. Raises OSError where none can be made."""
        super().__init__(Path(tempfile.mkdtemp(prefix="principles-")), "")
        self._end = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def prune(self, limit: int = 0) -> None:
        """Take all of it away."""
        self._end()


def prune(cache: MutableMapping[str, bytes]) -> None:
    """Take away what was asked for longest ago, where the cache lies in a folder that has grown too large.

    Nobody asks a cache for anything after that which lasts as long as the program.
    """
    if isinstance(cache, DiskCache):
        cache.prune()


def opened() -> MutableMapping[str, bytes]:
    """Give the cache of this checkout; one that lasts as long as the program where the environment wants none."""
    folder = cache_path()
    if folder is not None:
        return DiskCache(folder, code_digest())
    try:
        return OneRun()
    except OSError:
        return {}


@cache
def code_digest() -> str:
    """Give the hash of all that makes the same data into something else: our code and the locked libraries."""
    found = hashlib.sha256(sys.version.encode())
    for source in (ROOT / name for name in _SOURCES):
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.suffix != ".pyc" and file.is_file():
                found.update(f"{file.relative_to(ROOT).as_posix()}\0".encode())
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()
