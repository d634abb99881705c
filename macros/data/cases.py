"""What a rule of the check looks at, and how it says what it found.

A rule is a small generator over the raw tree, so that a record with a fault of its own is still held against the
others. Rules about one kind of record stand beside its class in `macros/data/kinds/`, the others in `validation`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from macros.data.field_types import well_formed
from macros.data.parts import Part
from macros.data.yaml_reader import Budget, Tree

Place = tuple[str | int, ...]
Found = tuple[Place, str]
"""Where a rule found something, and what to say about it."""

SAMPLE = "Replace this:"
"""What every text of a sample begins with, so that nothing half filled in is ever published: see `new_entry`."""

LONGEST_WORD = 100
"""Letters of a word that is compared with others; ids have eighty at most."""

_NEXT_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z\"“])")


class Node(NamedTuple):
    """A part of the tree, or a single value in it, with what the classes say of it."""

    path: Place
    value: Any
    part: type[Part] | None
    marks: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A data file under the check: its tree, today, the published addresses, and every part of every record."""

    tree: Tree
    today: date
    published: tuple[str, ...]
    nodes: list[Node]
    known: dict[tuple[str, str], dict[Any, Place]] = field(default_factory=dict)
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    before: Tree | None = None
    """The data as it was before a change, where that is known."""
    moved: dict[str, dict[str, str]] = field(default_factory=dict)

    def names(self, collection: str, name: str) -> list[str]:
        """Give those values of a field in a collection that are text; of ids, those that are well-formed."""
        found = self.words.get((collection, name))
        if found is None:
            every = (value for value in self.values(collection, name) if isinstance(value, str))
            found = [value for value in every if name != "id" or well_formed(value)]  # no fault is ever proposed
            self.words[(collection, name)] = found
        return found

    def now(self, collection: str) -> dict[str, str]:
        """Give the id of each record of a collection by what else people call it: a former id, a source's address."""
        found = self.moved.get(collection)
        if found is None:
            found = self.moved[collection] = {}
            for _, item in self.records(collection):
                former = item.get("former_ids")
                others = [*(former if isinstance(former, list) else ()), item.get("url"), item.get("archived")]
                found.update((old, str(item.get("id"))) for old in others if isinstance(old, str))
        return found

    def values(self, collection: str, name: str) -> dict[Any, Place]:
        """Give every value of a field in a collection, with the place of its first record."""
        found = self.known.get((collection, name))
        if found is None:
            found = {}
            items = self.tree.data.get(collection)
            for index, item in enumerate(items if isinstance(items, list) else ()):
                value = item.get(name) if isinstance(item, dict) else None
                if isinstance(value, str | int):
                    found.setdefault(value, (collection, index, name))
            self.known[(collection, name)] = found
        return found

    def records(self, collection: str) -> Iterator[tuple[Place, dict[str, Any]]]:
        """Yield the place and the fields of every record of a collection; what is none is passed over."""
        items = self.tree.data.get(collection)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield (collection, index), item


Rule = Callable[[Case], Iterator[Found]]
"""A rule of the check; its docstring says what it asks for. Raises nothing, whatever the tree holds."""


def shown(value: Any, typed: str | None = None) -> str:
    """Quote a value in a message: text in quotes and cut, numbers as they were typed."""
    if isinstance(value, str):
        return f"'{value[:60]}{'…' if len(value) > 60 else ''}'"
    return what(value) if isinstance(value, dict | list) else typed or str(value)


def is_sample(value: Any) -> bool:
    """Whether a value still holds the words of a sample."""
    return isinstance(value, str) and SAMPLE in value


