"""The dialog of search as tests use it: how it is opened, and what it shows for what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, wait_for_search

ANSWERS = """(every) => every.map((words) => {
  const box = document.querySelector("dialog[open] input[type=search]");
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return [".search-help:not([hidden]) a", ".search-results a"].map(
    (selector) => [...document.querySelectorAll(selector)].map((link) => link.pathname + link.hash));
})"""
"""What the dialog shows for each of many words. In one call: hundreds are asked, and a turn for each takes ten times as
long. That people can type them is for the tests of the keyboard."""


@contextmanager
def searching(reader: Reader, address: str = "/", **settings: Any) -> Iterator[Page]:
    with reader.open(address, **settings) as page:
        page.keyboard.press("Control+k")
        expect(page.get_by_role("searchbox")).to_be_focused()
        wait_for_search(page)
        yield page


def all_answers(page: Page, every: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Give what the dialog shows for each of many words: the help that comes first, and the results, as addresses."""
    expect(page.get_by_role("searchbox")).to_be_editable()
    return [(help_first, results) for help_first, results in page.evaluate(ANSWERS, every)]


def answers(page: Page, words: str) -> tuple[list[str], list[str]]:
    """Give the same for some words alone."""
    return all_answers(page, [words])[0]
