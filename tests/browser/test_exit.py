"""Leaving at once: by link, by script, by three presses of Shift; what stays behind and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Reader
from tests.browser.test_reading_paths import KINDS


@contextmanager
def leaving(reader: Reader, address: str, **settings: Any) -> Iterator[tuple[Page, str, list[Request]]]:
    """Open a page with the place that "Exit this page" leads to played by a page of this machine."""
    asked: list[Request] = []
    with reader.open("/about/", **settings) as page:
        page.goto(reader.base + address)
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


def test_the_way_out_is_in_reach_on_every_page_and_takes_no_focus(reader: Reader) -> None:
    for address in (*KINDS, "/404.html"):
        with reader.open(address, viewport={"width": 390, "height": 800}) as page:
            assert page.evaluate("document.activeElement === document.body"), address
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            french = address.startswith("/fr/")
            way_out, help_ = ("Quitter cette page", "Obtenir de l'aide") if french else ("Exit this page", "Get help")
            expect(page.get_by_role("link", name=way_out)).to_be_in_viewport()
            expect(page.get_by_role("link", name=help_).first).to_be_in_viewport()
