"""The site as one value: the data in every language, its pages, and the record that each page is about.

It is made once, when the data has been read and checked, and handed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.collections import PAGES
from macros.data.urls import HELP, in_language, record_page_of
from macros.pages import comparison, docs_pages, sitemap
from macros.pages.search_files import search_files
from macros.pages.search_index import Entry, cries, entries
from macros.pages.ui_strings import say

__all__ = ["PageSummary", "Site"]


@dataclass(frozen=True, slots=True)
class PageSummary:
    """A page as its head and lists show it; title and description are plain text."""

    address: str
    title: str
    description: str
    language: str = "en"


class Site:
    """The data of a site in every language, and the pages that show it."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the data in English, which holds what it has in other languages."""
        self.catalogue = catalogue
        self._records = dict(_records_by_address(catalogue))
        for language, translated in catalogue.translations.items():
            for address, record in _records_by_address(translated.catalogue):
                there = in_language(address, language)
                if there:
                    self._records[there] = record

    def catalogue_at(self, address: str) -> Catalogue:
        """Give the data in the language of the page at an address."""
        return self.catalogue_in(address.split("/")[1])

    def catalogue_in(self, language: str) -> Catalogue:
        """Give the data in a language; in English where it is in no such language."""
        translated = self.catalogue.translations.get(language)
        return translated.catalogue if translated else self.catalogue

    def record_at(self, address: str) -> Any:
        """Give the record whose page stands at an address; None for pages of several records."""
        return self._records.get(address)

    def confidence_at(self, address: str) -> str:
        """Say how sure the record is whose page stands at an address; nothing where there is none, or none that is."""
        return getattr(self.record_at(address), "confidence", None) or ""

    @cached_property
    def pages(self) -> tuple[sitemap.Page, ...]:
        """Every generated page, lists first, and after them the pages in other languages."""
        return tuple(sitemap.pages(self.catalogue))

    @cached_property
    def written(self) -> Mapping[str, Mapping[str, Any]]:
        """The heads of the pages written by hand, by address."""
        return dict(docs_pages.written_heads())

    @property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each generated page, by address: the name of its template, in every language."""
        return {page.address: page.template.removesuffix(".md.j2") for page in self.pages}

    @cached_property
    def summaries(self) -> tuple[PageSummary, ...]:
        """Every page that is listed, by its title and description, those written by hand first."""
        by_hand = (
            PageSummary(address, *(unescape(str(head.get(name, ""))) for name in ("title", "description")))
            for address, head in self.written.items()
        )
        listed = (page for page in self.pages if page.listed)
        made = (PageSummary(page.address, page.title, page.description, page.language) for page in listed)
        return (*by_hand, *made)

    def search_files(self, language: str = "en") -> dict[str, str]:
        """Give what search knows in a language, by path: records, lists and, in English, pages written by hand."""
        own = [page for page in self.pages if page.collection is None and page.language == language]
        kind = say(language, "Page")
        names = {comparison.ADDRESS: tuple(comparison.names(self.catalogue))}  # of two that are named, it has both
        listed = [
            Entry(page.title, kind, page.address, (*page.names, *names.get(page.address, ())), page.description, 1.6)
            for page in own
        ]
        for address, head in self.written.items() if language == "en" else ():
            if "title" in head:
                aliases = tuple(map(str, head.get("aliases") or ()))
                listed.append(Entry(str(head["title"]), kind, address, aliases, str(head.get("description", "")), 1.6))
        catalogue = self.catalogue_in(language)
        suffix = "" if language == "en" else f".{language}"
        return dict(search_files(suffix, [*entries(catalogue), *listed], cries(catalogue)))


def _records_by_address(catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    for collection in PAGES:
        for record in getattr(catalogue.document, collection):
            yield catalogue.address(collection, record), record
            second = record_page_of(collection, vars(record))
            if second:
                yield second, record
    yield from catalogue.list_parts.items()
    for group in catalogue.service_groups:
        yield HELP.format(country=group.word.id), group
    for gone in catalogue.withdrawn_pages:
        yield gone.address, gone
