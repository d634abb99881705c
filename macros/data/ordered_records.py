"""Every record by its id, and the records of each kind in the order in which pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from macros.data import kinds
from macros.data.collections import CITING
from macros.data.urls import (
    DETAILS,
    FORMER_RANGES,
    SOURCE_RANGES,
    address_of,
    details_of,
    in_range,
    is_card,
    source_range,
    timeline_parts,
    years_page,
)

__all__ = ["Group", "ListPart", "OrderedRecords", "by_key"]

T = TypeVar("T")

_COLLECTION_OF = {record: name for name, record in kinds.COLLECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Group:
    """Records that share a word of a vocabulary, such as the stakeholders of one kind."""

    word: kinds.VocabularyTerm
    records: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ListPart:
    """Records of a long list whose details stand on one page: sources by letter (`a-c`), events by year (`2024`)."""

    collection: str
    id: str
    records: tuple[Any, ...]

    @property
    def address(self) -> str:
        """The page."""
        return DETAILS[self.collection].format(part=self.id)

    @property
    def label(self) -> str:
        """The letters or years as people read them."""
        return self.id.replace("-", " to ").upper().replace("TO", "to") if self.collection == "sources" else self.id

    @property
    def is_former(self) -> bool:
        """Whether it was divided since, and its page leads on to where the details are now."""
        return self.id in FORMER_RANGES


class OrderedRecords:
    """The records of a checked document, one by one and in the order in which pages show them."""

    def __init__(self, document: kinds.Document) -> None:
        self.document = document
        self._ids: dict[str, dict[str, Any]] = {
            name: {record.id: record for record in getattr(document, name)} for name in kinds.COLLECTIONS
        }
        self._ordered: dict[str, tuple[Any, ...]] = {}

    def get(self, collection: str, identifier: str) -> Any:
        """Give the record of a collection with this id; raises KeyError where there is none."""
        return self._ids[collection][identifier]

    def word(self, vocabulary: str, identifier: str) -> kinds.VocabularyTerm:
        """Give the entry of a vocabulary."""
        word: kinds.VocabularyTerm = self._ids[vocabulary][identifier]
        return word

    def principle(self, number: int) -> kinds.Principle:
        """Give the principle with an official number."""
        return self._by_number[number]

    def category_of(self, principle: kinds.Principle) -> kinds.Category:
        """Give the category a principle stands under."""
        category: kinds.Category = self._ids["categories"][principle.category]
        return category

    @staticmethod
    def address(collection: str, record: Any) -> str:
        """Give a record's address from the site's root."""
        address = address_of(collection, vars(record))
        if address is None:
            raise LookupError(f"records of {collection} have no address")
        return address

    @classmethod
    def details(cls, collection: str, record: Any) -> str:
        """Give where most is said of a record: its address, or where that only names it, the page with its details."""
        return details_of(collection, record) or cls.address(collection, record)

    @cached_property
    def principles(self) -> tuple[kinds.Principle, ...]:
        """The principles by their official number."""
        return self._order("principles")

    @cached_property
    def categories(self) -> tuple[kinds.Category, ...]:
        """The categories in their official order."""
        return self._order("categories")

    @cached_property
    def stakeholders(self) -> tuple[kinds.Stakeholder, ...]:
        """The stakeholders by kind, then in the order of the file."""
        return self._order("stakeholders")

    @cached_property
    def stakeholder_groups(self) -> tuple[Group, ...]:
        """The stakeholders of each kind that has any."""
        return self._grouped("stakeholder_kinds", self.document.stakeholders, lambda record: record.kind)

    @cached_property
    def events(self) -> tuple[kinds.Event, ...]:
        """The events by date; one of which only the month or year is known stands at that period's end."""
        return self._order("events")

    @cached_property
    def terms(self) -> tuple[kinds.Term, ...]:
        """The terms of the glossary from A to Z."""
        return self._order("terms")

    @cached_property
    def questions(self) -> tuple[kinds.Question, ...]:
        """The questions that people ask, by group, then in the order of the file."""
        return self._order("questions")

    @cached_property
    def question_groups(self) -> tuple[Group, ...]:
        """The questions of each group that has any."""
        return self._grouped("question_groups", self.document.questions, lambda question: question.group)

    @cached_property
    def measures(self) -> tuple[kinds.Measure, ...]:
        """The steps for services, by the time for which they are, then in the order of the file."""
        return self._order("measures")

    @cached_property
    def measure_groups(self) -> tuple[Group, ...]:
        """All measures by the time for which they are; times without one are left out."""
        return self._grouped("measure_times", self.document.measures, lambda measure: measure.when)

    @cached_property
    def tools(self) -> tuple[kinds.Tool, ...]:
        """The tools for services, by kind, then from A to Z by id."""
        return self._order("tools")

    @cached_property
    def tool_groups(self) -> tuple[Group, ...]:
        """All tools by their kind; kinds without one are left out."""
        return self._grouped("tool_kinds", self.document.tools, lambda tool: tool.kind)

    @cached_property
    def law_groups(self) -> tuple[Group, ...]:
        """The laws of each country, by the date they took effect or were proposed."""
        return self._grouped("countries", self._order("laws"), lambda law: law.country)

    @cached_property
    def service_groups(self) -> tuple[Group, ...]:
        """The help services of each country."""
        return self._grouped("countries", self.document.services, lambda service: service.country)

    @cached_property
    def need_groups(self) -> tuple[Group, ...]:
        """The help services for each need, in the order of needs."""
        found = by_key(self.document.services, lambda service: service.needs)
        return tuple(Group(word, found[word.id]) for word in self.document.needs if word.id in found)

    @cached_property
    def situations(self) -> tuple[kinds.Situation, ...]:
        """What may be happening to a reader who needs help, in the order of the help page."""
        return self._order("situations")

    @cached_property
    def list_parts(self) -> Mapping[str, ListPart]:
        """The parts of the sources and of the timeline, each by the address of its page."""
        ranges = by_key(self.sources, lambda source: (source_range(source.publisher),))
        ranges |= {
            span: tuple(source for source in self.sources if in_range(source.publisher, span)) for span in FORMER_RANGES
        }
        years = by_key(self.events, lambda event: (years_page(event.date.year),))
        every = timeline_parts(event.date.year for event in self.events)
        parts = (
            *(ListPart("sources", span, ranges.get(span, ())) for span in (*SOURCE_RANGES, *FORMER_RANGES)),
            *(ListPart("events", part, years.get(part, ())) for part in every),
        )
        return {part.address: part for part in parts}

    @cached_property
    def sources(self) -> tuple[kinds.Source, ...]:
        """The sources by publisher and title, as a reader looks for them."""
        return tuple(sorted(self.document.sources, key=lambda source: (source.publisher.lower(), source.title.lower())))

    @cached_property
    def last_checked(self) -> Any:
        """The latest day on which any record was checked against its sources."""
        return max(
            record.checked for name in CITING for record in getattr(self.document, name) if hasattr(record, "checked")
        )

    @cached_property
    def changes(self) -> tuple[kinds.Change, ...]:
        """The list of changes, newest first."""
        newest = reversed(self.document.changes)  # of one day the later one, which stands further down
        return tuple(sorted(newest, key=lambda change: change.date, reverse=True))

    @property
    def latest_change(self) -> kinds.Change | None:
        """The newest entry of the list of changes."""
        return next(iter(self.changes), None)

    @cached_property
    def withdrawn_pages(self) -> tuple[kinds.Withdrawal, ...]:
        """What was withdrawn and had a page of its own."""
        return tuple(gone for gone in self.document.withdrawn if not gone.anchor and not is_card(gone.address))

    def withdrawn_from(self, page: str) -> tuple[kinds.Withdrawal, ...]:
        """Give what was withdrawn from a page that is still there, by the page's address in English."""
        return tuple(gone for gone in self.document.withdrawn if gone.anchor and gone.page == page)

    @staticmethod
    def collection_of(record: Any) -> str:
        """Name the collection that a record belongs to."""
        return _COLLECTION_OF[type(record)]

    def neighbour(self, collection: str, record: Any, step: int) -> Any:
        """Give the record a step before (-1) or after (1) another in the order in which pages stand; None at an end."""
        order = self._places[collection]
        place = order[record.id] + step
        records = self._order(collection)
        return records[place] if 0 <= place < len(records) else None

    def _order(self, collection: str) -> tuple[Any, ...]:
        """Give the records of a collection in the order in which pages stand, as its row says."""
        found = self._ordered.get(collection)
        if found is None:
            found, row = getattr(self.document, collection), kinds.KINDS.get(collection)
            if row and row.order:
                found = tuple(sorted(found, key=row.order))
            if row and row.grouped:
                vocabulary, name = row.grouped
                groups = self._grouped(vocabulary, found, lambda record: getattr(record, name))
                found = tuple(record for group in groups for record in group.records)
            self._ordered[collection] = found
        return found

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, int]]:
        return {
            name: {record.id: place for place, record in enumerate(self._order(name))} for name in kinds.COLLECTIONS
        }

    @cached_property
    def _by_number(self) -> Mapping[int, kinds.Principle]:
        return {principle.number: principle for principle in self.document.principles}

    def _grouped(self, vocabulary: str, records: Iterable[Any], key: Callable[[Any], str]) -> tuple[Group, ...]:
        found = by_key(records, lambda record: (key(record),))
        words = getattr(self.document, vocabulary)
        return tuple(Group(word, found[word.id]) for word in words if word.id in found)


def by_key(records: Iterable[T], keys: Callable[[T], Iterable[Any]]) -> dict[Any, tuple[T, ...]]:
    """Give the records that have each key, in their order; `keys` gives those of a record."""
    found: dict[Any, list[T]] = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(keys(record)):
            found[key].append(record)
    return {key: tuple(values) for key, values in found.items()}
