"""What one process costs."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from macros.checkout import ROOT

_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss: bytes there, KiB elsewhere


class NotMeasured(Exception):  # noqa: N818 (an answer, not a fault: the table says why)
    """Why there is no number: it took too long, or the machine ended it for the memory it took."""


class Failed(NotMeasured):
    """A step ended with a fault of its own, such as something that is missing; `log` is all that it printed."""

    def __init__(self, why: str, log: str) -> None:
        super().__init__(why)
        self.log = log


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of computing (user and system), seconds on the clock, bytes of memory at most; what was printed."""

    cpu: float
    wall: float
    memory: int
    printed: str


def lighthouse() -> str | None:
    """Give the command of Lighthouse: what LIGHTHOUSE names, or the one that is installed; None without any."""
    return os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")


def run(*command: str, log: Path, minutes: float, **environment: str) -> Cost:
    """Run `python` with arguments to its end; raises Failed when it fails, NotMeasured when it takes more than it may.

    The numbers are of this one process and those it waited for. Linux counts what the parent held when it started a
    process as that process's memory, so whoever calls this must be small: that is why every step is a process.
    """
    # As everywhere, modules are compiled once and kept; some machines for tests do without.
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with log.open("w+", encoding="utf-8", errors="replace") as out:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**compiled, "NO_MKDOCS_2_WARNING": "1", **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        timer = threading.Timer(60 * minutes, process.kill)
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        printed = out.read()
    if process.returncode:
        if wall >= 60 * minutes:
            raise NotMeasured(f"not done after {minutes:g} minutes")
        if process.returncode < 0:
            raise NotMeasured(f"ended by signal {-process.returncode}")
        last = next((line for line in reversed(printed.splitlines()) if line.strip()), "nothing printed")
        raise Failed(f"failed: {last[:200]}", printed)
    return Cost(_cpu(used), wall, used.ru_maxrss * _UNIT, printed)


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime
