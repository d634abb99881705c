"""A poster of the eleven: a shape and one sentence for each, on A4 and A3 (PDF) and as a picture (SVG, PNG)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.exports.teaching.statements import cleaned, unsure
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile
from macros.formats.qr_code import dots
from macros.formats.typst_renderer import pdf, picture, svg
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import marked, say

__all__ = ["OUTPUTS", "SHAPES", "Poster", "poster_content", "posters", "wanted"]

Shape = Literal["a4.pdf", "a3.pdf", "svg", "png"]

SHAPES: Mapping[Shape, str] = {"a4.pdf": "-a4.pdf", "a3.pdf": "-a3.pdf", "svg": ".svg", "png": ".png"}
"""What a poster comes as, and how the name of its file ends."""

PLACE = "posters/eleven"

OUTPUTS = (
    Output(
        "posters",
        tuple(f"{PLACE}{language}{SHAPES[shape]}" for language in ("", "-{language}") for shape in SHAPES),
    ),
)
"""The paths of its files."""

TEMPLATE = "poster.typ"

EASY = "/easy/"
"""The page that says the same in text."""


@dataclass(frozen=True, slots=True)
class Poster(SizedFile):
    """The poster in one language, as one of its shapes."""

    language: str
    shape: Shape
    content: Content

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        language = "" if self.language == "en" else f"-{self.language}"
        return f"/{PLACE}{language}{SHAPES[self.shape]}"


def wanted(catalogue: Catalogue) -> Iterator[tuple[str, Shape]]:
    """Yield the language and the shape of every poster."""
    for language in ("en", *catalogue.translations):
        for shape in SHAPES:
            yield language, shape


def posters(
    catalogue: Catalogue, site_info: SiteInfo, cache: Cache, asked: Iterable[tuple[str, Shape]]
) -> Iterator[Poster]:
    """Yield posters, each asked for by language and shape. Raises typst.TypstError for a fault in the template."""
    for language, shape in asked:
        own = catalogue.translations[language].catalogue if language != "en" else catalogue
        value = cleaned(poster_content(own, site_info, "a3" if shape == "a3.pdf" else "a4"))
        if shape == "svg":
            content = svg(TEMPLATE, value, cache)
        elif shape == "png":
            content = picture(TEMPLATE, value, cache)
        else:
            content = pdf(TEMPLATE, value, site_info.stamp, cache)
        yield Poster(language, shape, Content(content))


def poster_content(catalogue: Catalogue, site_info: SiteInfo, paper: Literal["a3", "a4"]) -> dict[str, Any]:
    """Give what the poster says, as the template reads it."""
    language = catalogue.language

    texts = {
        "title": marked("Eleven principles to protect children online"),
        "lead": marked("In 2020 five governments asked this of online services. It is voluntary: nobody has to."),
        "help_title": marked("Is this about you?"),
        "help_text": marked("You are not alone. It is never the child's fault. You can get help:"),
        "own": marked("The sentences are ours, not the official words. The same in more words:"),
        "independent": marked("Independent, not official."),
        "licence": marked("Text: CC BY 4.0."),
    }
    help_ = site_info.to("/help/", language)
    return {
        **{key: say(language, text) for key, text in texts.items()},
        "paper": paper,
        "language": language,
        "site": say(language, site_info.name),
        "page": site_info.to(EASY, language),
        "help": help_,
        "help_shown": help_.removeprefix("https://").rstrip("/"),
        "qr": dots(help_),
        "edition": say(language, "Edition of {date}.", date=long_date(edition(catalogue), language)),
        "principles": [
            {
                "number": principle.number,
                "category": catalogue.category_of(principle).number,
                "sentence": principle.easy.sentence,
                "doubt": doubt.label if (doubt := unsure(catalogue, principle.confidence)) else None,
            }
            for principle in catalogue.principles
        ],
    }
