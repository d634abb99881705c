"""Which files exist beside the pages: tables of values, the timeline as a table and as a calendar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

import icalendar

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.pages.bar_charts import axis
from macros.pages.digests import endorsing, law_states

__all__ = ["BOM", "OUTPUTS", "exports", "table"]

OUTPUTS = (
    Output("timeline", ("timeline.ics", "timeline/events.csv")),
    Output("sentences", ("principles/sentences.csv",)),
    Output("law-states", ("law/picture/states.csv",)),
    Output("endorsed", ("evidence/endorsed/companies.csv",)),
    Output("figure-tables", ("figures/{id}/data.csv",)),
)
"""The paths of its files."""


BOM = "\ufeff"
"""What tells Excel that a table is UTF-8. It starts those that people open from a page, and no table of `/api/v1/`."""


def exports(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; a table starts with the mark of its encoding."""
    for path, text in _files(catalogue):
        yield path, BOM + text if path.endswith(".csv") else text


def _files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    yield "timeline/events.csv", timeline_table(catalogue)
    yield "principles/sentences.csv", sentences_table(catalogue)
    yield "law/picture/states.csv", law_states_table(catalogue)
    yield "evidence/endorsed/companies.csv", endorsed_table(catalogue)
    yield "timeline.ics", timeline_calendar(catalogue)
    for figure in catalogue.document.figures:
        if figure.series:
            yield f"figures/{figure.id}/data.csv", figure_table(figure)


def figure_table(figure: kinds.Figure) -> str:
    """Give a figure's series as CSV: a row per point; per series its numbers and, where it has some, its words.

    The words ("over 400") stand in a column of their own, so that a number stays a number. The last column says how
    sure the row is.
    """
    columns: list[tuple[str, dict[str, str]]] = []
    for series in figure.series:
        head = f"{series.label} ({series.unit})" if series.unit else series.label
        columns.append((head, {point.at: _number(point.value) for point in series.points}))
        words = {point.at: point.shown for point in series.points if point.shown is not None}
        if words:
            columns.append((f"{head}, as stated", words))
    doubts: dict[str, set[str]] = {}
    for point in (point for series in figure.series for point in series.points if point.confidence):
        doubts.setdefault(point.at, set()).add(str(point.confidence))
    rows = [
        [at, *(cells.get(at, "") for _, cells in columns), " ".join(sorted(doubts.get(at, {figure.confidence})))]
        for at in axis(figure.series)
    ]
    return table([figure.axis, *(head for head, _ in columns), "confidence"], rows)


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


def sentences_table(catalogue: Catalogue) -> str:
    """Give the sentences of all principles, taken apart: a row for each part, then one for each silence.

    `place` is 2.1 for the first part within the second. Official words and ours have a column each, and a row fills
    one of them; a silence fills neither, and its kind is `not-said`. The confidence is the phrase's or the principle's.
    """
    head = ["principle", "place", "slot", "kind", "official words", "our words", "gloss", "confidence"]
    return table(head, (row for principle in catalogue.principles for row in _sentence_rows(principle)))


def _sentence_rows(principle: kinds.Principle) -> Iterator[list[str]]:
    phrases = {phrase.id: phrase for phrase in principle.phrases}
    number, sentence = str(principle.number), principle.sentence

    def row(place: str, slot: str, part: kinds.InnerPart) -> list[str]:
        phrase = phrases[part.phrase] if part.phrase else None
        sure = (phrase and phrase.confidence) or principle.confidence
        official = phrase.phrase if phrase else ""
        return [number, place, slot, part.kind, official, part.words or "", part.gloss, sure]

    for at, part in enumerate(sentence.parts, 1):
        yield row(str(at), part.slot, part)
        for inside, inner in enumerate(part.within, 1):
            yield row(f"{at}.{inside}", part.slot, inner)
    for at, slot in enumerate(sentence.silent, len(sentence.parts) + 1):
        yield [number, str(at), slot, "not-said", "", "", "", principle.confidence]


def law_states_table(catalogue: Catalogue) -> str:
    """Give how far the law has come, as CSV: a row for each principle in each country whose laws are on record.

    `state` is the stage of the law that has come furthest, `none-found`, or `not-checked` where nobody has read the
    principle's wording. `others` are further laws on the same ground.
    """
    head = ["principle", "title", "country", "state", "law", "name", "date", "until", "others"]
    return table(head, (row for principle in catalogue.principles for row in _law_rows(catalogue, principle)))


def _law_rows(catalogue: Catalogue, principle: kinds.Principle) -> Iterator[list[str]]:
    about = catalogue.about("laws", principle)
    for state in law_states(catalogue, principle):
        law = state.law
        start = [str(principle.number), principle.title, state.country.id]
        if law is None:
            yield [*start, "none-found" if state.read else "not-checked", "", "", "", "", ""]
            continue
        others = " | ".join(one.id for one in about if one.country == law.country and one.id != law.id)
        yield [*start, law.stage, law.id, law.name, str(law.date), str(law.until or ""), others]


def endorsed_table(catalogue: Catalogue) -> str:
    """Give who endorsed the principles, as CSV: names now and then, and when and how that is first on record."""
    head = ["id", "name", "former_names", "date", "status", "record", "practices", "sources", "confidence"]
    return table(head, (_endorsed_row(catalogue, company, role) for company, role in endorsing(catalogue)))


def _endorsed_row(catalogue: Catalogue, company: kinds.Stakeholder, role: kinds.Role | None) -> list[str]:
    note = company.status_note
    sources = dict.fromkeys((*(role.sources if role else ()), *(note.sources if note else ())))
    return [
        company.id,
        company.name,
        " | ".join(former.name for former in company.former_names),
        str(role.date or "") if role else "",
        company.status,
        role.text if role else "",
        str(len(catalogue.practices_of(company))),
        " | ".join(sources),
        (role.confidence if role else None) or company.confidence,
    ]


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """Give rows as CSV (RFC 4180).

    A cell that a spreadsheet would run as a formula starts with an apostrophe, after
    https://owasp.org/www-community/attacks/CSV_Injection. Within a cell one stands where such a start follows a
    semicolon: where people write 1,5 for one and a half, spreadsheets end cells there, quotes or none. A number below
    nothing is none, and stays a number.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_harmless(cell) for cell in row] for row in (head, *rows))
    return out.getvalue()


def _harmless(cell: str) -> str:
    if _NUMBER.fullmatch(cell):
        return cell
    return _LATER.sub(r"\1'", f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell)


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)

_LATER = re.compile(r'([;\t\r\n]"*)(?=[=+\-@])')
"""Where a formula would start within a cell, for a spreadsheet that takes another sign than the comma."""


def _number(value: float | None) -> str:
    if value is None:
        return ""
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
        entry.add("dtend", (event.until or event.date).last_day + timedelta(days=1))
        entry.add("summary", _Text(event.title), encode=False)
        entry.add("description", _Text(event.text), encode=False)
        entry.add("categories", [event.kind])
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return str(calendar.to_ical(), "utf-8")


class _Text(icalendar.vText):
    r"""A text of a calendar, escaped after RFC 5545, 3.3.11; the library takes a `\N` in it for a line break."""

    def to_ical(self) -> bytes:
        """Give the text as it stands in the file."""
        signs = re.sub(r"[\\;,]", r"\\\g<0>", str(self))
        return re.sub(r"\r\n|\r|\n", r"\\n", signs).encode()
