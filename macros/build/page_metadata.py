"""What the heads of pages say beyond title and description, and the files that they name."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from macros.build.make_ahead import Job
from macros.data.catalogue import Catalogue
from macros.data.kinds import Principle
from macros.data.languages import ENGLISH, LANGUAGES, UntranslatedText
from macros.data.urls import in_language
from macros.exports import citations, embed_cards, json_ld, markdown_copies, social_cards
from macros.formats.cache import Cache
from macros.pages import ui_strings
from macros.pages.site import Site
from macros.pages.site_info import SiteInfo

__all__ = ["card_jobs", "page_metadata"]

CARDS = 160
"""Cards that a job makes: a few sheets of them for each processor, as the typesetter remembers what it has set."""


def page_metadata(
    site: Site, info: SiteInfo, about: str, cache: Cache
) -> tuple[dict[str, dict[str, Any]], Iterator[tuple[str, str | bytes]]]:
    """Give what the head of each page says beyond title and description, by address, and the files it needs.

    `about` is the site in a sentence. The files are made as they are asked for.
    """
    shown = site.summaries
    meta: dict[str, dict[str, Any]] = {page.address: {"card": social_cards.path_of(page.address)} for page in shown}
    titles = {page.address: page.title for page in shown}
    cards = dict(embed_cards.oembeds(site.catalogue))
    days = citations.days(site.catalogue, info, {address: titles[address] for address in site.written})
    for page in shown:
        record = site.record_at(page.address)
        catalogue = site.catalogue_at(page.address)
        day = days[page.address]
        meta[page.address] |= {
            "structured": json_ld.structured(catalogue, info, page.address, page.description, record, titles, day),
            "issued": day,
            "named": page.title,
            "about": page.description,
            "number": record.number if isinstance(record, Principle) else None,
            "embed": cards.get(page.address),
            "facts": _facts(catalogue, record) if isinstance(record, Principle) and _own(page.address) else None,
        }
    _join_languages(meta)
    return meta, _files(site, info, about, cache)


def _own(address: str) -> bool:
    """Say whether a page of a principle is its own, not the record behind it."""
    return not address.endswith("/record/")


def _facts(catalogue: Catalogue, principle: Principle) -> dict[str, Any]:
    """Give what stands beside a principle's page where there is room: plain values and places from the site's root."""
    category = catalogue.category_of(principle)
    language = catalogue.language

    def place(address: str) -> str:
        return (in_language(address, language) or address).lstrip("/") if language != "en" else address.lstrip("/")

    return {
        "number": principle.number,
        "total": len(catalogue.principles),
        "heading": str(category.title),
        "heading_lang": "en" if isinstance(category.title, UntranslatedText) else None,
        "heading_place": place(catalogue.address("categories", category)),
        "services": [
            {"label": str(catalogue.word("service_kinds", kind).label), "place": f"principles/#service-{kind}"}
            for kind in principle.services.centre
        ]
        if language == "en"
        else [],
        "handout": f"handouts/principle-{principle.number}.pdf" if language == "en" else None,
    }


def _files(site: Site, info: SiteInfo, about: str, cache: Cache) -> Iterator[tuple[str, str | bytes]]:
    shown = site.summaries
    listed = [markdown_copies.Listed(page.address, page.title, page.description) for page in shown]
    yield markdown_copies.LIST, markdown_copies.llms(info, about, listed)
    for language, named in _named(site).items():
        yield from _cards(site, info, cache, language, named, range(len(named)))


def card_jobs(site: Site, info: SiteInfo, cache: Cache) -> Iterator[Job]:
    """Yield jobs that leave the cards of all pages in a cache, some in each."""
    for language, named in _named(site).items():
        for start in range(0, len(named), CARDS):
            some = range(start, min(start + CARDS, len(named)))
            yield partial(deque, _cards(site, info, cache, language, named, some), maxlen=0)


def _named(site: Site) -> dict[str, list[social_cards.Named]]:
    """Give the pages that have a card, by their language."""
    found: dict[str, list[social_cards.Named]] = {}
    for page in site.summaries:
        found.setdefault(page.language, []).append(social_cards.Named(page.address, page.title))
    return found


def _cards(
    site: Site, info: SiteInfo, cache: Cache, language: str, named: list[social_cards.Named], some: range
) -> Iterator[tuple[str, bytes]]:
    """Yield the cards of some pages in a language, each by its place among them."""
    catalogue, name = site.catalogue_in(language), ui_strings.say(language, info.name)
    return social_cards.cards(catalogue, name, named, cache, some)


def _join_languages(meta: Mapping[str, dict[str, Any]]) -> None:
    """Tell each page that is there in several languages where the others are."""
    names = {one.code: one.name for one in (ENGLISH, *LANGUAGES.values())}
    for address in meta:
        there = {language: in_language(address, language) for language in LANGUAGES}
        found = {"en": address, **{language: other for language, other in there.items() if other and other in meta}}
        if len(found) > 1:
            alternates = [
                {"lang": code, "name": names[code], "place": other.lstrip("/")} for code, other in found.items()
            ]
            for other in found.values():
                meta[other]["alternates"] = alternates
