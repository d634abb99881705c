"""The slides of a lesson: what stands on each, what the teacher says, and how long it stays."""

# No `from __future__ import annotations` here, as in `parts`.
from collections.abc import Iterator
from itertools import accumulate
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from macros.data.cases import Case, Found, Place, hashable, is_sample, parts, phrases, shown
from macros.data.field_types import PrincipleNumber, ShortTitle, Text, WholeNumber, at_most
from macros.data.parts import Part, Printed

WORDS = 18
"""A slide is taken in at a glance, from the last row, by somebody who reads slowly."""

TITLE_WORDS = 8
"""A title of that length fits two lines in large type, and leaves room for what the deck itself says below it."""

LINES = 5
"""Lines of a slide that fit in large type, even where each takes two rows."""

SlideKind = Literal["plain", "opening", "question", "answer", "sides", "help"]
Drawing = Literal["eleven", "headings", "sentence"]

OWN = ("opening", "help")
"""Kinds whose text the deck writes itself: so no lesson leaves out that pupils may step out, or whom to call."""

SlideTitle = Annotated[ShortTitle, at_most(TITLE_WORDS, "say the rest in `lines` or `notes`")]


class Slide(Part):
    """A slide of a lesson: one thought in few words; all else is in the notes."""

    translated: ClassVar[tuple[str, ...]] = ("title", "lines", "notes")

    kind: SlideKind = Field(
        default="plain",
        description="opening: the first, with minutes and the way out; help: whom to call; the deck writes both. "
        "question: an answer follows it. sides: two lines side by side.",
    )
    title: Annotated[SlideTitle, Printed] = Field(description="No other slide of the lesson has it.")
    lines: tuple[Annotated[ShortTitle, Printed], ...] = Field(
        default=(), max_length=LINES, description=f"What stands below the title; {WORDS} words with the title."
    )
    drawing: Drawing | None = Field(
        default=None,
        description="In place of lines. eleven: a shape for each principle; headings: the seven, each with its shape; "
        "sentence: the parts of a principle's sentence.",
    )
    principle: PrincipleNumber | None = Field(default=None, description="Only for the sentence: whose it is.")
    notes: Annotated[Text, Printed] = Field(description="What the teacher says and does; it stands in the notes.")
    minutes: WholeNumber = Field(ge=0, le=90, description="How long it stays; 0 where it is shown in passing.")


def slides_fit(case: Case) -> Iterator[Found]:
    """Let each slide say little, questions be answered, and the slides of a lesson take as long as it does."""
    for path, lesson in case.records("lessons"):
        listed = lesson.get("slides")
        slides = parts(listed)
        if not slides or len(slides) != len(listed or ()):
            continue
        where = (*path, "slides")
        yield from _own_titles(where, slides)
        yield from _answered(where, slides)
        yield from _begins_and_ends(where, slides)
        yield from _in_time(where, slides, lesson.get("minutes"))
        yield from _in_step(where, slides, lesson.get("steps"))
        for at, slide in enumerate(slides):
            yield from _filled((*where, at), slide)
            yield from _few_words(case, (*where, at), slide)


def _own_titles(path: Place, slides: list[dict[str, Any]]) -> Iterator[Found]:
    seen: set[str] = set()
    for at, slide in enumerate(slides):
        title = slide.get("title")
        if isinstance(title, str) and title in seen:
            message = f"the title {shown(title)} stands twice in this lesson; people find slides by their titles"
            yield (*path, at, "title"), f"{message}, so give each one of its own"
        elif isinstance(title, str):
            seen.add(title)


def _answered(path: Place, slides: list[dict[str, Any]]) -> Iterator[Found]:
    for at, slide in enumerate(slides):
        after = slides[at + 1].get("kind") if at + 1 < len(slides) else None
        if slide.get("kind") == "question" and after != "answer":
            yield (*path, at), "no answer follows this question; add a slide with `kind: answer` right after it"


