"""What the form for new entries knows (`/contribute/new/`): every kind that editors may add to, field by field.

The fields, and what is said of each, come from the model's JSON Schema; what an entry begins with from the sample that
`make new` writes from. So the form asks for what the check will ask for, and a new kind is in it without another word.
The script that shows it is `docs/assets/entry-form.js`. Nothing is asked of anybody while a page is filled in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from macros.data import kinds, new_entry, schemas
from macros.data.catalogue import Catalogue
from macros.data.field_types import ID_FORM, Past, Ref
from macros.data.shapes import Shape, shapes
from macros.data.yaml_reader import read_bytes
from macros.exports.path_patterns import Output
from macros.pages.page_links import label_of

__all__ = ["OUTPUTS", "PLACE", "fields_of", "form_data", "script"]

OUTPUTS = (Output("entry-form", ("assets/entry-form-data.js",), internal=True),)
"""The paths of its files."""

PLACE = "assets/entry-form-data.js"
"""Where the data stands that the page with the form loads, and no other page."""

_LONG = 120
"""A text that may be longer than this gets a field of several lines."""

_FORMATS = {"date": "day", "uri": "address", "email": "mail"}
_TYPES = {"boolean": "yes", "integer": "whole", "number": "number"}
_LIMITS = {"maxLength": "longest", "minItems": "least", "maxItems": "most", "pattern": "pattern", "minimum": "lowest"}

Schema = Mapping[str, Any]


def script(catalogue: Catalogue) -> str:
    """Give the script that tells the page with the form what it knows."""
    text = json.dumps(form_data(catalogue), ensure_ascii=False, separators=(",", ":"))
    # The two line ends that end a line in older scripts but not in JSON.
    return f"entryFormData={text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')};\n"


def form_data(catalogue: Catalogue) -> dict[str, Any]:
    """Give all of it: the kinds, the parts that they are made of, and the records that a field can name."""
    definitions = schemas.document_schema()["$defs"]
    added = [name for name, row in kinds.ROWS.items() if row.fixed is None]
    parts = dict(_parts(added))
    fields = {name: fields_of(part, definitions[name]) for name, part in parts.items()}
    named = {field["list"] for own in fields.values() for field in own if "list" in field}
    return {
        "kinds": [_kind(catalogue, name, definitions) for name in added],
        "parts": fields,
        "unread": kinds.INDIRECT,
        "records": {name: list(_records(catalogue, name)) for name in sorted({*named, *added})},
    }


def _parts(added: list[str]) -> Iterator[tuple[str, type[kinds.Part]]]:
    """Yield the class of every record that can be added, and of every part within one, by its name."""
    waiting, met = [kinds.COLLECTIONS[name] for name in added], set[type[kinds.Part]]()
    while waiting:
        part = waiting.pop(0)
        if part not in met:
            met.add(part)
            yield part.__name__, part
            waiting += [shape.part for shape in shapes(part).values() if shape.part]


def _kind(catalogue: Catalogue, name: str, definitions: Mapping[str, Schema]) -> dict[str, Any]:
    part, row = kinds.COLLECTIONS[name].__name__, kinds.ROWS[name]
    sample = new_entry.sample(name)
    entry = read_bytes(sample.read_bytes(), sample.name).data[0] if sample else {}
    records = getattr(catalogue.document, name)
    ids = [record.id for record in records]
    start = catalogue.start(name, records[0]) if records else catalogue.first(name)
    return {
        "list": name,
        "name": row.singular,
        "about": definitions[part].get("description", "").partition("\n")[0],
        "part": part,
        "file": catalogue.file(start),
        "indent": max(start.column - 3, 0) if records else 2,
        "ordered": len(ids) > 1 and ids == sorted(ids),
        "sample": entry,
    }


def fields_of(part: type[kinds.Part], definition: Schema) -> list[dict[str, Any]]:
    """Give the fields of a part as the form needs them, in the order of the model; ids it once had are left out."""
    needed, marked = set(definition.get("required", ())), shapes(part)
    return [
        _field(name, schema, marked[name], must=name in needed)
        for name, schema in definition["properties"].items()
        if name != "former_ids"
    ]


def _field(name: str, schema: Schema, shape: Shape, *, must: bool) -> dict[str, Any]:
    inner = _unwrapped(schema)
    field: dict[str, Any] = {"name": name, "label": _label(name, schema.get("title") or inner.get("title") or "")}
    hint = schema.get("description") or inner.get("description")
    if hint:
        field["hint"] = _sentence(hint)
    if must:
        field["must"] = 1
    if inner.get("type") == "array":
        field |= {"many": 1, **_limits(inner)}
        inner = _unwrapped(inner["items"])
    field |= _limits(inner) | _control(inner, shape)
    return field


def _control(schema: Schema, shape: Shape) -> dict[str, Any]:
    """Say what a value is: a part, a record's name, one of a few words, or a text of a form."""
    if shape.part is not None:
        return {"type": "part", "part": shape.part.__name__}
    said: dict[str, Any] = {"past": 1} if any(isinstance(mark, Past) for mark in shape.marks) else {}
    reference = next((mark for mark in shape.marks if isinstance(mark, Ref)), None)
    if reference is not None:
        return {"type": "record", "list": reference.collection, "by": reference.by}
    if "enum" in schema:
        return {"type": "choice", "choices": schema["enum"]}
    kind = schema.get("type")
    if isinstance(kind, list):
        return said | {"type": "date"}
    if "format" in schema:
        return said | {"type": _FORMATS[schema["format"]]}
    if schema.get("pattern") == ID_FORM:
        return {"type": "id"}
    if kind == "string":
        return {"type": "long" if schema.get("maxLength", 0) > _LONG else "text"}
    return {"type": _TYPES[str(kind)]}


def _unwrapped(schema: Schema) -> Schema:
    """Give what may stand where something may be left out."""
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return options[0] if options else schema


def _limits(schema: Schema) -> dict[str, Any]:
    return {own: schema[name] for name, own in _LIMITS.items() if name in schema}


def _label(name: str, title: str) -> str:
    """Give what a field is called: the title that the model gives it, else its name in words."""
    words = name.replace("_", " ")
    return words.capitalize() if title.lower() in ("", words) else title


def _sentence(text: str) -> str:
    """Give a description without what is about YAML alone: a box is ticked, nobody writes `true:`."""
    text = text.removeprefix("true: ")
    return text[:1].upper() + text[1:]


def _records(catalogue: Catalogue, name: str) -> Iterator[list[Any]]:
    """Yield each record of a list: its id, its line, what people know it by, and what is said beside it.

    Beside it are its number where it is known by that, the ids it once had, and whether nobody read it (a source).
    """
    for record in getattr(catalogue.document, name):
        known = getattr(record, "label", "") or (label_of(record) if _has_name(record) else "")
        more: dict[str, Any] = {}
        if name in ("principles", "categories"):
            more["number"] = record.number
        if record.former_ids:
            more["former"] = list(record.former_ids)
        if getattr(record, "read", "") == kinds.INDIRECT:
            more["unread"] = 1
        row: list[Any] = [record.id, catalogue.start(name, record).line, str(known)]
        yield [*row, more] if more else row


def _has_name(record: Any) -> bool:
    return any(getattr(record, field, None) for field in ("name", "term", "title"))
