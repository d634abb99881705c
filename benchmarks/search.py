"""How long a reader waits for search, in a real Chromium: `python -m benchmarks.search SITE` prints JSON.

The site is either ours (a dialog that is loaded when somebody turns to it) or a stock build (Material's own search).
Without SITE it only says whether there is a Chromium to measure with.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from benchmarks.weights import Size, of_search, size
from macros.checkout import DATA
from macros.data import loading

BROWSERS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ASKED = (("categories", "title", 7), ("terms", "term", 9), ("stakeholders", "name", 8))
"""What is searched for: so many values of a field of a collection, evenly spread over the file."""

SPEEDS = {"normal": 1, "slowed": 4}
"""How many times slower than this machine the page is made. Chromium slows a page's own thread alone: our search runs
there, Material's in a worker beside it that keeps its full speed."""


@dataclass(frozen=True, slots=True)
class Box:
    """How a search is opened, and where one types and finds."""

    key: str | None
    field: str
    results: str


BOXES = {
    "dialog.search": Box("Control+k", "dialog.search input", ".search-results"),
    "[data-md-component=search]": Box(None, "[data-md-component=search-query]", "[data-md-component=search-result] ol"),
}
"""The searches that can be measured, by what tells them apart. Material's is opened by a click."""

WATCH = """(results) => {
  const watch = (window.watch = { opened: 0, answered: 0, key: 0, last: 0, shown: 0 });
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    if (!watch.key || watch.shown) return;
    watch.shown = performance.now();
    watch.answered ||= watch.shown;
  };
  const changed = (records) => {
    watch.last = performance.now();
    if (watch.key && !watch.shown && records.some((record) => record.addedNodes.length))
      requestAnimationFrame(() => painted.port2.postMessage(0));
  };
  new MutationObserver(changed).observe(document.querySelector(results), { childList: true });
  const opened = () => (watch.opened ||= performance.now());
  document.addEventListener("pointerdown", opened, true);
  document.addEventListener("keydown", () => {
    opened();
    watch.key = performance.now();
    watch.shown = 0;
  }, true);
}"""
"""Notes when a key goes down and when, after it, a frame with results has been drawn."""

QUIET = """watch.shown ? performance.now() - watch.last > 400 : performance.now() - watch.key > 3000"""
"""What was typed so far is answered, or finds nothing."""

FIRST_ANSWER = 300_000
ANSWER = 30_000
"""Milliseconds after which there is no answer any more."""

SETTLED = 3_000
"""Milliseconds that a page has after its last request to ask for more by itself, as Material does for its index."""

POLL = 50
"""Milliseconds between two looks at what was noted; rarely, so that looking costs the page nothing."""


class _Recording(SimpleHTTPRequestHandler):
    """Notes each file that is asked for, and says nothing."""

    def __init__(self, *arguments: Any, asked: list[Path], **more: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **more)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the parent's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Note the file and send it."""
        self.asked.append(Path(self.translate_path(self.path)))
        super().do_GET()


@contextmanager
def served(site: Path) -> Iterator[tuple[str, list[Path]]]:
    """Serve a site on this machine; gives its address and the list that every file asked for is added to."""
    asked: list[Path] = []
    handler = partial(_Recording, directory=str(site), asked=asked)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()


def queries(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what to search for; exits where the data has no such names."""
    for collection, name, count in ASKED:
        items = data.get(collection) or ()
        if len(items) < count:
            sys.exit(f"{len(items)} {collection} in the data, too few to ask for {count}")
        yield from (items[place * len(items) // count][name].strip('"') for place in range(count))


def chromium(playwright: Playwright) -> Browser:
    """Start Chromium; exits where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]  # Chromium's sandbox refuses root
    try:
        return playwright.chromium.launch(executable_path=found, args=sandbox)
    except Error as error:
        sys.exit(f"no Chromium: `make test` fetches one ({str(error).splitlines()[0]})")


