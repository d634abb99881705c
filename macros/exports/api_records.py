"""What programs are given of each record below `/api/v1/`: its fields, and which answer it came with.

Left out are words that serve search alone, and fields of a help service that are not sure enough to be printed. Beside
a date that may be a year or a month stand the first and the last day that it can mean, for programs that compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA, LIST_PAGES, SHOWN
from macros.data.field_types import PartialDate
from macros.data.languages import UntranslatedText
from macros.data.urls import address_of, in_language
from macros.pages.site_info import edition

__all__ = [
    "CONTACTS",
    "HIDDEN",
    "LICENCE",
    "LICENCE_ADDRESS",
    "LICENCE_ID",
    "TRANSLATED",
    "VERSION",
    "Answer",
    "answer_of",
    "published",
]

VERSION = 1
LICENCE = "CC BY 4.0"
LICENCE_ID = "CC-BY-4.0"
"""The same in the list of SPDX."""

LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"

HIDDEN = frozenset({"aliases", "mark", "marks"})
"""Fields that nobody is given: words for search alone, and how sure single fields of a service are."""

CONTACTS = ("url", "phone", "text", "chat", "email", "hours", "ages", "languages", "anonymous")
"""Fields of a service that are left out where they are not sure enough."""

TRANSLATED: tuple[str, ...] = tuple(name for name in DATA if name in SHOWN)
"""Collections that programs are given in second languages too: those whose records pages there show."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where data come from, which each answer says: the version of their form, the edition, the licence, a language."""

    edition: str
    language: str = "en"

    def said(self) -> dict[str, Any]:
        """Give it as fields."""
        return {"version": VERSION, "edition": self.edition, "licence": LICENCE, "language": self.language}


def answer_of(catalogue: Catalogue) -> Answer:
    """Give what answers with the data of a catalogue say of where they come from."""
    return Answer(edition(catalogue.english or catalogue).isoformat(), catalogue.language)


def published(catalogue: Catalogue, collection: str, record: Any) -> dict[str, Any]:
    """Give a record as programs get it: where it stands on the site, then its fields in the order of the model.

    In a second language `in_english` names each text that is not translated, and `behind_english` says that one of
    them renders an older English.
    """
    english: list[str] = []
    fields = _given(record, "", english)
    if isinstance(record, kinds.Service):
        for field in CONTACTS:
            if not record.printable(field):
                fields.pop(field, None)
        if not record.printable("hours"):
            fields.pop("open", None)  # the same hours again
    if isinstance(record, kinds.Source) and record.archive:
        fields["archived"] = record.archive
    made = {"address": _address(catalogue, collection, record), **fields}
    if catalogue.language != "en":
        if english:
            made["in_english"] = english
        if (collection, record.id) in catalogue.outdated:
            made["behind_english"] = True
    return made


def _address(catalogue: Catalogue, collection: str, record: Any) -> str:
    """Give where a record stands: on a page of its own or with others, at its place in a list, where it once stood."""
    said = address_of(collection, vars(record)) or getattr(record, "address", None)
    address = said or f"{LIST_PAGES[collection].address}#{record.id}"
    own = in_language(address, catalogue.language) if catalogue.language != "en" else None
    return own or address


@cache
def _names(part: type[kinds.Part]) -> tuple[str, ...]:
    return tuple(name for name in part.model_fields if name not in HIDDEN)


def _given(part: kinds.Part, place: str, english: list[str]) -> dict[str, Any]:
    """Give the fields of a record or a part of one that have a value; note the places of texts left in English."""
    made: dict[str, Any] = {}
    for name in _names(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        made[name] = _value(value, f"{place}.{name}" if place else name, english)
        if isinstance(value, PartialDate):
            made |= dict(_days(name, value))
    return made


def _days(name: str, value: PartialDate) -> Iterator[tuple[str, str]]:
    yield f"{name}_from", value.first_day.isoformat()
    yield f"{name}_to", value.last_day.isoformat()
    yield f"{name}_precision", value.precision


def _value(value: Any, place: str, english: list[str]) -> Any:
    if isinstance(value, kinds.Part):
        return _given(value, place, english)
    if isinstance(value, tuple):
        return [_value(item, f"{place}[{at}]", english) for at, item in enumerate(value)]
    if isinstance(value, PartialDate | date):
        return str(value)
    if isinstance(value, UntranslatedText):
        english.append(place)
    return value
