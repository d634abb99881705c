"""Texts that say what they are meant to, but not as a page shows them: copied marks, bare addresses, long quotations.

Pages print texts as they are typed, so nothing here does harm, and nothing here stops a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.field_types import PHRASE_WORDS
from macros.data.yaml_tree import Path

__all__ = ["slips_of_text"]

_ADDRESS = re.compile(r"https?://\S+\Z")
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\*\*|(?<!\w)__|`|\]\("), "pages print Markdown as it is typed ({found}); write plain text"),
    (
        re.compile(r"https?://\S{1,60}|\bwww\.\S{1,60}"),
        "an address in a text is no link ({found}); add a source instead",
    ),
    (re.compile("\ufffd"), "a sign was lost when this was copied ({found}); type it again"),
    (
        re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE),
        "{found} was copied from a page's source; type the sign itself",
    ),
)
_QUOTED = re.compile(r'"([^"]{1,400})"|“([^”]{1,400})”|«([^»]{1,400})»')


def slips_of_text(catalogue: Catalogue) -> Iterator[str]:
    """Yield each slip of the data and of its texts in second languages, with its file and line."""
    trees = [catalogue.tree, *(one.translation.tree for one in catalogue.translations.values())]
    for tree in trees:
        for path, text in _texts(tree.data, ()):
            for message, found in _slips(text):
                position = tree.position(path, snippet=found)
                yield f"{position.file or tree.source.name}:{position.line}: {message.replace('{found}', found)}"


def _slips(text: str) -> Iterator[tuple[str, str]]:
    if _ADDRESS.match(text):
        return  # a field that holds an address and nothing else
    for pattern, message in _SLIPS:
        match = pattern.search(text)
        if match:
            yield message, match[0]
    for match in _QUOTED.finditer(text):
        words = len(next(filter(None, match.groups()), "").split())
        if words > PHRASE_WORDS:
            said = f"a quotation of {words} words; quote at most {PHRASE_WORDS}, unless the words are ours ({{found}})"
            yield said, match[0][:60]


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
