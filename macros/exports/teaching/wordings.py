"""The wording of what teachers hand out, show and print: files of `macros/templates/`, in any language of the site.

`{name}` in a text stands for a value. Other languages have the texts from their catalog, as all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from macros.checkout import TEMPLATES
from macros.data.yaml_reader import read_bytes
from macros.formats.typst_renderer import clean
from macros.pages.ui_strings import say

__all__ = ["KIT", "TRANSLATED", "Words", "filled", "linked", "texts", "wording"]

KIT = "kit.yml"
"""What teaching kits alone say; they are in English alone."""

TRANSLATED = ("handout.yml", "lesson-slides.yml", "pack.yml", "quiz.yml")
"""The files whose texts other languages have too."""

NO_TEXTS = frozenset({"kind", "licence"})
"""Fields that hold no text: the kind of a list, and the licence with its address."""

ADDRESSES = frozenset({"page", "help", "teach", "cite", "handout", "licence", "link"})
"""Values that are addresses; nothing else becomes a link, whatever it says."""

Words = Mapping[str, Any]
"""A wording, as its file holds it."""

_FIELD = re.compile(r"\{(\w+)\}")


@cache
def wording(name: str, language: str = "en") -> Words:
    """Give what a file of wording holds, in a language; raises ValueError where it has a fault."""
    tree = read_bytes((TEMPLATES / name).read_bytes(), name)
    if tree.faults or not isinstance(tree.data, dict):
        raise ValueError(f"macros/templates/{name}: {tree.faults[0].message if tree.faults else 'no fields'}")
    said: Words = _each(tree.data, lambda text: _settable(say(language, text))) if language != "en" else tree.data
    return said


def _settable(text: str) -> str:
    """Give a text of a catalog as the typesetter can set it; spaces at its ends part it from values, and stay."""
    inner = text.strip(" ")
    return text.replace(inner, clean(inner)) if inner else text


def texts(name: str) -> Iterator[str]:
    """Yield every text of a file of wording, in its order; raises ValueError as `wording` does."""
    waiting: list[Any] = [wording(name)]
    while waiting:
        match waiting.pop(0):
            case str(text):
                yield text
            case list(items):
                waiting[:0] = items
            case dict(fields):
                waiting[:0] = [value for key, value in fields.items() if key not in NO_TEXTS]


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """Give a wording with each of its texts changed."""
    match value:
        case str():
            return change(value)
        case list():
            return [_each(item, change) for item in value]
        case dict():
            return {name: item if name in NO_TEXTS else _each(item, change) for name, item in value.items()}
    return value


def filled(pattern: str, values: Mapping[str, Any]) -> str:
    """Give a pattern of the wording with values in place of the names in braces."""
    # One pass, so that braces in a value stay text.
    return _FIELD.sub(lambda match: str(values[match[1]]), pattern)


def linked(pattern: str, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Give the same in pieces, each with the address that it leads to, if it is one."""
    found = []
    for place, piece in enumerate(_FIELD.split(pattern)):
        text = str(values[piece]) if place % 2 else piece
        found.append((text, text if place % 2 and piece in ADDRESSES and text.startswith("http") else ""))
    return tuple(piece for piece in found if piece[0])
