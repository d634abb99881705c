"""How a report travels: what the check says, for people who do not program, and what readers rely on in the data."""

from __future__ import annotations

from typing import Any

import pytest

from macros.data.catalogue import Catalogue
from tests.samples import report
from tests.test_hostile_fields import copied, put, whole, written

STEP = ("report_flows", 0, "steps", 0)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("what", "text"), "word " * 26, "26 words in `what`; at most 25 fit: shorten it"),
        (("stops", "text"), "word " * 26, "26 words in `stops`; at most 25 fit: shorten it"),
        (("hears", "text"), "word " * 26, "26 words in `hears`; at most 25 fit: shorten it"),
        (("branches", 1, "then", "text"), "word " * 26, "26 words in `then`; at most 25 fit: shorten it"),
    ],
)
def test_a_step_is_read_at_a_glance(place: tuple[str | int, ...], value: str, said: str) -> None:
    data = copied(whole()[0])
    put(data, (*STEP, *place), value)
    text, places = written(data)
    line = places[(*STEP, *place)]
    (found,) = report(text)[:-1]
    assert found.startswith(f"sample.yml:{line}:")
    assert found.endswith(said)


def fields(field: str) -> list[dict[str, Any]]:
    """Give what each more of such a part has of its own."""
    return [{"id": f"more-{number}", "former_ids": []} if field == "steps" else {} for number in range(9)]


@pytest.mark.parametrize(("field", "count"), [("branches", 1), ("branches", 3), ("steps", 5), ("steps", 7)])
def test_a_way_has_six_steps_and_parts_in_two(field: str, count: int) -> None:
    data = copied(whole()[0])
    flow = data["report_flows"][0]
    owner = flow if field == "steps" else flow["steps"][0]
    more = [{**copied(owner[field][0]), **fresh} for fresh in fields(field)]
    owner[field] = [*owner[field], *more][:count]
    said = report(written(data)[0])
    assert len(said) == 2
    assert f"'{field}'" in said[0]


@pytest.mark.data
def test_the_ways_of_countries_can_be_laid_side_by_side(catalogue: Catalogue) -> None:
    flows = catalogue.document.report_flows
    straight = [flow for flow in flows if not flow.circle]
    assert [flow.country for flow in straight] == ["us", "gb", "int"]
    assert [flow.id for flow in flows if flow.circle] == ["known-material"]
    steps = {tuple(step.id for step in flow.steps) for flow in straight}
    assert len(steps) == 1
    assert all(step.hears for flow in straight for step in flow.steps), "whoever reported learns what to expect"
    assert {number for flow in straight for number in flow.principles} == {1, 2, 3, 4, 5, 6, 8, 9, 10, 11}
