"""`make serve` as an editor lives with it: a change shows, a fault is named and hides nothing, its mend clears it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

from macros.generators import mkdocs_server
from tests.conftest import ROOT

PATIENCE = 240
"""Seconds after which a page that has not come is taken as lost; how long it takes is not what is tested."""


@dataclass
class Live:
    """The live server, and the copy of the data that it shows."""

    process: subprocess.Popen[bytes]
    base: str
    data: Path
    said: Path

    def edit(self, old: str, new: str, name: str = "principles.yml") -> int:
        """Replace a snippet of a data file, which must stand once, as an editor saves it; give its line."""
        file = self.data / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        file.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def page(self, address: str) -> BeautifulSoup | None:
        """Give a page; None where the server does not answer now."""
        try:
            with urlopen(self.base + address, timeout=5) as answer:  # noqa: S310  this machine's own server
                return BeautifulSoup(answer.read(), "lxml")
        except (URLError, OSError):  # not there yet, or busy with a build
            return None

    def get(self, address: str) -> tuple[int, bytes]:
        """Give what the server answers to a request: the status, and the content of what it leads to."""
        try:
            with urlopen(self.base + address, timeout=PATIENCE) as answer:  # noqa: S310  this machine's own server
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, b""

    def wait(self, address: str, shows: Callable[[BeautifulSoup], bool], what: str) -> BeautifulSoup:
        """Give a page as soon as it shows what is waited for."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the server ended: {self.log()}"
            page = self.page(address)
            if page is not None and shows(page):
                return page
            time.sleep(0.3)
        raise AssertionError(f"{what} never came: {self.log()}")

    def log(self) -> str:
        return self.said.read_text(encoding="utf-8", errors="replace")[-3000:]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The live server; what a test changes, it changes for those after it too."""
    tmp_path = tmp_path_factory.mktemp("live")
    said = tmp_path / "said.txt"
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env={**os.environ, "PRINCIPLES_DATA": str(data), "NO_MKDOCS_2_WARNING": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Live(process, f"http://127.0.0.1:{port}", data, said)
        finally:
            process.kill()
            process.wait()


def heading(page: BeautifulSoup) -> str:
    return page.h1.get_text() if page.h1 else ""


def banner(page: BeautifulSoup) -> str:
    found = page.select_one(".faults")
    return found.get_text() if found else ""


def test_an_edit_shows_a_fault_is_named_and_its_mend_clears_it(live: Live) -> None:
    at = "/principles/3/"
    title = "    title: Spot grooming and other preparation for abuse\n"
    live.wait(at, lambda page: "Spot grooming" in heading(page), "the page")

    live.edit(title, "    title: Spot preparation early\n")
    page = live.wait(at, lambda page: "Spot preparation early" in heading(page), "the new title")
    assert banner(page) == ""

    cited = live.wait("/teach/", lambda page: "Spot preparation early" in page.get_text(), "the title on another page")
    kit = cited.find("a", href="kits/principle-3.zip")
    assert kit, "what a page says of files beside it is made for it"

    line = live.edit(
        "    number: 3\n    category: grooming\n    title: Spot preparation early\n",
        "    number: 3\n    category: groming\n    title: Spot nothing\n",
    )
    page = live.wait(at, lambda page: banner(page) != "", "the fault")
    assert (
        f"{live.data}/principles.yml:{line + 1}:15: error: unknown category 'groming'; did you mean 'grooming'?"
        in banner(page)
    )
    assert "1 fault in" in banner(page)
    assert "Spot preparation early" in heading(page), "the site as it was before stands under the banner"
    elsewhere = live.wait("/help/", lambda page: "Get help" in heading(page), "another page")
    assert "groming" in banner(elsewhere)

    live.edit("    category: groming\n    title: Spot nothing\n", f"    category: grooming\n{title}")
    page = live.wait(at, lambda page: banner(page) == "", "the page without a banner")
    assert "Spot grooming" in heading(page)
    assert live.process.poll() is None


def test_a_save_in_any_file_shows(live: Live) -> None:
    live.wait("/timeline/", lambda page: heading(page) != "", "the page")
    title = "title: Five governments launch the Voluntary Principles\n"
    live.edit(title, "title: Launched in the spring\n", "events.yml")
    live.wait("/timeline/", lambda page: "Launched in the spring" in page.get_text(), "the new title")
    line = live.edit("title: Launched in the spring\n", f"titel: Launched in the spring\n    {title}", "events.yml")
    page = live.wait("/", lambda page: banner(page) != "", "the fault")
    assert f"{live.data}/events.yml:{line}:5: error: unknown field 'titel'; did you mean 'title'?" in banner(page)
    live.edit("titel: Launched in the spring\n    ", "", "events.yml")
    live.wait("/", lambda page: heading(page) != "" and banner(page) == "", "the page without a banner")
    live.edit("    title: Reconnaître le", "    title: Voir venir le", "principles.fr.yml")
    live.wait("/fr/principles/3/", lambda page: "Voir venir le" in heading(page), "the new French title")


def test_what_is_asked_for_is_there(live: Live) -> None:
    live.wait("/", lambda page: heading(page) != "", "the home page")
    for address, start in {
        "/fr/principles/3/": b"<!doctype html>",
        "/assets/words.fr.js": b"siteWords",
        "/assets/search-data.js": b"searchData",
        "/timeline/events.csv": b"",
        "/assets/cards/principles/3.png": b"\x89PNG",
        "/teach/kits/principle-3.zip": b"PK",
        "/handouts/principle-3.pdf": b"%PDF",
        "/glossary": b"<!doctype html>",
        "/sources/?from=here": b"<!doctype html>",
    }.items():
        status, content = live.get(address)
        assert (status, content.lstrip()[: len(start)].lower()) == (200, start.lower()), address
    for address in ("/no-such-page/", "/no-such-file.pdf", "/../principles.yml", "/.git/config"):
        assert live.get(address)[0] == 404, address
    assert live.process.poll() is None


def test_a_file_that_another_request_had_made_is_not_looked_for_to_the_end(tmp_path: Path) -> None:
    server = mkdocs_server.Live()
    made: list[str] = []

    def files() -> Iterator[tuple[str, str]]:
        for name in ("first.css", *(f"large-{number}.pdf" for number in range(50))):
            made.append(name)
            (tmp_path / "second.css").write_text("as another request had it made", encoding="utf-8")
            yield name, name

    server._site, server._files = tmp_path, files()
    assert server._there("second.css")
    assert made == ["first.css"]
