"""The check of the data: what its classes ask of each record, and the rules of `rules.py` for all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from macros.data import collections, kinds
from macros.data.cases import SAMPLE, Case, Place, did_you_mean, is_sample, shown, what
from macros.data.confidence import settled
from macros.data.promises import ready_entries
from macros.data.rules import RULES
from macros.data.shapes import nodes_of, shapes
from macros.data.yaml_reader import MAX_FAULTS
from macros.data.yaml_tree import Fault, Position, Tree, in_order

__all__ = ["LEFT_OVER", "MAX_VALUES", "Checked", "check", "countable", "reason"]

MAX_VALUES = 5_000
"""No entry holds as many values; the longest real one has some three hundred."""

LEFT_OVER = "replace this sample text"
"""How the check begins what it says of a text that a sample was written with; a new entry has no other faults."""

FORMS = {"page": "about/the-text", "number": "+441234567890", "email": "name@example.org"}
"""What to write in fields that have a form of their own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: the document when nothing is wrong, else every fault, sorted by file and line."""

    document: kinds.Document | None
    faults: tuple[Fault, ...]
    ready: tuple[str, ...] = ()
    """Lines that somebody may paste, to mend what is said of vanished addresses."""


def check(tree: Tree, today: date, published: Iterable[str] = (), before: Tree | None = None) -> Checked:
    """Hold a tree against the model and the rules.

    `today` is the day that dates may not lie after; `published` are the addresses (from the site's root, as in
    `data/published.txt`) that must go on to exist, and so must those of `before`, the data as it was.
    Raises nothing, whatever the tree holds, and stops looking once it
    has found more than `MAX_FAULTS`. Where a list cannot be read, nothing is held against it: each record is looked at
    by itself, and the rules wait.
    """
    faults = set(tree.faults)
    if tree.data is None and faults:
        return Checked(None, tuple(in_order(faults)))
    if not isinstance(tree.data, dict):
        message = f"{what(tree.data)} stands where the collections belong, such as `principles:` and `sources:`"
        return Checked(None, (Fault(tree.position(()), message),))
    lost = _lost_header(tree)
    if lost:
        return Checked(None, tuple(in_order({*tree.faults, lost})))
    case = Case(tree, today, tuple(published), nodes_of(tree.data), before=before)
    samples = set()
    for path, message in _left_over(tree.data):
        if len(faults) > MAX_FAULTS:
            break
        samples.add(path)
        faults.add(Fault(tree.position(path), message))
    records = _validate(case, faults)
    for rule in () if tree.unread else RULES:
        for path, message in rule(case):
            if len(faults) > MAX_FAULTS:
                break
            if path not in samples:
                faults.add(Fault(_position(tree, path, message), message))
    if faults:
        return Checked(None, tuple(in_order(faults)), () if tree.unread else tuple(ready_entries(case)))
    return Checked(settled(kinds.Document.model_construct(**records)), ())


def _left_over(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the place of each text of a sample that nobody replaced, and what to say about it."""
    waiting: list[tuple[Place, Any]] = [((name,), data[name]) for name in kinds.COLLECTIONS if name in data]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict | list):
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [((*path, step), held) for step, held in inner if isinstance(held, dict | list | str)]
        elif is_sample(value):
            wanted = value.partition(SAMPLE)[2].strip()
            yield path, f"{LEFT_OVER}{f' with {wanted[:120]}' if wanted else ''}"


def _lost_header(tree: Tree) -> Fault | None:
    """Say where the first line of a list was deleted, so that its entries went on the list above; None where none was.

    Each of these entries has a fault then, and whatever named one: a thousand faults of one cause.
    """
    missing = [name for name in kinds.COLLECTIONS if name not in tree.data and name not in tree.unread]
    for name in missing:
        own = kinds.COLLECTIONS[name].model_fields.keys()
        for other, items in tree.data.items():
            part = kinds.COLLECTIONS.get(other)
            for index, item in enumerate(items if part and isinstance(items, list) else ()):
                fields = item.keys() if isinstance(item, dict) else set[str]()
                if part and len(fields - part.model_fields.keys()) >= 1 and fields and fields <= own and index:
                    message = (
                        f"from here on the entries are those of `{name}:`, not of `{other}:`; the line "
                        f"`{name}:` is missing above them: put it back"
                    )
                    return Fault(tree.position((other, index)), message)
    return None


def _position(tree: Tree, path: Place, message: str) -> Position:
    return tree.position(path, key=message.startswith("unknown field"))


# --- the record on its own: what the model says -------------------------------------------------------------------