def _begins_and_ends(path: Place, slides: list[dict[str, Any]]) -> Iterator[Found]:
    kinds = [hashable(slide.get("kind", "plain")) for slide in slides]
    for at, kind in enumerate(kinds):
        if (kind == "opening") != (at == 0):
            cure = "write `kind: opening` here" if at == 0 else "give this one another kind, or put it first"
            yield (*path, at), f"the first slide is the opening, and only that one; {cure}"
    helps = [at for at, kind in enumerate(kinds) if kind == "help"]
    if len(helps) != 1:
        message = (
            f"{len(helps) or 'no'} slides with `kind: help`; a lesson has one, so that everybody sees whom to call"
        )
        yield (*path, helps[1]) if helps else path, message
    elif helps[0] < len(kinds) - 2:
        message = (
            "help is what pupils see when the lesson ends; at most one slide stands after it, so put this one later"
        )
        yield (*path, helps[0]), message


def _in_time(path: Place, slides: list[dict[str, Any]], whole: Any) -> Iterator[Found]:
    minutes = [slide.get("minutes") for slide in slides]
    taken = [one for one in minutes if type(one) is int]
    if type(whole) is int and len(taken) == len(minutes) and sum(taken) != whole:
        message = f"the slides take {sum(taken)} minutes, and the lesson takes {whole}; change the minutes of a slide"
        yield path, message


def _in_step(path: Place, slides: list[dict[str, Any]], steps: Any) -> Iterator[Found]:
    """Let each step begin with a slide; the last one may have none, as it has nothing to do with the rest."""
    listed = steps if isinstance(steps, list) else []
    lasting = [[one.get("minutes") if isinstance(one, dict) else None for one in many] for many in (slides, listed)]
    if not all(type(minutes) is int for many in lasting for minutes in many):
        return
    begun, steps_begun = (list(accumulate(many, initial=0)) for many in lasting)
    for at, minute in enumerate(steps_begun[1:-2], start=2):
        if minute not in begun and begun[-1] == steps_begun[-1]:
            message = f"step {at} of the lesson begins after {minute} minutes, and no slide does; change the minutes"
            yield path, f"{message} of the slides before it"


def _filled(path: Place, slide: dict[str, Any]) -> Iterator[Found]:
    kind, lines, drawing = hashable(slide.get("kind", "plain")), slide.get("lines"), hashable(slide.get("drawing"))
    if kind in OWN and (lines or drawing):
        name = "lines" if lines else "drawing"
        yield (*path, name), f"the deck itself writes what stands on a slide of the kind '{kind}'; delete `{name}`"
        return
    if lines and drawing:
        yield (*path, "drawing"), "a drawing fills the slide; keep `lines` or `drawing`, and say the rest in `notes`"
    if kind == "sides" and (not isinstance(lines, list) or len(lines) != 2):
        yield path, "two sides stand beside each other; write two `lines` here, one for each"
    elif kind not in OWN and not lines and not drawing:
        yield path, "nothing stands below the title; add `lines` or a `drawing`"
    principle = slide.get("principle")
    if drawing == "sentence" and principle is None:
        yield path, "whose sentence? Add `principle:` with its number"
    elif principle is not None and drawing != "sentence":
        yield (*path, "principle"), "only a slide with `drawing: sentence` names a principle; delete this line"


def _few_words(case: Case, path: Place, slide: dict[str, Any]) -> Iterator[Found]:
    lines = slide.get("lines")
    texts = [slide.get("title"), *(lines if isinstance(lines, list) else ()), *_drawn(case, slide)]
    count = sum(len(text.split()) for text in texts if isinstance(text, str) and not is_sample(text))
    if count > WORDS:
        yield path, f"{count} words on this slide; at most {WORDS} fit: shorten it, and say the rest in `notes`"


def _drawn(case: Case, slide: dict[str, Any]) -> Iterator[Any]:
    """Yield the texts of a drawing, which stand elsewhere in the data."""
    if slide.get("drawing") == "headings":
        for _, category in case.records("categories"):
            yield category.get("title")
    if slide.get("drawing") != "sentence":
        return
    for _, principle in case.records("principles"):
        sentence = principle.get("sentence")
        if principle.get("number") != slide.get("principle") or not isinstance(sentence, dict):
            continue
        known = phrases(principle)
        for part in parts(sentence.get("parts")):
            phrase = known.get(str(part.get("phrase")))
            yield phrase.get("phrase") if phrase else part.get("words")
            yield part.get("kind")