def what(value: Any) -> str:
    """Name in a message what stands somewhere, such as "a list"."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a group of fields"
        case list():
            return "a list"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
    return f"text ({shown(value)})"


def hashable(value: Any) -> Any:
    """Give a value that can stand in a set; None for any other."""
    return value if isinstance(value, str | int) else None


def did_you_mean(value: str, known: Collection[str], budget: Budget) -> str | None:
    """Give "did you mean …?" where one of the known words is like a value; None where none is.

    None too where the budget of the file has no comparisons left: two words are compared letter by letter, and a file
    could hold thousands of each.
    """
    if len(value) > LONGEST_WORD or not budget.spend(len(known) * (1 + len(value) // 8)):
        return None
    words = [word for word in known if len(word) <= LONGEST_WORD]
    close = difflib.get_close_matches(value, words, n=1, cutoff=0.6)
    return f"did you mean '{close[0][:60]}'?" if close else None


def parts(value: Any) -> list[dict[str, Any]]:
    """Give what of a list is written as parts, whatever else stands in it; nothing where there is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def parts_at(place: Place, value: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the same with the place of each, where the list stands at `place`."""
    for index, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, dict):
            yield (*place, index), one


def phrases(principle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the phrases of a principle by their ids, in the order of its text."""
    return {one["id"]: one for one in parts(principle.get("phrases")) if isinstance(one.get("id"), str)}


def phrases_by_number(case: Case) -> dict[int, dict[str, dict[str, Any]]]:
    """Give the phrases of every principle by its number."""
    found = {}
    for _, principle in case.records("principles"):
        number = principle.get("number")
        if isinstance(number, int):
            found[number] = phrases(principle)
    return found


def no_such_phrase(case: Case, phrase: str, known: Collection[str]) -> str:
    """Say that a principle has no phrase of this id, and which it has."""
    hint = did_you_mean(phrase, known, case.tree.guesses) or f"its phrases are: {', '.join(known)[:300]}"
    return f"this principle has no phrase {shown(phrase)}; {hint}"


def numbered(case: Case, collection: str, one: str, count: int) -> Iterator[Found]:
    """Yield what is wrong where records shall carry the official numbers from 1 to a count, each once."""
    seen: dict[int, Place] = {}
    for path, item in case.records(collection):
        number = item.get("number")
        if type(number) is not int:
            continue
        where = (*path, "number")
        if not 1 <= number <= count:
            yield where, f"there is no {one} {number}; the official numbers are 1 to {count}"
        elif number in seen:
            yield where, f"{one} {number} stands twice; each official number belongs to one {one}"
        seen.setdefault(number, where)
    missing = [str(number) for number in range(1, count + 1) if number not in seen]
    if missing and collection in case.tree.data:
        which = f"{one} {missing[0]} is" if len(missing) == 1 else f"{collection} {', '.join(missing)} are"
        yield (collection,), f"{which} missing; the official text has {count} in all"


def principle_confidences(case: Case) -> Iterator[tuple[int, Any]]:
    """Yield the number and the confidence of each principle."""
    for _, item in case.records("principles"):
        if type(item.get("number")) is int:
            yield item["number"], item.get("confidence")


def surer_than_its_principle(case: Case, collection: str) -> Iterator[Found]:
    """Yield each record of a collection that is surer than its principle, which nobody has read."""
    sure = dict(principle_confidences(case))
    for path, item in case.records(collection):
        number, own = hashable(item.get("principle")), item.get("confidence")
        if sure.get(number) == "unchecked" and own in ("confirmed", "reported"):
            yield (
                (*path, "confidence"),
                f"{own}, but principle {number} is unchecked, and this is about its text; delete this line, "
                "and it is as sure as the principle",
            )


def too_many_words(where: Place, most: int, what: str, *texts: Any) -> Iterator[Found]:
    """Yield what is wrong where texts have more words together than a page has room for; what is no text has none."""
    count = sum(len(text.split()) for text in texts if isinstance(text, str))
    if count > most:
        yield where, f"{count} words in {what}; at most {most} fit: shorten it"


def first_sentence(text: Any) -> Any:
    """Give a text up to the end of its first sentence; what is no text stays as it is."""
    return _NEXT_SENTENCE.split(text, maxsplit=1)[0] if isinstance(text, str) else text
