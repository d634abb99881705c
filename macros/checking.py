"""What no single record can know: references, ids, sources, official numbers, published addresses.

Every rule is a small generator over the raw tree, so that a record with a fault of its own is still held against the
others and one run reports everything. A new rule is one function in `RULES`, its docstring the rule.
"""

from __future__ import annotations

import difflib
import functools
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from macros import model, values
from macros.addresses import addresses
from macros.languages import LANGUAGES
from macros.reading import MAX_FAULTS, Budget, Fault, Position, Tree
from macros.telephone import same, strange

__all__ = ["MAX_VALUES", "Checked", "check", "countable", "did_you_mean", "other_number", "reason", "strange_numbers"]

Place = tuple[str | int, ...]
Found = tuple[Place, str]
"""Where a rule found something, and what to say about it."""

SINGULAR = {
    "categories": "category",
    "countries": "country",
    "ways_of_reading": "way of reading",
    "statuses": "status",
    "practice_statuses": "practice status",
    "series": "series",
    "changes": "change",
}

MAX_VALUES = 5_000
"""No entry holds as many values; the longest real one has some three hundred."""

LONGEST_WORD = 100
"""Letters of a word that is compared with others; ids have eighty at most."""

FORMS = {"page": "about/the-text", "number": "+441234567890", "email": "name@example.org"}
"""What to write in fields that have a form of their own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: the document when nothing is wrong, else every fault, sorted by line."""

    document: model.Document | None
    faults: tuple[Fault, ...]


def check(tree: Tree, today: date, published: Iterable[str] = ()) -> Checked:
    """Hold a tree against the model and the rules.

    `today` is the day that dates may not lie after; `published` are the addresses (from the site's root, as in
    `data/published.txt`) that must go on to exist. Raises nothing, whatever the tree holds, and stops looking once it
    has found more than `MAX_FAULTS`.
    """
    faults = set(tree.faults)
    if tree.data is None and faults:
        return Checked(None, tuple(sorted(faults)))
    if not isinstance(tree.data, dict):
        message = f"{_what(tree.data)} stands where the collections belong, such as `principles:` and `sources:`"
        return Checked(None, (Fault(tree.position(()), message),))
    case = _Case(tree, today, tuple(published), _walk_document(tree.data))
    records = _validate(case, faults)
    for rule in RULES:
        for path, message in rule(case):
            if len(faults) > MAX_FAULTS:
                break
            faults.add(Fault(_position(tree, path, message), message))
    if faults:
        return Checked(None, tuple(sorted(faults)))
    return Checked(model.settled(model.Document.model_construct(**records)), ())


def _position(tree: Tree, path: Place, message: str) -> Position:
    return tree.position(path, key=message.startswith("unknown field"))


# --- the record on its own: what the model says -------------------------------------------------------------------


def _validate(case: _Case, faults: set[Fault]) -> dict[str, Any]:
    """Validate each record by itself; add what is wrong to `faults`, give what is right."""
    tree, data = case.tree, case.tree.data
    result: dict[str, Any] = {}
    refused = {fault.position for fault in tree.faults}
    for name in data:
        if len(faults) > MAX_FAULTS:
            return result
        if name not in model.COLLECTIONS:
            hint = (
                did_you_mean(name, model.COLLECTIONS, tree.guesses) or f"known ones are: {', '.join(model.COLLECTIONS)}"
            )
            faults.add(Fault(tree.position((name,), key=True), f"unknown collection {_shown(name)}; {hint}"))
    for name in model.COLLECTIONS:
        info = model.Document.model_fields[name]
        if name not in data:
            if info.is_required():
                faults.add(Fault(tree.position(()), f"the collection '{name}' is missing; add `{name}:` with records"))
            result[name] = ()
            continue
        items = data[name]
        if not isinstance(items, list):
            message = f"'{name}' must be a list of records, each starting with `- `; here stands {_what(items)}"
            faults.add(Fault(tree.position((name,)), message))
            continue
        good = []
        for index, item in enumerate(items):
            if len(faults) > MAX_FAULTS:
                return result
            if not countable(item):
                message = (
                    f"this entry holds more than {MAX_VALUES:,} values; no entry is so long: split it or shorten it"
                )
                faults.add(Fault(tree.position((name, index)), message))
                continue
            try:
                good.append(model.COLLECTIONS[name].model_validate(item))
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    fault = _explain(tree, (name, index), detail)
                    if not _echoes(detail, fault, refused):
                        faults.add(fault)
        result[name] = tuple(good)
    return result


