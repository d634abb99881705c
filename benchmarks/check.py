"""One measured process: `python -m benchmarks.check TIMES FILE` is `make check` for a file of multiplied data."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":
    gc.disable()  # as the command does where it is a program of its own; a build does not

from macros.__main__ import main as command
from macros.data import kinds, yaml_reader
from macros.data.kinds import category, lesson_slides, principle


def lift(times: int, file: Path) -> None:
    """Let this process take a file that is larger, and holds more principles, than the real data ever will."""
    # The rule of each kind reads the number beside it, others the one among all kinds.
    kinds.PRINCIPLE_COUNT = principle.PRINCIPLE_COUNT = principle.PRINCIPLE_COUNT * times
    kinds.CATEGORY_COUNT = category.CATEGORY_COUNT = category.CATEGORY_COUNT * times
    lesson_slides.WORDS *= times  # a slide shows every category
    yaml_reader.MAX_BYTES = max(yaml_reader.MAX_BYTES, file.stat().st_size)


def main(arguments: Iterable[str]) -> int:
    """Check the file that the command line names; returns the exit status."""
    times, file = arguments
    lift(int(times), Path(file))
    return command(["check", file])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
