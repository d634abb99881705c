"""What the page that compares two loads, as it is on the built site: every value held against the record it is of."""

from __future__ import annotations

import csv
import json
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.pages.escaping import long_date
from tests.conftest import HOST, BuiltSite

Cells = dict[str, dict[str, Any]]
Loaded = dict[str, dict[str, Any]]

HERE = f"{HOST}/compare/"
SUBJECTS = ("stakeholders", "countries", "principles")


def loaded(site: BuiltSite, subject: str) -> dict[str, Any]:
    """Read a script as the browser does: one value, given to one name."""
    (file,) = (site.folder / "assets").glob(f"compare-data-{subject}.*.js")
    start, _, text = file.read_text(encoding="utf-8").partition("=")[2].partition("=")
    assert start == f'{{}})["{subject}"]'
    found: dict[str, Any] = json.loads(text.rstrip().removesuffix(";"))
    return found


@pytest.fixture(scope="module")
def stored(site: BuiltSite) -> dict[str, Loaded]:
    return {subject: loaded(site, subject)["items"] for subject in SUBJECTS}


def texts(cell: dict[str, Any] | None) -> list[str]:
    return [entry.get("text", "") for entry in cell["entries"]] if cell else []


def tags(cell: dict[str, Any] | None) -> list[str]:
    return [entry["tag"][0] for entry in cell["entries"] if "tag" in entry] if cell else []


def doubt(confidence: str | None) -> str | None:
    return None if confidence == "confirmed" else confidence


def dated(entry: dict[str, Any], record: Any) -> bool:
    """Say whether an entry has the dates of a record, exact and in words."""
    own = {"date": record.date, "until": record.until}
    return {name: entry.get(name) for name in own} == {
        name: [when.text, long_date(when)] if when else None for name, when in own.items()
    }


def test_the_page_offers_all_that_is_stored_and_names_every_aspect(
    site: BuiltSite, stored: dict[str, Loaded], catalogue: Catalogue
) -> None:
    page = site["/compare/"].soup
    for subject, items in stored.items():
        offered = [str(option["value"]) for option in page.select(f'[data-choices="{subject}"] option')]
        assert offered == list(items), subject
        named = [str(one["data-aspect"]) for one in page.select(f'[data-aspects="{subject}"] > li')]
        assert len(named) == len(set(named))
        assert set(named) == {aspect for item in items.values() for aspect in item["cells"]}, subject
    assert [*stored["stakeholders"]] == [one.id for one in catalogue.stakeholders]
    assert [*stored["principles"]] == [str(one.number) for one in catalogue.principles]
    assert {law.country for law in catalogue.document.laws} == set(stored["countries"])


def test_every_address_leads_somewhere(site: BuiltSite, stored: dict[str, Loaded]) -> None:
    found = re.findall(r'"address": "([^"]+)"', json.dumps(stored))
    found += [source[1] for source in re.findall(r'\["([^"]+)", "(sources/[^"]+)", "[^"]*"\]', json.dumps(stored))]
    assert len(found) > 1000
    for address in set(found):
        page, _, anchor = f"/{address}".partition("#")
        page, _, query = page.partition("?")
        assert page in site.pages, address
        assert not anchor or anchor in site[page].ids, address
        assert not query or (page == "/stakeholders/" and query.startswith("country=")), address


def test_links_to_the_page_choose_what_it_offers(site: BuiltSite, stored: dict[str, Loaded]) -> None:
    links = {
        anchor for page in site.pages.values() for address, anchor in page.links() if address == HERE and "=" in anchor
    }
    asked = [dict(parse_qsl(link, strict_parsing=True)) for link in links]
    chosen = {(one["what"], one["a"]) for one in asked if "a" in one}
    assert chosen == {(subject, identifier) for subject, items in stored.items() for identifier in items}


def test_a_stakeholder_s_cells_say_what_its_records_say(stored: dict[str, Loaded], catalogue: Catalogue) -> None:
    for one in catalogue.stakeholders:
        item = stored["stakeholders"][one.id]
        cells: Cells = item["cells"]
        assert item["name"] == (one.short_name or one.name)
        assert texts(cells["who"]) == [one.summary]
        assert texts(cells["kind"]) == [catalogue.word("stakeholder_kinds", one.kind).label]
        assert texts(cells["country"]) == [catalogue.word("countries", name).label for name in one.countries]
        assert texts(cells.get("services")) == [
            catalogue.word("service_kinds", kind).label for kind in one.service_kinds
        ]
        assert tags(cells["status"]) == [one.status]
        assert cells["status"]["entries"][0]["tag"][1] == catalogue.word("statuses", one.status).label
        first = next((role for role in one.roles if role.endorsed), None)
        assert cells["status"]["entries"][0].get("date", [None])[0] == (
            first.date.text if first and first.date else None
        )
        assert texts(cells["status"])[1:] == ([one.status_note.text] if one.status_note else [])
        cited = {source[2] for entry in cells["status"]["entries"] for source in entry.get("sources", ())}
        wanted = {*(one.status_note.sources if one.status_note else ()), *(first.sources if first else ())}
        assert cited == {catalogue.get("sources", name).title for name in wanted}
        for name in ("figures", "laws"):
            found = [record for record in getattr(catalogue.document, name) if one.id in record.stakeholders]
            assert {entry["address"] for entry in cells.get(name, {}).get("entries", ())} == {
                catalogue.address(name, record).lstrip("/") for record in found
            }
        assert texts(cells.get("unknown")) == [claim.text for claim in one.caveats]
        assert cells["checked"]["entries"] == [{"date": [one.checked.isoformat(), long_date(one.checked)]}]
        events = [event for event in catalogue.events if one.id in event.stakeholders]
        assert texts(cells.get("events")) == [event.title for event in events[::-1][:3]]
        assert cells.get("events", {}).get("count", 0) == len(events)


