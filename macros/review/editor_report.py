"""What somebody may want to look at: nothing here is a fault, and nothing here stops a build.

Generated pages link a term where it stands (`PageContext.pieces`), so only pages written by hand can use one unlinked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import CITING, LINKED, READABILITY
from macros.data.data_folder import LARGEST
from macros.review.doubts import Statement, about, doubt, sentences, statements
from macros.review.readability import ease, texts
from macros.review.text_slips import slips_of_text

__all__ = ["report", "stale", "translation_report", "unread"]

AGEING = timedelta(days=180)
"""After half a year services, laws and pages have changed often enough to look again."""

_PROSE = tuple(dict.fromkeys((*CITING, "sources")))
"""Collections whose texts are looked through for doubts."""

# What is no running text: the head, template calls, code, the targets of links, and links to the glossary themselves.
_NOT_PROSE = re.compile(
    r"\A---\n.*?\n---\n|\{%.*?%\}|\{\{.*?\}\}|```.*?```|`[^`\n]*`|\[[^\]\n]*\]\([^)\n]*glossary[^)\n]*\)|\]\([^)\n]*\)|<[^>]*>",
    re.DOTALL,
)


def report(catalogue: Catalogue, hand_written: Mapping[str, str], today: date) -> Iterator[str]:
    """Yield one line per thing to look at.

    `hand_written` maps a page's file name to its text; on `today` it is asked what was not checked for half a year.
    """
    yield from large_files(catalogue)
    yield from unlinked_terms(catalogue, hand_written)
    yield from unused_sources(catalogue)
    yield from unlinked_records(catalogue)
    yield from doubting_statements(catalogue)
    yield from slips_of_text(catalogue)
    yield from ageing(catalogue, today - AGEING)
    yield from reading_ease(catalogue)


def translation_report(catalogue: Catalogue) -> Iterator[str]:
    """Yield each text that a second language lacks and each record whose English has changed, with its line."""
    for one in catalogue.translations.values():
        name = one.translation.tree.source.name
        for note in sorted((*one.translation.outdated, *one.translation.missing)):
            yield f"{name}:{note.position.line}: {note.message}"


def reading_ease(catalogue: Catalogue) -> Iterator[str]:
    """Yield how easy each kind of page is to read, the hardest first."""
    measured = [(found, kind) for kind, names in READABILITY.items() if (found := ease(texts(catalogue, names)))]
    for found, kind in sorted(measured, key=lambda item: item[0].flesch):
        yield (
            f"reading ease of {kind}: {found.flesch:.0f} (60 and more is plain), "
            f"about US school grade {max(found.grade, 0):.0f}, from {found.words:,} words"
        )


def large_files(catalogue: Catalogue) -> Iterator[str]:
    """Yield each file of the data folder that is nearly larger than what the host of the source code searches."""
    for source in catalogue.tree.sources if catalogue.tree.files else ():
        size = sum(len(line.encode()) + 1 for line in source.lines) - 1
        if size > 0.9 * LARGEST:
            yield (
                f"{source.name}:1: this file has {size // 1024} KiB; hosts of source code search files of up to "
                f"{LARGEST // 1024} KiB, so think of a way to split it"
            )


def unlinked_terms(catalogue: Catalogue, hand_written: Mapping[str, str]) -> Iterator[str]:
    """Yield each term that a page written by hand uses and never links to the glossary, at its first use."""
    for name, text in hand_written.items():
        prose = _NOT_PROSE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
        seen = set()
        for match in catalogue.term_pattern.finditer(prose):
            term = catalogue.term_forms.get(match.group().lower())
            if (
                term is None
                or term.common
                or term.id in seen
                or re.search(rf"glossary/(?:index\.md)?#{re.escape(term.id)}(?![\w-])", text)
            ):
                continue
            seen.add(term.id)
            line = prose.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: '{match.group()}' is not linked; its place is /glossary/#{term.id}"


def unused_sources(catalogue: Catalogue) -> Iterator[str]:
    """Yield each source that no record names."""
    for source in catalogue.document.sources:
        if not catalogue.uses_of(source):
            place = catalogue.named(catalogue.start("sources", source))
            yield f"{place}: the source '{source.id}' supports nothing; use it or delete it"


def unlinked_records(catalogue: Catalogue) -> Iterator[str]:
    """Yield each record that names neither a principle nor a stakeholder, so that no other page leads to it."""
    for collection in LINKED:
        for record in getattr(catalogue.document, collection):
            numbers = getattr(record, "links", ()) or getattr(record, "principles", ())
            if not numbers and not getattr(record, "stakeholders", ()):
                place = catalogue.named(catalogue.start(collection, record))
                yield f"{place}: nothing leads to '{record.id}'; name a principle or stakeholder"


def doubting_statements(catalogue: Catalogue) -> Iterator[str]:
    """Yield each statement that is confirmed and says in its own words that it is not sure, in every language."""
    for one in _languages(catalogue):
        for said in statements(one, CITING):
            words = doubt(said.text, one.language) if said.confidence == "confirmed" else None
            if words:
                yield (
                    f"{said.place}: '{said.record.id}' is confirmed here and says '{words}'; say in `confidence` how "
                    "sure it is, unless only what others say is in doubt"
                )


def ageing(catalogue: Catalogue, until: date) -> Iterator[str]:
    """Yield every record last checked before `until`, the oldest first."""
    records = [(name, record) for name in (*CITING, "sources") for record in getattr(catalogue.document, name)]
    found = sorted((item for item in records if item[1].checked < until), key=lambda item: item[1].checked)
    for name, record in found:
        place = catalogue.named(catalogue.start(name, record))
        yield f"{place}: {name}: {record.id} was last checked {record.checked}; look at its sources again"


def stale(catalogue: Catalogue, until: date) -> Iterator[str]:
    """Yield what to check again first, with its line in the data file.

    First every record last checked on or before `until`, the oldest first; then what is not yet checked; then what is
    only reported by others. A record counts as unchecked or reported where any statement in it is.
    """
    records = [(name, record) for name in (*CITING, "sources") for record in getattr(catalogue.document, name)]

    def named(name: str, record: Any) -> str:
        return f"{catalogue.named(catalogue.start(name, record))}: {name}: {record.id}"

    aged = sorted((item for item in records if item[1].checked <= until), key=lambda item: item[1].checked)
    for name, record in aged:
        yield f"{named(name, record)}, last checked {record.checked}"
    for word in ("unchecked", "reported"):
        found = [(name, record) for name, record in records if word in _confidences(record)]
        yield f"{len(found)} records hold something {word}"
        for name, record in found:
            yield f"{named(name, record)}, {word}"


def unread(catalogue: Catalogue, hand_written: Mapping[str, str], numbers: Collection[int]) -> Iterator[str]:
    """Yield all that is to be looked at on the day somebody reads the official text of some principles.

    For each principle the line of its `confidence`, which is the one to change; then, in every language, each statement
    that is unchecked, and each sentence that doubts: of the principle's record, of its readings, its exercise and what
    is done about it, and wherever else a text names it by its number. `hand_written` is as for `report`.
    """
    for number in sorted(set(numbers)):
        principle = catalogue.principle(number)
        where = catalogue.named(catalogue.place(principle, "confidence"))
        yield f"{where}: principle {number} is {principle.confidence}: once its text was read, change this line first"
        for one in _languages(catalogue):
            for said in statements(one, _PROSE):
                yield from _to_look_at(said, principle, one.language)
        for name, line, text in _remarks(catalogue, hand_written):
            words = doubt(text, "en", in_part=True)
            if words and number in about(text):
                yield f"{name}:{line}: '{words}' in: {text}"


def _to_look_at(said: Statement, principle: kinds.Principle, language: str) -> Iterator[str]:
    named = f"{said.place}: {said.collection}: {said.record.id}, {said.path}"
    bears = _bears_on(said.record, principle.number)
    doubting = [one for one in sentences(said.text) if doubt(one, language, in_part=True)]
    # What is ours alone has nothing to be held against, unless all of its record is about the text.
    if bears and said.confidence == "unchecked" and not (said.ours and isinstance(said.record, kinds.Record)):
        yield f"{named}, unchecked: {said.text}"
    elif doubting and (_is_about(said.record, principle) or principle.number in about(said.text)):
        words = doubt(said.text, language, in_part=True)
        yield f"{named}, '{words}' in: {' '.join(doubting)}"


def _is_about(record: Any, principle: kinds.Principle) -> bool:
    """Whether all that a record says is about a principle: its own record, its readings and its exercise."""
    if isinstance(record, kinds.Principle):
        return record.number == principle.number
    return isinstance(record, kinds.Reading | kinds.Exercise) and record.principle == principle.number


def _bears_on(record: Any, number: int) -> bool:
    """Whether a record names a principle in one of its fields."""
    if isinstance(record, kinds.Principle):
        return record.number == number
    links = [link.principle for link in getattr(record, "links", ())]
    return number in (*links, *getattr(record, "principles", ()), getattr(record, "principle", None))


def _languages(catalogue: Catalogue) -> Iterator[Catalogue]:
    yield catalogue
    for translated in catalogue.translations.values():
        yield translated.catalogue


def _remarks(catalogue: Catalogue, hand_written: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Yield what stands outside of records: remarks in the data file, and lines of pages written by hand."""
    for place, text in catalogue.remarks():
        yield place.file, place.line, text
    for name, page in hand_written.items():
        for line, text in enumerate(page.split("\n"), start=1):
            yield name, line, text.strip()


def _confidences(part: Any) -> set[str]:
    """Give every confidence that a record or anything in it states."""
    if isinstance(part, tuple):
        return set().union(*map(_confidences, part))
    if not isinstance(part, kinds.Part):
        return set()
    confidence = getattr(part, "confidence", None)
    own: set[str] = {confidence} if confidence else set()
    return own.union(*(_confidences(getattr(part, name)) for name in type(part).model_fields))
