"""How hard the prose of each kind of page is to read: a hint for writers, never a gate.

The measures are Flesch's reading ease (60 to 70 is plain English, more is easier) and the school grade after Kincaid,
from words per sentence and syllables per word: https://en.wikipedia.org/wiki/Flesch-Kincaid_readability_tests

Syllables are counted as groups of vowels, without a silent e at the end: close enough to compare one page with another.
Libraries for such measures bring corpora of many megabytes along for the same two sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from macros.data import kinds
from macros.data.catalogue import Catalogue

__all__ = ["Ease", "ease", "texts"]

_PROSE = {
    *("text", "summary", "means", "not_asked", "definition", "why", "meaning", "aim", "asks", "outcome", "question"),
    *("said", "for_whom", "limits", "what_happens", "content_note", "discussion", "goals", "steps", "part"),
}
"""Fields that hold sentences; names, labels and official phrases are not ours to make easier."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:](?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzcg])es$")


@dataclass(frozen=True, slots=True)
class Ease:
    """How easy some prose is: Flesch's reading ease, a US school grade, and how many words it was taken from."""

    flesch: float
    grade: float
    words: int


def texts(catalogue: Catalogue, collections: Iterable[str]) -> Iterator[str]:
    """Yield the prose of every record of some collections."""
    for collection in collections:
        for record in getattr(catalogue.document, collection):
            yield from _prose(record)


def ease(prose: Iterable[str]) -> Ease | None:
    """Give how easy some prose is; None where it has no words. A text ends a sentence, with or without a full stop."""
    words = sentences = syllables = 0
    for text in prose:
        found = _WORD.findall(text)
        if found:
            words += len(found)
            sentences += max(1, len(_SENTENCE.findall(text.strip())))
            syllables += sum(map(_syllables, found))
    if not words:
        return None
    length, weight = words / sentences, syllables / words
    return Ease(206.835 - 1.015 * length - 84.6 * weight, 0.39 * length + 11.8 * weight - 15.59, words)


@cache
def _syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))


def _prose(part: kinds.Part) -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, kinds.Part):
                yield from _prose(item)
            elif isinstance(item, str) and name in _PROSE:
                yield item
