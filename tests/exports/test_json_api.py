"""The data for programs, as a program meets it: by the schema, by its checksums, by a shape that only grows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports import json_api
from tests.conftest import BuiltSite
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


def shape() -> list[str]:
    schema = json_api.schema("https://example.org/")
    return sorted({line for name in json_api.COLLECTIONS for line in fields(schema, name, schema["properties"][name])})


def test_every_file_fits_the_schema(folder: Path) -> None:
    schema = load(folder / "schema.json")
    Draft202012Validator.check_schema(schema)
    whole = load(folder / "all.json")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(whole)] == []
    for name in json_api.COLLECTIONS:
        assert load(folder / f"{name}.json") == whole[name]
        files = {file.stem: load(file) for file in (folder / name).iterdir()}
        assert list(files.values()) != []
        assert {record["id"]: record for record in whole[name]} == files, name


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
    listed = {entry["path"] for entry in index["files"]}
    assert listed == {file.name for file in folder.iterdir() if file.is_file()} - {"index.json"}
    for entry in index["files"]:
        content = (folder / entry["path"]).read_bytes()
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


def test_what_is_not_sure_enough_for_a_page_is_not_published_here(folder: Path, catalogue: Catalogue) -> None:
    tree = real_tree()
    contacts = ("phone", "text", "hours", "email", "url")
    for mark, left_out in (("A", set()), ("B", {"hours"}), ("C", set(contacts))):
        services = tuple(one.model_copy(update={"mark": mark}) for one in catalogue.document.services)
        document = catalogue.document.model_copy(update={"services": services})
        made = dict(json_api.files(Catalogue(document, tree), "/"))
        for service, published in zip(services, json.loads(made[f"{json_api.ROOT}/services.json"]), strict=True):
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


def test_nothing_of_version_one_is_taken_away() -> None:
    stored = SHAPE.read_text(encoding="utf-8").split("\n")
    lost = sorted(set(filter(None, stored)) - set(shape()))
    assert lost == [], "these fields were promised; bring them back, or publish a version 2 beside version 1"
    assert sorted(set(shape()) - set(stored)) == [], "new fields: run python -m tests.exports.test_json_api"
    assert set(kinds.COLLECTIONS) >= set(json_api.COLLECTIONS)


if __name__ == "__main__":
    stored = SHAPE.read_text(encoding="utf-8").split("\n") if SHAPE.exists() else []
    SHAPE.write_text("\n".join(sorted({*filter(None, stored), *shape()})) + "\n", encoding="utf-8")
