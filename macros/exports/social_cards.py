"""A card per page: the picture that messengers and social networks show beside a link to it.

A card says no more than the page's title, which is calm on purpose, the section it stands in and the site's name. A
title in a script that the typesetter has no typeface for, such as somebody's name, is left to the page: its card names
the section alone.

The card of a principle does not take its sentence apart, as handouts and frames do: shown some 300 pixels wide among
messages, six slots would be too small to read, and a few official words without their notes would look like a demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.paper import settable
from macros.data.urls import in_language
from macros.exports.path_patterns import Output
from macros.formats.cache import Cache
from macros.formats.typst_renderer import clean, pngs

__all__ = ["HEIGHT", "OUTPUTS", "WIDTH", "Named", "cards", "path_of"]

OUTPUTS = (Output("social-cards", ("assets/cards/{place}.png",)),)
"""The paths of its files."""

TEMPLATE = "card.typ"

WIDTH, HEIGHT = 1200, 630
"""Pixels, as https://ogp.me and those who read it ask for a wide picture."""


@dataclass(frozen=True, slots=True)
class Named:
    """A page that gets a card: its address from the site's root, and its title."""

    address: str
    title: str


def path_of(address: str) -> str:
    """Give a card's place from the site's root, by its page's address."""
    return f"assets/cards/{address.strip('/') or 'index'}.png"


def cards(
    catalogue: Catalogue, site: str, pages: Sequence[Named], cache: Cache, asked: Iterable[int] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the place of a page's card and the card, a PNG file. `site` is the site's name.

    `pages` are all that there are, and those `asked` for are named by their places among them: by default every one.
    """
    titles = {page.address: page.title for page in pages}
    categories = _categories(catalogue)
    some = pages if asked is None else [pages[place] for place in asked]
    said = [_said(page, site, titles, categories) for page in some]
    for page, picture in zip(some, pngs(TEMPLATE, said, cache), strict=True):
        yield path_of(page.address), picture


def _said(page: Named, site: str, titles: Mapping[str, str], categories: Mapping[str, int]) -> dict[str, Any]:
    """Give what a card says: a title's first words ("Principle 3:") are its label, else the title of the section."""
    section, _, below = page.address.strip("/").partition("/")
    label, _, rest = page.title.partition(": ")
    if not below or not rest:
        label, rest = titles.get(f"/{section}/", "") if below else "", page.title
    if not settable(rest):
        label, rest = "", label if label and settable(label) else site
    elif not settable(label):
        label = ""
    return {
        "label": clean(label) or None,
        "title": clean(rest),
        "category": categories.get(page.address),
        "site": clean(site),
    }


def _categories(catalogue: Catalogue) -> dict[str, int]:
    """Give the number of the category whose mark a page carries, by the page's address."""
    found = {catalogue.address("categories", category): category.number for category in catalogue.categories}
    for principle in catalogue.principles:
        found[catalogue.address("principles", principle)] = catalogue.category_of(principle).number
    if catalogue.language == "en":
        return found
    return {str(in_language(address, catalogue.language)): number for address, number in found.items()}
