"""A kind of record is one row: an invented one stands everywhere at once, or the check says what it lacks.

The kind is that of court cases, as the guide for contributors shows it. It comes into a copy of the checkout with one
class file, one template, one list template, one line of navigation and the three lines that list it as a kind.
"""

from __future__ import annotations

import dataclasses
import html
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from bs4 import Tag

from macros.data import collections, kinds
from macros.data.rows import Kind
from tests import additions
from tests.additions import (
    BODY,
    FIELD,
    IMPORT,
    MODULE,
    NAV,
    SAMPLE,
    SOURCE,
    Copy,
    with_court_cases,
    with_signs,
)
from tests.conftest import ROOT, BuiltSite, Once, read_site
from tests.search_reading import unpacked_from

NEW, UNSURE = "harbour-against-lantern", "meadow-against-signal"
PAGE = f"/court-cases/{NEW}/"

FOUND_BY = ("page", "anchor", "listed", "cites", "linked", "api", "search", "a_to_z", "readability", "structured")
"""What every row must say, be it that there is none."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return with_signs(with_court_cases(tmp_path_factory.mktemp("checkout")))


@pytest.fixture(scope="module")
def built(once: Once) -> BuiltSite:
    return read_site(once("additions", additions.build) / "site")


def served(built: BuiltSite, name: str) -> Any:
    return json.loads((built.folder / name).read_text(encoding="utf-8"))


def targets(built: BuiltSite, address: str) -> set[str]:
    return {urlsplit(link).path for link, _ in built[address].links()}


# --- the invented kind ---


def test_it_stands_on_its_pages(built: BuiltSite) -> None:
    assert "Whoever opens first and looks later is late." in built[PAGE].html
    assert {PAGE, f"/court-cases/{UNSURE}/"} <= targets(built, "/court-cases/")
    assert "/court-cases/" in targets(built, "/"), "the navigation leads there"


def test_whom_and_what_it_names_leads_to_it(built: BuiltSite) -> None:
    for address in ("/principles/1/record/", f"/stakeholders/{BODY}/"):
        heading = built[address].soup.find("h2", id="court-cases")
        assert isinstance(heading, Tag)
        assert heading.get_text().startswith("Court cases")
        assert PAGE in targets(built, address)
        assert {address.removesuffix("record/")} <= targets(built, PAGE)
    assert built["/principles/2/record/"].soup.find("h2", id="court-cases") is None


def test_it_stands_among_the_addresses_that_are_kept(copy: Copy) -> None:
    done = copy.run("macros", "published")
    assert done.returncode == 0, done.stderr
    listed = (copy.root / "data" / "published.txt").read_text(encoding="utf-8").split("\n")
    assert {"/court-cases/", PAGE, f"/court-cases/{UNSURE}/"} <= set(listed)


def test_search_and_the_alphabet_find_it(built: BuiltSite) -> None:
    data = unpacked_from(built.folder)
    found = [entry for entry in data["entries"] if entry[2] == PAGE.lstrip("/")]
    assert [(entry[0], data["kinds"][entry[1]], entry[3]) for entry in found] == [
        ("Harbour against Lantern", "Court case", "lantern judgment")
    ]
    assert PAGE in targets(built, "/a-z/")
    assert "court case" in built["/a-z/"].html


def test_programs_load_it_with_its_schema(built: BuiltSite) -> None:
    first, second = served(built, "api/v1/court_cases.json")
    assert (first["id"], first["address"], second["id"]) == (NEW, PAGE, UNSURE)
    assert served(built, f"api/v1/court_cases/{NEW}.json") == first
    assert served(built, "api/v1/index.json")["collections"]["court_cases"] == 2
    bare = [{name: value for name, value in one.items() if name != "dataset"} for one in (first, second)]
    assert served(built, "api/v1/all.json")["court_cases"] == bare
    schema = served(built, "api/v1/schema.json")
    assert schema["properties"]["court_cases"]["items"] == {"$ref": "#/$defs/CourtCase"}
    assert {"address", "decided", "summary"} <= set(schema["$defs"]["CourtCase"]["properties"])
    table = (built.folder / "api/v1/court_cases.csv").read_text(encoding="utf-8")
    assert table.split("\n")[1].startswith(f"{PAGE},Harbour against Lantern,")
    assert "court_cases" in built["/data/"].html


def test_it_stands_in_the_database_the_workbook_and_the_package(built: BuiltSite) -> None:
    with closing(sqlite3.connect(built.folder / "data" / "principles.sqlite")) as database:
        rows = database.execute("SELECT id, address, date, date_precision FROM court_cases").fetchall()
        links = set(database.execute("SELECT court_case_id, principle_number FROM court_cases_principles"))
        said = database.execute("SELECT text FROM statements WHERE collection = 'court_cases' AND id = ?", (NEW,))
        assert any("Whoever opens first and looks later is late." in text for (text,) in said)
    assert [row[0] for row in rows] == [NEW, UNSURE]
    assert rows[0][1] == PAGE
    assert (NEW, 1) in links
    book = openpyxl.load_workbook(built.folder / "data" / "principles.xlsx", read_only=True)
    assert {"court_cases", "court_cases_principles"} <= set(book.sheetnames)
    resources = {one["name"]: one for one in served(built, "api/v1/datapackage.json")["resources"]}
    assert {"date_from", "summary"} <= {field["name"] for field in resources["court_cases"]["schema"]["fields"]}


def test_its_sources_list_it(built: BuiltSite) -> None:
    (page,) = (page for page in built.pages if page.startswith("/sources/") and PAGE in targets(built, page))
    entry = built[page].soup.find("li", id=SOURCE)
    assert isinstance(entry, Tag)
    assert "Harbour against Lantern" in entry.get_text()


def test_it_says_what_it_is_in_words_of_schema_org(built: BuiltSite) -> None:
    def graph(address: str) -> Any:
        script = built[address].soup.find("script", type="application/ld+json")
        assert isinstance(script, Tag)
        return json.loads(script.get_text())["@graph"][0]

    assert graph(PAGE)["mainEntity"] == {"@type": "CreativeWork", "name": "Harbour against Lantern"}
    assert graph("/court-cases/")["@type"] == "CollectionPage"
    parts = [part["@id"] for part in graph("/court-cases/")["hasPart"]]
    assert [urlsplit(part).path for part in parts] == [PAGE, "/court-cases/meadow-against-signal/"]


def test_reports_look_at_it(copy: Copy) -> None:
    said = copy.run("macros", "report").stdout
    assert "reading ease of court cases: " in said
    assert f"court_cases: {NEW} was last checked 2025-01-05" in said
    assert f"nothing leads to '{UNSURE}'" in said
    old = copy.run("macros", "stale", "--days", "180").stdout
    assert f"court_cases: {NEW}, last checked 2025-01-05" in old
    assert f"court_cases: {UNSURE}, unchecked" in old


def test_the_summary_of_a_change_tells_of_it(copy: Copy) -> None:
    said = copy.run("macros", "diff", "before").stdout
    assert "- Court cases: No records changed, 2 added, none removed" in said
    assert "### Court cases" in said
    assert f"#### `Harbour against Lantern` (`{NEW}`): added" in said
    assert f"- `{PAGE}`" in said, "among the addresses that appear"
    assert "`/court-cases/`" in said
    assert re.search(rf"^- `/principles/1/`: .*lists .*`{NEW}`", said, re.MULTILINE)


def test_the_check_knows_its_name(copy: Copy) -> None:
    file = copy.root / "data" / "court_cases.yml"
    text = file.read_text(encoding="utf-8")
    try:
        file.write_text(text.replace("    summary: A court sent a case back.\n", ""), encoding="utf-8")
        assert "error: 'summary' is missing in this court case; add it" in copy.run("macros", "check").stderr
    finally:
        file.write_text(text, encoding="utf-8")
    done = copy.run("macros", "check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", FOUND_BY)
def test_a_row_leaves_nothing_out_by_accident(name: str) -> None:
    (field,) = (field for field in dataclasses.fields(Kind) if field.name == name)
    assert field.default is field.default_factory is dataclasses.MISSING


def test_no_two_kinds_share_a_place_among_what_programs_load() -> None:
    places = [kind.api for kind in kinds.KINDS.values() if kind.api is not None]
    assert sorted(places) == list(range(1, len(places) + 1)) == list(range(1, len(collections.DATA) + 1))


# --- what it lacks ---


@pytest.mark.parametrize("template", ["court-case.md.j2", "court-cases.md.j2"])
def test_a_kind_without_a_template_is_a_sentence(copy: Copy, template: str) -> None:
    file = copy.root / "macros" / "templates" / template
    text = file.read_text(encoding="utf-8")
    try:
        file.unlink()
        done = copy.run("macros", "check")
    finally:
        file.write_text(text, encoding="utf-8")
    place = f"macros/data/kinds/court_case.py:{copy.line('macros/data/kinds/court_case.py', template)}"
    assert re.match(rf"{re.escape(place)}:\d+: error: there is no template macros/templates/{template} ", done.stderr)
    assert (done.returncode, done.stderr.count("\n")) == (1, 2)


def test_a_list_page_that_nothing_leads_to_is_a_sentence(copy: Copy) -> None:
    copy.change("mkdocs.yml", (NAV, ""))
    try:
        done = copy.run("macros", "check")
    finally:
        copy.change("mkdocs.yml", ("      - Programmes:", NAV + "      - Programmes:"))
    line = copy.line("mkdocs.yml", "\nnav:") + 1
    said = f"mkdocs.yml:{line}:1: error: the page that lists court cases, court-cases/index.md, is missing under `nav:`"
    assert done.stderr.startswith(said)
    assert (done.returncode, done.stderr.count("\n")) == (1, 2)


# --- invented words ---


def test_a_new_kind_of_event_is_drawn_and_named(built: BuiltSite) -> None:
    page = built["/timeline/"].soup
    drawn = (
        page.select(".year .dots .dot-hearing"),
        page.select(".row-list .dot-hearing"),
        page.select("li.event .dot-hearing"),
    )
    assert list(map(len, drawn)) == [1, 1, 1]
    assert page.select('.filter li[data-value="hearing"]')[0].get_text() == "Hearings"
    (sheet,) = (built.folder / "assets" / "kinds").glob("timeline.*.css")
    assert ".dot-hearing{" in sheet.read_text(encoding="utf-8")


def test_a_new_status_of_a_practice_has_a_sign_of_its_own(built: BuiltSite) -> None:
    page = built["/matrix/"].soup
    marks = page.select("#matrix-stakeholders .cell-paused")
    assert marks
    assert {mark.get_text() for mark in marks} == {"‖"}
    assert all("On hold" in str(mark.parent and mark.parent["aria-label"]) for mark in marks)
    (legend,) = (item for item in page.select("ul.row-list li") if item.select(".cell-paused"))
    assert legend.get_text().split() == ["‖", "On", "hold"]
    assert any("On hold" in built[address].html for address in built.pages if address.startswith("/stakeholders/"))


def test_a_new_kind_of_service_is_named(built: BuiltSite) -> None:
    for address in ("/principles/", "/matrix/"):
        assert "Forums" in built[address].soup.get_text(), address


def test_a_word_without_a_sign_is_a_sentence(tmp_path: Path) -> None:
    copy = with_court_cases(tmp_path)
    done = copy.run("macros", "check")
    hearing, paused = (copy.line("data/principles.yml", f"{{id: {word}") for word in ("hearing", "paused"))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"data/principles.yml:{paused}:1: error: the practice status 'paused' has no sign for tables; "
        "add one to `signs` in macros/data/kinds/vocabularies.py",
        f"data/principles.yml:{hearing}:1: error: the event kind 'hearing' is not drawn; add a rule for .dot-hearing "
        "to docs/assets/site.css",
        "2 faults in data/principles.yml",
    ]


# --- the guide ---


def test_the_guide_shows_this_example() -> None:
    guide = html.unescape((ROOT / "docs" / "contribute" / "code" / "index.md").read_text(encoding="utf-8"))
    shown = [line.removeprefix("<pre><code>").removeprefix("+") for line in guide.split("\n")]
    example = (SAMPLE / "court_case.py").read_text(encoding="utf-8").split("\n")
    start = shown.index(example[0])
    assert shown[start : start + len(example) - 1] == example[:-1]
    for line in (IMPORT, MODULE, FIELD, NAV):
        assert line.rstrip("\n") in shown, line
