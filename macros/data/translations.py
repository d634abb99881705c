"""A second language as an overlay: `data/principles.fr.yml` holds texts by collection and id, and may be partial.

An overlay mirrors the records of the data, field by field, with nothing but texts:

- a statement, which in English is a text with sources, is the text alone;
- a list of statements is a list of texts, as many as in English, in the same order;
- parts that have an id (phrases, questions) stand under that id, first help under its country.

Facts, dates, sources and links stay where they are, in English. A service can have a name, a number, a keyword
and an address of its own in another language (`OWN`); where an overlay gives none, the English one is right.

A text that an overlay does not have is shown in English and marked so. The English that each text was translated from
is kept in a file beside the overlay (`translation_lock`); where today's is another, the check says so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from macros.data import kinds
from macros.data.cases import did_you_mean
from macros.data.collections import SHOWN
from macros.data.kinds.service import other_number, strange_numbers
from macros.data.languages import LANGUAGES, UntranslatedText
from macros.data.validation import MAX_VALUES, countable, reason
from macros.data.yaml_reader import MAX_FAULTS, Fault, Position, Tree

__all__ = ["Older", "Translation", "translate", "whole"]

FINGERPRINT = "english"
"""What records held before there was the file beside the overlay: a sign of their English, which now says nothing."""


def _subclasses(part: type[kinds.Part]) -> Iterator[type[kinds.Part]]:
    for one in part.__subclasses__():
        yield one
        yield from _subclasses(one)


_PARTS: tuple[type[kinds.Part], ...] = tuple(_subclasses(kinds.Part))

TRANSLATED: Mapping[type[kinds.Part], tuple[str, ...]] = {part: part.translated for part in _PARTS if part.translated}
"""What is translated of a record or a part. Official phrases stay as they are, and so do names that `OWN` lacks."""

OWN: Mapping[type[kinds.Part], tuple[str, ...]] = {part: part.own for part in _PARTS if part.own}
"""What a record may have of its own in another language. It is right in English too: it is never missing or older."""

FREE = frozenset({"aliases", "forms", "phrases", "abbreviation"})
"""Lists (and one word) that another language fills in its own way; where it has none, the English would be wrong."""


@dataclass(frozen=True, slots=True)
class Older(Fault):
    """A text whose English is not, or not known to be, the one that it was translated from."""

    path: str
    """The way to it, by collection and id, with dots."""
    now: str
    was: str | None
    """None where nobody has said of any English that this text renders it."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The records in another language."""

    language: str
    document: kinds.Document
    tree: Tree
    missing: tuple[Fault, ...]
    """Texts that are shown in English, at the place of their record."""
    outdated: tuple[Older, ...]
    """Texts whose English has changed since."""
    texts: Mapping[str, str]
    """The English of each text that is translated, by the way to it."""
    leftover: tuple[Fault, ...] = ()
    """What stands in the overlay and says nothing any more."""

    @property
    def outdated_ids(self) -> frozenset[tuple[str, str]]:
        """The records that have a text whose English has changed since, by collection and id."""
        ways = (one.path.split(".") for one in self.outdated)
        return frozenset((collection, identifier) for collection, identifier, *_ in ways)

    @property
    def notes(self) -> list[Fault]:
        """What somebody should look at, by line: texts that are older than their English, or missing."""
        found: list[Fault] = [*self.leftover, *self.outdated, *self.missing]
        return sorted(found, key=lambda note: (note.position, note.message))


def translate(document: kinds.Document, tree: Tree, language: str) -> tuple[Translation | None, tuple[Fault, ...]]:
    """Lay an overlay over the English records.

    Gives the translation and no faults, or no translation and every fault of the overlay, sorted by line. Raises
    nothing, whatever the overlay holds.
    """
    work = _Work(tree, language)
    work.faults.extend(tree.faults)
    if not tree.faults and not isinstance(tree.data, dict):
        work.fault((), "collections belong here, such as `principles:` and `terms:`")
    if work.faults:
        return None, tuple(sorted(work.faults))
    try:
        update = _update(document, work)
    except _Enough:
        update = {}
    if work.faults:
        return None, tuple(sorted(set(work.faults)))
    translated = document.model_copy(update=update)
    missing, outdated = tuple(work.missing), tuple(work.outdated)
    return Translation(language, translated, tree, missing, outdated, work.texts, _leftover(work)), ()


def _leftover(work: _Work) -> tuple[Fault, ...]:
    """Give one note for all signs of English that an overlay still holds, at the first of them."""
    if not work.signs:
        return ()
    count = f"{len(work.signs)} lines" if len(work.signs) > 1 else "this line"
    return (
        Fault(
            min(work.signs),
            f"`{FINGERPRINT}:` says nothing any more; delete {count} of it here: `make translated` keeps what was "
            "translated, in a file of its own",
        ),
    )


def whole(part: Any) -> bool:
    """Say whether nothing of a record, or of a part of one, is still in English where it is in another language."""
    if isinstance(part, kinds.Part):
        return all(whole(getattr(part, name)) for name in TRANSLATED.get(type(part), ()))
    if isinstance(part, tuple):
        return all(map(whole, part))
    return not isinstance(part, UntranslatedText)


