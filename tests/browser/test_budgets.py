"""How much a page asks of a reader with a phone: height, words, links, and machinery among them, each in a budget."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.browser.conftest import Reader

PHONE = {"width": 390, "height": 844}

TOLERANCE = 1.1
"""Heights may differ by a tenth: another machine has other typefaces. Words and links are exact."""


@dataclass(frozen=True)
class Budget:
    """What a page may have at most: pixels from its top to its end, words in view, links in view.

    Of the links, `machinery` is what serves those who check and mend: marks of sources, headings that are their own
    links, ways to edit.
    """

    height: int
    words: int
    links: int
    machinery: int = 40


BUDGETS = {
    **{f"{root}/principles/{number}/": Budget(5200, 950, 75, 15) for root in ("", "/fr") for number in range(1, 12)},
    "/principles/1/record/": Budget(9000, 1600, 140),
    "/fr/principles/3/record/": Budget(9000, 1600, 140),
    "/principles/glance/": Budget(4600, 720, 120),
    "/": Budget(4600, 590, 75),
    "/fr/": Budget(4600, 600, 75),
    "/help/": Budget(2000, 300, 60),
    "/evidence/": Budget(2600, 420, 60),
    "/evidence/how-a-report-travels/": Budget(3300, 480, 65),
    "/evidence/how-a-report-travels/united-kingdom/": Budget(6300, 1000, 81),
    "/evidence/endorsed/": Budget(5400, 820, 90, 30),
    "/compare/": Budget(3000, 260, 45),
    "/questions/": Budget(5400, 600, 60),
    "/law/picture/": Budget(6700, 1000, 140),
    "/timeline/": Budget(6000, 420, 60),
    "/law/": Budget(6000, 500, 90),
    "/announcement/": Budget(9000, 800, 60),
    "/glossary/": Budget(6000, 400, 60),
    "/fr/glossary/": Budget(6000, 450, 60),
    "/a-z/": Budget(6000, 300, 70),
    "/sources/": Budget(6000, 600, 60),
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
  const links = [...document.links].filter(seen);
  const machinery = links.filter((link) => link.matches(".source-mark, .toclink, .permalink, .mend a, .improve a"));
  return [document.documentElement.scrollHeight, words, links.length, machinery.length];
}"""
"""Shuts what folds, then counts what is in view; what only a screen reader gets is one pixel large, and not counted."""


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_keeps_its_budget(reader: Reader, address: str) -> None:
    budget = BUDGETS[address]
    with reader.open(address, viewport=PHONE) as page:
        height, words, links, machinery = page.evaluate(MEASURE)
    assert 0 < height <= budget.height * TOLERANCE
    assert 0 < words <= budget.words
    assert 0 < links <= budget.links
    assert machinery <= budget.machinery
