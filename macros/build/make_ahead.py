"""What is expensive, made by as many processes as there are processors, and left in the cache until it is asked for."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

from macros.build.lazy_mapping import LazyMapping
from macros.formats import typst_renderer

__all__ = ["Job", "jobs_of", "make_ahead"]

Job = Callable[[], object]
"""Makes something whose expensive parts it leaves in a cache on disk; what it gives is not looked at."""

MORE = 200_000_000
"""Bytes of memory that a copy of the process may take beyond what it began with, before another takes its place."""


def jobs_of(made: LazyMapping[Any, Any], at_once: int = 1) -> Iterator[Job]:
    """Yield the jobs that make all values of a mapping, so many in each."""
    return (partial(made.make, some) for some in made.batches(at_once))


def make_ahead(jobs: Sequence[Job]) -> None:
    """Do each job in a copy of this process, of which there is one for each processor at a time.

    The copies share what was read, so they cost nothing to start; only what is on disk comes back from them. The
    typesetter remembers what it has set: copies end after some jobs and others go on, so that this process, which goes
    on to the end of the build, takes none of that memory and each of them little. A job that fails is left: whoever
    asks for what it makes is told why. Does nothing where a copy could not go on by itself: threads do not come along,
    and neither do the typesetter's once it has set anything.
    """
    if sys.platform != "linux" or threading.active_count() > 1 or typst_renderer.has_set():
        return
    context = multiprocessing.get_context("fork")
    taken: Synchronized[int] = context.Value("i", 0)
    copies: list[Any] = []
    while copies or taken.value < len(jobs):
        while len(copies) < len(os.sched_getaffinity(0)) and taken.value < len(jobs):
            copies.append(context.Process(target=_work, args=(jobs, taken), daemon=True))
            copies[-1].start()
        ended = wait([copy.sentinel for copy in copies])
        copies = [copy for copy in copies if copy.sentinel not in ended or copy.join()]


def _work(jobs: Sequence[Job], taken: Synchronized[int]) -> None:
    """Do the next job that nobody has taken, until none is left or too much memory is."""
    most = _memory() + MORE
    while _within(most):
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(jobs):
            return
        with contextlib.suppress(Exception):
            jobs[number]()


def _memory() -> int:
    """Give how many bytes of memory this process has."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _within(most: int) -> bool:
    """Whether this process has no more memory than that, once what is free in it has been given back."""
    if _memory() <= most:
        return True
    with contextlib.suppress(OSError, AttributeError):  # not every system's library can
        ctypes.CDLL(None).malloc_trim(0)
    return _memory() <= most
