"""The row of a kind of record: where it stands on the site, and through what else readers and programs find it.

A kind says all of it once, beside its class in `macros/data/kinds/`; `collections` makes every list of kinds from these
rows. What readers and programs find has no default: a kind that shall not be found there says `None`, on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.data.cases import Rule

__all__ = ["COMMON", "Kind", "Page", "Search", "Structured", "Vocabulary"]

COMMON = "principles"
"""The data file that holds several lists: words, and what makes a page for each principle, category, stakeholder."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page stands, with `{id}` or another field of the record in it, and its template's name."""

    address: str
    template: str


@dataclass(frozen=True, slots=True)
class Search:
    """How search knows a record: the words for its kind, the field that names it, a text, and how much it weighs.

    `names` are fields with other names it is known by.
    """

    kind: str
    title: str
    text: Callable[[Any], str]
    weight: float
    names: tuple[str, ...] = ("aliases",)


@dataclass(frozen=True, slots=True)
class Structured:
    """What a record is in the words of schema.org, on its own page, on the page that lists it, and in a link to it.

    None where the page is a page like any other.
    """

    record: str | None = None
    listing: str | None = None
    link: str = "WebPage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record."""

    singular: str
    """What messages call one of them."""
    page: Page | None
    """Its own page; None where it stands on a page with others, or nowhere."""
    anchor: str | None
    """Where it stands on a page with others."""
    listed: Page | None
    """The page that lists its records."""
    cites: bool
    """Whether its records rest on sources: sources list them, and what is old or unread is found by them."""
    linked: bool
    """Whether its records name the principles and stakeholders they bear on, and are found from there."""
    api: int | None
    """Its place among what programs load below `/api/v1/`: a promise, so a new kind takes the next number."""
    search: Search | None
    a_to_z: str | None
    """What its entries are called in the list of everything from A to Z."""
    readability: str | None
    """The kind of page whose reading ease its texts are counted to."""
    structured: Structured | None
    file: str | None = None
    """The data file, without its ending, that it shares with other kinds; None where it has one of its own name."""
    filed: bool = False
    """Whether files for programs that keep references lie beside its pages."""
    record_page: Page | None = None
    """A second page of each record, behind its own: all that is on record of it, where its own page is kept short."""
    card: Page | None = None
    """A card for a frame on other sites."""
    beside: str | None = None
    """The heading under which pages of principles and stakeholders name its records, where it is `linked`; None where
    their templates have a section of their own for them."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Parts of a record with an anchor on its page: the field that holds them, and the anchor."""
    host: tuple[str, str] | None = None
    """Of a record on another record's page: the field that names that one, and its collection."""
    order: Callable[[Any], Any] | None = None
    """The key by which its records are sorted; None where they stand as in the file."""
    grouped: tuple[str, str] | None = None
    """A vocabulary by whose order its records stand first of all, and the field that holds the word."""
    shown: Callable[[Any], bool] | None = None
    """Which of its records pages in a second language show; None where they show none."""
    rules: tuple[Rule, ...] = ()
    """Rules of the check that are about this kind alone."""
    ordered: str | None = None
    """What the order of its entries in the file means; None where it means nothing: they stand from A to Z by id."""
    fixed: str | None = None
    """Why nobody adds one, for whoever tries; None where editors may, and then there is a sample of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One list of words that records use; all of them share a data file.

    Pages print a word's label; where they draw it, each word needs a sign.
    """

    singular: str
    signs: Mapping[str, str] | None = None
    """The sign that pages print for each word, by its id; None where words are not drawn so."""
    style: str | None = None
    """The class by which the style sheet draws a word, with `{id}` in it; None where words are not drawn so."""
    readability: str | None = None
    shown: Callable[[Any], bool] | None = None
    rules: tuple[Rule, ...] = ()
    ordered: str = "pages show the words in this order"
    fixed: str | None = None
    """Why nobody adds a word, for whoever tries; None where editors may."""
