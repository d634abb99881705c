"""Links between records from the other side: the data stores each on one, and here the other is made, once.

A practice names its principles; a principle's practices are found here, in the order of the file, so that pages need no
search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from macros.data import kinds
from macros.data.collections import CITING, LINKED
from macros.data.ordered_records import OrderedRecords, by_key

__all__ = ["Backlinks", "Use"]


@dataclass(frozen=True, slots=True)
class Use:
    """A record that rests on a source, and where most is said of it."""

    collection: str
    record: Any
    address: str


class Backlinks(OrderedRecords):
    """Records, and what names each of them."""

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
        """Give what is done about a principle, by stakeholder kind, then in the order of principles."""
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

    @cached_property
    def official_texts(self) -> tuple[kinds.Source, ...]:
        """The sources that hold the official text and can be visited; first the one that most records rest on."""
        found = (source for source in self.document.sources if source.official and source.url)
        return tuple(sorted(found, key=lambda source: -len(self.uses_of(source))))

    def changes_of(self, record: Any) -> tuple[kinds.Change, ...]:
        """Give what changed on a record's page, newest first; none for records that no change can name."""
        collection = self.collection_of(record)
        key = record.number if isinstance(record, kinds.Principle) else record.id
        return tuple(change for change in self.changes if key in getattr(change, collection, ()))

    @cached_property
    def _about(self) -> Mapping[str, Mapping[int, tuple[Any, ...]]]:
        return {name: by_key(self._order(name), _principle_numbers) for name in LINKED}

    @cached_property
    def _readings(self) -> Mapping[tuple[str, int], kinds.Reading]:
        return {(reading.group, reading.principle): reading for reading in self.document.readings}

    @cached_property
    def _exercises(self) -> Mapping[int, kinds.Exercise]:
        return {exercise.principle: exercise for exercise in self.document.exercises}

    @cached_property
    def _naming(self) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
        return {name: by_key(self._order(name), lambda record: getattr(record, "stakeholders", ())) for name in LINKED}

    @cached_property
    def _principles_by_category(self) -> Mapping[str, tuple[kinds.Principle, ...]]:
        return by_key(self.principles, lambda principle: (principle.category,))

    @cached_property
    def _practices_by_number(self) -> Mapping[int, tuple[kinds.Practice, ...]]:
        order = {stakeholder.id: place for place, stakeholder in enumerate(self.stakeholders)}
        ordered = sorted(self._order("practices"), key=lambda practice: order[practice.stakeholder])
        return by_key(ordered, lambda practice: practice.principles)

    @cached_property
    def _practices_by_stakeholder(self) -> Mapping[str, tuple[kinds.Practice, ...]]:
        return by_key(self._order("practices"), lambda practice: (practice.stakeholder,))

    @cached_property
    def _people_by_organisation(self) -> Mapping[str, tuple[kinds.Stakeholder, ...]]:
        people = (record for record in self.document.stakeholders if record.organisation)
        return by_key(people, lambda record: (record.organisation,))

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
                use = Use(name, record, self.details(name, record))
                for identifier in dict.fromkeys(_cited(record)):
                    found[identifier].append(use)
        return found


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
