"""The page for searching (`/search/`), to which a browser comes that knows the site's OpenSearch description."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from lxml import etree
from playwright.sync_api import expect

from tests.browser.conftest import Reader, wait_for_search
from tests.conftest import BuiltSite


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_for_searching_works_from_its_address_and_by_keyboard(
    reader: Reader, site: BuiltSite, width: int
) -> None:
    """As a browser comes there that knows the site's OpenSearch description."""
    for name, words, expected, language in (
        ("opensearch.xml", "grooming & children?", "/glossary/#grooming", "en"),
        ("opensearch.fr.xml", "conditionnement (grooming)", "/fr/glossary/#grooming", "fr"),
    ):
        said = etree.parse(site.folder / name).getroot()
        (template,) = said.xpath("//*[local-name()='Url'][@type='text/html']/@template")
        address = str(template).replace("{searchTerms}", quote(words, safe=""))
        with reader.open(
            address.removeprefix("https://voluntary-principles.example"), viewport={"width": width, "height": 800}
        ) as page:
            box = page.get_by_role("searchbox")
            expect(box).to_have_value(words)
            expect(box).to_be_focused()
            wait_for_search(page)
            found = page.locator(".search-results a")
            expect(found.first).to_be_visible()
            assert page.locator("html").get_attribute("lang") == language
            assert any(link.endswith(expected) for link in found.evaluate_all("(all) => all.map((one) => one.href)"))
            page.keyboard.press("ArrowDown")
            expect(found.first).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.locator("dialog.search")).to_be_hidden()
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_the_page_for_searching_opens_the_search_again_and_says_what_to_do_without_script(reader: Reader) -> None:
    with reader.open("/search/") as page:
        for _ in range(2):
            page.get_by_role("link", name="Open the search").click()
            expect(page.get_by_role("searchbox")).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.locator("dialog.search")).to_be_hidden()
        expect(page.get_by_text("The search needs scripts")).to_be_hidden()
    with reader.open("/search/#q=hash", java_script_enabled=False) as page:
        expect(page.get_by_text("The search needs scripts")).to_be_visible()
        expect(page.get_by_role("link", name="Open the search")).to_be_hidden()
        page.get_by_role("link", name="Everything from A to Z").first.click()
        expect(page).to_have_url(re.compile(r"/a-z/$"))