def measure(site: Path, words: Collection[str]) -> dict[str, Any]:
    """Search a site for each of the words; gives, for each speed, milliseconds and how many were answered, and bytes.

    Exits where the site has no search, or one that names files it does not have.
    """
    if not (site / "index.html").is_file():
        sys.exit(f"{site}: no built site (no index.html)")
    found: dict[str, Any] = {}
    with served(site) as (address, asked), sync_playwright() as playwright:
        browser = chromium(playwright)
        for speed, times in SPEEDS.items():
            asked.clear()
            context = browser.new_context(viewport={"width": 1280, "height": 900})  # with an empty cache
            context.route("**/*", lambda route: _only(address, route))
            page = context.new_page()
            page.goto(address, wait_until="networkidle")
            page.wait_for_timeout(SETTLED)
            before = list(asked)
            box = _box(page)
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})
            ready = _open(page, box)
            waits = [_wait(page, box, word) for word in words]
            found[speed] = {"ready": ready, **_summary(waits)}
            found["bytes"] = {"load": _bytes(site, before), "all": _bytes(site, asked)}
            context.close()
        browser.close()
    if not found["bytes"]["all"][0]:
        sys.exit("search answered, but fetched none of the files that are counted as its own (benchmarks/weights.py)")
    return found


def _only(address: str, route: Any) -> None:
    """Let nothing be fetched from elsewhere."""
    if route.request.url.startswith(address):
        route.continue_()
    else:
        route.abort()


def _box(page: Page) -> Box:
    box = next((box for mark, box in BOXES.items() if page.locator(mark).count()), None)
    if box is None:
        sys.exit(f"no search on the page: none of {', '.join(BOXES)}")
    for part in (box.field, box.results):
        if not page.locator(part).count():
            sys.exit(f"search without {part}")
    return box


def _bytes(site: Path, asked: Iterable[Path]) -> tuple[int, int]:
    """Give the bytes of those of the files that only search needs; exits where one is missing."""
    files = {file for file in asked if of_search(file.relative_to(site.resolve()).as_posix())}
    for file in sorted(files):
        if not file.is_file():
            sys.exit(f"search asks for {file.name}, which is not in the site")
    whole = sum(map(size, files), Size())
    return whole.raw, whole.gzip


def _summary(waits: Collection[float | None]) -> dict[str, Any]:
    answered = [wait for wait in waits if wait is not None]
    if len(answered) < 2:
        sys.exit(f"{len(answered)} of {len(waits)} answered")
    return {
        "asked": len(waits),
        "answered": len(answered),
        "median": statistics.median(answered),
        "p95": statistics.quantiles(answered, n=20, method="inclusive")[-1],
    }


def _open(page: Page, box: Box) -> float:
    """Open search with the page fresh; gives the milliseconds until it answers at all."""
    page.evaluate(WATCH, box.results)
    if box.key:
        page.keyboard.press(box.key)
    else:
        page.locator(box.field).click()
    page.keyboard.type("principle")
    if not _until(page, "watch.answered > 0", FIRST_ANSWER):
        sys.exit(f"no answer {FIRST_ANSWER / 1000:.0f} s after search was opened")
    if not page.locator(f"{box.results} a").first.is_visible():
        sys.exit("search answered where nobody sees it")
    return float(page.evaluate("watch.answered - watch.opened"))


def _wait(page: Page, box: Box, words: str) -> float | None:
    """Type the words; gives the milliseconds from the last key to results on the screen, None where none came."""
    page.locator(box.field).fill("")
    page.keyboard.type(words[:-1], delay=20)
    if not _until(page, QUIET, FIRST_ANSWER):
        return None
    page.keyboard.type(words[-1])
    if not _until(page, "watch.shown > 0", ANSWER):
        return None
    return float(page.evaluate("watch.shown - watch.key"))


def _until(page: Page, expression: str, milliseconds: float) -> bool:
    """Wait until an expression is true of the page; gives whether it ever was.

    Not by Playwright's `wait_for_function`: the page's content security policy refuses what that runs, and search is to
    be measured with the policy on.
    """
    end = time.monotonic() + milliseconds / 1000
    while not page.evaluate(expression):
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(POLL)
    return True


def main(arguments: Collection[str]) -> None:
    """Measure the site that the command line names, or only start Chromium."""
    if not arguments:
        with sync_playwright() as playwright:
            browser = chromium(playwright)
            print(f"Chromium {browser.version}")
            browser.close()
        return
    (site,) = arguments
    data = loading.trees(DATA)[0].data
    print(json.dumps(measure(Path(site).resolve(), list(queries(data)))))


if __name__ == "__main__":
    main(sys.argv[1:])
