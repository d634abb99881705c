"""Where terms and addresses stand in a text."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from macros.data.catalogue import Catalogue


def found(catalogue: Catalogue, text: str) -> list[str]:
    """Give what is found in a text."""
    return [match.group() for match in catalogue.term_pattern.finditer(text)]


def test_the_longest_form_of_a_term_is_found_and_no_part_of_a_word(catalogue: Catalogue) -> None:
    forms = sorted(catalogue.term_forms, key=len)
    longer = next(one for one in reversed(forms) if any(one.startswith(f"{other} ") for other in forms))
    assert found(catalogue, f"The {longer.upper()}.") == [longer.upper()]
    word = next(one for one in forms if one.isalpha())
    assert found(catalogue, f"x{word} {word}x {word}-x x-{word}") == []
    assert found(catalogue, "See /principles/3/#in-brief.") == ["/principles/3/#in-brief"]


def test_every_form_of_every_term_is_found(catalogue: Catalogue) -> None:
    assert len(catalogue.term_forms) > 50
    for form in catalogue.term_forms:
        assert found(catalogue, f"({form})") == [form]


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_found_is_what_one_form_after_the_other_would_find(catalogue: Catalogue, data: st.DataObject) -> None:
    forms = sorted(catalogue.term_forms, key=lambda form: (-len(form), form))
    one_by_one = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)
    pieces = st.one_of(
        st.sampled_from(forms), st.sampled_from([" ", "-", "s", "X"]), st.sampled_from(forms).map(str.title)
    )
    text = "".join(data.draw(st.lists(pieces, max_size=20)))
    assert found(catalogue, text) == one_by_one.findall(text)
