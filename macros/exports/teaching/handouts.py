"""A handout per principle: one page of paper, made from the same data as the principle's page on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import language_of
from macros.data.translations import whole
from macros.exports.drawing_values import PaperSentence, on_paper
from macros.exports.path_patterns import Output
from macros.exports.teaching.statements import NotedText, cleaned, noted_text, unsure
from macros.exports.teaching.wordings import Words, filled, linked, wording
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile
from macros.formats.typst_renderer import pdf
from macros.pages.drawings import drawn_sentence
from macros.pages.escaping import long_date
from macros.pages.help_pages import WORLDWIDE
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import say

__all__ = ["OUTPUTS", "Handout", "HandoutContent", "handout_content", "handouts", "wanted"]

OUTPUTS = (Output("handouts", ("handouts/principle-{number}.pdf", "handouts/principle-{number}-{language}.pdf")),)
"""The paths of its files."""

TEMPLATE, WORDING = "handout.typ", "handout.yml"


@dataclass(frozen=True, slots=True)
class CategoryTitle:
    """The category of a principle: its official number, from 1, and its title."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """How sure a whole principle is: the label of the word for it, and what that means, in a sentence."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class NotedPhrase:
    """A phrase of the official text, the label of its kind, and what it means, with what is noted beside it."""

    phrase: str
    kind: str
    text: str
    ours: bool
    doubt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutContent:
    """What a handout says, and a kit with it. Addresses are full; every text is one line that can be set."""

    language: str
    region: str
    """The country of the language, as the typesetter takes it."""
    words: Words
    """The wording around all that, filled in; lines with links are in pieces, each with its address or none."""
    site: str
    """The site's name."""
    page: str
    """The address of the principle's page."""
    help: str
    """The address of the pages of help."""
    teach: str
    """The address of the page for teachers."""
    edition: str
    """The day of the edition, in words."""
    checked: str
    """The day on which the principle was last held against its sources, in words."""
    number: int
    """The principle's official number, from 1."""
    count: int
    """How many principles there are."""
    title: str
    tab_title: str
    """The title as a window shows it, with the number."""
    description: str
    category: CategoryTitle
    doubt: Doubt | None
    """None where the principle is confirmed."""
    brief: Mapping[str, NotedText]
    """The principle in brief, by the names of its parts: `aim`, `asks`, `why`."""
    phrases: tuple[NotedPhrase, ...]
    notes: Mapping[str, NotedPhrase]
    """The same by their ids."""
    sentence: PaperSentence
    questions: tuple[str, ...]
    """What a class may talk about; none where the principle has no exercise."""
    emergency: tuple[tuple[str, tuple[str, ...]], ...]
    """Each emergency number with the names of the countries in which it is the one to call."""
    calls: str
    """The same in words."""


@dataclass(frozen=True, slots=True)
class Handout(SizedFile):
    """A principle's handout: its number, the PDF file, of one page, and the language it is in."""

    number: int
    content: Content
    language: str = "en"

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"/handouts/principle-{self.number}{'' if self.language == 'en' else f'-{self.language}'}.pdf"


def wanted(catalogue: Catalogue) -> dict[int, kinds.Principle]:
    """Give the principles that have a handout in the catalogue's language, by number: each that is there as a whole."""
    return {one.number: one for one in catalogue.principles if whole(one) and whole(catalogue.exercise(one) or ())}


def handouts(
    catalogue: Catalogue, site: SiteInfo, cache: Cache, principles: Iterable[kinds.Principle] | None = None
) -> Iterator[Handout]:
    """Yield the handout of some principles, by default of all, in the catalogue's language.

    Raises ValueError for a fault in the wording, and typst.TypstError for one in the template.
    """
    for principle in catalogue.principles if principles is None else principles:
        content = pdf(TEMPLATE, asdict(handout_content(catalogue, principle, site)), site.stamp, cache)
        yield Handout(principle.number, Content(content), catalogue.language)


def handout_content(catalogue: Catalogue, principle: kinds.Principle, site: SiteInfo) -> HandoutContent:
    """Give what a handout says, as the template reads it and as the typesetter can set it."""
    language, words = catalogue.language, wording(WORDING, catalogue.language)
    emergency = tuple(_emergency(catalogue))
    calls = [f"{number} ({', '.join(countries)})" for number, countries in emergency]
    category = catalogue.category_of(principle)
    exercise = catalogue.exercise(principle)
    doubt = unsure(catalogue, principle.confidence)
    phrases = {
        phrase.id: NotedPhrase(
            phrase.phrase, catalogue.word("phrase_kinds", phrase.kind).label, *_noted(catalogue, phrase)
        )
        for phrase in principle.phrases
    }
    values: dict[str, Any] = cleaned(
        {
            "site": str(say(language, site.name)),
            "page": site.to(catalogue.address("principles", principle), language),
            "help": site.to("/help/", language),
            "teach": site.to("/teach/", language),
            "edition": long_date(edition(catalogue), language),
            "checked": long_date(principle.checked, language),
            "number": principle.number,
            "count": len(catalogue.principles),
            "title": principle.title,
        }
    )
    content = HandoutContent(
        **values,
        language=language,
        region=language_of(language).region,
        words={},
        tab_title=principle.tab_title,
        description=principle.description,
        category=CategoryTitle(category.number, category.title),
        doubt=Doubt(doubt.label, doubt.meaning) if doubt else None,
        brief={
            name: noted_text(catalogue, getattr(principle.in_brief, name), getattr(principle.in_brief, name).text)
            for name in kinds.Brief.model_fields
        },
        phrases=tuple(phrases.values()),
        notes=phrases,
        sentence=on_paper(drawn_sentence(catalogue, principle), language),
        questions=tuple(exercise.discussion) if exercise else (),
        emergency=emergency,
        calls=words["or"].join(filter(None, (", ".join(calls[:-1]), *calls[-1:]))),
    )
    # Pieces of lines keep the spaces at their ends.
    return replace(cleaned(content), words=_filled_in(words, values, catalogue, principle, site))


def _filled_in(
    words: Words, values: Mapping[str, Any], catalogue: Catalogue, principle: kinds.Principle, site: SiteInfo
) -> Words:
    """Give the wording of a handout with its values in place; lines with links in pieces."""
    own = words["help"]
    situations = [
        {"title": cleaned(one.title), "link": site.to(catalogue.address("situations", one), catalogue.language)}
        for one in catalogue.situations
        if principle.number in one.principles
    ]
    return {
        **words,
        "eyebrow": filled(words["eyebrow"], values),
        "before": linked(words["before"], values),
        "help": {
            **own,
            "situations": [linked(own["situation"], one) for one in situations],
            "all": linked(own["all"], values),
        },
        "imprint": [linked(line, {**values, "licence": words["licence"]}) for line in words["imprint"]],
    }


def _noted(catalogue: Catalogue, phrase: kinds.Phrase) -> tuple[str, bool, str | None]:
    meaning = noted_text(catalogue, phrase, phrase.meaning)
    return meaning.text, meaning.ours, meaning.doubt


def _emergency(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each emergency number with the countries in which it is the one to call; not that of many countries."""
    found: dict[str, dict[str, None]] = {}
    services = next((group.records for group in catalogue.need_groups if group.word.id == "emergency"), ())
    for service in services:
        if service.printable("phone") and service.country != WORLDWIDE:
            # A country with two such services is named once.
            countries = found.setdefault(service.phone.label, {})
            countries[catalogue.word("countries", service.country).label] = None
    for number, countries in found.items():
        yield number, tuple(countries)
