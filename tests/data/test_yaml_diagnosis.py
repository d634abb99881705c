"""What people get wrong in a file of data is told at its line, with its cure, wherever in the file it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.data.yaml_diagnosis import MOST, slips
from macros.data.yaml_reader import read_bytes
from tests.samples import ROOT, invented

DATA = sorted((ROOT / "data").glob("*.yml"))
FILES = {file.name: file.read_text(encoding="utf-8").split("\n") for file in DATA}
LINES = max(FILES.values(), key=len)

SHORT = r"^ *(?:- )?[a-z_]+: [A-Za-z][\w ]*$"
"""A field with a few plain words."""

WITHIN = r"^  +[a-z_]+: [A-Za-z][\w ]*$"
QUOTED = r'^ *(?:- )?[a-z_]+: "[^"]*"$'
Edit = Callable[[str], str]


def put(pattern: str, text: str) -> Edit:
    return lambda line: re.sub(pattern, text, line, count=1)


SLIPS: dict[str, tuple[str, Edit, str]] = {
    "a quote left open": (QUOTED, put('"$', ""), "a quote opens here and never closes"),
    "an apostrophe in single quotes": (SHORT, put(": (.*)", r": 'a child's \1'"), "an apostrophe ends this text"),
    "text after a closing quote": (QUOTED, put("$", " and more"), "the text goes on after its closing quote"),
    "a word in quotes first": (SHORT, put(": (.*)", r': "one" \1'), "the text goes on after its closing quote"),
    "no space after a colon": (SHORT, put(": ", ":"), "a space is missing after the colon"),
    "no space after a dash": (r"^ *- [a-z_]+: ", put("- ", "-"), "a space is missing after the dash"),
    "a wide colon": (SHORT, put(": ", "\uff1a"), "this colon is a wide one"),
    "a copied space in front": (WITHIN, put("^  ", "\u00a0 "), "this space is not the usual one"),
    "a copied space after a colon": (SHORT, put(": ", ":\u00a0"), "the space after the colon is not the usual one"),
    "a field too far left": (WITHIN, put("^ ", ""), "this field stands 1 space too far left"),
    "a field too far right": (WITHIN, put("^", " "), "this field stands 1 space too far right"),
    "an entry without its dash": ("^  - id: ", put("- ", "  "), "an entry begins here"),
    "an entry without its dash, further left": ("^  - id: ", put("- ", ""), "an entry begins here"),
    "a claim without its dash": (r"^ +- text: ", put("- ", "  "), "an entry begins here"),
    "a dash too far left": (r"^  +- [a-z_]+: ", put("^ ", ""), "this dash stands 1 space too far left"),
    "a dash too far right": (r"^  +- [a-z_]+: ", put("^", " "), "this dash stands 1 space too far right"),
    **{
        f"text that starts with {sign}": (SHORT, put(": ", f": {sign} draft "), f"text cannot start with {sign};")
        for sign in "&*%@`"
    },
    "text that starts with a word in brackets": (SHORT, put(": ", ": [draft] "), "text cannot start with [;"),
    "a fold copied from a page": (": >-$", put(">-", "&gt;-"), "`&gt;` was copied from a page; write `>-`"),
    "text on the line of a fold": (": >-$", put("$", " Some"), "after `>-` nothing more may stand"),
    "a list left open": (r"\[[a-z0-9, -]+\]$", put(r"\]$", ""), "a bracket opens here and never closes"),
    "a map left open": (r"\{.*\}$", put(r"\}$", ""), "a bracket opens here and never closes"),
    "a quote left open in a list": (r'\[.*"[^",]*"\]$', put(r'"\]$', "]"), "a quote opens here and never closes"),
    "a colon in text": (SHORT, put(": (.*)", r": one: \1"), "a colon followed by a space stands inside this text"),
    "no colon": (WITHIN, put(": ", " "), "a colon is missing after"),
}


def made(slip: str, place: int) -> tuple[int, list[str]]:
    """Make a slip at one of the places where it can be made; gives its line, from 1, and all lines."""
    pattern, edit, _ = SLIPS[slip]
    places = [number for number, line in enumerate(LINES) if re.search(pattern, line)]
    number = places[place % len(places)]
    lines = list(LINES)
    lines[number] = edit(lines[number])
    assert lines[number] != LINES[number]
    return number + 1, lines


@pytest.mark.parametrize("slip", SLIPS)
@invented(4)
@given(place=st.integers(0, 10**6))
def test_a_slip_anywhere_is_told_at_its_line_and_alone(slip: str, place: int) -> None:
    line, lines = made(slip, place)
    found = slips(lines)
    if not found:
        # A field may be one space off and still read as it was meant, where nothing stands beside it.
        assert "too far" in slip or "dash" in slip
        assert read_bytes("\n".join(lines).encode(), "x").data is not None
        return
    assert [number for number, _, _ in found] == [line]
    assert SLIPS[slip][2] in found[0][2]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_reader_of_the_file_is_told_the_same(slip: str) -> None:
    line, lines = made(slip, 7)
    tree = read_bytes("\n".join(lines).encode(), "x")
    assert [(fault.position.line, SLIPS[slip][2] in fault.message) for fault in tree.faults] == [(line, True)]
    assert tree.data is None


def test_all_slips_of_a_file_are_told_in_one_run() -> None:
    lines = list(LINES)
    expected: list[tuple[int, str]] = []
    for slip in ("a quote left open", "no space after a colon", "a list left open", "text that starts with @"):
        pattern, edit, said = SLIPS[slip]
        start = (expected[-1][0] if expected else 0) + 200
        number = next(n for n in range(start, len(lines)) if re.search(pattern, lines[n]))
        lines[number] = edit(lines[number])
        expected.append((number + 1, said))
    faults = read_bytes("\n".join(lines).encode(), "x").faults
    assert [fault.position.line for fault in faults] == [number for number, _ in expected]
    assert all(said in fault.message for fault, (_, said) in zip(faults, expected, strict=True))


@pytest.mark.parametrize("marks", [("<<<<<<< HEAD", "=======", ">>>>>>> theirs"), ("=======",), (">>>>>>> a b",)])
def test_marks_of_git_come_alone(marks: tuple[str, ...]) -> None:
    lines = list(LINES)
    for place, mark in enumerate(marks):
        lines.insert(700 + 3 * place, mark)
    faults = read_bytes("\n".join(lines).encode(), "x").faults
    assert [fault.position.line for fault in faults] == [701 + 3 * place for place in range(len(marks))]
    assert all("git left this mark" in fault.message for fault in faults)


def test_a_number_with_commas_is_told_in_one_sentence() -> None:
    tree = read_bytes(b"points:\n  - {at: 2024, value: 22,100,000}\n  - {at: 2025, value: 7}\n", "x")
    assert {fault.position.line for fault in tree.faults} == {2}
    assert all("a number with commas" in fault.message for fault in tree.faults)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_with_the_files_as_they_are(name: str) -> None:
    assert slips(FILES[name]) == []


PIECES = st.sampled_from(
    [
        *(" " * n for n in range(1, 5)),
        *"\n\u00a0&%?\\é",
        "\n  ",
        "\n    ",
        "- ",
        "-",
        "a:",
        "b: ",
        "id: x",
        '"',
        "'",
        *"[]{}|#",
        ">-",
        "* ",
        "text",
        "=======",
        "<<<<<<< x",
        ", ",
    ]
)


@given(text=st.lists(PIECES, max_size=60).map("".join))
def test_whatever_the_lines_are_every_slip_has_a_place(text: str) -> None:
    lines = text.split("\n")
    for line, column, message in slips(lines):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 3
        assert message


def test_a_file_of_nothing_but_slips_is_not_told_to_the_end() -> None:
    assert len(slips(["what is this"] * 5 * MOST)) == MOST
