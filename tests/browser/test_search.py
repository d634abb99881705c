"""Search as people use it: what they find, what it costs, by keyboard, without script, and in French."""

from __future__ import annotations

import gzip
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, expect

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader, wait_for_search
from tests.browser.search_dialog import all_answers, answers, searching
from tests.conftest import ROOT, BuiltSite

QUERIES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "search" / "queries.yml").read_text(encoding="utf-8"))
AT_THREE = 0.95
"""The share of queries that find their page among the first three."""

BUDGET = 80_000
"""Bytes of all that search loads, as a server with gzip at level 6 sends it."""


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


@pytest.mark.parametrize("how", [{"isComposing": True}, {"keyCode": 229}])
def test_keys_of_an_input_method_do_not_open_the_search(reader: Reader, how: dict[str, Any]) -> None:
    with reader.open("/") as page:
        script = """how => dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, ...how }))"""
        page.evaluate(script, how)
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.evaluate(script, {})
        expect(page.get_by_role("dialog")).to_be_visible()


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
