"""The data as database, workbook, package and catalogue entry, read by programs that others wrote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
import rdflib
from bs4 import Tag
from frictionless import Package

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA
from macros.exports import json_api, relations
from macros.exports.data_files import DATABASE, WORKBOOK, DataFiles
from macros.exports.data_words import DISTRIBUTIONS
from macros.formats import xlsx_writer
from macros.formats.relation import Column, Relation
from macros.pages.site_info import SiteInfo
from tests.conftest import BuiltSite

HERE = SiteInfo("The Voluntary Principles, explained", "https://site.test/", 1795564800)


@pytest.fixture(scope="module")
def database(site: BuiltSite) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{site.folder / DATABASE}?mode=ro", uri=True)) as opened:
        yield opened


@pytest.fixture(scope="module")
def book(site: BuiltSite) -> openpyxl.Workbook:
    return openpyxl.load_workbook(site.folder / WORKBOOK)


# --- the database ---


def test_each_kind_of_record_has_a_table_and_every_name_in_it_is_there(
    database: sqlite3.Connection, catalogue: Catalogue
) -> None:
    for name in (*DATA, *kinds.VOCABULARIES):
        ((count,),) = database.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
        assert count == len(getattr(catalogue.document, name)), name
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    ((links,),) = database.execute("SELECT count(*) FROM events_principles")
    assert links == sum(len(event.principles) for event in catalogue.events)
    columns = {
        (table, row[1]) for (table,) in _tables(database) for row in database.execute(f'PRAGMA table_info("{table}")')
    }
    told = set(database.execute("SELECT table_name, column_name FROM about_columns WHERE meaning <> ''"))
    assert {one for one in columns if not one[0].startswith("about")} == told, "every column is explained"


def _tables(database: sqlite3.Connection) -> list[tuple[str]]:
    return database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()


def test_every_statement_and_every_source_of_the_interface_is_in_it(
    database: sqlite3.Connection, site: BuiltSite
) -> None:
    whole = json.loads((site.folder / "api/v1/all.json").read_text(encoding="utf-8"))
    cited: set[tuple[str, str, str, str]] = set()
    texts: set[str] = set()

    def walk(value: Any, collection: str, identifier: str, place: str) -> None:
        if isinstance(value, list):
            for at, item in enumerate(value):
                walk(item, collection, identifier, f"{place}[{at}]")
        elif isinstance(value, dict):
            for name, inner in value.items():
                if name == "sources":
                    cited.update((collection, identifier, place, source) for source in inner)
                else:
                    walk(inner, collection, identifier, f"{place}.{name}" if place else name)
        elif isinstance(value, str):
            texts.add(value)

    for name in DATA:
        for record in whole[name]:
            walk(record, name, record["id"], "")
    assert set(database.execute("SELECT collection, id, place, source_id FROM cited_sources")) == cited
    held: set[str] = set()
    for (table,) in _tables(database):
        for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
            for cell in row:
                if isinstance(cell, str):
                    held.update(json.loads(cell) if cell.startswith("[") else [cell])
    assert texts - held == set(), "no text of the interface is missing"


def test_the_questions_on_the_page_have_answers(database: sqlite3.Connection, site: BuiltSite) -> None:
    section = site["/data/"].soup.find(id="questions")
    assert isinstance(section, Tag)
    asked = [block.get_text() for block in section.find_all_next("code") if "SELECT" in block.get_text()]
    assert len(asked) == 6
    views = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    for question in asked:
        rows = database.execute(question).fetchall()
        assert rows, question
        assert all(row[0] for row in rows), question
    assert len(views) == 6
    assert all(any(f"FROM {view}\n" in f"{question}\n".replace(";", "") for question in asked) for view in views)


# --- the workbook ---


def test_the_workbook_has_typed_cells_frozen_heads_and_no_formula(
    book: openpyxl.Workbook, catalogue: Catalogue
) -> None:
    assert {*DATA, "vocabularies", "figure_values", "cited_sources"} <= set(book.sheetnames)
    first, *sheets = book.worksheets
    listed = {row[0]: row[2] for row in first.iter_rows(values_only=True) if len(row) > 2 and isinstance(row[2], int)}
    assert set(listed) == {sheet.title for sheet in sheets}
    for sheet in sheets:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.max_row - 1 == listed[sheet.title] or not listed[sheet.title]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}, sheet.title
    heads, *rows = book["events"].iter_rows(values_only=True)
    for row, event in zip(rows, catalogue.document.events, strict=True):
        given = dict(zip(heads, row, strict=True))
        assert (given["id"], given["title"], given["date"]) == (event.id, event.title, str(event.date))
        assert given["date_from"] == datetime.combine(event.date.first_day, datetime.min.time())
        assert given["ours"] is event.ours
    numbers = [row[7] for row in book["figure_values"].iter_rows(min_row=2, values_only=True)]
    assert sum(isinstance(number, int | float) for number in numbers) > 200


def test_a_text_that_looks_like_a_formula_or_a_link_stays_a_text(tmp_path: Path) -> None:
    texts = ["=1+1", "{=1}", "+1", "@x", "https://site.test/", "internal:'x'!A1", "007", "2020", "a\tb", "x" * 40_000]
    columns = (Column("text", "text", "A text."), Column("day", "date", "A day."))
    days = ["1899-12-31", *["2020-03-05"] * (len(texts) - 1)]
    long = "a-name-that-is-longer-than-a-sheet-can-have"
    tables = [Relation(f"{long}-{at}", "", columns, ("text",), list(zip(texts, days, strict=True))) for at in range(2)]
    file = tmp_path / "book.xlsx"
    file.write_bytes(xlsx_writer.workbook("t", [["=a", "b"]], ("first", "a", "b", "c"), tables, 0))
    _, *sheets = openpyxl.load_workbook(file).worksheets
    assert len({sheet.title for sheet in sheets}) == 2
    for sheet in sheets:
        rows = list(sheet.iter_rows(min_row=2))
        assert [row[0].value for row in rows] == [text[:32_767] for text in texts]
        assert {row[0].data_type for row in rows} == {"s"}
        assert not any(row[0].hyperlink for row in rows)
        assert [row[1].value for row in rows[:2]] == ["1899-12-31", datetime(2020, 3, 5)]


# --- the package and the catalogue ---


def test_the_package_is_valid_with_every_table_type_and_key(site: BuiltSite) -> None:
    package = Package(str(site.folder / "api" / "v1" / "datapackage.json"))
    assert {resource.name for resource in package.resources} == {*DATA, "vocabularies", "figure-values"}
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:5]
    values = package.get_table_resource("figure-values").extract()["figure-values"]
    assert any(row["value"] > 1000 for row in values if row["value"] is not None), "numbers are numbers"
    assert any(row["break_before"] for row in values)
    assert {
        key.get("reference", {}).get("resource") for key in package.get_table_resource("practices").schema.foreign_keys
    } == {"stakeholders"}


def test_a_wrong_name_or_size_in_a_table_would_be_found(site: BuiltSite, tmp_path: Path) -> None:
    source = site.folder / "api" / "v1"
    described = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] in ("practices", "stakeholders")]
    for one in described["resources"]:
        (tmp_path / one["path"]).write_bytes((source / one["path"]).read_bytes().replace(b",meta,", b",nobody,"))
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    found = {kind for (kind,) in Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])}
    assert "foreign-key" in found or "hash-count" in found


def test_catalogues_of_data_are_told_what_there_is(site: BuiltSite, catalogue: Catalogue) -> None:
    graph = rdflib.Graph().parse(site.folder / "data" / "dcat.jsonld", format="json-ld")
    (dataset,) = graph.objects(None, rdflib.DCAT.dataset)
    assert str(graph.value(dataset, rdflib.DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    modified = graph.value(dataset, rdflib.DCTERMS.modified)
    assert isinstance(modified, rdflib.Literal)
    assert modified.toPython() == max(change.date for change in catalogue.document.changes)
    sizes = {}
    for one in graph.objects(dataset, rdflib.DCAT.distribution):
        path = urlsplit(str(graph.value(one, rdflib.DCAT.downloadURL))).path.lstrip("/")
        size = graph.value(one, rdflib.DCAT.byteSize)
        assert isinstance(size, rdflib.Literal)
        sizes[path] = size.toPython()
    assert sizes == {path: (site.folder / path).stat().st_size for path, _, _ in DISTRIBUTIONS}
    script = site["/data/"].soup.find("script", type="application/ld+json")
    assert isinstance(script, Tag)
    (said, *_) = json.loads(script.get_text())["@graph"]
    assert 50 <= len(said["dataset"]["description"]) <= 5000, "as search engines for data ask"
    assert {urlsplit(one["contentUrl"]).path.lstrip("/") for one in said["dataset"]["distribution"]} == set(sizes)
    assert date.fromisoformat(said["dataset"]["version"]) == modified.toPython()


def test_the_page_says_how_large_each_file_is(site: BuiltSite, catalogue: Catalogue) -> None:
    downloads = DataFiles(catalogue, HERE, {})
    for path in (DATABASE, WORKBOOK, "api/v1/figure-values.csv", "api/v1/vocabularies.csv", "data/dcat.jsonld"):
        link = site["/data/"].soup.select_one(f'td a[href="../{path}"]')
        assert isinstance(link, Tag)
        assert link.parent
        name, number, unit = link.parent.get_text(" ").split()
        assert (f"{number} {unit}", name) == (downloads[path].size, path.split("/")[-1])
        size = (site.folder / path).stat().st_size
        assert abs(float(number) * {"MB": 1e6, "KB": 1e3}[unit] - size) <= size / 10 + 1000, path


def test_the_same_data_give_the_same_bytes(catalogue: Catalogue) -> None:
    first, second = (dict(DataFiles(catalogue, HERE, {}).files()) for _ in range(2))
    assert first == second
    assert {one.name for one in relations.relations(json_api.records(catalogue))} >= set(DATA)
