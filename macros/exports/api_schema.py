"""The JSON Schema (2020-12) of what programs get below `/api/v1/`, made from the model.

It promises what every edition of version 1 keeps: which fields there are, which are always there, and which codes a
field can have in this edition. It refuses no field that it does not know, as fields are added. Forms are said as
patterns and not as `format`, which strict readers (Ajv) refuse to compile where they have not been told what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from macros.data import kinds, schemas
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA, SINGULAR
from macros.data.field_types import PARTIAL_DATE_FORM, Ref
from macros.data.languages import LANGUAGES
from macros.data.shapes import shapes
from macros.exports.api_records import CONTACTS, HIDDEN, LICENCE, VERSION, Answer

__all__ = ["DATE", "codes_of", "definition_of", "definition_of_part", "fields_of", "schema", "word_fields"]

Schema = dict[str, Any]

_WORD = "Word"
"""What the schema of version 1 calls an entry of a vocabulary; programs may have made classes from it."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
"""The form of a day."""

_FORMS: Mapping[str, str] = {"date": DATE, "uri": "^https?://"}
"""How a format is said to those who do not know its name; a mail address has a pattern of its own."""

_DROPPED = frozenset({"additionalProperties", "default", "format", "maxItems", "title"})
"""What the model says to editors and nobody is promised."""

_STRING: Schema = {"type": "string"}
_INFO = "DatasetInfo"
_ABOUT: Mapping[str, Schema] = {
    "version": {"const": VERSION, "type": "integer", "description": "The version of this form, which only grows."},
    "edition": {**_STRING, "pattern": _FORMS["date"], "description": "The day of the edition that this belongs to."},
    "licence": {"const": LICENCE, "type": "string", "description": "Sources keep their own licences."},
    "language": {**_STRING, "description": "The language of the texts (BCP 47)."},
}
"""What an answer says of where it comes from."""


