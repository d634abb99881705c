"""A handout per principle: one page of paper, made from the same data as the principle's page on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urljoin

from macros import moments
from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.formats.typst_renderer import Kept, clean, pdf
from macros.pages.escaping import long_date
from macros.pages.help_pages import WORLDWIDE

__all__ = ["OUTPUTS", "Handout", "Imprint", "cleaned", "handouts", "said", "stamp", "statement"]

OUTPUTS = (Output("handouts", ("handouts/principle-{number}.pdf",)),)
"""The paths of its files."""

TEMPLATE = "handout.typ"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a handout says about where it comes from: the site's name and address, and when the file was made."""

    name: str
    url: str
    stamp: int

    def to(self, address: str) -> str:
        """Give the full address of a page; from the site's root where it has no address of its own."""
        return urljoin(self.url, address.lstrip("/")) if self.url else address


@dataclass(frozen=True, slots=True)
class Handout:
    """A principle's handout: its number and the PDF file, of one page."""

    number: int
    content: bytes

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"/handouts/principle-{self.number}.pdf"

    @property
    def kilobytes(self) -> int:
        """Its size, as links to it state it."""
        return max(1, round(len(self.content) / 1000))


def edition(catalogue: Catalogue) -> date:
    """Give the day of the edition: the latest change's, else the day on which facts were last checked."""
    change = catalogue.latest_change
    day: date = change.date if change else catalogue.last_checked
    return day


def stamp(catalogue: Catalogue, epoch: str | None) -> int:
    """Give the moment at which files say they were made: SOURCE_DATE_EPOCH where it is one, else a day of the data.

    That is the latest on which any record was held against its sources.
    """
    try:
        moment = moments.read(epoch)
    except ValueError:
        moment = None
    return int(datetime.combine(catalogue.last_checked, time(), UTC).timestamp()) if moment is None else moment


def handouts(
    catalogue: Catalogue, imprint: Imprint, kept: Kept, principles: Iterable[kinds.Principle] | None = None
) -> Iterator[Handout]:
    """Yield the handout of some principles, by default of all. Raises typst.TypstError for a fault in the template."""
    for principle in catalogue.principles if principles is None else principles:
        yield Handout(principle.number, pdf(TEMPLATE, said(catalogue, principle, imprint), imprint.stamp, kept))


def said(catalogue: Catalogue, principle: kinds.Principle, imprint: Imprint) -> dict[str, Any]:
    """Give what a handout says, as the template reads it and as the typesetter can set it."""
    category = catalogue.category_of(principle)
    exercise = catalogue.exercise(principle)
    doubt = unsure(catalogue, principle.confidence)
    whole = {
        "site": imprint.name,
        "page": imprint.to(catalogue.address("principles", principle)),
        "help": imprint.to("/help/"),
        "teach": imprint.to("/teach/"),
        "edition": long_date(edition(catalogue)),
        "checked": long_date(principle.checked),
        "number": principle.number,
        "count": len(catalogue.principles),
        "title": principle.title,
        "tab_title": principle.tab_title,
        "description": principle.description,
        "category": {"number": category.number, "title": category.title},
        "doubt": doubt and {"label": doubt.label, "meaning": doubt.meaning},
        "brief": {
            name: statement(catalogue, getattr(principle.in_brief, name), getattr(principle.in_brief, name).text)
            for name in kinds.Brief.model_fields
        },
        "phrases": [
            {
                "phrase": phrase.phrase,
                "kind": catalogue.word("phrase_kinds", phrase.kind).label,
                **statement(catalogue, phrase, phrase.meaning),
            }
            for phrase in principle.phrases
        ],
        "questions": list(exercise.discussion) if exercise else [],
        "emergency": _emergency(catalogue),
        "situations": [
            {"title": situation.title, "link": imprint.to(catalogue.address("situations", situation))}
            for situation in catalogue.situations
            if principle.number in situation.principles
        ],
    }
    return {name: cleaned(value) for name, value in whole.items()}


def statement(catalogue: Catalogue, part: Any, text: str) -> dict[str, Any]:
    """Give a text with what the site notes beside it: that it is our reading, or what is not sure about it."""
    doubt = unsure(catalogue, part.confidence)
    return {"text": text, "ours": part.ours, "doubt": doubt and doubt.label}


def unsure(catalogue: Catalogue, confidence: str | None) -> kinds.Word | None:
    """Give the word for how sure something is; None where it is confirmed, or says nothing."""
    return None if confidence in (None, "confirmed") else catalogue.word("confidences", str(confidence))


def _emergency(catalogue: Catalogue) -> list[tuple[str, list[str]]]:
    """Give each emergency number with the countries in which it is the one to call; not that of many countries."""
    found: dict[str, dict[str, None]] = {}
    services = next((group.records for group in catalogue.need_groups if group.word.id == "emergency"), ())
    for service in services:
        if service.printable("phone") and service.country != WORLDWIDE:
            # A country with two such services is named once.
            countries = found.setdefault(service.phone.label, {})
            countries[catalogue.word("countries", service.country).label] = None
    return [(number, list(countries)) for number, countries in found.items()]


def cleaned(value: Any) -> Any:
    """Give a value with every text in it as the typesetter can set it."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {name: cleaned(item) for name, item in value.items()}
        case list() | tuple():
            return [cleaned(item) for item in value]
    return value
