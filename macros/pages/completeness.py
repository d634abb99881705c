"""What a kind of record or a word of a vocabulary needs beside its row: a template, a line of navigation, a sign.

What is lacking is a fault, with the file and the line where it is mended: no page breaks later, and none shows a word
as if it were another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.data.catalogue import Catalogue
from macros.data.collections import A_TO_Z, LIST_PAGES, SEARCH, SIGNS, SINGULAR, STYLES
from macros.data.kinds import COLLECTIONS, KINDS
from macros.data.yaml_tree import Fault, Position

__all__ = ["lacking"]

_FIELD = re.compile(r"\{(\w+)\}")
_NAMES = {"name", "term", "title", "principle"}
"""Fields by which lists name a record; what is about a principle and has none is named by the principle.

A property of the record does too, such as the title that a question is to itself."""


def lacking(catalogue: Catalogue, data: str, root: Path) -> Iterator[tuple[str, Fault]]:
    """Yield what kinds and words lack, each with the file's name as messages show it.

    `data` is the name of the data folder or file, `root` the checkout. Raises OSError where one of its files cannot be
    read.
    """
    for name in KINDS:
        yield from _kind(name, root)
    nav = (root / "mkdocs.yml").read_text(encoding="utf-8")
    for name, page in LIST_PAGES.items():
        file = f"{page.address.strip('/')}/index.md"
        if not re.search(rf":[ ]+{re.escape(file)}[ ]*$", nav, re.MULTILINE):
            message = f"the page that lists {_said(name)}, {file}, is missing under `nav:`; add a line for it"
            yield "mkdocs.yml", Fault(_found(nav, "nav:"), message)
    yield from ((data, fault) for fault in _words(catalogue, root))


def _kind(name: str, root: Path) -> Iterator[tuple[str, Fault]]:
    kind, record = KINDS[name], COLLECTIONS[name]
    file = record.__module__.replace(".", "/") + ".py"
    text = (root / file).read_text(encoding="utf-8") if (root / file).is_file() else ""
    for page in filter(None, (kind.page, kind.listed, kind.card)):
        if not (root / "macros" / "templates" / page.template).is_file():
            message = f"there is no template macros/templates/{page.template} for {page.address}; write it"
            yield file, Fault(_found(text, f'"{page.template}"'), message)
    for pattern in filter(None, (*(page.address for page in (kind.page, kind.card) if page), kind.anchor)):
        for field in _FIELD.findall(pattern):
            if field not in record.model_fields:
                message = f"the address {pattern} names a field '{field}', which no {kind.singular} has; correct it"
                yield file, Fault(_found(text, f'"{pattern}"'), message)
    search = SEARCH.get(name)
    for field in (search.title, *search.names) if search else ():
        if field not in record.model_fields:
            message = f"search looks for a field '{field}', which no {kind.singular} has; correct it"
            yield file, Fault(_found(text, f'"{field}"'), message)
    if (name in A_TO_Z or kind.cites or kind.linked) and not _NAMES & {*record.model_fields, *vars(record)}:
        message = f"lists cannot name a {kind.singular}; give it a field `name`, `term` or `title`"
        yield file, Fault(_found(text, f"class {record.__name__}("), message)


def _words(catalogue: Catalogue, root: Path) -> Iterator[Fault]:
    """Yield each word without the sign by which pages draw it."""
    for vocabulary, signs in SIGNS.items():
        for word in getattr(catalogue.document, vocabulary):
            if word.id not in signs:
                yield Fault(
                    catalogue.start(vocabulary, word)._replace(column=1),
                    f"the {SINGULAR[vocabulary]} '{word.id}' has no sign for tables; "
                    "add one to `signs` in macros/data/kinds/vocabularies.py",
                )
    sheet = (root / "docs" / "assets" / "site.css").read_text(encoding="utf-8")
    for vocabulary, pattern in STYLES.items():
        for word in getattr(catalogue.document, vocabulary):
            name = pattern.format(id=word.id)
            if not re.search(rf"\.{re.escape(name)}(?![\w-])", sheet):
                yield Fault(
                    catalogue.start(vocabulary, word)._replace(column=1),
                    f"the {SINGULAR[vocabulary]} '{word.id}' is not drawn; add a rule for .{name} to "
                    "docs/assets/site.css",
                )


def _said(name: str) -> str:
    return name.replace("_", " ")


def _found(text: str, part: str) -> Position:
    """Give where a part of a text first stands; its start where it stands nowhere."""
    before, found, _ = text.partition(part)
    if not found:
        return Position(1, 1)
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
