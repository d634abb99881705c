"""Links from the page that is written: to records, to its neighbours, to other languages, and to where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import LISTS
from macros.data.languages import LANGUAGES, UntranslatedText
from macros.data.urls import HELP, in_language
from macros.pages import sitemap
from macros.pages.escaping import long_date, relative

__all__ = ["Neighbour", "PageLinks", "Place", "label_of"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A link to the page before or after."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is mended: the end of the file's name, the line, and the page's address as a form takes it."""

    file: str
    line: int
    page: str


@dataclass(slots=True)
class PageLinks:
    """A page by its address, and its links. `record` is the page's own; None for pages of several records."""

    catalogue: Catalogue
    address: str
    record: Any = None

    def to(self, target: str) -> str:
        """Give the link from this page to an address of the site, in this page's language where it is there."""
        if self.language != "en":
            target = in_language(target, self.language) or target
        return relative(target, self.address)

    def here(self, target: str) -> bool:
        """Say whether an address of the site is there in this page's language."""
        return self.whole or in_language(target, self.language) is not None

    @property
    def english_address(self) -> str:
        """The address of this page in English."""
        return self.address if self.whole else self.address.removeprefix(f"/{self.language}")

    @property
    def nearest_help(self) -> str:
        """The address of help for readers of this language: its country's page, in English the list of countries."""
        return "/help/" if self.whole else HELP.format(country=LANGUAGES[self.language].country)

    @property
    def asked(self) -> str:
        """The page's address as a form of the repository takes it in its own address."""
        return _quoted(self.address)

    @property
    def language(self) -> str:
        """The language that the page is written in (BCP 47)."""
        return self.catalogue.language

    def link(self, collection: str, record: Any) -> str:
        """Give the link from this page to where most is said of a record."""
        return self.to(self.catalogue.details(collection, record))

    def before(self, record: Any) -> Neighbour | None:
        """Give the link to the record before this one in its collection's order."""
        return self._neighbour(record, -1)

    def after(self, record: Any) -> Neighbour | None:
        """Give the link to the record after this one in its collection's order."""
        return self._neighbour(record, 1)

    def name_at(self, address: str) -> str:
        """Name the record or the list that stands at an address of the site; the address itself where none does."""
        record = self.catalogue.records_by_address.get(address)
        page, _, anchor = address.partition("#")
        if record is not None:
            name = label_of(record)
        elif page in LISTS and not anchor:
            name = sitemap.head(LISTS[page][0], self.language)["title"]
        else:
            return address
        return name if self.here(address) else UntranslatedText(name)

    def _neighbour(self, record: Any, step: int) -> Neighbour | None:
        collection = self.catalogue.collection_of(record)
        other = self.catalogue.neighbour(collection, record, step)
        return other and Neighbour(getattr(other, "short_name", None) or label_of(other), self.link(collection, other))

    @property
    def whole(self) -> bool:
        """Whether the page is in the data's own language, in which every text is there; a translation has a part."""
        return self.language == "en"

    def english(self, target: str) -> str:
        """Give the link from this page to an address in English."""
        return relative(target, self.address)

    def english_name(self, term: kinds.Term) -> str:
        """Give a term as English has it."""
        english: kinds.Term = (self.catalogue.english or self.catalogue).get("terms", term.id)
        return english.term

    def foreign(self, text: str) -> str | None:
        """Give the language of a text that is not in the page's own, else None."""
        return text.lang if isinstance(text, UntranslatedText) else None

    def original(self, text: str) -> str:
        """Give a text of a record that is in English alone, marked as such where the page is in another language."""
        return text if self.whole else UntranslatedText(text)

    def day(self, when: Any) -> str:
        """Give a date in words of the page's language."""
        return long_date(when, self.language)

    def outdated(self, collection: str, record: Any) -> bool:
        """Whether a record's English has changed since it was translated."""
        return (collection, record.id) in self.catalogue.outdated

    def place(self, record: Any, *path: str | int) -> Place:
        """Give where a record's text can be mended, or a part of it by its path in the record."""
        position = self.catalogue.place(record, *path)
        collection = self.catalogue.collection_of(record)
        address = self.catalogue.address(collection, record) if collection != "exercises" else self.address
        if self.language != "en":
            address = in_language(address, self.language) or self.address
        return Place(self.catalogue.file(position), position.line, _quoted(address))


@lru_cache(maxsize=1024)
def _quoted(address: str) -> str:
    return quote(address, safe="/")


def label_of(record: Any) -> str:
    """Name a record in a link."""
    if isinstance(record, kinds.Principle | kinds.Category):
        said = f"{record.number}. {record.title}"
        return UntranslatedText(said) if isinstance(record.title, UntranslatedText) else said
    name: str = getattr(record, "name", None) or getattr(record, "term", None) or record.title
    return name
