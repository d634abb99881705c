"""Texts in pieces: a term of the glossary is explained where a section first uses it, an address becomes a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.data import kinds
from macros.data.languages import UntranslatedText
from macros.pages.footnotes import Footnotes

__all__ = ["GlossaryLinks", "Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with the term or the link that it is, where it is one."""

    text: str
    term: kinds.Term | None = None
    href: str | None = None


@dataclass(slots=True)
class GlossaryLinks(Footnotes):
    """A page that explains terms, once in each section."""

    _in_section: set[str] = field(default_factory=set)
    _on_page: dict[str, kinds.Term] = field(default_factory=dict)

    def section(self, printed: bool = True) -> str:
        """Start a section: a term is explained again at its next use. Prints nothing.

        A section that is not `printed` is left out on paper, and with it the sources that only it names.
        """
        self._in_section.clear()
        self._on_paper = printed
        return ""

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield a text in pieces, those apart that are addresses of the site or a term's first use in the section."""
        if isinstance(text, UntranslatedText):
            yield Piece(text)
            return
        start = 0
        for match in self.catalogue.term_pattern.finditer(text):
            found = match.group()
            if found.startswith("/"):
                if found not in self.catalogue.addresses:
                    continue
                # An address in brackets is there to be followed, and is named; any other is there to be read.
                in_brackets = (
                    text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
                )
                piece = Piece(self.name_at(found) if in_brackets else found, href=self.to(found))
            else:
                term = self.catalogue.term_forms[found.lower()]
                if term.id in self._in_section or term.common:
                    continue
                self._in_section.add(term.id)
                self._on_page[term.id] = term
                piece = Piece(found, term)
            yield Piece(text[start : match.start()])
            yield piece
            start = match.end()
        yield Piece(text[start:])

    @property
    def explained(self) -> tuple[kinds.Term, ...]:
        """The terms that this page explains, each once."""
        return tuple(self._on_page.values())
