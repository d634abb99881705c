"""Saying that French renders its English: which texts a name means, and what the lock file then holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros.data.cases import did_you_mean
from macros.data.translations import Older, Translation
from macros.data.yaml_tree import Budget
from macros.unicode_text import printable

__all__ = ["Marking", "both_versions", "marking", "unknown"]


@dataclass(frozen=True, slots=True)
class Marking:
    """What marking texts as translated does to the lock file."""

    kept: Mapping[str, str]
    """All that it holds then: English by the way to its text."""
    marked: tuple[str, ...]
    """The texts that count as translated from then on, and did not before, by the way to each."""
    gone: int
    """How many of its lines were of texts that are there no more."""


def marking(translation: Translation, names: Sequence[str], *, every: bool = False) -> Marking:
    """Mark the texts of the records that are named, or `every` text, as translated; of the others nothing changes.

    A name is that of a record, with its collection or without (`terms.grooming`, `grooming`), or the way to a text.
    """
    before, texts = translation.tree.lock or {}, translation.texts
    kept = {path: english for path, english in before.items() if path in texts}
    chosen = {path: text for path, text in texts.items() if every or any(_means(name, path) for name in names)}
    marked = tuple(sorted(path for path, text in chosen.items() if kept.get(path) != text))
    return Marking({**kept, **chosen}, marked, len(before) - len(kept))


def unknown(translations: Sequence[Translation], names: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each name that means no text which is translated."""
    paths = [path for one in translations for path in one.texts]
    records = sorted({name for path in paths for name in (path.split(".")[1], ".".join(path.split(".")[:2]))})
    guesses = Budget()
    for name in names:
        if not any(_means(name, path) for path in paths):
            hint = did_you_mean(name, records, guesses) or "name a record that has texts there, such as terms.ID"
            yield f"no text in a second language has the name '{printable(name[:60])}'; {hint}"


def _means(name: str, path: str) -> bool:
    return f"{path}.".startswith(f"{name}.") or f"{path.partition('.')[2]}.".startswith(f"{name}.")


def both_versions(older: Older) -> Iterator[str]:
    """Yield the English that a text was translated from and today's, each on a line of its own."""
    if older.was is not None:
        yield f"    it was: {printable(older.was)}"
    yield f"    it is:  {printable(older.now)}"
