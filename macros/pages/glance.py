"""All principles in one table, in words from a closed list: what their texts say, and how far law has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.pages.digests import LawState, law_states
from macros.pages.ui_strings import marked, say

__all__ = [
    "LAW_WORDS",
    "LIMITS",
    "NONE_FOUND",
    "QUESTIONS",
    "WORDS",
    "GlanceCell",
    "GlanceLaw",
    "GlanceRow",
    "rows",
    "short",
]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the closed list in English, and the sign that stands before it."""

    text: str
    sign: str


WORDS: Mapping[str, Word] = {
    "said": Word(marked("said"), "●"),
    "not-said": Word(marked("not said"), "–"),  # noqa: RUF001  (a dash is what it looks like)
    "not-checked": Word(marked("not checked"), "?"),
}
"""What the text of a principle says on a question, by the answer in the data."""

NONE_FOUND = "none-found"

LAW_WORDS: Mapping[str, Word] = {
    "in-force": Word(marked("in force"), "●"),
    "passed": Word(marked("passed"), "◐"),
    "bill": Word(marked("bill"), "○"),
    "guidance": Word(marked("code"), "§"),
    "lapsed": Word(marked("lapsed"), "×"),  # noqa: RUF001  (the sign for times)
    NONE_FOUND: Word(marked("none found"), "–"),  # noqa: RUF001  (as above)
    "not-checked": Word(marked("not checked"), "?"),
}
"""How far the law of a country has come, by the stage in the data; a stage that has no word here is not checked."""

QUESTIONS: Mapping[str, str] = {
    "doing": marked("Words of doing"),
    "own_terms": marked("Acts under own terms"),
    "report": marked("Reports to authorities"),
    "limit": marked("Other limits"),
    "example": marked("Example named"),
}
"""The heads of the columns on what a principle's text says, by the field that answers."""

LIMITS: tuple[str, ...] = (
    marked("Whether a company does any of it: a text that says something is one thing, what is done is another."),
    marked('How firm a text is. Nearly all say that companies "seek to" do something: an aim, not a promise.'),
    marked("How far a law goes: it may cover only a part of the same ground. None was made under the principles."),
    marked('What we did not find. "None found" and a low number on record do not mean that there is no more.'),
    marked('What we could not read: "not checked" means that nobody here has read this part of the text.'),
)
"""What the columns cannot show."""

_SHORT: Mapping[str, str] = {
    "au": marked("AU"),
    "ca": marked("CA"),
    "nz": marked("NZ"),
    "gb": marked("UK"),
    "us": marked("US"),
    "eu": marked("EU"),
}


@dataclass(frozen=True, slots=True)
class GlanceCell:
    """One answer: the id of its word; where words give it, ours, then the official ones, and the phrase of these."""

    question: str
    answer: str
    quote: str | None = None
    own: str | None = None
    phrase: kinds.Phrase | None = None

    @property
    def rank(self) -> int:
        """Its place where a column is sorted: what is said comes first."""
        return list(WORDS).index(self.answer)

    @property
    def word(self) -> Word:
        """Its word."""
        return WORDS[self.answer]


@dataclass(frozen=True, slots=True)
class GlanceLaw:
    """The law of one country that has come furthest, in a word."""

    state: LawState

    @property
    def stage(self) -> str:
        """The id of its word."""
        if not self.state.stage:
            return NONE_FOUND if self.state.read else "not-checked"
        return self.state.stage.id if self.state.stage.id in LAW_WORDS else "not-checked"

    @property
    def rank(self) -> int:
        """Its place where a column is sorted: what has come furthest comes first."""
        return list(LAW_WORDS).index(self.stage)

    @property
    def word(self) -> Word:
        """Its word."""
        return LAW_WORDS[self.stage]


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One principle."""

    principle: kinds.Principle
    cells: tuple[GlanceCell, ...]
    laws: tuple[GlanceLaw, ...]
    on_record: int


def rows(catalogue: Catalogue) -> Iterator[GlanceRow]:
    """Yield a row for each principle, in the official order."""
    for principle in catalogue.principles:
        yield GlanceRow(
            principle,
            tuple(_cell(principle, question) for question in QUESTIONS),
            tuple(GlanceLaw(state) for state in law_states(catalogue, principle)),
            len(catalogue.practices_for(principle)),
        )


def short(language: str, country: kinds.Country) -> str:
    """Give the short name of a country in a language: its letters, or its whole name where it has none here."""
    return say(language, _SHORT[country.id]) if country.id in _SHORT else country.label


def _cell(principle: kinds.Principle, question: str) -> GlanceCell:
    asked: kinds.Asked = getattr(principle.asks, question)
    phrase = next((one for one in principle.phrases if one.id == asked.phrase), None)
    quote = phrase.phrase if phrase else asked.quote
    if question == "doing" and asked.answer == "said" and not quote:
        parts = principle.sentence.parts
        own = next((part.words for part in parts if part.slot == "doing" and part.words), None)
        matter = next((part.phrase for part in parts if part.slot == "matter"), None)
        phrase = next((one for one in principle.phrases if one.id == matter), None)
        return GlanceCell(question, asked.answer, phrase.phrase if phrase else None, own, phrase)
    # Of the two plain questions the word is the whole answer; the others show in which words.
    shown = quote if question in ("doing", "limit", "example") else None
    return GlanceCell(question, asked.answer, shown, phrase=phrase)
