"""Which pages exist: record to address, title, description and template.

A template starts with a comment that holds its page's title and description (and, for a list, names that people may
search for it by), in which `{name}` stands for a field of
the record; so all wording stands in the templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros import rendering
from macros.addresses import HELP, INDEXES, PAGES
from macros.catalogue import Catalogue
from macros.reading import read_bytes

__all__ = ["Page", "pages", "redirects"]

TEMPLATES = Path(__file__).parent / "templates"

RECORD_TEMPLATES: Mapping[str, str] = {
    "principles": "principle.md.j2",
    "categories": "category.md.j2",
    "stakeholders": "stakeholder.md.j2",
    "figures": "figure.md.j2",
    "programmes": "programme.md.j2",
    "groups": "group.md.j2",
    "lessons": "lesson.md.j2",
}
"""One template per collection whose records have a page."""

LISTS: Mapping[str, tuple[str, str]] = {
    "/principles/": ("principles.md.j2", "principles"),
    "/categories/": ("categories.md.j2", "categories"),
    "/stakeholders/": ("stakeholders.md.j2", "stakeholders"),
    "/timeline/": ("timeline.md.j2", "events"),
    "/figures/": ("figures.md.j2", "figures"),
    "/law/": ("law.md.j2", "laws"),
    "/programmes/": ("programmes.md.j2", "programmes"),
    "/glossary/": ("glossary.md.j2", "terms"),
    "/help/": ("help.md.j2", "services"),
    "/announcement/": ("announcement.md.j2", "announcement"),
    "/for/": ("groups.md.j2", "groups"),
    "/matrix/": ("matrix.md.j2", "principles"),
    "/teach/": ("teach.md.j2", "lessons"),
    "/changes/": ("changes.md.j2", "changes"),
    "/sources/": ("sources.md.j2", "sources"),
    "/about/the-text/": ("text.md.j2", "notes"),
    "/a-z/": ("a-z.md.j2", "terms"),
}
"""One template per page that lists records, and the collection it lists."""

HELP_TEMPLATE = "help-country.md.j2"

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
    names: tuple[str, ...] = ()

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
        template, collection = LISTS[address]
        head = _head(template)
        line = catalogue.first_line(collection)
        names = tuple(name.strip() for name in head.get("names", "").split(","))
        yield Page(address, template, head["title"], head["description"], line=line, names=tuple(filter(None, names)))
    head = _head(HELP_TEMPLATE)
    for group in catalogue.service_groups:
        yield Page(
            address=HELP.format(country=group.word.id),
            template=HELP_TEMPLATE,
            title=_filled(head["title"], group.word),
            description=_filled(head["description"], group.word),
            collection="countries",
            record_id=group.word.id,
            line=catalogue.line("services", group.records[0]),
        )
    for collection in PAGES:
        template = RECORD_TEMPLATES[collection]
        head = _head(template)
        for record in getattr(catalogue.document, collection):
            yield Page(
                address=catalogue.address(collection, record),
                template=template,
                title=_filled(head["title"], record),
                description=_filled(head["description"], record),
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


def _filled(pattern: str, record: Any) -> str:
    # One pass, so that braces in a field stay text.
    return _FIELD.sub(lambda match: str(getattr(record, match[1])), pattern)
