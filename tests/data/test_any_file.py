"""What happens to any file: whatever it holds, the check ends with words for a person, and never in a traceback."""

from __future__ import annotations

import copy
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.data import kinds
from macros.data.yaml_reader import read_bytes
from tests.samples import (
    cut_down,
    good,
    invented,
    real,
    sound,
)

Edits = list[tuple[str, str]]


TOKENS = r"""
    {{ {% {# }} <script> < &a *a !!python/object:os.system <<: --- ... %TAG - [ ] { } , | > ' " @ ` \ ~ NO on .inf 1e999
    2020-03-05 2020-02-30 1.10 012 1_000 12:30 -0 99999999999999999999999999999 [[[[[[[[ "\ud800" "\u202e" "\e[31m"
    "\n::error::x"
"""
NASTY = [
    *TOKENS.split(),
    *("<<: *a", "? ", ": ", " #", "- ", "- - - - ", "\n", "\n  ", "id: x", "number: 1", "sources: []", "ours: yes"),
    *"\t\r\ufeff\u202e\x00\x85\u2028\U000e0041\ufffeé\U0001f600",
]
"""What a slip, another program or an attacker may leave in a file."""

WORDS = ["", " ", "x", "X Y", "2020-13", "9999-12-31", "{{ 7*7 }}", "<b>", "\u202e", "a\nb", "\x1b[31m", "x" * 3000]
NUMBERS = [True, False, 0, -1, 12, 10**19 - 1, 1.5]
GROUPS = [[], {}, [None], [[]], [1, "1", {}], {"id": "x"}, {"": {"": None}}, {"sources": "x"}, {"text": {"text": []}}]
ODD: list[Any] = [None, *WORDS, *NUMBERS, *GROUPS]
"""Values that belong nowhere, or not everywhere."""

SMALL = [good(), cut_down()]


@st.composite
def edited_bytes(draw: st.DrawFn, texts: list[str]) -> bytes:
    """Give a file after one to three slips of the hand."""
    data = draw(st.sampled_from(texts)).encode()
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["flip", "insert", "delete", "double", "swap", "indent", "dedent", "cut"]))
        if not data:
            break
        at = draw(st.integers(0, len(data) - 1))
        lines = data.split(b"\n")
        row = data[:at].count(b"\n")
        match kind:
            case "flip":
                data = data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
                continue
            case "insert":
                data = data[:at] + draw(st.sampled_from(NASTY)).encode() + data[at:]
                continue
            case "cut":
                data = data[:at]
                continue
            case "delete":
                del lines[row]
            case "double":
                lines.insert(row, lines[row])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[row], lines[other] = lines[other], lines[row]
            case "indent":
                lines[row] = b" " * draw(st.integers(1, 4)) + lines[row]
            case "dedent":
                lines[row] = lines[row].lstrip()
        data = b"\n".join(lines)
    return data


@given(edited_bytes(SMALL))
@invented(200)
def test_no_slip_of_the_hand_ends_in_a_traceback(data: bytes) -> None:
    sound(data, published=("/principles/4/", "/stakeholders/example-company/", "/sources/#x"))


@given(edited_bytes([real()]))
@invented(4)
def test_no_slip_in_the_real_file_ends_in_a_traceback(data: bytes) -> None:
    sound(data, published=("/principles/4/", "/sources/#x"))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, item in pairs for deeper in _paths(item, (*path, key)))]


TREES = [read_bytes(text.encode(), "sample.yml").data for text in SMALL]
PATHS = [_paths(tree)[1:] for tree in TREES]


@st.composite
def edited_trees(draw: st.DrawFn) -> Any:
    """Give a document after one to five changes of its structure."""
    which = draw(st.integers(0, len(TREES) - 1))
    tree = copy.deepcopy(TREES[which])
    for _ in range(draw(st.integers(1, 5))):
        *way, last = draw(st.sampled_from(PATHS[which]))
        kind = draw(st.sampled_from(["put", "drop", "rename", "wrap", "double"]))
        odd = copy.deepcopy(draw(st.sampled_from(ODD)))
        try:
            owner = tree
            for step in way:
                owner = owner[step]
            value = owner[last]
        except (LookupError, TypeError):  # an earlier change took it away
            continue
        if not isinstance(owner, dict | list):
            continue
        if kind == "drop":
            del owner[last]
        elif kind == "rename" and isinstance(owner, dict):
            owner[draw(st.sampled_from(NASTY))] = owner.pop(last)
        elif kind == "double" and isinstance(owner, list):
            owner.insert(last, copy.deepcopy(value))
        else:
            owner[last] = [value] if kind == "wrap" else odd
    return tree


@given(edited_trees())
@invented(80)
def test_no_change_of_structure_ends_in_a_traceback(tree: Any) -> None:
    sound(yaml.dump(tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False).encode())


@given(
    st.recursive(
        st.sampled_from(ODD),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(kinds.COLLECTIONS)), inner),
    )
)
@invented(50)
def test_no_other_document_ends_in_a_traceback(tree: Any) -> None:
    sound(yaml.dump(tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper)).encode())
