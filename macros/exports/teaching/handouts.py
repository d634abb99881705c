"""A handout per principle: one page of paper, made from the same data as the principle's page on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.drawing_values import PaperSentence, on_paper
from macros.exports.path_patterns import Output
from macros.exports.teaching.statements import NotedText, cleaned, noted_text, unsure
from macros.formats.cache import Cache
from macros.formats.typst_renderer import pdf
from macros.pages.drawings import drawn_sentence
from macros.pages.escaping import long_date
from macros.pages.help_pages import WORLDWIDE
from macros.pages.site_info import SiteInfo, edition

__all__ = ["OUTPUTS", "Handout", "HandoutContent", "handout_content", "handouts"]

OUTPUTS = (Output("handouts", ("handouts/principle-{number}.pdf",)),)
"""The paths of its files."""

TEMPLATE = "handout.typ"


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
    """A phrase of the official text, the label of its kind, and and what it means, with what is noted beside it."""

    phrase: str
    kind: str
    text: str
    ours: bool
    doubt: str | None


@dataclass(frozen=True, slots=True)
class SituationLink:
    """What may be happening to a reader: its title, and the full address of its page."""

    title: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutContent:
    """What a handout says, and a kit with it. Addresses are full; every text is one line that can be set."""

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
    situations: tuple[SituationLink, ...]
    """What may be happening to readers of this principle."""


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


def handouts(
    catalogue: Catalogue, site: SiteInfo, cache: Cache, principles: Iterable[kinds.Principle] | None = None
) -> Iterator[Handout]:
    """Yield the handout of some principles, by default of all. Raises typst.TypstError for a fault in the template."""
    for principle in catalogue.principles if principles is None else principles:
        yield Handout(
            principle.number, pdf(TEMPLATE, asdict(handout_content(catalogue, principle, site)), site.stamp, cache)
        )


def handout_content(catalogue: Catalogue, principle: kinds.Principle, site: SiteInfo) -> HandoutContent:
    """Give what a handout says, as the template reads it and as the typesetter can set it."""
    category = catalogue.category_of(principle)
    exercise = catalogue.exercise(principle)
    doubt = unsure(catalogue, principle.confidence)
    phrases = {
        phrase.id: NotedPhrase(
            phrase.phrase, catalogue.word("phrase_kinds", phrase.kind).label, *_noted(catalogue, phrase)
        )
        for phrase in principle.phrases
    }
    whole = HandoutContent(
        site=site.name,
        page=site.to(catalogue.address("principles", principle)),
        help=site.to("/help/"),
        teach=site.to("/teach/"),
        edition=long_date(edition(catalogue)),
        checked=long_date(principle.checked),
        number=principle.number,
        count=len(catalogue.principles),
        title=principle.title,
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
        sentence=on_paper(drawn_sentence(catalogue, principle)),
        questions=tuple(exercise.discussion) if exercise else (),
        emergency=tuple(_emergency(catalogue)),
        situations=tuple(
            SituationLink(situation.title, site.to(catalogue.address("situations", situation)))
            for situation in catalogue.situations
            if principle.number in situation.principles
        ),
    )
    return cleaned(whole)


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