def _validate(case: Case, faults: set[Fault]) -> dict[str, Any]:
    """Validate each record by itself; add what is wrong to `faults`, give what is right."""
    tree, data = case.tree, case.tree.data
    result: dict[str, Any] = {}
    refused = {fault.position for fault in tree.faults}
    for name in data:
        if len(faults) > MAX_FAULTS:
            return result
        if name not in kinds.COLLECTIONS:
            hint = (
                did_you_mean(name, kinds.COLLECTIONS, tree.guesses) or f"known ones are: {', '.join(kinds.COLLECTIONS)}"
            )
            faults.add(Fault(tree.position((name,), key=True), f"unknown collection {shown(name)}; {hint}"))
    for name in kinds.COLLECTIONS:
        info = kinds.Document.model_fields[name]
        if name not in data:
            if info.is_required() and name not in tree.unread:
                message = f"the collection '{name}' is missing; add `{name}:` with records"
                faults.add(Fault(tree.position((name,)), message))
            result[name] = ()
            continue
        items = data[name]
        if not isinstance(items, list):
            message = f"'{name}' must be a list of records, each starting with `- `; here stands {what(items)}"
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
                good.append(kinds.COLLECTIONS[name].model_validate(item))
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    fault = _explain(tree, (name, index), detail)
                    if not _echoes(case, detail, fault, refused):
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


def _echoes(case: Case, detail: ErrorDetails, fault: Fault, refused: set[Position]) -> bool:
    """Whether a fault is only the echo of another, which would puzzle whoever mends that one."""
    given = detail["input"]
    if is_sample(given) and detail["type"] != "extra_forbidden":
        return True
    if detail["type"] == "too_short" and isinstance(given, list):  # pydantic counts right items, a person all
        return len(given) >= int(detail["ctx"]["min_length"])
    if isinstance(given, str) and given.startswith(("https://", "http://")) and "sources" in detail["loc"]:
        return given not in case.values("sources", "id")  # the rules say which source has this address
    return given is None and fault.position in refused  # the reader put nothing in the place of what it refused


def _explain(tree: Tree, record: Place, detail: ErrorDetails) -> Fault:
    """Turn what pydantic says into a sentence for somebody who edits YAML."""
    path = (*record, *detail["loc"])
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    owner = collections.SINGULAR[str(record[0])]
    if kind == "missing":
        message = f"'{name}' is missing in this {owner}; add it{_usual(tree, record, name)}"
        return Fault(tree.position(path[:-1]), message)
    if kind == "extra_forbidden":
        known = _fields_at(record, detail["loc"][:-1])
        hint = did_you_mean(name, known, tree.guesses) or f"known ones are: {', '.join(known)}"
        return Fault(tree.position(path, key=True), f"unknown field {shown(name)}; {hint}")
    if given is None and kind != "none_required":
        return Fault(tree.position(path), f"'{name}' is empty; write its value or delete the line")
    snippet = context.get("snippet") if isinstance(context.get("snippet"), str) else None
    position = tree.position(path, snippet=snippet)
    return Fault(position, f"'{name}': {reason(tree, path, kind, given, context, detail['msg'])}")


def _usual(tree: Tree, record: Place, name: str) -> str:
    """Name what mostly stands in a field of few words that editors cannot know by heart."""
    if name != "licence":
        return ""
    every = (item.get(name) for item in tree.data.get(record[0], ()) if isinstance(item, dict))
    usual = Counter(value for value in every if isinstance(value, str)).most_common(3)
    return f", such as {' or '.join(shown(value) for value, _ in usual)}" if usual else ""


def reason(tree: Tree, path: Place, kind: str, given: Any, context: Mapping[str, Any], said: str) -> str:
    """Say for somebody who edits YAML what is wrong with a value; the arguments are those of pydantic's errors."""
    span = tree.spans.get(path)
    typed = span.raw if span and span.raw is not None else str(given)
    match kind:
        case "string_type" if isinstance(given, bool | int | float):
            return f'text belongs here and {typed} is not read as text; put it in quotes: "{typed}"'
        case "string_type":
            return f"text belongs here; here stands {what(given)}"
        case "int_type" | "int_parsing" | "int_from_float":
            return f"a whole number without quotes belongs here, not {shown(given, typed)}"
        case "bool_type" | "bool_parsing":
            return f"only true or false can stand here, not {shown(given, typed)}"
        case "float_type" | "float_parsing":
            return f"a number without quotes belongs here, not {shown(given, typed)}"
        case "tuple_type" | "list_type":
            return f"a list belongs here, such as [one, two]; here stands {what(given)}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"fields belong here (`name: value`, indented); here stands {what(given)}"
        case "literal_error":
            allowed = [str(word).strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
            hint = did_you_mean(str(given), allowed, tree.guesses) or f"allowed are: {', '.join(allowed)}"
            return f"unknown value {shown(given, typed)}; {hint}"
        case "string_pattern_mismatch":
            example = FORMS.get(str(path[-1]))
            return f"{shown(given)} has not the form that belongs here{f', such as {example}' if example else ''}"
        case "string_too_long":
            return f"{len(given)} characters; at most {context['max_length']} fit: shorten it or split it in two"
        case "too_short":
            return f"a list of at least {context['min_length']} belongs here; this one has {len(given)}"
        case "too_long":
            return f"a list of at most {context['max_length']} belongs here; this one has {len(given)}"
    return said


def _fields_at(record: Place, location: tuple[str | int, ...]) -> list[str]:
    """Name the fields that the part at a location can have."""
    part: type[kinds.Part] | None = kinds.COLLECTIONS[str(record[0])]
    for step in location:
        if isinstance(step, str) and part is not None:
            shape = shapes(part).get(step)
            part = shape.part if shape else None
    return list(part.model_fields) if part else []
