"""Which paths an export writes: each declares its own, so that a test can hold a built site against all of them.

A pattern is a path from the site's root in which a name in braces stands for what differs from file to file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.data.collections import DATA
from macros.data.languages import LANGUAGES
from macros.data.urls import in_language

__all__ = ["Output", "expression", "in_languages", "place_of"]


def _one_of(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, names))})"


FIELDS: Mapping[str, str] = {
    "collection": _one_of(DATA),
    "country": "[a-z]+",
    "id": "[a-z0-9-]+",
    "language": _one_of(LANGUAGES),
    "number": "[0-9]+",
    "page": "(?:[a-z0-9-]+/)*",
    "place": "(?:[a-z0-9-]+/)*[a-z0-9-]+",
}
"""What may stand in place of each name: an expression. `page` is a page's address with its last slash, `place` the same
without it."""

_NAMED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Output:
    """Files of one purpose: a name, by which the page on data says what they are, and the patterns of their paths.

    `internal` are files that serve the site itself; that page leaves them out.
    """

    name: str
    patterns: tuple[str, ...]
    internal: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """Its patterns as readers see them: with a slash, what differs in capitals, no name of a folder's own page."""
        return tuple(f"/{_NAMED.sub(_in_capitals, pattern).removesuffix('index.html')}" for pattern in self.patterns)


def _in_capitals(field: re.Match[str]) -> str:
    return {"page": "PAGE/", "place": "PAGE"}.get(field[1], field[1].upper())


def place_of(language: str) -> str:
    """Give the start of the addresses of a language; nothing for English."""
    return "" if language == "en" else f"/{language}"


def expression(pattern: str) -> re.Pattern[str]:
    """Give the expression that a whole path must match. Raises KeyError for a name that is none of `FIELDS`."""
    pieces = _NAMED.split(pattern)
    return re.compile("".join(FIELDS[piece] if place % 2 else re.escape(piece) for place, piece in enumerate(pieces)))


def in_languages(address: str) -> tuple[str, ...]:
    """Give an address with names in it, and the one below a second language where any language has such a page."""
    sample = address.format(id="a", number=1)
    there = any(in_language(sample, language) for language in LANGUAGES)
    return (address, f"/{{language}}{address}") if there else (address,)
