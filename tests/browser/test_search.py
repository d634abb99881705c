"""Search as people use it: what they type, what it costs, by keyboard, from a folder, and what stays on the page."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import threading
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from macros.build import offline_zip
from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader, _Quiet, _Server, wait_for_search
from tests.conftest import ROOT, BuiltSite

QUERIES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "search" / "queries.yml").read_text(encoding="utf-8"))
AT_THREE = 0.95
"""The share of queries that find their page among the first three."""

BUDGET = 80_000
"""Bytes of all that search loads, as a server with gzip at level 6 sends it."""

ANSWERS = """(every) => every.map((words) => {
  const box = document.querySelector("dialog[open] input[type=search]");
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return [".search-help:not([hidden]) a", ".search-results a"].map(
    (selector) => [...document.querySelectorAll(selector)].map((link) => link.pathname + link.hash));
})"""
"""What the dialog shows for each of many words. In one call: hundreds are asked, and a turn for each takes ten times as
long. That people can type them is for the tests of the keyboard."""


@contextmanager
def searching(reader: Reader, address: str = "/", **settings: Any) -> Iterator[Page]:
    with reader.open(address, **settings) as page:
        page.keyboard.press("Control+k")
        expect(page.get_by_role("searchbox")).to_be_focused()
        wait_for_search(page)
        yield page


def all_answers(page: Page, every: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Give what the dialog shows for each of many words: the help that comes first, and the results, as addresses."""
    expect(page.get_by_role("searchbox")).to_be_editable()
    return [(help_first, results) for help_first, results in page.evaluate(ANSWERS, every)]


def answers(page: Page, words: str) -> tuple[list[str], list[str]]:
    """Give the same for some words alone."""
    return all_answers(page, [words])[0]


def fits(address: str, expected: list[str]) -> bool:
    return any(address == one or ("#" not in one and address.split("#")[0] == one) for one in expected)


@pytest.fixture(scope="module")
def outcome(browser: Browser, served: str) -> dict[str, list[tuple[str, int]]]:
    """For each class of queries: each query and the place of its page, from 1; 0 where it is not among the results."""
    reader = Reader(browser, served)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with searching(reader) as page:
        every = all_answers(page, [query["query"] for query in QUERIES])
        for query, (help_first, results) in zip(QUERIES, every, strict=True):
            shown = [*help_first, *results]
            if query["class"] == "nothing":
                place = 0 if shown else 1
            else:
                place = next((n for n, address in enumerate(shown, 1) if fits(address, query["expect"])), 0)
            found[query["class"]].append((query["query"], place))
    assert reader.problems == []
    return found


def test_people_find_what_they_type_among_the_first_three(outcome: dict[str, list[tuple[str, int]]]) -> None:
    every = [item for items in outcome.values() for item in items]
    assert len(every) >= 150
    lines = []
    for name, items in {**outcome, "all": every}.items():
        places = [place for _, place in items]
        at_one = sum(place == 1 for place in places) / len(places)
        at_three = sum(1 <= place <= 3 for place in places) / len(places)
        reciprocal = sum(1 / place for place in places if place) / len(places)
        lines.append(
            f"{name}: {len(places)} queries, {at_one:.0%} at 1, {at_three:.0%} at 3, reciprocal rank {reciprocal:.2f}"
        )
    print(*lines, sep="\n")
    missed = [query for query, place in every if not 1 <= place <= 3]
    assert 1 - len(missed) / len(every) >= AT_THREE, (missed, lines)


def test_whoever_needs_help_gets_it_before_anything_else(outcome: dict[str, list[tuple[str, int]]]) -> None:
    assert len(outcome["distress"]) >= 40
    assert [query for query, place in outcome["distress"] if place != 1] == []


def first_steps(catalogue: Catalogue, need: str) -> str:
    """Give where help for a need begins."""
    if need == "emergency":
        return "/help/#emergency"
    situation = catalogue.situation_for(need)
    assert situation is not None, need
    return f"/help/steps-{situation.number}/"


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("someone is threatening me", ["threat", "child-help"]),
        ("i am 15 and someone is threatening me", ["threat", "child-help"]),
        ("i am 30 and someone is threatening me", ["threat", "remove-image-adult"]),
        ("my son is being blackmailed", ["worried-about-child", "threat"]),
        ("they blackmail me and i want to die", ["crisis", "threat"]),
    ],
)
def test_a_threat_has_its_own_help_and_beside_it_what_fits_the_age(
    reader: Reader, catalogue: Catalogue, words: str, needs: list[str]
) -> None:
    with searching(reader) as page:
        assert answers(page, words)[0] == [first_steps(catalogue, need) for need in needs]