def countable(item: Any) -> bool:
    """Whether an entry holds no more values than somebody could write; each of them may have faults of its own."""
    waiting, left = [item], MAX_VALUES
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            left -= len(value)
            if left < 0:
                return False
            waiting += value.values() if isinstance(value, dict) else value
    return True


def _echoes(detail: ErrorDetails, fault: Fault, refused: set[Position]) -> bool:
    """Whether a fault is only the echo of another, which would puzzle whoever mends that one."""
    given = detail["input"]
    if detail["type"] == "too_short" and isinstance(given, list):  # pydantic counts right items, a person all
        return len(given) >= int(detail["ctx"]["min_length"])
    return given is None and fault.position in refused  # the reader put nothing in the place of what it refused


def _explain(tree: Tree, record: Place, detail: ErrorDetails) -> Fault:
    """Turn what pydantic says into a sentence for somebody who edits YAML."""
    path = (*record, *detail["loc"])
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    owner = SINGULAR.get(str(record[0]), str(record[0]).rstrip("s").replace("_", " "))
    if kind == "missing":
        message = f"'{name}' is missing in this {owner}; add it"
        return Fault(tree.position(path[:-1]), message)
    if kind == "extra_forbidden":
        known = _fields_at(record, detail["loc"][:-1])
        hint = did_you_mean(name, known, tree.guesses) or f"known ones are: {', '.join(known)}"
        return Fault(tree.position(path, key=True), f"unknown field {_shown(name)}; {hint}")
    if given is None and kind != "none_required":
        return Fault(tree.position(path), f"'{name}' is empty; write its value or delete the line")
    snippet = context.get("snippet") if isinstance(context.get("snippet"), str) else None
    position = tree.position(path, snippet=snippet)
    return Fault(position, f"'{name}': {reason(tree, path, kind, given, context, detail['msg'])}")


