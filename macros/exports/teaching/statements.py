"""Statements of the data as papers and slides set them: a text with what the site notes beside it."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.formats.typst_renderer import clean

__all__ = ["NotedText", "cleaned", "noted_text", "unsure"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NotedText:
    """A text, whether it is our own reading, and the label of what is not sure about it (None where all is)."""

    text: str
    ours: bool
    doubt: str | None


def noted_text(catalogue: Catalogue, part: Any, text: str) -> NotedText:
    """Give a text with what the site notes beside the part of a record that it is from."""
    doubt = unsure(catalogue, part.confidence)
    return NotedText(text, part.ours, doubt.label if doubt else None)


def unsure(catalogue: Catalogue, confidence: str | None) -> kinds.VocabularyTerm | None:
    """Give the word for how sure something is; None where it is confirmed, or says nothing."""
    return None if confidence in (None, "confirmed") else catalogue.word("confidences", str(confidence))


def cleaned(value: T) -> T:
    """Give a value with every text in it as the typesetter can set it; a tuple of any kind as a tuple of its own."""
    whole: Any = value
    match whole:
        case str():
            whole = clean(whole)
        case dict():
            whole = {name: cleaned(item) for name, item in whole.items()}
        case list():
            whole = [cleaned(item) for item in whole]
        case tuple():
            whole = tuple(cleaned(item) for item in whole)
        case _ if is_dataclass(whole) and not isinstance(whole, type):
            whole = replace(whole, **{one.name: cleaned(getattr(whole, one.name)) for one in fields(whole)})
    result: T = whole
    return result
