"""Which pages exist: record to address, title, description and template.

A template starts with a comment that holds its page's title and description, in which `{name}` stands for a field of
the record; so all wording stands in the templates. For a list it may hold names that people search for it by, and for
a help page `frame: help`, by which the theme knows it: no list of contents, no edit links, and a script of its own.
The form for new entries has `frame: form` for the same, the table of all principles `frame: glance` for its script, and
the page that compares two `frame: compare`. The matrix shares its script for files by `frame: matrix`, and keeps its
list of contents.
Other languages have these texts from their catalog, as all others (`macros/ui_strings.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.checkout import TEMPLATES
from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import CARDS, LISTS, PAGES, RECORD_PAGES, RECORD_TEMPLATES
from macros.data.data_folder import COMMON_FILE, overlay_name
from macros.data.ordered_records import ListPart
from macros.data.urls import HELP, cards_of, embed_of, in_language, is_card, record_page_of
from macros.data.yaml_reader import read_bytes
from macros.data.yaml_tree import Position
from macros.pages import escaping, front_matter, ui_strings

__all__ = ["BODY", "Page", "filled", "head", "pages", "redirect_text", "redirects", "withdrawn_cards"]

HELP_TEMPLATE = "help-country.md.j2"
PART_TEMPLATES = {"sources": "sources-part.md.j2", "events": "timeline-part.md.j2"}
FORMER_TEMPLATE = "sources-former.md.j2"
"""Of a part of the sources that was divided since."""
WITHDRAWN_TEMPLATE = "withdrawn.md.j2"
HOME_TEMPLATE = "home.md.j2"
"""Of the first page in another language; the English one is written by hand, in docs/index.md."""

BODY = "{% set ctx = page_context(page.meta.address) %}{% include page.meta.body %}\n"
"""What every generated page has in its source below its head: the one line that renders its record."""

_HEAD = re.compile(r"\{#-?\n(?P<fields>.*?)\n-?#\}", re.DOTALL)
_FIELD = re.compile(r"\{(\w+)\}")

WITH_CONTENTS = frozenset({"", "matrix"})
"""Frames of pages that have a list of contents."""

EDIT = "../data/{file}#L{line}"
"""A data file seen from docs/, where edit links start, and the line to show."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be generated."""

    address: str
    template: str
    title: str
    description: str
    collection: str | None = None
    record_id: str | None = None
    data: str = COMMON_FILE
    """The data file in which its record or list stands, and there the line."""
    line: int = 1
    names: tuple[str, ...] = ()
    language: str = "en"
    frame: str = ""
    listed: bool = True
    """Whether search, the site map and lists of pages name it; a page that says what was withdrawn is found by its
    old address alone."""

    @property
    def file(self) -> str:
        """The Markdown file that MkDocs shall believe to be in docs/."""
        return f"{self.address.strip('/')}/index.md".lstrip("/")

    @property
    def edit(self) -> str:
        """Where the page's facts are edited, from docs/."""
        return EDIT.format(file=self.data, line=self.line)

    @property
    def stub(self) -> str:
        """The page's source: a head that names record and template, and the one line that renders them."""
        head = front_matter.written(
            {
                "title": escaping.title(self.title),
                "description": escaping.title(self.description),
                "address": self.address,
                "lang": self.language,
                "body": self.template,
                "hide": ["navigation", *([] if self.frame in WITH_CONTENTS else ["toc"])],
                "frame": self.frame,
                **({} if self.listed else {"robots": "noindex"}),
            }
        )
        return head + BODY


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield every generated page, lists first, and after them the pages in other languages."""
    for address, template, collection, record in _places(catalogue):
        said = head(template)
        start = _start(catalogue, collection, record)
        yield Page(
            address=address,
            template=template,
            title=filled(said["title"], record),
            description=described(said, record),
            collection=collection if record else None,
            record_id=record.id if record else None,
            data=catalogue.file(start),
            line=start.line,
            names=tuple(filter(None, (name.strip() for name in said.get("names", "").split(",")))),
            frame=said.get("frame", ""),
            listed=template != WITHDRAWN_TEMPLATE,
        )
    for language, translated in catalogue.translations.items():
        yield from _translated_pages(translated, language)


def _places(catalogue: Catalogue) -> Iterator[tuple[str, str, str, Any]]:
    """Yield the address, template, collection and record (None for a list) of every page."""
    for address, (template, collection) in LISTS.items():
        yield address, template, collection, None
    for group in catalogue.service_groups:
        yield HELP.format(country=group.word.id), HELP_TEMPLATE, "countries", group.word
    for part in catalogue.list_parts.values():
        yield part.address, FORMER_TEMPLATE if part.is_former else PART_TEMPLATES[part.collection], "list_parts", part
    for collection in PAGES:
        for record in getattr(catalogue.document, collection):
            yield catalogue.address(collection, record), RECORD_TEMPLATES[collection], collection, record
    for collection, second in RECORD_PAGES.items():
        for record in getattr(catalogue.document, collection):
            yield str(record_page_of(collection, vars(record))), second.template, collection, record
    for gone in catalogue.withdrawn_pages:
        yield gone.address, WITHDRAWN_TEMPLATE, "withdrawn", gone


def _start(catalogue: Catalogue, collection: str, record: Any) -> Position:
    if collection == "countries":
        (services,) = (group.records for group in catalogue.service_groups if group.word.id == record.id)
        return catalogue.start("services", services[0])
    if isinstance(record, ListPart):
        first = next(iter(record.records), None)
        return catalogue.start(record.collection, first) if first else catalogue.first(record.collection)
    return catalogue.start(collection, record) if record else catalogue.first(collection)


def _translated_pages(translated: Translated, language: str) -> Iterator[Page]:
    """Yield the pages in a second language."""
    catalogue, texts = translated.catalogue, translated.translation.tree
    for english, template, collection, record in (("/", HOME_TEMPLATE, "principles", None), *_places(catalogue)):
        address = in_language(english, language)
        if address is None:
            continue
        said = head(template, language)
        place = (collection, record.id) if record else (collection,)
        yield Page(
            address=address,
            template=template,
            title=filled(said["title"], record),
            description=described(said, record),
            collection=collection if record else None,
            record_id=record.id if record else None,
            data=overlay_name(language),
            line=texts.position(place, key=True).line,
            names=tuple(filter(None, (name.strip() for name in said.get("names", "").split(",")))),
            language=language,
            frame=said.get("frame", ""),
            listed=template != WITHDRAWN_TEMPLATE,
        )


def redirects(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the address of each former id and the address it leads to."""
    for collection, pattern in PAGES.items():
        if "{id}" not in pattern:
            continue
        for record in getattr(catalogue.document, collection):
            for old in record.former_ids:
                new = catalogue.address(collection, record)
                yield pattern.format(id=old), new
                for language in catalogue.translations:
                    there = in_language(pattern.format(id=old), language)
                    if there:
                        yield there, str(in_language(new, language))
    for collection, pattern in CARDS.items():
        for record in getattr(catalogue.document, collection) if "{id}" in pattern else ():
            for old in record.former_ids:
                new = str(embed_of(collection, vars(record)))
                yield pattern.format(id=old), new
                for language in catalogue.translations:
                    there = in_language(pattern.format(id=old), language)
                    if there:
                        yield there, str(in_language(new, language))


