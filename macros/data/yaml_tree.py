"""What reading YAML leads to: a plain tree in which every value knows its file, line and column, and what is wrong.

A tree may be of one file or of several that belong together; then each of its lists knows the file it stands in.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, overload

__all__ = [
    "Budget",
    "Fault",
    "Inside",
    "Lines",
    "Path",
    "Place",
    "Position",
    "Source",
    "Span",
    "Spans",
    "SpansOfFiles",
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
    """A plain (unquoted) scalar that is no text as it was typed, for telling `1.10` from `1.1`."""


Inside = tuple[int, int]
"""What a map or list holds, as `Spans.keep` names it: the number of the first of it, and that of its form."""

Place = tuple[int, int, int, str | None, Inside]
"""Of a value on its way into `Spans`: its key, start and end as `packed`, what was typed, and what it holds."""

NOTHING: Inside = (0, 0)
"""What a scalar holds."""


def position_of(mark: Any) -> Position:
    """Give the position of a parser's mark."""
    return Position(mark.line + 1, mark.column + 1)


def packed(mark: Any) -> int:
    """Give the line and the column of a parser's mark as one number."""
    place: int = mark.line << 32 | mark.column
    return place


def _unpacked(place: int) -> Position:
    return Position((place >> 32) + 1, (place & 0xFFFFFFFF) + 1)


class Spans(Mapping[Path, Span]):
    """The place of every value of a file.

    Kept as columns of numbers, a row for each value: as objects, the places would take several times the memory that
    the values do. What a map or list holds stands in rows that follow each other, so that its own row need only name
    the first of them and its form, which most maps share with others: the names in it, in their order.
    """

    def __init__(self) -> None:
        """Start with a file that holds nothing."""
        self._keys, self._starts, self._ends = array("Q"), array("Q"), array("Q")
        self._firsts, self._forms = array("I"), array("I")
        self._raws: dict[int, str] = {}
        self._form: list[Mapping[str, int] | range] = [range(0)]
        self._known: dict[tuple[str, ...] | int, int] = {0: 0}

    def keep(self, places: Sequence[Place], names: Iterable[str] | None) -> Inside:
        """Keep the places of what a map or list holds, in its order; `names` are those of a map, None for a list.

        Places of what these hold were kept before; the whole file comes last, as the one place of a list.
        """
        first, form = len(self._keys), self._form_of(len(places) if names is None else tuple(names))
        if places:
            keys, starts, ends, raws, inside = zip(*places, strict=True)
            self._keys.extend(keys)
            self._starts.extend(starts)
            self._ends.extend(ends)
            self._firsts.extend([number for number, _ in inside])
            self._forms.extend([number for _, number in inside])
            self._raws.update((at, raw) for at, raw in enumerate(raws, first) if raw is not None)
        return first, form

    def _form_of(self, held: tuple[str, ...] | int) -> int:
        number = self._known.get(held)
        if number is None:
            number = self._known[held] = len(self._form)
            self._form.append(range(held) if isinstance(held, int) else {name: at for at, name in enumerate(held)})
        return number

    def _find(self, path: Path) -> int:
        """Give the row of a value, counted from 0; -1 where there is none."""
        row = len(self._keys) - 1
        for step in path if row >= 0 else ():
            form = self._form[self._forms[row]]
            if isinstance(form, range):
                at = step if isinstance(step, int) and step in form else None
            else:
                at = form.get(step) if isinstance(step, str) else None
            if at is None:
                return -1
            row = self._firsts[row] + at
        return row

    def _span(self, row: int) -> Span:
        key, start, end = (_unpacked(column[row]) for column in (self._keys, self._starts, self._ends))
        return Span(key, start, end, self._raws.get(row))

    def leaves(self) -> Iterator[Span]:
        """Yield the place of each value that holds no other, in any order."""
        return (self._span(row) for row, form in enumerate(self._forms) if not self._form[form])

    def __getitem__(self, path: Path) -> Span:
        row = self._find(path)
        if row < 0:
            raise KeyError(path)
        return self._span(row)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._find(path) >= 0

    def __iter__(self) -> Iterator[Path]:
        waiting: list[tuple[Path, int]] = [((), len(self._keys) - 1)] if self._keys else []
        while waiting:
            path, row = waiting.pop()
            yield path
            first = self._firsts[row]
            steps: Iterable[str | int] = self._form[self._forms[row]]
            waiting += [((*path, step), first + at) for at, step in enumerate(steps)]

    def __len__(self) -> int:
        return len(self._keys)


class SpansOfFiles(Spans):
    """The place of every value of several files that are read as one."""

    def __init__(self, files: Mapping[str, Spans]) -> None:
        """Take the places in each file, by the names of the lists that are read from it."""
        super().__init__()
        self._files = files

    def __getitem__(self, path: Path) -> Span:
        if not path:
            return Span(Position(1, 1), Position(1, 1), Position(1, 1))
        return self._files[str(path[0])][path]

    def __contains__(self, path: object) -> bool:
        return path == () or (isinstance(path, tuple) and path[0] in self._files and path in self._files[path[0]])

    def __iter__(self) -> Iterator[Path]:
        yield ()
        for name, spans in self._files.items():
            yield from (path for path in spans if path and path[0] == name)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def leaves(self) -> Iterator[Span]:
        """Yield the place of each value that holds no other, in any order."""
        held = {path[:-1] for path in self}
        return (span for path, span in self.items() if path not in held)


class Lines(Sequence[str]):
    """The lines of a text, each made when it is asked for: a list of them takes two or three times the text."""

    def __init__(self, text: bytes) -> None:
        """Take a text in UTF-8 whose lines end with a line feed."""
        self._text = text
        self._starts = array("Q", [0])
        self._starts.extend(end.end() for end in re.finditer(b"\n", text))
        self._last = -1, ""

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        at = number + len(self) if number < 0 else number
        if not 0 <= at < len(self):
            raise IndexError(number)
        last, line = self._last
        if at != last:
            end = self._starts[at + 1] - 1 if at + 1 < len(self) else len(self._text)
            line = self._text[self._starts[at] : end].decode()
            self._last = at, line  # one line may hold a thousand values, and be asked for with each
        return line

    def __len__(self) -> int:
        return len(self._starts)


@dataclass(slots=True)
class Source:
    """The text that was read, kept to find a place inside a value."""

    name: str
    lines: Sequence[str] = ()

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

    def forget_values(self) -> None:
        """Let go of the values, which take as much memory as the records made of them; lines and places stay."""
        self.data = None

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
