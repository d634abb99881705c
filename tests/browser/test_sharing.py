"""What educators take along: links, citations and frames to copy; all of it there without script too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader


def clipboard(page: Page) -> str:
    return str(page.evaluate("() => navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/principles/1/", "#phrase-known"),
        ("/principles/1/", "#open-questions"),
        ("/glossary/", "#grooming"),
        ("/figures/reports-by-company/", "#values"),
        ("/timeline/2020/", "#2020-03-05-launch"),
    ],
)
def test_a_link_at_its_place_is_copied_and_still_a_link(reader: Reader, address: str, link: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with reader.open(address, permissions=allowed) as page:
        # What is folded opens for the address of a place in it.
        page.goto(f"{reader.base}{address}{link}")
        mark = page.locator(f"article a:is(.permalink, .toclink)[href$='{link}']")
        mark.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
        assert page.url == f"{reader.base}{address}{link}"
        assert clipboard(page) == page.url
    with reader.open(address, java_script_enabled=False) as page:
        page.goto(f"{reader.base}{address}{link}")
        page.locator(f"article a:is(.permalink, .toclink)[href$='{link}']").click()
        assert page.url == f"{reader.base}{address}{link}"


def test_nothing_is_said_where_the_browser_does_not_let_copy(reader: Reader) -> None:
    with reader.open("/principles/1/") as page:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
        page.locator("#phrases > summary").click()
        page.locator("#phrase-known a.permalink").click()
        page.wait_for_timeout(100)
        expect(page.locator(".copied")).to_have_text("")
        assert page.url.endswith("/#phrase-known")


def test_a_citation_is_copied_and_names_the_place_that_was_chosen(reader: Reader) -> None:
    with reader.open("/principles/1/", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator("#phrases > summary").click()
        page.locator("a.permalink[href$='#phrase-known']").click()
        page.locator("#cite > summary").click()
        page.get_by_role("button", name="Copy APA 7", exact=True).click()
        said = clipboard(page)
        assert said == page.locator("#cite .citation").first.text_content()
        assert said.endswith("https://voluntary-principles.example/principles/1/#phrase-known")


def test_a_frame_can_be_copied_with_and_without_script(reader: Reader) -> None:
    with reader.open("/principles/2/", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator("#take > summary").click()
        page.locator("details.embed > summary").click()
        page.locator("details.embed button.copy").click()
        assert clipboard(page).startswith("<iframe ")
    with reader.open("/principles/2/", java_script_enabled=False) as page:
        page.locator("#take > summary").click()
        page.locator("details.embed > summary").click()
        expect(page.locator("details.embed [data-copy]")).to_be_visible()