def test_every_query_expects_a_page_that_exists(site: BuiltSite) -> None:
    for query in QUERIES:
        for address in query["expect"]:
            page, _, anchor = address.partition("#")
            assert page in site.pages, query
            assert not anchor or anchor in site[page].ids, query


def test_every_principle_is_found_by_number_and_title(reader: Reader, catalogue: Catalogue) -> None:
    asked = {
        words: f"/principles/{one.number}/"
        for one in catalogue.principles
        for words in (f"principle {one.number}", str(one.number), one.title)
    }
    with searching(reader) as page:
        first = [results[0] for _, results in all_answers(page, list(asked))]
    assert dict(zip(asked, first, strict=True)) == asked


def test_stakeholders_are_found_by_every_name_they_have_or_had(reader: Reader, catalogue: Catalogue) -> None:
    asked = [
        (name, f"/stakeholders/{one.id}/")
        for one in catalogue.stakeholders
        for name in (one.name, *(former.name for former in one.former_names))
    ]
    with searching(reader) as page:
        every = all_answers(page, [name for name, _ in asked])
    found = zip(asked, every, strict=True)
    assert [name for (name, address), (_, results) in found if address not in results[:3]] == []


@pytest.mark.parametrize(("address", "name"), [("/", "Search"), ("/fr/", "Chercher")])
def test_search_is_loaded_only_when_somebody_turns_to_it_and_is_light(
    reader: Reader, site: BuiltSite, address: str, name: str
) -> None:
    asked: list[str] = []
    with reader.open(address) as page:
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.reload()
        page.wait_for_load_state("networkidle")
        assert [path for path in asked if "search" in path] == []
        asked.clear()
        page.keyboard.press("Control+k")
        wait_for_search(page)
        fetched = list(asked)
        page.get_by_role("searchbox", name=name).fill("a word that nobody shall know of")
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
    size = sum(len(gzip.compress((site.folder / path.lstrip("/")).read_bytes(), 6)) for path in fetched)
    assert len(fetched) == 4
    assert size <= BUDGET, size
    assert [path for path in asked if "nobody" in path] == []


def test_results_are_reached_and_left_by_keyboard(reader: Reader) -> None:
    with searching(reader, "/glossary/") as page:
        box = page.get_by_role("searchbox", name="Search")
        box.fill("grooming")
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("result")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".search-results a").first).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        opener = page.get_by_role("button", name="Search")
        opener.focus()
        page.keyboard.press("Space")
        expect(box).to_be_focused()
        box.fill("principle 4")
        page.keyboard.press("Enter")
        page.wait_for_url("**/principles/4/")


def test_nothing_found_offers_help_glossary_and_the_whole_list(reader: Reader) -> None:
    with searching(reader) as page:
        page.get_by_role("searchbox", name="Search").fill("zzxqj")
        expect(page.get_by_text("Nothing found.")).to_be_visible()
        dialog = page.get_by_role("dialog")
        for name in ("Get help", "everything from A to Z", "glossary"):
            expect(dialog.get_by_role("link", name=name)).to_be_visible()


def test_words_in_an_address_open_the_search(reader: Reader) -> None:
    for address in ("/#q=grooming", "/?q=grooming"):
        with reader.open(address) as page:
            expect(page.get_by_role("searchbox", name="Search")).to_have_value("grooming")
            expect(page.locator(".search-results mark").first).to_have_text("grooming", ignore_case=True)


