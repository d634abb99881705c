"""Where each record stands on the site. Addresses are a promise: see `macros/data/promises.py`.

The patterns work on the raw tree and on records alike, so that the check can say which address would vanish even when
a record has a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

from macros.data.collections import ANCHORS, CARDS, HOSTS, LISTS, PAGES, PARTS, RECORD_PAGES
from macros.data.field_types import FORMER_IDS
from macros.data.languages import LANGUAGES

INDEXES: tuple[str, ...] = tuple(LISTS)
"""Pages that list records."""

DETAILS: Mapping[str, str] = {"sources": "/sources/{part}/", "events": "/timeline/{part}/"}
"""Lists that name each record in a line, where its address stands; the rest stands on pages for parts of the list."""

SOURCE_RANGES: tuple[str, ...] = ("0-9", "a-c", "d-f", "g-i", "j-l", "m-o", "p-r", "s-t", "u", "v-z")
"""The parts of the sources, by the letters that a publisher's name starts with. All have a page, whether or not one
stands there: no address vanishes when a publisher is renamed. Where a part grows too heavy, it becomes two."""

FORMER_RANGES: tuple[str, ...] = ("s-u",)
"""Such parts of once, of which each became two: their pages lead on."""

FIRST_YEAR = 2020
"""The year of the launch, from which on each year of the timeline has a page; before, each ten years have one."""


_NAMED = re.compile(r"\{(\w+)\}")

LONGEST = 100
"""Letters of one part of an address; ids have eighty at most."""


@lru_cache(maxsize=1024)
def source_range(publisher: str) -> str:
    """Give the range of letters that a publisher's name stands in; what starts with no letter from a to z is in 0-9."""
    return next((span for span in SOURCE_RANGES[1:] if in_range(publisher, span)), SOURCE_RANGES[0])


def in_range(publisher: str, span: str) -> bool:
    """Say whether a publisher's name starts with one of the letters of a range."""
    return span[0] <= normalize("NFKD", publisher)[:1].lower() <= span[-1]


def years_page(year: int) -> str:
    """Give the part of the timeline that a year stands in: `2024`, or `2010s`."""
    return str(year) if year >= FIRST_YEAR else f"{year // 10 * 10}s"


def timeline_parts(years: Iterable[int]) -> tuple[str, ...]:
    """Give the parts of the timeline from its first year to its last, those without an event too."""
    found = tuple(years)
    return tuple(dict.fromkeys(map(years_page, range(min(found), max(found) + 1)))) if found else ()


def details_of(collection: str, record: Any) -> str | None:
    """Give where the details of a record stand that a list only names; None for records of other lists."""
    pattern = DETAILS.get(collection)
    if pattern is None:
        return None
    part = source_range(record.publisher) if collection == "sources" else years_page(record.date.year)
    return f"{pattern.format(part=part)}#{record.id}"


SAME_ANCHORS = ("phrase-", "question-", "exercise", "before-you-start", "if-a-pupil-discloses")
"""How anchors begin that are the same in every language on pages which otherwise have their own."""

HELP = "/help/{country}/"
"""The page of a country that help is listed for."""


@cache
def _translated(country: str) -> re.Pattern[str]:
    """Give what pages and cards another language has too; of help, that of the country whose readers have it."""
    return re.compile(
        r"/(?:principles/(?:[0-9]+/(?:record/)?|glance/)?|categories/(?:[a-z0-9-]+/)?|glossary/|easy/|teach/(?:[a-z-]+/)?"
        rf"|help/(?:{re.escape(country)}/|steps-[0-9]+/)?"
        r"|embed/(?:principles/[0-9]+|terms/[a-z0-9-]+)/)?\Z"
    )


def in_language(address: str, language: str) -> str | None:
    """Give the address of the same place in a second language; None where it is in English only."""
    page, mark, anchor = address.partition("#")
    whole = page.startswith(("/glossary/", "/help/"))
    if not _translated(LANGUAGES[language].country).match(page) or (
        anchor and not whole and not anchor.startswith(SAME_ANCHORS)
    ):
        return None
    return f"/{language}{page}{mark}{anchor}"


def address_of(collection: str, record: Mapping[str, Any], identifier: str | None = None) -> str | None:
    """Give the address of a record from its fields, under another id if one is given; None where it has none."""
    return _filled(PAGES.get(collection) or ANCHORS.get(collection), record, identifier)


def _filled(pattern: str | None, record: Mapping[str, Any], identifier: str | None) -> str | None:
    if pattern is None:
        return None
    # Only what the pattern names, and only what can stand in an address: a record that is not checked yet may hold
    # anything, and as much of it as a file can.
    fields = {}
    for name in _named_in(pattern):
        value = identifier if name == "id" and identifier else record.get(name)
        if not isinstance(value, str | int) or (isinstance(value, str) and len(value) > LONGEST):
            return None
        fields[name] = value
    return pattern.format_map(fields)


@cache
def _named_in(pattern: str) -> tuple[str, ...]:
    return tuple(_NAMED.findall(pattern))


def record_page_of(collection: str, record: Mapping[str, Any]) -> str | None:
    """Give the address of the page with all that is on record of a record; None where it has no second page."""
    page = RECORD_PAGES.get(collection)
    return _filled(page.address if page else None, record, None)


