"""What is expensive, made by as many processes as there are processors, and left in the cache until it is asked for."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from macros.build.lazy_mapping import LazyMapping
from macros.formats import typst_renderer

__all__ = ["Job", "jobs_of", "make_ahead"]

Job = Callable[[], object]
"""Makes something whose expensive parts it leaves in a cache on disk; what it gives is not looked at."""


def jobs_of(made: LazyMapping[Any, Any]) -> Iterator[Job]:
    """Yield a job for each value of a mapping."""
    return (partial(made.__getitem__, key) for key in made)


def make_ahead(jobs: Sequence[Job]) -> None:
    """Do jobs in this process and in a copy of it for each further processor, each job in one of them.

    The copies share what was read, so they cost nothing to start; only what is on disk comes back from them. A job that
    fails is left: whoever asks for what it makes is told why. Does nothing with one processor, or where a copy could
    not go on by itself: threads do not come along, and neither do the typesetter's once it has set anything.
    """
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if min(processors, len(jobs)) < 2 or threading.active_count() > 1 or typst_renderer.has_set():
        return
    context = multiprocessing.get_context("fork")
    taken: Synchronized[int] = context.Value("i", 0)
    copies = [context.Process(target=_work, args=(jobs, taken), daemon=True) for _ in range(processors - 1)]
    for copy in copies:
        copy.start()
    _work(jobs, taken)
    for copy in copies:
        copy.join()


def _work(jobs: Sequence[Job], taken: Synchronized[int]) -> None:
    """Do the next job that nobody has taken, until none is left."""
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(jobs):
            return
        with contextlib.suppress(Exception):
            jobs[number]()
