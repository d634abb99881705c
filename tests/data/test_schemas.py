"""The schema that editors help with: written by the model, true to the data; and the official phrases, pinned."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from macros.data import kinds, schemas
from macros.data.data_folder import LISTS
from macros.data.yaml_reader import read_bytes
from tests.samples import DATA, good, real, real_tree

SCHEMA: dict[str, Any] = schemas.joined_schema()
"""Of all lists in one file, as editions hand it out beside the data."""

PHRASES_SHA256 = "eb6c70baf42c283dfb5dc2483d4de571e53675c05403f216431c863a3483e369"
"""Renewed only when an official phrase is meant to change: `test_official_phrases_change_only_on_purpose` says how."""

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
NOTES = {"$defs", "$schema", "default", "description", "format", "title"}
"""Words of the schema that explain and decide nothing."""

FOR_SOME = {"minimum", "maximum", "minItems", "maxItems", "items", "required", "properties", "additionalProperties"}
"""Words that decide something about values of one type and nothing about others."""


def wrong(value: Any, schema: dict[str, Any], path: str = "", defined: dict[str, Any] | None = None) -> list[str]:
    """Hold a value against the words of JSON Schema that ours uses; give the places that do not fit."""
    shapes: dict[str, Any] = schema["$defs"] if "$defs" in schema else defined or SCHEMA["$defs"]
    found: list[str] = []
    for word, rule in schema.items():
        match word:
            case "$ref":
                found += wrong(value, shapes[rule.removeprefix("#/$defs/")], path, shapes)
            case "type":
                allowed = [kind for name in ([rule] if isinstance(rule, str) else rule) for kind in TYPES[name]]
                found += [] if type(value) in allowed else [f"{path}: type"]
            case "anyOf":
                found += [] if any(not wrong(value, option, path, shapes) for option in rule) else [f"{path}: anyOf"]
            case "enum":
                found += [] if value in rule else [f"{path}: enum"]
            case "pattern":
                found += [] if not isinstance(value, str) or re.search(rule, value) else [f"{path}: pattern"]
            case "maxLength":
                found += [] if not isinstance(value, str) or len(value) <= rule else [f"{path}: maxLength"]
            case "minimum" | "maximum" if isinstance(value, int | float):
                found += [] if (value >= rule if word == "minimum" else value <= rule) else [f"{path}: {word}"]
            case "minItems" | "maxItems" if isinstance(value, list):
                found += (
                    [] if (len(value) >= rule if word == "minItems" else len(value) <= rule) else [f"{path}: {word}"]
                )
            case "items" if isinstance(value, list):
                found += [line for i, item in enumerate(value) for line in wrong(item, rule, f"{path}/{i}", shapes)]
            case "required" if isinstance(value, dict):
                found += [f"{path}/{name}: required" for name in rule if name not in value]
            case "properties" if isinstance(value, dict):
                found += [
                    line
                    for name in rule
                    if name in value
                    for line in wrong(value[name], rule[name], f"{path}/{name}", shapes)
                ]
            case "additionalProperties" if isinstance(value, dict):
                more = [name for name in value if name not in schema.get("properties", {})]
                if rule is False:
                    found += [f"{path}/{name}: unknown" for name in more]
                else:
                    found += [line for name in more for line in wrong(value[name], rule, f"{path}/{name}", shapes)]
            case _:
                assert word in NOTES or word in FOR_SOME, word
    return found


def small() -> Any:
    return read_bytes(good().encode(), "sample.yml").data


def test_every_data_file_has_the_schema_that_the_model_writes() -> None:
    folder = DATA / schemas.FOLDER
    written = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.is_file()}
    assert written == dict(schemas.files()), "run `make schema` and commit data/schema/"
    assert set(written) == {f"{file.stem}.schema.json" for file in DATA.glob("*.yml")}


@pytest.mark.parametrize("file", sorted(DATA.glob("*.yml")), ids=lambda file: file.name)
def test_a_data_file_names_its_schema_for_editors_and_fits_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    schema = f"{schemas.FOLDER}/{file.stem}.schema.json"
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={schema}"
    own = json.loads((DATA / schema).read_text(encoding="utf-8"))
    data = read_bytes(text.encode(), file.name).data
    assert wrong(data, own) == []
    assert wrong({**data, "extra": []}, own) == ["/extra: unknown"]
    assert wrong([], own) == [": type"]


def test_the_schema_of_a_list_bites_as_that_of_all_does() -> None:
    events = json.loads((DATA / "schema" / "events.schema.json").read_text(encoding="utf-8"))
    data = read_bytes((DATA / "events.yml").read_bytes(), "events.yml").data
    del data["events"][0]["title"]
    data["events"][1]["titel"] = "A title"
    assert wrong(data, events) == ["/events/0/title: required", "/events/1/titel: unknown"]
    assert wrong({}, events) == ["/events: required"]


def test_schemas_with_ids_offer_every_id_and_take_no_other() -> None:
    tree = real_tree()
    made = {name: json.loads(text) for name, text in schemas.files_with_ids(tree.data)}
    assert made.keys() == {schemas.name_of(file) for file in LISTS}
    for file, lists in LISTS.items():
        own = {name: tree.data[name] for name in lists}
        assert wrong(own, made[schemas.name_of(file)]) == []
    event = json.loads(json.dumps(tree.data["events"][0]))
    for name, value in (
        ("kind", "nothing"),
        ("sources", ["nothing"]),
        ("principles", [12]),
        ("stakeholders", ["nobody"]),
    ):
        assert wrong({"events": [{**event, name: value}]}, made["events.schema.json"]), name
        assert wrong({"events": [{**event, name: value}]}, schemas.schema_of("events.yml")) == [], name


def test_the_schema_of_french_texts_takes_nothing_but_texts() -> None:
    french = json.loads((DATA / "schema" / "principles.fr.schema.json").read_text(encoding="utf-8"))
    data = read_bytes((DATA / "principles.fr.yml").read_bytes(), "principles.fr.yml").data
    record = next(iter(data["principles"].values()))
    record["category"] = "grooming"
    record["english"] = "not hex"
    record["in_brief"]["aim"] = {"text": "Un texte", "sources": ["a"]}
    data["events"] = {}
    found = [line.replace(next(iter(data["principles"])), "ID") for line in wrong(data, french)]
    assert sorted(found) == [
        "/events: unknown",
        "/principles/ID/category: unknown",
        "/principles/ID/english: unknown",
        "/principles/ID/in_brief/aim: anyOf",
    ]


def test_the_schema_accepts_what_the_check_accepts() -> None:
    assert wrong(read_bytes(real().encode(), "x.yml").data, SCHEMA) == []
    assert wrong(small(), SCHEMA) == []


def test_the_schema_refuses_an_empty_document() -> None:
    required = {name for name, info in kinds.Document.model_fields.items() if info.is_required()}
    assert required >= {"categories", "principles", "stakeholders", "practices", "sources"}
    assert set(SCHEMA["required"]) == required
    assert {line.split(":")[0].strip("/") for line in wrong({}, SCHEMA)} == required
    assert wrong(None, SCHEMA) == wrong([], SCHEMA) == wrong("", SCHEMA) == [": type"]
    with pytest.raises(ValidationError):
        kinds.Document.model_validate({})


def test_the_schema_refuses_unknown_fields_everywhere() -> None:
    for name, shape in SCHEMA["$defs"].items():
        assert shape["type"] != "object" or shape["additionalProperties"] is False, name
    data = small()
    data["extra"] = []
    data["principles"][0]["extra"] = 1
    data["principles"][1]["in_brief"]["aim"]["extra"] = 1
    found = {"/extra: unknown", "/principles/0/extra: unknown", "/principles/1/in_brief/aim/extra: unknown"}
    assert set(wrong(data, SCHEMA)) == found


def test_the_schema_bites() -> None:
    data = small()
    first, second = data["principles"][:2]
    first["number"], second["number"] = 12, "2"
    first["confidence"] = "certain"
    first["summary"] = "long " * 30
    del first["category"]
    second["phrases"] = second["phrases"][:1]
    data["practices"][0]["date"] = "05.03.2020"
    assert sorted(wrong(data, SCHEMA)) == [
        "/practices/0/date: anyOf",
        "/principles/0/category: required",
        "/principles/0/confidence: enum",
        "/principles/0/number: maximum",
        "/principles/0/summary: maxLength",
        "/principles/1/number: type",
        "/principles/1/phrases: minItems",
    ]


def test_official_phrases_change_only_on_purpose() -> None:
    principles = read_bytes(real().encode(), "x.yml").data["principles"]
    phrases = sorted([item["number"], part["phrase"]] for item in principles for part in item["phrases"])
    now = hashlib.sha256(json.dumps(phrases, ensure_ascii=False).encode()).hexdigest()
    assert now == PHRASES_SHA256, (
        "An official phrase in data/principles.yml is not what it was. If that was an accident, put it back (git diff "
        "shows it). If it is meant, because the phrase was held against the official text again, set PHRASES_SHA256 in "
        f"tests/data/test_schemas.py to {now}"
    )
