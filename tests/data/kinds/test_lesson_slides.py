"""The slides of a lesson: what would make them hard to read or to teach from is told where it stands, with the cure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from macros.data.kinds.lesson_slides import WORDS
from tests.samples import report
from tests.test_hostile_fields import copied, whole, written

PATH = ("lessons", 0, "slides")


def slide(kind: str, title: str, minutes: int, *lines: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "title": title, **({"lines": list(lines)} if lines else {}), **more} | {
        "notes": "What to say.",
        "minutes": minutes,
    }


def sound() -> list[dict[str, Any]]:
    return [
        slide("opening", "A lesson", 1),
        slide("question", "One or two?", 2, "Which is it?"),
        slide("answer", "Two", 1, "It is two."),
        slide("sides", "Enough?", 4, "Yes.", "No."),
        slide("help", "Where to get help", 1),
        slide("plain", "One word", 1, "Note one word."),
    ]


def told(slides: list[dict[str, Any]], minutes: int = 10) -> list[tuple[int, str]]:
    """Give the line and the message of each fault of a lesson with these slides; 0 is the line where they begin."""
    data = copied(whole()[0])
    lesson = data["lessons"][0]
    first = {**lesson["steps"][0], "minutes": minutes - 1}
    lesson |= {"minutes": minutes, "steps": [first, {**first, "minutes": 1}], "slides": slides}
    text, places = written(data)
    start = min(line for place, line in places.items() if place[:3] == PATH)
    found = [line.split(":", 4) for line in report(text)[:-1]]
    return [(int(line) - start, message.removeprefix(" ")) for _, line, _, _, message in found]


def test_a_sound_deck_passes() -> None:
    assert told(sound()) == []


def at(place: int, **fields: Any) -> Callable[[list[dict[str, Any]]], None]:
    """Give an edit that writes fields of a slide; None takes one away."""

    def edit(slides: list[dict[str, Any]]) -> None:
        slides[place] = {key: value for key, value in (slides[place] | fields).items() if value is not None}

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (at(1, lines=["word " * 8, "word " * 8]), "19 words on this slide; at most 18 fit: shorten it, and say the"),
        (at(1, title="One two three four five six seven eight nine"), "'title': 9 words; at most 8 fit here: say the"),
        (at(2, kind="plain"), "no answer follows this question; add a slide with `kind: answer` right after it"),
        (at(3, title="Two"), "the title 'Two' stands twice in this lesson"),
        (at(3, minutes=5), "the slides take 11 minutes, and the lesson takes 10; change the minutes of a slide"),
        (
            at(0, kind="plain", lines=["Words"]),
            "the first slide is the opening, and only that one; write `kind: opening`",
        ),
        (at(3, kind="opening", lines=None), "the first slide is the opening, and only that one; give this one another"),
        (at(4, kind="plain", lines=["Words"]), "no slides with `kind: help`; a lesson has one"),
        (at(5, kind="help", lines=None), "2 slides with `kind: help`; a lesson has one"),
        (at(4, lines=["Call us."]), "the deck itself writes what stands on a slide of the kind 'help'; delete `lines`"),
        (at(3, lines=["One side."]), "two sides stand beside each other; write two `lines` here, one for each"),
        (at(5, lines=None), "nothing stands below the title; add `lines` or a `drawing`"),
        (at(5, drawing="eleven"), "a drawing fills the slide; keep `lines` or `drawing`"),
        (at(5, lines=None, drawing="sentence"), "whose sentence? Add `principle:` with its number"),
        (at(5, principle=1), "only a slide with `drawing: sentence` names a principle; delete this line"),
    ],
)
def test_what_is_wrong_is_told_with_its_cure(edit: Callable[[list[dict[str, Any]]], None], said: str) -> None:
    slides = sound()
    edit(slides)
    (fault,) = told(slides)
    assert fault[1].startswith(said)
    assert fault[0] >= 0


def test_help_comes_late_and_a_deck_that_ends_with_it_passes() -> None:
    first, *middle, helping, last = sound()
    (fault,) = told([first, helping, *middle, last])
    assert fault[1].startswith("help is what pupils see when the lesson ends; at most one slide stands after it")
    assert told([first, *middle, last, helping]) == []


def test_each_step_begins_with_a_slide() -> None:
    data = copied(whole()[0])
    lesson = data["lessons"][0]
    lesson |= {"minutes": 10, "slides": sound()}
    for minutes, said in (([4, 5, 1], 0), ([1, 7, 2], 0), ([5, 4, 1], 5)):
        lesson["steps"] = [{**lesson["steps"][0], "minutes": one} for one in minutes]
        found = report(written(data)[0])
        assert len(found) == (2 if said else 0)
        if said:
            assert (
                f"step 2 of the lesson begins after {said} minutes, and no slide does; change the minutes" in found[0]
            )


def test_words_of_a_drawing_count() -> None:
    """They stand elsewhere in the data, so that a change there can fill a slide too much."""
    slides = sound()
    slides[5] = slide("plain", "Taken apart", 1, drawing="sentence", principle=1)
    assert told(slides) == []
    data = copied(whole()[0])
    data["principles"][0]["phrases"][0]["phrase"] = "one two three four five six"
    words = ["one two three four five six", "aim", "Own words of 1", "action"]
    slides[5]["title"] = "word " * (WORDS + 1 - sum(len(text.split()) for text in words))
    assert len(slides[5]["title"].split()) <= 8
    lesson = data["lessons"][0]
    first = {**lesson["steps"][0], "minutes": 9}
    lesson |= {"minutes": 10, "steps": [first, {**first, "minutes": 1}], "slides": slides}
    (fault, _) = report(written(data)[0])
    assert f"{WORDS + 1} words on this slide" in fault
