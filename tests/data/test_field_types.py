"""Dates and ids: what is written is what is meant, and what is proposed is good."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from macros.data import field_types


@given(st.dates())
def test_a_partial_date_is_what_was_written(day: Any) -> None:
    text = day.isoformat()
    for length, precision in ((10, "day"), (7, "month"), (4, "year")):
        partial = field_types.PartialDate(text[:length])
        assert (str(partial), partial.precision, partial.year) == (text[:length], precision, day.year)
        assert partial == field_types.PartialDate(str(partial))
        assert partial.first_day.isoformat() == text[:length] + "0000-01-01"[length:]


@given(st.text("0123456789-", max_size=11) | st.text(max_size=11))
def test_what_is_no_date_is_refused(text: str) -> None:
    try:
        partial = field_types.PartialDate(text)
    except ValueError:
        return
    assert str(partial) == text
    assert partial.first_day.isoformat().startswith(text)


@given(st.text(max_size=200) | st.text("aB1 -_", max_size=200))
def test_a_proposed_id_is_a_good_one(text: str) -> None:
    identifier = field_types.propose_id(text)
    assert TypeAdapter[str](field_types.Id).validate_python(identifier) == identifier
    assert field_types.propose_id(identifier) == identifier
