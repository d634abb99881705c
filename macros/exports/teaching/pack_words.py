"""What the packs for lessons share: their wording, the values that it names, and how the files are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.teaching.statements import cleaned
from macros.exports.teaching.wordings import filled, linked
from macros.formats.paper_blocks import Block, Sheet, Words
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import say

__all__ = ["NUMBERS", "WORDING", "PackWords", "block", "heading", "table"]

WORDING = "pack.yml"

NUMBERS: Mapping[str, str] = {
    "read-me": "00",
    "teacher-sheet": "01",
    "before": "02",
    "disclosure": "03",
    "slides": "04",
    "strips": "05",
    "cards": "06",
    "worksheet": "07",
    "worksheet-large": "07",
    "chart": "07",
    "exit-slip": "08",
    "help-sheet": "09",
    "family-sheet": "10",
    "quiz": "11",
    "distancing": "12",
    "sources": "",
    "licence": "",
}
"""The number that each kind of file has in every pack; one that a lesson does not use is left out, number and all."""

_ADDRESS = re.compile(r"(?<=\()/(?:[a-z0-9-]+/)*(?:#[a-z0-9-]+)?(?=\))")
"""An address of this site as texts of the data name it: in brackets, from the root."""

_LINK = re.compile(r"(?<=\()(https?://[^\s()]+)(?=\))")
"""Such an address in full."""


@dataclass(frozen=True)
class PackWords:
    """A lesson whose pack is made, and what its wording names."""

    catalogue: Catalogue
    lesson: kinds.Lesson
    site_info: SiteInfo
    words: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The language of the pack."""
        return self.catalogue.language

    def to(self, address: str) -> str:
        """Give the full address of a page, in the language of the pack if it is there."""
        return self.site_info.to(address, self.language)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every value that the wording can name."""
        lesson = self.lesson
        return {
            "title": cleaned(lesson.title),
            "minutes": lesson.minutes,
            "ages": cleaned(lesson.ages),
            "description": cleaned(lesson.description),
            "page": self.to(self.catalogue.address("lessons", lesson)),
            "help": self.to("/help/"),
            "site": cleaned(str(say(self.language, self.site_info.name))),
            "edition": long_date(edition(self.catalogue), self.language),
            "licence": self.words["licence"],
        }

    def fill(self, pattern: str, **more: Any) -> str:
        """Give a pattern of the wording with its values in place."""
        return filled(pattern, {**self.values, **more})

    def runs(self, pattern: str, **more: Any) -> tuple[Words, ...]:
        """Give the same as runs, in which a value that is an address is a link."""
        return linked(pattern, {**self.values, **more})

    def addressed(self, text: str) -> str:
        """Give a text of the data as it can be set, with its addresses of this site in full."""
        return cleaned(_ADDRESS.sub(lambda match: self.to(match[0]), text))

    def with_links(self, text: str) -> tuple[Words, ...]:
        """Give the same as runs, in which addresses are links."""
        pieces = enumerate(_LINK.split(self.addressed(text)))
        return tuple((piece, piece if place % 2 else "") for place, piece in pieces if piece)

    def sheet(self, title: str, eyebrow: str, blocks: Iterable[Block], foot: str | None = None, **how: Any) -> Sheet:
        """Give a sheet of this pack, with what it shares with the others: their foot too, unless it has its own."""
        return Sheet(
            title=title,
            eyebrow=eyebrow,
            description=self.values["description"],
            site=self.values["site"],
            foot=self.fill(self.words["foot"]) if foot is None else foot,
            blocks=tuple(blocks),
            language=self.language,
            **how,
        )

    @property
    def named(self) -> str:
        """The lesson's title and minutes."""
        return self.fill(self.words["lesson"])

    @property
    def imprint(self) -> Block:
        """Where the sheet comes from, and on which terms."""
        return Block("imprint", tuple(self.runs(line) for line in self.words["imprint"]))


def heading(text: str) -> Block:
    """Give a heading."""
    return Block("heading", (((text, ""),),))


def block(kind: Any, texts: Iterable[str], lines: Iterable[int] = ()) -> Block:
    """Give texts without links as a block."""
    return Block(kind, tuple(((text, ""),) for text in texts), lines=tuple(lines))


def table(head: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[float]) -> Block:
    """Give a table of texts; `widths` are the shares of its columns."""
    cells = [*head, *(cell for row in rows for cell in row)]
    return Block("table", tuple(((cell, ""),) for cell in cells), tuple(widths))
