"""The checked whole: every record by its id, and the links between records in both directions, made once.

The data stores a link on one side only (a practice names its principles). Here the other side is made (a principle's
practices), in the order of the file, so that pages need no search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from macros.data import kinds
from macros.data.collections import CITING, LINKED
from macros.data.data_folder import COMMON_FILE, overlay_name
from macros.data.translations import Translation
from macros.data.urls import SOURCE_RANGES, address_of, addresses, source_range
from macros.data.yaml_tree import Position, Tree

T = TypeVar("T")

_COLLECTION_OF = {record: name for name, record in kinds.COLLECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Group:
    """Records that share a word of a vocabulary, such as the stakeholders of one kind."""

    word: kinds.Word
    records: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The sources whose publisher's name starts with one of a few letters, such as `a-c`."""

    id: str
    sources: tuple[kinds.Source, ...]

    @property
    def label(self) -> str:
        """The letters as people read them."""
        return self.id.replace("-", " to ").upper().replace("TO", "to")


@dataclass(frozen=True, slots=True)
class Use:
    """A record that rests on a source, and where it stands on the site."""

    collection: str
    record: Any
    address: str


@dataclass(frozen=True, slots=True)
class Translated:
    """The catalogue in a second language, and what is known of the translation."""

    catalogue: Catalogue
    translation: Translation


