"""How much a page asks of a reader with a phone: its height, its words and its links, each within a budget."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.browser.conftest import Reader

PHONE = {"width": 390, "height": 844}

TOLERANCE = 1.1
"""Heights may differ by a tenth: another machine has other typefaces. Words and links are exact."""


@dataclass(frozen=True)
class Budget:
    """What a page may have at most: pixels from its top to its end, words in view, links in view."""

    height: int
    words: int
    links: int


BUDGETS = {
    **{f"/principles/{number}/": Budget(5300, 950, 75) for number in range(1, 12)},
    "/principles/3/record/": Budget(9000, 1600, 140),
    "/principles/glance/": Budget(4600, 720, 120),
    "/": Budget(4600, 600, 75),
    "/help/": Budget(2000, 300, 60),
    "/evidence/": Budget(2600, 420, 60),
    "/timeline/": Budget(6000, 420, 60),
    "/principles/": Budget(5200, 600, 65),
    "/fr/principles/": Budget(5200, 600, 65),
}
"""The budget of each page, with header and foot, and all that folds shut."""

MEASURE = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = false;
  const seen = (item) => {
    const { width, height } = item.getBoundingClientRect();
    return item.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (data.trim() && seen(parentElement)) words += data.trim().split(/\\s+/).length;
  }
  return [document.documentElement.scrollHeight, words, [...document.links].filter(seen).length];
}"""
"""Shuts what folds, then counts what is in view; what only a screen reader gets is one pixel large, and not counted."""


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_keeps_its_budget(reader: Reader, address: str) -> None:
    budget = BUDGETS[address]
    with reader.open(address, viewport=PHONE) as page:
        height, words, links = page.evaluate(MEASURE)
    assert 0 < height <= budget.height * TOLERANCE
    assert 0 < words <= budget.words
    assert 0 < links <= budget.links