def reason(tree: Tree, path: Place, kind: str, given: Any, context: Mapping[str, Any], said: str) -> str:
    """Say for somebody who edits YAML what is wrong with a value; the arguments are those of pydantic's errors."""
    span = tree.spans.get(path)
    typed = span.raw if span and span.raw is not None else str(given)
    match kind:
        case "string_type" if isinstance(given, bool | int | float):
            return f'text belongs here and {typed} is not read as text; put it in quotes: "{typed}"'
        case "string_type":
            return f"text belongs here; here stands {_what(given)}"
        case "int_type" | "int_parsing" | "int_from_float":
            return f"a whole number without quotes belongs here, not {_shown(given, typed)}"
        case "bool_type" | "bool_parsing":
            return f"only true or false can stand here, not {_shown(given, typed)}"
        case "float_type" | "float_parsing":
            return f"a number without quotes belongs here, not {_shown(given, typed)}"
        case "tuple_type" | "list_type":
            return f"a list belongs here, such as [one, two]; here stands {_what(given)}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"fields belong here (`name: value`, indented); here stands {_what(given)}"
        case "literal_error":
            allowed = [str(word).strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
            hint = did_you_mean(str(given), allowed, tree.guesses) or f"allowed are: {', '.join(allowed)}"
            return f"unknown value {_shown(given, typed)}; {hint}"
        case "string_pattern_mismatch":
            example = FORMS.get(str(path[-1]))
            return f"{_shown(given)} has not the form that belongs here{f', such as {example}' if example else ''}"
        case "string_too_long":
            return f"{len(given)} characters; at most {context['max_length']} fit: shorten it or split it in two"
        case "too_short":
            return f"a list of at least {context['min_length']} belongs here; this one has {len(given)}"
        case "too_long":
            return f"a list of at most {context['max_length']} belongs here; this one has {len(given)}"
    return said


def _fields_at(record: Place, location: tuple[str | int, ...]) -> list[str]:
    """Name the fields that the part at a location can have."""
    part: type[model.Part] | None = model.COLLECTIONS[str(record[0])]
    for step in location:
        if isinstance(step, str) and part is not None:
            shape = _shapes(part).get(step)
            part = shape.part if shape else None
    return list(part.model_fields) if part else []


def _shown(value: Any, typed: str | None = None) -> str:
    """Quote a value in a message: text in quotes and cut, numbers as they were typed."""
    if isinstance(value, str):
        return f"'{value[:60]}{'…' if len(value) > 60 else ''}'"
    return _what(value) if isinstance(value, dict | list) else typed or str(value)


def _what(value: Any) -> str:
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
    return f"text ({_shown(value)})"


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


# --- walking the raw tree by the model's map ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """What stands at a field: a part, or a value with the marks of its annotation; alone or in a list."""

    part: type[model.Part] | None = None
    marks: tuple[Any, ...] = ()
    many: bool = False


@functools.cache
def _shapes(part: type[model.Part]) -> dict[str, _Shape]:
    return {name: _shape(info.annotation, _metadata(info)) for name, info in part.model_fields.items()}


@functools.cache
def _named_parts(part: type[model.Part]) -> tuple[str, ...]:
    """Give the fields of a part that hold parts with an id."""
    return tuple(name for name, shape in _shapes(part).items() if shape.part and "id" in shape.part.model_fields)


def _metadata(info: FieldInfo) -> tuple[Any, ...]:
    return tuple(mark for mark in info.metadata if isinstance(mark, values.Ref | values.Past))


def _shape(annotation: Any, marks: tuple[Any, ...] = (), *, many: bool = False) -> _Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, (*marks, *(m for m in more if isinstance(m, values.Ref | values.Past))), many=many)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _shape(options[0], marks, many=many)
    if origin is tuple:
        return _shape(get_args(annotation)[0], marks, many=True)
    if isinstance(annotation, type) and issubclass(annotation, model.Part):
        return _Shape(annotation, marks, many)
    return _Shape(None, marks, many)


class _Node(NamedTuple):
    """A part of the tree, or a single value in it, with what the model says of it."""

    path: Place
    value: Any
    part: type[model.Part] | None
    marks: tuple[Any, ...] = ()


def _walk_document(data: Mapping[str, Any]) -> list[_Node]:
    found: list[_Node] = []
    for name, part in model.COLLECTIONS.items():
        items = data.get(name)
        if isinstance(items, list):
            for index, item in enumerate(items):
                _walk(item, part, (name, index), found)
    return found


def _walk(value: Any, part: type[model.Part], path: Place, found: list[_Node]) -> None:
    if not isinstance(value, dict):
        return
    found.append(_Node(path, value, part))
    for name, shape in _shapes(part).items():
        if (shape.part is None and not shape.marks) or name not in value:
            continue
        inner = value[name]
        if not shape.many:
            pairs: Iterable[tuple[Place, Any]] = (((*path, name), inner),)
        elif isinstance(inner, list):
            pairs = (((*path, name, index), item) for index, item in enumerate(inner))
        else:
            continue
        for where, item in pairs:
            if shape.part is not None:
                _walk(item, shape.part, where, found)
            else:
                found.append(_Node(where, item, None, shape.marks))


# --- the rules ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    tree: Tree
    today: date
    published: tuple[str, ...]
    nodes: list[_Node]
    known: dict[tuple[str, str], dict[Any, Place]] = field(default_factory=dict)
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def names(self, collection: str, name: str) -> list[str]:
        """Give those values of a field in a collection that are text."""
        found = self.words.get((collection, name))
        if found is None:
            found = [value for value in self.values(collection, name) if isinstance(value, str)]
            self.words[(collection, name)] = found
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
        items = self.tree.data.get(collection)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield (collection, index), item


