"""What a page written by hand may do. Anybody can propose one, so it is text with a few marked places, and no program.

A page in docs/ is a template: it shows facts of the data. Jinja's own sandbox is no fence for that (what a page is
given leads to whole programs), so a page is held against a short list of what pages need, in its syntax tree
(https://jinja.palletsprojects.com/en/stable/api/#the-meta-api): names, methods, filters, parts, files. Whatever is not
listed is refused, in `make check` with its place, and again by `template_guard` before anything of it runs. The
markup and the head are held against lists of their own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from jinja2 import TemplateSyntaxError

from macros.checkout import ROOT, TEMPLATES
from macros.data.catalogue import Catalogue
from macros.data.yaml_diagnosis import conflict_marks
from macros.data.yaml_reader import Fault, Position, read_bytes
from macros.pages import docs_pages, front_matter, markup, site_check
from macros.pages.escaping import as_lines
from macros.pages.handwritten_source import as_on_site
from macros.pages.handwritten_syntax import SyntaxLook
from macros.pages.handwritten_text import PlacedText, reader, without_template
from macros.unicode_text import INVISIBLE, deceit

__all__ = ["faults", "in_folder", "in_page", "read", "refused", "stand_in"]

MAX_BYTES = 100_000
"""Bytes of a page; the longest has some thirty thousand."""

MAX_LINE = 2_000
"""Characters of a line; the longest has some five hundred. What makes HTML of it slows down with both."""

HEAD = frozenset({"aliases", "description", "hide", "title"})
HIDDEN = frozenset({"navigation", "toc"})
_IN_HEAD = re.compile(r'[<>{}"\\]')

PICTURES = frozenset({".avif", ".jpeg", ".jpg", ".png", ".webp"})
CODE = "docs/assets/"
"""The one folder in docs/ whose files are code: scripts, sheets and drawings that readers' browsers run."""

ALSO_PAGES = frozenset({".markdown", ".mdown", ".mkd", ".mkdn"})
_NAME = re.compile(r"docs/(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.[a-z]+")


# --- the whole folder ------------------------------------------------------------------------------------------------


def refused(catalogue: Catalogue | None = None, folder: Path | None = None) -> list[str]:
    """Give the lines that say what is wrong in docs/, page by page; none where all is well.

    With a catalogue, the records that pages name are looked for in it too. `folder` is another folder to look through.
    """
    lines: list[str] = []
    for name, found in in_folder(catalogue, folder).items():
        lines += site_check.said(name, found)
    return lines


def in_folder(catalogue: Catalogue | None = None, folder: Path | None = None) -> dict[str, list[Fault]]:
    """Give what is wrong with each file of docs/, by its name in the checkout; files without a fault are left out."""
    docs = folder or ROOT / "docs"
    found: dict[str, list[Fault]] = {}
    for file in _files(docs):
        name = f"docs/{file.relative_to(docs).as_posix()}"
        wrong = list(_of_file(name, file, catalogue))
        if wrong:
            found[name] = wrong
    return found


def _files(docs: Path) -> Iterator[Path]:
    """Yield every file below a folder, and each link in place of what it leads to."""
    for place, below, names in os.walk(docs):
        own = Path(place)
        links = [name for name in below if (own / name).is_symlink()]
        below[:] = sorted(name for name in below if name not in links)
        yield from (own / name for name in sorted((*names, *links)))


def _of_file(name: str, file: Path, catalogue: Catalogue | None) -> Iterator[Fault]:
    here = Position(1, 1)
    if file.is_symlink():
        yield Fault(here, "a link to another file; put the file itself here")
    elif file.suffix == ".md":
        if not _NAME.fullmatch(name):
            yield Fault(here, "the name of a page, and of its folders, has small letters, digits and hyphens alone")
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            yield Fault(here, f"the page cannot be read: {error.strerror or error}")
            return
        yield from _remembered(name, data, catalogue)
    elif file.suffix in ALSO_PAGES:
        yield Fault(here, "MkDocs takes this for a page; call it .md")
    elif not name.startswith(CODE) and not (file.suffix in PICTURES and _NAME.fullmatch(name)):
        yield Fault(
            here, f"only pages (.md) and pictures ({', '.join(sorted(PICTURES))}) can stand here; delete this file"
        )


def read(name: str, file: Path, catalogue: Catalogue | None = None) -> tuple[str, list[str]]:
    """Give the text of a page, as the site takes it, and the lines that say what is wrong with it; then it is empty."""
    found = list(_of_file(name, file, catalogue))
    if not found:
        data = file.read_bytes()  # looked at once more: it may have been saved meanwhile
        found = list(_remembered(name, data, catalogue))
    return ("", list(site_check.said(name, found))) if found else (as_on_site(data.decode(), name), [])


def stand_in(lines: Iterable[str]) -> str:
    """Give the page that the live server shows in place of one that was refused."""
    template = (TEMPLATES / "refused.md").read_text(encoding="utf-8")
    return template.replace("[[faults]]", as_lines("\n".join(lines)))


@lru_cache(maxsize=32)
def _remembered(name: str, data: bytes, catalogue: Catalogue | None) -> tuple[Fault, ...]:
    """Give what is wrong with a page; each is looked at three times in a build, and is the same each time."""
    return tuple(faults(name, data, catalogue))


# --- one page --------------------------------------------------------------------------------------------------------


