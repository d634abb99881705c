"""The reader: which bytes are a tree, where each value stands, and what is said of the rest."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.data import yaml_reader
from macros.data.yaml_reader import MAX_BYTES, Position, Span, read_bytes, read_file
from macros.data.yaml_tree import Spans
from tests.samples import DATA, cut_down, good, report, sound


def faults(data: bytes) -> list[str]:
    """Give what the reader alone says, one `LINE:COLUMN: MESSAGE` each, in order."""
    return [f"{f.position.line}:{f.position.column}: {f.message}" for f in sorted(read_bytes(data, "x.yml").faults)]


UTF_16 = "1:1: the file is saved as UTF-16; save it as UTF-8"
EMPTY = "1:1: the file is empty; it must hold the lists of records (principles, categories, …)"
NO_UTF_8 = "this character is not UTF-8; save the file as UTF-8 and type it again"
TAB = "a tab in the indentation; use two spaces instead"
LONE = "a lone carriage return; save with normal line ends"
BELOW = "write `a: >-` and put the text on the line below, two spaces further in"
COLON = f"a colon followed by a space stands inside this text; {BELOW}"
STRAY = "this line is neither a field nor part of the text above; put it under the first line of its text, or delete it"
BACKSLASH = "a backslash in double-quoted text; use single quotes or write it twice"
QUOTE = 'a quote opens here and never closes; put " at the end of the text'
BRACKETS = "a bracket opens here and never closes; put {} at the end"
DEEP = "nested too deeply; records are never more than a few levels deep"
BRACKET = "a bracket where a name belongs; text that starts with { or [ needs double quotes"
DROPPED = "all from # on is dropped; put the text in double quotes, or a comment on its own line"
LARGE = f"1:1: the file is larger than {MAX_BYTES / 1_000_000:g} MB; something was pasted that does not belong here"

BOMB = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in ("ab", "bc", "cd"))

REFUSED: list[tuple[str, bytes, list[str]]] = [
    # the file as a whole
    ("empty", b"", [EMPTY]),
    ("comments only", b"# a\n\n  # b\n", [EMPTY]),
    (
        "byte order mark",
        b"\xef\xbb\xbfa: b\n",
        ["1:1: the file starts with a byte order mark (BOM); save it as UTF-8 without BOM"],
    ),
    ("UTF-16", "a: b\n".encode("utf-16"), [UTF_16]),
    ("UTF-16 without a mark", "a: b\n".encode("utf-16-le"), [UTF_16]),
    ("Latin-1", "a: b\nc: dé\n".encode("latin-1"), [f"2:5: {NO_UTF_8}"]),
    ("half a character", "é: é".encode()[:-1], [f"1:4: {NO_UTF_8}"]),
    ("too large", b"a: b\n" * (MAX_BYTES // 5 + 1), [LARGE]),
    # what nobody sees
    ("tabs", b"a:\n\tb: c\n  \td: e\n", [f"2:1: {TAB}", f"3:3: {TAB}"]),
    ("lone carriage return", b"a: b\rc: d\n", [f"1:5: {LONE}"]),
    (
        "invisible characters",
        "a: \u202eb\nc: d\u200be\x00\nf: \U000e0041\x85\u2028\xad\ufffe\n".encode(),
        [
            *("1:4: an invisible character (U+202E); delete it", "2:5: an invisible character (U+200B); delete it"),
            *("2:7: an invisible character (U+0000); delete it", "3:4: an invisible character (U+E0041); delete it"),
            *("3:5: an invisible character (U+0085); delete it", "3:6: an invisible character (U+2028); delete it"),
            *("3:7: an invisible character (U+00AD); delete it", "3:8: an invisible character (U+FFFE); delete it"),
        ],
    ),
    # parts of YAML that are not used here
    ("key twice", b"a: 1\nb: 2\na: 3\n", ['3:1: "a" stands twice here (first at line 1); keep one']),
    ("quoted key twice", b"a: {b: 1, 'b': 2}\n", ['1:11: "b" stands twice here (first at line 1); keep one']),
    (
        "alias",
        b"a: &x b\nc: *x\n",
        [
            "1:4: an anchor (&x); delete it, or put the text in double quotes",
            "2:4: an alias (*x); write the value out again, or put the text in double quotes",
        ],
    ),
    (
        "merge key",
        b"a: {<<: *x}\n",
        [
            "1:5: a merge key (<<); write the fields out instead",
            "1:9: an alias (*x); write the value out again, or put the text in double quotes",
        ],
    ),
    ("tag", b"a: !!str 1\n", ["1:4: a tag (!!str); delete it, or put the text in double quotes"]),
    (
        "tag of an attack",
        b"a: !!python/object/apply:os.system [x]\n",
        ["1:4: a tag (!!python/object/apply:os.system); delete it, or put the text in double quotes"],
    ),
    ("tag of somebody's own", b"a: !mine b\n", ["1:4: a tag (!mine); delete it, or put the text in double quotes"]),
    ("two documents", b"a: b\n---\nc: d\n", ["2:1: a second document starts here (`---`); keep everything in one"]),
    ("list as key", b"? [a]\n: b\n", [f"1:3: {BRACKET}"]),
    ("bare template mark", b"title: {{ 7*7 }}\n", [f"1:9: {BRACKET}"]),
    ("deep brackets", b"a: " + b"[" * 100_000, [f"1:43: {DEEP}"]),
    ("deep braces", b"{a: " * 1000, [f"1:161: {DEEP}"]),
    ("deep lists", b"- " * 1000, [f"1:81: {DEEP}"]),
    # slips
    ("colon in text", b"a: b: c\n", [f"1:5: {COLON}"]),
    ("colon forgotten", b"a:\n  b c\n  d: e\n", [f"2:3: {STRAY}"]),
    (
        "comment in text",
        b"a: Issue #1\nb: Issue # 1\nc: 1 # one\nd: 'e' # f\n",
        [f"1:10: {DROPPED}", f"2:10: {DROPPED}"],
    ),
    (
        "item not aligned",
        b"a:\n  - b\n   - c\n",
        ["3:4: read as more of the text above, not as a list item; indent it as the items above"],
    ),
    ("quote left open", b'a: b\nc: "d\ne: f\n', [f"2:4: {QUOTE}"]),
    ("quote in quotes", b"a: 'it's'\n", [f"1:7: an apostrophe ends this text in single quotes; {BELOW}"]),
    ("text after a quote", b'a: "b" c\n', [f"1:7: the text goes on after its closing quote; {BELOW}"]),
    ("backslash", rb'a: "C:\Dir"' + b"\n", [f"1:7: {BACKSLASH}"]),
    ("half a character escaped", rb'a: "\ud800"' + b"\n", [f"1:7: {BACKSLASH}"]),
    ("open list", b"a: [b, c\nd: e\n", [f"1:4: {BRACKETS.format(']')}"]),
    ("open map", b"a: {b: c\nd: e\n", [f"1:4: {BRACKETS.format('}')}"]),
    ("at sign", b"a: @b\n", [f"1:4: text cannot start with @; {BELOW}"]),
    ("backtick", b"a: `b`\n", [f"1:4: text cannot start with `; {BELOW}"]),
    ("percent", b"a: %b\n", [f"1:4: text cannot start with %; {BELOW}"]),
    ("star", b"a: * b\n", [f"1:4: text cannot start with *; {BELOW}"]),
    ("exclamation mark", b"a: !b!c d\n", [f"1:4: text cannot start with !; {BELOW}"]),
    ("question mark", b"a: ? b\n", [f"1:4: text cannot start with ?; {BELOW}"]),
    (
        "text after a bracket",
        b"{a: b}}\n",
        [f"1:1: {STRAY}"],
    ),
    ("directive", b"%YAML 3.0\n---\na: b\n", ["1:1: a line cannot start with %; delete the line"]),
    (
        "list item in a map",
        b"- a\nb: c\n",
        ["2:1: an entry begins here without its dash; write `- ` before its first field"],
    ),
    (
        "list on the line of its name",
        b"a: - b\n",
        ["1:4: an entry of a list cannot begin here; put it on a line of its own"],
    ),
    (
        "text on the line of a fold",
        b"a: >b\n  c\n",
        ["1:4: after `>-` nothing more may stand; put the text on the line below"],
    ),
]


@pytest.mark.parametrize(("data", "messages"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_refused_is_said_with_its_place_and_its_mend(data: bytes, messages: list[str]) -> None:
    assert faults(data) == messages


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("y", "y")),
        *(("true", True), ("False", False), ("TRUE", True), ("tRUE", "tRUE")),
        *(("~", None), ("null", None), ("Null", None), ("", None), ("none", "none"), ("''", "")),
        *(("2020-03-05", "2020-03-05"), ("2020-03", "2020-03"), ("2020", 2020), ("12:30", "12:30"), ("1:2:3", "1:2:3")),
        *(
            ("1.10", 1.1),
            ("012", 12),
            ("1_000", "1_000"),
            ("1,5", "1,5"),
            ("0x1F", "0x1F"),
            ("0o7", "0o7"),
            ("1e3", "1e3"),
        ),
        *((".5", ".5"), (".inf", ".inf"), ("-3", -3), ("+3", 3), ("9" * 25, "9" * 25), ("=", "="), ("#", None)),
        *(('"{{ x }}"', "{{ x }}"), ("'it''s'", "it's"), ("a#b", "a#b"), ("C#", "C#"), ("a:b", "a:b"), ("-a", "-a")),
        *(
            (">-\n  a\n  b", "a b"),
            ("|\n  a\n  b", "a\nb\n"),
            ("a\n  b", "a b"),
            ("[a, 1]", ["a", 1]),
            ("{a: b}", {"a": "b"}),
        ),
    ],
)
def test_unquoted_text_means_what_it_looks_like(typed: str, meant: Any) -> None:
    tree = read_bytes(f"a: {typed}\n".encode(), "x.yml")
    assert (tree.faults, tree.data) == ([], {"a": meant})
    assert type(tree.data["a"]) is type(meant)


def test_every_value_knows_its_place() -> None:
    tree = read_bytes("é: 1\nb:\n  - c: 'd {{'\n    e: [f,  1.10]\n".encode(), "x.yml")
    assert tree.spans[("b", 0, "e", 1)] == Span(Position(4, 13), Position(4, 13), Position(4, 17), "1.10")
    assert tree.position(("b",), key=True) == Position(2, 1)
    assert tree.position(("b", 0)) == Position(3, 5)
    assert tree.position(("b", 0, "c")) == Position(3, 8)
    assert tree.position(("b", 0, "c"), snippet="{{") == Position(3, 11)
    assert tree.position(("b", 0, "c"), snippet="}}") == Position(3, 8)
    assert tree.position(("b", 0, "missing", 3)) == Position(3, 5)
    assert read_bytes(b"", "x.yml").position(("a",)) == Position(1, 1)


def test_windows_line_ends_change_nothing() -> None:
    unix, windows = read_bytes(good().encode(), "x.yml"), read_bytes(good().replace("\n", "\r\n").encode(), "x.yml")
    assert (windows.data, windows.spans, windows.faults) == (unix.data, unix.spans, unix.faults)
    assert report(good().replace("\n", "\r\n").encode()) == []


def test_aliases_do_not_explode() -> None:
    tree = read_bytes(BOMB.encode(), "x.yml")
    assert tree.data["d"] == [None] * 9
    assert len(tree.faults) == 4 + 27


def test_a_value_that_is_dropped_takes_nothing_along() -> None:
    tree = read_bytes(b"a: {b: 1}\na: {b: {c: 2}}\n<<: {d: 3}\ne: 4\n", "x.yml")
    assert tree.data == {"a": {"b": 1}, "e": 4}
    assert set(tree.spans) == {(), ("a",), ("a", "b"), ("e",)}


def test_the_reader_without_the_c_library_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = cut_down(1).encode()
    quick = read_bytes(text, "x.yml")
    monkeypatch.setattr(yaml_reader, "_Loader", yaml.SafeLoader)
    slow = read_bytes(text, "x.yml")
    assert slow.data == quick.data
    assert {path: span.start for path, span in slow.spans.items()} == {
        path: span.start for path, span in quick.spans.items()
    }
    for _, data, _ in REFUSED:
        assert not sound(data).passed


def test_hostile_files_end_soon() -> None:
    for data in (
        b"\x00" * MAX_BYTES,
        b"\x01" * MAX_BYTES,
        b"[" * MAX_BYTES,
        b"a: *" + b"b" * 1_000_000,
        b"\xff" * MAX_BYTES,
        b"a" * MAX_BYTES,
    ):
        sound(data)


def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yml"
    loop.symlink_to(loop)
    large = tmp_path / "large.yml"
    large.write_bytes(b"#" * 10_000_000)
    for path, message in (
        (tmp_path / "none.yml", "there is no such file; check the name"),
        (tmp_path, "this is a folder; name a YAML file in it"),
        (DATA / "principles.yml" / "x.yml", "the file cannot be read: Not a directory"),
        (loop, "the file cannot be read: Too many levels of symbolic links"),
        (large, LARGE.removeprefix("1:1: ")),
    ):
        tree = read_file(path, "x.yml")
        assert (tree.data, [(f.position, f.message) for f in tree.faults]) == (None, [(Position(1, 1), message)])


def test_places_and_lines_take_less_memory_than_the_values() -> None:
    data = (DATA / "sources.yml").read_bytes()
    tracemalloc.start()
    try:
        tree = read_bytes(data, "sources.yml")
        whole = tracemalloc.get_traced_memory()[0]
        tree.data = None
        values = whole - tracemalloc.get_traced_memory()[0]
        tree.spans = Spans()
        places = whole - values - tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert tree.source.lines[3] == data.decode().split("\n")[3]
    assert whole < 5 * len(data)
    assert places < values