class _Enough(Exception):  # noqa: N818 (it says when to end, not what went wrong)
    """Ends the work on an overlay that has more faults than anybody will count."""


def _update(document: kinds.Document, work: _Work) -> dict[str, Any]:
    """Give the records in the other language, by collection; raises _Enough."""
    tree = work.tree
    known = [name for name, part in kinds.COLLECTIONS.items() if part in TRANSLATED]
    for name in tree.data:
        if name not in known:
            work.fault((name,), f"'{str(name)[:60]}' is not translated; what is: {', '.join(known)}", key=True)
    update = {}
    for name in known:
        given = tree.data.get(name) or {}
        records = getattr(document, name)
        if not isinstance(given, dict):
            work.fault((name,), "records belong here by their id (`id:` and below it the texts)")
            continue
        work.unknown(given, [record.id for record in records], (name,), "no record has the id")
        update[name] = tuple(work.record(record, given.get(record.id), (name, record.id)) for record in records)
    for service in update.get("services", ()):
        work.numbers(service)
    return update


def _shown(part: kinds.Part, language: str) -> bool:
    """Say whether pages in a language show a part: of first help only what is for their readers."""
    return not isinstance(part, kinds.FirstHelp) or part.country in LANGUAGES[language].helped


def _near(record: kinds.Part, language: str) -> bool:
    """Say whether a record is for readers of a language, if it is for those of one country."""
    if isinstance(record, kinds.Service):
        return record.country in LANGUAGES[language].helped
    if isinstance(record, kinds.Note) and record.page.startswith("help/"):
        return record.page.removeprefix("help/") in LANGUAGES[language].helped
    return True


def _key(part: Any) -> str | None:
    """Give the name under which a part of a list stands in an overlay, if it has one."""
    key = part.country if isinstance(part, kinds.FirstHelp) else getattr(part, "id", None)
    return None if key is None else str(key)


def _as_english(name: str, value: Any) -> Any:
    """Mark what a record has not of its own where it is read aloud: a name, or the word to send in a message."""
    if isinstance(value, kinds.TextMessage) and value.keyword:
        return value.model_copy(update={"keyword": UntranslatedText(value.keyword)})
    return UntranslatedText(value) if isinstance(value, str) and name != "url" else value


@functools.cache
def _adapter(part: type[kinds.Part], name: str) -> TypeAdapter[Any]:
    info = part.model_fields[name]
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(kind)


_Path = tuple[str | int, ...]


