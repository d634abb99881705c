"""Statements with their confidence and their line, and the words by which a sentence shows that it is not sure.

How sure a statement is belongs into `confidence`; the templates print the doubt from there. A doubt written into the
prose as well has to be found and rewritten on the day somebody reads the source: so these words are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import UntranslatedText
from macros.data.translations import TRANSLATED

__all__ = ["DOUBTS", "Statement", "about", "doubt", "sentences", "statements"]

DOUBTS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:as far as we (?:know|can (?:tell|see))|as we understand|how we understand|we understand that"
        r"|(?:could|can) not (?:be )?(?:yet )?(?:read|check|confirm|verif)\w*"
        r"|(?:did|have|has|had) not (?:yet )?(?:been )?(?:read|checked|confirmed|verified|opened)"
        r"|(?:was|were|is|are) not (?:yet )?(?:read|confirmed|verified|opened)"
        r"|not yet (?:been )?(?:read|checked|confirmed|verified)|unverified"
        r"|(?:still|yet) to be (?:read|checked|confirmed|verified)"
        r"|is known to stand|not known to (?:ask|say|us)|we know of no\w*|that we know of"
        r"|if we have (?:its|their|the) words right)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:à notre connaissance|d.après ce que nous (?:comprenons|savons)|comment nous comprenons"
        r"|n.avons (?:pas )?(?:encore )?(?:pu (?:lire|vérifier|confirmer)|lue?s?\b|vérifié|confirmé)"
        r"|pas encore (?:été )?(?:lue?s?|vérifiée?s?|confirmée?s?)\b|n.(?:a|ont) pas (?:encore )?été "
        r"(?:lue?s?|vérifiée?s?|confirmée?s?)|(?:reste|restent|est|sont) à (?:vérifier|confirmer)"
        r"|libellé à vérifier|non vérifiée?s?|nous ne connaissons (?:aucune?|personne|pas)|que nous connaissions)",
        re.IGNORECASE,
    ),
}
"""By language: with these words a sentence says that somebody is not sure, or did not read a text."""

_READ_IN_PART: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:the )?(?:part|copy)(?: that)? (?:we (?:have |could )?read|could be read|was read)"
        r"|(?:breaks|stops|ends|ended) (?:off|inside|just after)|only the opening|this much is checked)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:la (?:partie|copie) que nous avons (?:pu lire|lue)|s.interrompt|seul le début|ce qui est vérifié"
        r"|avant de l.avoir lue?)",
        re.IGNORECASE,
    ),
}
"""The same for words that tell how much of a text was read: no doubt elsewhere, but to be looked at once it is read."""

_NOT_SENTENCES = frozenset(
    {"id", "former_ids", "aliases", "tab_title", "confidence", "sources", "category", "kind", "group", "stakeholder"}
    | {"status", "relation", "stage", "country", "countries", "services", "url", "website", "organisation", "need"}
    | {"needs", "forms", "related", "page", "licence", "read", "operator_kind", "verdict", "mark", "marks"}
)
"""Fields that hold ids, names for search and the like."""

_SENTENCE = re.compile(r"[^.?!:]+(?:[.?!:](?!\s|$)[^.?!:]*)*[.?!:]?")

_NUMBERS = re.compile(
    r"\bprincip(?:les?|es?)\s+([0-9]+(?:(?:\s*,\s*|\s*,?\s+(?:and|or|et|ou)\s+|\s+(?:to|à)\s+|-)[0-9]+)*)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"([0-9]+)(?:\s+(?:to|à)\s+|-)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A text of a record: its place as messages name it, and how sure it is, by itself or by its record."""

    place: str
    collection: str
    record: Any
    path: str
    text: str
    confidence: str | None
    ours: bool = False


def statements(catalogue: Catalogue, collections: Iterable[str]) -> Iterator[Statement]:
    """Yield every text of the records of some collections in the catalogue's language, in the order of the file.

    In a second language those texts alone that have been translated.
    """
    for collection in collections:
        for record in getattr(catalogue.document, collection):
            yield from _statements(catalogue, collection, record)


def _statements(catalogue: Catalogue, collection: str, record: Any) -> Iterator[Statement]:
    whole = getattr(record, "confidence", None)
    second = catalogue.texts is not None
    if second and (type(record) not in TRANSLATED or not _translated(catalogue, collection, record)):
        return
    for path, named, text, part in _texts(record, record, (), (), second):
        if isinstance(text, UntranslatedText):
            continue
        yield Statement(
            catalogue.named(catalogue.place(record, *(named if second else path))),
            collection,
            record,
            ".".join(map(str, named)),
            text,
            getattr(part, "confidence", None) or whole,
            # Ours alone: what names a source beside it is our reading of that source, and as sure as its reading.
            bool(getattr(part, "ours", False)) and not getattr(part, "sources", ()),
        )


def _translated(catalogue: Catalogue, collection: str, record: Any) -> bool:
    texts = catalogue.texts.data if catalogue.texts is not None else {}
    return record.id in (texts.get(collection) or {})


_Path = tuple[str | int, ...]


def _texts(value: Any, part: Any, path: _Path, named: _Path, second: bool) -> Iterator[tuple[_Path, _Path, str, Any]]:
    """Yield each text with its path by place in lists and by id, and the part it belongs to.

    In a `second` language only what is translated: the rest is the English.
    """
    if isinstance(value, str):
        yield path, named, value, part
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, part, (*path, index), (*named, getattr(item, "id", index)), second)
    elif isinstance(value, kinds.Part):
        for name in TRANSLATED.get(type(value), ()) if second else type(value).model_fields:
            if name not in _NOT_SENTENCES:
                yield from _texts(getattr(value, name), value, (*path, name), (*named, name), second)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, without the white space around them."""
    for found in _SENTENCE.findall(text):
        if found.strip():
            yield found.strip()


def doubt(text: str, language: str, *, in_part: bool = False) -> str | None:
    """Give the words by which a text shows that it is not sure; None where it has none.

    With `in_part`, also those that tell how much of a text was read.
    """
    patterns = (DOUBTS, _READ_IN_PART) if in_part else (DOUBTS,)
    found = next(filter(None, (pattern[language].search(text) for pattern in patterns)), None)
    return found.group().strip() if found else None


def about(text: str) -> frozenset[int]:
    """Give the numbers of the principles that a text names; "principles 8 to 11" names those between as well."""
    numbers: set[int] = set()
    for found in _NUMBERS.findall(text):
        numbers.update(int(number) for number in re.findall(r"[0-9]+", found))
        for start, end in _SPAN.findall(found):
            numbers.update(range(int(start), min(int(end), kinds.PRINCIPLE_COUNT) + 1))
    return frozenset(numbers)
