"""Search while its files are on their way, when some are lost, and from a folder without a server."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from macros.build import offline_zip
from tests.browser.conftest import Reader, _Quiet, _Server, wait_for_search
from tests.browser.search_dialog import answers
from tests.conftest import BuiltSite


@pytest.fixture
def newer(site: BuiltSite, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the site on a port of its own, from which a test can take files as a new release does."""
    copy = tmp_path / "site"
    shutil.copytree(site.folder, copy, copy_function=os.link)
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(copy)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield copy, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("gone", ["search-data.*.js", "search.*.js", "vendor/minisearch*.js"])
@pytest.mark.parametrize("address", ["/principles/3/", "/fr/principles/3/"])
def test_a_page_older_than_the_site_still_answers(
    browser: Browser, newer: tuple[Path, str], address: str, gone: str
) -> None:
    folder, base = newer
    reader = Reader(browser, base)
    french = address.startswith("/fr/")
    with reader.open(address) as page:
        kept = {file: file.read_bytes() for file in (folder / "assets").glob(gone)}
        assert kept
        for file in kept:
            file.unlink()
        page.keyboard.press("Control+k")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("status")).to_contain_text("pas pu être chargée" if french else "could not be loaded")
        lost = page.locator(".search-lost")
        expect(lost).to_be_visible()
        expect(lost.get_by_role("link").first).to_have_attribute("href", "../../help/")
        expect(lost.get_by_role("link").nth(1)).to_have_attribute("href", re.compile(r"^(\.\./)+a-z/$"))
        page.get_by_role("searchbox").fill("grooming")
        expect(lost).to_be_visible()
        for file, content in kept.items():
            file.write_bytes(content)
        with page.expect_navigation():
            lost.get_by_role("button").click()
        page.keyboard.press("Control+k")
        wait_for_search(page)
        expect(lost).to_be_hidden()
        assert answers(page, "principe 3" if french else "principle 3")[1][0] == address
    assert [problem for problem in reader.problems if "404" not in problem] == []


@contextmanager
def without_texts(reader: Reader) -> Iterator[tuple[Page, list[Route]]]:
    """Open the search while the texts are on their way; gives what asked for them."""
    held: list[Route] = []
    with reader.window() as page:
        page.route("**/search-data-texts*.js", lambda route: held.append(route))
        page.goto(f"{reader.base}/")
        page.keyboard.press("Control+k")
        yield page, held


def put(page: Page, words: str) -> list[str]:
    """Put words into the field; gives the names of what is found once the whole list is shown."""
    page.get_by_role("searchbox").fill(words)
    page.wait_for_timeout(200)
    return page.locator(".search-results .search-title").all_text_contents()


def test_what_things_are_called_answers_before_their_texts_are_there(reader: Reader) -> None:
    with without_texts(reader) as (page, held):
        page.keyboard.type("they blackmail me")
        expect(page.locator(".search-help a").first).to_be_visible()
        page.get_by_role("searchbox").fill("sextortion")
        expect(page.locator(".search-results mark").first).to_have_text("sextortion", ignore_case=True)
        assert put(page, "zzxqj") == []
        expect(page.get_by_text("Nothing found.")).to_be_hidden()
        expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Loading")
        held[0].continue_()
        expect(page.get_by_text("Nothing found.")).to_be_visible()


QUESTION = "counselling for survivors in the first group of companies"
"""Words of which some stand in texts alone."""


def test_a_list_that_somebody_may_be_reading_stays_when_the_texts_come(reader: Reader) -> None:
    with without_texts(reader) as (page, held):
        before = put(page, QUESTION)
        page.wait_for_timeout(200)
        held[0].continue_()
        wait_for_search(page)
        page.wait_for_timeout(200)
        after = page.locator(".search-results .search-title").all_text_contents()
        assert after[: len(before)] == before
        expect(page.locator(".search-results .search-text")).to_have_count(len(after) - len(before))
        put(page, "")
        best = put(page, QUESTION)
        assert best != after
        expect(page.locator(".search-results .search-text").first).to_be_visible()


@pytest.mark.parametrize("held_by", ["nothing", "pointer", "focus"])
def test_only_a_list_so_new_that_nobody_has_read_it_is_shown_anew(reader: Reader, held_by: str) -> None:
    with without_texts(reader) as (page, held):
        put(page, "x")
        page.clock.install()
        page.get_by_role("searchbox").fill(QUESTION)
        before = page.locator(".search-results .search-title").all_text_contents()
        if held_by == "pointer":
            page.locator(".search-results a").first.hover()
        elif held_by == "focus":
            page.keyboard.press("ArrowDown")
        held[0].continue_()
        deadline = time.monotonic() + 30
        while not page.evaluate("'siteSearch' in window") and time.monotonic() < deadline:
            page.clock.run_for(10)
        after = page.locator(".search-results .search-title").all_text_contents()
        assert (after[: len(before)] == before) == (held_by != "nothing")


def test_without_the_texts_names_still_answer_and_readers_are_told(reader: Reader) -> None:
    with reader.window() as page:
        page.route("**/search-data-texts*.js", lambda route: route.abort())
        page.goto(f"{reader.base}/")
        page.keyboard.press("Control+k")
        wait_for_search(page)
        expect(page.locator(".search-lost")).to_be_visible()
        assert answers(page, "principle 3")[1][0] == "/principles/3/"
    reader.problems[:] = [problem for problem in reader.problems if "ERR_FAILED" not in problem]


def test_search_is_asked_for_again_when_the_connection_is_back(reader: Reader) -> None:
    with reader.open("/") as page:
        page.context.set_offline(True)
        page.keyboard.press("Control+k")
        expect(page.locator(".search-lost")).to_be_visible()
        page.keyboard.press("Escape")
        page.context.set_offline(False)
        page.keyboard.press("Control+k")
        wait_for_search(page)
        expect(page.locator(".search-lost")).to_be_hidden()
        assert answers(page, "principle 3")[1][0] == "/principles/3/"
    reader.problems[:] = [problem for problem in reader.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


def test_search_works_from_the_unpacked_archive_without_a_server(
    browser: Browser, site: BuiltSite, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    with zipfile.ZipFile(site.folder / offline_zip.PLACE) as whole:
        whole.extractall(tmp_path)
    page.goto((tmp_path / offline_zip.FOLDER / "index.html").as_uri())
    page.keyboard.press("Control+k")
    wait_for_search(page)
    page.get_by_role("searchbox", name="Search").fill("principle 5")
    page.locator(".search-results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Principle 5")
    assert problems == []
    context.close()