def _references(case: _Case) -> Iterator[Found]:
    """Let a reference name only a record that exists."""
    for node in case.nodes:
        for mark in node.marks:
            if not isinstance(mark, values.Ref) or not isinstance(node.value, str | int):
                continue
            known = case.values(mark.collection, mark.by)
            if node.value in known or not isinstance(case.tree.data.get(mark.collection), list):
                continue  # without the collection, its absence is the one fault
            if isinstance(node.value, str) and mark.by == "number":
                continue  # reported as a wrong type
            one = SINGULAR.get(mark.collection, mark.collection.rstrip("s").replace("_", " "))
            names = case.names(mark.collection, mark.by)
            hint = did_you_mean(node.value, names, case.tree.guesses) if isinstance(node.value, str) else None
            if hint is None and 0 < len(known) <= 12:
                hint = f"known ones are: {', '.join(str(value)[:60] for value in known)}"
            hint = hint or f"add it under `{mark.collection}:` first"
            yield node.path, f"unknown {one} {_shown(str(node.value))}; {hint}"


def _sources_named(case: _Case) -> Iterator[Found]:
    """Whatever states a fact names its sources or says that it is ours."""
    for node in case.nodes:
        if node.part is None or not issubclass(node.part, model.Sourced):
            continue
        if not node.value.get("sources") and not node.value.get("ours"):
            yield node.path, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"


def _dates_past(case: _Case) -> Iterator[Found]:
    """Keep the date of what happened out of the future."""
    for node in case.nodes:
        if node.marks and any(isinstance(mark, values.Past) for mark in node.marks):
            day = _first_day(node.value)
            if day and day > case.today:
                yield node.path, f"{node.value} lies in the future; a date here is one that has passed"


def _dates_in_order(case: _Case) -> Iterator[Found]:
    """Refuse a period that ends before it starts."""
    for node in case.nodes:
        if node.part is not None and "date" in node.value and "until" in node.value:
            start, end = _first_day(node.value.get("date")), _first_day(node.value.get("until"))
            if start and end and end < start and not str(node.value["date"]).startswith(str(node.value["until"])):
                message = f"{node.value['until']} comes before the start, {node.value['date']}; correct one of them"
                yield (*node.path, "until"), message


def _first_day(value: Any) -> date | None:
    return _first_day_of(str(value)) if isinstance(value, str | int | date) else None


@functools.cache
def _first_day_of(text: str) -> date | None:
    try:
        return values.PartialDate(text).first_day
    except ValueError:
        return None


def _ids_once(case: _Case) -> Iterator[Found]:
    """Let an id stand for one record: no other of its collection has it or once had it."""
    for name in model.COLLECTIONS:
        yield from _once(case, case.records(name))


def _parts_once(case: _Case) -> Iterator[Found]:
    """Inside a record too, an id (a phrase's, a question's) stands once: it is an address on the page."""
    for node in case.nodes:
        if node.part is None:
            continue
        for name in _named_parts(node.part):
            items = node.value.get(name)
            if isinstance(items, list):
                parts = (((*node.path, name, i), item) for i, item in enumerate(items) if isinstance(item, dict))
                yield from _once(case, parts)


def _once(case: _Case, records: Iterable[tuple[Place, dict[str, Any]]]) -> Iterator[Found]:
    first: dict[str, Place] = {}
    for path, item in records:
        former = item.get("former_ids")
        ids = [((*path, "id"), item.get("id"))]
        ids += [((*path, "former_ids", i), old) for i, old in enumerate(former if isinstance(former, list) else ())]
        for where, value in ids:
            if not isinstance(value, str):
                continue
            if value in first:
                line = case.tree.position(first[value]).line
                yield where, f"the id {_shown(value)} is taken at line {line}; ids are never shared or used again"
            first.setdefault(value, where)


def _one_right_answer(case: _Case) -> Iterator[Found]:
    """Have a self-check say which of its answers is right; kits and pages name it."""
    for node in case.nodes:
        if node.part is not model.SelfCheck or not isinstance(node.value.get("answers"), list):
            continue
        answers = [answer for answer in node.value["answers"] if isinstance(answer, dict)]
        right = sum(answer.get("right") is True for answer in answers)
        if answers and right != 1:
            count = "none" if not right else str(right)
            yield (*node.path, "answers"), f"{count} of these answers is right; write `right: true` at exactly one"


def _official_numbers(case: _Case) -> Iterator[Found]:
    """Principles carry the numbers 1 to 11 and categories 1 to 7, each once and none left out."""
    for collection, count in (("principles", model.PRINCIPLE_COUNT), ("categories", model.CATEGORY_COUNT)):
        one = SINGULAR.get(collection, collection.rstrip("s"))
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


