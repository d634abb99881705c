"""The text of a page written by hand: where each letter stands, and what is left without the marked places."""

from __future__ import annotations

import functools
import re
import sys
from bisect import bisect_right
from dataclasses import dataclass, field

from jinja2 import Environment

from macros.data.yaml_reader import Position

__all__ = ["PlacedText", "reader", "without_template"]


class PlacedText:
    """A text that knows the line and column of each of its letters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, place: int) -> Position:
        """Give the line and column of a letter by its place in the text."""
        line = bisect_right(self._starts, place)
        return Position(line, place - self._starts[line - 1] + 1)

    @property
    def end(self) -> Position:
        """Where the text ends."""
        return self.at(len(self.text))

    def find(self, what: str, line: int) -> Position:
        """Give the first place of a snippet from a line on; the line's start where it is not there."""
        start = self._starts[min(line, len(self._starts)) - 1]
        found = self.text.find(what, start) if what else -1
        return self.at(found if found >= 0 else start)


@functools.cache
def reader() -> Environment:
    """Give what reads a page as Jinja does when it fills it in, and runs nothing."""
    return Environment(autoescape=True, keep_trailing_newline=True)


@dataclass
class _Left:
    """What is left of a page without what belongs to the template, and where each piece of it stood."""

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    """Where a piece starts here, and where it starts in the page."""
    trimming: list[int] = field(default_factory=list)
    """Where marks stand that take the white space beside them away."""

    def origin(self, at: int) -> int:
        """Give the place in the page of a place here."""
        here, there = self.places[bisect_right(self.places, (at, sys.maxsize)) - 1]
        return there + at - here


def without_template(body: str) -> _Left:
    """Give a page as if it were filled in: for each value an x, for blocks and remarks nothing, as the engine does."""
    left, kept = _Left(), list[str]()
    here = there = 0
    inside, trim = "", False

    def keep(value: str, origin: int) -> None:
        nonlocal here
        left.places.append((here, origin))
        kept.append(value)
        here += len(value)

    for _, token, value in reader().lexer.tokeniter(body, None):
        there = body.find(value, there)
        name, _, part = token.partition("_")
        if part == "begin" and name in ("block", "comment", "raw", "variable"):
            inside = "" if name == "raw" else name
            if value.rstrip(" %}").endswith(("-", "+")):
                left.trimming.append(there)
            trim = name == "raw"
        elif part == "end" and name in ("block", "comment", "raw", "variable"):
            if value.startswith(("-", "+")) or (name == "raw" and re.search(r"[-+]", value)):
                left.trimming.append(there)
            if name == "variable":
                keep("x", there)
            inside, trim = "", name != "variable"
        elif not inside:
            gone = 1 if trim and value.startswith("\n") else 0
            keep(value[gone:], there + gone)
            trim = False
        there += len(value)
    left.text = "".join(kept)
    return left
