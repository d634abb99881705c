"""The values of fields and entries in the lines of a YAML file: where each ends, and what is wrong with it.

Part of `yaml_diagnosis`, which says what for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["FIELD", "Slip", "Values"]

Slip = tuple[int, int, str]
"""Line and column, both from 1, and what to say."""

FIELD = re.compile(r"""((?:[^\W\d]|\d)[\w.-]*|"[^"\\]*"|'[^']*') *:(?: +|$)""")
"""A name with its colon and what space stands after it."""

_BLOCK = re.compile(r"[>|][-+]?[1-9]?[-+]?(?: +#.*)?$")
_COPIED = re.compile(r"&(?:gt|#62|#x3e);[-+]?", re.IGNORECASE)
_COLON = re.compile(r":(?: |$)")
_REMARK = re.compile(r"(?:^| )#")
_IN_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_IN_SINGLE = re.compile(r"'(?:[^']|'')*'")
_IN_FLOW = re.compile(r"""[][{}"'#]""")

_FAR = 400
"""Lines of the longest text in quotes, or list in brackets."""

_BELOW = "write `{name}: >-` and put the text on the line below, two spaces further in"


@dataclass(slots=True)
class Values:
    """The lines of a file, how far they were looked at, and the slips that were seen."""

    lines: Sequence[str]
    found: list[Slip] = field(default_factory=list)
    at: int = 0
    """The line that is looked at, from 0."""
    may_open: bool = True
    """Whether the field above has no value of its own, so that something may stand indented under it."""
    holds_text: bool = False
    """Whether the field above has plain text, which may go on below."""

    def note(self, column: int, message: str, line: int | None = None) -> None:
        """Note a slip at a column, from 0, of a line, from 0 (default: the one that is looked at)."""
        self.found.append(((self.at if line is None else line) + 1, column + 1, message))

    def take_value(self, line: str, start: int, column: int, name: str) -> None:
        """Look at what stands after a field's colon or an entry's dash, to its end, which may be lines below."""
        value = line[start:]
        below = _BELOW.format(name=name) if name else "put the whole text in double quotes"
        self.may_open, self.holds_text = False, False
        if not value or value.startswith("#"):
            self.may_open = True
        elif _BLOCK.match(value):
            self.skip_block(column)
        elif value[0] in "\"'":
            self.quoted(line, start, column, below)
        elif value[0] in "[{":
            self.flow(start, column, below)
        else:
            self.holds_text = True
            self.plain(value, start, below)

    def plain(self, value: str, start: int, below: str) -> None:
        """Say what is wrong with text without quotes on its first line."""
        remark, colon = _REMARK.search(value), _COLON.search(value)
        if _COPIED.match(value):
            self.note(start, "`&gt;` was copied from a page; write `>-`, and the text on the line below")
        elif value[0] in ">|":
            self.note(start, f"after `{value[0]}-` nothing more may stand; put the text on the line below")
        elif value[:2] == "- ":
            self.note(start, "an entry of a list cannot begin here; put it on a line of its own")
        elif value[0] in "&*%@`!" or value[:2] == "? ":
            self.note(start, f"text cannot start with {value[0]}; {below}")
        elif value[0] in "]},":
            self.note(start, f"`{value[0]}` stands here without its opening bracket; delete it, or {below}")
        elif colon and (remark is None or colon.start() < remark.start()):
            self.note(start + colon.start(), f"a colon followed by a space stands inside this text; {below}")

    def skip_block(self, column: int) -> None:
        """Go to the last line of the text under a `>-`; its lines stand under the first of them."""
        first = 0
        while self.at + 1 < len(self.lines):
            line = self.lines[self.at + 1].rstrip()
            indent = len(line) - len(line.lstrip(" "))
            if line and indent <= column:
                return
            self.at += 1
            first = first or (indent if line else 0)
            if line and indent < first:
                if FIELD.match(line[indent:]):
                    self.at -= 1
                    return
                self.note(
                    indent, f"this line of the text stands too far left; give it {first} spaces, as its first line has"
                )

    def quoted(self, line: str, start: int, column: int, below: str) -> None:
        """Look at text in quotes, to the quote that closes it."""
        mark = line[start]
        pattern = _IN_DOUBLE if mark == '"' else _IN_SINGLE
        closed = pattern.match(line, start)
        opened, last = self.at, self.at
        while not closed and last + 1 < min(len(self.lines), opened + _FAR) and not self.begins(last + 1, column):
            last += 1
            line, start = f"{mark}{self.lines[last].rstrip()}", 0
            closed = pattern.match(line)
        if not closed:
            self.note(
                self.lines[opened].find(mark), f"a quote opens here and never closes; put {mark} at the end of the text"
            )
            return
        self.at = last
        after = line[closed.end() :].strip()
        if after and not after.startswith("#"):
            place = closed.end() - (1 if last > opened else 0)
            if mark == "'" and not after.startswith((",", ";", ".")) and line[closed.end()].isalpha():
                self.note(place - 1, f"an apostrophe ends this text in single quotes; {below}")
            else:
                self.note(place, f"the text goes on after its closing quote; {below}")

    def begins(self, number: int, column: int) -> bool:
        """Whether a line begins a field or an entry that stands no further in than a column."""
        line = self.lines[number]
        indent = len(line) - len(line.lstrip(" "))
        rest = line[indent:].rstrip()
        if not rest or indent > column:
            return False
        return rest.startswith("- ") or rest == "-" or bool(FIELD.match(rest))

    def flow(self, start: int, column: int, below: str) -> None:
        """Look at a list or map in brackets, to the bracket that closes it."""
        opened, place = self.at, start
        deep: list[str] = []
        last = opened
        while True:
            line = self.lines[last].rstrip()
            while found := _IN_FLOW.search(line, place):
                sign, place = found[0], found.end()
                if sign in "\"'":
                    if sign == "'" and line[found.start() - 1 : found.start()].isalnum():
                        continue  # an apostrophe
                    closed = (_IN_DOUBLE if sign == '"' else _IN_SINGLE).match(line, found.start())
                    if not closed:
                        self.note(
                            found.start(),
                            f"a quote opens here and never closes; put {sign} at the end of its text",
                            last,
                        )
                        self.at = last
                        return
                    place = closed.end()
                elif sign == "#":
                    if line[found.start() - 1 : found.start()] == " ":
                        break
                elif sign in "[{":
                    deep.append("]" if sign == "[" else "}")
                elif deep and deep[-1] != sign:
                    self.note(found.start(), f"`{sign}` closes what another bracket opened; write `{deep[-1]}`", last)
                    self.at = last
                    return
                else:
                    deep.pop()
                if not deep:
                    self.at = last
                    after = line[place:].strip()
                    if after and not after.startswith("#"):
                        bracket = self.lines[opened][start]
                        self.note(start, f"text cannot start with {bracket}; {below}", opened)
                    return
            if last + 1 >= min(len(self.lines), opened + _FAR) or self.begins(last + 1, column):
                bracket = self.lines[opened][start]
                closing = "]" if bracket == "[" else "}"
                self.note(start, f"a bracket opens here and never closes; put {closing} at the end", opened)
                return
            last, place = last + 1, 0
