"""Bytes of a YAML file to a plain tree in which every value knows its line and column.

The file comes from anybody who opens a pull request. So this reader takes a small, predictable part of YAML 1.2
(https://yaml.org/spec/1.2.2/): maps, lists, text, whole and decimal numbers, true, false and null. It refuses what
surprises people or machines: a key written twice, anchors and aliases, tags, merge keys, tabs, several documents,
invisible characters. `NO`, `on` and `2020-03-05` are text, as they look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

__all__ = ["Fault", "Position", "Source", "Tree", "read_bytes", "read_file"]

MAX_BYTES = 8_000_000
"""A real file of every fact is well under a megabyte; a larger one is a mistake or an attack. See `read_bytes`."""

MAX_DEPTH = 40
"""Records nest five deep; a limit far above it keeps Python's own stack out of reach of a hostile file."""

MAX_UNREADABLE = 1000
"""A file with more tabs or hidden characters than this was never meant to be read; the rest is not listed."""

Path_ = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_COMMENT = re.compile(r"\s+#")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

# Control characters, line breaks that only YAML 1.1 knows, direction overrides (CVE-2021-42574), zero-width and blank
# characters, tags and halves of characters: a reviewer cannot see them in a diff, so what is read would not be what was
# reviewed. The joiners U+200C and U+200D are left: some languages are not spelt without them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

# What libyaml says (left) and what a person can do about it (right). Anything else is passed on as it is.
_MENDS = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside this text; put the whole text in double quotes, "
        "or check that the line above has its own colon",
    ),
    (
        "could not find expected ':'",
        "a line here is neither `key: value` nor indented under one; check the indentation and the colon",
    ),
    (
        "did not find expected key",
        "the indentation does not fit the lines above, or a quote inside quoted text is not doubled",
    ),
    (
        "did not find expected '-' indicator",
        "a list item must start with `- ` and stand under the items before it",
    ),
    ("did not find expected ',' or ']'", "a list in square brackets is not closed; add `]` or a comma"),
    ("did not find expected ',' or '}'", "a map in curly brackets is not closed; add `}` or a comma"),
    (
        "found character that cannot start any token",
        "text cannot start with this character; put the whole text in double quotes",
    ),
    ("found unexpected end of stream", "a quote was opened and never closed; add the closing quote"),
    ("found unexpected document indicator", "`---` or `...` stands inside quoted text; close the quote or delete it"),
    ("found unknown escape character", "a backslash in double-quoted text; use single quotes or write it twice"),
    ("found invalid Unicode character", "a backslash in double-quoted text; use single quotes or write it twice"),
    ("did not find expected hexdecimal", "a backslash in double-quoted text; use single quotes or write it twice"),
    ("block sequence entries are not allowed", "a list item cannot start here; put it on a line of its own"),
    ("did not find expected alphabetic or numeric", "text cannot start with & or *; put it in double quotes"),
    ("did not find expected digit", "after `>` or `|` only an indentation number or `-` or `+` may stand"),
    ("did not find expected comment or line break", "after `>` or `|` the text must start on the next line"),
    ("found undefined tag handle", "text cannot start with !; put it in double quotes"),
    ("mapping keys are not allowed", "text cannot start with a question mark; put it in double quotes"),
    ("expected <document start>", "something stands after the end of the data; check brackets and quotes above"),
    ("directive", "a line cannot start with %; delete the line"),
    ("incompatible YAML document", "a line cannot start with %; delete the line"),
    ("did not find expected node content", "something is missing here, or text starts with a sign that YAML uses"),
)


class Position(NamedTuple):  # not a dataclass: a file makes a hundred thousand of them, three times as fast
    """Where something stands in the file; line and column count from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and how to mend it."""

    position: Position
    message: str


class Span(NamedTuple):
    """Where a value starts and ends, and where its key stands (the value itself for a list item)."""

    key: Position
    start: Position
    end: Position
    raw: str | None = None
    """The text of a plain (unquoted) scalar as it was typed, for telling `1.10` from `1.1`."""


