"""Everything on the site from A to Z, by the names that readers may know it by: what search offers, without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.collections import A_TO_Z, LISTS
from macros.pages import sitemap

__all__ = ["Entry", "Letter", "letters"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, what it is, where it leads, and the name in use today where that is another."""

    name: str
    kind: str
    address: str
    today: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries under one letter, or under `0-9`."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        """The letter as an id."""
        return f"letter-{self.label.lower()}"


def letters(catalogue: Catalogue) -> Iterator[Letter]:
    """Yield every letter with its entries, in the order of the alphabet; digits come first."""
    entries = sorted(
        set(_entries(catalogue)),
        key=lambda entry: (_letter(entry), _sorted_as(entry.name), entry.kind, entry.name, entry.address),
    )
    for label, group in groupby(entries, _letter):
        yield Letter(label, tuple(group))


HERE = "/a-z/"


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    for address, (template, _) in LISTS.items():
        if address != HERE:
            yield Entry(sitemap.head(template)["title"], "Page", address)
    for collection, kind in A_TO_Z.items():
        for record in getattr(catalogue.document, collection):
            address = catalogue.address(collection, record)
            name = _name(record)
            yield Entry(name, f"{kind} {record.number}" if collection == "principles" else kind, address)
            for other in dict.fromkeys(_other_names(record)):
                if other.casefold() != name.casefold():
                    yield Entry(other, kind, address, name)


def _name(record: Any) -> str:
    name: str = getattr(record, "name", None) or getattr(record, "term", None) or record.title
    return name


def _other_names(record: Any) -> Iterator[str]:
    """Names that may be shown; aliases are for search alone, and may be words that the site asks people not to use."""
    for field in ("short_name", "abbreviation"):
        if getattr(record, field, None):
            yield getattr(record, field)
    yield from (former.name for former in getattr(record, "former_names", ()))


def _sorted_as(name: str) -> str:
    return name.casefold().strip("\"'\u201c\u2018(")


def _letter(entry: Entry) -> str:
    first = _sorted_as(entry.name)[:1].upper()
    return first if first.isalpha() else "0-9"
