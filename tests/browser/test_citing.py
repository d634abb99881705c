"""How to cite, in a real browser: by keyboard, without script, with the place that was chosen, and not on paper."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.test_accessibility import RULES

PAGE = "https://voluntary-principles.example/principles/1/"


def test_citations_follow_the_phrase_that_was_chosen(reader: Reader) -> None:
    with reader.open("/principles/1/") as page:
        addresses = page.locator("#cite [data-cite-address]")
        expect(addresses).to_have_text([PAGE] * 4)
        page.locator("#phrases > summary").click()
        page.locator("#phrase-known .permalink").click()
        expect(addresses).to_have_text([f"{PAGE}#phrase-known"] * 4)
        page.evaluate("location.hash = '#cite'")
        expect(page.locator("#cite dl").first).to_be_visible()
        expect(addresses).to_have_text([f"{PAGE}#phrase-known"] * 4)
        page.evaluate("location.hash = '#no-such-place'")
        expect(addresses).to_have_text([PAGE] * 4)


@pytest.mark.parametrize("script", [True, False])
def test_citations_open_by_keyboard_and_stay_off_paper(reader: Reader, script: bool) -> None:
    with reader.open("/principles/1/", java_script_enabled=script, viewport={"width": 320, "height": 900}) as page:
        page.locator("#cite > summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#cite .citation").last).to_be_visible()
        if script:
            assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
            options = {"runOnly": RULES, "resultTypes": ["violations"]}
            assert Axe().run(page, options=options).response["violations"] == []
        page.emulate_media(media="print")
        expect(page.locator("#cite")).to_be_hidden()
