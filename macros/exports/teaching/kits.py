"""A teaching kit per principle: handout, slides, questions on paper and as text, in one ZIP, made from the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import ENGLISH
from macros.exports.path_patterns import Output
from macros.exports.teaching.handouts import Handout
from macros.exports.teaching.kit_sheets import NUMBERS, PAPER, QUIZ, KitSheets, as_text
from macros.exports.teaching.kit_slides import KitSlides
from macros.exports.teaching.kit_words import kit_wording
from macros.exports.teaching.quiz import Quiz
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile
from macros.formats.pptx_writer import presentation
from macros.formats.typst_renderer import pdf
from macros.formats.zip_writer import pack_kept
from macros.pages.site_info import SiteInfo

__all__ = ["OUTPUTS", "Kit", "kits"]

OUTPUTS = (Output("kits", ("teach/kits/principle-{number}.zip",)),)
"""The paths of its files."""


@dataclass(frozen=True, slots=True)
class Kit(SizedFile):
    """A principle's teaching kit: its number and the ZIP file."""

    number: int
    content: Content

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"/teach/kits/principle-{self.number}.zip"


def kits(
    catalogue: Catalogue,
    site_info: SiteInfo,
    handouts: Mapping[int, Handout],
    numbers: Mapping[str, Content],
    quizzes: Mapping[int, Quiz],
    cache: Cache,
    principles: Iterable[kinds.Principle] | None = None,
) -> Iterator[Kit]:
    """Yield the kit of those principles that have questions, by default of all.

    `handouts` and `quizzes` are by the numbers of the principles; `numbers` are the sheets of each country's numbers by
    the names of their files.

    Raises ValueError for a fault in the wording, and typst.TypstError for one in the template.
    """
    for principle in catalogue.principles if principles is None else principles:
        exercise = catalogue.exercise(principle)
        if exercise:
            handout, quiz = handouts[principle.number], quizzes[principle.number]
            made = _Making(catalogue, principle, exercise, site_info, handout, numbers, kit_wording(), quiz)
            yield Kit(principle.number, Content(pack_kept(made.files(cache), site_info.stamp, cache)))


@dataclass(frozen=True)
class _Making(KitSlides, KitSheets):
    """One kit being made, with the quiz that goes into it."""

    quiz: Quiz

    def files(self, cache: Cache) -> Iterator[tuple[str, bytes]]:
        """Yield the place and the content of every file of the kit."""
        sheets = [self.for_the_class(), self.for_the_teacher()]
        whole = {
            "title": self.fill(self.words["sheets"]["title"]),
            "description": self.fill(self.words["sheets"]["description"]),
            "site": self.values["site"],
            "language": ENGLISH.code,
            "region": ENGLISH.region,
            "sheets": sheets,
        }
        contents = {
            "handout": self.handout.content.read(),
            "slides": presentation(self.deck(), cache),
            "questions": pdf(PAPER, whole, self.site_info.stamp, cache),
            "class": as_text(sheets[0]).encode(),
            "teacher": as_text(sheets[1]).encode(),
        }
        yield f"{self.folder}/README.txt", as_text(self.readme()).encode()
        for name, file in self.names.items():
            yield f"{self.folder}/{file}", contents[name]
        for file, content in self.numbers.items():
            yield f"{self.folder}/{NUMBERS}/{file}", content.read()
        for file, content in self.quiz.files.items():
            yield f"{self.folder}/{QUIZ}/{file}", content.read()
