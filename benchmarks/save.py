"""How long an editor waits for a saved change, in a real Chromium: `python -m benchmarks.save` prints JSON.

It starts the live server on a copy of the data, opens a page, then writes another title into the file, again and
again: once, and three times in a row. A wait lasts from the last of these moments until the page in the browser, which
reloads by itself, shows the title.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.search import chromium
from macros.checkout import DATA, ROOT
from macros.data.data_folder import COMMON_FILE

LINE = "    title: Spot grooming and other preparation for abuse\n"
"""What is edited: the title of principle 3, which stands on all these pages."""

PAGES = {"principle": "/principles/3/", "principles": "/principles/", "teach": "/teach/"}
"""Pages to watch, by their kind."""

TIMES = 5
"""Saves for each page, after one that is not counted."""

ROW, BETWEEN = 3, 0.3
"""Saves in a row, and the seconds between two of them."""

PAUSE = 4
"""Seconds before each save, in which an editor would look at the page."""

START, WAIT = 300, 120
"""Seconds after which the server, or a change, is taken as lost."""


@contextmanager
def live(data: Path) -> Iterator[str]:
    """Run the live server on a data folder; gives its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PRINCIPLES_DATA": str(data), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "macros.generators.mkdocs_commands", "serve", str(port)]
    with (data.parent / "log").open("w+") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            end = time.monotonic() + START
            while not _answers(port):
                if server.poll() is not None or time.monotonic() > end:
                    log.seek(0)
                    sys.exit(f"the live server does not start:\n{log.read()}")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def waits(page: Page, file: Path, row: int) -> Iterator[float]:
    """Save the file so many times in a row, again and again; yields the seconds until the page shows the last one."""
    text = file.read_text(encoding="utf-8")
    if text.count(LINE) != 1:
        sys.exit(f"the data has no line {LINE.strip()!r}, which this benchmark edits")
    for number in range(TIMES + 1):
        page.wait_for_timeout(1000 * PAUSE)
        for place in range(row):
            if place:
                time.sleep(BETWEEN)
            title = f"Trial {time.time_ns()}"
            start = time.monotonic()
            file.write_text(text.replace(LINE, f"    title: {title}\n"), encoding="utf-8")
        _wait(page, title)
        if number:
            yield time.monotonic() - start
    file.write_text(text, encoding="utf-8")


def _wait(page: Page, title: str) -> None:
    """Return when the page shows a title; exits where it never does.

    Not by Playwright's `wait_for`, whose looks lie half a second apart once the page was loaded again.
    """
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        with suppress(Error):  # the page is just being loaded again
            if page.evaluate("title => document.body?.textContent.includes(title)", title):
                return
        time.sleep(0.01)
    sys.exit(f"{page.url} did not show a change within {WAIT} s")


def main() -> None:
    """Measure, and print the seconds for each page, by the saves in a row: median and longest."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="save-") as folder, sync_playwright() as playwright:
        data = shutil.copytree(DATA, Path(folder) / "data")
        browser = chromium(playwright)
        with live(data) as address:
            for name, place in PAGES.items():
                page = browser.new_page()
                page.goto(address + place)
                for row in (1, ROW):
                    waited = list(waits(page, data / COMMON_FILE, row))
                    kind = name if row == 1 else f"{name}, {row} in a row"
                    found[kind] = {"saves": len(waited), "median": statistics.median(waited), "longest": max(waited)}
                page.close()
        browser.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
