"""What reading YAML leads to: a plain tree in which every value knows its file, line and column, and what is wrong.

A tree may be of one file or of several that belong together; then each of its lists knows the file it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = [
    "Budget",
    "Fault",
    "Path",
    "Place",
    "Position",
    "Source",
    "Span",
    "Spans",
    "Tree",
    "in_order",
    "position_of",
]

COMPARISONS = 40_000
"""With how many known words the unknown words of a file are compared, in all, to say "did you mean"."""

Path = tuple[str | int, ...]
"""The way to a value: names of fields, and numbers from 0 in lists."""


class Position(NamedTuple):
    """Where something stands in a file; line and column count from 1, in characters."""

    line: int
    column: int
    file: str = ""
    """The file's name as messages show it, where a tree was read from several; else empty."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and how to mend it."""

    position: Position
    message: str


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by file, line and column."""
    return sorted(faults, key=lambda fault: (fault.position.file, fault))


class Span(NamedTuple):
    """Where a value starts and ends, and where its key stands (the value itself for a list item)."""

    key: Position
    start: Position
    end: Position
    raw: str | None = None
    """The text of a plain (unquoted) scalar as it was typed, for telling `1.10` from `1.1`."""


Place = tuple[Any, Any, Any, "str | None", "dict[str | int, Place] | None"]
"""A value's span as the parser marked it, and the places of what it holds, by name or by number from 0."""


def position_of(mark: Any) -> Position:
    """Give the position of a parser's mark."""
    return Position(mark.line + 1, mark.column + 1)


class Spans(Mapping[Path, Span]):
    """The place of every value of a file. Worked out when it is asked for: most never are."""

    def __init__(self) -> None:
        """Start with a file that holds nothing."""
        self.root: Place | None = None

    def _find(self, path: Path) -> Place | None:
        place = self.root
        for step in path:
            held = place[-1] if place else None
            place = held.get(step) if held else None
        return place

    @property
    def places(self) -> Mapping[str | int, Place]:
        """The places of what stands at the top, by name."""
        return (self.root and self.root[-1]) or {}

    def __getitem__(self, path: Path) -> Span:
        place = self._find(path)
        if place is None:
            raise KeyError(path)
        key, start, end, raw, _ = place
        return Span(position_of(key), position_of(start), position_of(end), raw)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._find(path) is not None

    def __iter__(self) -> Iterator[Path]:
        waiting: list[tuple[Path, Place]] = [((), self.root)] if self.root else []
        while waiting:
            path, place = waiting.pop()
            yield path
            waiting += [((*path, step), held) for step, held in (place[-1] or {}).items()]

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(slots=True)
class Source:
    """The text that was read, kept to find a place inside a value."""

    name: str
    lines: list[str] = field(default_factory=list)

    def find(self, snippet: str, start: Position, end: Position) -> Position | None:
        """Give the first place of `snippet` between two positions, or None."""
        for number in range(start.line, min(end.line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            until = end.column - 1 if number == end.line else len(line)
            at = line.find(snippet, start.column - 1 if number == start.line else 0, until)
            if at >= 0:
                return Position(number, at + 1)
        return None


@dataclass(slots=True)
class Budget:
    """How much may still be spent on guesses at what somebody meant; a file of nothing but slips gets no more."""

    left: int = COMPARISONS

    def spend(self, amount: int) -> bool:
        """Take an amount; gives whether it was still there, and takes nothing where it was not."""
        if amount > self.left:
            return False
        self.left -= amount
        return True


@dataclass(slots=True)
class Tree:
    """What a file says: plain Python values in `data`, the place of each in `spans`, what is wrong in `faults`.

    `data` is None when the file cannot be read as YAML at all; `faults` then says why. `guesses` is what is left for
    guesses at what its words mean. `events` is how many words, starts and ends of lists it took to read it.

    Of several files read as one, `source` is the folder, `files` says where each list stands or belongs, `unread` names
    the lists that cannot be read, and `faults` say their files.

    Of texts in a second language, `lock` is the English that each was translated from, by the way to it
    (`translation_lock`); None where nobody has kept that.
    """

    source: Source
    data: Any = None
    spans: Spans = field(default_factory=Spans)
    faults: list[Fault] = field(default_factory=list)
    guesses: Budget = field(default_factory=Budget)
    unreadable: bool = False
    """Whether the parser gave up; the last fault is then its own."""
    events: int = 0
    files: dict[str, Source] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    lock: Mapping[str, str] | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every text that was read, in order."""
        return tuple({id(one): one for one in self.files.values()}.values()) if self.files else (self.source,)

    def position(self, path: Path, *, key: bool = False, snippet: str | None = None) -> Position:
        """Give the place of the value at `path`, of its key, or of a snippet inside it.

        A path that the file does not have gives its nearest ancestor: a missing field is reported at its record.
        """
        source = self.files.get(str(path[0]), self.source) if path else self.source
        file = "" if source is self.source else source.name
        while path and path not in self.spans:
            path = path[:-1]
        span = self.spans.get(path)
        if span is None:
            return Position(1, 1, file)
        if snippet:
            found = source.find(snippet, span.start, span.end)
            if found:
                return found._replace(file=file)
        return (span.key if key else span.start)._replace(file=file)
