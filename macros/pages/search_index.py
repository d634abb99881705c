"""What search knows: one entry for each thing that somebody may look for, and the words of those who need help.

`macros/pages/search_files.py` writes it for readers; `docs/assets/search.js` says how entries are found and ranked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import SEARCH
from macros.data.languages import LANGUAGES
from macros.data.rows import Search
from macros.data.urls import HELP, in_language
from macros.pages.ui_strings import say

__all__ = ["Cry", "Entry", "cries", "entries", "territories"]

WORLDWIDE = "int"
"""The country under which services for people anywhere stand."""

_TERRITORY = re.compile("(?!EU|EZ|UN|XA|XB|ZZ|QO)[A-Z]{2}\\Z")
"""Codes of countries and territories, without those of unions and of what is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find: its name, what it is, its address, other names it is known by, a text, and its weight."""

    title: str
    kind: str
    address: str
    names: tuple[str, ...] = ()
    text: str = ""
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Cry:
    """Words of somebody who needs help, what help there is for them, where it begins, and for which need."""

    label: str
    address: str
    phrases: Sequence[str]
    need: str


def cries(catalogue: Catalogue) -> Iterator[Cry]:
    """Yield what people write who need help."""
    labels = {word.id: word.label for word in catalogue.document.needs}
    for cry in catalogue.document.distress:
        yield Cry(labels[cry.need], _place(catalogue, _need(catalogue, cry.need)), cry.phrases, cry.need)


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Yield every entry that comes from a record; in a second language those whose page is in that language."""
    if catalogue.language == "en":
        yield from _entries(catalogue)
        return
    for entry in _entries(catalogue):
        address = in_language(entry.address, catalogue.language)
        if address is not None:
            yield replace(entry, address=address)


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    language = catalogue.language
    for collection, row in SEARCH.items():
        fuller = _FULLER.get(kinds.COLLECTIONS[collection])
        for record in getattr(catalogue.document, collection):
            yield from fuller(catalogue, row, record) if fuller else _plain(catalogue, collection, row, record)
    for need in catalogue.need_groups:
        address = _services(language, need.word.id)
        yield Entry(need.word.label, say(language, "Help"), address, (), need.word.meaning, 2)
    pages = {group.word.id: HELP.format(country=group.word.id) for group in catalogue.service_groups}
    if language != "en":  # what has no page in the language is found on the first page of help
        pages = {country: page for country, page in pages.items() if in_language(page, language)}
        if any(country.id == WORLDWIDE for country in catalogue.document.countries):
            pages[WORLDWIDE] = "/help/#countries"
    for country, page in pages.items():
        name = catalogue.get("countries", country).help_name
        own = ("help", "helpline", "hotline") if country != WORLDWIDE else territories(language, without=pages)
        yield Entry(f"{say(language, 'Get help')}: {name}", say(language, "Help"), page, own, "", 2)


def territories(language: str, without: Iterable[str]) -> tuple[str, ...]:
    """Give the names in a language of all countries and territories but some, which are named by their ids.

    Whoever types the name of a country that the site has no page for finds help in another country.
    """
    left_out = {country.upper() for country in without}
    names: Mapping[str, str] = Locale.parse(language).territories
    return tuple(name for code, name in sorted(names.items()) if _TERRITORY.match(code) and code not in left_out)


def _place(catalogue: Catalogue, address: str) -> str:
    return in_language(address, catalogue.language) or address if catalogue.language != "en" else address


def _need(catalogue: Catalogue, identifier: str) -> str:
    """Give where help for a need begins: the first steps of its situation, else the services for it."""
    situation = None if identifier == "emergency" else catalogue.situation_for(identifier)
    return catalogue.address("situations", situation) if situation else _services(catalogue.language, identifier)


def _services(language: str, need: str) -> str:
    """Give where the services for a need are listed."""
    if need == "emergency":
        return "/help/#emergency"
    return (
        f"/help/#need-{need}" if language == "en" else f"{HELP.format(country=LANGUAGES[language].country)}#need-{need}"
    )


def _principle(catalogue: Catalogue, row: Search, principle: Any) -> Iterator[Entry]:
    address = catalogue.address("principles", principle)
    language, number = catalogue.language, principle.number
    kind = say(language, row.kind, number=number)
    category = catalogue.category_of(principle).title
    yield Entry(principle.title, kind, address, (category, *_names(row, principle)), row.text(principle), row.weight)
    for phrase in principle.phrases:
        title = f"\u201c{phrase.phrase}\u201d"
        yield Entry(
            title,
            say(language, "Phrase of principle {number}", number=number),
            f"{address}#phrase-{phrase.id}",
            (),
            phrase.meaning,
        )
    for question in principle.open_questions:
        where = f"{address}#question-{question.id}"
        said = " ".join(view.text for view in question.views)
        kind = say(language, "Open question, principle {number}", number=number)
        yield Entry(question.question, kind, where, (), said, 0.9)


def _stakeholder(catalogue: Catalogue, row: Search, record: Any) -> Iterator[Entry]:
    former = [name.name for name in record.former_names]
    names = (*filter(None, [record.short_name]), *former, *_names(row, record))
    kind = catalogue.word("stakeholder_kinds", record.kind).label
    yield Entry(record.name, kind, catalogue.address("stakeholders", record), names, row.text(record), row.weight)


def _practice(catalogue: Catalogue, row: Search, record: Any) -> Iterator[Entry]:
    who = catalogue.get("stakeholders", record.stakeholder)
    who_name = who.short_name or who.name
    if record.name:
        kind, address = f"{row.kind}, {who_name}", catalogue.address("practices", record)
        yield Entry(record.name, kind, address, _names(row, record), row.text(record), row.weight)


def _service(catalogue: Catalogue, row: Search, record: Any) -> Iterator[Entry]:
    kind = f"{say(catalogue.language, row.kind)}, {catalogue.word('countries', record.country).label}"
    address = catalogue.address("services", record)
    yield Entry(record.name, kind, address, _names(row, record), row.text(record), row.weight)


def _lesson(catalogue: Catalogue, row: Search, record: Any) -> Iterator[Entry]:
    length = f"{record.minutes} minutes"
    names = (f"lesson of {length}", length, *_names(row, record))
    yield Entry(record.title, row.kind, catalogue.address("lessons", record), names, row.text(record), row.weight)


def _plain(catalogue: Catalogue, collection: str, row: Search, record: Any) -> Iterator[Entry]:
    """Yield the one entry of a record of which its row says everything."""
    address = catalogue.details(collection, record)
    kind = say(catalogue.language, row.kind)
    yield Entry(getattr(record, row.title), kind, address, _names(row, record), row.text(record), row.weight)


def _names(row: Search, record: Any) -> tuple[str, ...]:
    other: list[str] = []
    for name in row.names:
        value = getattr(record, name, None) or ()
        other += [value] if isinstance(value, str) else value
    return tuple(other)


_FULLER: Mapping[type, Callable[[Catalogue, Search, Any], Iterator[Entry]]] = {
    kinds.Principle: _principle,
    kinds.Stakeholder: _stakeholder,
    kinds.Practice: _practice,
    kinds.Service: _service,
    kinds.Lesson: _lesson,
}
"""Records of which search knows more than a row can say: what stands in other records, or in their parts."""
