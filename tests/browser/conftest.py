"""A real Chromium on the built site, served on this machine only; every request and every error is watched."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.conftest import BuiltSite

PATIENCE = 30.0
"""Seconds after which a page that never gets ready fails its test; not a measure of speed."""

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""Chromium without windows: the same engine, at a third of the work for each page that is opened."""

WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the parent's name
        """Say nothing: the test's own words are enough."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that leaves a page before it is there; what a page lacks, its test sees."""


@pytest.fixture(scope="session")
def served(site: BuiltSite) -> Iterator[str]:
    """The address of the built site on a free port."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(site.folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `tests/browser/install.sh` found or fetched."""
    sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        launch = partial(playwright.chromium.launch, args=sandbox)
        try:
            browser = launch(executable_path=_found(SHELLS))  # None: Playwright's own, which has no windows either
        except PlaywrightError:
            whole = _found(WHOLE)
            if whole is None:
                raise
            browser = launch(executable_path=whole)
        yield browser
        browser.close()


def _found(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def wait_for_search(page: Page) -> None:
    """Wait until the reader's search is there.

    Not by Playwright's `wait_for_function`: it evaluates text in the page, which the page's content security policy
    refuses as soon as the first try is not true.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate("'siteSearch' in window"):
        assert time.monotonic() < end, "search did not start"
        page.wait_for_timeout(20)


class Reader:
    """Opens pages of the site and keeps what went wrong on them."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.problems: list[str] = []

    @contextmanager
    def open(self, address: str, **settings: Any) -> Iterator[Page]:
        """Open an address in a fresh window; `settings` are Playwright's for a context (viewport, color_scheme …)."""
        with self.window(**settings) as page:
            page.goto(self.base + address)
            yield page

    @contextmanager
    def window(self, **settings: Any) -> Iterator[Page]:
        """Open a fresh window without an address."""
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        page = context.new_page()
        page.on("request", lambda request: self._watch(request.url))
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", self._listen)
        try:
            yield page
        finally:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(message.text)

    def _watch(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.problems.append(f"asked another host: {url}")


@pytest.fixture
def reader(browser: Browser, served: str) -> Iterator[Reader]:
    """A reader of the site; the test fails on any script error and on any request to another host."""
    reader = Reader(browser, served)
    yield reader
    assert reader.problems == []
