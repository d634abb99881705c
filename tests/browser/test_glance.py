"""The eleven at a glance as a reader meets it: a table or cards, one sheet of paper, and buttons that sort."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader

ADDRESS = "/principles/glance/"


@pytest.mark.parametrize(("width", "script"), [(390, True), (390, False), (1280, True)])
def test_cards_are_the_same_table_to_a_screen_reader(
    reader: Reader, catalogue: Catalogue, width: int, script: bool
) -> None:
    with reader.open(ADDRESS, viewport={"width": width, "height": 844}, java_script_enabled=script) as page:
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        count = Counter(node["role"]["value"] for node in nodes if not node.get("ignored"))
        # Five questions, the law of six countries and its common head, the principle, what is on record.
        assert (count["table"], count["rowheader"], count["columnheader"]) == (1, len(catalogue.principles), 14)
        assert count["cell"] == len(catalogue.principles) * 12
        heads = page.locator("table.glance thead")
        assert heads.get_by_role("button").count() == (13 if width == 1280 else 0)


def test_a_head_sorts_and_says_so(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open(ADDRESS, viewport={"width": 1280, "height": 823}) as page:
        numbers = page.locator("table.glance tbody th a")

        def order() -> list[int]:
            return [int(text.split()[0]) for text in numbers.all_inner_texts()]

        official = order()
        assert official == [principle.number for principle in catalogue.principles]
        count = {principle.number: len(catalogue.practices_for(principle)) for principle in catalogue.principles}
        page.get_by_role("button", name="On record").focus()
        page.keyboard.press("Enter")
        assert order() == sorted(official, key=lambda number: (-count[number], number))
        expect(page.get_by_role("columnheader", name="On record")).to_have_attribute("aria-sort", "descending")
        expect(page.locator("[aria-sort]")).to_have_count(1)
        expect(page.get_by_role("status").filter(has_text="Sorted by On record")).to_be_attached()
        page.keyboard.press("Enter")
        assert order() == sorted(official, key=lambda number: (count[number], number))
        page.get_by_role("button", name="Principle").click()
        assert order() == official


@pytest.mark.parametrize("address", [ADDRESS, "/fr/principles/glance/"])
def test_it_prints_on_one_sheet_crosswise(reader: Reader, catalogue: Catalogue, address: str) -> None:
    with reader.open(address) as page:
        (sheet,) = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    text = normalize("NFKC", " ".join(sheet.extract_text().split()))
    french = catalogue.translations["fr"].catalogue
    for principle in (french if address.startswith("/fr/") else catalogue).principles:
        assert principle.title in text