LONG = {
    "one word": "a" * 20_000,
    "no word": "".join(chr(97 + at * at % 26) for at in range(20_000)),
    "hyphens": "ab-" * 7_000,
    "many words": "prevent grooming of children " * 700,
    "marks": "e\u0301" * 10_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_what_is_asked_is_cut_before_it_is_looked_for(reader: Reader, kind: str) -> None:
    text = LONG[kind]
    for address in (f"/#q={quote(text)}", f"/?q={quote(text[:5_000])}"):
        with reader.open(address) as page:
            wait_for_search(page)
            assert len(page.get_by_role("searchbox").input_value()) == 300
            # A script may write more than the field takes from a keyboard.
            taken = page.evaluate(
                """(text) => {
                    const start = performance.now();
                    siteSearch.find(text);
                    return performance.now() - start;
                }""",
                text,
            )
            assert taken < 2_000, "it took some 90 seconds before"


def test_words_beyond_the_thirtieth_and_letters_beyond_the_fortieth_change_nothing(reader: Reader) -> None:
    with searching(reader) as page:
        words = " ".join(["zq"] * 29)
        assert answers(page, f"{words} grooming")[1]
        assert not answers(page, f"{words} zq grooming")[1]
        long = "zqxjkvb" * 6
        assert page.evaluate("text => siteSearch.find(text)", f"{long[:40]} grooming") == page.evaluate(
            "text => siteSearch.find(text)", f"{long * 3} grooming"
        )


def test_a_paste_is_cut_by_the_field(reader: Reader) -> None:
    with searching(reader) as page:
        page.get_by_role("searchbox").press_sequentially("a" * 320)
        assert page.get_by_role("searchbox").input_value() == "a" * 300


@pytest.mark.parametrize(
    ("address", "one", "other"),
    [
        ("/fr/", "prévenir", normalize("NFD", "prévenir")),
        ("/fr/", "téléphone à l'aide", normalize("NFD", "téléphone à l'aide")),
        ("/", "naïve grooming", normalize("NFD", "naïve grooming")),
        ("/", "IWF", "I.W.F."),
        ("/", "IWF", "i.w.f"),
        ("/", "UK", "U.K."),
        ("/", "UK law", "U.K. law"),
        ("/", "US", "U.S."),
        ("/", "NCMEC in the US and UK", "N.C.M.E.C. in the U.S. and U.K."),
    ],
)
def test_signs_and_dots_written_in_another_way_find_the_same(
    reader: Reader, address: str, one: str, other: str
) -> None:
    assert one != other
    with searching(reader, address) as page:
        found, again = (page.evaluate("text => siteSearch.find(text)", text) for text in (one, other))
        assert found["results"]
        assert again == found
        assert answers(page, other)[1][0]


def test_what_the_data_writes_with_dots_is_found_without(reader: Reader, site: BuiltSite) -> None:
    """An entry that says "18 U.S.C. 2258A" or the like is found by the letters alone."""
    with searching(reader) as page:
        assert page.evaluate(
            """() => {
                const data = "Q.X.J. act";
                searchData.entries.push([data, 0, "law/", "", "", 1]);
                return document.querySelector("script[src*='assets/search.']").src;
            }"""
        )
        page.evaluate(
            """() => {
                delete window.siteSearch;
                const again = document.createElement("script");
                again.src = document.querySelector("script[src*='assets/search.']").src;
                document.head.append(again);
            }"""
        )
        wait_for_search(page)
        for words in ("QXJ", "q.x.j."):
            assert answers(page, words)[1][0] == "/law/"


@pytest.mark.parametrize("how", [{"isComposing": True}, {"keyCode": 229}])
def test_keys_of_an_input_method_do_not_open_the_search(reader: Reader, how: dict[str, Any]) -> None:
    with reader.open("/") as page:
        script = """how => dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, ...how }))"""
        page.evaluate(script, how)
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.evaluate(script, {})
        expect(page.get_by_role("dialog")).to_be_visible()


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


def test_without_script_the_search_control_leads_to_the_list(reader: Reader) -> None:
    with reader.open("/principles/1/", java_script_enabled=False) as page:
        page.get_by_role("banner").get_by_role("link", name="A to Z").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Everything from A to Z")
        page.get_by_role("navigation", name="Letters").get_by_role("link", name="F", exact=True).click()
        expect(page.get_by_role("link", name="Facebook, Inc.")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("principe 3", "/fr/principles/3/"),
        ("conditionnement", "/fr/glossary/#grooming"),
        ("conditionement", "/fr/glossary/#grooming"),
        ("qu'est-ce que la sextorsion", "/fr/glossary/#sexual-extortion"),
        ("diffusion en direct", "/fr/principles/5/"),
    ],
)
def test_a_page_in_french_is_searched_in_french(reader: Reader, words: str, expected: str) -> None:
    with searching(reader, "/fr/") as page:
        help_first, results = answers(page, words)
        assert expected in results[:3]
        assert all(address.startswith("/fr/") for address in (*help_first, *results))


def test_distress_comes_first_in_french(reader: Reader, catalogue: Catalogue) -> None:
    with searching(reader, "/fr/") as page:
        cries = catalogue.translations["fr"].catalogue.document.distress
        asked = [(phrase, f"/fr{first_steps(catalogue, cry.need)}") for cry in cries for phrase in cry.phrases]
        every = all_answers(page, [phrase for phrase, _ in asked])
        for (phrase, steps), (help_first, _) in zip(asked, every, strict=True):
            assert steps in help_first, phrase
        help_first, _ = answers(page, "je ne sais plus quoi faire avec lui")
        assert help_first == ["/fr/help/"]
