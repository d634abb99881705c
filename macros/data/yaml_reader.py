"""Bytes of a YAML file to a plain tree in which every value knows its line and column.

The file comes from anybody who opens a pull request. So this reader takes a small, predictable part of YAML 1.2
(https://yaml.org/spec/1.2.2/): maps, lists, text, whole and decimal numbers, true, false and null. It refuses what
surprises people or machines: a key written twice, anchors and aliases, tags, merge keys, tabs, several documents,
invisible characters. `NO`, `on` and `2020-03-05` are text, as they look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any

import yaml

from macros.data.yaml_diagnosis import NO_DASH as _NO_DASH
from macros.data.yaml_diagnosis import TWICE as _TWICE
from macros.data.yaml_diagnosis import slips
from macros.data.yaml_memory import remembered
from macros.data.yaml_parser_messages import explained
from macros.data.yaml_tree import (
    NOTHING,
    Budget,
    Fault,
    Inside,
    Lines,
    Place,
    Position,
    Source,
    Span,
    Tree,
    packed,
    position_of,
)
from macros.unicode_text import INVISIBLE

__all__ = [
    "INVISIBLE",
    "MAX_BYTES",
    "MAX_FAULTS",
    "Budget",
    "Fault",
    "Position",
    "Source",
    "Span",
    "Tree",
    "read_bytes",
    "read_file",
]

MAX_BYTES = 8_000_000
"""A real file of every fact is well under a megabyte; a larger one is a mistake or an attack. See `read_bytes`."""

MAX_DEPTH = 40
"""Records nest five deep; a limit far above it keeps Python's own stack out of reach of a hostile file."""

MAX_FAULTS = 10_000
"""A file with more faults than this was never meant to be read; nobody counts any further."""

BYTES_PER_EVENT = 12
"""Bytes of the largest file for each word, start or end of a list in it. The real file has 19. A file of nothing but
brackets would take many times as long as one of its size that says something."""

EMPTY = "the file is empty; it must hold the lists of records (principles, categories, …)"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_COMMENT = re.compile(r"\s+#")
_COMMENT_NEXT = re.compile(r"\s*#")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_file(path: Path, name: str | None = None, limit: int | None = None) -> Tree:
    """Read the YAML file at `path`.

    `name` is what messages call the file (default: the path as given), `limit` its greatest size in bytes (default:
    `MAX_BYTES`). A file that cannot be opened gives a tree with one fault; nothing is raised.
    """
    limit = MAX_BYTES if limit is None else limit
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return refused(shown, "there is no such file; check the name")
    except IsADirectoryError:
        return refused(shown, "this is a folder; name a YAML file in it")
    except OSError as error:
        return refused(shown, f"the file cannot be read: {error.strerror or error}")
    return read_bytes(data, shown, limit)


def read_bytes(data: bytes, name: str, limit: int = MAX_BYTES, events: int | None = None) -> Tree:
    """Read YAML from bytes.

    Returns a `Tree`; every fault found is in it. Raises nothing, whatever the bytes are. `limit` is in bytes; `events`
    is how many words, starts and ends of lists may stand in them (default: as many as fit a file of that size).
    """
    most = limit // BYTES_PER_EVENT if events is None else events
    tree = remembered.of(name, data, limit, most)
    if tree is None:
        tree = _read(data, name, limit, most)
        remembered.keep(name, data, tree)
    return tree


