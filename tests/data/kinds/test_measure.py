"""Steps for services: what the check says to people who do not program, and what no step may ask."""

from __future__ import annotations

import re
from typing import Any

import pytest

from macros.data.catalogue import Catalogue
from macros.data.kinds.measure import FIRST
from tests.samples import report
from tests.test_hostile_fields import copied, put, whole, written

MEASURE = ("measures", 0)

LAW = {"text": "What it says.", "ours": True, "country": "gb", "duty": "plain"}
FIRST_FOR = {"text": "What it does first.", "ours": True, "group": "plain"}


@pytest.mark.parametrize(
    ("place", "value", "line", "said"),
    [
        (("how",), [{"text": "word " * 81, "ours": True}], ("how", 0, "text"), "81 words in `how`; at most 80 fit"),
        (
            ("why", 0, "phrase"),
            "seak",
            ("why", 0, "phrase"),
            "this principle has no phrase 'seak'; did you mean 'seek'?",
        ),
        (("law",), [LAW, LAW], ("law", 1, "country"), "'gb' stands twice under `law`; make one of both"),
        (
            ("first_for",),
            [FIRST_FOR] * (FIRST + 1),
            ("first_for", FIRST, "group"),
            f"'plain' has its first {FIRST} things already; take one of them away before this is added",
        ),
    ],
)
def test_a_fault_is_named_at_its_line(
    place: tuple[str | int, ...], value: Any, line: tuple[str | int, ...], said: str
) -> None:
    data = copied(whole()[0])
    data["measures"] = data["measures"][:1]
    data["measures"][0]["first_for"] = []
    put(data, (*MEASURE, *place), value)
    text, places = written(data)
    (found,) = report(text)[:-1]
    assert found.startswith(f"sample.yml:{places[(*MEASURE, *line)]}:")
    assert said in found


@pytest.mark.parametrize(
    "place",
    [("principles", 0, "number"), ("principles", 0, "phrases", 0, "id"), ("measures", 0, "why", 0, "principle")],
)
def test_what_no_step_can_rest_on_ends_in_a_fault_and_in_no_traceback(place: tuple[str | int, ...]) -> None:
    data = copied(whole()[0])
    put(data, place, [1])
    assert report(written(data)[0])[:-1] != []


@pytest.mark.data
def test_no_step_asks_anybody_to_keep_copy_or_send_material(catalogue: Catalogue) -> None:
    assert catalogue.measures
    asked = re.compile(
        r"\b(screenshot|forward|copy|e-?mail|send|share|download)s?\b[^.]{0,40}\b(image|picture|video|file|material)",
        re.I,
    )
    for measure in catalogue.measures:
        for text in (measure.do, measure.done, measure.proof):
            assert not asked.search(text), f"{measure.id}: {text}"
    first = catalogue.measures[0]
    assert first.when == "today"
