"""The checked whole: every record, the links between records in both directions, and where each stands in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import PurePath
from typing import Any

from macros.data import kinds
from macros.data.backlinks import Backlinks
from macros.data.collections import ANCHORS, PAGES
from macros.data.data_folder import COMMON_FILE, overlay_name
from macros.data.translations import Translation
from macros.data.urls import addresses
from macros.data.yaml_tree import Position, Tree

__all__ = ["Catalogue", "Translated"]


@dataclass(frozen=True, slots=True)
class Translated:
    """The catalogue in a second language, and what is known of the translation."""

    catalogue: Catalogue
    translation: Translation


class Catalogue(Backlinks):
    """All records, checked, with their links. Built once per build; nothing in it changes."""

    def __init__(
        self,
        document: kinds.Document,
        tree: Tree,
        language: str = "en",
        outdated: frozenset[tuple[str, str]] = frozenset(),
        english: Catalogue | None = None,
        texts: Tree | None = None,
    ) -> None:
        super().__init__(document)
        self.language = language
        self.outdated = outdated
        self.english = english
        self.texts = texts
        self.translations: dict[str, Translated] = {}
        self.addresses = frozenset(addresses(tree.data))
        self.tree = tree
        self._indexes: dict[tuple[str, str], int] = {
            (name, record.id): index
            for name in kinds.COLLECTIONS
            for index, record in enumerate(getattr(document, name))
        }
        self._starts: dict[tuple[str, str], Position] = {
            (name, record.id): tree.position((name, index))
            for name in kinds.COLLECTIONS
            for index, record in enumerate(getattr(document, name))
        }

    def start(self, collection: str, record: Any) -> Position:
        """Give where a record starts in the data."""
        return self._starts[(collection, record.id)]

    def first(self, collection: str) -> Position:
        """Give where a collection starts in the data."""
        return self.tree.position((collection,), key=True)

    def place(self, record: Any, *path: str | int) -> Position:
        """Give where a record's text stands, or a part of it by its path; in a second language, in its own file.

        A text that is not translated stands where its record does.
        """
        collection = self.collection_of(record)
        if self.texts is not None:
            return self.texts.position((collection, record.id, *path), key=True)
        return self.tree.position((collection, self._indexes[(collection, record.id)], *path), key=True)

    def named(self, position: Position) -> str:
        """Give a position in the data, or in the file of the second language, as messages name it: file and line."""
        tree = self.tree if self.texts is None else self.texts
        return f"{position.file or tree.source.name}:{position.line}"

    def file(self, position: Position) -> str:
        """Give the name of the file in the data folder in which a position is."""
        if self.texts is not None:
            return overlay_name(self.language)
        return _last_name(position.file) or COMMON_FILE

    def remarks(self) -> Iterator[tuple[Position, str]]:
        """Yield each remark of the data (`# …` on lines of their own) and where it starts."""
        for source in self.tree.sources:
            start, told = 0, ""
            for number, line in enumerate((*source.lines, ""), start=1):
                if line.lstrip().startswith("#"):
                    start, told = start or number, f"{told} {line.lstrip(' #')}".strip()
                elif start:
                    yield Position(start, 1, source.name), told
                    start, told = 0, ""

    @cached_property
    def term_forms(self) -> Mapping[str, kinds.Term]:
        """Every form in which pages use a term, in small letters, and the term."""
        found: dict[str, kinds.Term] = {}
        for term in self.document.terms:
            for form in filter(None, (term.term, term.abbreviation, *term.forms)):
                found.setdefault(form.strip('"').lower(), term)
        return found

    @cached_property
    def term_pattern(self) -> re.Pattern[str]:
        """Finds addresses of the site, such as /principles/3/, and any form of any term, the longest first."""
        words = rf"(?<![\w-])(?:{_any_of(sorted(self.term_forms)) or '(?!)'})(?![\w-])"
        return re.compile(rf"(?<![\w/])/[a-z0-9/-]*/(?:#[a-z0-9-]+)?|{words}", re.IGNORECASE)

    @cached_property
    def records_by_address(self) -> Mapping[str, Any]:
        """Every record that stands somewhere on the site, by its address in English."""
        return {
            address: record
            for collection in (*PAGES, *ANCHORS)
            for record in getattr(self.document, collection)
            if (address := self.address(collection, record))
        }

    def situation_for(self, need: str) -> kinds.Situation | None:
        """Give the situation whose steps come first for a need; the need stands first among its own where it can."""
        fitting = [situation for situation in self.situations if need in situation.needs]
        return min(fitting, key=lambda situation: situation.needs.index(need), default=None)


@lru_cache(maxsize=256)  # as many as there are files, and asked for at every block of every page
def _last_name(path: str) -> str:
    return PurePath(path).name


def _any_of(words: list[str]) -> str:
    """Give a pattern for the longest of some words (each once, in order) that stands at a place.

    What they begin with in common is looked for once: a pattern that tries one word after the other takes ten times as
    long for ten times as many.
    """
    length = 0
    while words and len(words[0]) > length and words[-1].startswith(words[0][: length + 1]):  # they are in order
        length += 1
    shared, rest = words[0][:length] if words else "", [word[length:] for word in words]
    longer = [_any_of(list(own)) for _, own in groupby(filter(None, rest), key=lambda word: word[0])]
    ways = f"(?:{'|'.join(longer)})" if longer else ""
    return f"{re.escape(shared)}{ways}{'?' if ways and '' in rest else ''}"
