"""What made files hold, kept on disk: the same bytes, whoever asks, and next to no memory."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import tracemalloc
import weakref
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from macros.formats import content
from macros.formats.content import Content, kilobytes

PIECES = tuple(bytes([number]) * (1000 * number) for number in range(9))


def test_what_was_put_in_comes_out() -> None:
    made = [Content(piece) for piece in PIECES]
    assert [one.read() for one in made] == list(PIECES)
    assert [len(one) for one in made] == [one.size for one in made] == [len(piece) for piece in PIECES]
    assert [kilobytes(one.size) for one in made] == [1, *range(1, 9)]


def test_it_takes_no_memory() -> None:
    tracemalloc.start()
    try:
        made = [Content(bytes(100_000)) for _ in range(100)]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 100_000 < sum(len(one) for one in made)


def test_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(Content, PIECES * 20))
        assert list(workers.map(Content.read, made)) == list(PIECES * 20)


SHARED: list[Content] = []


def _in_another(piece: bytes) -> tuple[list[bytes], bytes]:
    own = Content(piece)
    return [one.read() for one in SHARED], own.read()


def test_copies_of_a_process_write_to_files_of_their_own() -> None:
    SHARED[:] = [Content(b"before the copies")]
    copied = "fork" in multiprocessing.get_all_start_methods()  # Windows has new processes alone, which know of nothing
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork" if copied else "spawn")) as workers:
        answers = list(workers.map(_in_another, PIECES))
        after = Content(b"after them")
    assert answers == [([b"before the copies"] if copied else [], piece) for piece in PIECES]
    assert (SHARED[0].read(), after.read()) == (b"before the copies", b"after them")


class _Full:
    """A disk without room, or with little."""

    def __init__(self, room: int | None) -> None:
        self.room = room

    def seek(self, place: int) -> None:
        pass

    def write(self, piece: bytes) -> int:
        if self.room is None:
            raise OSError(errno.ENOSPC, "no space left")
        return min(self.room, len(piece))


def test_what_nobody_holds_any_more_leaves_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_store", content._Store())
    monkeypatch.setattr(content, "ENOUGH", 5000)
    made = [Content(piece) for piece in PIECES]
    files = {id(piece.file): weakref.ref(piece.file) for one in made for piece in one.pieces}  # type: ignore[union-attr]
    assert len(files) > 3
    assert [one.read() for one in made] == list(PIECES)
    last = made[-1]
    del made
    gc.collect()
    assert sum(1 for file in files.values() if file() is not None) <= 2
    assert last.read() == PIECES[-1]


@pytest.mark.parametrize(
    "disk", [None, _Full(None), _Full(0)], ids=["none that can be written", "a full one", "one that fills up"]
)
def test_without_a_disk_it_stays_in_memory(disk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_opened", lambda: disk)
    monkeypatch.setattr(content, "_store", content._Store())
    assert [Content(piece).read() for piece in PIECES] == list(PIECES)
