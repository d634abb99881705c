"""Blocks of HTML in a generated page, set aside while Python-Markdown reads the rest.

Most of a generated page is HTML that a template wrote. Python-Markdown looks at each of its tags in turn, and MkDocs
once more, only to give it back as it is. What is set aside here is a block of HTML as Python-Markdown's `HTMLExtractor`
reads one: from a block-level tag at the start of a line to where its end tag ends a line, or another such block begins.
Blocks with nothing but empty lines between them go as one. Anything else stays in the text, and so does whatever looks
unusual, with all that comes after it.
"""

from __future__ import annotations

import re
import tempfile
import threading
from functools import cache, cached_property
from typing import IO

from markdown.util import BLOCK_LEVEL_ELEMENTS

__all__ = ["Aside", "ids", "put_back", "set_aside"]

_BLOCK = rf"<({'|'.join(sorted({*BLOCK_LEVEL_ELEMENTS} - {'hr'}))})(?=[\s>])"
_START = re.compile(rf"\n(?={_BLOCK})")
_NEXT = re.compile(_BLOCK)
_ANY = re.compile(_BLOCK, re.IGNORECASE)
_BLANK = re.compile(r"\n +(?=\n)")
_UNUSUAL = re.compile(r"<[!?]|<(?i:style|(script|textarea)(?![^<>]*>[^<]*</\1>))\b")
_CONTROL = "\r\0\x02\x03"
_ID = re.compile(r"id=\"(?<=\sid=\")([^\"]*)\"")  # what every find begins with comes first: so it is looked for at once
_NAME = re.compile(r"<a\s[^<>]*?name=\"([^\"]*)\"")
_MARK = '<div id="raw-html-{}"></div>'
_PUT = re.compile(_MARK.format(r"(\d+)"))


class _Shelf:
    """A file without a name, in which blocks lie that wait for their pages."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # the live server answers several readers at a time
        self._end = self._waiting = 0

    @cached_property
    def _file(self) -> IO[bytes]:
        return tempfile.TemporaryFile(prefix="principles-")

    def put(self, content: bytes) -> int:
        """Lay something down, and give where."""
        with self._lock:
            if not self._waiting:  # so it stays small where each page is put together as soon as it is read
                self._end = 0
            self._waiting += 1
            place, self._end = self._end, self._end + len(content)
            self._file.seek(place)
            self._file.write(content)
            return place

    def take(self, place: int, length: int) -> bytes:
        """Take what lies somewhere."""
        with self._lock:
            self._waiting -= 1
            self._file.seek(place)
            return self._file.read(length)


_SHELF = _Shelf()


class Aside:
    """The blocks of a page until they are put back, in a file: a site's pages wait for each other, and fill the memory.

    Raises OSError where that cannot be written.
    """

    def __init__(self, blocks: list[str]) -> None:
        """Keep blocks, and what links may lead to within them (`ids`)."""
        self.ids = ids(blocks)
        content = "\0".join(blocks).encode()
        self._lies = (_SHELF.put(content), len(content)) if blocks else None

    def blocks(self) -> list[str]:
        """Give the blocks, once: after that, they are kept no longer."""
        lies, self._lies = self._lies, None
        return _SHELF.take(*lies).decode().split("\0") if lies else []


def set_aside(text: str) -> tuple[str, list[str]]:
    """Give a page's Markdown with a mark in the place of each block of HTML, and the blocks."""
    if _PUT.search(text) or any(sign in text for sign in _CONTROL):
        return text, []
    text = _BLANK.sub("\n", text.expandtabs(4))  # as Python-Markdown does first of all
    rest, blocks, done = [], list[str](), 0
    is_usual = not _UNUSUAL.search(text)
    ended = False  # whether a block ends here
    while (start := _next_block(text, done, ended or not done)) is not None:
        place, name = start
        between = text[done:place]
        end = _end(text, place, name)
        block = text[place:end]
        if not end or not (is_usual or not _UNUSUAL.search(block)) or _ANY.search(between):
            break  # what comes next may lie within a block that stays in the text, where every sign counts
        if ended and not between.strip("\n"):
            # Markdown gives one after the other, and of the lines between them one at most.
            blocks[-1] += ("\n\n" if between[1:] else "\n") + block
        else:
            rest += [between, _MARK.format(len(blocks))]
            blocks.append(block)
        done, ended = end, True
    return "".join([*rest, text[done:]]), blocks


def put_back(html: str, blocks: list[str]) -> str:
    """Give the page with its blocks in the places of their marks."""
    return _PUT.sub(lambda mark: blocks[int(mark[1])], html) if blocks else html


def ids(blocks: list[str]) -> set[str]:
    """Give what links may lead to within blocks."""
    found = {name for block in blocks for name in _ID.findall(block)}
    return found.union(*(_NAME.findall(block) for block in blocks if 'name="' in block))


def _next_block(text: str, done: int, at_once: bool) -> tuple[int, str] | None:
    """Give where the next block-level tag is that begins a line, or `at_once` what is left, and its name."""
    own = _NEXT.match(text, done) if at_once else None
    if own:
        return done, own[1]
    start = _START.search(text, done)
    return (start.end(), start[1]) if start else None


def _end(text: str, start: int, name: str) -> int:
    """Give where the element that starts at a place ends; 0 where its end tag is followed by text in its line."""
    depth = 0
    for tag in _tags(name).finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            is_last = text[tag.end() : tag.end() + 1] in ("", "\n") or _NEXT.match(text, tag.end())
            return tag.end() if is_last else 0
    return 0


@cache
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?=[\s>])[^<>]*(?<!/)>")
