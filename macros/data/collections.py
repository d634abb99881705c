"""Every list of kinds of record, made from their rows in `macros/data/kinds/`. Nothing else lists kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from macros.data.cases import Rule
from macros.data.kinds import KINDS, ROWS, VOCABULARIES, Change
from macros.data.rows import COMMON, Page, Search, Structured

__all__ = [
    "ALPHABETICAL",
    "ANCHORS",
    "A_TO_Z",
    "BESIDE",
    "CARDS",
    "CARD_TEMPLATES",
    "CHANGED",
    "CITING",
    "DATA",
    "FILED",
    "FILES",
    "HOSTS",
    "LINKED",
    "LISTS",
    "LIST_PAGES",
    "PAGES",
    "PARTS",
    "READABILITY",
    "RECORD_PAGES",
    "RECORD_TEMPLATES",
    "RULES",
    "SEARCH",
    "SHOWN",
    "SIGNS",
    "SINGULAR",
    "STRUCTURED",
    "STYLES",
]

SINGULAR: Mapping[str, str] = {name: row.singular for name, row in ROWS.items()}
"""What messages call one record of a collection."""

FILES: Mapping[str, str] = {
    **dict.fromkeys(VOCABULARIES, COMMON),
    **{name: kind.file or name for name, kind in KINDS.items()},
}
"""The data file of each collection, without its ending: most have one of their own name."""

ALPHABETICAL: frozenset[str] = frozenset(name for name, row in ROWS.items() if row.ordered is None)
"""Collections whose entries stand in the file from A to Z by id, because their order there means nothing."""

PAGES: Mapping[str, str] = {name: kind.page.address for name, kind in KINDS.items() if kind.page}
"""Collections whose records have a page of their own, and its address."""

RECORD_TEMPLATES: Mapping[str, str] = {name: kind.page.template for name, kind in KINDS.items() if kind.page}
"""The template of that page."""

RECORD_PAGES: Mapping[str, Page] = {name: kind.record_page for name, kind in KINDS.items() if kind.record_page}
"""Collections whose records have a second page, with all that is on record of them."""

ANCHORS: Mapping[str, str] = {name: kind.anchor for name, kind in KINDS.items() if kind.anchor}
"""Collections whose records stand on a page with others, and where."""

PARTS: Mapping[tuple[str, str], str] = {
    (name, part): anchor for name, kind in KINDS.items() for part, anchor in kind.parts.items()
}
"""Parts of a record that have an anchor on the record's page."""

HOSTS: Mapping[str, tuple[str, str]] = {name: kind.host for name, kind in KINDS.items() if kind.host}
"""Collections whose records stand on the page of a record of another: the field that names it, and its collection."""

_CARDS: Mapping[str, Page] = {name: kind.card for name, kind in KINDS.items() if kind.card}

CARDS: Mapping[str, str] = {name: card.address for name, card in _CARDS.items()}
"""Collections whose records have a card for a frame on other sites, and its address."""

CARD_TEMPLATES: Mapping[str, str] = {name: card.template for name, card in _CARDS.items()}
"""The template of that card."""

LIST_PAGES: Mapping[str, Page] = {name: kind.listed for name, kind in KINDS.items() if kind.listed}
"""Collections with a page that lists their records."""

LISTS: Mapping[str, tuple[str, str]] = {
    **{page.address: (page.template, name) for name, page in LIST_PAGES.items()},
    "/principles/glance/": ("glance.md.j2", "principles"),
    "/easy/": ("easy.md.j2", "principles"),
    "/evidence/": ("evidence.md.j2", "events"),
    "/evidence/endorsed/": ("endorsed.md.j2", "stakeholders"),
    "/law/picture/": ("law-picture.md.j2", "laws"),
    "/for/small-services/law/": ("measures-law.md.j2", "measures"),
    "/matrix/": ("matrix.md.j2", "principles"),
    "/compare/": ("compare.md.j2", "stakeholders"),
    "/a-z/": ("a-z.md.j2", "terms"),
    "/editions/": ("editions.md.j2", "changes"),
    "/contribute/new/": ("entry-form.md.j2", "sources"),
}
"""Every page that lists records, its template, and the collection it lists: those of a kind, some of several, and the
form for new ones, which begins with a source."""

DATA: tuple[str, ...] = tuple(
    name for _, name in sorted((kind.api, name) for name, kind in KINDS.items() if kind.api is not None)
)
"""Collections that programs can load below `/api/v1/`; a name that stands here stays."""

CITING: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if kind.cites)
"""Collections whose records rest on sources, in the order in which a source lists them."""

LINKED: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if kind.linked)
"""Collections whose records name the principles and stakeholders they bear on."""

BESIDE: Mapping[str, str] = {name: kind.beside for name, kind in KINDS.items() if kind.beside}
"""Those of them that pages of principles and stakeholders list by name alone, and under which heading."""

CHANGED: tuple[str, ...] = tuple(name for name in Change.model_fields if name in KINDS)
"""Collections whose records an entry of the list of changes can name."""

SEARCH: Mapping[str, Search] = {name: kind.search for name, kind in KINDS.items() if kind.search}
"""Collections whose records search finds."""

A_TO_Z: Mapping[str, str] = {name: kind.a_to_z for name, kind in KINDS.items() if kind.a_to_z}
"""The collections that a reader may look for by name, and what an entry is called."""

STRUCTURED: Mapping[str, Structured] = {name: kind.structured for name, kind in KINDS.items() if kind.structured}
"""Collections whose pages say in words of schema.org what they are, beside that they are pages."""

FILED: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if kind.filed)
"""Collections whose pages have files for programs that keep references beside them."""


def _readability() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, row in ROWS.items():
        if row.readability:
            found[row.readability] = (*found.get(row.readability, ()), name)
    return found


READABILITY: Mapping[str, tuple[str, ...]] = _readability()
"""The kinds of page, and the collections whose prose stands on them."""

SHOWN: Mapping[str, Callable[[Any], bool]] = {name: row.shown for name, row in ROWS.items() if row.shown}
"""Which records pages in a second language show, if they are of its country: only their texts can be missing."""

SIGNS: Mapping[str, Mapping[str, str]] = {name: row.signs for name, row in VOCABULARIES.items() if row.signs}
"""Vocabularies whose words pages print as signs."""

STYLES: Mapping[str, str] = {name: row.style for name, row in VOCABULARIES.items() if row.style}
"""Vocabularies whose words the style sheet draws, and the class by which it does."""

RULES: tuple[Rule, ...] = tuple(rule for row in ROWS.values() for rule in row.rules)
"""Every rule of the check that is about one kind alone."""
