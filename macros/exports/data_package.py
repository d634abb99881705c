"""The tables of `/api/v1/` as a Data Package (version 1): what each holds, with types, keys, sizes and the licence.

https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from macros.data import kinds
from macros.data.collections import DATA
from macros.data.field_types import Ref
from macros.data.shapes import Shape, shapes
from macros.exports.api_records import LICENCE_ADDRESS, LICENCE_ID, Answer
from macros.exports.api_schema import DATE, definition_of, fields_of, word_fields
from macros.exports.data_words import data_words
from macros.formats.content import Content
from macros.formats.relation import Relation

__all__ = ["package"]

Node = dict[str, Any]


def package(
    site: str, answer: Answer, tables: Mapping[str, Content], codes: Mapping[str, Iterable[str]], values: Relation
) -> Node:
    """Give the description of the tables, by their names without `.csv`; `values` are all values of all figures."""
    words = data_words()
    described = {
        **{name: (words.file("collection", name=name), _collection(name, codes)) for name in DATA},
        "vocabularies": (words.file("vocabularies"), _vocabularies()),
        "figure-values": (words.file("figure-values"), _values(values)),
    }
    return {
        "profile": "tabular-data-package",
        "name": "voluntary-principles",
        "id": f"{site}api/v1/datapackage.json",
        "title": words.title,
        "description": words.description,
        "homepage": f"{site}data/",
        "version": answer.edition,
        "created": f"{answer.edition}T00:00:00Z",
        "keywords": list(words.keywords),
        "licenses": [{"name": LICENCE_ID, "path": LICENCE_ADDRESS}],
        "resources": [_resource(name, told, schema, tables[name]) for name, (told, schema) in described.items()],
    }


def _resource(name: str, told: str, schema: Node, content: Content) -> Node:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "description": told,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": content.size,
        "hash": f"sha256:{content.sha256()}",
        "schema": {**schema, "fields": [*schema["fields"], *_ABOUT]},
    }


_ABOUT: tuple[Node, ...] = tuple(
    {"name": f"dataset_{name}", "type": kind}
    for name, kind in (("version", "integer"), ("edition", "date"), ("licence", "string"), ("language", "string"))
)
"""The columns in which every row says where it comes from."""


def _collection(name: str, codes: Mapping[str, Iterable[str]]) -> Node:
    """Give the schema of a collection's table."""
    shaped, said = shapes(kinds.COLLECTIONS[name]), definition_of(name)
    fields, keys = [], []
    for field in fields_of(name):
        if field == "dataset":
            continue
        shape = shaped.get(field, Shape())
        mark = next((one for one in shape.marks if isinstance(one, Ref)), None)
        one: Node = {"name": field, **_type(said["properties"][field], shape)}
        one["description"] = said["properties"][field]["description"]
        constraints: Node = {"required": True, "unique": True} if field == "id" else {}
        if mark and not shape.many and mark.collection in codes:
            constraints["enum"] = list(codes[mark.collection])
        if constraints:
            one["constraints"] = constraints
        fields.append(one)
        if mark and not shape.many and mark.collection in DATA:
            keys.append({"fields": field, "reference": {"resource": mark.collection, "fields": mark.by}})
    return {"fields": fields, "primaryKey": "id", **({"foreignKeys": keys} if keys else {})}


def _type(schema: Mapping[str, Any], shape: Shape) -> Node:
    """Give the type of a column: a list of words is one text with bars in it, anything deeper stands there as JSON."""
    if shape.part:
        return {"type": "array" if shape.many else "object"}
    if schema.get("type") in ("integer", "number", "boolean"):
        return {"type": schema["type"]}
    return {"type": "date" if schema.get("pattern") == DATE else "string"}


def _vocabularies() -> Node:
    fields = [
        {"name": "vocabulary", "type": "string"},
        {"name": "position", "type": "integer"},
        *({"name": name, "type": "string", "description": told} for name, told in word_fields().items()),
    ]
    return {"fields": fields, "primaryKey": ["vocabulary", "code"]}


def _values(values: Relation) -> Node:
    types = {"text": "string", "list": "string", "number": "number", "integer": "integer"}
    fields = [{"name": one.name, "type": types[one.type], "description": one.meaning} for one in values.columns]
    keys = [
        {"fields": one.name, "reference": {"resource": one.refers[0], "fields": one.refers[1]}}
        for one in values.columns
        if one.refers
    ]
    return {"fields": fields, "primaryKey": list(values.key), "foreignKeys": keys}
