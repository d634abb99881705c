"""The files beside the pages: read back with the tools that readers will use, and held against the data."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.data import field_types, kinds
from macros.data.catalogue import Catalogue
from macros.data.validation import check
from macros.data.yaml_reader import Tree, read_bytes
from macros.exports import csv_tables, event_calendar
from macros.pages.site_info import SiteInfo
from tests.conftest import BuiltSite
from tests.samples import TODAY, good, invented

HERE = SiteInfo("A site", "https://site.test/", 0)
Small = tuple[kinds.Document, Tree]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def read_table(data: bytes) -> list[list[str]]:
    """Read a CSV as RFC 4180 has it: UTF-8, CRLF after every row and nowhere else, as many cells in each."""
    text = data.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return rows


def tables(site: BuiltSite) -> dict[str, Path]:
    return {file.relative_to(site.folder).as_posix(): file for file in site.folder.rglob("*.csv")}


def test_every_table_is_plain_csv_that_no_spreadsheet_runs(site: BuiltSite, catalogue: Catalogue) -> None:
    found = tables(site)
    promised = {f"figures/{figure.id}/data.csv" for figure in catalogue.document.figures if figure.series}
    assert promised | {"timeline/events.csv"} <= set(found)
    for name, file in found.items():
        rows = read_table(file.read_bytes())
        assert len(rows) > 1 or name.endswith("/withdrawn.csv"), name
        assert file.read_bytes().startswith(codecs.BOM_UTF8) == (not name.startswith("api/")), name
        assert [cell for row in rows for cell in row if cell.startswith(FORMULA_SIGNS)] == [], name


def test_a_figure_s_table_holds_its_series(site: BuiltSite, catalogue: Catalogue) -> None:
    for figure in catalogue.document.figures:
        if not figure.series:
            assert f"figures/{figure.id}/data.csv" not in tables(site)
            continue
        head, *rows = read_table((site.folder / "figures" / figure.id / "data.csv").read_bytes())
        assert (head[0], *head[-4:]) == (figure.axis, "confidence", "break_before", "unit", "sources")
        assert len({row[0] for row in rows}) == len(rows), figure.id
        columns = {name: {row[0]: row[place] for row in rows if row[place]} for place, name in enumerate(head)}
        for series in figure.series:
            name = f"{series.label} ({series.unit})" if series.unit else series.label
            numbers = {point.at: point.value for point in series.points if point.value is not None}
            words = {point.at: point.shown for point in series.points if point.shown is not None}
            assert {at: float(cell) for at, cell in columns[name].items()} == numbers, (figure.id, series.id)
            assert columns.get(f"{name}, as stated", {}) == words, (figure.id, series.id)
        doubts = {point.at for series in figure.series for point in series.points if point.confidence}
        breaks = {gap.before: gap for gap in figure.breaks}
        for at, *_, confidence, gap, unit, sources in rows:
            assert confidence in kinds.CONFIDENCE, figure.id
            assert confidence == figure.confidence or at in doubts, figure.id
            assert gap == (breaks[at].text if at in breaks else ""), figure.id
            assert unit == figure.unit or all(series.unit for series in figure.series), figure.id
            points = [point for series in figure.series for point in series.points if point.at == at]
            wanted = {source for point in points for source in point.sources or figure.sources}
            assert {*sources.split(" | ")} == {*wanted, *(breaks[at].sources if at in breaks else ())}, figure.id


def test_who_endorsed_stands_in_one_table_with_its_day_and_sources(site: BuiltSite, catalogue: Catalogue) -> None:
    head, *rows = read_table((site.folder / "evidence" / "endorsed" / "companies.csv").read_bytes())
    found = [dict(zip(head, row, strict=True)) for row in rows]
    endorsed = [one for one in catalogue.stakeholders if one.status == "endorsed"]
    assert [row["id"] for row in found] == [one.id for one in endorsed]
    for row, company in zip(found, endorsed, strict=True):
        (role,) = (role for role in company.roles if role.endorsed)
        assert (row["name"], row["date"], row["record"]) == (company.name, str(role.date), role.text)
        assert (
            row["former_names"].split(" | ") == [one.name for one in company.former_names] or not company.former_names
        )
        assert {*row["sources"].split(" | ")} >= set(role.sources)
        assert row["practices"] == str(len(catalogue.practices_of(company)))


def test_the_timeline_s_table_holds_every_event(site: BuiltSite, catalogue: Catalogue) -> None:
    head, *rows = read_table((site.folder / "timeline" / "events.csv").read_bytes())
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["id"] for row in found] == [event.id for event in catalogue.events]
    for row, event in zip(found, catalogue.events, strict=True):
        assert (row["date"], row["title"], row["text"]) == (str(event.date), event.title, event.text)
        assert row["principles"] == " | ".join(map(str, event.principles))
        assert row["stakeholders"] == " | ".join(event.stakeholders)
        assert row["sources"] == " | ".join(event.sources)
        assert (row["confidence"], row["date_note"]) == (event.confidence, event.date_note or "")
        assert row["date_from"] == event.date.first_day.isoformat()
        assert date.fromisoformat(row["date_to"]) == day_after(event.date) - timedelta(days=1)
        assert row["date_precision"] == event.date.precision
    assert {row["confidence"] for row in found} == {"confirmed", "reported"}


def test_the_sentences_table_keeps_official_words_and_ours_apart(site: BuiltSite, catalogue: Catalogue) -> None:
    head, *rows = read_table((site.folder / "principles" / "sentences.csv").read_bytes())
    found = [dict(zip(head, row, strict=True)) for row in rows]
    for principle in catalogue.principles:
        own = [row for row in found if row["principle"] == str(principle.number)]
        official = {phrase.phrase for phrase in principle.phrases}
        assert {row["official words"] for row in own if row["official words"]} <= official
        assert len(own) > len(principle.sentence.parts)
        assert [row["slot"] for row in own if row["kind"] == "not-said"] == list(principle.sentence.silent)
        for row in own:
            words = [row["official words"], row["our words"]]
            assert len(list(filter(None, words))) == (0 if row["kind"] == "not-said" else 1), row
    unread = {row["principle"] for row in found if row["official words"] and row["confidence"] == "unchecked"}
    assert unread == {"8", "9", "10", "11"}


def test_the_law_table_has_a_row_for_each_principle_and_country(site: BuiltSite, catalogue: Catalogue) -> None:
    head, *rows = read_table((site.folder / "law" / "picture" / "states.csv").read_bytes())
    found = [dict(zip(head, row, strict=True)) for row in rows]
    laws = {law.id: law for law in catalogue.document.laws}
    countries = {law.country for law in laws.values()}
    places = [(row["principle"], row["country"]) for row in found]
    assert len(places) == len(set(places)) == len(countries) * len(catalogue.principles)
    for row in found:
        own = {row["law"], *row["others"].split(" | ")} - {""}
        number = int(row["principle"])
        bear = {one.id for one in laws.values() if one.country == row["country"]}
        assert own == {one for one in bear if number in {link.principle for link in laws[one].links}}
        if own:
            assert row["state"] == laws[row["law"]].stage
        else:
            unread = catalogue.principle(number).confidence == "unchecked"
            assert row["state"] == ("not-checked" if unread else "none-found")


def test_a_number_below_nothing_stays_a_number() -> None:
    cells = ["-5", "-0.25", "12", "-5 percent", "-1+2"]
    (row,) = csv.reader(io.StringIO(csv_tables.table(cells, []), newline=""), strict=True)
    assert row == ["-5", "-0.25", "12", "'-5 percent", "'-1+2"]


@pytest.mark.parametrize("sign", FORMULA_SIGNS, ids=repr)
def test_no_cell_is_a_formula(sign: str) -> None:
    text = f'{sign}cmd|"/c calc"!A1, b'
    for row in csv.reader(io.StringIO(csv_tables.table([text, "plain"], [["plain", text]]), newline=""), strict=True):
        assert sorted(row) == sorted([f"'{text}", "plain"])


# --- the calendar ---


def read_calendar(text: str) -> list[icalendar.Event]:
    """Read a calendar as a program would; lines are as RFC 5545 has them."""
    lines = text.encode("utf-8").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    calendar = icalendar.Calendar.from_ical(text)
    assert isinstance(calendar, icalendar.Calendar)
    assert not calendar.errors
    return list(calendar.events)


def day_after(when: field_types.PartialDate) -> date:
    """Give the first day that a date can no longer mean."""
    first = when.first_day
    if when.precision == "year":
        return date(first.year + 1, 1, 1)
    if when.precision == "month":
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + timedelta(days=1)


def test_the_calendar_holds_every_event_with_its_days(site: BuiltSite, catalogue: Catalogue) -> None:
    entries = read_calendar((site.folder / "timeline.ics").read_bytes().decode("utf-8"))
    named = {str(entry["uid"]): entry for entry in entries}
    assert Counter(str(entry["uid"]) for entry in entries) == Counter(
        f"{event.id}@voluntary-principles" for event in catalogue.events
    )
    assert {event.date.precision for event in catalogue.events} == {"day", "month", "year"}
    for event in catalogue.events:
        entry = named[f"{event.id}@voluntary-principles"]
        exact = {event.date.precision, (event.until or event.date).precision} == {"day"}
        assert entry.start == event.date.first_day, event.id
        assert entry.end == (day_after(event.until or event.date) if exact else entry.start + timedelta(days=1)), (
            event.id
        )
        assert not entry.errors, event.id
        title, text, page = str(entry["summary"]), str(entry["description"]), str(entry["url"])
        assert title.startswith(event.title)
        assert text.startswith(event.text)
        assert (event.date_note or "") in text
        assert ("day not known" in title, "The day is not known" in text) == (not exact, not exact), event.id
        assert ("[Reported]" in title, "\n\nReported: " in text) == (event.confidence == "reported",) * 2, event.id
        assert page.endswith(f"/timeline/#{event.id}")
        assert text.endswith(page)


def test_the_calendar_says_what_it_is_and_when_to_ask_again(site: BuiltSite) -> None:
    calendar = icalendar.Calendar.from_ical((site.folder / "timeline.ics").read_bytes())
    assert isinstance(calendar, icalendar.Calendar)
    assert str(calendar["name"]) == str(calendar["x-wr-calname"]) == "The Voluntary Principles: timeline"
    assert calendar.decoded("refresh-interval") == timedelta(days=1)
    assert str(calendar["x-published-ttl"]) == "P1D"
    assert str(calendar["source"]).endswith("/timeline.ics")


@pytest.fixture(scope="module")
def small() -> Small:
    """A small document, quick to make a catalogue of."""
    tree = read_bytes(good().encode(), "sample.yml")
    document = check(tree, TODAY, ()).document
    assert document is not None
    return document, tree


def calendar_of(small: Small, **fields: object) -> tuple[str, icalendar.Event]:
    """Give the calendar of one event that holds these fields, as text and read back."""
    event = kinds.Event.model_validate(
        {
            "id": "a-day",
            "date": "2020-03-05",
            "title": "Title",
            "text": "Text",
            "kind": "law",
            "confidence": "confirmed",
            "checked": "2026-11-24",
        }
    )
    document, tree = small
    changed = document.model_copy(update={"events": (event.model_copy(update=fields),)})
    text = event_calendar.timeline_calendar(Catalogue(changed, tree), HERE)
    [entry] = read_calendar(text)
    return text, entry


@invented(150)
@given(
    title=st.text(
        alphabet=st.one_of(
            st.sampled_from("\n;,\\:\"'nN^é"), st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
        ),
        min_size=1,
        max_size=120,
    )
)
def test_whatever_a_title_holds_survives_the_calendar(small: Small, title: str) -> None:
    _, entry = calendar_of(small, title=title, text=title)
    assert str(entry["summary"]) == title
    assert str(entry["description"]) == f"{title}\n\nSources: {HERE.to('/timeline/#a-day')}"


def test_an_entry_keeps_its_name_when_its_facts_change(small: Small) -> None:
    other: dict[str, object] = {
        "title": "Other",
        "text": "Other",
        "date": field_types.PartialDate("2019"),
        "kind": "report",
    }
    names = {str(calendar_of(small, **fields)[1]["uid"]) for fields in ({}, other)}
    assert names == {"a-day@voluntary-principles"}
    assert calendar_of(small)[0] == calendar_of(small)[0]
