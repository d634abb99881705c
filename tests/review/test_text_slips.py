"""Texts that pages print as they are typed: what was copied with them is told, with its line, and stops nothing."""

from __future__ import annotations

import pytest

from macros.data.catalogue import Catalogue
from macros.data.validation import check
from macros.data.yaml_reader import read_bytes
from macros.review.text_slips import slips_of_text
from tests.samples import TODAY, good

PLAIN = "name: Former Company"


def told(name: str) -> list[str]:
    """Give what is told of the sample in which a company has a name, which stands in quotes there."""
    quoted = name.replace("'", "''")
    text = good().replace(PLAIN, f"name: '{quoted}'")
    tree = read_bytes(text.encode(), "sample.yml")
    checked = check(tree, TODAY)
    assert checked.document is not None, checked.faults
    line = text[: text.index(quoted)].count("\n") + 1
    found = list(slips_of_text(Catalogue(checked.document, tree)))
    assert all(one.startswith(f"sample.yml:{line}: ") for one in found), found
    return [one.removeprefix(f"sample.yml:{line}: ") for one in found]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A **bold** name", "pages print Markdown as it is typed (**); write plain text"),
        ("See [this](there)", "pages print Markdown as it is typed (](); write plain text"),
        ("Run `this`", "pages print Markdown as it is typed (`); write plain text"),
        ("See https://a.example/b now", "an address in a text is no link (https://a.example/b); add a source instead"),
        ("See www.a.example", "an address in a text is no link (www.a.example); add a source instead"),
        ("Lost \ufffd sign", "a sign was lost when this was copied (\ufffd); type it again"),
        ("You &amp; me", "&amp; was copied from a page's source; type the sign itself"),
        (
            'He said "one two three four five six seven" twice',
            'a quotation of 7 words; quote at most 6, unless the words are ours ("one two three four five six seven")',
        ),
    ],
)
def test_it_is_told_in_a_sentence(name: str, said: str) -> None:
    assert told(name) == [said]


@pytest.mark.parametrize(
    "name",
    [
        "R&D and 3 * 4 * 5",
        "snake_case_name",
        'Six "one two three four five six" words',
        "AT&T; and more",
        "5 < 6",
        "Q & A",
    ],
)
def test_plain_text_is_not(name: str) -> None:
    assert told(name) == []
