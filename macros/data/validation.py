"""What no single record can know: references, ids, sources, official numbers, published addresses.

Every rule is a small generator over the raw tree, so that a record with a fault of its own is still held against the
others and one run reports everything. A new rule is one function in `RULES`, its docstring the rule; what is about one
kind of record alone stands beside its class, in `macros/data/kinds/`.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from macros.data import collections, field_types, kinds
from macros.data.cases import Case, Found, Node, Place, Rule, did_you_mean, hashable, principle_confidences, shown, what
from macros.data.confidence import settled
from macros.data.languages import LANGUAGES
from macros.data.urls import addresses
from macros.data.yaml_reader import MAX_FAULTS
from macros.data.yaml_tree import Fault, Position, Tree, in_order

__all__ = ["MAX_VALUES", "Checked", "check", "Shape", "countable", "reason", "shapes"]

MAX_VALUES = 5_000
"""No entry holds as many values; the longest real one has some three hundred."""

FORMS = {"page": "about/the-text", "number": "+441234567890", "email": "name@example.org"}
"""What to write in fields that have a form of their own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: the document when nothing is wrong, else every fault, sorted by file and line."""

    document: kinds.Document | None
    faults: tuple[Fault, ...]


def check(tree: Tree, today: date, published: Iterable[str] = ()) -> Checked:
    """Hold a tree against the model and the rules.

    `today` is the day that dates may not lie after; `published` are the addresses (from the site's root, as in
    `data/published.txt`) that must go on to exist. Raises nothing, whatever the tree holds, and stops looking once it
    has found more than `MAX_FAULTS`. Where a list cannot be read, nothing is held against it: each record is looked at
    by itself, and the rules wait.
    """
    faults = set(tree.faults)
    if tree.data is None and faults:
        return Checked(None, tuple(in_order(faults)))
    if not isinstance(tree.data, dict):
        message = f"{what(tree.data)} stands where the collections belong, such as `principles:` and `sources:`"
        return Checked(None, (Fault(tree.position(()), message),))
    case = Case(tree, today, tuple(published), _walk_document(tree.data))
    records = _validate(case, faults)
    for rule in () if tree.unread else RULES:
        for path, message in rule(case):
            if len(faults) > MAX_FAULTS:
                break
            faults.add(Fault(_position(tree, path, message), message))
    if faults:
        return Checked(None, tuple(in_order(faults)))
    return Checked(settled(kinds.Document.model_construct(**records)), ())


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
    owner = collections.SINGULAR[str(record[0])]
    if kind == "missing":
        message = f"'{name}' is missing in this {owner}; add it"
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


# --- walking the raw tree by the model's map ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at a field: a part, or a value with the marks of its annotation; alone or in a list."""

    part: type[kinds.Part] | None = None
    marks: tuple[Any, ...] = ()
    many: bool = False


@functools.cache
def shapes(part: type[kinds.Part]) -> dict[str, Shape]:
    """Give what stands at each field of a part."""
    return {name: _shape(info.annotation, _metadata(info)) for name, info in part.model_fields.items()}


@functools.cache
def _named_parts(part: type[kinds.Part]) -> tuple[str, ...]:
    """Give the fields of a part that hold parts with an id."""
    return tuple(name for name, shape in shapes(part).items() if shape.part and "id" in shape.part.model_fields)


def _metadata(info: FieldInfo) -> tuple[Any, ...]:
    return tuple(mark for mark in info.metadata if isinstance(mark, field_types.Ref | field_types.Past))


def _shape(annotation: Any, marks: tuple[Any, ...] = (), *, many: bool = False) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _shape(
            inner, (*marks, *(m for m in more if isinstance(m, field_types.Ref | field_types.Past))), many=many
        )
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _shape(options[0], marks, many=many)
    if origin is tuple:
        return _shape(get_args(annotation)[0], marks, many=True)
    if isinstance(annotation, type) and issubclass(annotation, kinds.Part):
        return Shape(annotation, marks, many)
    return Shape(None, marks, many)


def _walk_document(data: Mapping[str, Any]) -> list[Node]:
    found: list[Node] = []
    for name, part in kinds.COLLECTIONS.items():
        items = data.get(name)
        if isinstance(items, list):
            for index, item in enumerate(items):
                _walk(item, part, (name, index), found)
    return found


def _walk(value: Any, part: type[kinds.Part], path: Place, found: list[Node]) -> None:
    if not isinstance(value, dict):
        return
    found.append(Node(path, value, part))
    for name, shape in shapes(part).items():
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
                found.append(Node(where, item, None, shape.marks))


