"""What is read of pages for their style sheets: all that a rule may ask for, and nothing that changes with a text."""

from __future__ import annotations

import pytest

from macros.build.css_names import asked_by, start_tags
from macros.build.css_pruning import pieces

SHEET = "a.card[href] { top: 0 } #menu input[type='text'] { top: 0 } [data-group] { top: 0 }"
ASKED = asked_by(selector for piece in pieces(SHEET) for selector in piece.selectors)


def test_each_start_tag_is_read_once_and_whole() -> None:
    page = """<!doctype html><p class="a">1 &lt; 2 <br/><a title="a > b" href='c">d'>e</a><p class="a"></p><h2 id=x>"""
    assert start_tags(page) == {'<p class="a">', "<br/>", """<a title="a > b" href='c">d'>""", "<h2 id=x>"}


@pytest.mark.parametrize(
    ("tag", "bare"),
    [
        ('<a class="card" href="../x/" title="A word" id="record-1">', '<a class="card" href id>'),
        ('<nav id="menu" data-group="a b">', '<nav id="menu" data-group>'),
        ('<input type="text" value="a" required>', '<input type="text" required>'),
        ('<img alt="class=" src="x.svg" width="1"/>', "<img/>"),
        ("<p lang=fr class='lead'>", "<p lang=fr class='lead'>"),
    ],
)
def test_values_that_no_rule_asks_for_are_not_kept(tag: str, bare: str) -> None:
    assert ASKED.bare([tag]) == {bare}


def test_tags_that_differ_in_texts_alone_are_one() -> None:
    tags = [f'<a class="card" href="/{number}/" title="Number {number}" id="record-{number}">' for number in range(99)]
    assert len(ASKED.bare(tags)) == 1
