"""A principle's sentence, taken apart: each part in official words or in ours, and the questions it leaves open."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from macros.data.cases import Case, Found, Place, hashable, no_such_phrase, phrases, shown
from macros.data.field_types import Id, Ref, ShortText, at_most
from macros.data.parts import Part, Printed

GLOSS_WORDS = 12
"""A gloss stands below the words it explains, in one or two lines of a phone; the notes on the phrases say more."""

OWN_WORDS = 6
"""Our own words stand where official ones could, and are as short."""

_QUOTED = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')


def _own(value: str) -> str:
    """Refuse quotation marks: what stands between them is official, and so never in a text of ours."""
    if _QUOTED.search(value):
        raise PydanticCustomError(
            "text",
            "quotation marks are for official words; those stand in a part of their own, with `phrase`, and our "
            "words need no marks",
        )
    return value


Gloss = Annotated[ShortText, AfterValidator(_own), at_most(GLOSS_WORDS, "the notes on the phrases say the rest")]
OwnWords = Annotated[ShortText, AfterValidator(_own), at_most(OWN_WORDS, "the notes on the phrases say the rest")]


class InnerPart(Part):
    """A few words of the sentence: official ones, or ours where we quote none."""

    translated: ClassVar[tuple[str, ...]] = ("words", "gloss")

    phrase: Id | None = Field(default=None, description="Official words: the id of a phrase of this principle.")
    words: Annotated[OwnWords, Printed] | None = Field(
        default=None, description="Our own words, at most six, where no phrase is quoted. Never beside `phrase`."
    )
    kind: Annotated[Id, Ref("phrase_kinds")] = Field(description="As the phrase's own, where it is one.")
    gloss: Annotated[Gloss, Printed] = Field(description="What it means, in our own words, at most twelve.")


class SentencePart(InnerPart):
    """A part of the sentence, the question it answers, and what stands within it."""

    translated: ClassVar[tuple[str, ...]] = ("words", "gloss", "within")

    slot: Annotated[Id, Ref("sentence_slots")] = Field(description="The question that it answers.")
    within: tuple[InnerPart, ...] = Field(default=(), max_length=4, description="What belongs to it and narrows it.")


class Sentence(Part):
    """A principle's sentence, in the order of the official text."""

    translated: ClassVar[tuple[str, ...]] = ("unread", "parts")

    unread: Annotated[ShortText, Printed] | None = Field(
        default=None, description="Where the principle is unchecked: what of its wording nobody has read."
    )
    parts: tuple[SentencePart, ...] = Field(
        min_length=2,
        max_length=5,
        description="The sentence's parts, in the order of the official text as far as it is known.",
    )
    silent: tuple[Annotated[Id, Ref("sentence_slots")], ...] = Field(
        default=(), description="The questions that the text does not answer."
    )


def taken_apart(case: Case) -> Iterator[Found]:
    """Hold each sentence against its principle: its phrases and their order, its silences, and whether it was read."""
    for path, principle in case.records("principles"):
        sentence = principle.get("sentence")
        if isinstance(sentence, dict):
            where = (*path, "sentence")
            yield from _in_order(case, (*where, "parts"), sentence.get("parts"), phrases(principle))
            yield from _every_slot(case, where, sentence)
            yield from _read_or_not(where, sentence, principle)


def _in_order(case: Case, path: Place, parts: Any, listed: dict[str, dict[str, Any]]) -> Iterator[Found]:
    known = {name: (at, one.get("kind")) for at, (name, one) in enumerate(listed.items())}
    used: list[str] = []
    for where, part in _walked(path, parts):
        phrase, words = part.get("phrase"), part.get("words")
        if phrase is not None and words is not None:
            message = "official words and ours never share a part; keep `phrase`, and give these a part of their own"
            yield (*where, "words"), message
        if phrase is None and words is None:
            yield where, "no words here; add `phrase:` with the id of a phrase of this principle, or `words:` of ours"
        if not isinstance(phrase, str):
            continue
        at = (*where, "phrase")
        if phrase not in known:
            yield at, no_such_phrase(case, phrase, known)
            continue
        if phrase in used:
            yield at, f"the phrase {shown(phrase)} stands twice in the sentence; keep one"
        elif used and known[phrase] < known[used[-1]]:
            yield (
                at,
                f"{shown(phrase)} stands after {shown(used[-1])} here and before it under `phrases:`; both follow the "
                "official text, so change the order here or there",
            )
        kind = known[phrase][1]
        if isinstance(part.get("kind"), str) and part["kind"] != kind and isinstance(kind, str):
            yield (*where, "kind"), f"the phrase {shown(phrase)} is of the kind {shown(kind)}; write the same here"
        used.append(phrase)


def _walked(path: Place, parts: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    for at, part in enumerate(parts if isinstance(parts, list) else ()):
        if isinstance(part, dict):
            yield (*path, at), part
            yield from _walked((*path, at, "within"), part.get("within"))


def _every_slot(case: Case, path: Place, sentence: dict[str, Any]) -> Iterator[Found]:
    parts, silent = sentence.get("parts"), sentence.get("silent", [])
    if not isinstance(parts, list) or not isinstance(silent, list):
        return
    said = {hashable(part.get("slot")) for part in parts if isinstance(part, dict)}
    listed: set[Any] = set()
    for at, slot in enumerate(map(hashable, silent)):
        if slot in said:
            message = f"a part answers {shown(slot)}, so the text is not silent on it; delete one of both"
            yield (*path, "silent", at), message
        elif slot in listed:
            yield (*path, "silent", at), f"{shown(slot)} stands here twice; keep one"
        listed.add(slot)
    for slot in case.names("sentence_slots", "id"):
        if slot not in said | listed:
            yield (
                path,
                f"nothing here on '{slot[:80]}'; add a part with `slot: {slot[:80]}`, or list it under `silent:` if "
                "the text does not answer it",
            )


def _read_or_not(path: Place, sentence: dict[str, Any], principle: dict[str, Any]) -> Iterator[Found]:
    sure = principle.get("confidence")
    if sure == "unchecked" and sentence.get("unread") is None:
        yield (
            path,
            "this principle is unchecked, so its wording was not read; add `unread:` with a sentence that says to "
            "readers what of it was not read",
        )
    elif sure in ("confirmed", "reported") and sentence.get("unread") is not None:
        yield (*path, "unread"), f"this principle is {sure}, so its wording was read; delete this line"
