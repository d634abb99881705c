"""A pack per lesson and country: all that a teacher needs in one ZIP, on A4 and on Letter, made from the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import get_args

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports import number_sheets
from macros.exports.path_patterns import Output, place_of
from macros.exports.teaching.lesson_slides import LessonSlides
from macros.exports.teaching.pack_cuttings import PackCuttings
from macros.exports.teaching.pack_sheets import PackSheets, sheet_pdf
from macros.exports.teaching.pack_words import NUMBERS, WORDING
from macros.exports.teaching.quiz import Quiz, taught
from macros.exports.teaching.wordings import filled, wording
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile, kilobytes
from macros.formats.docx_writer import document
from macros.formats.paper_blocks import Paper, Sheet, page_count
from macros.formats.typst_renderer import pdf
from macros.formats.zip_writer import pack_kept
from macros.pages.site_info import SiteInfo

__all__ = ["OUTPUTS", "PAPERS", "Pack", "PackFile", "packs", "wanted"]

OUTPUTS = (Output("lesson-packs", ("teach/packs/{id}-{country}.zip", "{language}/teach/packs/{id}-{country}.zip")),)
"""The paths of its files."""

PAPERS: tuple[Paper, ...] = get_args(Paper)
"""The sizes of paper, each with a folder of its own in a pack."""

_NAME = re.compile(r"[A-Za-z0-9-]+")
"""What a file may be called, in any language."""

EDITABLE = frozenset({"docx", "pptx", "txt"})
"""The ends of files that a teacher changes with the usual programs."""

KEYS = frozenset({"strips", "cards"})
"""Kinds whose last page is a key for the teacher, which is printed once."""

COPIES: Mapping[str, str] = {
    "teacher-sheet": "teacher",
    "before": "teacher",
    "disclosure": "teacher",
    "strips": "pair",
    "cards": "set",
    "worksheet": "pupil",
    "worksheet-large": "wish",
    "chart": "pair",
    "exit-slip": "quarter",
    "help-sheet": "class",
    "family-sheet": "family",
}
"""For whom each kind is printed: the words for that are in `pack.yml`."""

_SLIPS = 4


@dataclass(frozen=True, slots=True)
class PackFormat:
    """A format of a file: its name, its size in kilobytes on the first paper, and whether a teacher can change it."""

    name: str
    kilobytes: int
    editable: bool


@dataclass(frozen=True, slots=True)
class PackFile:
    """One kind of file of a pack, as lists name it."""

    kind: str
    number: str
    """Two digits; nothing for the texts about sources and licence."""
    title: str
    about: str
    sizes: Mapping[str, int]
    """How many bytes each file has, by its path in the pack's folder."""
    pages: int
    """Of the paper that needs most; none for what is no paper."""
    copies: int
    """For a class; none for what nobody prints or what is printed as wished."""
    print: str
    """The same in words."""
    sheets: int
    """Sheets of paper for a class."""

    @property
    def formats(self) -> tuple[PackFormat, ...]:
        """Each format of it."""
        found: dict[str, int] = {}
        for path, size in self.sizes.items():
            end = path.rpartition(".")[2]
            if not path.startswith(tuple(f"{paper}/" for paper in PAPERS[1:])):
                found[end] = found.get(end, 0) + size
        return tuple(PackFormat(end.upper(), kilobytes(size), end in EDITABLE) for end, size in found.items())


@dataclass(frozen=True, slots=True)
class Pack(SizedFile):
    """The pack of a lesson for a country: what it holds, and the ZIP file."""

    lesson: str
    country: str
    files: tuple[PackFile, ...]
    content: Content
    language: str = "en"

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"{place_of(self.language)}/teach/packs/{self.lesson}-{self.country}.zip"

    @property
    def sheets(self) -> int:
        """Sheets of paper for a class."""
        return sum(one.sheets for one in self.files)


