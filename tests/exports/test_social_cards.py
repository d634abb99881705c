"""The cards and the lines in the head of every page that name them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from macros.data.catalogue import Catalogue
from macros.exports.social_cards import HEIGHT, WIDTH, Named, cards
from macros.formats import typst_renderer
from macros.palette import palette
from tests.conftest import BuiltPage, BuiltSite
from tests.test_site import own_pages

FRENCH_NAME = "Les Principes volontaires, expliqués"
NAME = "The Voluntary Principles, explained"
HEAVIEST = 40_000
"""Bytes; some messengers leave out a picture that takes long."""


def read(page: BuiltPage) -> dict[str, list[str]]:
    """Give what the head says to those who show links: every name with its values."""
    found: dict[str, list[str]] = {}
    for tag in page.soup.head.find_all("meta") if page.soup.head else ():
        name = str(tag.get("property") or tag.get("name"))
        if name.startswith(("og:", "twitter:")):
            found.setdefault(name, []).append(str(tag["content"]))
    return found


def described(site: BuiltSite) -> list[BuiltPage]:
    """Give the pages that people share: all but redirects."""
    return [page for page in own_pages(site) if page.article]


def test_every_page_names_its_own_card(site: BuiltSite) -> None:
    seen = set()
    for page in described(site):
        said = read(page)
        address = said["og:image"][0]
        assert {name: len(values) for name, values in said.items()} == dict.fromkeys(said, 1), page.address
        assert address.startswith("https://"), page.address
        file = site.folder / urlsplit(address).path.lstrip("/")
        picture = Image.open(file)
        assert picture.format == "PNG"
        assert picture.size == (WIDTH, HEIGHT)
        assert [said["og:image:width"], said["og:image:height"]] == [[str(WIDTH)], [str(HEIGHT)]]
        assert file.stat().st_size < HEAVIEST, page.address
        seen.add(address)
    assert len(seen) == len(described(site)) > 100


def test_the_head_repeats_what_the_page_says(site: BuiltSite) -> None:
    for page in described(site):
        said = {name: values[0] for name, values in read(page).items()}
        assert said["og:title"] in page.title, page.address
        assert said["og:title"] in said["og:image:alt"]
        assert said["og:description"] == page.description
        canonical = page.soup.find("link", rel="canonical")
        assert canonical is not None
        assert said["og:url"] == canonical["href"]
        assert urlsplit(said["og:url"]).path == page.address
        assert said["og:type"] == ("website" if page.address == "/" else "article")
        assert said["og:site_name"] == (FRENCH_NAME if page.address.startswith("/fr/") else NAME)
        assert said["og:locale"] == ("fr_CA" if page.address.startswith("/fr/") else "en_GB")
        assert said["twitter:card"] == "summary_large_image"


def test_a_missing_page_shows_the_card_of_the_site(site: BuiltSite) -> None:
    said = read(site["/404.html"])
    assert said["og:image"] == read(site["/"])["og:image"]
    assert "og:url" not in said


def one(catalogue: Catalogue, title: str, address: str = "/figures/x/", site: str = NAME) -> bytes:
    return next(content for _, content in cards(catalogue, site, [Named(address, title)], {}))


def colours(picture: bytes) -> set[tuple[int, ...]]:
    return {colour for _, colour in Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 20)}  # type: ignore[union-attr, misc]


def test_text_is_drawn_as_it_is(catalogue: Catalogue) -> None:
    assert one(catalogue, "*a* #panic()") != one(catalogue, "a")
    assert one(catalogue, '#read("card.typ") $x$ @y <z> \\ https://evil.example') != one(catalogue, "")
    assert one(catalogue, "word " * 200)
    assert one(catalogue, "\x00 北 🙂") == one(catalogue, "\ufffd \ufffd \ufffd")


def test_a_principle_carries_the_mark_of_its_category(catalogue: Catalogue) -> None:
    marks = {number: tuple(bytes.fromhex(mark.light[1:])) for number, mark in enumerate(palette().marks, start=1)}
    assert sorted(marks) == list(range(1, 8))
    for principle in catalogue.principles:
        own = catalogue.category_of(principle).number
        found = colours(one(catalogue, principle.tab_title, catalogue.address("principles", principle)))
        assert found & set(marks.values()) == {marks[own]}
    assert colours(one(catalogue, "Timeline", "/timeline/")) >= set(marks.values())


def test_cards_are_made_once_and_always_alike(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [Named(f"/figures/{number}/", f"Figure: {number}") for number in range(40)]
    kept: dict[str, bytes] = {}
    first = list(cards(catalogue, NAME, pages, kept))
    assert first == list(cards(catalogue, NAME, pages, {}))
    set_now: list[int] = []
    really = typst_renderer._sheet

    def counted(template: str, part: Sequence[tuple[str, Any]]) -> list[bytes]:
        set_now.append(len(part))
        return really(template, part)

    monkeypatch.setattr(typst_renderer, "_sheet", counted)
    assert list(cards(catalogue, NAME, pages, kept)) == first
    assert set_now == []
    pages[3] = Named("/figures/3/", "Figure: three")
    changed = list(cards(catalogue, NAME, pages, kept))
    assert set_now == [1]
    assert [new == old for new, old in zip(changed, first, strict=True)].count(False) == 1