def embed_of(collection: str, record: Mapping[str, Any], identifier: str | None = None) -> str | None:
    """Give the address of a record's card for a frame, under another id if one is given; None where it has none."""
    return _filled(CARDS.get(collection), record, identifier)


def is_card(address: str) -> bool:
    """Say whether an address of the site is that of a card for a frame, or of something that belongs to one."""
    first, _, rest = address.lstrip("/").partition("/")
    return first == "embed" or (first in LANGUAGES and rest.startswith("embed/"))


def part_anchor(collection: str, part: str, identifier: str) -> str:
    """Give the anchor of a part, such as `phrase-known`."""
    return PARTS[(collection, part)].format(id=identifier)


def record_of(address: str) -> tuple[str, str] | None:
    """Give the collection and the id that an address of a page, a place on one or a card is made of; None for others.

    Of a page that is made of a number this gives the number.
    """
    for collection, pattern in _patterns():
        match = pattern.fullmatch(address)
        if match:
            return collection, match["id"] if "id" in match.groupdict() else match["number"]
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the addresses of each collection as expressions; those that fit on anything come last."""
    every = [*PAGES.items(), *ANCHORS.items(), *CARDS.items()]
    every.sort(key=lambda one: one[1].startswith("/{"))
    forms = {"id": "[a-z0-9-]+", "number": "[0-9]+", "page": "[a-z0-9/-]+"}
    return tuple(
        (
            name,
            re.compile(
                "".join(
                    f"(?P<{piece}>{forms.get(piece, '[a-z0-9-]+')})" if place % 2 else re.escape(piece)
                    for place, piece in enumerate(_NAMED.split(pattern))
                )
            ),
        )
        for name, pattern in every
        if "{id}" in pattern or "{number}" in pattern
    )


def cards_of(address: str) -> Iterator[str]:
    """Yield the address of the card for frames that a record at an address has, by its id."""
    found = record_of(address)
    card = CARDS.get(found[0]) if found and not is_card(address) else None
    if found and card and "{id}" in card:
        yield card.format(id=found[1])


def withdrawn_addresses(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses that say that what stood there was withdrawn, in English."""
    for item in _records(data, "withdrawn"):
        address = item.get("address")
        if isinstance(address, str) and len(address) <= 2 * LONGEST:
            yield address
            yield from cards_of(address)


def addresses(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield every address of a raw document, in all languages.

    These are pages, places on them, frames, what former ids keep alive, and what says that it was withdrawn.
    """
    for address in ("/", *_addresses(data)):
        if address != "/":
            yield address
        yield from filter(None, (in_language(address, language) for language in LANGUAGES))


def _addresses(data: Mapping[str, Any]) -> Iterator[str]:
    yield from INDEXES
    yield from (DETAILS["sources"].format(part=span) for span in (*SOURCE_RANGES, *FORMER_RANGES))
    dates = (str(item.get("date"))[:4] for item in _records(data, "events"))
    # What is not checked yet may name any year.
    years = (int(year) for year in dates if re.fullmatch("(?:19|20)[0-9]{2}", year))
    yield from (DETAILS["events"].format(part=part) for part in timeline_parts(years))
    yield from _help_pages(data)
    yield from withdrawn_addresses(data)
    for collection in (*PAGES, *ANCHORS):
        hosts = _former_hosts(data, collection)
        for item in _records(data, collection):
            own = address_of(collection, item)
            if own is None:
                continue
            yield own
            yield from filter(None, (record_page_of(collection, item),))
            yield from filter(None, (embed_of(collection, item, old) for old in (None, *_former(item))))
            for old in _former(item):
                former = address_of(collection, item, old)
                if former:
                    yield former
            for name, old in hosts(item):
                former = address_of(collection, {**item, name: old})
                if former:
                    yield former
            yield from _parts(collection, item, own)


def _former_hosts(data: Mapping[str, Any], collection: str) -> Callable[[Mapping[str, Any]], Iterator[tuple[str, str]]]:
    """Give a function that yields the former ids of the record on whose page an item stands."""
    name, host = HOSTS.get(collection, ("", ""))
    former = {item["id"]: _former(item) for item in _records(data, host) if isinstance(item.get("id"), str)}
    return lambda item: ((name, old) for old in former.get(str(item.get(name)), ()))


def _records(data: Mapping[str, Any], collection: str) -> Iterator[Mapping[str, Any]]:
    items = data.get(collection)
    return (item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))


def _help_pages(data: Mapping[str, Any]) -> Iterator[str]:
    countries = {item["country"] for item in _records(data, "services") if isinstance(item.get("country"), str)}
    return (HELP.format(country=country) for country in sorted(countries))


def _former(item: Mapping[str, Any]) -> list[str]:
    former = item.get("former_ids")
    return [old for old in former[:FORMER_IDS] if isinstance(old, str)] if isinstance(former, list) else []


def _parts(collection: str, item: Mapping[str, Any], page: str) -> Iterator[str]:
    for owner, name in PARTS:
        parts = item.get(name)
        if owner != collection or not isinstance(parts, list):
            continue
        for part in parts:
            if isinstance(part, dict) and isinstance(part.get("id"), str):
                for identifier in (part["id"], *_former(part)):
                    yield f"{page}#{part_anchor(collection, name, identifier)}"
