"""The strip of years on the timeline: a dot for each event, years as wide as each other, and nothing over anything."""

from __future__ import annotations

from collections import Counter

import pytest

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader

BOXES = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return [left, right, top, bottom];
})"""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_dot_and_no_year_lies_over_another(reader: Reader, catalogue: Catalogue, width: int) -> None:
    with reader.open("/timeline/", viewport={"width": width, "height": 800}) as page:
        for selector, count in ((".strip .dot", len(catalogue.events)), (".strip-year > span", 6)):
            boxes = page.evaluate(BOXES, selector)
            assert len(boxes) == count
            for place, (left, right, top, bottom) in enumerate(boxes):
                assert 0 <= left < right <= width
                for other in boxes[:place]:
                    apart = other[1] <= left + 0.1 or right <= other[0] + 0.1
                    assert apart or other[3] <= top + 0.1 or bottom <= other[2] + 0.1
        columns = page.evaluate(BOXES, ".strip-column")
        assert {round(right - left) for left, right, _, _ in columns} == {round(columns[0][1] - columns[0][0])}
        found = page.locator(".strip-column").evaluate_all(
            "(all) => all.map((one) => one.querySelectorAll('.dot').length)"
        )
    years = Counter(event.date.year for event in catalogue.events)
    assert found == [years[year] for year in range(min(years), max(years) + 1)]
