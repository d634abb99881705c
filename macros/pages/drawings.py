"""A principle's sentence as a drawing: its parts in order, each with the edge that tells its kind, and its silences.

Pages, cards, handouts, slides and pictures all draw from here, so that none has an order or words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue

__all__ = ["DrawnPart", "DrawnSentence", "drawn_sentence", "quoted"]

EDGES: Mapping[str, str] = {"aim": "dashed", "action": "solid", "scope": "double"}
"""The edge of a part by its kind; it tells the kinds apart where colour does not."""

INNER = "dotted"
"""The edge of what narrows another part, whatever its kind, and of a kind that has no edge of its own."""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """Some words of a sentence. `question` is empty for what stands within another part; `edge` is a style of line.

    `phrase` is the official phrase, None where the words are ours; `doubt` the label of what nobody has read.
    """

    question: str
    words: str
    phrase: kinds.Phrase | None
    doubt: str | None
    kind: str
    kind_label: str
    gloss: str
    edge: str
    within: tuple[DrawnPart, ...] = ()

    @property
    def every(self) -> Iterator[DrawnPart]:
        """The part itself and what stands within it, in order."""
        yield self
        yield from self.within

    def shown(self, language: str) -> str:
        """Its words: in quotation marks where they are official and were read."""
        return quoted(self.words, language) if self.phrase and not self.doubt else self.words

    def told(self, language: str) -> str:
        """All that the drawing says of it, for those who do not see it."""
        return f"{self.question} {self.shown(language)}. {self.kind_label}. {self.gloss}".lstrip()


@dataclass(frozen=True, slots=True)
class DrawnSentence:
    """A sentence: its parts in the order of the text, then the questions that it leaves open.

    `unread` says what of the wording nobody has read; None where all of it was.
    """

    parts: tuple[DrawnPart, ...]
    silent: tuple[str, ...]
    unread: str | None


def quoted(words: str, language: str) -> str:
    """Give words in the quotation marks of a language."""
    return f"«\u00a0{words}\u00a0»" if language == "fr" else f"“{words}”"


def drawn_sentence(catalogue: Catalogue, principle: kinds.Principle) -> DrawnSentence:
    """Give the sentence of a principle in the language of its catalogue."""
    sentence = principle.sentence
    phrases = {phrase.id: phrase for phrase in principle.phrases}

    def question(slot: str) -> str:
        return catalogue.word("sentence_slots", slot).label

    def drawn(part: kinds.InnerPart, edge: str, asked: str = "", within: tuple[DrawnPart, ...] = ()) -> DrawnPart:
        phrase = phrases[part.phrase] if part.phrase else None
        doubt = phrase and phrase.confidence == "unchecked"
        return DrawnPart(
            question=asked,
            words=phrase.phrase if phrase else part.words or "",
            phrase=phrase,
            doubt=catalogue.word("confidences", "unchecked").label if doubt else None,
            kind=part.kind,
            kind_label=catalogue.word("phrase_kinds", part.kind).label,
            gloss=part.gloss,
            edge=edge,
            within=within,
        )

    return DrawnSentence(
        parts=tuple(
            drawn(
                part,
                EDGES.get(part.kind, INNER),
                question(part.slot),
                tuple(drawn(inner, INNER) for inner in part.within),
            )
            for part in sentence.parts
        ),
        silent=tuple(question(slot) for slot in sentence.silent),
        unread=sentence.unread,
    )
