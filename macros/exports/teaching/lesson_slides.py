"""The slides of a lesson for a country, to show (PPTX) and as pages (PDF): what it says, and whom to call there.

The lesson's own words stand in `data/lessons.yml`, what all lessons share in `lesson-slides.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import ENGLISH, language_of
from macros.data.urls import HELP
from macros.exports.path_patterns import Output, place_of
from macros.exports.teaching import lesson_layout as layout
from macros.exports.teaching.quiz import taught
from macros.exports.teaching.statements import cleaned
from macros.exports.teaching.wordings import filled, wording
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile
from macros.formats.pptx_text import Deck, LaidOut, Paragraph, Placed, Shape
from macros.formats.pptx_writer import presentation
from macros.formats.qr_code import dots
from macros.formats.typst_renderer import pdf
from macros.pages.drawings import drawn_sentence
from macros.pages.escaping import long_date
from macros.pages.help_pages import EMERGENCY, WORLDWIDE, Contact, cards, contact, facts
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import say

__all__ = ["OUTPUTS", "LessonSlides", "lesson_deck", "lesson_slides", "wanted"]

OUTPUTS = (
    Output(
        "lesson-slides",
        tuple(
            f"{language}teach/packs/{{id}}-{{country}}-slides.{end}"
            for language in ("", "{language}/")
            for end in ("pptx", "pdf")
        ),
    ),
)
"""The paths of its files."""

WORDING, TEMPLATE = "lesson-slides.yml", "slides.typ"

CHILD = "child-help"
"""The need of whoever is under 18: the situation that answers it says whom to call first."""


@dataclass(frozen=True, slots=True)
class LessonSlides(SizedFile):
    """The slides of a lesson for a country, by their ids: the presentation, and the same as pages without notes."""

    lesson: str
    country: str
    content: Content
    pages: Content
    language: str = "en"

    @property
    def address(self) -> str:
        """Where they stand, from the site's root."""
        return f"{place_of(self.language)}/teach/packs/{self.lesson}-{self.country}-slides.pptx"

    @property
    def pages_address(self) -> str:
        """Where their pages stand."""
        return f"{self.address.removesuffix('pptx')}pdf"


