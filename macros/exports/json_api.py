"""The data for programs: `/api/v1/`, whose shape only grows (see the page on data).

Published are the collections that people reuse. A record says its address on the site; a field of a help service that
is not sure enough to be printed is left out here too, and so are words that serve search alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from macros.data import kinds, schemas
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA as COLLECTIONS
from macros.data.urls import record_of
from macros.exports.csv_tables import table
from macros.exports.path_patterns import Output

__all__ = ["COLLECTIONS", "OUTPUTS", "ROOT", "files", "schema"]

OUTPUTS = (
    Output("api", ("api/v1/index.json", "api/v1/all.json", "api/v1/schema.json")),
    Output("api-collections", ("api/v1/{collection}.json", "api/v1/{collection}.csv")),
    Output("api-records", ("api/v1/{collection}/{id}.json",)),
)
"""The paths of its files."""

ROOT = "api/v1"

WORD = "Word"
"""What the schema of version 1 calls an entry of a vocabulary; programs may have made classes from it."""

_FOR_SEARCH = frozenset({"aliases"})
_HOW_SURE = frozenset({"mark", "marks"})
_CONTACTS = ("url", "phone", "text", "chat", "email", "hours", "ages", "languages", "anonymous")
_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


def files(catalogue: Catalogue, site: str) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; `site` is the site's address, for absolute links.

    The same data give the same bytes: keys stand in the order of the model, and every file ends with a line end.
    """
    whole = {name: [_published(catalogue, name, one) for one in _records(catalogue, name)] for name in COLLECTIONS}
    made: dict[str, str] = {"all.json": _json({"version": 1, **whole}), "schema.json": _json(schema(site))}
    for name, records in whole.items():
        made[f"{name}.json"] = _json(records)
        made[f"{name}.csv"] = _csv(records, _fields(name))
    listed = [
        {"path": path, "bytes": len(text.encode()), "sha256": hashlib.sha256(text.encode()).hexdigest()}
        for path, text in made.items()
    ]
    about = {
        "version": 1,
        "site": site,
        "licence": "CC BY 4.0; sources keep their own licences",
        "checked": str(max(record.checked for name in COLLECTIONS for record in _records(catalogue, name))),
        "collections": {name: len(records) for name, records in whole.items()},
        "record": "<collection>/<id>.json",
        "files": listed,
    }
    yield f"{ROOT}/index.json", _json(about)
    for path, text in made.items():
        yield f"{ROOT}/{path}", text
    for name, records in whole.items():
        for record in records:
            yield f"{ROOT}/{name}/{record['id']}.json", _json(record)
    for gone in catalogue.document.withdrawn:
        found = record_of(gone.address)
        if found and found[0] in COLLECTIONS:
            said = {"address": gone.address, "id": found[1], "withdrawn": gone.date.isoformat()}
            more = {"was": gone.was, "why": gone.why, "instead": gone.instead}
            yield f"{ROOT}/{found[0]}/{found[1]}.json", _json({**said, **_given(more)})


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def schema(site: str) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of `all.json`, made from the model; `$defs` has one entry per kind of record."""
    model = json.dumps(schemas.document_schema("serialization"))
    every = json.loads(model.replace(kinds.VocabularyTerm.__name__, WORD))
    for name in COLLECTIONS:
        record = every["$defs"][_class(name).__name__]
        record["properties"] = {
            "address": {"type": "string", "description": "Where it stands on the site."},
            **record["properties"],
        }
        record["required"] = ["address", "id"]
    for part in every["$defs"].values():
        for field in _FOR_SEARCH | _HOW_SURE:
            part.get("properties", {}).pop(field, None)
        if "required" in part:
            part["required"] = [name for name in part["required"] if name in part["properties"]]
    return {
        "$schema": _SCHEMA,
        "$id": f"{site}{ROOT}/schema.json",
        "title": "The Voluntary Principles, explained: data, version 1",
        "type": "object",
        "properties": {"version": {"const": 1}, **{name: every["properties"][name] for name in COLLECTIONS}},
        "required": ["version", *COLLECTIONS],
        "$defs": every["$defs"],
    }


def _records(catalogue: Catalogue, name: str) -> tuple[Any, ...]:
    records: tuple[Any, ...] = getattr(catalogue.document, name)
    return records


def _published(catalogue: Catalogue, name: str, record: Any) -> dict[str, Any]:
    fields = record.model_dump(mode="json", exclude_none=True)
    if isinstance(record, kinds.Service):
        for field in _CONTACTS:
            if not record.printable(field):
                fields.pop(field, None)
        if not record.printable("hours"):
            fields.pop("open", None)  # the same hours again
    if isinstance(record, kinds.Source) and record.archive:
        fields["archived"] = record.archive
    return {"address": catalogue.address(name, record), **_without(fields)}


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _FOR_SEARCH | _HOW_SURE}
    return [_without(item) for item in value] if isinstance(value, list) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _class(name: str) -> type[kinds.Part]:
    return kinds.COLLECTIONS[name]


def _fields(name: str) -> list[str]:
    return ["address", *(field for field in _class(name).model_fields if field not in _FOR_SEARCH | _HOW_SURE)]


def _csv(records: list[dict[str, Any]], fields: list[str]) -> str:
    return table(fields, ([_cell(record.get(field)) for field in fields] for record in records))


def _cell(value: Any) -> str:
    """Give a value for a cell: lists of words with a bar between them, anything deeper as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return " | ".join(map(str, value))
    if isinstance(value, list | dict):
        # A sign in JSON may stand as its number: the table need not put an apostrophe into a text then.
        return _FORMULA.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
    return str(value)


_FORMULA = re.compile(r'(?<=;)[=+\-@]|(?<=;\\")[=+\-@]')
"""What `csv_tables.table` would take for the start of a formula within a text of JSON."""
