"""What made files hold, kept on disk until somebody asks: a large site makes more of it than memory has room for."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from macros.checkout import cache_path

__all__ = ["Content", "Growing", "SizedFile", "kilobytes", "write"]

AT_ONCE = 1_000_000
"""Bytes that are read or written in one go."""

ENOUGH = 100_000_000
"""Bytes after which another file is begun: each goes when nobody holds anything of it, as in a long live session."""


@dataclass(frozen=True, slots=True)
class _OnDisk:
    """Where bytes lie."""

    file: IO[bytes]
    start: int
    size: int


_Piece = bytes | _OnDisk


class Content:
    """The bytes of a made file, and how many they are. They lie in a file without a name, which goes with them."""

    __slots__ = ("pieces", "size")

    def __init__(self, *parts: bytes | Content) -> None:
        """Take the bytes part by part; they stay in memory only where the disk takes nothing."""
        self.pieces: tuple[_Piece, ...] = tuple(
            piece for part in parts for piece in (part.pieces if isinstance(part, Content) else (_store.add(part),))
        )
        self.size = sum(len(piece) if isinstance(piece, bytes) else piece.size for piece in self.pieces)

    @classmethod
    def of_file(cls, file: IO[bytes]) -> Content:
        """Take the bytes of a file from where it stands. Raises OSError where it cannot be read."""
        return cls(*map(Content, iter(lambda: file.read(AT_ONCE), b"")))

    def __len__(self) -> int:
        """Give how many bytes there are."""
        return self.size

    def __eq__(self, other: object) -> bool:
        """Whether another has the same bytes."""
        return isinstance(other, Content) and self.size == other.size and self.read() == other.read()

    def __hash__(self) -> int:
        """Give the same number for the same bytes."""
        return hash(self.size)

    def parts(self) -> Iterator[bytes]:
        """Yield the bytes, not too many at a time. Raises OSError where the disk does not give back what it took."""
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            for start in range(0, piece.size, AT_ONCE):
                yield _store.read(piece.file, piece.start + start, min(AT_ONCE, piece.size - start))

    def read(self) -> bytes:
        """Give the bytes. Raises OSError as `parts` does."""
        return b"".join(self.parts())

    def sha256(self) -> str:
        """Give the hash of the bytes, in hexadecimal digits. Raises OSError as `parts` does."""
        found = hashlib.sha256()
        for part in self.parts():
            found.update(part)
        return found.hexdigest()


class Growing:
    """A text that is written part by part, and taken as what a file holds in the end."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._done: list[Content] = []
        self._waiting: list[str] = []
        self._length = 0

    def write(self, text: str) -> None:
        """Add a part."""
        self._waiting.append(text)
        self._length += len(text)
        if self._length >= AT_ONCE:
            self._put_aside()

    def content(self) -> Content:
        """Give all that was added."""
        self._put_aside()
        return Content(*self._done)

    def _put_aside(self) -> None:
        self._done.append(Content("".join(self._waiting).encode()))
        self._waiting, self._length = [], 0


def write(place: Path, content: str | bytes | Content) -> None:
    """Write a file, and the folders to it. Raises OSError where it cannot be written."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Content):
        with place.open("wb") as file:
            file.writelines(content.parts())
    else:
        place.write_bytes(content.encode() if isinstance(content, str) else content)


class SizedFile:
    """A made file that readers can take away, with its size as links to it state it."""

    __slots__ = ()

    content: Content

    @property
    def kilobytes(self) -> int:
        """Its size, as links to it state it."""
        return kilobytes(self.content.size)


def kilobytes(size: int) -> int:
    """Give a number of bytes as links to files state it."""
    return max(1, round(size / 1000))


class _Store:
    """The file in which contents lie, one after the other."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._owner, self._end = 0, 0
        self._lock = threading.Lock()

    def add(self, content: bytes) -> _Piece:
        """Put bytes at the end and give where they lie; where the disk takes nothing, give them back."""
        with self._lock:
            # A copy of a process has a file of its own, or both would write to one.
            if self._owner != os.getpid() or self._end >= ENOUGH:
                self._file, self._end, self._owner = _opened(), 0, os.getpid()
            if self._file is None:
                return content
            try:
                self._file.seek(self._end)
                written = self._file.write(content)
            except OSError:
                return content
            if written != len(content):
                return content
            place = _OnDisk(self._file, self._end, len(content))
            self._end += len(content)
            return place

    def read(self, file: IO[bytes], start: int, size: int) -> bytes:
        """Give bytes of a file that `add` named; raises OSError where it has fewer."""
        if sys.platform == "win32":
            with self._lock:
                file.seek(start)
                content = file.read(size)
        else:
            content = os.pread(file.fileno(), size, start)  # copies of this process move the place in the file too
        if len(content) != size:
            raise OSError("the disk holds less than was written to it")
        return content


def _opened() -> IO[bytes] | None:
    """Open a file without a name where builds keep what they made: other folders for the moment may be memory."""
    kept = cache_path()
    try:
        return tempfile.TemporaryFile(buffering=0, dir=kept if kept and kept.is_dir() else None)
    except OSError:
        return None


_store = _Store()
