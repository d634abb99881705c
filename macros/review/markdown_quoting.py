"""Text from the data as Markdown in which it can do nothing: in code spans and fences, in lists of limited length.

The lines go where a host renders Markdown, and the data in them comes from anybody. So what the data says stands only
in code spans and code fences, each closed by more backticks than it holds: there nothing is HTML, a link, a mention or
an image.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from macros.data.yaml_tree import Position
from macros.review.data_diff import NAME_LENGTH, Changed
from macros.unicode_text import INVISIBLE, folded

__all__ = [
    "FEW",
    "MAX_BYTES",
    "MAX_LINES",
    "bullets",
    "code",
    "fenced",
    "few",
    "fitting",
    "label",
    "line_in_words",
    "one_line",
]

MAX_BYTES = 350_000
"""Of records written out, and again of pages written out: a job's summary holds 1 MiB on GitHub."""

MAX_LINES = 150
"""Of a list, such as that of pages; what is left out is counted."""


_BACKTICKS = re.compile(r"`+")

FEW = 4
"""Names in a line, before the rest is counted."""


def code(text: Any, length: int = NAME_LENGTH) -> str:
    """Give a text as a code span, on one line and cut, in which nothing is markup, a link or a mention."""
    seen = one_line(text)
    seen = seen if len(seen) <= length else f"{seen[: length - 1]}…"
    if not seen:
        return "(nothing)"
    ticks = "`" * (_longest(seen) + 1)
    space = " " if seen[0] in "` " or seen[-1] in "` " else ""
    return f"{ticks}{space}{seen}{space}{ticks}"


def line_in_words(position: Position) -> str:
    """Name a line, and its file where the data has several."""
    return f"line {position.line}" + (f" of {code(position.file, 300)}" if position.file else "")


def fenced(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as a block of code that they cannot end."""
    every = [_visible(line) for line in lines]
    ticks = "`" * max(3, 1 + max(map(_longest, every), default=0))
    yield f"{ticks}diff"
    yield from every
    yield ticks
    yield ""


def _longest(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def one_line(text: Any) -> str:
    """Give a value on one line, with what nobody could see spelt out."""
    if isinstance(text, bool):
        return "true" if text else "false"
    return _visible(folded(str(text)))


def _visible(line: str) -> str:
    """Spell out what nobody could see, line ends among it."""
    return "".join(
        sign.encode("unicode_escape", "surrogatepass").decode()
        if INVISIBLE.match(sign) or not (sign.isprintable() or sign in "\u00a0\u202f\u2009\u200c\u200d")
        else sign
        for sign in line
    )


def bullets(heading: str, lines: Iterable[str], most: int = MAX_LINES) -> Iterator[str]:
    """Yield a heading and lines below it as a list, each once; says how many lines there are beyond the most."""
    every = list(dict.fromkeys(lines))
    if every:
        yield heading
        yield ""
        yield from (f"- {line}" for line in every[:most])
        if len(every) > most:
            yield f"- and {len(every) - most} more, which are not listed"
        yield ""


def fitting(blocks: Iterable[list[str]], what: str) -> Iterator[str]:
    """Yield blocks of lines as long as they fit, and how many did not."""
    size, left = 0, 0
    for block in blocks:
        size += sum(len(line.encode("utf-8", "replace")) + 1 for line in block)
        if size > MAX_BYTES:
            left += 1
        else:
            yield from block
    if left:
        yield f"Not written out, for want of space: {left} more {what}."
        yield ""


def label(change: Changed) -> str:
    """Give a record's name and id, as code."""
    item, identifier = change.item, change.identifier(change.item)
    if change.collection in ("principles", "categories"):
        name = f"{item.get('number')}. {item.get('title')}"
    else:
        fields = ("name", "term", "title", "label", "phrase", "question")
        name = str(next((item[one] for one in fields if isinstance(item.get(one), str)), ""))
    return f"{code(name)} ({code(identifier)})" if name else code(identifier)


def few(labels: Sequence[str], most: int = FEW) -> str:
    """Give labels in one line, and how many there are beyond the most."""
    more = f" and {len(labels) - most} more" if len(labels) > most else ""
    return ", ".join(labels[:most]) + more