def _categories_used(case: _Case) -> Iterator[Found]:
    """Let every category hold at least one principle."""
    used = set(case.values("principles", "category"))
    for path, item in case.records("categories"):
        identifier = item.get("id")
        if isinstance(identifier, str) and identifier not in used:
            yield (*path, "id"), f"no principle names the category {_shown(identifier)}; a category holds at least one"


def _confidences_explained(case: _Case) -> Iterator[Found]:
    """Have the vocabulary of confidence explain exactly the words that the model knows."""
    known = case.values("confidences", "id")
    for word, path in known.items():
        if word not in model.CONFIDENCE:
            yield path, f"unknown confidence {_shown(word)}; the words are fixed: {', '.join(model.CONFIDENCE)}"
    for word in model.CONFIDENCE:
        if word not in known and "confidences" in case.tree.data:
            yield ("confidences",), f"the confidence '{word}' is not explained; add it"


def _nothing_vanishes(case: _Case) -> Iterator[Found]:
    """Keep every address that was once published."""
    if not case.published:
        return
    here = set(addresses(case.tree.data))
    principles = {str(item["number"]): path for path, item in case.records("principles") if "number" in item}
    for address in case.published:
        language = address.removeprefix("/").split("/")[0]
        if address in here or language in LANGUAGES:  # another language has what English has
            continue
        collection = address.strip("/").split("/")[0]
        where: Place = (collection,) if collection in case.tree.data else ()
        page = address.split("#")[0]
        if page != address and page in here and collection == "principles":
            where = principles.get(page.strip("/").split("/")[-1], where)
        yield (
            where,
            f"the published address {address[:200]} would vanish; keep the record, "
            "or add its id to `former_ids` of the record that takes its place",
        )


def _confirmed_by_reading(case: _Case) -> Iterator[Found]:
    """Let a statement be confirmed only where somebody read one of its sources."""
    unread = {_hashable(item.get("id")) for _, item in case.records("sources") if item.get("read") == model.INDIRECT}
    sure = dict(_principle_confidences(case))
    for node in case.nodes:
        if node.part is None:
            continue
        own = node.value.get("confidence")
        if node.part is model.Source:
            if own == "confirmed" and node.value.get("read") == model.INDIRECT:
                message = (
                    f"confirmed, but `read: {model.INDIRECT}` says that nobody read it; write `confidence: reported`"
                )
                yield (*node.path, "confidence"), message
            continue
        sources = node.value.get("sources")
        if not isinstance(sources, list) or not sources or not all(isinstance(one, str) for one in sources):
            continue
        record = case.tree.data[node.path[0]][node.path[1]]
        whole = record.get("confidence") or sure.get(_hashable(record.get("principle")))
        if (own or whole) == "confirmed" and unread.issuperset(sources):
            place = (*node.path, "confidence") if own else node.path
            yield (
                place,
                f"confirmed, but nobody read {_shown(sources[0])} (`read: {model.INDIRECT}`), and no other source "
                "stands here; write `confidence: reported` here, or name a source that was read",
            )


def _no_surer_than_its_principle(case: _Case) -> Iterator[Found]:
    """Keep what is said about an unread principle as unsure as the principle."""
    sure = dict(_principle_confidences(case))
    for name in ("readings", "exercises"):
        for path, item in case.records(name):
            number, own = _hashable(item.get("principle")), item.get("confidence")
            if sure.get(number) == "unchecked" and own in ("confirmed", "reported"):
                yield (
                    (*path, "confidence"),
                    f"{own}, but principle {number} is unchecked, and this is about its text; delete this line, "
                    "and it is as sure as the principle",
                )


def _principle_confidences(case: _Case) -> Iterator[tuple[int, Any]]:
    for _, item in case.records("principles"):
        if type(item.get("number")) is int:
            yield item["number"], item.get("confidence")


def _hashable(value: Any) -> Any:
    return value if isinstance(value, str | int) else None


# --- the rules of help: a wrong number is worse than none -----------------------------------------------------------

