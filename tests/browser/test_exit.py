"""Leaving at once: by link, by script, by three presses of Shift; what stays behind and what does not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import PATIENCE, Reader, wait_for_search


@contextmanager
def leaving(reader: Reader, address: str, **settings: Any) -> Iterator[tuple[Page, str, list[Request]]]:
    """Open a page with the place that "Exit this page" leads to played by a page of this machine."""
    asked: list[Request] = []
    with reader.open("/about/", **settings) as page:
        away = str(page.locator("a.exit").get_attribute("href"))

        def answer(route: Any) -> None:
            asked.append(route.request)
            route.fulfill(body="<h1>Weather</h1>", content_type="text/html")

        page.context.route(away, answer)
        page.goto(reader.base + address)
        yield page, away, asked
        reader.problems[:] = [problem for problem in reader.problems if away not in problem]


@pytest.mark.parametrize("script", [True, False])
def test_the_link_leaves_and_does_not_say_where_from(reader: Reader, script: bool) -> None:
    with leaving(reader, "/help/", java_script_enabled=script) as (page, away, asked):
        page.get_by_role("link", name="Exit this page").click()
        expect(page.get_by_role("heading", name="Weather")).to_be_visible()
        assert page.url == away
        assert [request.headers.get("referer") for request in asked] == [None]


def test_the_link_leaves_by_keyboard_too(reader: Reader) -> None:
    with leaving(reader, "/help/") as (page, away, _):
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Exit this page")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(away)


def test_going_back_does_not_lead_to_the_page_that_was_left(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, _):
        page.get_by_role("link", name="Exit this page").click()
        expect(page.get_by_role("heading", name="Weather")).to_be_visible()
        page.go_back()
        assert page.url.endswith("/about/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def away(page: Page) -> None:
    page.evaluate("document.querySelector('a.exit').click()")
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()


def test_going_back_after_jumps_inside_the_page_does_not_lead_to_it(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, _):
        for anchor in ("for-you", "open-questions", "exercise"):
            page.get_by_role("navigation", name="On this page", exact=True).locator(f'a[href="#{anchor}"]').click()
            assert page.url.endswith(f"#{anchor}")
        page.go_back()
        assert page.url.endswith("#open-questions"), "Back still works inside the page"
        away(page)
        page.go_back()
        assert page.url.endswith("/about/")


def test_jumps_of_a_page_that_was_read_before_and_loaded_again_are_left_too(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, _):
        page.evaluate("location.hash = 'phrases'")
        page.goto(reader.base + "/glossary/")
        page.go_back()
        page.evaluate("location.hash = 'sources'")
        page.reload()
        away(page)
        page.go_back()
        assert page.url.endswith("/about/")


def test_where_the_browser_does_not_tell_its_entries_jumps_make_none(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, _):
        page.add_init_script("Object.defineProperty(window, 'navigation', { value: undefined })")
        page.reload()
        before = page.evaluate("history.length")
        for anchor in ("for-you", "exercise"):
            page.get_by_role("navigation", name="On this page", exact=True).locator(f'a[href="#{anchor}"]').click()
            assert page.url.endswith(f"#{anchor}")
            expect(page.locator(f"#{anchor}")).to_be_in_viewport()
        assert page.evaluate("history.length") == before
        away(page)
        page.go_back()
        assert page.url.endswith("/about/")


def test_going_back_after_a_filter_does_not_lead_to_the_page(reader: Reader) -> None:
    with leaving(reader, "/timeline/") as (page, _, _):
        for kind in ("Law", "Regulators"):
            page.get_by_role("navigation", name="Show").get_by_role("link", name=kind, exact=True).click()
        assert page.url.endswith("?kind=regulation")
        away(page)
        page.go_back()
        assert page.url.endswith("/about/")


def test_words_in_the_address_do_not_open_over_the_cover(reader: Reader) -> None:
    with leaving(reader, "/principles/3/#q=grooming") as (page, _, _):
        expect(page.get_by_role("dialog")).to_be_visible()
        page.evaluate("location.hash = 'sources'")
        page.evaluate("addEventListener('pagehide', () => (window.name = document.querySelectorAll('[open]').length))")
        away(page)
        assert page.evaluate("window.name") in {"", "0"}
        page.go_back()
        assert page.url.endswith("/about/")


@pytest.mark.parametrize("address", ["/help/", "/fr/help/"])
def test_the_help_page_tells_what_stays_behind_and_how_to_avoid_it(reader: Reader, address: str) -> None:
    french = address.startswith("/fr/")
    with reader.open(address, java_script_enabled=False) as page:
        heading = page.get_by_role("heading", name="Quitter cette page" if french else "Leaving this page")
        said = heading.locator("xpath=following-sibling::*[self::p or self::details]").all_text_contents()
        for words in (
            ("avant", "Précédent", "Suivant", "historique", "fenêtre privée")
            if french
            else ("before", "Back button", "Forward button", "history", "private window")
        ):
            assert words in " ".join(said), words


def test_three_presses_of_shift_alone_leave(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, away, _):
        status = page.locator(".exit-spoken")
        page.keyboard.press("Shift")
        expect(status).to_have_text("Exit this page: press Shift 2 times more.")
        expect(page.locator(".exit-presses i.pressed")).to_have_count(1)
        page.keyboard.press("Shift")
        expect(status).to_have_text("Exit this page: press Shift once more.")
        assert page.url != away
        page.keyboard.press("Shift")
        expect(page.get_by_role("heading", name="Weather")).to_be_visible()


def test_typing_capitals_or_other_keys_does_not_leave(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, asked):
        for _ in range(4):
            page.keyboard.press("Shift+A")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        assert asked == []
        expect(page.locator(".exit-presses i.pressed")).to_have_count(2)


Act = Callable[[Page], None]


def wheel(page: Page) -> None:
    page.mouse.wheel(60, 0)
    page.wait_for_timeout(60)  # it reaches the page from the compositor, after the call


def drag(page: Page) -> None:
    page.mouse.down()
    page.mouse.move(500, 430, steps=3)
    page.mouse.up()


def select(page: Page) -> None:
    page.evaluate(
        """() => {
            const selection = getSelection();
            if (selection.rangeCount) selection.removeAllRanges();
            else selection.selectAllChildren(document.querySelector("h1"));
        }"""
    )
    page.wait_for_timeout(60)


def repeat(page: Page) -> None:
    """Hold Shift until the keyboard repeats it, after a click that spoiled the press."""
    page.mouse.click(700, 400)
    for _ in range(3):
        page.keyboard.down("Shift")


ACTS: dict[str, Act] = {
    "wheel": wheel,
    "click": lambda page: page.mouse.click(5, 500),
    "drag": drag,
    "selection": select,
    "another key": lambda page: page.keyboard.press("ArrowRight"),
    "repeats after a click": repeat,
}


@pytest.mark.parametrize("act", ACTS)
def test_shift_that_goes_with_something_else_does_not_leave(reader: Reader, act: str) -> None:
    with leaving(reader, "/matrix/") as (page, _, asked):
        page.mouse.move(640, 400)
        for _ in range(4):
            page.keyboard.down("Shift")
            ACTS[act](page)
            page.keyboard.up("Shift")
        page.wait_for_timeout(100)
        assert asked == []
        expect(page.locator(".exit-presses i.pressed")).to_have_count(0)


@pytest.mark.parametrize("act", ["wheel", "click", "drag", "selection", "another key"])
def test_something_else_between_two_presses_starts_the_count_anew(reader: Reader, act: str) -> None:
    with leaving(reader, "/matrix/") as (page, away, asked):
        page.mouse.move(640, 400)
        for _ in range(2):
            page.keyboard.press("Shift")
            page.keyboard.press("Shift")
            ACTS[act](page)
            page.wait_for_timeout(250)
            expect(page.locator(".exit-presses i.pressed")).to_have_count(0)
        assert asked == []
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(away)


def test_a_held_key_is_one_press(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, away, asked):
        for _ in range(8):
            page.keyboard.down("Shift")
        page.keyboard.up("Shift")
        expect(page.locator(".exit-presses i.pressed")).to_have_count(1)
        assert asked == []
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        page.wait_for_url(away)


def test_a_page_that_still_rolls_is_left_all_the_same(reader: Reader) -> None:
    """A touchpad goes on for a second after the fingers are gone."""
    with leaving(reader, "/principles/3/") as (page, away, _):
        page.evaluate(
            """() => setInterval(() => dispatchEvent(new WheelEvent("wheel", { deltaY: 3 })), 20)""",
        )
        page.wait_for_timeout(100)
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(away)


def test_keys_of_an_input_method_do_not_count(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, away, asked):
        page.evaluate(
            """() => {
                for (const composed of [{ isComposing: true }, { keyCode: 229 }]) {
                    for (let press = 0; press < 4; press += 1) {
                        for (const kind of ["keydown", "keyup"]) {
                            dispatchEvent(new KeyboardEvent(kind, { key: "Shift", ...composed }));
                        }
                    }
                    dispatchEvent(new KeyboardEvent("keydown", { key: "s", ...composed }));
                }
            }"""
        )
        page.wait_for_timeout(100)
        assert asked == []
        expect(page.locator(".exit-presses i.pressed")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_be_hidden()
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(away)


@pytest.mark.parametrize("way", ["link", "keys"])
def test_the_way_out_stands_inside_the_search(reader: Reader, way: str) -> None:
    with leaving(reader, "/principles/3/") as (page, away, _):
        page.keyboard.press("Control+k")
        wait_for_search(page)
        page.get_by_role("searchbox").fill("grooming")
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("result")
        if way == "link":
            page.get_by_role("dialog").get_by_role("link", name="Exit this page").click()
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url(away)
        page.go_back()
        assert page.url.endswith("/about/")


def test_the_way_out_works_while_search_is_loading(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, away, _):
        held: list[Route] = []
        page.context.route("**/search-data*.js", lambda route: held.append(route))  # it never comes
        page.keyboard.press("Control+k")
        page.get_by_role("searchbox").fill("grooming")
        assert held
        page.get_by_role("dialog").get_by_role("link", name="Exit this page").click()
        page.wait_for_url(away)


@pytest.mark.parametrize("long", ["a" * 20_000, "prevent grooming " * 1_200, "x" * 39 + " " + "yz " * 7_000])
def test_the_way_out_works_whatever_search_was_asked(reader: Reader, long: str) -> None:
    with leaving(reader, f"/principles/3/#q={quote(long)}") as (page, away, _):
        wait_for_search(page)
        page.get_by_role("searchbox").fill(long)
        start = time.monotonic()
        page.get_by_role("dialog").get_by_role("link", name="Exit this page").click()
        page.wait_for_url(away)
        assert time.monotonic() - start < PATIENCE / 6, "as long as it froze, nothing answered"


def test_presses_too_far_apart_do_not_leave(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, asked):
        page.clock.install()
        page.goto(page.url)
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        page.clock.fast_forward(5100)
        expect(page.locator(".exit-presses i.pressed")).to_have_count(0)
        page.keyboard.press("Shift")
        assert asked == []


def test_nothing_of_the_page_shows_while_the_next_one_loads(reader: Reader) -> None:
    with leaving(reader, "/principles/3/") as (page, _, _):
        # In one turn of the script, as the browser may leave at any moment after it.
        shown, cover = page.evaluate(
            """() => {
                document.querySelector("a.exit").click();
                const shown = [...document.body.children].filter((child) => child.checkVisibility());
                return [shown.map((child) => child.className), document.querySelector("[role=alert]").textContent];
            }"""
        )
        assert shown == ["exit-cover"]
        assert cover == "Loading"
        expect(page.get_by_role("heading", name="Weather")).to_be_visible()
