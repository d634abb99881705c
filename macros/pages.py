"""Which pages exist: record to address, title, description and template.

A template starts with a comment that holds its page's title and description, in which `{name}` stands for a field of
the record; so all wording stands in the templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros import rendering
from macros.addresses import INDEXES, PAGES
from macros.catalogue import Catalogue
from macros.reading import read_bytes

__all__ = ["Page", "pages", "redirects"]

TEMPLATES = Path(__file__).parent / "templates"

RECORD_TEMPLATES: Mapping[str, str] = {
    "principles": "principle.md.j2",
    "categories": "category.md.j2",
    "stakeholders": "stakeholder.md.j2",
}
"""One template per collection whose records have a page."""

INDEX_TEMPLATES: Mapping[str, str] = {
    "/principles/": "principles.md.j2",
    "/categories/": "categories.md.j2",
    "/stakeholders/": "stakeholders.md.j2",
    "/sources/": "sources.md.j2",
    "/about/the-text/": "text.md.j2",
}
"""One template per page that lists records."""

LISTS: Mapping[str, str] = {
    "/principles/": "principles",
    "/categories/": "categories",
    "/stakeholders/": "stakeholders",
    "/sources/": "sources",
    "/about/the-text/": "notes",
}
"""The collection that each of these pages lists."""

_HEAD = re.compile(r"\{#-?\n(?P<fields>.*?)\n-?#\}", re.DOTALL)
_FIELD = re.compile(r"\{(\w+)\}")

EDIT = "../data/principles.yml#L{line}"
"""The data file seen from docs/, where edit links start, and the line to show."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be generated."""

    address: str
    template: str
    title: str
    description: str
    collection: str | None = None
    record_id: str | None = None
    line: int = 1

    @property
    def file(self) -> str:
        """The Markdown file that MkDocs shall believe to be in docs/."""
        return f"{self.address.strip('/')}/index.md".lstrip("/")

    @property
    def edit(self) -> str:
        """Where the page's facts are edited, from docs/."""
        return EDIT.format(line=self.line)

    @property
    def stub(self) -> str:
        """The page's source: a head that names record and template, and the one line that renders them."""
        head = rendering.front_matter(
            {
                "title": rendering.title(self.title),
                "description": rendering.title(self.description),
                "address": self.address,
                "body": self.template,
                "hide": ["navigation"],
            }
        )
        return head + "{% set it = sheet(page.meta.address) %}{% include page.meta.body %}\n"


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield every generated page, lists first."""
    for address in INDEXES:
        head = _head(INDEX_TEMPLATES[address])
        line = catalogue.first_line(LISTS[address])
        yield Page(address, INDEX_TEMPLATES[address], head["title"], head["description"], line=line)
    for collection in PAGES:
        template = RECORD_TEMPLATES[collection]
        head = _head(template)
        for record in getattr(catalogue.document, collection):
            fields = vars(record)
            yield Page(
                address=catalogue.address(collection, record),
                template=template,
                title=_filled(head["title"], fields),
                description=_filled(head["description"], fields),
                collection=collection,
                record_id=record.id,
                line=catalogue.line(collection, record),
            )


def redirects(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the address of each former id and the address it leads to."""
    for collection, pattern in PAGES.items():
        if "{id}" not in pattern:
            continue
        for record in getattr(catalogue.document, collection):
            for old in record.former_ids:
                yield pattern.format(id=old), catalogue.address(collection, record)


def _head(template: str) -> dict[str, str]:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    match = _HEAD.match(text)
    tree = read_bytes(match["fields"].encode() if match else b"", template)
    if tree.faults or not isinstance(tree.data, dict) or not {"title", "description"} <= set(tree.data):
        raise ValueError(f"macros/templates/{template}: starts with a comment that holds `title:` and `description:`")
    return tree.data


def _filled(pattern: str, fields: Mapping[str, Any]) -> str:
    # One pass, so that braces in a field stay text.
    return _FIELD.sub(lambda match: str(fields[match[1]]), pattern)