def _read(data: bytes, name: str, limit: int, most: int) -> Tree:
    if len(data) > limit:
        return refused(name, _too_large(limit))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refused(name, "the file is saved as UTF-16; save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        return refused(name, "the file starts with a byte order mark (BOM); save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        fault = Fault(Position(line, column), "this character is not UTF-8; save the file as UTF-8 and type it again")
        return Tree(Source(name), faults=[fault])
    if "\0" in text and text.count("\0") * 3 > len(text):
        return refused(name, "the file is saved as UTF-16; save it as UTF-8")
    # A lone carriage return would be a line break for YAML and none for an editor, and shift every line number.
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
        data = data.replace(b"\r\n", b"\n")
    source = Source(name, Lines(data))
    tree = Tree(source)
    if "\t" in text or "\r" in text or INVISIBLE.search(text):
        tree.faults.extend(islice(_unreadable_characters(source), MAX_FAULTS + 1))
    if tree.faults:
        return tree
    if not any(line.strip() and not line.lstrip().startswith("#") for line in source.lines):
        return refused(name, EMPTY)
    del text  # of a large file it takes more than the bytes
    _build(data, tree, most)
    if tree.faults:
        _tell_slips(tree)
    return tree


def _tell_slips(tree: Tree) -> None:
    """Say what is wrong as the lines show it, where they do, in place of what the parser noticed further down."""
    twice = [fault for fault in tree.faults if _TWICE in fault.message]
    if not (tree.unreadable or twice):
        return
    found = [Fault(Position(line, column), message) for line, column, message in slips(tree.source.lines)]
    seen = {fault.position.line for fault in found if _TWICE in fault.message}
    if not tree.unreadable:
        # Fields that stand twice are read all the same. Where an entry lacks its dash, they are no fields too many.
        found = [fault for fault in found if _NO_DASH in fault.message]
        if found:
            tree.faults[:] = sorted({*found, *(f for f in tree.faults if f not in twice or f.position.line in seen)})
            tree.data = None
        return
    if not found:
        return
    # What was noticed below a slip may come of it; what was noticed above has another cause.
    first = min(fault.position.line for fault in found)
    others = [fault for fault in tree.faults if fault.position.line < first and fault not in twice]
    tree.faults[:] = sorted({*found, *others})


def refused(name: str, message: str) -> Tree:
    """Give the tree of a file that cannot be read, and why."""
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


def _build(data: bytes, tree: Tree, most: int) -> None:
    loader = _Loader(data)
    try:
        _Builder(tree, most).build(loader.get_event)
    except yaml.MarkedYAMLError as error:
        # An open quote is missed at the end of the file; where it was opened is what helps.
        unclosed = "unexpected end of stream" in (error.problem or "")
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        place = _within(tree.source, Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1))
        tree.faults.append(Fault(place, explained(error.problem or str(error))))
        tree.data, tree.unreadable = None, True
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


class _Open:
    """A map or list whose end has not come yet: what it holds so far, and the place of each of these."""

    __slots__ = ("held", "is_map", "key", "pending", "start", "value")

    def __init__(self, is_map: bool, start: int) -> None:
        self.is_map, self.start = is_map, start
        self.value: Any = {} if is_map else []
        self.held: list[Place] = []
        self.key: str | None = None
        self.pending: Any = None
        """The mark of a map's key whose value comes next; `key` is None where the key itself was refused."""


