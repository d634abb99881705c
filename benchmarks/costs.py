"""Where a build's processor time goes: `python -m benchmarks.costs` prints a Markdown table, part by part.

Builds the site in this process, once with nothing kept and once more after that. A timer of the processor's time looks
at what runs every few milliseconds; what has passed since it last looked is put down to the part at work. Exports count
as their own part wherever they are asked for, also from a page. Everything is written to a temporary folder.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from unittest import mock

from macros.checkout import ROOT

EVERY = 0.004
"""Seconds of processor time between two looks."""

EXPORTS = "macros/exports/"

PARTS = {
    "macros/build/offline_zip.py": "export: offline_zip",
    "macros/build/page_sheets.py": "style sheets divided by kind of page",
    "macros/build/publishing.py": "names by content, headers",
    "macros/build/make_ahead.py": "exports made ahead",
    "macros/pages/site_check.py": "data read and checked",
    "macros/data/loading.py": "data read and checked",
    "macros/generators/raw_html.py": "Markdown",
    "site-packages/markdown/": "Markdown",
    "site-packages/mkdocs_macros/plugin.py": "templates of pages",
}
"""What a file's code is for, by a part of its path; where several are at work, the first that stands here."""

REST = "MkDocs, the theme's frame, imports, files written"


def part_of(frame: FrameType | None) -> str:
    """Say which part of a build is at work: the outermost export on the stack, else another part that is on it."""
    paths: list[str] = []
    while frame is not None:
        paths.append(frame.f_code.co_filename.removeprefix(f"{ROOT}/"))
        frame = frame.f_back
    for path in reversed(paths):
        if path.startswith(EXPORTS):
            return f"export: {path.removeprefix(EXPORTS).removesuffix('.py')}"
    return next((part for place, part in PARTS.items() if any(place in path for path in paths)), REST)


def build(folder: Path) -> dict[str, float]:
    """Build the site strictly into a folder; gives seconds of processor time by part."""
    seconds = defaultdict[str, float](float)
    last = time.process_time()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        seconds[part_of(frame)] += now - last
        last = now

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        from macros.build import artifacts
        from macros.generators import mkdocs_commands

        with mock.patch.object(artifacts, "make_ahead"):  # all in this process: copies of it would not be seen
            status = mkdocs_commands.build(folder)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if status:
        sys.exit(status)
    return seconds


def _measured(folder: Path) -> Mapping[str, float]:
    """Build in a process of its own, as nothing that one build has loaded may help the next."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_told, args=(theirs, folder))
    process.start()
    theirs.close()
    seconds: Mapping[str, float] = ours.recv()
    process.join()
    return seconds


def _told(pipe: multiprocessing.connection.Connection, folder: Path) -> None:
    pipe.send(dict(build(folder)))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="costs-") as top:
        os.environ["PRINCIPLES_CACHE"] = str(Path(top, "cache"))
        first, second = (_measured(Path(top, "site")) for _ in range(2))
    parts = sorted({*first, *second}, key=lambda part: -first.get(part, 0))
    print("| part | first build, s | second build, s |")
    print("| --- | ---: | ---: |")
    for part in parts:
        print(f"| {part} | {first.get(part, 0):.2f} | {second.get(part, 0):.2f} |")
    for name, chosen in (
        ("exports together", [part for part in parts if part.startswith("export")]),
        ("all but exports", [part for part in parts if not part.startswith("export")]),
        ("all", parts),
    ):
        sums = (sum(one.get(part, 0) for part in chosen) for one in (first, second))
        print(f"| **{name}** | {' | '.join(f'{total:.2f}' for total in sums)} |")


if __name__ == "__main__":
    main()
