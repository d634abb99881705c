"""The sources that a page names: numbered in the order in which it names them, and listed at its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from macros.data import kinds
from macros.pages.page_links import PageLinks

__all__ = ["Footnotes", "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered source mark: `[3]`, and whether a section that is printed has it."""

    number: int
    source: kinds.Source
    printed: bool = True
    is_behind: bool = False
    """Whether only statements behind the page name it: the page where these stand says all of it."""


@dataclass(slots=True)
class Footnotes(PageLinks):
    """A page that numbers its sources."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _printed: set[str] = field(default_factory=set)
    _behind: set[str] = field(default_factory=set)
    _on_paper: bool = True

    def marks(self, part: Any) -> tuple[Mark, ...]:
        """Give the source marks of a statement; a source met for the first time gets the next number."""
        if self._on_paper:
            self._printed.update(part.sources)
        return tuple(
            Mark(
                self._numbers.setdefault(identifier, len(self._numbers) + 1), self.catalogue.get("sources", identifier)
            )
            for identifier in part.sources
        )

    def off_paper(self) -> str:
        """Say that what follows in this section is left out on paper, and with it its sources. Prints nothing."""
        self._on_paper = False
        return ""

    def also_cited(self, parts: Iterable[Any]) -> str:
        """Give sources of statements without marks their numbers, so that the list has them. Prints nothing."""
        for part in parts:
            self.marks(part)
        return ""

    def cited_behind(self, parts: Iterable[Any]) -> str:
        """Do the same for statements that stand on a page behind this one."""
        for part in parts:
            self._behind.update(one for one in part.sources if one not in self._numbers)
        return self.also_cited(parts)

    @property
    def cited(self) -> tuple[Mark, ...]:
        """The sources named on this page, in the order of their numbers."""
        return tuple(
            Mark(
                number,
                self.catalogue.get("sources", identifier),
                identifier in self._printed,
                identifier in self._behind,
            )
            for identifier, number in self._numbers.items()
        )

    def confidence_label(self, part: Any) -> kinds.VocabularyTerm | None:
        """Give the word that says how sure a statement is, where it says so itself and is not confirmed."""
        confidence = part.confidence
        if confidence is None or confidence == "confirmed":
            return None
        return self.catalogue.word("confidences", confidence)
