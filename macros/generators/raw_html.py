"""Blocks of HTML in a generated page, set aside while Python-Markdown reads the rest.

Most of a generated page is HTML that a template wrote. Python-Markdown looks at each of its tags in turn, and MkDocs
once more, only to give it back as it is. What is set aside here is a block of HTML as Python-Markdown's `HTMLExtractor`
reads one: from a block-level tag at the start of a line to where its end tag ends a line, or another such block begins.
Blocks with nothing but empty lines between them go as one. Anything else stays in the text, and so does whatever looks
unusual, with all that comes after it.
"""

from __future__ import annotations

import re
import zlib
from functools import cache

from markdown.util import BLOCK_LEVEL_ELEMENTS

__all__ = ["Aside", "ids", "put_back", "set_aside"]

_BLOCK = rf"<({'|'.join(sorted({*BLOCK_LEVEL_ELEMENTS} - {'hr'}))})(?=[\s>])"
_START = re.compile(rf"\n(?={_BLOCK})")
_NEXT = re.compile(_BLOCK)
_ANY = re.compile(_BLOCK, re.IGNORECASE)
_BLANK = re.compile(r"\n +(?=\n)")
_UNUSUAL = re.compile(r"<[!?]|<(?i:/?script|/?style|textarea(?![^<>]*>[^<]*</textarea>))\b")
_CONTROL = "\r\0\x02\x03"
_ID = re.compile(r"id=\"(?<=\sid=\")([^\"]*)\"")  # what every find begins with comes first: so it is looked for at once
_NAME = re.compile(r"<a\s[^<>]*?name=\"([^\"]*)\"")
_MARK = '<div id="raw-html-{}"></div>'
_PUT = re.compile(_MARK.format(r"(\d+)"))


class Aside:
    """The blocks of a page until they are put back, packed: a site's pages wait for each other, and fill the memory."""

    def __init__(self, blocks: list[str]) -> None:
        """Keep blocks, and what links may lead to within them (`ids`)."""
        self.ids = ids(blocks)
        self._packed = zlib.compress("\0".join(blocks).encode(), 1) if blocks else b""

    def blocks(self) -> list[str]:
        """Give the blocks."""
        return zlib.decompress(self._packed).decode().split("\0") if self._packed else []


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
