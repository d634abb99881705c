"""Blocks of HTML in a generated page, set aside while Python-Markdown reads the rest.

Most of a generated page is HTML that a template wrote. Python-Markdown looks at each of its tags in turn, and MkDocs
once more, only to give it back as it is. What is set aside here is a block of HTML as Python-Markdown's `HTMLExtractor`
reads one: from a block-level tag at the start of a line to where its end tag ends a line. Anything else stays in the
text, and so does whatever looks unusual.
"""

from __future__ import annotations

import re
import zlib
from functools import cache

from markdown.util import BLOCK_LEVEL_ELEMENTS

__all__ = ["Aside", "ids", "put_back", "set_aside"]

_START = re.compile(rf"^<({'|'.join(sorted({*BLOCK_LEVEL_ELEMENTS} - {'hr'}))})(?=[\s>])", re.MULTILINE)
_BLANK = re.compile(r"(?<=\n) +(?=\n)")
_UNUSUAL = re.compile(r"<!|<\?|<(?:script|style|textarea)\b|[\t\r\0\x02\x03]", re.IGNORECASE)
_ID = re.compile(r"<[^<>]*?\sid=\"([^\"]*)\"|<a\s[^<>]*?name=\"([^\"]*)\"")
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
    text = _BLANK.sub("", text)  # as Python-Markdown does first of all
    if _PUT.search(text):
        return text, []
    rest, blocks, done = [], list[str](), 0
    while start := _START.search(text, done):
        end = _end(text, start.start(), start[1])
        block = text[start.start() : end]
        if not end or _UNUSUAL.search(block):
            end = start.end()
            rest.append(text[done:end])
        else:
            rest += [text[done : start.start()], _MARK.format(len(blocks))]
            blocks.append(block)
        done = end
    return "".join([*rest, text[done:]]), blocks


def put_back(html: str, blocks: list[str]) -> str:
    """Give the page with its blocks in the places of their marks."""
    return _PUT.sub(lambda mark: blocks[int(mark[1])], html) if blocks else html


def ids(blocks: list[str]) -> set[str]:
    """Give what links may lead to within blocks."""
    return {name or other for block in blocks for name, other in _ID.findall(block)}


def _end(text: str, start: int, name: str) -> int:
    """Give where the element that starts at a place ends; 0 where its end tag is not the last of its line."""
    depth = 0
    for tag in _tags(name).finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end() if text[tag.end() : tag.end() + 1] in ("", "\n") else 0
    return 0


@cache
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?=[\s>])[^<>]*(?<!/)>")