def faults(name: str, data: bytes, catalogue: Catalogue | None = None) -> Iterator[Fault]:
    """Yield what is wrong with a page, in no order; `name` is its name in the checkout, such as `docs/about/index.md`.

    Raises nothing, whatever the bytes are.
    """
    if len(data) > MAX_BYTES:
        yield Fault(Position(1, 1), f"the page is larger than {MAX_BYTES // 1000} KB; split it in two")
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Fault(PlacedText(data[: error.start].decode("utf-8")).end, "this character is not UTF-8; type it again")
        return
    page = PlacedText(as_on_site(text, name))
    unseen = list(_unseen(page))
    yield from unseen[:100]
    marks = [Fault(Position(line, column), said) for line, column, said in conflict_marks(text.split("\n"))]
    yield from marks[:100]
    if unseen or marks:
        return
    head = front_matter.HEAD.match(page.text)
    if head is None:
        yield Fault(Position(1, 1), "a page starts with its head: `---`, `title:` and `description:`, and `---` again")
        return
    yield from _in_head(name, head[1])
    yield from _in_body(docs_pages.address_of(name), page, head.end(), catalogue)


def _unseen(page: PlacedText) -> Iterator[Fault]:
    for match in INVISIBLE.finditer(page.text):
        yield Fault(page.at(match.start()), f"an invisible character (U+{ord(match.group()):04X}); delete it")
    if "\r" in page.text or "\t" in page.text:
        at = re.search("[\r\t]", page.text)
        yield Fault(page.at(at.start() if at else 0), "a tab or a carriage return; use spaces, and plain line ends")
    start = 0
    for line in page.text.split("\n"):
        found = deceit(line)
        if len(line) > MAX_LINE:
            yield Fault(page.at(start), f"a line of {len(line):,} characters; at most {MAX_LINE:,} fit: break it")
        if found:
            yield Fault(page.at(start + line.index(found.snippet)), found.message)
        start += len(line) + 1


def _in_head(name: str, text: str) -> Iterator[Fault]:
    """Hold the head against what pages need; the theme prints title and description into HTML as they are."""
    tree = read_bytes(text.encode(), name, MAX_BYTES)
    for fault in tree.faults:
        yield Fault(Position(fault.position.line + 1, fault.position.column), fault.message)
    if tree.faults:
        return
    data = tree.data if isinstance(tree.data, dict) else {}

    def at(*path: str | int, key: bool = False) -> Position:
        place = tree.position(path, key=key)
        return Position(place.line + 1, place.column)

    for field_ in data:
        if field_ not in HEAD:
            yield Fault(
                at(field_, key=True), f"'{field_[:40]}' is not used in a head; known are {', '.join(sorted(HEAD))}"
            )
    for field_, most in (("title", 100), ("description", 170)):
        value = data.get(field_)
        if not isinstance(value, str) or not any(map(str.isalnum, value)):
            yield Fault(at(field_), f"the head needs '{field_}', as text")
        elif _IN_HEAD.search(value):
            yield Fault(at(field_), f"'{field_}' holds plain text: none of < > {{ }} \" and no backslash")
        elif len(value) > most:
            yield Fault(at(field_), f"'{field_}' has {len(value)} characters; at most {most} fit")
    aliases, hide = data.get("aliases", []), data.get("hide", [])
    if not isinstance(aliases, list) or len(aliases) > 50:
        yield Fault(at("aliases"), "'aliases' is a list of at most 50 texts")
    else:
        for index, alias in enumerate(aliases):
            if not isinstance(alias, str | int) or _IN_HEAD.search(str(alias)) or len(str(alias)) > 100:
                yield Fault(at("aliases", index), 'an alias is a short plain text: none of < > { } " and no backslash')
    if not isinstance(hide, list) or not all(isinstance(one, str) and one in HIDDEN for one in hide):
        yield Fault(at("hide"), f"'hide' is a list of {' and '.join(sorted(HIDDEN))}")


def _in_body(address: str, page: PlacedText, start: int, catalogue: Catalogue | None) -> Iterator[Fault]:
    body = page.text[start:]
    first = page.at(start).line - 1
    try:
        tree = reader().parse(body)
        looked = SyntaxLook(address)
        looked.at_tree(tree)
    except TemplateSyntaxError as error:
        # Jinja says it in a sentence; where, to the line.
        yield Fault(Position(first + (error.lineno or 1), 1), f"this is no template: {str(error.message)[:200]}")
        return
    except RecursionError:
        yield Fault(Position(first + 1, 1), "a marked place ({{ … }} or {% … %}) is nested too deeply; write it simply")
        return
    for line, what, message in looked.found:
        yield Fault(page.find(what, first + line), message)
    for line, collection, identifier in looked.named if catalogue else ():
        known = {record.id for record in getattr(catalogue.document, collection)} if catalogue else set()
        if identifier not in known:
            yield Fault(
                page.find(f'"{identifier}"', first + line),
                f"this page shows '{identifier}' of {collection}, which is not there; name another, or keep the record",
            )
    left = without_template(body)
    for at in left.trimming:
        yield Fault(page.at(start + at), "a mark without - or +: {% … %}; what stands beside it stays where it is")
    for at, message in markup.in_source(left.text):
        yield Fault(page.at(start + left.origin(at)), message)


# --- before anything is filled in ------------------------------------------------------------------------------------


def in_page(name: str, source: str, html: str) -> list[str]:
    """Give the lines that say what is wrong with the finished HTML of a page; none where all is well."""
    text = PlacedText(source)
    found = [Fault(text.find(what, 1), why) for what, why in islice(markup.in_page(html), 100)]
    return list(site_check.said(name, found)) if found else []
