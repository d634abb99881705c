"""The JSON Schemas (2020-12) of the data: of each file, of the texts in second languages, and of all lists in one file.

Editors complete and underline by them. `make schema` writes those of the files of `data/`, which name theirs in their
first line; the one of all lists goes with the one file that editions hand out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from macros.data import kinds
from macros.data.data_folder import COMMON_FILE, LISTS, overlay_name
from macros.data.field_types import Ref
from macros.data.languages import LANGUAGES
from macros.data.shapes import shapes
from macros.data.translations import OWN, TRANSLATED

__all__ = [
    "document_schema",
    "FOLDER",
    "IDS",
    "JOINED_NAME",
    "files",
    "files_with_ids",
    "joined_schema",
    "name_of",
    "overlay_schema",
    "schema_of",
    "text_of",
]

FOLDER = "schema"
"""Where the schemas of its files lie in the data folder."""

IDS = "ids"
"""Where, below that, those with every id as a choice lie."""

JOINED_NAME = "principles.schema.json"
"""The name of the schema of all lists, beside the one file that holds them."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def files() -> Iterator[tuple[str, str]]:
    """Yield the schema of each file of the data folder: its name in `data/schema/`, and its text."""
    for file in LISTS:
        yield name_of(file), text_of(schema_of(file))
    for language in LANGUAGES:
        yield name_of(overlay_name(language)), text_of(overlay_schema(language))


def document_schema(mode: Literal["validation", "serialization"] = "validation") -> Schema:
    """Give the schema of all lists, as they are read or as they are published: a new one, for whoever changes it."""
    schema: Schema = json.loads(_document_text(mode))
    return schema


@cache
def _document_text(mode: Literal["validation", "serialization"]) -> str:
    """Give that schema as text, worked out once: a build asks for it several times, and it depends on nothing."""
    return json.dumps(kinds.Document.model_json_schema(mode=mode))


def name_of(file: str) -> str:
    """Give the name of the schema of a data file: `events.schema.json` for `events.yml`."""
    return f"{file.rpartition('.')[0]}.schema.json"


def text_of(schema: Schema) -> str:
    """Give a schema as it is written to a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def joined_schema() -> Schema:
    """Give the schema of one file with all lists."""
    whole = document_schema()
    return {"$schema": DIALECT, "title": f"data/{COMMON_FILE}", **whole}


def schema_of(file: str) -> Schema:
    """Give the schema of a file of the data folder; raises KeyError where there is no file of that name."""
    whole = document_schema()
    own = {name: whole["properties"][name] for name in LISTS[file]}
    said = {"title": f"data/{file}", "type": "object", "properties": own, "required": list(own)}
    return {"$schema": DIALECT, **said, "additionalProperties": False, **_definitions(own, whole["$defs"])}


def overlay_schema(language: str) -> Schema:
    """Give the schema of the texts in a second language, which lie over the records by their ids."""
    work = _Overlay(document_schema()["$defs"])
    lists = {
        name: {"type": ["object", "null"], "additionalProperties": work.record(part)}
        for name, part in kinds.COLLECTIONS.items()
        if part in TRANSLATED
    }
    said = {"title": f"data/{overlay_name(language)}", "type": "object", "properties": lists}
    return {"$schema": DIALECT, **said, "additionalProperties": False, **_definitions(lists, work.definitions)}


def files_with_ids(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the schema of each file of the data folder in which a field that names a record knows every name.

    They are for editors, which offer the names as choices. They hold for the data that they were made from and for no
    other, so they lie beside the others, in a folder of their own that is not in git.
    """
    for file in LISTS:
        schema = schema_of(file)
        for part in _parts():
            own = schema.get("$defs", {}).get(part.__name__, {}).get("properties", {})
            for name, shape in shapes(part).items():
                mark = next((one for one in shape.marks if isinstance(one, Ref)), None)
                if mark and name in own:
                    items = data.get(mark.collection)
                    records = (item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))
                    names = {item[mark.by] for item in records if isinstance(item.get(mark.by), str | int)}
                    own[name] = _among(own[name], sorted(names, key=str))
        yield name_of(file), text_of(schema)


def _parts() -> set[type[kinds.Part]]:
    """Give the class of every record, and of every part within one."""
    found: set[type[kinds.Part]] = set()
    waiting = list(kinds.COLLECTIONS.values())
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += [shape.part for shape in shapes(part).values() if shape.part]
    return found


def _among(schema: Schema, names: Sequence[str | int]) -> Schema:
    """Give a schema whose texts or numbers are some names and no others."""
    if schema.get("type") in ("string", "integer"):
        return {**schema, "enum": list(names)} if names else schema
    narrowed = dict(schema)
    if "items" in schema:
        narrowed["items"] = _among(schema["items"], names)
    if "anyOf" in schema:
        narrowed["anyOf"] = [_among(one, names) for one in schema["anyOf"]]
    return narrowed


def _definitions(used: Any, every: Mapping[str, Schema]) -> Schema:
    """Give those definitions that something uses, and those that these use, in the order of all."""
    names: set[str] = set()
    waiting = [used]
    while waiting:
        for name in _references(waiting.pop()):
            if name not in names:
                names.add(name)
                waiting.append(every[name])
    return {"$defs": {name: every[name] for name in every if name in names}} if names else {}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


class _Overlay:
    """Schemas of records and parts as they stand in an overlay: nothing but texts, parts by id."""

    def __init__(self, english: Mapping[str, Schema]) -> None:
        self.english = english
        self.definitions: dict[str, Schema] = dict(english)

    def record(self, part: type[kinds.Part]) -> Schema:
        """Give the schema of a record: its texts."""
        return {"type": ["object", "null"], "properties": self._fields(part), "additionalProperties": False}

    def _fields(self, part: type[kinds.Part]) -> dict[str, Schema]:
        return {name: self._value(part, name) for name in TRANSLATED[part]}

    def _value(self, part: type[kinds.Part], name: str) -> Schema:
        shape = shapes(part)[name]
        inner = shape.part
        if inner is None or inner not in TRANSLATED or name in OWN.get(part, ()):
            english: Schema = self.english[part.__name__]["properties"][name]
            return {key: value for key, value in english.items() if key != "default"}
        own = self._part(inner)
        if not shape.many:
            return own
        if inner is kinds.FirstHelp or "id" in inner.model_fields:
            return {"type": "object", "additionalProperties": own}
        return {"type": "array", "items": own}

    def _part(self, part: type[kinds.Part]) -> Schema:
        """Give a reference to the schema of a part; one with a single text may stand for that text."""
        name = f"{part.__name__}InOverlay"
        if name not in self.definitions:
            self.definitions[name] = {}
            fields = self._fields(part)
            shape: Schema = {"type": "object", "properties": fields, "additionalProperties": False}
            self.definitions[name] = {"anyOf": [*fields.values(), shape]} if len(fields) == 1 else shape
        return {"$ref": f"#/$defs/{name}"}
