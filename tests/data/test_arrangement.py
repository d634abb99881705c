"""The order of entries in their files: what the check says of it, and what `python -m macros format` makes of it."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros import __main__ as command
from macros.data.arrangement import Unsure, formatted, misplaced
from macros.data.collections import ALPHABETICAL, FILES
from macros.data.yaml_reader import read_bytes
from tests.samples import DATA

ORDERED = sorted(ALPHABETICAL & {"events", "laws", "practices", "sources", "terms"})

LIST = """\
# head
terms:
  # remarks on the list

  # on the car
  - id: car
    text: >-
      A text
      # of words
    # within the car
    list: [b, a]

  - {id: bus, list: [2, 1]}

  # on the ape
  # in two lines
  - id: ape
    text: "a: b"
  # the end

# on the next list
needs:
  - id: zoo

  - id: air
"""


def told(text: str) -> list[tuple[int, str]]:
    return [(fault.position.line, fault.message) for fault in misplaced(read_bytes(text.encode(), "x.yml"))]


def test_the_lists_that_editors_add_to_most_are_in_order_and_no_list_of_words_is() -> None:
    assert len(ORDERED) == 5
    assert not ALPHABETICAL & {"principles", "categories", "needs", "countries", "services", "situations", "lessons"}


def test_an_entry_out_of_order_is_told_where_it_belongs() -> None:
    entries = ["ape", "bus", "zoo", "car", "dog", "ant"]
    text = "terms:\n" + "".join(f"  - id: {one}\n" for one in entries)
    start = "the entries of `terms` stand from A to Z by id; put it"
    assert told(text) == [
        (4, f"{start} after 'dog' (line 6), or run `make format`"),
        (7, f"{start} above 'ape' (line 2), or run `make format`"),
    ]
    assert told("terms:\n  - id: ape\n  - id: ape\n  - id: ape-2\n") == [], "a dash comes before letters"
    assert told("needs:\n  - id: b\n  - id: a\n") == [], "the order of words means something"
    for strange in ("terms: 1", "terms: []", "terms: [b, a]", "terms:\n  - {id: b}\n  - {id: 1}", "- 1", ""):
        assert told(strange) == [], strange


def test_entries_move_with_their_remarks_and_nothing_else_changes() -> None:
    made = formatted(LIST.encode(), "x.yml").decode()
    assert (
        made
        == """\
# head
terms:
  # remarks on the list

  # on the ape
  # in two lines
  - id: ape
    text: "a: b"

  - {id: bus, list: [2, 1]}

  # on the car
  - id: car
    text: >-
      A text
      # of words
    # within the car
    list: [b, a]

  # the end

# on the next list
needs:
  - id: zoo
  - id: air
"""
    )
    assert formatted(made.encode(), "x.yml").decode() == made


def test_the_lines_around_entries_get_their_form_and_texts_keep_every_sign() -> None:
    old = (
        "\ufeffterms:\r\n  - id: a   \r\n    text: |\r\n      one  \r\n\r\n\r\n      two\r\n\r\n\r\n\r\n"
        '  - id: b\r\n    text: "one\r\n\r\n\r\n      two"\r\n    more: 1\t\r\nneeds: []'
    ).encode()
    made = formatted(old, "x.yml")
    assert made.decode() == (
        "terms:\n  - id: a\n    text: |\n      one  \n\n\n      two\n\n"
        '  - id: b\n    text: "one\n\n\n      two"\n    more: 1\n\nneeds: []\n'
    )
    assert read_bytes(made, "x.yml").data == read_bytes(old[3:], "x.yml").data
    assert formatted(made, "x.yml") == made


@pytest.mark.parametrize("text", ["terms: [", "- 1", "", "terms:\n  - id: a\n  - id: a: b\n"])
def test_what_cannot_be_read_is_left(text: str) -> None:
    with pytest.raises(Unsure, match=r"^x\.yml cannot be read; `make check` says why$"):
        formatted(text.encode(), "x.yml")


@pytest.mark.parametrize("text", ["terms: [{id: b}, {id: a}]\n", "terms:\n- id: a\n", "terms: 1\n", "terms:\n"])
def test_other_forms_of_a_list_are_left_as_they_are(text: str) -> None:
    assert formatted(text.encode(), "x.yml").decode() == text


def by_id(name: str, items: Any) -> Any:
    return sorted(items, key=lambda one: str(one["id"])) if name in ALPHABETICAL else items


@pytest.mark.parametrize("name", ORDERED)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**16))
def test_the_real_entries_shuffled_come_back_the_same(name: str, seed: int) -> None:
    whole = (DATA / f"{FILES[name]}.yml").read_text(encoding="utf-8")
    start = whole.index(f"\n{name}:\n") + len(f"\n{name}:\n")
    head, rest = whole[:start].rpartition(f"\n{name}:\n")[1].lstrip("\n"), whole[start:].split("\n\n")
    blocks = [block.rstrip("\n") for block in rest[: 60 if len(rest) > 60 else None]]
    if name == "practices":
        blocks = [block for block in blocks if block.startswith("  - id:")]
    random.Random(seed).shuffle(blocks)  # noqa: S311  no secret
    blocks = [f"  # on entry {number}\n{block}" if number % 3 == 0 else block for number, block in enumerate(blocks)]
    shuffled = (head + "\n\n".join(blocks) + "\n").encode()
    made = formatted(shuffled, "x.yml")
    before, after = read_bytes(shuffled, "x.yml"), read_bytes(made, "x.yml")
    assert by_id(name, before.data[name]) == after.data[name]
    assert list(misplaced(after)) == []
    assert Counter(made.split(b"\n")) == Counter(shuffled.split(b"\n")), "not a byte of a line is new"
    assert formatted(made, "x.yml") == made
    for block in blocks:
        assert f"{block}\n".encode() in made, "a remark stays above its entry"


def test_the_command_mends_what_the_check_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.setenv("PRINCIPLES_DATA", str(data))
    file = data / "terms.yml"
    right = file.read_text(encoding="utf-8")
    head, first, *rest = right.split("\n  - id: ")
    wrong = "\n  - id: ".join([head, *rest[:-1], f"{rest[-1]}", first.rstrip("\n")]) + "\n"
    file.write_text(wrong, encoding="utf-8")
    assert command.main(["check"]) == 1
    (line, last) = capsys.readouterr().err.splitlines()
    assert "terms.yml:" in line
    assert "put it above '" in line
    assert last.startswith("1 fault in ")
    assert command.main(["format"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{file}: put in order"]
    assert file.read_text(encoding="utf-8") == right
    assert command.main(["format"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{data}: everything stands in order already"]
    assert command.main(["check"]) == 0
    capsys.readouterr()
    file.write_text(right + "  - id: 'open\n", encoding="utf-8")
    assert command.main(["format"]) == 1
    assert capsys.readouterr().err == f"{file} cannot be read; `make check` says why\n"