NUMBERS_NEEDED: Mapping[str, str] = {
    "emergency": "danger now",
    "threat": "a threat",
    "child-help": "somebody under 18",
    "crisis": "a crisis at any age",
    "worried-about-child": "an adult who is worried about a child",
}
"""Needs for which every country with help has a number to call or to write to, and what they are in plain words."""

NUMBERS_WORLDWIDE = ("emergency",)
"""The same for people anywhere: no other number works in many countries."""

_NUMBERED = ("phone", "text")


def _numbers_as_dialled(case: _Case) -> Iterator[Found]:
    """Print the number that is dialled."""
    for path, service in case.records("services"):
        for name in _NUMBERED:
            part = service.get(name)
            label, number = (part.get("label"), part.get("number")) if isinstance(part, dict) else (None, None)
            if isinstance(label, str) and isinstance(number, str):
                message = other_number(label, number, _country(service))
                if message:
                    yield (*path, name, "label"), message


def other_number(label: str, number: str, country: str) -> str | None:
    """Give what to say where a label prints another number than is dialled; None where it prints the same."""
    if same(label, number, country):
        return None
    return (
        f"{_shown(label)} is printed and {_shown(number)} is dialled; the digits must be the same "
        "(letters count as on the keys of a telephone; other words belong into another field)"
    )


def _numbers_for_each_need(case: _Case) -> Iterator[Found]:
    """Give each country with help a number for every need that cannot wait."""
    first: dict[str, Place] = {}
    answered: dict[str, set[Any]] = {}
    for path, service in case.records("services"):
        country = _country(service)
        first.setdefault(country, path)
        needs = service.get("needs")
        if isinstance(needs, list) and any(_printable(service, name) for name in _NUMBERED):
            answered.setdefault(country, set()).update(need for need in needs if isinstance(need, str))
    for country, path in first.items():
        wanted = NUMBERS_WORLDWIDE if country == model.WORLDWIDE else NUMBERS_NEEDED
        for need in wanted:
            if country and need not in answered.get(country, ()):
                yield (
                    path,
                    f"help in {_shown(country)} has no number that may be printed for '{need}' "
                    f"({NUMBERS_NEEDED[need]}); add a service with one, or add the need to one that is there for it",
                )


def _printable(service: Mapping[str, Any], name: str) -> bool:
    """Whether a field of a service stands on pages; `model.Service.printable` says so of records without faults."""
    marks = service.get("marks")
    mark = (marks.get(name) if isinstance(marks, dict) else None) or service.get("mark")
    return isinstance(service.get(name), dict) and mark != "C"


def _numbers_in_aliases(case: _Case) -> Iterator[Found]:
    """Let people find a service by its own numbers and by no other."""
    for path, service in case.records("services"):
        aliases = service.get("aliases")
        if isinstance(aliases, list):
            parts = [service[name] for name in _NUMBERED if isinstance(service.get(name), dict)]
            numbers = [part["number"] for part in parts if isinstance(part.get("number"), str)]
            for index, message in strange_numbers(aliases, numbers, _country(service)):
                yield (*path, "aliases", index), message


def strange_numbers(aliases: Iterable[Any], numbers: Iterable[str], country: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each alias that holds a number which is none of the service's, and what to say about it."""
    own = tuple(numbers)
    for index, alias in enumerate(aliases):
        for found in strange(alias, own, country) if isinstance(alias, str) else ():
            known = f"it has {', '.join(own)}" if own else "it has none"
            yield index, f"{_shown(found)} is not a number of this service ({known}); correct or delete it"


def _country(service: Mapping[str, Any]) -> str:
    country = service.get("country")
    return country if isinstance(country, str) else ""


RULES: tuple[Callable[[_Case], Iterator[Found]], ...] = (
    _references,
    _sources_named,
    _dates_past,
    _dates_in_order,
    _ids_once,
    _parts_once,
    _one_right_answer,
    _official_numbers,
    _categories_used,
    _confidences_explained,
    _confirmed_by_reading,
    _no_surer_than_its_principle,
    _numbers_as_dialled,
    _numbers_for_each_need,
    _numbers_in_aliases,
    _nothing_vanishes,
)