def withdrawn_cards(catalogue: Catalogue) -> Iterator[tuple[str, str, Any]]:
    """Yield the address of each card whose record was withdrawn, its language, and what is said of it."""
    for language, own in (("en", catalogue), *((code, one.catalogue) for code, one in catalogue.translations.items())):
        for gone in own.document.withdrawn:
            for card in (gone.address,) if is_card(gone.address) else cards_of(gone.address):
                there = card if language == "en" else in_language(card, language)
                if there:
                    yield there, language, gone


NOT_TEXTS = frozenset({"frame"})
"""Fields of a template's head that are not for readers."""


@cache
def head(template: str, language: str = "en") -> Mapping[str, str]:
    """Give the fields of the comment that a template starts with, in a language.

    Raises ValueError without title and description, or where the language's catalog cannot be read.
    """
    if language != "en":
        fields = head(template)
        return {
            name: text if name in NOT_TEXTS else ui_strings.found(language, text) or text
            for name, text in fields.items()
        }
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    match = _HEAD.match(text)
    tree = read_bytes(match["fields"].encode() if match else b"", template)
    if tree.faults or not isinstance(tree.data, dict) or not {"title", "description"} <= set(tree.data):
        raise ValueError(f"macros/templates/{template}: starts with a comment that holds `title:` and `description:`")
    return tree.data


def described(said: Mapping[str, str], record: Any) -> str:
    """Give a page's description from a template's head: the one for how sure its record is, where the head has it."""
    return filled(said.get(f"description-{getattr(record, 'confidence', '')}", said["description"]), record)


def filled(pattern: str, record: Any) -> str:
    """Give a text of a template's head with the fields of a record in it."""
    # One pass, so that braces in a field stay text.
    return _FIELD.sub(lambda match: str(getattr(record, match[1])), pattern)


def redirect_text(old: str, new: str) -> str:
    """Give the page that leads from a former address to the present one, with and without script."""
    link = escaping.escape(escaping.relative(new, old))
    # A card may run no script, and no place on it is linked to.
    name = "redirect-embed.html" if is_card(old) else "redirect.html"
    template = (TEMPLATES / name).read_text(encoding="utf-8")
    return template.replace("[[link]]", link).replace("[[assets]]", escaping.escape(escaping.relative("/assets/", old)))
