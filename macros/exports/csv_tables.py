"""Which files exist beside the pages: tables of values, the timeline as a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.pages.bar_charts import axis
from macros.pages.digests import endorsing, law_states

__all__ = ["BOM", "OUTPUTS", "Table", "exports", "table"]

OUTPUTS = (
    Output("timeline", ("timeline/events.csv",)),
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
        yield path, BOM + text


def _files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    yield "timeline/events.csv", timeline_table(catalogue)
    yield "principles/sentences.csv", sentences_table(catalogue)
    yield "law/picture/states.csv", law_states_table(catalogue)
    yield "evidence/endorsed/companies.csv", endorsed_table(catalogue)
    for figure in catalogue.document.figures:
        if figure.series:
            yield f"figures/{figure.id}/data.csv", figure_table(figure)


def figure_table(figure: kinds.Figure) -> str:
    """Give a figure's series as CSV: a row per point; per series its numbers and, where it has some, its words.

    The words ("over 400") stand in a column of their own, so that a number stays a number. Then how sure the row is;
    where it starts anew, why it cannot be compared with the rows above; what its numbers count, but for those whose
    column says it; and the sources of its numbers and of that break.
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
        [
            at,
            *(cells.get(at, "") for _, cells in columns),
            _listed(sorted(doubts.get(at, {figure.confidence}))),
            *_row_notes(figure, at),
        ]
        for at in axis(figure.series)
    ]
    return table([figure.axis, *(head for head, _ in columns), "confidence", "break_before", "unit", "sources"], rows)


def _row_notes(figure: kinds.Figure, at: str) -> Iterator[str]:
    """Yield the break before a point of the axis, the unit, and the sources."""
    points = [(series, point) for series in figure.series for point in series.points if point.at == at]
    breaks = [gap for gap in figure.breaks if gap.before == at]
    yield _listed(gap.text for gap in breaks)
    yield figure.unit if any(series.unit is None for series, _ in points) else ""
    sources = [*(point.sources or figure.sources for _, point in points), *(gap.sources for gap in breaks)]
    yield _listed(source for group in sources for source in group)


def timeline_table(catalogue: Catalogue) -> str:
    """Give the events as CSV, in the order of the timeline.

    `date_from` and `date_to` are the first and the last day that `date` can mean.
    """
    return table(
        [
            *("id", "date", "until", "kind", "title", "text", "countries", "principles", "stakeholders", "sources"),
            *("confidence", "date_note", "date_from", "date_to", "date_precision", "checked", "address"),
        ],
        (
            [
                event.id,
                str(event.date),
                str(event.until or ""),
                event.kind,
                event.title,
                event.text,
                *map(_listed, (event.countries, event.principles, event.stakeholders, event.sources)),
                event.confidence,
                event.date_note or "",
                *(event.date.first_day.isoformat(), event.date.last_day.isoformat(), event.date.precision),
                event.checked.isoformat(),
                catalogue.address("events", event),
            ]
            for event in catalogue.events
        ),
    )


def _listed(parts: Iterable[object]) -> str:
    """Give the parts of a list for one cell, each once, with a bar between them as in the tables of the API."""
    return " | ".join(dict.fromkeys(map(str, parts)))


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
        others = _listed(one.id for one in about if one.country == law.country and one.id != law.id)
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
        _listed(former.name for former in company.former_names),
        str(role.date or "") if role else "",
        company.status,
        role.text if role else "",
        str(len(catalogue.practices_of(company))),
        _listed(sources),
        (role.confidence if role else None) or company.confidence,
    ]


class Written(Protocol):
    """What takes text part by part."""

    def write(self, text: str, /) -> object:
        """Take a part."""


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """Give rows as CSV (RFC 4180).

    A cell that a spreadsheet would run as a formula starts with an apostrophe, after
    https://owasp.org/www-community/attacks/CSV_Injection. Within a cell one stands where such a start follows a
    semicolon: where people write 1,5 for one and a half, spreadsheets end cells there, quotes or none. A number below
    nothing is none, and stays a number.
    """
    out = io.StringIO()
    writer = Table(out, head)
    for row in rows:
        writer.add(row)
    return out.getvalue()


class Table:
    """The same, written row by row."""

    def __init__(self, out: Written, head: list[str]) -> None:
        """Write the head to anything that takes text."""
        self._writer = csv.writer(out)
        self.add(head)

    def add(self, row: list[str]) -> None:
        """Write a row."""
        self._writer.writerow([_harmless(cell) for cell in row])


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
