"""Records in the groups that pages show them in: by kind, by year, by letter, by need, and where two of them meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from macros.data import kinds
from macros.data.collections import BESIDE
from macros.data.ordered_records import Group
from macros.pages.alphabetical_index import Letter, letters
from macros.pages.page_links import PageLinks

__all__ = ["Groupings", "Help", "MatrixCell", "PracticesByStakeholder", "Relevance"]


@dataclass(frozen=True, slots=True)
class PracticesByStakeholder:
    """What one stakeholder does about one principle."""

    stakeholder: kinds.Stakeholder
    practices: tuple[kinds.Practice, ...]


@dataclass(frozen=True, slots=True)
class Relevance:
    """The principles that bear on a kind of service."""

    centre: tuple[kinds.Principle, ...]
    relevant: tuple[kinds.Principle, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The services of a country for one need: those written out here, those written out above, those for everyone."""

    word: kinds.VocabularyTerm
    records: tuple[kinds.Service, ...]
    others: tuple[kinds.Service, ...]
    worldwide: tuple[kinds.Service, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A mark of the matrix: where it leads, the statuses of the practices there, and how many they are."""

    href: str
    statuses: tuple[kinds.VocabularyTerm, ...]
    count: int


ROW = 40
"""Links that a row of a table or a strip can hold. There are eleven principles; a table as wide as it takes for a
thousand would be of no use, and pages that each list them all would cost more than pages do."""


@dataclass(slots=True)
class Groupings(PageLinks):
    """What a page loops over."""

    def practices_by_kind(self, principle: kinds.Principle) -> Iterator[Group]:
        """Yield what stakeholders of each kind do about a principle, one `PracticesByStakeholder` per stakeholder."""
        practices = groupby(self.catalogue.practices_for(principle), lambda done: done.stakeholder)
        every = (PracticesByStakeholder(self.catalogue.get("stakeholders", one), tuple(own)) for one, own in practices)
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

    def relevance(self, kind: kinds.VocabularyTerm) -> Relevance:
        """Give the principles that bear on a kind of service, most and also."""
        every = self.catalogue.principles
        return Relevance(
            tuple(principle for principle in every if kind.id in principle.services.centre),
            tuple(principle for principle in every if kind.id in principle.services.relevant),
        )

    def years(self) -> Iterator[tuple[int, tuple[kinds.Event, ...]]]:
        """Yield the events of each year."""
        for year, events in groupby(self.catalogue.events, lambda event: event.date.year):
            yield year, tuple(events)

    def every_year(self) -> tuple[tuple[int, tuple[kinds.Event, ...]], ...]:
        """Give each year from the first event to the last with its events, the years without any too."""
        found = dict(self.years())
        return tuple((year, found.get(year, ())) for year in range(min(found), max(found) + 1)) if found else ()

    def dates(self) -> tuple[kinds.Event, ...]:
        """Give the few events whose dates open the timeline."""
        return tuple(event for event in self.catalogue.events if event.matters)

    def judged(self) -> Iterator[tuple[kinds.VocabularyTerm, tuple[kinds.Statement, ...]]]:
        """Yield each word of a verdict with the claims of the announcement that have it."""
        for word in self.catalogue.document.verdicts:
            yield word, tuple(one for one in self.catalogue.document.announcement if one.verdict == word.id)

    def claimed(self, figure: kinds.Figure) -> tuple[kinds.Statement, ...]:
        """Give the claims of the announcement that use a figure."""
        return tuple(one for one in self.catalogue.document.announcement if figure.id in one.figures)

    def columns(self) -> tuple[kinds.Principle, ...]:
        """Give every principle in the official order; none where there are more than a row can show."""
        every = self.catalogue.principles
        return every if len(every) <= ROW else ()

    def principle_nav(self, here: Iterable[kinds.Principle]) -> Iterator[tuple[kinds.Category, kinds.Principle]]:
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

    def governments(self) -> tuple[kinds.Country, ...]:
        """Give the countries whose governments wrote the principles."""
        wrote = {
            country
            for stakeholder in self.catalogue.stakeholders
            if stakeholder.status == "author" and stakeholder.kind == "government"
            for country in stakeholder.countries
            if country != kinds.WORLDWIDE
        }
        return tuple(country for country in self.catalogue.document.countries if country.id in wrote)

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

    def matrix_cell(self, stakeholder: kinds.Stakeholder, principle: kinds.Principle) -> MatrixCell | None:
        """Give what the matrix says where a stakeholder and a principle meet."""
        done = [one for one in self.catalogue.practices_of(stakeholder) if principle.number in one.principles]
        if done:
            statuses = tuple(dict.fromkeys(self.catalogue.word("practice_statuses", one.status) for one in done))
            return MatrixCell(self.link("practices", done[0]), statuses, len(done))
        if principle.number in stakeholder.principles:
            return MatrixCell(self.link("stakeholders", stakeholder) + "#roles", (), 0)
        return None

    def practised(self, kind: kinds.VocabularyTerm) -> tuple[kinds.Practice, ...]:
        """Give what companies with such a service have on record for the principles at its centre."""
        numbers = {principle.number for principle in self.relevance(kind).centre}
        companies = [one for one in self.catalogue.stakeholders if kind.id in one.service_kinds]
        practices = (done for company in companies for done in self.catalogue.practices_of(company))
        return tuple(done for done in practices if numbers & set(done.principles))

    def letters(self) -> tuple[Letter, ...]:
        """Give everything that has a name, by letter."""
        return tuple(letters(self.catalogue))

    def terms_by_letter(self) -> Iterator[tuple[str, tuple[kinds.Term, ...]]]:
        """Yield the terms under their first letter."""
        for letter, terms in groupby(self.catalogue.terms, lambda term: (term.term.strip('"') or term.term)[0].upper()):
            yield letter, tuple(terms)

    def sources_by_letter(self) -> Iterator[tuple[str, tuple[kinds.Source, ...]]]:
        """Yield the sources under the first letter of their publisher."""
        for letter, sources in groupby(self.catalogue.sources, lambda source: source.publisher[0].upper()):
            yield letter, tuple(sources)

    def beside(self, record: kinds.Principle | kinds.Stakeholder) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        """Yield the heading, the collection and the records of what a page lists of a record by name alone."""
        for collection, heading in BESIDE.items():
            if isinstance(record, kinds.Principle):
                found = self.catalogue.about(collection, record)
            else:
                found = self.catalogue.naming(collection, record)
            if found:
                yield heading, collection, found