@dataclass(slots=True)
class Source:
    """The text that was read, kept to find a place inside a value."""

    name: str
    lines: list[str] = field(default_factory=list)

    def find(self, snippet: str, start: Position, end: Position) -> Position | None:
        """Give the first place of `snippet` between two positions, or None."""
        for number in range(start.line, min(end.line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            at = line.find(snippet, start.column - 1 if number == start.line else 0)
            if at >= 0:
                return Position(number, at + 1)
        return None


@dataclass(slots=True)
class Tree:
    """What a file says: plain Python values in `data`, the place of each in `spans`, what is wrong in `faults`.

    `data` is None when the file cannot be read as YAML at all; `faults` then says why.
    """

    source: Source
    data: Any = None
    spans: dict[Path_, Span] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def position(self, path: Path_, *, key: bool = False, snippet: str | None = None) -> Position:
        """Give the place of the value at `path`, of its key, or of a snippet inside it.

        A path that the file does not have gives its nearest ancestor: a missing field is reported at its record.
        """
        while path and path not in self.spans:
            path = path[:-1]
        span = self.spans.get(path)
        if span is None:
            return Position(1, 1)
        if snippet:
            found = self.source.find(snippet, span.start, span.end)
            if found:
                return found
        return span.key if key else span.start


def read_file(path: Path, name: str | None = None, limit: int = MAX_BYTES) -> Tree:
    """Read the YAML file at `path`.

    `name` is what messages call the file (default: the path as given). A file that cannot be opened gives a tree with
    one fault; nothing is raised.
    """
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return _refused(shown, "there is no such file; check the name")
    except IsADirectoryError:
        return _refused(shown, "this is a folder; name a YAML file in it")
    except OSError as error:
        return _refused(shown, f"the file cannot be read: {error.strerror or error}")
    return read_bytes(data, shown, limit)


def read_bytes(data: bytes, name: str, limit: int = MAX_BYTES) -> Tree:
    """Read YAML from bytes.

    Returns a `Tree`; every fault found is in it. Raises nothing, whatever the bytes are. `limit` is in bytes.
    """
    if len(data) > limit:
        return _refused(name, _too_large(limit))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _refused(name, "the file is saved as UTF-16; save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        return _refused(name, "the file starts with a byte order mark (BOM); save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        fault = Fault(Position(line, column), "this character is not UTF-8; save the file as UTF-8 and type it again")
        return Tree(Source(name), faults=[fault])
    if "\0" in text and text.count("\0") * 3 > len(text):
        return _refused(name, "the file is saved as UTF-16; save it as UTF-8")
    # A lone carriage return would be a line break for YAML and none for an editor, and shift every line number.
    text = text.replace("\r\n", "\n")
    source = Source(name, text.split("\n"))
    tree = Tree(source)
    tree.faults.extend(islice(_unreadable_characters(source), MAX_UNREADABLE))
    if tree.faults:
        return tree
    if not any(line.strip() and not line.lstrip().startswith("#") for line in source.lines):
        return _refused(name, "the file is empty; it must hold the lists of records (principles, categories, …)")
    _build(text, tree)
    return tree


def _refused(name: str, message: str) -> Tree:
    return Tree(Source(name), faults=[Fault(Position(1, 1), message)])


def _too_large(limit: int) -> str:
    return f"the file is larger than {limit / 1_000_000:g} MB; something was pasted that does not belong here"


def _unreadable_characters(source: Source) -> Iterator[Fault]:
    """Yield a fault for every tab in an indentation and every character that nobody can see."""
    for number, line in enumerate(source.lines, start=1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            yield Fault(Position(number, indent.index("\t") + 1), "a tab in the indentation; use two spaces instead")
        for match in INVISIBLE.finditer(line):
            code = f"U+{ord(match.group()):04X}"
            yield Fault(Position(number, match.start() + 1), f"an invisible character ({code}); delete it")
        if "\r" in line:
            yield Fault(Position(number, line.index("\r") + 1), "a lone carriage return; save with normal line ends")


class _Stop(Exception):  # noqa: N818 (it says when to end, not what went wrong)
    """Ends the building at a fault after which nothing that follows can be trusted."""


def _build(text: str, tree: Tree) -> None:
    builder = _Builder(tree)
    loader = _Loader(text)
    try:
        while loader.check_event():
            builder.take(loader.get_event())
    except yaml.MarkedYAMLError as error:
        # An open quote is missed at the end of the file; where it was opened is what helps.
        unclosed = "unexpected end of stream" in (error.problem or "")
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        place = _within(tree.source, Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1))
        tree.faults.append(Fault(place, _explain(error.problem or str(error))))
        tree.data = None
    except yaml.YAMLError as error:
        tree.faults.append(Fault(Position(1, 1), f"this is not YAML: {error}"))
        tree.data = None
    except (_Stop, RecursionError):
        tree.data = None
    finally:
        loader.dispose()


def _within(source: Source, place: Position) -> Position:
    """Give a place that an editor can go to: the parser puts the end of a file one line below its last."""
    if place.line <= len(source.lines):
        return place
    return Position(len(source.lines), len(source.lines[-1]) + 1)


def _explain(problem: str) -> str:
    for said, mend in _MENDS:
        if said in problem:
            return mend
    return f"this is not YAML: {problem}"


@dataclass(slots=True)
class _Open:
    """A map or list whose end has not come yet."""

    value: dict[str, Any] | list[Any]
    path: Path_
    start: Position
    key_at: Position
    key: str | None = None
    pending: Position | None = None
    skip: bool = False
    first: dict[str, Position] = field(default_factory=dict)


def _end(event: Any) -> Position:
    mark = event.end_mark
    return Position(mark.line + 1, mark.column + 1)


class _Builder:
    """Turns the parser's events into the tree, one at a time; no node graph, so an alias cannot explode."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[_Open] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        mark = event.start_mark
        start = Position(mark.line + 1, mark.column + 1)
        if type(event) is yaml.ScalarEvent:  # nine of ten: nothing is worked out for them that they do not need
            if event.anchor or event.tag:
                self._refuse_extras(event, start)
            parent = self.stack[-1] if self.stack else None
            if parent is not None and parent.pending is None and type(parent.value) is dict:
                self._take_key(parent, event, start)
            else:
                self._place(event, start, _end(event))
            return
        end = _end(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fault(start, "a second document starts here (`---`); keep everything in one")
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            name = (event.anchor or "")[:60]
            self._fault(start, f"an alias (*{name}); write the value out again, or put the text in double quotes")
            parent = self.stack[-1] if self.stack else None
            if parent is not None and parent.pending is None and isinstance(parent.value, dict):
                self._take_key(parent, None, start)
            else:
                self._place(None, start, end)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_extras(event, start)
            self._open(event, start)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close(end)

    def _fault(self, position: Position, message: str) -> None:
        self.tree.faults.append(Fault(position, message))

    def _refuse_extras(self, event: Any, start: Position) -> None:
        if event.anchor:
            self._fault(start, f"an anchor (&{event.anchor[:60]}); delete it, or put the text in double quotes")
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(start, f"a tag ({tag[:60]}); delete it, or put the text in double quotes")

    def _open(self, event: Any, start: Position) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._fault(start, "nested too deeply; records are never more than a few levels deep")
            raise _Stop
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None and not parent.pending:
            self._fault(start, "a bracket where a name belongs; text that starts with { or [ needs double quotes")
            raise _Stop
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path, key_at, skip = self._slot(start)
        self.stack.append(_Open(value, path, start, key_at, skip=skip))

    def _close(self, end: Position) -> None:
        done = self.stack.pop()
        self._store(done.value, done.path, Span(done.key_at, done.start, end), skip=done.skip)

    def _slot(self, start: Position) -> tuple[Path_, Position, bool]:
        """Give the path of the value that comes next, the place of its key, and whether to drop it."""
        if not self.stack:
            return (), start, False
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            return (*parent.path, len(parent.value)), start, parent.skip
        key = parent.key
        if key is None:  # the key itself was refused; its value has nowhere to go
            return (*parent.path, "?"), parent.pending or start, True
        return (*parent.path, key), parent.pending or start, parent.skip or key in parent.value

    def _place(self, event: Any, start: Position, end: Position) -> None:
        plain = event is not None and not event.style  # "" from libyaml, None from PyYAML
        value = None if event is None else (_resolve(event.value) if plain else event.value)
        if plain and isinstance(value, str):
            self._refuse_surprises(start, end)
        path, key_at, skip = self._slot(start)
        self._store(value, path, Span(key_at, start, end, event.value if plain else None), skip=skip)

    def _refuse_surprises(self, start: Position, end: Position) -> None:
        """Refuse unquoted text that a comment cuts short, or that swallows a list item below it."""
        lines = self.tree.source.lines
        if _COMMENT.match(lines[end.line - 1], end.column - 1):
            place = Position(end.line, lines[end.line - 1].index("#", end.column - 1) + 1)
            self._fault(place, "all from # on is dropped; put the text in double quotes, or a comment on its own line")
        for number in range(start.line + 1, end.line + 1):
            line = lines[number - 1]
            if line.lstrip().startswith("- "):
                place = Position(number, line.index("-") + 1)
                self._fault(place, "read as more of the text above, not as a list item; indent it as the items above")

    def _take_key(self, parent: _Open, event: Any, start: Position) -> None:
        parent.pending = start
        if event is None:
            return
        key = event.value
        if key == "<<":
            self._fault(start, "a merge key (<<); write the fields out instead")
            return
        parent.key = key
        if key in parent.first:
            self._fault(start, f'"{key[:60]}" stands twice here (first at line {parent.first[key].line}); keep one')
        else:
            parent.first[key] = start

    def _store(self, value: Any, path: Path_, span: Span, *, skip: bool) -> None:
        if not self.stack:
            self.tree.data = value
            self.tree.spans[path] = span
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        else:
            if parent.key is not None and not skip:
                parent.value[parent.key] = value
            parent.key = None
            parent.pending = None
        if not skip:
            self.tree.spans[path] = span


def _resolve(raw: str) -> Any:
    """Give a plain scalar the meaning it has to a person: YAML 1.2's core types, without octals and `.inf`."""
    if raw in _NULL:
        return None
    if raw in _BOOLEAN:
        return _BOOLEAN[raw]
    if _INTEGER.match(raw) and len(raw) < 20:
        return int(raw)
    if _DECIMAL.match(raw) and len(raw) < 30:
        return float(raw)
    return raw
