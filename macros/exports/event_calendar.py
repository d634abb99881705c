"""The timeline as a calendar (iCalendar: RFC 5545, with what RFC 7986 adds for whoever subscribes to one).

An event stands on its days. Where its day is not known it is no bar of a month or a year, which nobody meant: it stands
on the first day that its date can mean, and says so in its name and its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import icalendar

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.exports.teaching.wordings import filled, wording
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo

__all__ = ["OUTPUTS", "files", "timeline_calendar"]

PLACE = "timeline.ics"

OUTPUTS = (Output("calendar", (PLACE,)),)
"""The paths of its files."""

WORDING = "calendar.yml"

RENEWED = timedelta(days=1)
"""How long a program that has the calendar may go without asking for it again: data changes by edition."""


def files(catalogue: Catalogue, site_info: SiteInfo) -> Iterator[tuple[str, str]]:
    """Yield the file's path from the site's root and its text."""
    yield PLACE, timeline_calendar(catalogue, site_info)


def timeline_calendar(catalogue: Catalogue, site_info: SiteInfo) -> str:
    """Give the events as an iCalendar file."""
    words, page = wording(WORDING), site_info.to("/timeline/")
    name = words["name"]
    about = filled(words["about"], {"count": len(catalogue.events), "page": page})
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//The Voluntary Principles, explained//timeline//EN")
    calendar.add("version", "2.0")
    for field, text in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(field, _Text(text), encode=False)
    calendar.add("url", page)
    calendar.add("source", site_info.to(f"/{PLACE}"), parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", icalendar.vDuration(RENEWED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(RENEWED))
    for event in catalogue.events:
        calendar.add_component(_entry(catalogue, site_info, event))
    return str(calendar.to_ical(), "utf-8")


def _entry(catalogue: Catalogue, site_info: SiteInfo, event: kinds.Event) -> icalendar.Event:
    page = site_info.to(catalogue.address("events", event))
    last = (event.until or event.date).last_day if _to_the_day(event) else event.date.first_day
    entry = icalendar.Event()
    entry.add("uid", f"{event.id}@voluntary-principles")
    entry.add("dtstamp", datetime.combine(event.checked, time(), UTC))
    entry.add("dtstart", event.date.first_day)
    entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", _Text(_summary(catalogue, event)), encode=False)
    entry.add("description", _Text("\n\n".join(_paragraphs(catalogue, event, page))), encode=False)
    entry.add("url", page)
    entry.add("categories", [event.kind])
    entry.add("transp", "TRANSPARENT")
    return entry


def _summary(catalogue: Catalogue, event: kinds.Event) -> str:
    """Give what a calendar shows of an event at first sight: its title, and what of it is not known for sure."""
    words, said = wording(WORDING), event.title
    if event.date.precision != "day":
        said = filled(words["when"], {"title": said, "when": long_date(event.date)})
    doubt = catalogue.word("confidences", event.confidence)
    return said if _sure(event) else filled(words["doubt"], {"summary": said, "label": doubt.label})


def _paragraphs(catalogue: Catalogue, event: kinds.Event, page: str) -> Iterator[str]:
    words, when = wording(WORDING), long_date(event.date)
    yield event.text
    if event.until and not _to_the_day(event):
        yield filled(words["stands"]["period"], {"when": when, "until": long_date(event.until)})
    elif event.date.precision != "day":
        yield filled(words["stands"][event.date.precision], {"when": when})
    if event.date_note:
        yield filled(words["note"], {"note": event.date_note})
    if not _sure(event):
        doubt = catalogue.word("confidences", event.confidence)
        yield filled(words["unsure"], {"label": doubt.label, "meaning": doubt.meaning})
    yield filled(words["sources"], {"page": page})


def _to_the_day(event: kinds.Event) -> bool:
    return all(when.precision == "day" for when in (event.date, event.until) if when)


def _sure(event: kinds.Event) -> bool:
    return event.confidence == "confirmed"


class _Text(icalendar.vText):
    r"""A text of a calendar, escaped after RFC 5545, 3.3.11; the library takes a `\N` in it for a line break."""

    def to_ical(self) -> bytes:
        """Give the text as it stands in the file."""
        signs = re.sub(r"[\\;,]", r"\\\g<0>", str(self))
        return re.sub(r"\r\n|\r|\n", r"\\n", signs).encode()
