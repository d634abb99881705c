"""What a principle's text asks for and what it leaves out, in the same five questions for all, so that they compare."""

# No `from __future__ import annotations` here, as in `parts`.
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from macros.data.cases import Case, Found, Place, no_such_phrase, phrases
from macros.data.field_types import Id, OfficialPhrase, SourceId
from macros.data.parts import Confidence, Part, Printed

Answer = Literal["said", "not-said", "not-checked"]


class Asked(Part):
    """One question to a principle's text: whether the text answers it, and in which official words."""

    answer: Answer = Field(
        description="said: the text says it; not-said: the text was read and does not; not-checked: not yet read."
    )
    phrase: Id | None = Field(default=None, description="The id of the phrase of this principle that says it.")
    quote: Annotated[OfficialPhrase, Printed] | None = Field(
        default=None, description="The official words, where no phrase of this principle has them. Never with `phrase`."
    )
    sources: tuple[SourceId, ...] = Field(default=(), description="Where the text was read.")
    confidence: Confidence | None = Field(default=None, description="Only where it differs from the principle's.")


class Asks(Part):
    """The five questions."""

    doing: Asked = Field(description="In which words it says what companies are to do.")
    own_terms: Asked = Field(description="Whether companies act under their own terms of service.")
    report: Asked = Field(description="Whether companies report to the authorities.")
    limit: Asked = Field(description="Which other words narrow it or leave room, beside that companies seek to do it.")
    example: Asked = Field(description="Which example it names.")


def answered(case: Case) -> Iterator[Found]:
    """Hold each answer against its principle: its phrases, its sources, and whether its text was read."""
    for path, principle in case.records("principles"):
        asks = principle.get("asks")
        for name, asked in asks.items() if isinstance(asks, dict) else ():
            if isinstance(asked, dict):
                yield from _answer(case, (*path, "asks", name), asked, principle)


def _answer(case: Case, path: Place, asked: dict[str, Any], principle: dict[str, Any]) -> Iterator[Found]:
    answer, phrase = asked.get("answer"), asked.get("phrase")
    if phrase is not None and asked.get("quote") is not None:
        yield (*path, "quote"), "the words of the phrase are enough; keep `phrase` or `quote`, not both"
    for name in ("phrase", "quote"):
        if answer in ("not-said", "not-checked") and asked.get(name) is not None:
            yield (*path, name), f"words of the text, but the answer is '{answer}'; write 'said', or delete this line"
    if answer in ("said", "not-said") and not asked.get("sources"):
        yield path, f"'{answer}' rests on a text; add `sources:` with the id of the source in which it was read"
    known = phrases(principle)
    if isinstance(phrase, str) and phrase not in known:
        yield (*path, "phrase"), no_such_phrase(case, phrase, known)
    unread = principle.get("confidence") == "unchecked" and asked.get("confidence") not in ("confirmed", "reported")
    if unread and answer in ("said", "not-said"):
        yield (
            (*path, "answer"),
            f"'{answer}', but this principle is unchecked: its text was not read; write 'not-checked', or add "
            "`confidence: confirmed` if this part of it was read in the source",
        )
