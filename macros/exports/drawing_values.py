"""A principle's sentence as the typesetter reads it, for handouts and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from macros.pages.drawings import DrawnPart, DrawnSentence
from macros.pages.ui_strings import marked, say

__all__ = ["NOT_SAID", "ORDER", "PaperPart", "PaperSentence", "on_paper"]

NOT_SAID = marked("not said")
"""What stands beside a question that the text leaves open."""

ORDER = marked("In the order of the text. Words in quotation marks are official, the rest ours.")
"""What stands above a drawing whose words were all read."""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part of a sentence, as `drawing.typ` reads it; `lang` is the language of its words."""

    question: str
    shown: str
    lang: str
    doubt: str | None
    kind: str
    gloss: str
    edge: str
    phrase: str | None
    """The id of the official phrase."""
    told: str
    """All that the drawing says of it."""
    within: tuple[PaperPart, ...]


@dataclass(frozen=True, slots=True)
class PaperSentence:
    """A sentence, as `drawing.typ` reads it."""

    lead: str
    """What stands above it."""
    unread: bool
    parts: tuple[PaperPart, ...]
    silent: tuple[str, ...]
    not_said: str


def on_paper(drawing: DrawnSentence, language: str = "en") -> PaperSentence:
    """Give a drawing as the template reads it, with its fixed texts in a language."""
    return PaperSentence(
        lead=drawing.unread or say(language, ORDER),
        unread=drawing.unread is not None,
        parts=tuple(_part(part, language) for part in drawing.parts),
        silent=drawing.silent,
        not_said=say(language, NOT_SAID),
    )


def _part(part: DrawnPart, language: str) -> PaperPart:
    return PaperPart(
        question=part.question,
        shown=part.shown(language),
        lang="en" if part.phrase else language,
        doubt=part.doubt,
        kind=part.kind_label,
        gloss=part.gloss,
        edge=part.edge,
        phrase=part.phrase.id if part.phrase else None,
        told=part.told(language),
        within=tuple(_part(inner, language) for inner in part.within),
    )
