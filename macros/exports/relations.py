"""The data as tables with keys: for the database and the workbook. Made from the rows and fields of the kinds alone.

A collection is a table, with a column for each field that has one value; a part of a record gives its fields to the
record's table. What a record has several of stands in tables of their own, named after the record's and the field: of
parts (`principles_phrases`), or of names of other records (`events_principles`). Two lists are the same everywhere and
stand together: statements in our own words (`statements`), and which source a place rests on (`cited_sources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from macros.data import kinds
from macros.data.collections import DATA, SINGULAR
from macros.data.field_types import Ref
from macros.data.shapes import Shape, shapes
from macros.exports.api_records import HIDDEN
from macros.exports.api_schema import DATE, definition_of_part, word_fields
from macros.formats.relation import Column, Relation, Type

__all__ = ["CITED", "STATEMENTS", "codes", "relations", "vocabularies"]

STATEMENTS = "statements"
CITED = "cited_sources"

_CLAIM = frozenset({"text", "sources", "ours", "confidence"})
_NOT_OF_RECORDS = frozenset({"in_english", "behind_english", "dataset"})
"""What answers say of themselves."""


Records = Mapping[str, Iterable[dict[str, Any]]]
"""The records of each collection, as programs get them."""

Words = Mapping[str, list[dict[str, str]]]
"""The codes of each vocabulary, with labels and meanings."""


def relations(records: Records) -> tuple[Relation, ...]:
    """Give the table of each collection, those of the lists in its records, and at the end those that all share."""
    shared = {one.name: one for one in (_statements(), _cited())}
    made: list[Relation] = []
    for name in DATA:
        top = _Plan.of_collection(name)
        for record in records[name]:
            _fill(top, (record["id"],), record, name, "", shared)
        made += top.tables()
    named = {column.refers for one in (*made, *shared.values()) for column in one.columns if column.refers}
    return (*(replace(one, unique=_unique(one, named)) for one in made), *shared.values())


def codes(words: Words) -> tuple[Relation, ...]:
    """Give a table for each vocabulary."""
    fields = word_fields()
    columns = (*_word_columns(), _POSITION)
    return tuple(
        Relation(
            name,
            f"Each {SINGULAR[name]}.",
            columns,
            ("code",),
            [(*(word.get(one) for one in fields), at) for at, word in enumerate(given, 1)],
        )
        for name, given in words.items()
    )


def vocabularies(words: Words) -> Relation:
    """Give the codes of all vocabularies as one table."""
    columns = (Column("vocabulary", "text", "The list of codes."), _POSITION, *_word_columns())
    rows = [
        (name, at, *(word.get(one) for one in word_fields()))
        for name, given in words.items()
        for at, word in enumerate(given, 1)
    ]
    return Relation("vocabularies", "Each code that fields have.", columns, ("vocabulary", "code"), rows)


def _unique(relation: Relation, named: set[tuple[str, str]]) -> tuple[str, ...]:
    """Give the columns, beside the key, by which other tables name rows of one."""
    return tuple(
        one.name for one in relation.columns if (relation.name, one.name) in named and (one.name,) != relation.key
    )


def _word_columns() -> tuple[Column, ...]:
    return tuple(Column(name, "text", meaning) for name, meaning in word_fields().items())


_POSITION = Column("position", "integer", "Its place in the list, from 1.")


def _statements() -> Relation:
    columns = (
        *_PLACE,
        Column("text", "text", "The statement, in our own words."),
        Column("ours", "boolean", "Whether it is our own reading."),
        Column("confidence", "text", "How sure it is, only where it differs from the record's.", _SURE),
    )
    return Relation(STATEMENTS, "Each statement of a list of statements.", columns, ("collection", "id", "place"))


def _cited() -> Relation:
    columns = (*_PLACE, Column("source_id", "text", "The source.", ("sources", "id")))
    return Relation(CITED, "Each source that a place in a record rests on.", columns, (*_KEY, "source_id"))


_SURE = ("confidences", "code")
_KEY = ("collection", "id", "place")
_PLACE = (
    Column("collection", "text", "The table of the record."),
    Column("id", "text", "The record."),
    Column("place", "text", "The place in the record; empty for the whole record."),
)


@dataclass(slots=True)
class _Plan:
    """What of a record goes where: the cells of a row, and the lists that have tables of their own."""

    relation: Relation
    cells: list[tuple[str, ...]] = field(default_factory=list)
    """The way to each value, after those that tell the row apart."""
    lists: list[tuple[tuple[str, ...], _Plan]] = field(default_factory=list)
    claims: list[tuple[str, ...]] = field(default_factory=list)
    cited: list[tuple[str, ...]] = field(default_factory=list)
    single: bool = False
    """Whether an item of the list is a value and no part."""

    @classmethod
    def of_collection(cls, name: str) -> _Plan:
        part = kinds.COLLECTIONS[name]
        key = Column("id", "text", "Its permanent name.")
        said = definition_of_part(part)
        columns = [key, Column("address", "text", said["properties"]["address"]["description"])]
        plan = cls(Relation(name, f"Each {SINGULAR[name]}.", (), ("id",)), [("address",)])
        plan.add_fields(part, (), columns, (_owner(name),), skip=frozenset({"id", "address"}))
        plan.relation = replace(plan.relation, columns=tuple(columns))
        return plan

    def tables(self) -> Iterator[Relation]:
        """Yield its table, and those of the lists below it."""
        yield self.relation
        for _, below in self.lists:
            yield from below.tables()

    def add_fields(
        self,
        part: type[kinds.Part],
        way: tuple[str, ...],
        columns: list[Column],
        keys: tuple[Column, ...],
        skip: frozenset[str] = frozenset(),
    ) -> None:
        """Add the fields of a part, which stands at some way in the record, to the columns of this table."""
        shaped, said = shapes(part), definition_of_part(part)["properties"]
        for name, schema in said.items():
            if name in HIDDEN | _NOT_OF_RECORDS | skip:
                continue
            here, shape = (*way, name), shaped.get(name, Shape())
            if name == "sources" and shape.many:
                self.cited.append(way)
            elif shape.part and not shape.many:
                self.add_fields(shape.part, here, columns, keys)
            elif shape.part and _CLAIM.issuperset(set(shapes(shape.part)) - HIDDEN):
                self.claims.append(here)
            elif shape.part:
                self.lists.append((here, self._parts(here, shape.part, keys, schema["description"])))
            elif shape.many and (target := _target(shape)):
                self.lists.append((here, self._names(here, target, keys, schema)))
            else:
                columns.append(Column("_".join(here), _type(schema, shape), schema["description"], _target(shape)))
                self.cells.append(here)

    def _names(
        self, way: tuple[str, ...], target: tuple[str, str], keys: tuple[Column, ...], schema: Mapping[str, Any]
    ) -> _Plan:
        """Give the plan of a list of names of records or codes."""
        own = (*keys, _POSITION)
        key = tuple(column.name for column in own)
        called = f"{_singular(target[0])}_{target[1]}"
        if called in key:
            called = f"{way[-1]}_{called}"
        named = Column(called, _type(schema["items"], Shape()), schema["description"], target)
        return _Plan(Relation(self._called(way), schema["description"], (*own, named), key), single=True)

    def _parts(self, way: tuple[str, ...], part: type[kinds.Part], keys: tuple[Column, ...], meaning: str) -> _Plan:
        """Give the plan of a list of parts."""
        own = [*keys, _POSITION]
        plan = _Plan(Relation(self._called(way), meaning, (), tuple(column.name for column in own)))
        inner = (*keys, Column(f"{way[-1]}_position", "integer", _POSITION.meaning))
        plan.add_fields(part, (), own, inner)
        plan.relation = replace(plan.relation, columns=tuple(own))
        return plan

    def _called(self, way: tuple[str, ...]) -> str:
        return "_".join((self.relation.name, *way))


def _fill(
    plan: _Plan, keys: tuple[Any, ...], value: Any, collection: str, place: str, shared: Mapping[str, Relation]
) -> None:
    """Add the rows of a record, or of a part of one at a place in it."""
    if plan.single:
        plan.relation.rows.append((*keys, value))
        return
    plan.relation.rows.append((*keys, *(_at(value, way) for way in plan.cells)))
    for way in plan.cited:
        _cite(shared[CITED], keys[0], _at(value, (*way, "sources")), collection, _joined(place, way))
    for way in plan.claims:
        for at, claim in enumerate(_at(value, way) or ()):
            here = f"{_joined(place, way)}[{at}]"
            said = (claim.get("text"), claim.get("ours"), claim.get("confidence"))
            shared[STATEMENTS].rows.append((collection, keys[0], here, *said))
            _cite(shared[CITED], keys[0], claim.get("sources"), collection, here)
    for way, below in plan.lists:
        for at, item in enumerate(_at(value, way) or ()):
            _fill(below, (*keys, at + 1), item, collection, f"{_joined(place, way)}[{at}]", shared)


def _cite(cited: Relation, identifier: str, sources: Iterable[str] | None, collection: str, place: str) -> None:
    cited.rows.extend((collection, identifier, place, source) for source in dict.fromkeys(sources or ()))


def _joined(place: str, way: tuple[str, ...]) -> str:
    return ".".join(filter(None, (place, *way)))


def _at(value: Any, way: tuple[str, ...]) -> Any:
    for name in way:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _owner(collection: str) -> Column:
    return Column(f"{_singular(collection)}_id", "text", f"The {SINGULAR[collection]}.", (collection, "id"))


def _singular(name: str) -> str:
    return SINGULAR[name].replace(" ", "_")


def _target(shape: Shape) -> tuple[str, str] | None:
    """Give the table and the column that a field names a row of; None where it names none that is there."""
    mark = next((mark for mark in shape.marks if isinstance(mark, Ref)), None)
    if mark is None or mark.collection not in {*kinds.VOCABULARIES, *DATA}:
        return None
    return mark.collection, "code" if mark.collection in kinds.VOCABULARIES else mark.by


def _type(schema: Mapping[str, Any], shape: Shape) -> Type:
    if shape.many or schema.get("type") == "array":
        return "list"
    match schema.get("type"):
        case "integer":
            return "integer"
        case "number":
            return "number"
        case "boolean":
            return "boolean"
    return "date" if schema.get("pattern") == DATE else "text"