@dataclass(slots=True)
class _Work:
    """An overlay while it is laid over the records: where it is wrong, what it lacks."""

    tree: Tree
    language: str
    faults: list[Fault] = field(default_factory=list)
    missing: list[Fault] = field(default_factory=list)
    outdated: list[Older] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    signs: list[Position] = field(default_factory=list)
    counting: bool = True
    """Whether pages show the record in hand."""

    def numbers(self, service: kinds.Service) -> None:
        """Hold the numbers of a service to the rules that English keeps: printed as dialled, found by nothing else."""
        parts = {name: part for name in ("phone", "text") if (part := getattr(service, name))}
        for name, part in parts.items():
            message = other_number(part.label, part.number, service.country)
            if message:
                self.fault(("services", service.id, name, "label"), message)
        own = [part.number for part in parts.values()]
        for index, message in strange_numbers(service.aliases, own, service.country):
            self.fault(("services", service.id, "aliases", index), message)

    def fault(self, path: _Path, message: str, *, key: bool = False) -> None:
        self.faults.append(Fault(self.tree.position(path, key=key), message))
        if len(self.faults) > MAX_FAULTS:
            raise _Enough

    def unknown(self, given: Mapping[str, Any], known: list[str], path: _Path, what: str) -> None:
        there = frozenset(known)
        for name in given:
            if name not in there:
                hint = (
                    did_you_mean(str(name), known, self.tree.guesses)
                    or f"known ones are: {', '.join(one[:60] for one in known[:12])}"
                )
                self.fault((*path, name), f"{what} '{str(name)[:60]}'; {hint}", key=True)

    def record(self, record: Any, given: Any, path: _Path) -> Any:
        collection = str(path[0])
        self.counting = collection in SHOWN and SHOWN[collection](record) and _near(record, self.language)
        if isinstance(given, dict) and FINGERPRINT in given:
            given = {name: value for name, value in given.items() if name != FINGERPRINT}
            self.signs.append(self.tree.position((*path, FINGERPRINT), key=True))
        return self.part(record, given, path)

    def part(self, part: Any, given: Any, path: _Path) -> Any:
        names = TRANSLATED[type(part)]
        if len(names) == 1 and given is not None and not isinstance(given, dict):
            given = {names[0]: given}
        if given is not None and not isinstance(given, dict):
            self.fault(path, f"fields belong here: {', '.join(names)}")
            return part
        given = given or {}
        self.unknown(given, list(names), path, "unknown field")
        counting, self.counting = self.counting, self.counting and _shown(part, self.language)
        update = {name: self.value(part, name, given.get(name), (*path, name)) for name in names}
        self.counting = counting
        return part.model_copy(update=update)

    def value(self, part: kinds.Part, name: str, given: Any, path: _Path) -> Any:
        english = getattr(part, name)
        if name in OWN.get(type(part), ()):
            return _as_english(name, english) if given is None else self.checked(part, name, given, path)
        free = name in FREE and (not english or isinstance(english, str) or isinstance(english[0], str))
        if free and given is None:
            return () if isinstance(english, tuple) else None
        if free or isinstance(english, str):
            if given is not None and not free:
                self.hold(english, path)
            return self.text(part, name, given, path)
        if not english:
            if given:
                self.fault(path, f"the English record has no '{name}'; delete it here or add it there first")
            return english
        if isinstance(english, kinds.Part):
            return self.part(english, given, path)
        if isinstance(english[0], str):
            return self.lines(part, name, given, path)
        return self.parts(english, given, path)

    def hold(self, english: str, path: _Path) -> None:
        """Hold the English of a text against the one that it was translated from."""
        where = ".".join(map(str, path))
        self.texts[where] = english
        if self.tree.lock is None or (was := self.tree.lock.get(where)) == english:
            return
        command = f"`make translated RECORDS={'.'.join(map(str, path[:2]))}`"
        said = (
            f"{where} is not marked as translated; once it says what the English says, run {command}"
            if was is None
            else f"the English of {where} has changed since; bring this text up to date with it, then run {command}"
        )
        self.outdated.append(Older(self.tree.position(path), said, where, english, was))

    def text(self, part: kinds.Part, name: str, given: Any, path: _Path) -> Any:
        english = getattr(part, name)
        if given is None:
            self.lacks(path)
            return UntranslatedText(english)
        return self.checked(part, name, given, path)

    def lines(self, part: kinds.Part, name: str, given: Any, path: _Path) -> tuple[str, ...]:
        """Give a list of plain texts: all of it, or the English."""
        english: tuple[str, ...] = getattr(part, name)
        if given is None:
            self.lacks(path)
            return tuple(map(UntranslatedText, english))
        if not self.as_many(english, given, path):
            return english
        for at, text in enumerate(english):
            self.hold(text, (*path, at))
        checked: tuple[str, ...] = self.checked(part, name, given, path)
        return checked

    def lacks(self, path: _Path) -> None:
        if self.counting:
            where = ".".join(map(str, path))
            self.missing.append(Fault(self.tree.position(path), f"{where} is not translated"))

    def as_many(self, english: tuple[Any, ...], given: Any, path: _Path) -> bool:
        if isinstance(given, list) and len(given) == len(english):
            return True
        count = len(given) if isinstance(given, list) else "none"
        self.fault(path, f"a list of {len(english)} texts belongs here, one for each of the English; here: {count}")
        return False

    def checked(self, part: kinds.Part, name: str, given: Any, path: _Path) -> Any:
        """Give what an overlay has for a field, held against the model; the English where that finds a fault."""
        if not countable(given):
            self.fault(path, f"'{name}': more than {MAX_VALUES:,} values; no entry is so long")
            return getattr(part, name)
        try:
            return _adapter(type(part), name).validate_python(given)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.explain(detail, given, path)
            return getattr(part, name)

    def explain(self, detail: ErrorDetails, given: Any, path: _Path) -> None:
        """Note what pydantic says about a text, or about a part such as a number, at its line."""
        inside = given if isinstance(given, dict) else {}
        at = (*path, *(step for step in detail["loc"] if isinstance(step, int) or step in inside))
        field = str(detail["loc"][-1]) if detail["loc"] else str(path[-1])
        if detail["type"] == "missing":
            self.fault(path, f"'{field}' is missing in '{path[-1]}'; add it")
        elif detail["type"] == "extra_forbidden":
            self.fault(at, f"unknown field '{field[:60]}' in '{path[-1]}'", key=True)
        else:
            said = reason(self.tree, at, detail["type"], detail["input"], detail.get("ctx", {}), detail["msg"])
            name = next(str(step) for step in reversed(at) if isinstance(step, str))
            self.fault(at, f"'{name}': {said}")

    def parts(self, english: tuple[Any, ...], given: Any, path: _Path) -> tuple[Any, ...]:
        keys = [_key(part) for part in english]
        if keys[0] is not None:
            if given is not None and not isinstance(given, dict):
                by = "country" if isinstance(english[0], kinds.FirstHelp) else "id"
                self.fault(path, f"texts belong here by {by}: {', '.join(map(str, keys))}")
                return english
            given = given or {}
            self.unknown(given, list(map(str, keys)), path, "the English has no")
            return tuple(
                self.part(part, given.get(key), (*path, str(key))) for key, part in zip(keys, english, strict=True)
            )
        if given is None:
            return tuple(self.part(part, None, path) for part in english)
        if not self.as_many(english, given, path):
            return english
        return tuple(
            self.part(part, text, (*path, at)) for at, (part, text) in enumerate(zip(english, given, strict=True))
        )
