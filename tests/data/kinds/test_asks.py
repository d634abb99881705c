"""What a principle's text asks for: what the check says where an answer claims more than was read."""

from __future__ import annotations

import pytest

from macros.data.catalogue import Catalogue
from tests.data.kinds.test_sentence import of_principle_4
from tests.samples import HERE, edited, expected, good, report

OWN = "own_terms: {answer: not-checked}"
DOING = "doing: {answer: not-checked}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            DOING,
            f"doing: {{answer: said, phrase: {HERE}seeks, sources: [overview]}}",
            "this principle has no phrase 'seeks'; did you mean 'seek'?",
        ),
        (
            DOING,
            f"doing: {{answer: said, phrase: seek, quote: {HERE}seek to, sources: [overview]}}",
            "the words of the phrase are enough; keep `phrase` or `quote`, not both",
        ),
        (
            DOING,
            f"doing: {{answer: not-checked, phrase: {HERE}seek}}",
            "words of the text, but the answer is 'not-checked'; write 'said', or delete this line",
        ),
        (
            OWN,
            f"own_terms: {HERE}{{answer: not-said}}",
            "'not-said' rests on a text; add `sources:` with the id of the source in which it was read",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(old: str, new: str, said: str) -> None:
    text, places = edited(good(), [of_principle_4(old, new)])
    assert report(text.encode()) == expected([(places[0], said)])


@pytest.mark.parametrize(
    ("answer", "more", "right"),
    [
        ("said", "", False),
        ("not-said", "", False),
        ("said", ", confidence: reported", True),
        ("not-said", ", confidence: confirmed", True),
        ("said", ", confidence: unchecked", False),
    ],
)
def test_an_unread_text_says_nothing_and_leaves_nothing_out(answer: str, more: str, right: bool) -> None:
    own, unread = of_principle_4("    confidence: confirmed\n", "    confidence: unchecked\n")
    unread = unread.replace("silent: [deadline]\n", "silent: [deadline]\n      unread: We have not read it.\n")
    unread = unread.replace(DOING, f"doing: {{answer: {answer}, sources: [overview]{more}}}")
    found = [line for line in report(good().replace(own, unread).encode()) if "its text was not read" in line]
    assert [line.split("error: ")[1].split(",")[0] for line in found] == ([] if right else [f"'{answer}'"])


def test_of_unread_principles_only_read_words_count(catalogue: Catalogue) -> None:
    said = {
        (principle.number, name)
        for principle in catalogue.principles
        if principle.confidence == "unchecked"
        for name in type(principle.asks).model_fields
        if getattr(principle.asks, name).answer != "not-checked"
    }
    assert said == {(8, "doing")}