class Catalogue:
    """All records, checked, with their links. Built once per build; nothing in it changes."""

    def __init__(
        self,
        document: kinds.Document,
        tree: Tree,
        language: str = "en",
        stale: frozenset[tuple[str, str]] = frozenset(),
        english: Catalogue | None = None,
        texts: Tree | None = None,
    ) -> None:
        self.document = document
        self.language = language
        self.stale = stale
        self.english = english
        self.texts = texts
        self.translations: dict[str, Translated] = {}
        self.addresses = frozenset(addresses(tree.data))
        self._ids: dict[str, dict[str, Any]] = {
            name: {record.id: record for record in getattr(document, name)} for name in kinds.COLLECTIONS
        }
        self.tree = tree
        self._ordered: dict[str, tuple[Any, ...]] = {}
        self._indexes: dict[tuple[str, str], int] = {
            (name, record.id): index
            for name in kinds.COLLECTIONS
            for index, record in enumerate(getattr(document, name))
        }
        self._starts: dict[tuple[str, str], Position] = {
            (name, record.id): tree.position((name, index))
            for name in kinds.COLLECTIONS
            for index, record in enumerate(getattr(document, name))
        }

    # --- single records ---

    def get(self, collection: str, identifier: str) -> Any:
        """Give the record of a collection with this id; raises KeyError where there is none."""
        return self._ids[collection][identifier]

    def start(self, collection: str, record: Any) -> Position:
        """Give where a record starts in the data."""
        return self._starts[(collection, record.id)]

    def first(self, collection: str) -> Position:
        """Give where a collection starts in the data."""
        return self.tree.position((collection,), key=True)

    def place(self, record: Any, *path: str | int) -> Position:
        """Give where a record's text stands, or a part of it by its path; in a second language, in its own file.

        A text that is not translated stands where its record does.
        """
        collection = self.collection_of(record)
        if self.texts is not None:
            return self.texts.position((collection, record.id, *path), key=True)
        return self.tree.position((collection, self._indexes[(collection, record.id)], *path), key=True)

    def named(self, position: Position) -> str:
        """Give a position in the data, or in the file of the second language, as messages name it: file and line."""
        tree = self.tree if self.texts is None else self.texts
        return f"{position.file or tree.source.name}:{position.line}"

    def file(self, position: Position) -> str:
        """Give the name of the file in the data folder in which a position is."""
        if self.texts is not None:
            return overlay_name(self.language)
        return PurePath(position.file).name or COMMON_FILE

    def remarks(self) -> Iterator[tuple[Position, str]]:
        """Yield each remark of the data (`# …` on lines of their own) and where it starts."""
        for source in self.tree.sources:
            start, told = 0, ""
            for number, line in enumerate((*source.lines, ""), start=1):
                if line.lstrip().startswith("#"):
                    start, told = start or number, f"{told} {line.lstrip(' #')}".strip()
                elif start:
                    yield Position(start, 1, source.name), told
                    start, told = 0, ""

    def word(self, vocabulary: str, identifier: str) -> kinds.Word:
        """Give the entry of a vocabulary."""
        word: kinds.Word = self._ids[vocabulary][identifier]
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

    # --- ordered lists ---

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
    def term_forms(self) -> Mapping[str, kinds.Term]:
        """Every form in which pages use a term, in small letters, and the term."""
        found: dict[str, kinds.Term] = {}
        for term in self.document.terms:
            for form in filter(None, (term.term, term.abbreviation, *term.forms)):
                found.setdefault(form.strip('"').lower(), term)
        return found

    @cached_property
    def term_pattern(self) -> re.Pattern[str]:
        """Finds addresses of the site, such as /principles/3/, and any form of any term, the longest first."""
        forms = sorted(self.term_forms, key=lambda form: (-len(form), form))
        words = rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?![\w-])"
        return re.compile(rf"(?<![\w/])/[a-z0-9/-]*/(?:#[a-z0-9-]+)?|{words}", re.IGNORECASE)

    @cached_property
    def law_groups(self) -> tuple[Group, ...]:
        """The laws of each country, by the date they took effect or were proposed."""
        laws = sorted(self.document.laws, key=lambda law: law.date.text)
        return self._grouped("countries", laws, lambda law: law.country)

    @cached_property
    def service_groups(self) -> tuple[Group, ...]:
        """The help services of each country."""
        return self._grouped("countries", self.document.services, lambda service: service.country)

    @cached_property
    def need_groups(self) -> tuple[Group, ...]:
        """The help services for each need, in the order of needs."""
        found = _by(self.document.services, lambda service: service.needs)
        return tuple(Group(word, found[word.id]) for word in self.document.needs if word.id in found)

    @cached_property
    def situations(self) -> tuple[kinds.Situation, ...]:
        """What may be happening to a reader who needs help, in the order of the help page."""
        return self._order("situations")

    def situation_for(self, need: str) -> kinds.Situation | None:
        """Give the situation whose steps come first for a need; the need stands first among its own where it can."""
        fitting = [situation for situation in self.situations if need in situation.needs]
        return min(fitting, key=lambda situation: situation.needs.index(need), default=None)

    @cached_property
    def source_pages(self) -> tuple[SourcePage, ...]:
        """The sources of every range of letters, by publisher and title."""
        found = _by(self.sources, lambda source: (source_range(source.publisher),))
        return tuple(SourcePage(span, found.get(span, ())) for span in SOURCE_RANGES)

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
        return tuple(sorted(self.document.changes, key=lambda change: change.date, reverse=True))

    @property
    def latest_change(self) -> kinds.Change | None:
        """The newest entry of the list of changes."""
        return next(iter(self.changes), None)

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

    # --- links from the other side ---

    def about(self, collection: str, *principles: kinds.Principle) -> tuple[Any, ...]:
        """Give the records of a collection that bear on any of the principles, in the collection's order."""
        found = self._about[collection]
        if len(principles) == 1:
            return found.get(principles[0].number, ())
        places = self._places[collection]
        records = {record.id: record for principle in principles for record in found.get(principle.number, ())}
        return tuple(sorted(records.values(), key=lambda record: places[record.id]))

    def reading(self, group: kinds.Group, principle: kinds.Principle) -> kinds.Reading | None:
        """Give what a principle means for a group of readers."""
        return self._readings.get((group.id, principle.number))

    def exercise(self, principle: kinds.Principle) -> kinds.Exercise | None:
        """Give the questions about a principle."""
        return self._exercises.get(principle.number)

    def naming(self, collection: str, stakeholder: kinds.Stakeholder) -> tuple[Any, ...]:
        """Give the records of a collection that name a stakeholder, in the collection's order."""
        return self._naming[collection].get(stakeholder.id, ())

    def principles_of_category(self, category: kinds.Category) -> tuple[kinds.Principle, ...]:
        """Give a category's principles by number."""
        return self._principles_by_category.get(category.id, ())

    def practices_for(self, principle: kinds.Principle) -> tuple[kinds.Practice, ...]:
        """Give what is done about a principle, by stakeholder kind and in the order of the file."""
        return self._practices_by_number.get(principle.number, ())

    def practices_of(self, stakeholder: kinds.Stakeholder) -> tuple[kinds.Practice, ...]:
        """Give what a stakeholder does."""
        return self._practices_by_stakeholder.get(stakeholder.id, ())

    def principles_of(self, stakeholder: kinds.Stakeholder) -> tuple[kinds.Principle, ...]:
        """Give the principles a stakeholder has to do with, by number."""
        return tuple(self.principle(number) for number in sorted(self._numbers_of[stakeholder.id]))

    def stakeholders_of(self, principles: Iterable[kinds.Principle]) -> tuple[kinds.Stakeholder, ...]:
        """Give the stakeholders that have to do with any of these principles."""
        numbers = {principle.number for principle in principles}
        return tuple(record for record in self.stakeholders if self._numbers_of[record.id] & numbers)

    def people_of(self, stakeholder: kinds.Stakeholder) -> tuple[kinds.Stakeholder, ...]:
        """Give the people who spoke for an organisation."""
        return self._people_by_organisation.get(stakeholder.id, ())

    def uses_of(self, source: kinds.Source) -> tuple[Use, ...]:
        """Give the records that rest on a source."""
        return tuple(self._uses.get(source.id, ()))

    def changes_of(self, record: Any) -> tuple[kinds.Change, ...]:
        """Give what changed on a record's page, newest first; none for records that no change can name."""
        collection = self.collection_of(record)
        key = record.number if isinstance(record, kinds.Principle) else record.id
        return tuple(change for change in self.changes if key in getattr(change, collection, ()))

    # --- how the links are made ---

    @cached_property
    def _by_number(self) -> Mapping[int, kinds.Principle]:
        return {principle.number: principle for principle in self.document.principles}

    @cached_property
    def _about(self) -> Mapping[str, Mapping[int, tuple[Any, ...]]]:
        return {name: _by(self._order(name), _principle_numbers) for name in LINKED}

    @cached_property
    def _readings(self) -> Mapping[tuple[str, int], kinds.Reading]:
        return {(reading.group, reading.principle): reading for reading in self.document.readings}

    @cached_property
    def _exercises(self) -> Mapping[int, kinds.Exercise]:
        return {exercise.principle: exercise for exercise in self.document.exercises}

    @cached_property
    def _naming(self) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
        return {name: _by(self._order(name), lambda record: getattr(record, "stakeholders", ())) for name in LINKED}

    @cached_property
    def _principles_by_category(self) -> Mapping[str, tuple[kinds.Principle, ...]]:
        return _by(self.principles, lambda principle: (principle.category,))

    @cached_property
    def _practices_by_number(self) -> Mapping[int, tuple[kinds.Practice, ...]]:
        order = {stakeholder.id: place for place, stakeholder in enumerate(self.stakeholders)}
        ordered = sorted(self.document.practices, key=lambda practice: order[practice.stakeholder])
        return _by(ordered, lambda practice: practice.principles)

    @cached_property
    def _practices_by_stakeholder(self) -> Mapping[str, tuple[kinds.Practice, ...]]:
        return _by(self.document.practices, lambda practice: (practice.stakeholder,))

    @cached_property
    def _people_by_organisation(self) -> Mapping[str, tuple[kinds.Stakeholder, ...]]:
        people = (record for record in self.document.stakeholders if record.organisation)
        return _by(people, lambda record: (record.organisation,))

    @cached_property
    def _numbers_of(self) -> Mapping[str, frozenset[int]]:
        return {
            record.id: frozenset(record.principles).union(*(done.principles for done in self.practices_of(record)))
            for record in self.document.stakeholders
        }

    @cached_property
    def _uses(self) -> Mapping[str, list[Use]]:
        found: dict[str, list[Use]] = defaultdict(list)
        for name in CITING:
            for record in getattr(self.document, name):
                use = Use(name, record, self.address(name, record))
                for identifier in dict.fromkeys(_cited(record)):
                    found[identifier].append(use)
        return found

    def _grouped(self, vocabulary: str, records: Iterable[Any], key: Callable[[Any], str]) -> tuple[Group, ...]:
        found = _by(records, lambda record: (key(record),))
        words = getattr(self.document, vocabulary)
        return tuple(Group(word, found[word.id]) for word in words if word.id in found)


def _by(records: Iterable[T], keys: Callable[[T], Iterable[Any]]) -> dict[Any, tuple[T, ...]]:
    found: dict[Any, list[T]] = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(keys(record)):
            found[key].append(record)
    return {key: tuple(values) for key, values in found.items()}


def _principle_numbers(record: Any) -> tuple[int, ...]:
    if isinstance(record, kinds.Law):
        return tuple(link.principle for link in record.links)
    numbers: tuple[int, ...] = record.principles
    return numbers


def _cited(part: Any) -> Iterator[str]:
    """Yield the ids of the sources that a record or anything in it names."""
    if isinstance(part, kinds.Part):
        yield from getattr(part, "sources", ())
        for name in type(part).model_fields:
            if name != "sources":
                yield from _cited(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _cited(item)