def wanted(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the lesson and the country of every file: each country that has somebody to call in danger and for a child.

    What is for people anywhere is in every file, on a hidden slide. In a second language these are the lessons and the
    country that have a pack.
    """
    own = None if catalogue.language == ENGLISH.code else language_of(catalogue.language).country
    for lesson in catalogue.document.lessons:
        for group in catalogue.service_groups:
            country = group.word.id
            if not lesson.slides or country == WORLDWIDE or own not in (None, country) or not taught(catalogue, lesson):
                continue
            if len(_first(catalogue, country)) > 1:
                yield lesson.id, country


def lesson_slides(
    catalogue: Catalogue, site_info: SiteInfo, cache: Cache, asked: Iterable[tuple[str, str]]
) -> Iterator[LessonSlides]:
    """Yield slides, each asked for by lesson and country.

    Raises ValueError for a fault in the wording, typst.TypstError for one in the template.
    """
    for identifier, country in asked:
        deck = lesson_deck(catalogue, catalogue.get("lessons", identifier), country, site_info)
        spoken = {"language": catalogue.language, "region": language_of(catalogue.language).region}
        pages = pdf(TEMPLATE, {**asdict(deck), **spoken}, site_info.stamp, cache)
        shown = Content(presentation(deck, cache))
        yield LessonSlides(identifier, country, shown, Content(pages), catalogue.language)


def lesson_deck(catalogue: Catalogue, lesson: kinds.Lesson, country: str, site_info: SiteInfo) -> Deck:
    """Give the slides of a lesson for a country. Raises ValueError for a fault in the wording."""
    return cleaned(_Making(catalogue, lesson, country, site_info, wording(WORDING, catalogue.language)).deck())


@dataclass(frozen=True, slots=True)
class _Number:
    """Whom to call: the service, and the way to reach it."""

    service: kinds.Service
    way: Contact

    @property
    def name(self) -> str:
        return self.service.short_name or self.service.name


def _first(catalogue: Catalogue, country: str) -> list[_Number]:
    """Give whom to call in danger, and whom a child calls first; fewer where the data is sure of fewer."""
    services = [one for group in catalogue.service_groups if group.word.id == country for one in group.records]
    danger = [one for one in services if EMERGENCY in one.needs]
    child = [
        one
        for situation in catalogue.situations
        if CHILD in situation.needs
        for card in cards(catalogue, situation)
        if card.country.id == country
        for one in card.services
    ]
    ways = [[(one, contact(one)) for one in few] for few in (danger, child)]
    if country != WORLDWIDE:
        ways = [[(one, way) for one, way in few if way and way.kind == "phone"] for few in ways]
    return [next(_Number(one, way) for one, way in few if way) for few in ways if any(way for _, way in few)]


@dataclass(frozen=True)
class _Making:
    """The slides of one lesson being made for one country."""

    catalogue: Catalogue
    lesson: kinds.Lesson
    country: str
    site_info: SiteInfo
    words: Mapping[str, Any]

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every value that the wording can name."""
        to, language = self.site_info.to, self.language
        return {
            "site": str(say(language, self.site_info.name)),
            "title": self.lesson.title,
            "minutes": self.lesson.minutes,
            "country": self.catalogue.get("countries", self.country).help_name,
            "page": to(self.catalogue.address("lessons", self.lesson), language),
            "teach": to("/teach/", language),
            "edition": long_date(edition(self.catalogue), language),
            "licence": self.words["licence"],
        }

    @property
    def language(self) -> str:
        """The language of the slides."""
        return self.catalogue.language

    def fill(self, pattern: str, **more: Any) -> str:
        """Give a pattern of the wording with its values in place."""
        return filled(pattern, {**self.values, **more})

    def deck(self) -> Deck:
        """Give the slides, and the hidden one at their end."""
        slides, minute = [], 0
        for slide in self.lesson.slides:
            slides.append(self._slide(slide, self._minute(minute, slide.minutes)))
            minute += slide.minutes
        return Deck(
            name=self.lesson.title,
            title=self.lesson.title,
            opening=(),
            opening_notes=(),
            sections=(),
            footer="",
            category=1,
            author=self.values["site"],
            subject=self.fill(self.words["subject"]),
            about=self.fill(self.words["about"]),
            moment=self.site_info.stamp,
            slides=(*slides, self._elsewhere()),
            language=language_of(self.language).tag,
        )

    def _minute(self, before: int, taken: int) -> str:
        name = ("none", "one")[taken] if taken < 2 else "more"
        first = before + 1 if taken else before
        return self.fill(self.words["minute"][name], first=first, last=before + taken)

    def _slide(self, slide: kinds.Slide, minute: str) -> LaidOut:
        notes = (minute, slide.notes)
        match slide.kind:
            case "opening":
                own = self.words["opening"]
                said = [layout.text(self.fill(line), kind="loose") for line in own["lines"]]
                more = [self.fill(line) for line in own["notes"]]
                return layout.slide(slide.title, said, (), (*notes, *more), opening=True)
            case "help":
                return self._help(slide.title, notes)
            case "question":
                asked = layout.said(slide.title, slide.lines, "white")
                return layout.slide(slide.title, asked, self._drawn(slide), notes, ground="primary")
            case "sides":
                names = [self.fill(self.words["sides"]["name"], place=place) for place in (1, 2)]
                return layout.slide(slide.title, (), list(layout.beside(slide.title, slide.lines, names)), notes)
        ground = "panel" if slide.kind == "answer" else ""
        return layout.slide(
            slide.title, layout.said(slide.title, slide.lines), self._drawn(slide), notes, ground=ground
        )

    def _drawn(self, slide: kinds.Slide) -> list[Shape | Placed]:
        """Give the drawing of a slide; nothing where it has none."""
        marks = self.words["shapes"]
        if slide.drawing == "headings":
            pattern = self.words["headings"]["mark"]
            found = [
                layout.Heading(one.number, one.title, filled(pattern, {"shape": mark, "number": one.number}))
                for one, mark in zip(self.catalogue.categories, marks, strict=True)
            ]
            return list(layout.headings(slide.title, found))
        if slide.drawing == "eleven":
            return list(layout.eleven(slide.title, list(self._marked())))
        if slide.drawing == "sentence" and slide.principle:
            drawing = drawn_sentence(self.catalogue, self.catalogue.principle(slide.principle))
            pattern = self.words["sentence"]["name"]
            names = [filled(pattern, {"place": place}) for place in range(1, len(drawing.parts) + 1)]
            return list(layout.sentence(slide.title, drawing, names, self.language))
        return []

    def _marked(self) -> Iterator[tuple[int, int, str, str]]:
        """Yield the number of each principle, that of its heading, its name, and what its shape is."""
        own = self.words["eleven"]
        for principle in self.catalogue.principles:
            category = self.catalogue.category_of(principle)
            values = {
                "number": principle.number,
                "shape": self.words["shapes"][category.number - 1],
                "heading": category.title,
            }
            yield principle.number, category.number, filled(own["name"], values), filled(own["told"], values)

    def _help(self, title: str, notes: tuple[str, ...]) -> LaidOut:
        own, numbers = self.words["help"], _first(self.catalogue, self.country)
        lines: list[Paragraph] = []
        for label, one in zip((own["danger"], numbers[-1].name), numbers, strict=True):
            lines += [layout.text(label, kind="loose"), *_large(one.way)]
        lines += [layout.text(line, layout.LEAST, kind="loose") for line in own["lines"]]
        code = self._code(title, self.country)
        checked = long_date(min(one.service.checked for one in numbers), self.language)
        told = [
            *(self._told(one) for one in numbers),
            *(self.fill(line, help=code.link, checked=checked) for line in own["notes"]),
        ]
        return layout.slide(title, lines, [code], (*notes, *told), narrow=True)

    def _elsewhere(self) -> LaidOut:
        """Give the hidden slide for pupils from a country that has no slides of its own."""
        own, numbers = self.words["elsewhere"], _first(self.catalogue, WORLDWIDE)
        lines: list[Paragraph] = []
        for one in numbers:
            danger = EMERGENCY in one.service.needs
            label = own["danger"] if danger else filled(own["name"], {"name": one.name})
            lines += [layout.text(label, kind="loose"), *(_large(one.way) if danger else [_site(one.way)])]
        lines += [layout.text(line, layout.LEAST, kind="loose") for line in own["lines"]]
        whom = " ".join(one.service.for_whom for one in numbers)
        notes = [self.fill(line, whom=whom) for line in own["notes"]]
        return layout.slide(own["title"], lines, [self._code(own["title"], WORLDWIDE)], notes, hidden=True, narrow=True)

    def _told(self, one: _Number) -> str:
        """Say for the speaker whose number it is, for whom, and what is known of it."""
        own, known = self.words["service"], "; ".join(facts(one.service, self.language))
        name = own["named"] if one.name != one.way.label else own["number"]
        values = {"name": one.name, "number": one.way.label, "whom": one.service.for_whom, "facts": known}
        return " ".join(filled(pattern, values) for pattern in (name, *([own["facts"]] if known else [])))

    def _code(self, title: str, country: str) -> Shape:
        address = self.site_info.to(HELP.format(country=country), self.language)
        return layout.code(title, dots(address), self.fill(self.words["help"]["code"], help=address), address)


def _large(way: Contact) -> list[Paragraph]:
    """Give a number in the largest type; one that is said in letters, and below it the same in digits."""
    return [layout.text(part, layout.NUMBER, "primary", bold=True) for part in way.parts if part]


def _site(way: Contact) -> Paragraph:
    name = way.label.removeprefix("https://").removeprefix("www.").rstrip("/")
    return layout.text(name, layout.LEAST, bold=True)
