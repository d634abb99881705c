"""How long a reader waits for search, in a real Chromium: `python -m benchmarks.search SITE` prints JSON."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.weights import Size, size
from macros import reading, sites

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIELD = "[data-md-component=search-query]"
ASKED = (("categories", "title", 7), ("terms", "term", 7), ("stakeholders", "name", 6))
"""What is searched for: so many values of a field of a collection, evenly spread over the file."""

WATCH = """() => {
  const watch = (window.watch = { key: 0, last: performance.now(), shown: 0 });
  const changed = (records) => {
    watch.last = performance.now();
    if (watch.key && !watch.shown && records.some((record) => record.addedNodes.length))
      requestAnimationFrame(() => { if (watch.key && !watch.shown) watch.shown = performance.now(); });
  };
  new MutationObserver(changed).observe(
    document.querySelector("[data-md-component=search-result] ol"), { childList: true });
  document.addEventListener("keydown", () => { watch.key = performance.now(); watch.shown = 0; }, true);
}"""
"""Notes when a key goes down and when, after it, results are on the screen."""

FIRST_ANSWER = 300_000
ANSWER = 30_000
"""Milliseconds after which there is no answer any more."""


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
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()
        thread.join()


def queries(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what to search for."""
    for collection, name, count in ASKED:
        items = data[collection]
        yield from (items[place * len(items) // count][name].strip('"') for place in range(count))


def measure(site: Path, words: Iterable[str]) -> dict[str, Any]:
    """Search a site for each of the words; gives milliseconds, how many were answered, and bytes."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]  # Chromium's sandbox refuses root
    with served(site) as (address, asked), sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=sandbox)
        except Error as error:
            sys.exit(f"no Chromium: `make test` fetches one ({str(error).splitlines()[0]})")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address) else route.abort())
        page.goto(address, wait_until="networkidle")
        before = _searching(asked)
        try:
            ready = _open(page)
        except Error:
            sys.exit(f"no answer {FIRST_ANSWER / 1000:.0f} s after search was opened")
        asked_for = list(words)
        waits = [wait for wait in (_wait(page, word) for word in asked_for) if wait is not None]
        browser.close()
    if len(waits) < 2:
        sys.exit(f"{len(waits)} of {len(asked_for)} answered")
    sizes = {name: sum(map(size, files), Size()) for name, files in (("load", before), ("all", _searching(asked)))}
    return {
        "ready": ready,
        "asked": len(asked_for),
        "answered": len(waits),
        "median": statistics.median(waits),
        "p95": statistics.quantiles(waits, n=20, method="inclusive")[-1],
        "bytes": {name: (whole.raw, whole.gzip) for name, whole in sizes.items()},
    }


def _searching(asked: Iterable[Path]) -> set[Path]:
    """Give those of the files that only search needs."""
    return {file for file in list(asked) if file.is_file() and ("search" in file.parts or "workers" in file.parts)}


def _open(page: Page) -> float:
    """Open search with the page fresh; gives the milliseconds until it answers at all."""
    page.evaluate(WATCH)
    start = time.perf_counter()
    page.locator(FIELD).click()
    page.keyboard.type("principle")
    page.wait_for_function("watch.shown", timeout=FIRST_ANSWER)
    return 1000 * (time.perf_counter() - start)


def _wait(page: Page, words: str) -> float | None:
    """Type the words; gives the milliseconds from the last key to results on the screen, None where none came."""
    page.locator(FIELD).fill("")
    page.keyboard.type(words[:-1], delay=20)
    page.wait_for_function("performance.now() - Math.max(watch.last, watch.key) > 400", timeout=FIRST_ANSWER)
    page.keyboard.type(words[-1])
    try:
        page.wait_for_function("watch.shown", timeout=ANSWER)
    except Error:
        return None
    return float(page.evaluate("watch.shown - watch.key"))


def main(site: str) -> None:
    """Measure the site that the command line names."""
    data = reading.read_file(sites.ROOT / "data" / "principles.yml").data
    print(json.dumps(measure(Path(site), list(queries(data)))))


if __name__ == "__main__":
    main(sys.argv[1])
