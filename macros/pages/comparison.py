"""Two of the same kind side by side: which there are to choose from, and what the records say of each, by aspect.

The aspects and their words stand in `macros/templates/compare.md.j2`; here each has its cell. Nothing is weighed or
summed up but how many records there are. A cell without entries says that no record was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.field_types import PartialDate
from macros.data.urls import HELP, record_page_of
from macros.pages import glance
from macros.pages.digests import endorsing, first_sentence, latest, law_states
from macros.pages.page_links import label_of

__all__ = ["ADDRESS", "SUBJECTS", "Cell", "Compared", "Entry", "compared", "countries", "names"]

ADDRESS = "/compare/"
"""The page that shows them; which two stands in the fragment of its address."""

NEWEST = 3
"""Events, and practices of a principle, that a cell names; it counts the others."""

BODIES = ("regulator", "law-enforcement", "hotline", "civil-society", "survivors", "government")
"""Kinds of stakeholder that a country's cell names; companies and people are many, and are on their own pages."""

SILENCES = 4
"""What a principle does not say, as many as its own page shows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a cell.

    `text` is the link where `address` leads somewhere; `more` follows it. `tag` is a word of a vocabulary by its id and
    its label, `role` what the line says of a step, `when` the case in which it holds.
    """

    text: str = ""
    address: str = ""
    more: str = ""
    tag: tuple[str, str] | None = None
    date: PartialDate | None = None
    until: PartialDate | None = None
    confidence: str | None = None
    quoted: bool = False
    role: str = ""
    when: str = ""
    sources: tuple[kinds.Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What is on record of one aspect: entries, the page that says more, and how many records there are in all."""

    entries: tuple[Entry, ...] = ()
    address: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One that can be compared: its id in addresses, its names, its page, and its cells by aspect."""

    id: str
    name: str
    address: str
    cells: Mapping[str, Cell]


def compared(catalogue: Catalogue, subject: str) -> Iterator[Compared]:
    """Yield all of a kind that can be compared; raises KeyError for a kind that is none of `SUBJECTS`."""
    yield from SUBJECTS[subject](catalogue)


def countries(catalogue: Catalogue) -> tuple[kinds.Country, ...]:
    """Give the countries, and the union of countries, whose laws are on record."""
    known = {law.country for law in catalogue.document.laws}
    return tuple(country for country in catalogue.document.countries if country.id in known)


def names(catalogue: Catalogue) -> Iterator[str]:
    """Yield what people may type who look for a comparison, one text for each kind."""
    yield " ".join(one.short_name or one.name for one in catalogue.stakeholders)
    short = (glance.short(catalogue.language, country) for country in countries(catalogue))
    yield " ".join((*short, *(country.label for country in countries(catalogue))))


def _stakeholders(catalogue: Catalogue) -> Iterator[Compared]:
    first = {company.id: role for company, role in endorsing(catalogue)}
    for one in catalogue.stakeholders:
        page = catalogue.address("stakeholders", one)
        kind = catalogue.word("stakeholder_kinds", one.kind)
        body = catalogue.get("stakeholders", one.organisation) if one.organisation else None
        services = (catalogue.word("service_kinds", name) for name in one.service_kinds)
        events = catalogue.naming("events", one)
        cells = {
            "who": Cell((Entry(one.summary, confidence=one.confidence),)),
            "kind": _links((kind.label, f"/stakeholders/#{kind.id}")),
            "country": _links(
                *((catalogue.word("countries", name).label, f"/stakeholders/?country={name}") for name in one.countries)
            ),
            "for": _links((body.name, catalogue.address("stakeholders", body))) if body else Cell(),
            "status": _status(catalogue, one, first.get(one.id)),
            "services": _links(*((word.label, f"/principles/#service-{word.id}") for word in services)),
            **{f"practices-{of.number}": _practices(catalogue, one, of) for of in catalogue.principles},
            "figures": Cell(tuple(_named(catalogue, "figures", record) for record in catalogue.naming("figures", one))),
            "laws": Cell(tuple(_law(catalogue, record) for record in catalogue.naming("laws", one))),
            "events": _events(catalogue, events, f"{page}#events" if events else ""),
            "unknown": _claims(one.caveats, one, f"{page}#caveats"),
            "checked": _checked(one.checked),
        }
        yield Compared(one.id, one.short_name or one.name, page, cells)


def _status(catalogue: Catalogue, one: kinds.Stakeholder, role: kinds.Role | None) -> Cell:
    word, note = catalogue.word("statuses", one.status), one.status_note
    cited = dict.fromkeys((*(role.sources if role else ()), *(note.sources if note else ())))
    sources = tuple(catalogue.get("sources", name) for name in cited)
    entries = [Entry(tag=(word.id, word.label), date=role.date if role else None, confidence=_sure(role, one))]
    if note:
        entries.append(Entry(note.text, confidence=_sure(note, one), sources=sources))
    return Cell(tuple(entries), catalogue.address("stakeholders", one))


def _practices(catalogue: Catalogue, one: kinds.Stakeholder, principle: kinds.Principle) -> Cell:
    """Give how many practices a stakeholder has on record for a principle, and the newest of them."""
    done = [practice for practice in catalogue.practices_of(one) if principle.number in practice.principles]
    if not done:
        return Cell()
    newest = next(iter(latest(done, 1)), done[0])
    entry = _practice(catalogue, newest, newest.name or first_sentence(newest.text))
    return Cell((entry,), f"{catalogue.address('stakeholders', one)}#practices", len(done))


def _practice(catalogue: Catalogue, done: kinds.Practice, text: str, more: str = "") -> Entry:
    status = catalogue.word("practice_statuses", done.status)
    address = catalogue.address("practices", done)
    return Entry(text, address, more, (status.id, status.label), done.date, done.until, done.confidence)


def _countries(catalogue: Catalogue) -> Iterator[Compared]:
    help_pages = {group.word.id for group in catalogue.service_groups}
    flows = {way.country: way for way in catalogue.document.report_flows if way.country}
    states = {
        principle.number: {state.country.id: state for state in law_states(catalogue, principle)}
        for principle in catalogue.principles
    }
    for country in countries(catalogue):
        laws = [law for law in catalogue.document.laws if law.country == country.id]
        bodies = [
            one for kind in BODIES for one in catalogue.stakeholders if one.kind == kind and country.id in one.countries
        ]
        everybody = sum(country.id in one.countries for one in catalogue.stakeholders)
        events = tuple(event for event in catalogue.events if country.id in event.countries)
        help_ = HELP.format(country=country.id) if country.id in help_pages else ""
        cells = {
            "reporting": _reporting(catalogue, laws),
            **{f"law-{number}": _state(catalogue, by_country[country.id]) for number, by_country in states.items()},
            "bodies": Cell(
                tuple(_body(catalogue, one) for one in bodies),
                f"/stakeholders/?country={country.id}" if everybody else "",
                everybody or None,
            ),
            **_steps(catalogue, flows.get(country.id)),
            "events": _events(catalogue, events, ""),
            "help": _links((country.help_name, help_)) if help_ else Cell(),
            "checked": _checked(max(law.checked for law in laws)),
        }
        yield Compared(country.id, country.label, f"/law/#country-{country.id}", cells)


def _reporting(catalogue: Catalogue, laws: Iterable[kinds.Law]) -> Cell:
    entries = []
    for law in laws:
        claims = [claim for claim in law.text if claim.on_reporting]
        if claims:
            entries.append(_law(catalogue, law))
            entries += [Entry(claim.text, confidence=_sure(claim, law)) for claim in claims]
    return Cell(tuple(entries))


def _state(catalogue: Catalogue, state: Any) -> Cell:
    """Give how far the law of a country has come on a principle's ground, by the word of the table of all eleven."""
    law = glance.GlanceLaw(state)
    tag = (law.stage, law.word.text)
    if state.law is None:
        return Cell((Entry(tag=tag),))
    found = state.law
    address = catalogue.address("laws", found)
    name = found.short_name or found.name
    return Cell((Entry(name, address, "", tag, found.date, found.until, found.confidence),))


def _law(catalogue: Catalogue, law: kinds.Law) -> Entry:
    stage = catalogue.word("law_stages", law.stage)
    address = catalogue.address("laws", law)
    name = law.short_name or law.name
    return Entry(name, address, "", (stage.id, stage.label), law.date, law.until, law.confidence)


def _body(catalogue: Catalogue, one: kinds.Stakeholder) -> Entry:
    kind = catalogue.word("stakeholder_kinds", one.kind)
    address = catalogue.address("stakeholders", one)
    return Entry(one.short_name or one.name, address, tag=(kind.id, kind.label), confidence=one.confidence)


def _steps(catalogue: Catalogue, way: kinds.ReportFlow | None) -> Mapping[str, Cell]:
    if way is None:
        return {}
    page = catalogue.address("report_flows", way)
    return {
        f"step-{place}": Cell(
            (
                Entry(step.title, f"{page}#step-{step.id}"),
                Entry(step.who, role="who"),
                Entry(step.what.text, confidence=_sure(step.what, way)),
                *(
                    Entry(branch.then.text, when=branch.when, confidence=_sure(branch.then, way))
                    for branch in step.branches or ()
                ),
                Entry(step.stops.text, role="stops", confidence=_sure(step.stops, way)),
            )
        )
        for place, step in enumerate(way.steps, 1)
    }


def _principles(catalogue: Catalogue) -> Iterator[Compared]:
    for row in glance.rows(catalogue):
        one = row.principle
        page = catalogue.address("principles", one)
        category = catalogue.category_of(one)
        brief = {"aim": one.in_brief.aim, "asks": one.in_brief.asks, "not-asked": one.not_asked}
        fits = {"centre": one.services.centre, "relevant": one.services.relevant}
        record = record_page_of("principles", vars(one))
        newest = latest(catalogue.practices_for(one), NEWEST)
        sure = catalogue.word("confidences", one.confidence)
        cells = {
            "heading": _links((label_of(category), catalogue.address("categories", category))),
            **{name: _claims((claim,), one, page) for name, claim in brief.items()},
            **{f"says-{cell.question}": _answer(cell, one, page) for cell in row.cells},
            "silent": Cell(
                tuple(
                    Entry(first_sentence(claim.text), confidence=_sure(claim, one))
                    for claim in one.does_not_say[:SILENCES]
                ),
                f"{page}#does-not-say",
            ),
            **{f"law-{law.state.country.id}": _state(catalogue, law.state) for law in row.laws},
            "practices": Cell(
                tuple(_practice_of(catalogue, done) for done in newest), f"{record}#practices", row.on_record
            ),
            "questions": Cell(
                tuple(Entry(asked.question, f"{page}#question-{asked.id}") for asked in one.open_questions)
            ),
            **{
                name: _links(*((word.label, f"/principles/#service-{word.id}") for word in _words(catalogue, fitting)))
                for name, fitting in fits.items()
            },
            "sure": _links((sure.label, "/about/the-text/#reading-limits")),
            "checked": _checked(one.checked),
        }
        yield Compared(str(one.number), label_of(one), page, cells)


def _words(catalogue: Catalogue, fitting: Iterable[str]) -> Iterator[kinds.VocabularyTerm]:
    return (catalogue.word("service_kinds", name) for name in fitting)


def _practice_of(catalogue: Catalogue, done: kinds.Practice) -> Entry:
    who = catalogue.get("stakeholders", done.stakeholder)
    return _practice(catalogue, done, who.short_name or who.name, done.name or first_sentence(done.text))


def _answer(cell: glance.GlanceCell, one: kinds.Principle, page: str) -> Cell:
    """Give what a principle's text says on a question, as the table of all eleven does."""
    address = f"{page}#phrase-{cell.phrase.id}" if cell.phrase else page
    entries = [Entry(cell.own)] if cell.own else []
    if cell.quote:
        sure = cell.phrase.confidence if cell.phrase else None
        entries.append(Entry(cell.quote, address, quoted=True, confidence=sure))
    return Cell(tuple(entries) or (Entry(tag=(cell.answer, cell.word.text)),), page)


def _events(catalogue: Catalogue, events: tuple[kinds.Event, ...], page: str) -> Cell:
    newest = tuple(reversed(events))[:NEWEST]
    entries = tuple(
        Entry(
            event.title,
            catalogue.details("events", event),
            date=event.date,
            until=event.until,
            confidence=event.confidence,
        )
        for event in newest
    )
    return Cell(entries, page, len(events) or None)


def _named(catalogue: Catalogue, collection: str, record: Any) -> Entry:
    return Entry(label_of(record), catalogue.address(collection, record), confidence=record.confidence)


def _links(*links: tuple[str, str]) -> Cell:
    return Cell(tuple(Entry(text, address) for text, address in links))


def _claims(claims: Iterable[kinds.Claim], record: Any, page: str) -> Cell:
    entries = tuple(Entry(claim.text, confidence=_sure(claim, record)) for claim in claims)
    return Cell(entries, page if entries else "")


def _checked(day: Any) -> Cell:
    return Cell((Entry(date=PartialDate(day.isoformat())),))


def _sure(part: Any, record: Any) -> str | None:
    """Give how sure a statement is: as it says itself, else as its record; None for what is our own reading."""
    if part is None:
        return str(record.confidence)
    return part.confidence or (None if part.ours and not part.sources else record.confidence)


SUBJECTS: Mapping[str, Callable[[Catalogue], Iterator[Compared]]] = {
    "stakeholders": _stakeholders,
    "countries": _countries,
    "principles": _principles,
}
"""What can be compared, by the word for it in addresses."""