def wanted(catalogue: Catalogue) -> dict[tuple[str, str], tuple[kinds.Lesson, kinds.Country]]:
    """Give every lesson with every country that has a sheet of numbers in the catalogue's language, by the ids of both.

    In a second language these are the lessons that are there as a whole, questions and all.
    """
    countries = list(number_sheets.countries_in(catalogue))
    return {
        (lesson.id, country): (lesson, catalogue.get("countries", country))
        for lesson in catalogue.document.lessons
        if taught(catalogue, lesson)
        for country in countries
    }


def packs(
    catalogue: Catalogue,
    site_info: SiteInfo,
    quizzes: Mapping[str, Quiz],
    draw: Callable[[kinds.Figure], str],
    cache: Cache,
    asked: Iterable[tuple[kinds.Lesson, kinds.Country]] | None = None,
    slides: Mapping[tuple[str, str], LessonSlides] | None = None,
) -> Iterator[Pack]:
    """Yield the packs of some lessons and countries, by default of all.

    `quizzes` are by the id of their lesson; `draw` gives the chart of a figure as SVG in a typeface of the
    typesetter; `slides` are by the ids of lesson and country. A pack without slides names none.

    Raises ValueError for a fault in the wording, and typst.TypstError for one in a template.
    """
    shared: dict[str, _Making] = {}
    for lesson, country in wanted(catalogue).values() if asked is None else asked:
        if lesson.id not in shared:
            words = wording(WORDING, catalogue.language)
            shared[lesson.id] = _Making(catalogue, lesson, site_info, words, quizzes.get(lesson.id), draw, cache)
        yield shared[lesson.id].pack(country, slides.get((lesson.id, country.id)) if slides is not None else None)


Files = dict[str, bytes]


