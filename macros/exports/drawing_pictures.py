"""The drawings of pages as pictures to put into slides and papers (SVG and PNG): sentences, and ways of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.urls import in_language
from macros.exports.drawing_values import on_paper
from macros.exports.path_patterns import Output, in_languages
from macros.exports.teaching.statements import cleaned, noted_text
from macros.formats.cache import Cache
from macros.formats.content import Content, kilobytes
from macros.formats.typst_renderer import pngs, svg
from macros.pages.drawings import drawn_sentence
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import marked, say

__all__ = ["OUTPUTS", "Drawing", "drawings", "flow_content", "sentence_content", "wanted"]

FORMATS = ("svg", "png")

SENTENCE, FLOW = "sentence", "steps"
"""The names of the files, which stand beside the page that they are of."""

_FLOW = "/evidence/how-a-report-travels/{id}/"

OUTPUTS = (
    Output(
        "sentence-pictures",
        tuple(
            f"{page.lstrip('/')}{SENTENCE}.{end}" for page in in_languages("/principles/{number}/") for end in FORMATS
        ),
    ),
    Output("flow-pictures", tuple(f"{_FLOW.lstrip('/')}{FLOW}.{end}" for end in FORMATS)),
)
"""The paths of its files."""

TEMPLATES = {SENTENCE: "sentence.typ", FLOW: "flow.typ"}

SHEET = 4
"""Pictures drawn in one go: each takes some 8 MB of memory for as long as the typesetter remembers it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A drawing to be made: the address of its page, its language, what is drawn, and the record."""

    page: str
    language: str
    name: str
    record: Any


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as both its files. `name` is theirs, without the ending."""

    page: str
    name: str
    svg: Content
    png: Content

    @property
    def files(self) -> tuple[tuple[str, Content], ...]:
        """Each file's path from the site's root, and its content."""
        folder = self.page.lstrip("/")
        return (f"{folder}{self.name}.svg", self.svg), (f"{folder}{self.name}.png", self.png)

    @property
    def kilobytes(self) -> tuple[int, int]:
        """The sizes of both, as links to them state it."""
        return kilobytes(self.svg.size), kilobytes(self.png.size)


def wanted(catalogue: Catalogue) -> Iterator[Wanted]:
    """Yield every drawing that there is: of sentences in each language, of ways of a report in English."""
    for language in ("en", *catalogue.translations):
        own = _own(catalogue, language)
        for principle in own.principles:
            address = own.address("principles", principle)
            yield Wanted(_there(address, language), language, SENTENCE, principle)
    for way in catalogue.document.report_flows:
        yield Wanted(catalogue.address("report_flows", way), "en", FLOW, way)


def drawings(catalogue: Catalogue, site_info: SiteInfo, cache: Cache, asked: Iterable[Wanted]) -> Iterator[Drawing]:
    """Yield drawings, each asked for as `wanted` gives it. Raises typst.TypstError for a fault in a template."""
    every = list(asked)
    for name, template in TEMPLATES.items():
        some = [one for one in every if one.name == name]
        values = [_content(catalogue, one, site_info) for one in some]
        for one, value, png in zip(some, values, pngs(template, values, cache, SHEET), strict=True):
            drawn = _named(svg(template, [value], cache), value["title"])
            yield Drawing(one.page, one.name, Content(drawn), Content(png))


def _named(drawing: bytes, title: str) -> bytes:
    """Give a drawing (SVG) with its title, which the typesetter leaves out, for those who do not see it."""
    head, end, rest = drawing.partition(b">")
    return b"".join((head, b' role="img"', end, f"<title>{escape(title)}</title>".encode(), rest))


def _content(catalogue: Catalogue, one: Wanted, site_info: SiteInfo) -> dict[str, Any]:
    if one.name == FLOW:
        return flow_content(catalogue, one.record, site_info)
    return sentence_content(_own(catalogue, one.language), one.record, site_info)


def sentence_content(catalogue: Catalogue, principle: kinds.Principle, site_info: SiteInfo) -> dict[str, Any]:
    """Give what the picture of a sentence says, as the template reads it, in the language of the catalogue."""
    language = catalogue.language
    texts = {
        "limit_title": marked("What it cannot show:"),
        "limit": marked("The drawing holds some words of the text, not all of it. It does not say what companies do."),
    }
    eyebrow = marked("Principle {number} of {total}, voluntary")
    value = {
        **{key: say(language, text) for key, text in texts.items()},
        **_imprint(catalogue, _there(catalogue.address("principles", principle), language), site_info),
        "eyebrow": say(language, eyebrow, number=principle.number, total=len(catalogue.principles)),
        "category": catalogue.category_of(principle).number,
        "title": principle.title,
        "drawing": asdict(on_paper(drawn_sentence(catalogue, principle), language)),
    }
    return cleaned(value)


def flow_content(catalogue: Catalogue, way: kinds.ReportFlow, site_info: SiteInfo) -> dict[str, Any]:
    """Give what the picture of a report's way says, as the template reads it."""

    def said(claim: kinds.Claim) -> dict[str, Any]:
        return asdict(noted_text(catalogue, claim, claim.text))

    value = {
        **_imprint(catalogue, catalogue.address("report_flows", way), site_info),
        "title": way.name,
        "summary": way.summary,
        "circle": way.circle,
        "steps": [
            {
                "title": step.title,
                "who": step.who,
                "what": said(step.what),
                "branches": [{"when": branch.when, "then": said(branch.then)} for branch in step.branches or ()],
                "stops": said(step.stops),
            }
            for step in way.steps
        ],
    }
    return cleaned(value)


def _imprint(catalogue: Catalogue, page: str, site_info: SiteInfo) -> dict[str, str]:
    language = catalogue.language
    return {
        "language": language,
        "page": site_info.to(page),
        "site": say(language, site_info.name),
        "independent": say(language, marked("Independent, not official.")),
        "edition": say(language, marked("Edition of {date}."), date=long_date(edition(catalogue), language)),
        "licence": say(language, marked("Text: CC BY 4.0.")),
    }


def _own(catalogue: Catalogue, language: str) -> Catalogue:
    return catalogue.translations[language].catalogue if language != "en" else catalogue


def _there(address: str, language: str) -> str:
    return address if language == "en" else in_language(address, language) or address
