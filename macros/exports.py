"""Which files exist beside the pages: tables of values, the timeline as a table and as a calendar."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from macros import model
from macros.catalogue import Catalogue
from macros.charts import axis

__all__ = ["exports"]


def exports(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text."""
    yield "timeline/events.csv", timeline_table(catalogue)
    yield "timeline.ics", timeline_calendar(catalogue)
    for figure in catalogue.document.figures:
        if figure.series:
            yield f"figures/{figure.id}/data.csv", figure_table(figure)


def figure_table(figure: model.Figure) -> str:
    """Give a figure's series as CSV: a row per point, a column per series, and how sure each row is."""
    head = [figure.axis, *(series.label for series in figure.series), "confidence"]
    by_series = [{point.at: point for point in series.points} for series in figure.series]
    rows = []
    for at in axis(figure):
        points = [points.get(at) for points in by_series]
        doubts = {point.confidence for point in points if point and point.confidence}
        values = [_number(point.value) if point and point.value is not None else "" for point in points]
        rows.append([at, *values, *(sorted(doubts) or [figure.confidence])][: len(head)])
    return table(head, rows)


def timeline_table(catalogue: Catalogue) -> str:
    """Give the events as CSV, in the order of the timeline."""
    head = ["id", "date", "until", "kind", "title", "text", "countries", "principles", "stakeholders", "sources"]
    return table(
        head,
        (
            [
                event.id,
                str(event.date),
                str(event.until or ""),
                event.kind,
                event.title,
                event.text,
                *(" ".join(map(str, names)) for names in (event.countries, event.principles, event.stakeholders)),
                " ".join(event.sources),
            ]
            for event in catalogue.events
        ),
    )


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """Give rows as CSV (RFC 4180).

    A cell that a spreadsheet would run as a formula starts with an apostrophe, after
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_harmless(cell) for cell in row] for row in (head, *rows))
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def timeline_calendar(catalogue: Catalogue) -> str:
    """Give the events as an iCalendar file (RFC 5545): all-day events, as long as their date is inexact."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//The Voluntary Principles, explained//timeline//EN")
    calendar.add("version", "2.0")
    for event in catalogue.events:
        entry = icalendar.Event()
        entry.add("uid", f"{event.id}@voluntary-principles")
        entry.add("dtstamp", datetime.combine(event.checked, time(), UTC))
        entry.add("dtstart", event.date.first_day)
        entry.add("dtend", last_day(event.until or event.date) + timedelta(days=1))
        entry.add("summary", event.title)
        entry.add("description", event.text)
        entry.add("categories", [event.kind])
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return str(calendar.to_ical(), "utf-8")


def last_day(when: model.PartialDate) -> date:
    """Give the latest day that a date can mean."""
    first = when.first_day
    match when.precision:
        case "year":
            return first.replace(month=12, day=31)
        case "month":
            return first.replace(day=monthrange(first.year, first.month)[1])
    return first
