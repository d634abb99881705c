"""Listen and share, below a page's title: only with a voice of the device, only on request, and never on help pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader
from tests.browser.test_exit import leaving

VOICES = """(() => {
  const said = (window.said = []);
  const speech = Object.assign(new EventTarget(), {
    voices: %s,
    getVoices() { return this.voices; },
    speak: (one) => said.push([one.voice.name, one.text]),
    cancel: () => said.push("cancel"),
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""
"""Stands in for a device that speaks, as the browser of the tests has no voice."""

OWN = {"name": "own", "lang": "en-GB", "localService": True}
FAR = {"name": "far", "lang": "en-GB", "localService": False, "default": True}
FRENCH = {"name": "autre", "lang": "fr-CA", "localService": True}


def speaks(page: Page, address: str, *voices: dict[str, Any]) -> None:
    page.add_init_script(VOICES % json.dumps(voices))
    page.goto(address)


def said(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("said")
    return found


def test_the_essence_is_read_by_a_voice_of_the_device_and_stops(reader: Reader, catalogue: Catalogue) -> None:
    with reader.window() as page:
        speaks(page, f"{reader.base}/principles/3/", FAR, OWN, FRENCH)
        assert said(page) == [], "nothing speaks by itself"
        page.get_by_role("button", name="Listen", exact=True).focus()
        page.keyboard.press("Enter")
        spoken = [one for one in said(page) if one != "cancel"]
        brief = catalogue.principle(3).in_brief
        assert {voice for voice, _ in spoken} == {"own"}
        assert spoken[0][1] == "Principle 3: Spot grooming and other preparation for abuse"
        assert brief.aim.text in [text for _, text in spoken]
        assert brief.asks.text in [text for _, text in spoken], "without the number of its source"
        assert len(spoken) == 7
        for stop in ("Enter", "Escape"):
            page.keyboard.press(stop)
            assert said(page)[-1] == "cancel"
            expect(page.get_by_role("button", name="Listen", exact=True)).to_be_focused()
            page.keyboard.press("Enter")
            expect(page.get_by_role("button", name="Stop listening")).to_be_visible()


def test_the_way_out_is_silent_at_once(reader: Reader) -> None:
    with leaving(reader, "/privacy/") as (page, away, _):
        cut_off: list[str] = []
        page.expose_function("heard", lambda covered: cut_off.append(covered))
        speaks(page, f"{reader.base}/principles/3/", OWN)
        page.get_by_role("button", name="Listen", exact=True).click()
        page.evaluate("speechSynthesis.cancel = () => heard(document.body.className)")
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(away)
        assert cut_off[0] == "", "before the page is covered, and before the other site answers"


def test_french_is_read_in_french(reader: Reader) -> None:
    with reader.window() as page:
        speaks(page, f"{reader.base}/fr/principles/3/", OWN, FRENCH)
        page.get_by_role("button", name="Écouter").click()
        assert {one[0] for one in said(page) if one != "cancel"} == {"autre"}


@pytest.mark.parametrize("voices", [(), (FAR,), (FRENCH,)], ids=["none", "another's computer", "another language"])
def test_there_is_no_button_without_a_voice_on_the_device(reader: Reader, voices: tuple[dict[str, Any], ...]) -> None:
    with reader.window() as page:
        speaks(page, f"{reader.base}/principles/3/", *voices)
        expect(page.locator(".reading-tools button")).to_have_text(["Copy link"])
        page.evaluate(
            f"speechSynthesis.voices = [{json.dumps(OWN)}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
        )
        expect(page.locator(".reading-tools button")).to_have_text(["Copy link", "Listen"])


@pytest.mark.parametrize("address", ["/help/", "/help/gb/", "/help/steps-1/", "/fr/help/ca/", "/"])
def test_where_the_way_out_comes_first_there_is_neither(reader: Reader, address: str) -> None:
    with reader.window() as page:
        speaks(page, reader.base + address, OWN, FRENCH)
        expect(page.get_by_role("main")).to_be_visible()
        assert page.locator(".reading-tools").count() == 0
        assert page.locator('script[src*="reading"]').count() == 0


def test_the_published_address_is_shared_or_copied(reader: Reader) -> None:
    with reader.window() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{reader.base}/principles/3/?kind=law#phrase-activity")
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == canonical
        page.add_init_script("window.shared = []; navigator.share = async (what) => void shared.push(what)")
        page.goto(f"{reader.base}/principles/3/")
        page.get_by_role("button", name="Share").click()
        assert page.evaluate("shared") == [
            {"title": "Principle 3: Spot grooming and other preparation for abuse", "url": canonical}
        ]


def test_without_script_there_is_nothing(reader: Reader) -> None:
    with reader.open("/principles/3/", java_script_enabled=False) as page:
        expect(page.locator(".reading-tools")).to_be_hidden()
