"""What is made ahead by copies of the process: each thing once, by copies that stay small, and none of it here."""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from macros.build import make_ahead
from macros.build.lazy_mapping import LazyMapping
from macros.formats import typst_renderer


def ahead(jobs: int) -> list[int]:
    """Give which of some jobs are done ahead: all on Linux, elsewhere none."""
    return list(range(jobs)) if sys.platform == "linux" else []


HELD: list[bytearray] = []
"""What jobs leave in the memory of their process."""


@pytest.fixture(autouse=True)
def nothing_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be one in which nothing was typeset and no thread runs, whatever other tests did."""
    monkeypatch.setattr(typst_renderer, "has_set", lambda: False)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def _leave(folder: Path, number: int, size: int = 0) -> None:
    HELD.append(bytearray(os.urandom(1)) * size)
    with (folder / f"{number}").open("a", encoding="ascii") as file:
        file.write(f"{os.getpid()}\n")


def _made(folder: Path) -> dict[int, list[str]]:
    return {int(file.name): file.read_text(encoding="ascii").split() for file in folder.iterdir()}


def test_each_job_is_done_once_and_none_in_this_process(tmp_path: Path) -> None:
    make_ahead.make_ahead([partial(_leave, tmp_path, number) for number in range(40)])
    made = _made(tmp_path)
    assert sorted(made) == ahead(40)
    assert all(len(by) == 1 for by in made.values())
    assert str(os.getpid()) not in {one for by in made.values() for one in by}
    assert HELD == []


def test_a_copy_that_has_grown_leaves_the_rest_to_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Far more than other tests have left free in this process, which its copies may give back.
    monkeypatch.setattr(make_ahead, "MORE", 150_000_000)
    make_ahead.make_ahead([partial(_leave, tmp_path, number, 100_000_000) for number in range(6)])
    made = _made(tmp_path)
    assert sorted(made) == ahead(6)
    jobs_of_each = Counter(one for by in made.values() for one in by)
    assert all(jobs <= 2 for jobs in jobs_of_each.values())


def _fail() -> None:
    raise ValueError("this cannot be made")


def _vanish() -> None:
    os._exit(1)


@pytest.mark.parametrize("fault", [_fail, _vanish])
def test_what_one_job_does_is_no_matter_to_others(tmp_path: Path, fault: Callable[[], None]) -> None:
    good = [partial(_leave, tmp_path, number) for number in range(8)]
    make_ahead.make_ahead([*good[:3], fault, *good[3:], fault])
    assert sorted(_made(tmp_path)) == ahead(8)


def test_values_of_a_mapping_are_jobs(tmp_path: Path) -> None:
    asked: list[list[int]] = []

    def make(sources: list[int]) -> list[int]:
        asked.append(sources)
        return sources

    mapping = LazyMapping({number: number for number in range(5)}, make)
    for job in make_ahead.jobs_of(mapping, 2):
        job()
    assert asked == [[0, 1], [2, 3], [4]]
