"""A principle in easy words: one sentence for the poster, and after it what explains it, one idea in each."""

# No `from __future__ import annotations` here, as in `parts`.
from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.field_types import ShortText, at_most
from macros.data.parts import Part, Printed

SENTENCE_WORDS = 12
"""The poster sets the sentence large."""

IDEA_WORDS = 15
"""One idea has few words; a word that is hard to understand is explained in the next sentence."""

Short = Annotated[ShortText, at_most(SENTENCE_WORDS, "the sentences below it say the rest")]


class Idea(Part):
    """One sentence with one idea."""

    translated: ClassVar[tuple[str, ...]] = ("text",)

    text: Annotated[ShortText, at_most(IDEA_WORDS, "make two sentences of it, with one idea each"), Printed] = Field(
        description="The idea, in easy words."
    )


class EasyWords(Part):
    """The same as the principle says, for readers to whom long sentences are hard. Ours."""

    translated: ClassVar[tuple[str, ...]] = ("sentence", "then")

    sentence: Annotated[Short, Printed] = Field(
        description=f"What it asks, in at most {SENTENCE_WORDS} words. It stands on the poster too."
    )
    then: tuple[Idea, ...] = Field(
        min_length=2,
        max_length=7,
        description=f"What explains it: sentences with one idea each, of at most {IDEA_WORDS} words.",
    )
