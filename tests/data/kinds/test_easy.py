"""A principle in easy words: a sentence that grew long is told where it stands, with what to do."""

from __future__ import annotations

import pytest

from tests.data.kinds.test_sentence import of_principle_4
from tests.samples import HERE, edited, expected, good, report

LONG = "one two three four five six seven eight nine ten eleven twelve"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "sentence: Try.",
            f"sentence: {HERE}{LONG} more.",
            "'sentence': 13 words; at most 12 fit here: the sentences below it say the rest",
        ),
        (
            "{text: One idea.}",
            f"{{text: {HERE}{LONG} and one two three.}}",
            "'text': 16 words; at most 15 fit here: make two sentences of it, with one idea each",
        ),
    ],
)
def test_what_is_long_is_told_where_it_stands(old: str, new: str, said: str) -> None:
    text, places = edited(good(), [of_principle_4(old, new)])
    assert report(text.encode()) == expected([(places[0], said)])


def test_as_long_as_it_may_be_it_passes() -> None:
    text, _ = edited(good(), [of_principle_4("sentence: Try.", f"sentence: {LONG}")])
    assert report(text.encode()) == []
