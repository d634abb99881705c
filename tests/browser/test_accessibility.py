"""The floor: what axe-core can see, on every page kind, in both colour schemes, on a phone and a desk screen.

Rules: https://www.deque.com/axe/core-documentation/api-documentation/ (WCAG 2.0 to 2.2, A and AA, best practice).
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.test_reading_paths import KINDS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# Contrast depends on the scheme alone and target size on the width alone, so two of the four pairs see everything.
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(reader: Reader, scheme: str, width: int) -> None:
    found = []
    for address in (*KINDS, "/404.html"):
        with reader.open(address, color_scheme=scheme, viewport={"width": width, "height": 900}) as page:
            expect(page.locator("[data-md-component=search]")).to_have_attribute("aria-label", "Search")
            outcome = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            found += [
                f"{address}: {fault['id']}: {node['html'][:120]}"
                for fault in outcome.response["violations"]
                for node in fault["nodes"]
            ]
    assert found == []


def test_the_page_can_be_read_in_forced_colours_and_print(reader: Reader) -> None:
    with reader.open("/principles/1/", forced_colors="active") as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        mark = page.locator("article .shape").first
        assert mark.evaluate("mark => getComputedStyle(mark).forcedColorAdjust") == "none"
    with reader.open("/principles/1/") as page:
        page.emulate_media(media="print")
        expect(page.locator("a.exit")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("ol.sources")).to_be_visible()


def test_keyboard_reaches_skip_link_help_exit_and_search(reader: Reader) -> None:
    with reader.open("/principles/1/") as page:
        names = []
        for _ in range(12):
            page.keyboard.press("Tab")
            names.append(
                page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''").strip()
            )
        assert names[0] == "Skip to content"
        assert "Get help" in names
        assert "Exit this page" in names
        page.keyboard.press("s")
        expect(page.locator(".md-search__input")).to_be_focused()
        page.keyboard.press("Escape")
