"""The sentence, taken apart: what the check says, for people who do not program, where the data is not right."""

from __future__ import annotations

import re

import pytest

from macros.data.catalogue import Catalogue
from tests.samples import HERE, edited, expected, good, report

START = good().index("  - id: principle-4\n")
END = good().index("  - id: principle-5\n")


def of_principle_4(old: str, new: str) -> tuple[str, str]:
    """Give an edit of the sample that is about principle 4 alone."""
    own = good()[START:END]
    assert own.count(old) == 1, old
    return own, own.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "          phrase: seek\n",
            f"          phrase: {HERE}seeks\n",
            "this principle has no phrase 'seeks'; did you mean 'seek'?",
        ),
        (
            "          phrase: seek\n",
            "          phrase: seek\n          words: " + HERE + "try to\n",
            "official words and ours never share a part; keep `phrase`, and give these a part of their own",
        ),
        (
            "          phrase: seek\n",
            "",
            "no words here; add `phrase:` with the id of a phrase of this principle, or `words:` of ours",
        ),
        (
            "          kind: aim\n          gloss:",
            f"          kind: {HERE}action\n          gloss:",
            "the phrase 'seek' is of the kind 'aim'; write the same here",
        ),
        (
            "words: Own words of 4, kind: action",
            f"phrase: {HERE}seek, kind: aim",
            "the phrase 'seek' stands twice in the sentence; keep one",
        ),
        (
            "words: Own words of 4",
            f"words: {HERE}Own “words” of 4",
            "'words': quotation marks are for official words; those stand in a part of their own, with `phrase`, and "
            "our words need no marks",
        ),
        (
            "gloss: Gloss on those",
            f"gloss: {HERE}one two three four five six seven eight nine ten eleven twelve thirteen",
            "'gloss': 13 words; at most 12 fit here: the notes on the phrases say the rest",
        ),
        (
            "silent: [deadline]",
            f"silent: [deadline, {HERE}doing]",
            "a part answers 'doing', so the text is not silent on it; delete one of both",
        ),
        (
            "silent: [deadline]",
            f"silent: [deadline, {HERE}deadline]",
            "'deadline' stands here twice; keep one",
        ),
        (
            "    confidence: confirmed\n",
            "    confidence: unchecked\n",
            "this principle is unchecked, so its wording was not read; add `unread:` with a sentence that says to "
            "readers what of it was not read",
        ),
        (
            "      silent: [deadline]\n",
            f"      silent: [deadline]\n      unread: {HERE}We have not read it.\n",
            "this principle is confirmed, so its wording was read; delete this line",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(old: str, new: str, said: str) -> None:
    text, places = edited(good(), [of_principle_4(old, new)])
    found = report(text.encode())
    if places:
        assert found == expected([(places[0], said)])
    else:
        assert len([line for line in found if line.endswith(f": error: {said}")]) == 1


def test_parts_follow_the_order_of_the_phrases_within_each_other_too() -> None:
    first = "          phrase: seek\n          kind: aim\n          gloss: Gloss on seek in principle 4\n"
    other = "          words: Own words first\n          kind: action\n          gloss: Gloss on these\n"
    within = (
        "          within:\n"
        "            - {phrase: report, kind: action, gloss: Report first}\n"
        f"            - {{phrase: {HERE}seek, kind: aim, gloss: Then seek}}\n"
    )
    text, places = edited(good(), [of_principle_4(first, other + within)])
    said = (
        "'seek' stands after 'report' here and before it under `phrases:`; both follow the official text, so change "
        "the order here or there"
    )
    assert report(text.encode()) == expected([(places[0], said)])


def test_a_new_slot_is_answered_or_listed_as_silent_by_every_principle() -> None:
    slots = "sentence_slots:\n"
    text = good().replace(slots, f"{slots}  - {{id: whom, label: Whom, meaning: To whom}}\n")
    found = report(text.encode())
    assert len(found) == 12
    said = "add a part with `slot: whom`, or list it under `silent:` if the text does not answer it"
    assert all(line.endswith(f"nothing here on 'whom'; {said}") for line in found[:-1]), found


def test_a_sentence_of_anything_else_is_no_traceback() -> None:
    for wrong in ("[]", "text", "{parts: text, silent: text}", "{parts: [text, {within: text}], silent: [[doing]]}"):
        own = good()[START:END]
        other = re.sub(r"    sentence:\n(?:      .*\n)+", f"    sentence: {wrong}\n", own)
        assert other != own
        assert report(good().replace(own, other).encode()), wrong


def test_nothing_that_nobody_read_is_quoted(catalogue: Catalogue) -> None:
    for principle in catalogue.principles:
        unread = {phrase.id for phrase in principle.phrases if phrase.confidence == "unchecked"}
        assert bool(unread) == (principle.confidence == "unchecked") == bool(principle.sentence.unread)