@dataclass(frozen=True)
class _Making(PackSheets, PackCuttings):
    """The packs of one lesson being made: what no country changes is made once."""

    quiz: Quiz | None
    draw: Callable[[kinds.Figure], str]
    cache: Cache = field(repr=False)

    def pack(self, country: kinds.Country, slides: LessonSlides | None) -> Pack:
        """Give the pack for a country."""
        made = {**self._shared, **self._of_country(country)}
        if slides:
            made["slides"] = {
                self._name("slides", "pptx"): slides.content.read(),
                self._name("slides", "pdf"): slides.pages.read(),
            }
        made["teacher-sheet"] = self._set("teacher-sheet", self.teacher_sheet(made), change=True)
        listed = [self._listed(kind, made[kind]) for kind in NUMBERS if kind in made]
        rows = [
            (one.number, f"{one.title}. {one.about}.", str(one.pages or ""), one.print) for one in listed if one.number
        ]
        sheet = self.read_me(rows, sum(one.sheets for one in listed))
        made["read-me"] = self._written("read-me", sheet, PAPERS[0])
        files = (self._listed("read-me", made["read-me"]), *listed)
        folder = f"{self.lesson.id}-{country.id}{'' if self.language == 'en' else f'-{self.language}'}"
        entries = sorted((path, content) for one in files for path, content in made[one.kind].items())
        named = ((f"{folder}/{path}", content) for path, content in entries)
        whole = pack_kept(named, self.site_info.stamp, self.cache)
        return Pack(self.lesson.id, country.id, files, Content(whole), self.language)

    @cached_property
    def _shared(self) -> dict[str, Files]:
        """What is the same in every country."""
        moment = self.site_info.stamp
        found: dict[str, Files] = {}
        for name in ("before", "disclosure"):
            note = self.note(name)
            if note:
                found[name] = self._set(name, note)
        found["worksheet"] = self._set("worksheet", self.worksheet(), change=True)
        found["worksheet-large"] = self._set("worksheet-large", self.worksheet(large=True))
        for name, content in (
            ("strips", self.strips()),
            ("cards", self.cards()),
            ("exit-slip", self.slips()),
            ("chart", self.chart(self.draw)),
        ):
            if content:
                template = f"pack-{'slips' if name == 'exit-slip' else name}.typ"
                found[name] = {
                    self._name(name, "pdf", paper): pdf(template, {**content, "paper": paper}, moment, self.cache)
                    for paper in PAPERS
                }
        if self.quiz:
            folder = self._called("quiz")
            found["quiz"] = {f"{folder}/{name}": content.read() for name, content in self.quiz.files.items()}
        for name, text in (
            ("distancing", self.distancing()),
            ("sources", self.sources()),
            ("licence", self.licence()),
        ):
            found[name] = {self._name(name, "txt"): text.encode()}
        return found

    def _of_country(self, country: kinds.Country) -> dict[str, Files]:
        """Give what differs from country to country."""
        numbers = {
            self._name("help-sheet", "pdf", paper, f"-{country.id}"): number_sheets.sheet_pdf(
                self.catalogue, country, self.site_info, paper, self.cache
            )
            for paper in PAPERS
        }
        return {
            "help-sheet": numbers,
            "family-sheet": self._set("family-sheet", self.family_sheet(country)),
        }

    def _set(self, name: str, sheet: Sheet, *, change: bool = False) -> Files:
        """Give a sheet for every paper, and where it is to be changed as a document too."""
        found: Files = {}
        for paper in PAPERS:
            moment = self.site_info.stamp
            found[self._name(name, "pdf", paper)] = sheet_pdf(sheet, paper, moment, self.cache)
            if change:
                found[self._name(name, "docx", paper)] = document(sheet, paper, moment, self.cache)
        return found

    def _written(self, name: str, sheet: Sheet, paper: Paper) -> Files:
        """Give a sheet once, beside the folders of paper."""
        moment = self.site_info.stamp
        return {
            self._name(name, "pdf"): sheet_pdf(sheet, paper, moment, self.cache),
            self._name(name, "docx"): document(sheet, paper, moment, self.cache),
        }

    def _called(self, kind: str) -> str:
        """Give what the files of a kind are called: the number, and the word for it if it can be the name of a file."""
        name = self.words["files"][kind]["name"]
        return "-".join(filter(None, (NUMBERS[kind], name if _NAME.fullmatch(name) else kind)))

    def _name(self, kind: str, end: str, paper: Paper | None = None, more: str = "") -> str:
        file = f"{self._called(kind)}{more}.{end}"
        return f"{paper}/{file}" if paper else file

    def _listed(self, kind: str, files: Files) -> PackFile:
        """Give a kind of file with its pages and copies."""
        words = self.words["files"][kind]
        papers = [content for path, content in files.items() if path.endswith(".pdf") and kind != "quiz"]
        pages = max(map(page_count, papers), default=0)
        per = COPIES.get(kind, "none")
        copies = self._copies(per)
        key = 1 if kind in KEYS and (kind != "cards" or self.lesson.cards) else 0
        said = self.words["copies"][{"pair": "pair-key", "set": "key"}.get(per, per) if key else per]
        copied = pages - key
        faces = 2 if kind == "cards" else 1
        sheets = copies * copied // faces + key if copies else 0
        return PackFile(
            kind=kind,
            number=NUMBERS[kind],
            title=words["title"],
            about=words["about"],
            sizes={path: len(content) for path, content in files.items()},
            pages=pages,
            copies=copies,
            print=filled(said, {"copies": copies}),
            sheets=sheets,
        )

    def _copies(self, per: str) -> int:
        """Give how many copies a class needs."""
        pupils: int = self.words["class_size"]
        pairs = ceil(pupils / 2)
        cards = len(self.lesson.cards)
        counts = {
            "teacher": 1,
            "class": 1,
            "pair": pairs,
            "pupil": pupils,
            "family": pupils,
            "quarter": ceil(pupils / _SLIPS),
            "set": ceil(pairs / cards) if cards else 1,
        }
        return counts.get(per, 0)
