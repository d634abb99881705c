"""Questions that people ask: what the check says to people who do not program, and what readers rely on."""

from __future__ import annotations

from typing import Any

import pytest

from macros.data.catalogue import Catalogue
from tests.samples import report
from tests.test_hostile_fields import copied, put, whole, written

QUESTION = ("questions", 0)

HELP_FIRST = ("threatened", "found-something", "worried-about-a-child", "picture-of-me", "sextortion", "pupil-tells-me")
"""Questions of people who may be in danger, or stand beside somebody who is."""


@pytest.mark.parametrize(
    ("place", "value", "line", "said"),
    [
        (
            ("answer",),
            [{"text": "word " * 81, "ours": True}],
            ("answer", 0, "text"),
            "81 words in `answer`; at most 80 fit: shorten it",
        ),
        (
            ("more", 0, "address"),
            "/glossary/#no-such-word",
            ("more", 0, "address"),
            "nothing stands at '/glossary/#no-such-word'; copy the address of a page of the site, or a place on it",
        ),
    ],
)
def test_an_answer_is_short_and_leads_to_what_is_there(
    place: tuple[str | int, ...], value: Any, line: tuple[str | int, ...], said: str
) -> None:
    data = copied(whole()[0])
    put(data, (*QUESTION, *place), value)
    text, places = written(data)
    (found,) = report(text)[:-1]
    assert found.startswith(f"sample.yml:{places[(*QUESTION, *line)]}:")
    assert found.endswith(said)


@pytest.mark.data
def test_answers_to_people_in_need_lead_to_help_before_anything_else(catalogue: Catalogue) -> None:
    for identifier in HELP_FIRST:
        question = catalogue.get("questions", identifier)
        first = question.more[0].address
        assert first.startswith(("/help/", "/teach/#if-a-pupil")), identifier
    assert catalogue.questions[0].id == HELP_FIRST[0]
    assert len(catalogue.questions) >= 40
    for question in catalogue.questions:
        assert question.question.endswith("?"), question.id
        assert 1 <= question.said.count(".") <= 7, question.id
