"""A teaching kit per principle: handout, slides, questions on paper and as text, in one ZIP, made from the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.exports.teaching.handouts import Handout
from macros.exports.teaching.kit_sheets import NUMBERS, KitSheets, as_text
from macros.exports.teaching.kit_slides import KitSlides
from macros.exports.teaching.kit_words import wording
from macros.formats.cache import Cache
from macros.formats.pptx_writer import presentation
from macros.formats.typst_renderer import pdf
from macros.formats.zip_writer import pack
from macros.pages.site_info import SiteInfo

__all__ = ["OUTPUTS", "Kit", "kits"]

OUTPUTS = (Output("kits", ("teach/kits/principle-{number}.zip",)),)
"""The paths of its files."""

SHEETS = "questions.typ"


@dataclass(frozen=True, slots=True)
class Kit:
    """A principle's teaching kit: its number and the ZIP file."""

    number: int
    content: bytes

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"/teach/kits/principle-{self.number}.zip"

    @property
    def kilobytes(self) -> int:
        """Its size, as links to it state it."""
        return max(1, round(len(self.content) / 1000))


def kits(
    catalogue: Catalogue,
    site_info: SiteInfo,
    handouts: Mapping[int, Handout],
    numbers: Mapping[str, bytes],
    cache: Cache,
    principles: Iterable[kinds.Principle] | None = None,
) -> Iterator[Kit]:
    """Yield the kit of those principles that have questions, by default of all.

    `handouts` are by number; `numbers` are the sheets of numbers of each country by the names of their files.

    Raises ValueError for a fault in the wording, and typst.TypstError for one in the template.
    """
    for principle in catalogue.principles if principles is None else principles:
        exercise = catalogue.exercise(principle)
        if exercise:
            made = _Making(catalogue, principle, exercise, site_info, handouts[principle.number], numbers, wording())
            yield Kit(principle.number, pack(made.files(cache), site_info.stamp))


@dataclass(frozen=True)
class _Making(KitSlides, KitSheets):
    """One kit being made."""

    def files(self, cache: Cache) -> Iterator[tuple[str, bytes]]:
        """Yield the place and the content of every file of the kit."""
        sheets = [self.for_the_class(), self.for_the_teacher()]
        whole = {
            "title": self.fill(self.words["sheets"]["title"]),
            "description": self.fill(self.words["sheets"]["description"]),
            "site": self.values["site"],
            "category": self.values["category_number"],
            "footer": self.fill(self.words["footer"]),
            "sheets": sheets,
        }
        contents = {
            "handout": self.handout.content,
            "slides": presentation(self.deck(), cache),
            "questions": pdf(SHEETS, whole, self.site_info.stamp, cache),
            "class": as_text(sheets[0]).encode(),
            "teacher": as_text(sheets[1]).encode(),
        }
        yield f"{self.folder}/README.txt", as_text(self.readme()).encode()
        for name, file in self.names.items():
            yield f"{self.folder}/{file}", contents[name]
        for file, content in self.numbers.items():
            yield f"{self.folder}/{NUMBERS}/{file}", content