def test_practices_are_counted_and_the_newest_is_shown_with_status_and_date(
    stored: dict[str, Loaded], catalogue: Catalogue
) -> None:
    seen = 0
    for one in catalogue.stakeholders:
        for principle in catalogue.principles:
            done = [
                practice
                for practice in catalogue.document.practices
                if practice.stakeholder == one.id and principle.number in practice.principles
            ]
            cell = stored["stakeholders"][one.id]["cells"].get(f"practices-{principle.number}")
            if not done:
                assert cell is None
                continue
            assert cell is not None
            assert cell["count"] == len(done)
            (entry,) = cell["entries"]
            shown: kinds.Practice = catalogue.get("practices", entry["address"].partition("#practice-")[2])
            assert shown in done
            assert entry["tag"] == [shown.status, catalogue.word("practice_statuses", shown.status).label]
            assert entry.get("doubt") == doubt(shown.confidence)
            assert dated(entry, shown)
            newest = max((practice.date.text for practice in done if practice.date), default=None)
            assert (shown.date.text if shown.date else None) == newest
            assert entry["text"] in (shown.name, shown.text) or shown.text.startswith(entry["text"])
            seen += 1
    assert seen > 50


def test_law_is_that_of_the_table_of_states(site: BuiltSite, stored: dict[str, Loaded], catalogue: Catalogue) -> None:
    with (site.folder / "law" / "picture" / "states.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(stored["countries"]) * len(stored["principles"])
    for row in rows:
        by_country = stored["countries"][row["country"]]["cells"][f"law-{row['principle']}"]
        by_principle = stored["principles"][row["principle"]]["cells"][f"law-{row['country']}"]
        assert by_country == by_principle
        (entry,) = by_country["entries"]
        assert entry["tag"][0] == row["state"]
        if row["law"]:
            law: kinds.Law = catalogue.get("laws", row["law"])
            assert entry["text"] == (law.short_name or law.name)
            assert entry.get("doubt") == doubt(law.confidence)
            assert dated(entry, law)
        else:
            assert "text" not in entry


def test_a_country_s_cells_say_what_its_records_say(stored: dict[str, Loaded], catalogue: Catalogue) -> None:
    for identifier, item in stored["countries"].items():
        cells: Cells = item["cells"]
        laws = [law for law in catalogue.document.laws if law.country == identifier]
        said = [claim for law in laws for claim in law.text if claim.on_reporting]
        assert said, "of every country the page says whether services must report"
        assert [
            text for text in texts(cells["reporting"]) if text not in {law.short_name or law.name for law in laws}
        ] == [claim.text for claim in said]
        assert cells["checked"]["entries"][0]["date"][0] == max(law.checked for law in laws).isoformat()
        events = [event for event in catalogue.events if identifier in event.countries]
        assert texts(cells.get("events")) == [event.title for event in events[::-1][:3]]
        here = {one.short_name or one.name: one for one in catalogue.stakeholders if identifier in one.countries}
        assert all(here[text].kind not in ("company", "person") for text in texts(cells.get("bodies")))
        way = next((one for one in catalogue.document.report_flows if one.country == identifier), None)
        for place in range(1, 7):
            cell = cells.get(f"step-{place}")
            step = way.steps[place - 1] if way else None
            branches = [branch.then.text for branch in step.branches or ()] if step else []
            assert texts(cell) == ([step.title, step.who, step.what.text, *branches, step.stops.text] if step else [])


def test_a_principle_s_cells_say_what_its_record_says(
    site: BuiltSite, stored: dict[str, Loaded], catalogue: Catalogue
) -> None:
    glance = json.loads((site.folder / "principles" / "glance" / "data.json").read_text(encoding="utf-8"))
    for row in glance["principles"]:
        one = catalogue.principle(row["number"])
        cells: Cells = stored["principles"][str(one.number)]["cells"]
        assert texts(cells["aim"]) == [one.in_brief.aim.text]
        assert texts(cells["asks"]) == [one.in_brief.asks.text]
        assert texts(cells["not-asked"]) == [one.not_asked.text]
        assert cells["aim"]["entries"][0].get("doubt") == doubt(one.in_brief.aim.confidence or one.confidence)
        for question in ("doing", "own_terms", "report", "limit", "example"):
            answer, cell = row[question], cells[f"says-{question}"]
            words = [answer[name] for name in ("our_words", "official_words") if name in answer]
            assert texts(cell) == (words or [""])
            assert tags(cell) == ([] if words else [answer["answer"]])
            assert [entry["text"] for entry in cell["entries"] if entry.get("quoted")] == words[-1:] * (
                "official_words" in answer
            )
        assert all(
            claim.text.startswith(text) for text, claim in zip(texts(cells["silent"]), one.does_not_say, strict=False)
        )
        assert cells["practices"]["count"] == row["on_record"]
        assert texts(cells["questions"]) == [question.question for question in one.open_questions]
        for name in ("centre", "relevant"):
            fitting = getattr(one.services, name)
            assert texts(cells.get(name)) == [catalogue.word("service_kinds", kind).label for kind in fitting]
        assert texts(cells["sure"]) == [catalogue.word("confidences", one.confidence).label]