class _Builder:
    """Turns the parser's events into the tree, one at a time; no node graph, so an alias cannot explode."""

    def __init__(self, tree: Tree, most: int) -> None:
        self.tree, self.most = tree, most
        self.lines = tree.source.lines
        self.stack: list[_Open] = []
        self.documents = 0

    def build(self, get: Callable[[], Any]) -> None:
        """Take every event that `get` gives. What most events are is done here, in one go for speed."""
        lines, stack, store, comment = self.lines, self.stack, self._store, _COMMENT_NEXT.match
        keep = self.tree.spans.keep
        scalar, last, ends = yaml.ScalarEvent, yaml.StreamEndEvent, {yaml.MappingEndEvent, yaml.SequenceEndEvent}
        count = 0
        try:
            for count in range(self.most):  # noqa: B007  how many there were counts in the end
                event = get()
                kind = type(event)
                if kind is scalar:
                    if event.anchor or event.tag:
                        self._refuse_extras(event)
                    mark, raw = event.start_mark, event.value
                    parent = stack[-1] if stack else None
                    if parent is not None and parent.is_map and parent.pending is None:
                        self._take_key(parent, raw, mark)
                        continue
                    end = event.end_mark
                    if event.style:  # "" from libyaml, None from PyYAML where text has no quotes
                        store(raw, packed(mark), packed(end))
                        continue
                    value = _resolve(raw)
                    if type(value) is str and (end.line != mark.line or comment(lines[end.line], end.column)):
                        self._refuse_surprises(position_of(mark), position_of(end))
                    store(value, packed(mark), packed(end), None if value is raw else raw)
                elif kind in ends:
                    done = stack.pop()
                    inside = keep(done.held, done.value if done.is_map else None)
                    store(done.value, done.start, packed(event.end_mark), None, inside)
                elif kind is last:
                    return
                else:
                    self._take(event)
            self._fault(
                event, "the file holds too many values for its size limit; something was pasted that does not belong"
            )
            raise _Stop
        finally:
            self.tree.events = count + 1

    def _take(self, event: Any) -> None:
        """Take an event that is no scalar and no end."""
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fault(event, "a second document starts here (`---`); keep everything in one")
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            name = (event.anchor or "")[:60]
            self._fault(event, f"an alias (*{name}); write the value out again, or put the text in double quotes")
            parent = self.stack[-1] if self.stack else None
            if parent is not None and parent.is_map and parent.pending is None:
                parent.pending = event.start_mark
            else:
                self._store(None, packed(event.start_mark), packed(event.end_mark))

    def _fault(self, event: Any, message: str) -> None:
        self._fault_at(position_of(event.start_mark), message)

    def _fault_at(self, position: Position, message: str) -> None:
        self.tree.faults.append(Fault(position, message))
        if len(self.tree.faults) > MAX_FAULTS:
            raise _Stop

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            self._fault(event, f"an anchor (&{event.anchor[:60]}); delete it, or put the text in double quotes")
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(event, f"a tag ({tag[:60]}); delete it, or put the text in double quotes")

    def _open(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_extras(event)
        if len(self.stack) >= MAX_DEPTH:
            self._fault(event, "nested too deeply; records are never more than a few levels deep")
            raise _Stop
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.is_map and parent.pending is None:
            self._fault(event, "a bracket where a name belongs; text that starts with { or [ needs double quotes")
            raise _Stop
        self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), packed(event.start_mark)))

    def _refuse_surprises(self, start: Position, end: Position) -> None:
        """Refuse unquoted text that a comment cuts short, or that swallows a list item below it."""
        if _COMMENT.match(self.lines[end.line - 1], end.column - 1):
            place = Position(end.line, self.lines[end.line - 1].index("#", end.column - 1) + 1)
            self._fault_at(
                place, "all from # on is dropped; put the text in double quotes, or a comment on its own line"
            )
        for number in range(start.line + 1, end.line + 1):
            line = self.lines[number - 1]
            if line.lstrip().startswith("- "):
                place = Position(number, line.index("-") + 1)
                message = "read as more of the text above, not as a list item; indent it as the items above"
                self._fault_at(place, message)

    def _take_key(self, parent: _Open, key: str, mark: Any) -> None:
        parent.pending = mark
        if key == "<<":
            self._fault_at(position_of(mark), "a merge key (<<); write the fields out instead")
            return
        parent.key = key = intern(key)  # the same few names stand in every record
        if len(key) == 3 and key.isdecimal() and self._is_in_number(key, mark):
            self._fault_at(position_of(mark), "a number with commas in it; write it without them, such as 22100000")
            parent.key = None
            return
        if key in parent.value:
            first = (parent.held[list(parent.value).index(key)][0] >> 32) + 1
            self._fault_at(position_of(mark), f'"{key[:60]}" {_TWICE} (first at line {first}); keep one')

    def _is_in_number(self, key: str, mark: Any) -> bool:
        """Whether a name in braces is three digits of a number that was typed with commas: `{value: 22,100,000}`."""
        line = self.lines[mark.line]
        return bool(re.search(r"[0-9],$", line[: mark.column][-6:])) and not line[mark.column + 3 :].startswith(":")

    def _store(self, value: Any, start: int, end: int, raw: str | None = None, inside: Inside = NOTHING) -> None:
        """Put a value where it belongs, and note its place; drop both where their key was refused."""
        if not self.stack:
            self.tree.data = value
            self.tree.spans.keep([(start, start, end, raw, inside)], None)
            return
        parent = self.stack[-1]
        if not parent.is_map:
            parent.held.append((start, start, end, raw, inside))
            parent.value.append(value)
            return
        key = parent.key
        if key is not None and key not in parent.value:
            parent.value[key] = value
            parent.held.append((packed(parent.pending), start, end, raw, inside))
        parent.key = parent.pending = None


def _resolve(raw: str) -> Any:
    """Give a plain scalar the meaning it has to a person: YAML 1.2's core types, without octals and `.inf`."""
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] in "0123456789+-":
        if _INTEGER.match(raw) and len(raw) < 20:
            return int(raw)
        if _DECIMAL.match(raw) and len(raw) < 30:
            return float(raw)
    return raw