# --- the rules ------------------------------------------------------------------------------------------------------


def _references(case: Case) -> Iterator[Found]:
    """Let a reference name only a record that exists."""
    for node in case.nodes:
        for mark in node.marks:
            if not isinstance(mark, field_types.Ref) or not isinstance(node.value, str | int):
                continue
            known = case.values(mark.collection, mark.by)
            if node.value in known or not isinstance(case.tree.data.get(mark.collection), list):
                continue  # without the collection, its absence is the one fault
            if isinstance(node.value, str) and mark.by == "number":
                continue  # reported as a wrong type
            one = collections.SINGULAR[mark.collection]
            names = case.names(mark.collection, mark.by)
            hint = did_you_mean(node.value, names, case.tree.guesses) if isinstance(node.value, str) else None
            if hint is None and 0 < len(known) <= 12:
                hint = f"known ones are: {', '.join(str(value)[:60] for value in known)}"
            hint = hint or f"add it under `{mark.collection}:` first"
            yield node.path, f"unknown {one} {shown(str(node.value))}; {hint}"


def _sources_named(case: Case) -> Iterator[Found]:
    """Whatever states a fact names its sources or says that it is ours."""
    for node in case.nodes:
        if node.part is None or not issubclass(node.part, kinds.Sourced):
            continue
        if not node.value.get("sources") and not node.value.get("ours"):
            yield node.path, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"


def _dates_past(case: Case) -> Iterator[Found]:
    """Keep the date of what happened out of the future."""
    for node in case.nodes:
        if node.marks and any(isinstance(mark, field_types.Past) for mark in node.marks):
            day = _first_day(node.value)
            if day and day > case.today:
                yield node.path, f"{node.value} lies in the future; a date here is one that has passed"


def _dates_in_order(case: Case) -> Iterator[Found]:
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
        return field_types.PartialDate(text).first_day
    except ValueError:
        return None


def _ids_once(case: Case) -> Iterator[Found]:
    """Let an id stand for one record: no other of its collection has it or once had it."""
    for name in kinds.COLLECTIONS:
        yield from _once(case, case.records(name))


def _parts_once(case: Case) -> Iterator[Found]:
    """Inside a record too, an id (a phrase's, a question's) stands once: it is an address on the page."""
    for node in case.nodes:
        if node.part is None:
            continue
        for name in _named_parts(node.part):
            items = node.value.get(name)
            if isinstance(items, list):
                parts = (((*node.path, name, i), item) for i, item in enumerate(items) if isinstance(item, dict))
                yield from _once(case, parts)


def _once(case: Case, records: Iterable[tuple[Place, dict[str, Any]]]) -> Iterator[Found]:
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
                yield where, f"the id {shown(value)} is taken at line {line}; ids are never shared or used again"
            first.setdefault(value, where)


def _nothing_vanishes(case: Case) -> Iterator[Found]:
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


def _confirmed_by_reading(case: Case) -> Iterator[Found]:
    """Let a statement be confirmed only where somebody read one of its sources."""
    unread = {hashable(item.get("id")) for _, item in case.records("sources") if item.get("read") == kinds.INDIRECT}
    sure = dict(principle_confidences(case))
    for node in case.nodes:
        if node.part is None:
            continue
        own = node.value.get("confidence")
        if node.part is kinds.Source:
            if own == "confirmed" and node.value.get("read") == kinds.INDIRECT:
                message = (
                    f"confirmed, but `read: {kinds.INDIRECT}` says that nobody read it; write `confidence: reported`"
                )
                yield (*node.path, "confidence"), message
            continue
        sources = node.value.get("sources")
        if not isinstance(sources, list) or not sources or not all(isinstance(one, str) for one in sources):
            continue
        record = case.tree.data[node.path[0]][node.path[1]]
        whole = record.get("confidence") or sure.get(hashable(record.get("principle")))
        if (own or whole) == "confirmed" and unread.issuperset(sources):
            place = (*node.path, "confidence") if own else node.path
            yield (
                place,
                f"confirmed, but nobody read {shown(sources[0])} (`read: {kinds.INDIRECT}`), and no other source "
                "stands here; write `confidence: reported` here, or name a source that was read",
            )


RULES: tuple[Rule, ...] = (
    _references,
    _sources_named,
    _dates_past,
    _dates_in_order,
    _ids_once,
    _parts_once,
    _confirmed_by_reading,
    *collections.RULES,
    _nothing_vanishes,
)
