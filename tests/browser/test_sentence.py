"""The sentence, taken apart, as a reader meets it: on a phone, by ear, and from its words to the notes on them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader

PHONE = {"viewport": {"width": 390, "height": 844}}
HIGHEST = 960 * 1.1
"""The budget of the drawing with its heading, and a tenth for the typefaces of this machine."""

MOST_WORDS = 120


def drawing(page: Page) -> tuple[float, int]:
    """Give how high the drawing is with its heading, and how many words it has."""
    heading, figure = page.locator("#sentence"), page.locator("figure.sentence")
    above, below = heading.bounding_box(), figure.bounding_box()
    assert above is not None
    assert below is not None
    words = f"{heading.inner_text()} {figure.inner_text()}".split()
    return below["y"] + below["height"] - above["y"], sum(any(map(str.isalnum, word)) for word in words)


@pytest.mark.data
def test_on_a_phone_the_drawing_keeps_its_budget(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/", **PHONE) as page:
        for principle in catalogue.principles:
            page.goto(f"{reader.base}/principles/{principle.number}/")
            height, words = drawing(page)
            assert (height <= HIGHEST, words <= MOST_WORDS) == (True, True), (principle.number, height, words)
            page.goto(f"{reader.base}/fr/principles/{principle.number}/")
            height, _ = drawing(page)
            assert height <= HIGHEST, f"in French: {principle.number}"


@pytest.mark.data
def test_by_ear_it_is_a_named_figure_with_a_list_of_its_parts(reader: Reader, catalogue: Catalogue) -> None:
    principle = catalogue.principle(3)
    with reader.open("/principles/3/", **PHONE) as page:
        figure = page.get_by_role("figure", name="The sentence, taken apart", exact=True)
        outer = figure.get_by_role("list").first
        parts = len(principle.sentence.parts) + len(principle.sentence.silent)
        inner = sum(len(part.within) for part in principle.sentence.parts)
        assert outer.locator("> li").count() == parts
        assert outer.get_by_role("listitem").count() == parts + inner
        assert figure.get_by_role("img").count() == figure.get_by_role("heading").count() == 0
        expect(outer.get_by_role("listitem").last).to_have_text("By which date? not said")
        expect(outer.get_by_role("listitem").first).to_have_text(
            re.compile(r"^How firmly\? Companies try to Aim\. No result is promised\.$")
        )
        figure.get_by_role("link", name="such as online grooming").click()
        expect(page.locator("#phrase-such-as-grooming")).to_be_in_viewport()


def test_kinds_are_told_apart_without_colour(reader: Reader) -> None:
    for settings in ({"forced_colors": "active"}, {"forced_colors": "active", **PHONE}):
        with reader.open("/principles/3/", **settings) as page:
            edge = "item => { const s = getComputedStyle(item); return [s.borderTopStyle, s.borderLeftStyle] }"
            styles = {
                kind: page.locator(f".sentence ol > .{kind}").first.evaluate(edge)
                for kind in ("aim", "action", "scope", "silent")
            }
            wide = "viewport" not in settings
            assert [styles[kind][0 if wide else 1] for kind in ("aim", "action", "scope", "silent")] == [
                "dashed",
                "solid",
                "double",
                "dashed",
            ]
