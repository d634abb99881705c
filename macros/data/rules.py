"""What no single record can know: references, ids, sources, official numbers, published addresses.

Every rule is a small generator over the raw tree, so that a record with a fault of its own is still held against the
others and one run reports everything. A new rule is one function in `RULES`, its docstring the rule; what is about one
kind of record alone stands beside its class, in `macros/data/kinds/`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from macros.data import collections, field_types, kinds
from macros.data.cases import Case, Found, Place, Rule, did_you_mean, hashable, principle_confidences, shown
from macros.data.promises import answers_lead_on, nothing_vanishes, withdrawn_rightly
from macros.data.shapes import named_parts

__all__ = ["RULES"]


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
            hint = _now(case, mark, node.value) or hint or f"add it under `{mark.collection}:` first"
            yield node.path, f"unknown {one} {shown(str(node.value))}; {hint}"


def _now(case: Case, mark: field_types.Ref, value: Any) -> str | None:
    """Say what somebody means who names a record by a former id, or a source by its address."""
    if mark.by != "id" or not isinstance(value, str):
        return None
    now = case.now(mark.collection).get(value)
    if value.startswith(("http://", "https://")):
        if now is None:
            return f"name a source by its id; add a record with this address under `{mark.collection}:` first"
        return f"this is the address of '{now[:80]}'; write that id"
    return now and f"it is now '{now[:80]}'"


def _sources_named(case: Case) -> Iterator[Found]:
    """Whatever states a fact names its sources or says that it is ours."""
    for node in case.nodes:
        if node.part is None or not issubclass(node.part, kinds.Sourced):
            continue
        if not node.value.get("sources") and not node.value.get("ours"):
            yield node.path, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"


def _sources_once(case: Case) -> Iterator[Found]:
    """Let a statement name a source once, and an address be that of one source."""
    for node in case.nodes:
        sources = node.value.get("sources") if node.part is not None else None
        met: set[Any] = set()
        for index, one in enumerate(sources if isinstance(sources, list) else ()):
            if isinstance(one, str) and one in met:
                yield (*node.path, "sources", index), f"the source {shown(one)} stands twice here; keep one"
            met.add(hashable(one))
    first: dict[str, str] = {}
    for path, item in case.records("sources"):
        url = item.get("url")
        if isinstance(url, str) and url in first:
            said = f"this is the address of {shown(first[url])} too; keep one record, and name that one everywhere"
            yield (*path, "url"), said
        elif isinstance(url, str):
            first[url] = str(item.get("id"))


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
        for name in named_parts(node.part):
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
    _sources_once,
    _dates_past,
    _dates_in_order,
    _ids_once,
    _parts_once,
    _confirmed_by_reading,
    *collections.RULES,
    withdrawn_rightly,
    answers_lead_on,
    nothing_vanishes,
)
