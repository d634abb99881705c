"""What a quiz says, whatever file it is written to: its questions, and the credit that goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["QuizContent", "QuizQuestion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizQuestion:
    """A question with its answers. Every text is one line; nothing in it is markup."""

    id: str
    """Names it in every quiz and for good: letters, digits and hyphens, a letter first."""
    name: str
    """What a teacher finds it by in a bank of questions."""
    category: str
    """Where it is filed there."""
    principle: int
    """The official number of the principle that it is about."""
    place: int
    """Its place among the questions on this principle, from 1."""
    text: str
    answers: tuple[str, ...]
    """Two to four."""
    right: int
    """The place of the right answer, from 0."""
    why: str
    note: str
    """What is not sure about it; nothing where all is."""

    @property
    def feedback(self) -> tuple[str, ...]:
        """What somebody reads who has answered, a paragraph each."""
        return (self.why, self.note) if self.note else (self.why,)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizContent:
    """A quiz: its questions, where they come from and on which terms. Every text is one line; nothing is markup."""

    id: str
    """Names it for good: letters, digits and hyphens, a letter first."""
    language: str
    title: str
    category: str
    """Under which its questions are filed in a bank of questions."""
    about_name: str
    """What the note about the quiz is called there."""
    about: tuple[str, ...]
    """Who made it, when, and on which terms; the credit among it. A paragraph each."""
    credit: str
    """What has to go with the questions wherever they go."""
    licence: str
    """The licence's name."""
    edition: date
    page: str
    """The full address of the page that the quiz goes with."""
    questions: tuple[QuizQuestion, ...]
