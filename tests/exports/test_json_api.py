"""The data for programs, as a program meets it: by the schema, by its checksums, by a shape that only grows.

The schema is read by two validators that others wrote: jsonschema, and Ajv in its strict mode.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.data import kinds, schemas
from macros.data.catalogue import Catalogue
from macros.data.languages import LANGUAGES
from macros.exports import api_records, json_api
from macros.pages import site_check
from tests.conftest import ROOT, BuiltSite
from tests.exports.teaching.quiz_readers import NODE
from tests.samples import real_tree

SHAPE = Path(__file__).parent / "api-v1-shape.txt"
"""Every field that version 1 has ever had. Lines are only added: `python -m tests.exports.test_json_api` does that."""


@pytest.fixture(scope="module")
def folder(site: BuiltSite) -> Path:
    return site.folder / json_api.ROOT


def load(file: Path) -> Any:
    text = file.read_text(encoding="utf-8")
    assert text.endswith("\n"), file
    return json.loads(text)


def fields(schema: dict[str, Any], at: str, part: dict[str, Any]) -> Iterator[str]:
    """Yield every path of names and its type below a part of the schema."""
    if "$ref" in part:
        yield from fields(schema, at, schema["$defs"][part["$ref"].rsplit("/", 1)[1]])
        return
    for option in part.get("anyOf", ()):
        yield from fields(schema, at, option)
    if "items" in part:
        yield from fields(schema, f"{at}[]", part["items"])
    if "type" in part:
        yield f"{at}: {part['type']}"
    for name, inner in part.get("properties", {}).items():
        yield from fields(schema, f"{at}.{name}", inner)


def shape(catalogue: Catalogue) -> list[str]:
    schema = json_api.schema("https://example.org/", catalogue)
    return sorted({line for name in json_api.COLLECTIONS for line in fields(schema, name, schema["properties"][name])})


def bare(record: dict[str, Any]) -> dict[str, Any]:
    """Give a record without what says where it comes from."""
    return {name: value for name, value in record.items() if name != "dataset"}


@pytest.mark.parametrize("below", ["", *(f"{language}/" for language in LANGUAGES)])
def test_every_file_fits_the_schema(folder: Path, below: str) -> None:
    schema = load(folder / below / "schema.json")
    Draft202012Validator.check_schema(schema)
    whole = load(folder / below / "all.json")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(whole)] == []
    names = json_api.COLLECTIONS if not below else api_records.TRANSLATED
    assert [name for name in whole if isinstance(whole[name], list)] == list(names)
    for name in names:
        records = load(folder / below / f"{name}.json")
        assert list(map(bare, records)) == whole[name]
        kind = {"$ref": schema["properties"][name]["items"]["$ref"], "$defs": schema["$defs"]}
        own = Draft202012Validator(kind)
        assert [error.message for record in records[:5] for error in own.iter_errors(record)] == []
        files = {file.stem: load(file) for file in (folder / below / name).iterdir()} if records else {}
        numbers = {str(one["number"]): one for one in records if "number" in one and str(one["number"]) in files}
        assert {**{record["id"]: record for record in records}, **numbers} == files, name
        assert (name in {"principles", "situations"}) == bool(numbers), "an address with a number in it"


def test_every_answer_says_where_it_comes_from(folder: Path) -> None:
    """Version, edition, licence and language, in whatever way the form of the file has for it."""
    edition = load(folder / "index.json")["edition"]
    assert date.fromisoformat(edition)
    for file in folder.rglob("*.*"):
        language = file.relative_to(folder).parts[0] if file.relative_to(folder).parts[0] in LANGUAGES else "en"
        said = {"version": 1, "edition": edition, "licence": "CC BY 4.0", "language": language}
        if file.suffix == ".csv":
            for row in csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")):
                assert {name: row[f"dataset_{name}"] for name in said} == {**said, "version": "1"}, file
            continue
        read = load(file)
        if "$defs" in read:
            assert f"edition {edition}" in read["$comment"]
            continue
        if "licenses" in read:  # a Data Package has words of its own for it
            assert (read["version"], read["licenses"][0]["name"]) == (edition, "CC-BY-4.0")
            continue
        for one in read if isinstance(read, list) else [read]:
            given = one.get("dataset", one)
            assert {name: given[name].partition(";")[0] if name == "licence" else given[name] for name in said} == said


AJV = """
const Ajv = require(process.argv[1]), { readFileSync } = require("fs");
const read = (name) => JSON.parse(readFileSync(`${process.argv[2]}/${name}`));
const valid = new Ajv({ strict: true, allErrors: true }).compile(read("schema.json"));
const whole = read("all.json");
const said = [valid(whole), valid.errors];
delete whole.terms[0].address;
whole.events[0].kind = "no-such-kind";
whole.laws[0].more = "a field of a later edition";
console.log(JSON.stringify([...said, valid(whole), valid.errors.map((error) => [error.instancePath, error.keyword])]));
"""


def test_ajv_compiles_the_schema_in_its_strict_mode(folder: Path) -> None:
    (script,) = (ROOT / "tests" / "vendor").glob("ajv-dist-*.js")
    done = subprocess.run([NODE, "-e", AJV, script, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    fits, errors, fits_too, wrong = json.loads(done.stdout)
    assert (fits, errors) == (True, None)
    assert not fits_too
    assert sorted(wrong) == [["/events/0/kind", "enum"], ["/terms/0", "required"]], "an unknown field is no fault"


def test_the_schema_keeps_what_it_promises(folder: Path, catalogue: Catalogue) -> None:
    """Every field is described, what is always there is required, and a code is one of those that are explained."""
    schema, whole = load(folder / "schema.json"), load(folder / "all.json")
    text = json.dumps(schema)
    for word in ("additionalProperties", "format", "default"):
        assert f'"{word}":' not in text
    made, model = schema["$defs"], schemas.document_schema("serialization")["$defs"]
    silent = [
        (kind, name)
        for kind, part in made.items()
        for name, field in part.get("properties", {}).items()
        if not field.get("description")
        or (
            name in model.get(kind, {}).get("properties", {})
            and "description" not in str(model[kind]["properties"][name])
        )
    ]
    assert silent == [], "say in the model what these fields hold"
    for name in json_api.COLLECTIONS:
        part = schema["$defs"][schema["properties"][name]["items"]["$ref"].rsplit("/", 1)[1]]
        always = (
            set(part["properties"]).intersection(*(record.keys() for record in whole[name])) if whole[name] else set()
        )
        assert set(part["required"]) <= always or not whole[name], name
    assert schema["$defs"]["EventKindCode"]["enum"] == [word.id for word in catalogue.document.event_kinds]
    assert schema["$defs"]["Event"]["properties"]["kind"]["$ref"] == "#/$defs/EventKindCode"
    assert [line for line in shape(catalogue) if line.endswith(": null")] == [], "what has no value is left out"


def test_the_whole_file_has_what_pages_show(folder: Path, catalogue: Catalogue) -> None:
    whole = load(folder / "all.json")
    for name in ("exercises", "notes", "lessons", "readings", "resources", "changes", "announcement", "measures"):
        assert [record["id"] for record in whole[name]] == [one.id for one in getattr(catalogue.document, name)] != []


def test_a_second_language_says_what_is_still_in_english(folder: Path, catalogue: Catalogue) -> None:
    for language, translated in catalogue.translations.items():
        english, own = load(folder / "all.json"), load(folder / language / "all.json")
        assert own["language"] == language
        first, same = own["principles"][0], english["principles"][0]
        assert (first["title"], first["id"]) == (translated.catalogue.principles[0].title, same["id"])
        assert first["address"] == f"/{language}{same['address']}"
        note = next(one for one in own["notes"] if "in_english" in one)
        assert {"title", "body[0].text"} <= set(note["in_english"])


def test_the_schema_refuses_what_the_data_never_is(folder: Path) -> None:
    schema = load(folder / "schema.json")
    whole = load(folder / "all.json")
    whole["principles"][0]["number"] = "one"
    del whole["terms"][0]["address"]
    places = {tuple(error.absolute_path)[:2] for error in Draft202012Validator(schema).iter_errors(whole)}
    assert places == {("principles", 0), ("terms", 0)}


def test_the_index_counts_and_sums_every_file(folder: Path, catalogue: Catalogue) -> None:
    index = load(folder / "index.json")
    assert index["collections"] == {name: len(getattr(catalogue.document, name)) for name in json_api.COLLECTIONS}
    for below in (folder, *(folder / language for language in LANGUAGES)):
        files = load(below / "index.json")["files"]
        listed = {entry["path"] for entry in files}
        assert listed == {file.name for file in below.iterdir() if file.is_file()} - {"index.json"}
        for entry in files:
            content = (below / entry["path"]).read_bytes()
            assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_every_address_leads_to_a_place_on_the_site(folder: Path, site: BuiltSite) -> None:
    for name in json_api.COLLECTIONS:
        for record in load(folder / f"{name}.json"):
            page, _, anchor = record["address"].partition("#")
            assert page in site.pages, record["id"]
            assert not anchor or anchor in site[page].ids, record["id"]


def test_tables_have_a_row_for_each_record_and_run_nowhere(folder: Path) -> None:
    for name in json_api.COLLECTIONS:
        records = load(folder / f"{name}.json")
        text = (folder / f"{name}.csv").read_bytes().decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [row["id"] for row in rows] == [record["id"] for record in records], name
        assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_every_code_has_a_label_and_a_meaning_in_each_language(folder: Path, catalogue: Catalogue) -> None:
    words = load(folder / "vocabularies.json")["vocabularies"]
    assert words == load(folder / "all.json")["vocabularies"]
    text = (folder / "vocabularies.csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    listed = [(name, word["code"]) for name, given in words.items() for word in given]
    assert [(row["vocabulary"], row["code"]) for row in rows] == listed
    assert listed == [(name, one.id) for name in kinds.VOCABULARIES for one in getattr(catalogue.document, name)]
    for row in rows:
        said = [row[f"{name}{end}"] for name in ("label", "meaning") for end in ("", *(f"_{one}" for one in LANGUAGES))]
        assert all(said), row["code"]


def test_a_date_says_which_days_it_can_mean(folder: Path) -> None:
    seen = set()
    for event in load(folder / "events.json"):
        first, last = date.fromisoformat(event["date_from"]), date.fromisoformat(event["date_to"])
        days = {"day": 1, "month": 31, "year": 366}[event["date_precision"]]
        assert event["date_from"].startswith(event["date"])
        assert event["date_to"].startswith(event["date"])
        assert days - 3 <= (last - first).days + 1 <= days
        assert first.day == 1 or days == 1
        seen.add(event["date_precision"])
    assert seen == {"day", "month", "year"}
    roles = [role for one in load(folder / "stakeholders.json") for role in one["roles"] if "until" in role]
    assert all(role["until_from"] <= role["until_to"] for role in roles)


def test_what_is_not_sure_enough_for_a_page_is_not_published_here(folder: Path, catalogue: Catalogue) -> None:
    tree = real_tree()
    contacts = ("phone", "text", "hours", "email", "url")
    for mark, left_out in (("A", set()), ("B", {"hours"}), ("C", set(contacts))):
        services = tuple(one.model_copy(update={"mark": mark}) for one in catalogue.document.services)
        document = catalogue.document.model_copy(update={"services": services})
        made = dict(json_api.files(Catalogue(document, tree), "/"))
        for service, published in zip(services, json.loads(made[f"{json_api.ROOT}/services.json"].read()), strict=True):
            own = {name for name in contacts if getattr(service.marks, name)}
            given = {name for name in contacts if getattr(service, name)} - own
            assert given - set(published) == given & left_out, service.id
    text = (folder / "all.json").read_text(encoding="utf-8")
    assert '"aliases"' not in text
    assert '"marks"' not in text


def test_a_source_says_where_an_archived_copy_may_be(folder: Path, catalogue: Catalogue) -> None:
    published = {record["id"]: record for record in load(folder / "sources.json")}
    for source in catalogue.document.sources:
        wanted = f"https://web.archive.org/web/{source.checked:%Y%m%d}/{source.url}" if source.url else None
        assert published[source.id].get("archived") == (source.archived or wanted), source.id
    source = catalogue.document.sources[0]
    given = "https://web.archive.org/web/20200305120000/https://site.test/"
    for update, archive in (
        ({"archived": given}, given),
        ({"url": None}, None),
        ({"url": given}, None),
        (
            {"url": "https://site.test/a", "checked": date(2026, 3, 5)},
            "https://web.archive.org/web/20260305/https://site.test/a",
        ),
    ):
        assert source.model_copy(update=update).archive == archive


def test_every_statement_of_a_principle_with_sources_says_how_sure_it_is(folder: Path) -> None:
    def parts(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield value
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from parts(item)

    words = set()
    for principle in load(folder / "principles.json"):
        for part in parts(principle):
            if part.get("sources"):
                words.add((principle["confidence"], part["confidence"]))
    assert {("confirmed", "confirmed"), ("unchecked", "unchecked"), ("unchecked", "confirmed")} <= words


def test_nothing_of_version_one_is_taken_away(catalogue: Catalogue) -> None:
    stored = SHAPE.read_text(encoding="utf-8").split("\n")
    lost = sorted(set(filter(None, stored)) - set(shape(catalogue)))
    assert lost == [], "these fields were promised; bring them back, or publish a version 2 beside version 1"
    assert sorted(set(shape(catalogue)) - set(stored)) == [], "new fields: run python -m tests.exports.test_json_api"
    assert set(kinds.COLLECTIONS) >= set(json_api.COLLECTIONS)


if __name__ == "__main__":
    stored = SHAPE.read_text(encoding="utf-8").split("\n") if SHAPE.exists() else []
    real, _ = site_check.load(ROOT / "data")
    assert real
    SHAPE.write_text("\n".join(sorted({*filter(None, stored), *shape(real)})) + "\n", encoding="utf-8")