def codes_of(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Give the codes of each vocabulary."""
    return {name: tuple(word.id for word in getattr(catalogue.document, name)) for name in kinds.VOCABULARIES}


def schema(
    address: str, codes: Mapping[str, Iterable[str]], answer: Answer, collections: Iterable[str] = DATA
) -> Schema:
    """Give the schema of `all.json` as it stands at an address.

    `codes` has those of each vocabulary; `collections` are those that the file holds. `$defs` has an entry for each
    kind of record, and for the codes of each vocabulary.
    """
    names = tuple(collections)
    words = {
        _code_name(vocabulary): {
            "type": "string",
            "enum": list(known),
            "description": f"A code of `{vocabulary}`; vocabularies.json says what each means.",
        }
        for vocabulary, known in codes.items()
    }
    about = {"type": "object", "properties": dict(_ABOUT), "required": list(_ABOUT)}
    return {
        "$schema": _DIALECT,
        "$id": address,
        "$comment": f"Version {VERSION}, edition {answer.edition}, {LICENCE}",
        "title": "The Voluntary Principles, explained: data, version 1",
        "type": "object",
        "properties": {
            **_ABOUT,
            "checked": {
                **_STRING,
                "pattern": _FORMS["date"],
                "description": "The last day on which any record was checked.",
            },
            **{name: _list_of(name) for name in names},
            "vocabularies": {
                "type": "object",
                "properties": {name: _words_of(name) for name in codes},
                "required": list(codes),
                "description": "The codes that fields have, with their labels and meanings.",
            },
        },
        "required": [*_ABOUT, "checked", *names, "vocabularies"],
        "$defs": {
            **words,
            **_definitions(),
            _WORD: _word(),
            _INFO: {**about, "description": "Where a record comes from."},
        },
    }


def definition_of(collection: str) -> Schema:
    """Give the definition of a collection's records."""
    return definition_of_part(kinds.COLLECTIONS[collection])


def definition_of_part(part: type[kinds.Part]) -> Schema:
    """Give the definition of a record, or of a part of one, by its class."""
    found: Schema = _definitions()[_class_name(part)]
    return found


def fields_of(collection: str) -> tuple[str, ...]:
    """Give the fields that a collection's records can have, in their order."""
    return tuple(definition_of(collection)["properties"])


def word_fields() -> dict[str, str]:
    """Give the fields that a code of a vocabulary can have, in their order, and what each means."""
    return {name: said["description"] for name, said in _word()["properties"].items()}


def _list_of(name: str) -> Schema:
    return {
        "type": "array",
        "items": {"$ref": f"#/$defs/{_class_name(kinds.COLLECTIONS[name])}"},
        "description": f"Each {SINGULAR[name]}.",
    }


def _words_of(name: str) -> Schema:
    return {
        "type": "array",
        "items": {"$ref": f"#/$defs/{_WORD}"},
        "description": f"Each {SINGULAR[name]}.",
    }


def _word() -> Schema:
    """Give the definition of a code with its label and its meaning, in every language."""
    said = {"label": "What pages print for it", "meaning": "What it means"}
    told = {f"{name}{end}": f"{words}{where}." for end, where in _endings() for name, words in said.items()}
    return {
        "type": "object",
        "description": "A code, and what it means.",
        "properties": {
            "code": {**_STRING, "description": "The code, as records have it."},
            **{name: {**_STRING, "description": words} for name, words in told.items()},
        },
        "required": ["code", *said],
    }


def _endings() -> Iterable[tuple[str, str]]:
    """Give how the names of fields end in each language, and how that is said."""
    return [("", ""), *((f"_{one.code}", f", in {one.code} where it is translated") for one in LANGUAGES.values())]


def _class_name(part: type[kinds.Part]) -> str:
    return _WORD if part is kinds.VocabularyTerm else part.__name__


def _code_name(vocabulary: str) -> str:
    """Give the name of the definition of a vocabulary's codes: `StatusCode`."""
    return "".join(word.capitalize() for word in SINGULAR[vocabulary].split()) + "Code"


@cache
def _definitions() -> Mapping[str, Schema]:
    """Give the definition of every record and every part that programs get."""
    every: Mapping[str, Schema] = schemas.document_schema("serialization")["$defs"]
    parts = {part.__name__: part for part in _parts(kinds.COLLECTIONS[name] for name in DATA)}
    made = {_class_name(part): _part(part, every[name]) for name, part in sorted(parts.items())}
    for name in DATA:
        record = made[_class_name(kinds.COLLECTIONS[name])]
        own = record["properties"]
        record["properties"] = {
            "address": {**_STRING, "description": "Where it stands on the site."},
            **own,
            "in_english": {
                "type": "array",
                "items": dict(_STRING),
                "description": "In another language: the places of the texts that are still in English.",
            },
            "behind_english": {
                "type": "boolean",
                "description": "In another language: true where the English of a text has changed since.",
            },
            "dataset": {
                "$ref": f"#/$defs/{_INFO}",
                "description": "Where the record comes from; left out where the whole file says so.",
            },
        }
        record["required"] = ["address", *(field for field in record["required"] if field != "address")]
    for field in CONTACTS:
        record = made[_class_name(kinds.Service)]
        record["required"] = [one for one in record["required"] if one != field]
    return made


def _parts(records: Iterable[type[kinds.Part]]) -> set[type[kinds.Part]]:
    """Give the classes of records and of every part within them that programs get."""
    found: set[type[kinds.Part]] = set()
    waiting = list(records)
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += [shape.part for name, shape in shapes(part).items() if shape.part and name not in HIDDEN]
    return found


def _part(part: type[kinds.Part], model: Schema) -> Schema:
    """Give the definition of a part: its fields as they are published, and which of them are always there."""
    properties: dict[str, Schema] = {}
    required = []
    for name, shape in shapes(part).items():
        if name in HIDDEN:
            continue
        said = model["properties"][name]
        options = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
        always = len(options) == len(said.get("anyOf", ()))
        vocabulary = next(
            (
                mark.collection
                for mark in shape.marks
                if isinstance(mark, Ref) and mark.collection in kinds.VOCABULARIES
            ),
            None,
        )
        field = _plain({**(options[0] if len(options) == 1 else said), **_told(said)}, vocabulary)
        field.setdefault("description", f"{name.replace('_', ' ').capitalize()}.")
        properties[name] = field
        added = _days(name) if field.get("pattern") == PARTIAL_DATE_FORM else {}
        properties |= added
        required += [name, *added] if always else []
    told = {"description": model["description"]} if "description" in model else {}
    return {"type": "object", **told, "properties": properties, "required": required}


def _told(said: Schema) -> Schema:
    return {"description": said["description"]} if "description" in said else {}


def _days(name: str) -> dict[str, Schema]:
    day = {**_STRING, "pattern": _FORMS["date"]}
    return {
        f"{name}_from": {**day, "description": f"The first day that `{name}` can mean."},
        f"{name}_to": {**day, "description": f"The last day that `{name}` can mean."},
        f"{name}_precision": {
            **_STRING,
            "enum": ["day", "month", "year"],
            "description": f"How much of `{name}` is known.",
        },
    }


def _plain(said: Schema, vocabulary: str | None) -> Schema:
    """Give what the model says of a value, without what is for editors; a code refers to those of its vocabulary."""
    made: Schema = {key: value for key, value in said.items() if key not in _DROPPED}
    if "$ref" in made:
        made["$ref"] = made["$ref"].replace(f"/{kinds.VocabularyTerm.__name__}", f"/{_WORD}")
    if made.get("pattern") == PARTIAL_DATE_FORM:
        made["type"] = "string"
    if said.get("format") in _FORMS:
        made["pattern"] = _FORMS[said["format"]]
    if "items" in made:
        made["items"] = _plain(made["items"], vocabulary)
    elif vocabulary:
        return {"$ref": f"#/$defs/{_code_name(vocabulary)}", **_told(made)}
    return made
