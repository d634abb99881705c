"""One page while it is written: its record, its links to other pages, the sources it has named so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import quote

from macros.data import kinds
from macros.data.catalogue import Catalogue, Group, Use
from macros.data.collections import BESIDE, CHANGED, DATA, SIGNS
from macros.data.languages import LANGUAGES, Foreign
from macros.data.urls import HELP, SOURCES, in_language, source_range
from macros.pages.alphabetical_index import Letter, letters
from macros.pages.bar_charts import Chart, axis, charts
from macros.pages.escaping import long_date, relative
from macros.pages.help_pages import WORLDWIDE, Card, Contact, Opening, cards, contact, facts, opening

__all__ = ["Sheet"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered source mark: `[3]`, and whether a section that is printed has it."""

    number: int
    source: kinds.Source
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with the term or the link that it is, where it is one."""

    text: str
    term: kinds.Term | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A link to the page before or after."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Done:
    """What one stakeholder does about one principle."""

    stakeholder: kinds.Stakeholder
    practices: tuple[kinds.Practice, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The principles that bear on a kind of service."""

    centre: tuple[kinds.Principle, ...]
    relevant: tuple[kinds.Principle, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The services of a country for one need: those written out here, those written out above, those for everyone."""

    word: kinds.Word
    records: tuple[kinds.Service, ...]
    others: tuple[kinds.Service, ...]
    worldwide: tuple[kinds.Service, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark of the matrix: where it leads, the statuses of the practices there, and how many they are."""

    href: str
    statuses: tuple[kinds.Word, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is mended: the end of the file's name, the line, and the page's address as a form takes it."""

    file: str
    line: int
    page: str


ROW = 40
"""Links that a row of a table or a strip can hold. There are eleven principles; a table as wide as it takes for a
thousand would be of no use, and pages that each list them all would cost more than pages do."""


@dataclass(slots=True)
class Sheet:
    """What a template sees as `it`. Sources are numbered in the order in which the page names them."""

    catalogue: Catalogue
    address: str
    record: Any = None
    _numbers: dict[str, int] = field(default_factory=dict)
    _printed: set[str] = field(default_factory=set)
    _on_paper: bool = True
    _in_section: set[str] = field(default_factory=set)
    _on_page: dict[str, kinds.Term] = field(default_factory=dict)

    # --- links ---

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
        return quote(self.address, safe="/")

    @property
    def language(self) -> str:
        """The language that the page is written in (BCP 47)."""
        return self.catalogue.language

    def link(self, collection: str, record: Any) -> str:
        """Give the link from this page to a record."""
        return self.to(self.catalogue.address(collection, record))

    def before(self, record: Any) -> Neighbour | None:
        """Give the link to the record before this one in its collection's order."""
        return self._neighbour(record, -1)

    def after(self, record: Any) -> Neighbour | None:
        """Give the link to the record after this one in its collection's order."""
        return self._neighbour(record, 1)

    def _neighbour(self, record: Any, step: int) -> Neighbour | None:
        collection = self.catalogue.collection_of(record)
        other = self.catalogue.neighbour(collection, record, step)
        return other and Neighbour(getattr(other, "short_name", None) or label_of(other), self.link(collection, other))

    # --- language ---

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
        return text.lang if isinstance(text, Foreign) else None

    def day(self, when: Any) -> str:
        """Give a date in words of the page's language."""
        return long_date(when, self.language)

    def older(self, collection: str, record: Any) -> bool:
        """Whether a record's English has changed since it was translated."""
        return (collection, record.id) in self.catalogue.stale

    # --- mending ---

    def place(self, record: Any, *path: str | int) -> Place:
        """Give where a record's text can be mended, or a part of it by its path in the record."""
        position = self.catalogue.place(record, *path)
        collection = self.catalogue.collection_of(record)
        address = self.catalogue.address(collection, record) if collection != "exercises" else self.address
        if self.language != "en":
            address = in_language(address, self.language) or self.address
        return Place(self.catalogue.file(position), position.line, quote(address, safe="/"))

    # --- sources and certainty ---

    def marks(self, part: Any) -> tuple[Mark, ...]:
        """Give the source marks of a statement; a source met for the first time gets the next number."""
        if self._on_paper:
            self._printed.update(part.sources)
        return tuple(
            Mark(
                self._numbers.setdefault(identifier, len(self._numbers) + 1), self.catalogue.get("sources", identifier)
            )
            for identifier in part.sources
        )

    @property
    def cited(self) -> tuple[Mark, ...]:
        """The sources named on this page, in the order of their numbers."""
        return tuple(
            Mark(number, self.catalogue.get("sources", identifier), identifier in self._printed)
            for identifier, number in self._numbers.items()
        )

    def doubt(self, part: Any) -> kinds.Word | None:
        """Give the word that says how sure a statement is, where it says so itself and is not confirmed."""
        confidence = part.confidence
        if confidence is None or confidence == "confirmed":
            return None
        return self.catalogue.word("confidences", confidence)

    # --- terms ---

    def section(self, printed: bool = True) -> str:
        """Start a section: a term is explained again at its next use. Prints nothing.

        A section that is not `printed` is left out on paper, and with it the sources that only it names.
        """
        self._in_section.clear()
        self._on_paper = printed
        return ""

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield a text in pieces, those apart that are addresses of the site or a term's first use in the section."""
        if isinstance(text, Foreign):
            yield Piece(text)
            return
        start = 0
        for match in self.catalogue.term_pattern.finditer(text):
            found = match.group()
            if found.startswith("/"):
                if found not in self.catalogue.addresses:
                    continue
                piece = Piece(found, href=self.to(found))
            else:
                term = self.catalogue.term_forms[found.lower()]
                if term.id in self._in_section or term.common:
                    continue
                self._in_section.add(term.id)
                self._on_page[term.id] = term
                piece = Piece(found, term)
            yield Piece(text[start : match.start()])
            yield piece
            start = match.end()
        yield Piece(text[start:])

    @property
    def explained(self) -> tuple[kinds.Term, ...]:
        """The terms that this page explains, each once."""
        return tuple(self._on_page.values())

    # --- groups that templates loop over ---

    def practices_by_kind(self, principle: kinds.Principle) -> Iterator[Group]:
        """Yield what stakeholders of each kind do about a principle, one `Done` per stakeholder."""
        practices = groupby(self.catalogue.practices_for(principle), lambda done: done.stakeholder)
        every = (Done(self.catalogue.get("stakeholders", one), tuple(own)) for one, own in practices)
        for kind, records in groupby(every, lambda done: done.stakeholder.kind):
            yield Group(self.catalogue.word("stakeholder_kinds", kind), tuple(records))

    def stakeholders_by_kind(self, principles: Iterable[kinds.Principle]) -> Iterator[Group]:
        """Yield the stakeholders that have to do with any of the principles, by kind."""
        for kind, records in groupby(self.catalogue.stakeholders_of(principles), lambda record: record.kind):
            yield Group(self.catalogue.word("stakeholder_kinds", kind), tuple(records))

    def shared(
        self, stakeholder: kinds.Stakeholder, principles: Iterable[kinds.Principle]
    ) -> tuple[kinds.Principle, ...]:
        """Give those of the principles that a stakeholder has to do with."""
        own = {principle.number for principle in self.catalogue.principles_of(stakeholder)}
        return tuple(principle for principle in principles if principle.number in own)

    def fit(self, kind: kinds.Word) -> Fit:
        """Give the principles that bear on a kind of service, most and also."""
        every = self.catalogue.principles
        return Fit(
            tuple(principle for principle in every if kind.id in principle.services.centre),
            tuple(principle for principle in every if kind.id in principle.services.relevant),
        )

    # --- figures, events, help ---

    def charts(self, figure: kinds.Figure) -> tuple[Chart, ...]:
        """Give a figure's charts."""
        return tuple(charts(figure))

    def doubtful(self, figure: kinds.Figure) -> bool:
        """Say whether any value of a figure's charts is less sure than the figure."""
        return any(bar.doubtful for chart in charts(figure) for row in chart.rows for bar in row.bars)

    def table(self, figure: kinds.Figure) -> Iterator[tuple[str, tuple[kinds.Point | None, ...]]]:
        """Yield each point of the axis with its value in every series, for the table below the chart."""
        by_series = [{point.at: point for point in series.points} for series in figure.series]
        for at in axis(figure.series):
            yield at, tuple(points.get(at) for points in by_series)

    def years(self) -> Iterator[tuple[int, tuple[kinds.Event, ...]]]:
        """Yield the events of each year."""
        for year, events in groupby(self.catalogue.events, lambda event: event.date.year):
            yield year, tuple(events)

    def columns(self) -> tuple[kinds.Principle, ...]:
        """Give every principle in the official order; none where there are more than a row can show."""
        every = self.catalogue.principles
        return every if len(every) <= ROW else ()

    def eleven(self, here: Iterable[kinds.Principle]) -> Iterator[tuple[kinds.Category, kinds.Principle]]:
        """Yield every principle with its category, in the official order; those `here` where all are too many."""
        for principle in self.columns() or here:
            yield self.catalogue.category_of(principle), principle

    def principles_of(self, record: Any) -> tuple[kinds.Principle, ...]:
        """Give the principles that a record names."""
        return tuple(self.catalogue.principle(number) for number in record.principles)

    def stakeholders_of(self, record: Any) -> tuple[kinds.Stakeholder, ...]:
        """Give the stakeholders that a record names."""
        return tuple(self.catalogue.get("stakeholders", identifier) for identifier in record.stakeholders)

    def services_for(self, need: str) -> tuple[kinds.Service, ...]:
        """Give the services for a need."""
        return next((group.records for group in self.catalogue.need_groups if group.word.id == need), ())

    def situations(self, principle: kinds.Principle | None = None) -> tuple[kinds.Situation, ...]:
        """Give what may be happening to a reader, in order; with a principle, what may be happening to its readers."""
        every = self.catalogue.situations
        return every if principle is None else tuple(one for one in every if principle.number in one.principles)

    def cards(self, situation: kinds.Situation) -> tuple[Card, ...]:
        """Give whom to call first in a situation, in every country with help."""
        return tuple(cards(self.catalogue, situation))

    def cards_in(self, country: kinds.Word) -> Iterator[tuple[kinds.Situation, Card]]:
        """Yield every situation with whom to call first in one country."""
        for situation in self.catalogue.situations:
            for card in self.cards(situation):
                if card.country.id == country.id:
                    yield situation, card

    def contact(self, service: kinds.Service) -> Contact | None:
        """Give the way to reach a service that its card shows large."""
        return contact(service)

    def facts(self, service: kinds.Service) -> tuple[str, ...]:
        """Give what is known of a service in a few words each."""
        return facts(service, self.language)

    def opening(self, service: kinds.Service) -> Opening | None:
        """Give when somebody answers, where that is sure."""
        return opening(service)

    def listed_here(self, services: Iterable[kinds.Service]) -> tuple[kinds.Service, ...]:
        """Give the services whose entry is in this page's language, and those for people anywhere."""
        return tuple(
            one for one in services if one.country == WORLDWIDE or self.here(self.catalogue.address("services", one))
        )

    def services_by_need_once(self, services: tuple[kinds.Service, ...]) -> Iterator[Help]:
        """Yield the services of one country for each need; each is written out once, then only named."""
        written: set[str] = set()
        wanted = {service.id for service in services}
        for group in self.catalogue.need_groups:
            here = [service for service in group.records if service.id in wanted]
            new = tuple(service for service in here if service.id not in written)
            others = tuple(service for service in here if service.id in written)
            written.update(service.id for service in new)
            worldwide = tuple(service for service in group.records if service.country == kinds.WORLDWIDE)
            if here or worldwide:
                elsewhere = () if services and services[0].country == kinds.WORLDWIDE else worldwide
                yield Help(group.word, new, others, elsewhere)

    def stakeholder_countries(self) -> tuple[kinds.Country, ...]:
        """Give the countries that stakeholders belong to."""
        used = {country for stakeholder in self.catalogue.stakeholders for country in stakeholder.countries}
        return tuple(country for country in self.catalogue.document.countries if country.id in used)

    def readings_of(self, group: kinds.Group) -> Iterator[tuple[kinds.Principle, kinds.Reading]]:
        """Yield each principle with what it means for a group."""
        for principle in self.catalogue.principles:
            reading = self.catalogue.reading(group, principle)
            if reading:
                yield principle, reading

    def readings_for(self, principle: kinds.Principle) -> Iterator[tuple[kinds.Group, kinds.Reading]]:
        """Yield each group with what a principle means for it."""
        for group in self.catalogue.document.groups:
            reading = self.catalogue.reading(group, principle)
            if reading:
                yield group, reading

    def cell(self, stakeholder: kinds.Stakeholder, principle: kinds.Principle) -> Cell | None:
        """Give what the matrix says where a stakeholder and a principle meet."""
        done = [one for one in self.catalogue.practices_of(stakeholder) if principle.number in one.principles]
        if done:
            statuses = tuple(dict.fromkeys(self.catalogue.word("practice_statuses", one.status) for one in done))
            return Cell(self.link("practices", done[0]), statuses, len(done))
        if principle.number in stakeholder.principles:
            return Cell(self.link("stakeholders", stakeholder) + "#roles", (), 0)
        return None

    def practised(self, kind: kinds.Word) -> tuple[kinds.Practice, ...]:
        """Give what companies with such a service have on record for the principles at its centre."""
        numbers = {principle.number for principle in self.fit(kind).centre}
        companies = {one.id for one in self.catalogue.stakeholders if kind.id in one.service_kinds}
        return tuple(
            done
            for done in self.catalogue.document.practices
            if done.stakeholder in companies and numbers & set(done.principles)
        )

    def collections(self) -> tuple[str, ...]:
        """Give the names of the collections that programs can load."""
        return DATA

    def count(self, collection: str) -> int:
        """Give how many records a collection has."""
        return len(getattr(self.catalogue.document, collection)) if collection in kinds.COLLECTIONS else 0

    def letters(self) -> tuple[Letter, ...]:
        """Give everything that has a name, by letter."""
        return tuple(letters(self.catalogue))

    def terms_by_letter(self) -> Iterator[tuple[str, tuple[kinds.Term, ...]]]:
        """Yield the terms under their first letter."""
        for letter, terms in groupby(self.catalogue.terms, lambda term: (term.term.strip('"') or term.term)[0].upper()):
            yield letter, tuple(terms)

    def notes(self) -> tuple[kinds.Note, ...]:
        """Give the notes that stand on this page."""
        here = self.address.removeprefix(f"/{self.language}/").strip("/")
        return tuple(note for note in self.catalogue.document.notes if note.page == here)

    def details(self, source: kinds.Source) -> str:
        """Give the link to the details of a source."""
        return self.to(f"{SOURCES.format(range=source_range(source.publisher))}#{source.id}")

    def sources_by_letter(self) -> Iterator[tuple[str, tuple[kinds.Source, ...]]]:
        """Yield the sources under the first letter of their publisher."""
        for letter, sources in groupby(self.catalogue.sources, lambda source: source.publisher[0].upper()):
            yield letter, tuple(sources)

    def official_texts(self) -> tuple[kinds.Source, ...]:
        """Give the sources that hold the official text and can be visited."""
        return tuple(source for source in self.catalogue.document.sources if source.official and source.url)

    def changed_collections(self) -> tuple[str, ...]:
        """Give the collections, beside that of principles, whose records a change can name."""
        return tuple(name for name in CHANGED if name != "principles")

    def sign(self, vocabulary: str, word: kinds.Word) -> str:
        """Give the sign that stands in tables for a word of a vocabulary."""
        return SIGNS[vocabulary][word.id]

    def beside(self, record: kinds.Principle | kinds.Stakeholder) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        """Yield the heading, the collection and the records of what a page lists of a record by name alone."""
        for collection, heading in BESIDE.items():
            if isinstance(record, kinds.Principle):
                found = self.catalogue.about(collection, record)
            else:
                found = self.catalogue.naming(collection, record)
            if found:
                yield heading, collection, found

    def named(self, record: Any) -> str:
        """Name a record in a link."""
        return label_of(record)

    def label(self, use: Use) -> str:
        """Name a record that rests on a source."""
        if use.collection == "practices":
            stakeholder = self.catalogue.get("stakeholders", use.record.stakeholder)
            return ": ".join(filter(None, (stakeholder.name, use.record.name)))
        if use.collection == "readings":
            group = self.catalogue.get("groups", use.record.group)
            return f"{group.name}: {label_of(self.catalogue.principle(use.record.principle))}"
        if use.collection == "exercises":
            return label_of(self.catalogue.principle(use.record.principle))
        return label_of(use.record)


def label_of(record: Any) -> str:
    """Name a record in a link."""
    if isinstance(record, kinds.Principle | kinds.Category):
        said = f"{record.number}. {record.title}"
        return Foreign(said) if isinstance(record.title, Foreign) else said
    name: str = getattr(record, "name", None) or getattr(record, "term", None) or record.title
    return name
