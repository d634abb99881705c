"""What made files hold, kept on disk until somebody asks: a large site makes more of it than memory has room for."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from typing import IO

from macros.checkout import cache_path

__all__ = ["Content", "SizedFile", "kilobytes"]


class Content:
    """The bytes of a made file, and how many they are. They lie in a file without a name that ends with the program."""

    __slots__ = ("_held", "_place", "size")

    def __init__(self, content: bytes) -> None:
        """Take the bytes; they stay in memory only where the disk takes nothing."""
        self.size = len(content)
        self._place = _store.add(content)
        self._held = content if self._place is None else b""

    def __len__(self) -> int:
        """Give how many bytes there are."""
        return self.size

    def __eq__(self, other: object) -> bool:
        """Whether another has the same bytes."""
        return isinstance(other, Content) and self.size == other.size and self.read() == other.read()

    def __hash__(self) -> int:
        """Give the same number for the same bytes."""
        return hash(self.size)

    def read(self) -> bytes:
        """Give the bytes. Raises OSError where the disk does not give back what it took."""
        if self._place is None:
            return self._held
        content = _store.read(*self._place, self.size)
        if len(content) != self.size:
            raise OSError("the disk holds less than was written to it")
        return content


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

    def add(self, content: bytes) -> tuple[IO[bytes], int] | None:
        """Put bytes at the end; gives the file and where in it they start, None where the disk takes nothing."""
        with self._lock:
            if self._owner != os.getpid():  # a copy of a process has a file of its own, or both would write to one
                self._file, self._end, self._owner = _opened(), 0, os.getpid()
            if self._file is None:
                return None
            start = self._end
            try:
                self._file.seek(start)
                self._file.write(content)
            except OSError:
                return None
            self._end += len(content)
            return self._file, start

    def read(self, file: IO[bytes], start: int, size: int) -> bytes:
        """Give bytes of a file that `add` named."""
        if sys.platform == "win32":
            with self._lock:
                file.seek(start)
                return file.read(size)
        found = b""  # a call gives two gigabytes at most
        while len(found) < size and (more := os.pread(file.fileno(), size - len(found), start + len(found))):
            found += more  # not by the place in the file, which copies of this process move too
        return found


def _opened() -> IO[bytes] | None:
    """Open a file without a name where builds keep what they made: other folders for the moment may be memory."""
    kept = cache_path()
    try:
        return tempfile.TemporaryFile(buffering=0, dir=kept if kept and kept.is_dir() else None)
    except OSError:
        return None


_store = _Store()
